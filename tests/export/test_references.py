"""References to take away: every format reads back to what the record has, and says nothing that it has not."""

import json
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware

from paperchat.cli.main import main
from paperchat.errors import InputError
from paperchat.export.references import FORMATS, STYLES, citation_key, format_references, formatted
from paperchat.retrieval.lookup import find_paper
from paperchat.storage.readers.listing import SHIPPED, read_page
from paperchat.types import Paper
from tests.samples import GRAPHS, PAPERS, SPEECH, TREES, paper

HOSTILE = (
    "Cost & benefit: 50% of #1 at $5 for a_b^c ~ d",
    "Braces } that { never } match {{",
    "An end \\end{document} \\input{/etc/passwd} \\\\",
    "@article{forged, title = {Forged}}, author = {Nobody}",
    "ER  - \nTY  - JOUR\r\nAU  - Nobody",
    'Quotes "one" \'two\' “three” "',
    "Hyphens -- and --- and ----, ticks ` and '",
    "<script>alert(1)</script> <i>x</i> &amp; <span class='nocase'>y</span>",
    "Invisible \u200b\u202e\x00\x1b[31m letters",
    "Ångström, Gödel, β and 中文 and हिन्दी",
    "Is it a question?",
    "Xtitlex. Xtitlex",
    "Comments % are not",
    "*",
)


def shown(title: str) -> str:
    """The title as the page shows it, worked out apart from the code that is tested."""
    for hidden in "\u200b\u202e\x00\x1b":
        title = title.replace(hidden, "")
    title = title.replace("\\end", "end").replace("\\input", "input")  # LaTeX left-overs
    return " ".join(title.split())


def parsed_bibtex(text: str) -> list[dict[str, str]]:
    library = parse_string(text, append_middleware=[LatexDecodingMiddleware(keep_math_mode=False)])
    assert not library.failed_blocks
    assert len(library.blocks) == len(library.entries)
    rows = [{"key": entry.key, **{field.key: field.value for field in entry.fields}} for entry in library.entries]
    circumflex = "\N{MODIFIER LETTER CIRCUMFLEX ACCENT}"  # what the parser makes of \textasciicircum
    return [{name: value.replace(circumflex, "^") for name, value in row.items()} for row in rows]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_reads_back_from_every_data_format(title: str) -> None:
    one, two = paper(title, f"About {title}."), GRAPHS
    expected = [(citation_key(one), shown(title), shown(f"About {title}.")), citation_key(two)]

    entries = parsed_bibtex(format_references([one, two], "bibtex"))
    assert [(entries[0]["key"], entries[0]["title"], entries[0]["abstract"]), entries[1]["key"]] == expected
    rows = rispy.loads(format_references([one, two], "ris"))
    assert [(rows[0]["id"], rows[0]["title"], rows[0]["abstract"]), rows[1]["id"]] == expected
    items = json.loads(format_references([one, two], "csl"))
    assert [(items[0]["id"], items[0]["title"], items[0]["abstract"]), items[1]["id"]] == expected


def test_a_bibtex_value_balances_its_braces_and_hides_every_special_character() -> None:
    """BibTeX counts braces whatever stands before them; a bare % would comment out the rest of the line in LaTeX."""
    for title in HOSTILE:
        text = format_references([paper(title, "None.")], "bibtex")
        assert text.count("{") == text.count("}")
        depth = 0
        for character in text:
            depth += {"{": 1, "}": -1}.get(character, 0)
            assert depth >= 0
        for special in "%&#$_":
            assert text.count(special) == text.count(f"\\{special}")


def test_what_the_record_lacks_is_left_out() -> None:
    (entry,) = parsed_bibtex(format_references([TREES], "bibtex"))
    assert set(entry) == {"key", "title", "abstract"}
    (row,) = rispy.loads(format_references([TREES], "ris"))
    assert (set(row), row["type_of_reference"]) == ({"type_of_reference", "id", "title", "abstract"}, "GEN")
    (item,) = json.loads(format_references([TREES], "csl"))
    assert (set(item), item["type"]) == ({"id", "type", "title", "abstract"}, "document")


@pytest.mark.parametrize(
    ("style", "line"),
    [
        ("apa", "Boosted Trees for Control. (n.d.)."),
        ("ieee", "“Boosted Trees for Control.”"),
        ("acm", "Boosted Trees for Control."),
        ("chicago", "“Boosted Trees for Control.” n.d."),
        ("mla", "“Boosted Trees for Control.”"),
        ("harvard", "“Boosted Trees for Control” (no date)."),
    ],
)
def test_each_style_writes_a_title_without_author_or_year_as_its_manual_has_it(style: str, line: str) -> None:
    assert formatted([TREES], style) == [line]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("title", HOSTILE)
def test_a_formatted_reference_holds_the_title_once_and_unchanged(style: str, title: str) -> None:
    (line,) = formatted([paper(title, "None.")], style)
    assert line.count(shown(title)) == 1
    rest = line.replace(shown(title), "")
    assert rest.strip("“”.() ") in ("", "n.d", "no date")
    assert ".." not in rest
    assert not any(mark in line for mark in ("?.", "?,"))


def test_numbered_styles_keep_the_order_and_others_sort_by_title_without_its_article() -> None:
    papers = [paper("The Zebra", "None."), paper("A Yak", "None."), paper("Wolves", "None.")]
    assert format_references(papers, "acm") == "[1] The Zebra.\n[2] A Yak.\n[3] Wolves.\n"
    assert format_references(papers, "mla") == "“Wolves.”\n“A Yak.”\n“The Zebra.”\n"


@pytest.mark.parametrize("name", FORMATS)
def test_a_paper_given_twice_is_written_once_and_none_writes_none(name: str) -> None:
    assert format_references([GRAPHS, GRAPHS], name) == format_references([GRAPHS], name)
    assert "GraphMAE" not in format_references([], name)


def test_keys_are_unique_and_depend_on_their_paper_alone() -> None:
    same = [paper(f"Learning to {word}", "None.") for word in ("Walk", "Talk", "walk, talk")]
    keys = [citation_key(one) for one in same]
    assert len(set(keys)) == 3
    assert all(key.startswith("learning-") for key in keys)
    for order in permutations(same):
        items = json.loads(format_references(order, "csl"))
        assert [item["id"] for item in items] == [citation_key(one) for one in order]


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("The Über-Model", "uber"),
        ("3D Vision", "3d"),
        ("中文", "paper"),
        ("Is It?", "paper"),
        ("2022: a {year}", "year"),
    ],
)
def test_a_key_is_plain_ascii(title: str, word: str) -> None:
    one = paper(title, "None.")
    assert citation_key(one) == f"{word}-{one.id}"


def test_the_shipped_papers_have_unique_keys_and_read_back() -> None:
    papers = [replace(one, abstract="None.") for one in read_page(SHIPPED)]
    entries = parsed_bibtex(format_references(papers, "bibtex"))
    assert len({entry["key"] for entry in entries}) == len(papers)
    assert [entry["title"] for entry in entries] == [one.title for one in papers]


def nothing(_query: str) -> list[Paper]:
    return []


@pytest.mark.parametrize("wanted", [GRAPHS.id, GRAPHS.title, "  graphmae -- MASKED graphs! "])
def test_a_paper_is_found_by_id_and_by_title_case_and_punctuation_aside(wanted: str) -> None:
    assert find_paper(PAPERS, wanted, nothing) == GRAPHS


def test_an_unknown_title_is_refused_with_the_nearest() -> None:
    for wanted in ("GraphMAE", "GrafMAE: Maskd Graphs"):
        with pytest.raises(InputError, match="Nearest: “GraphMAE: Masked Graphs”"):
            find_paper(PAPERS, wanted, nothing)
    with pytest.raises(InputError, match="Nearest: “Wav2Tok: Speech Tokens”"):
        find_paper(PAPERS, "compressing spoken words", lambda query: [SPEECH])
    with pytest.raises(InputError, match="paperchat papers"):
        find_paper(PAPERS, "?!", nothing)


def test_cite_prints_references_and_refuses_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = "Mar 12\n\n" + "\n\n".join(f"{one.title}\n\n{one.abstract}" for one in PAPERS) + "\n"
    (tmp_path / "page.txt").write_text(page)
    data = ["--data", str(tmp_path / "store")]
    assert main(["index", str(tmp_path / "page.txt"), *data]) == 0
    capsys.readouterr()

    assert main(["cite", TREES.id, "graphmae masked graphs", "--format", "acm", *data]) == 0
    assert capsys.readouterr().out == f"[1] {TREES.title}.\n[2] {GRAPHS.title}.\n"
    assert main(["cite", "--all", *data]) == 0
    assert [entry["title"] for entry in parsed_bibtex(capsys.readouterr().out)] == [one.title for one in PAPERS]

    for arguments, says in (
        (["speech tokens"], "Nearest: “Wav2Tok"),
        ([], "Give titles or ids"),
        (["x", "--all"], "Give titles or ids"),
    ):
        assert main(["cite", *arguments, *data]) == 1
        error = capsys.readouterr().err
        assert says in error
        assert error.count("\n") == 1
