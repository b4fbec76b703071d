"""Flags by which a command asks some of the papers alone."""

import json
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from paperchat.cli.main import main
from tests.samples import GRAPHS, IMAGES, SPEECH, TREES, HashEmbedder, opened_shelf


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("shelf")
    with opened_shelf(folder):
        pass
    with patch("paperchat.app.make_embedder", lambda settings: HashEmbedder()):
        yield folder


@pytest.mark.parametrize(
    ("flags", "titles"),
    [
        (["--author", "ogden"], {GRAPHS.title, TREES.title}),
        (["--author", "Ogden", "--author", "Long"], {GRAPHS.title, TREES.title, IMAGES.title}),
        (["--since", "2023"], {SPEECH.title, IMAGES.title}),
        (["--since", "2020", "--until", "2022"], {GRAPHS.title}),
        (["--venue", "NeurIPS"], {GRAPHS.title}),
        (["--keyword", "images"], {IMAGES.title}),
        (["--only", SPEECH.title, "--only", TREES.id], {SPEECH.title, TREES.title}),
        (["--author", "Ogden", "--until", "2019"], {TREES.title}),
    ],
)
def test_the_papers_that_flags_choose_are_listed(
    shelf: Path, capsys: pytest.CaptureFixture[str], flags: list[str], titles: set[str]
) -> None:
    assert main(["papers", "--json", "--data", str(shelf), *flags]) == 0
    out, err = capsys.readouterr()
    assert {json.loads(line)["title"] for line in out.splitlines()} == titles
    assert err.startswith(f"paperchat: Asking {len(titles)} of 5 papers: ")


def test_a_question_a_search_and_a_name_keep_to_what_flags_choose(
    shelf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = ["--data", str(shelf), "--json", "--since", "2023"]
    assert main(["ask", "Which papers are there?", *chosen]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert set(answer["retrieved"]) == {SPEECH.title, IMAGES.title}
    assert answer["scope"] == {"since": 2023}
    assert answer["notices"][0] == "Asking 2 of 5 papers: since 2023 (1 without a year was not asked)."
    assert main(["search", "graphs and trees", *chosen]) == 0
    found = json.loads(capsys.readouterr().out)["results"]
    assert {one["title"] for one in found} <= {SPEECH.title, IMAGES.title}
    assert main(["find", "GraphMAE", *chosen]) == 0
    assert GRAPHS.title not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        (["--author", "Nobody"], "None of the 5 papers is by Nobody."),
        (["--since", "soon"], "--since 'soon' is no year."),
        (["--since", "2023", "--until", "2020"], "--since 2023 is after --until 2020."),
        (["--only", "No such title"], "No paper has the title, id or key 'No such title'."),
    ],
)
def test_what_chooses_no_paper_is_one_clear_line(
    shelf: Path, capsys: pytest.CaptureFixture[str], flags: list[str], told: str
) -> None:
    assert main(["ask", "What is GraphMAE?", "--data", str(shelf), *flags]) == 1
    out, err = capsys.readouterr()
    assert (out, err.startswith(f"paperchat: {told}")) == ("", True), err


def test_papers_are_chosen_by_when_they_came_into_the_set(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["papers", "--json", "--data", str(shelf), "--imported-since", "today"]) == 0
    out, err = capsys.readouterr()
    assert [json.loads(line)["imported"][:2] for line in out.splitlines()] == ["20"] * 5
    assert err.startswith("paperchat: Asking 5 of 5 papers: added since ")
    for wrong, told in (
        ("soon", "'soon' is no day."),
        ("2999-01-01", "None of the 5 papers is added since 2999-01-01."),
    ):
        assert main(["papers", "--data", str(shelf), "--imported-since", wrong]) == 1
        assert told in capsys.readouterr().err
