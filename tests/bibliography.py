"""Papers with all that may be known of them, hostile titles, and BibTeX read back by those that read it."""

import json
import shutil
import subprocess
from dataclasses import replace
from typing import Any

import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware

from paperchat.bibliography import Details, Person
from tests.samples import GRAPHS, SPEECH, TREES

ARTICLE = replace(
    GRAPHS,
    details=Details(
        kind="article-journal",
        authors=(Person("van den Berg", "Jan-Willem"), Person("Łukasz", "Örn B."), Person("Nguyễn", "Thị Hà")),
        date=(2019, 3, 14),
        venue="Журнал Графов & Сетей",
        volume="12",
        issue="3",
        pages="101-119",
        doi="10.1000/a_b",
        url="https://example.org/a_b%20c#d~e",
        keywords=("graphs", "self_supervised"),
        language="en",
        key="Berg:2019",
        others=(("isbn", "978-3-16"), ("file", r"C\:\\Users\\a.pdf:pdf"), ("note", "Number: 1")),
    ),
)

PREPRINT = replace(
    SPEECH,
    details=Details(
        kind="article", authors=(Person("Smith", "Ada"), Person("World Health Organization")),
        date=(2021, 1), arxiv="2101.00001",
    ),
)  # fmt: skip

PROCEEDINGS = replace(
    TREES,
    details=Details(
        kind="paper-conference", authors=(Person("Roe", "Ann"),), editors=(Person("Brown", "Carl"),), date=(2020,),
        venue="Proceedings of Trees", publisher="ACM", pages="e12",
    ),
)  # fmt: skip

TOLD = (ARTICLE, PREPRINT, PROCEEDINGS)

HOSTILE = (
    "Cost & benefit: 50% of #1 at $5 for a_b^c ~ d",
    "Braces } that { never } match {{",
    "An end \\end{document} \\input{/etc/passwd} \\\\",
    "@article{forged, title = {Forged}}, author = {Nobody}",
    "ER  - \nTY  - JOUR\r\nAU  - Nobody",
    "<script>alert(1)</script> <b>x</b> <span class='nocase'>y</span>",
    "Invisible \u200b\u202e\x00\x1b[31m letters",
    "Ångström, Gödel, β and 中文 and हिन्दी",
    "Is it a question?",
    "Xtitlex. Xtitlex \ue000 \ue001 \U000f0000",
    "Comments % are not",
    "*",
)


def shown(title: str) -> str:
    """Return a title as the page shows it."""
    from paperchat.export.csl import read_line

    return read_line(title)


def parsed_bibtex(text: str) -> list[dict[str, str]]:
    """Return BibTeX as bibtexparser reads it, with its LaTeX as text; all of it is entries."""
    library = parse_string(text, append_middleware=[LatexDecodingMiddleware(keep_math_mode=False)])
    assert not library.failed_blocks
    assert len(library.blocks) == len(library.entries)
    rows = [
        {"key": entry.key, "type": entry.entry_type, **{field.key: field.value for field in entry.fields}}
        for entry in library.entries
    ]
    circumflex = "\N{MODIFIER LETTER CIRCUMFLEX ACCENT}"  # what the parser makes of \textasciicircum
    return [{name: value.replace(circumflex, "^") for name, value in row.items()} for row in rows]


def by_pandoc(text: str, form: str = "bibtex") -> list[dict[str, Any]]:
    """Return BibTeX as pandoc reads it, as CSL items."""
    if not shutil.which("pandoc"):
        pytest.skip("pandoc is not installed")
    done = subprocess.run(
        ["pandoc", "-f", form, "-t", "csljson"], input=text, capture_output=True, encoding="utf-8", check=True
    )
    items: list[dict[str, Any]] = json.loads(done.stdout)
    return items
