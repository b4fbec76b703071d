"""JSON with a paper a line has all that is kept, letter by letter."""

import json
from dataclasses import replace

from paperchat.bibliography import Details, Person
from paperchat.export.json_lines import to_json_lines
from paperchat.storage.readers import json_lines
from paperchat.storage.readers.entry import Entry, Source
from paperchat.types import Paper
from tests.bibliography import HOSTILE, TOLD
from tests.samples import GRAPHS, SPEECH, paper


def kept(line: str) -> tuple[str, str, Details]:
    """What is kept of a paper, read back without the code that is tested."""
    row = json.loads(line)

    def people(name: str) -> tuple[Person, ...]:
        return tuple(Person(one["last"], one.get("first", "")) for one in row.get(name, ()))

    texts = {name: row.get(name, "") for name in ("kind", "venue", "publisher", "volume", "issue", "pages", "doi")}
    texts |= {name: row.get(name, "") for name in ("url", "language", "key")}
    date = tuple(map(int, row.get("date", "").split("-"))) if row.get("date") else ()
    details = Details(
        **texts, authors=people("authors"), editors=people("editors"), date=date, arxiv=row.get("arxiv_id", ""),
        keywords=tuple(row.get("keywords", ())), others=tuple((name, value) for name, value in row.get("others", ())),
    )  # fmt: skip
    return row["title"], row["abstract"], details


def test_every_paper_reads_back_as_it_is_kept() -> None:
    latex = Paper("1", r"$10\times$ {\em faster}", "85.3\\% of\n\nall.", "a.bib")
    papers = [*TOLD, *(paper(title, f"About {title}") for title in HOSTILE), latex]
    lines = to_json_lines(papers).split("\n")
    assert lines.pop() == ""
    assert [kept(line) for line in lines] == [(one.title, one.abstract, one.details) for one in papers]


def test_what_is_not_known_is_left_out() -> None:
    assert json.loads(to_json_lines([GRAPHS])) == {"title": GRAPHS.title, "abstract": GRAPHS.abstract}
    assert json.loads(to_json_lines([replace(GRAPHS, abstract="")]))["abstract"] == ""
    assert to_json_lines([]) == ""
    assert json.loads(to_json_lines([TOLD[1]]))["year"] == 2021


def test_indexing_what_was_exported_gives_the_same_papers() -> None:
    papers = [
        *TOLD,
        replace(SPEECH, title="Another", details=replace(TOLD[0].details, others=(("N1", "a"), ("N1", "b")))),
    ]
    entries = list(json_lines.read(Source("set.jsonl", to_json_lines(papers).encode())))
    read = [(one.title, one.abstract, one.details) for one in entries if isinstance(one, Entry)]
    assert read == [(one.title, one.abstract.replace("\\%", "%"), one.details) for one in papers]
