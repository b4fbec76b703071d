"""References to take away: each paper once, in the order that the format asks for; papers are found to be cited."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import rispy

from paperchat.bibliography import Details, Person
from paperchat.cli.main import main
from paperchat.errors import InputError
from paperchat.export.references import ENDINGS, FORMATS, format_references
from paperchat.retrieval.lookup import find_paper
from paperchat.text.citation_keys import citation_key
from paperchat.types import Paper
from tests.bibliography import parsed_bibtex
from tests.samples import GRAPHS, PAPERS, SPEECH, TREES, paper


def test_numbered_styles_keep_the_order_and_others_sort_by_title_without_its_article() -> None:
    papers = [paper("The Zebra", "None."), paper("A Yak", "None."), paper("Wolves", "None.")]
    assert format_references(papers, "acm") == "[1] The Zebra.\n[2] A Yak.\n[3] Wolves.\n"
    assert format_references(papers, "mla") == "“Wolves.”\n“A Yak.”\n“The Zebra.”\n"


def test_styles_that_sort_do_so_by_authors_and_years_whatever_their_script() -> None:
    def by(family: str, year: int) -> Paper:
        return replace(paper(f"Of {family} {year}", "None."), details=Details(authors=(Person(family),), date=(year,)))

    papers = [by("Zhu", 2001), by("Łukasz", 2020), by("Łukasz", 2019), by("Борисов", 2000), by("Lund", 1999)]
    lines = format_references(papers, "apa").splitlines()
    assert [line.split("(")[1][:4] for line in lines] == ["2000", "2019", "2020", "1999", "2001"]


@pytest.mark.parametrize("name", FORMATS)
def test_a_paper_given_twice_is_written_once_and_none_writes_none(name: str) -> None:
    assert format_references([GRAPHS, GRAPHS], name) == format_references([GRAPHS], name)
    assert "GraphMAE" not in format_references([], name)


@pytest.mark.parametrize("name", ["bibtex", "ris", "csl"])
def test_what_programs_read_has_the_key_of_the_source_or_ours(name: str) -> None:
    text = format_references([replace(GRAPHS, details=Details(key="Hou2022")), SPEECH], name)
    assert "Hou2022" in text
    assert citation_key(SPEECH) in text
    assert GRAPHS.id not in text
    if name == "csl":
        assert [item["id"] for item in json.loads(text)] == ["Hou2022", citation_key(SPEECH)]


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


def test_export_writes_the_set_by_the_ending_of_its_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = "Mar 12\n\n" + "\n\n".join(f"{one.title}\n\n{one.abstract}" for one in PAPERS) + "\n"
    (tmp_path / "page.txt").write_text(page)
    data = ["--data", str(tmp_path / "store")]
    assert main(["index", str(tmp_path / "page.txt"), *data]) == 0
    capsys.readouterr()

    titles = [one.title for one in PAPERS]
    read = {
        ".bib": lambda text: [row["title"] for row in parsed_bibtex(text)],
        ".ris": lambda text: [row["title"] for row in rispy.loads(text)],
        ".json": lambda text: [item["title"] for item in json.loads(text)],
        ".jsonl": lambda text: [json.loads(line)["title"] for line in text.splitlines()],
    }
    for ending, form in ENDINGS.items():
        file = tmp_path / f"set{ending.upper()}"
        assert main(["export", str(file), *data]) == 0
        assert f"The set of 3 papers is in {file}." in capsys.readouterr().err
        assert read[ending](file.read_text("utf-8")) == titles
        assert main(["export", "--format", form, *data]) == 0
        assert read[ending](capsys.readouterr().out) == titles
    assert main(["export", *data]) == 0
    assert [json.loads(line)["abstract"] for line in capsys.readouterr().out.splitlines()] == [
        one.abstract for one in PAPERS
    ]

    for arguments, says in ((["set.txt"], "has no ending of a format"), (["no/set.bib"], "Cannot write")):
        assert main(["export", *arguments, *data]) == 1
        assert says in capsys.readouterr().err
