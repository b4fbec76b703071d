"""What the page says of papers that are taken in."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from paperchat.errors import InputError
from paperchat.storage.importing import State
from paperchat.storage.report import Rejected, Report
from paperchat.types import Paper
from paperchat.web.import_view import Importing, progress_line
from paperchat.web.uploads import MOST_FILES, Uploads
from tests.fake_app import FakeLibrary, make_result

WHALES = Paper("w", "Whales\u202e sing", "They sing.", "a.pdf")


class Imports:
    """Notes what it is asked for; `wrong` is why it refuses."""

    def __init__(self) -> None:
        self.asked: list[Any] = []
        self.wrong = ""

    def _note(self, *asked: Any) -> None:
        if self.wrong:
            raise InputError(self.wrong)
        self.asked.append(asked)

    def start(self, files: list[Path], done: Any) -> None:
        self._note([file.read_text() for file in files], done)

    def mend(self, paper: Paper) -> None:
        self._note(paper)

    def go_on(self) -> None:
        self._note("go on")


@pytest.fixture
def imports() -> Imports:
    return Imports()


@pytest.fixture
def importing(imports: Imports, tmp_path: Path) -> Importing:
    library = FakeLibrary((make_result(WHALES, 1),), [])
    app: Any = SimpleNamespace(library=library, imports=imports)
    return Importing(app, Uploads(tmp_path / "uploads"))


@pytest.mark.parametrize(
    ("state", "line"),
    [
        (State("reading"), "Reading the files"),
        (State("reading", done=1200), "Reading: 1,200 entries so far"),
        (State("embedding"), "Looking at the papers"),
        (State("embedding", 800, 5000, 42.6, 98.6), "800 of 5,000 papers, 43 a second, 1 min 39 s left"),
        (State("embedding", 8, 5000, 0.4, None), "8 of 5,000 papers"),
        (State("indexing", 5000, 5000), "Putting them in order"),
        (State(waiting=3), "3 papers wait to be taken in."),
        (State(wrong="Stopped.", waiting=3), "Stopped. 3 papers wait to be taken in."),
        (State(), ""),
    ],
    ids=str,
)
def test_how_far_it_is_is_said_with_pace_and_time_left(state: State, line: str) -> None:
    assert progress_line(state) == line


def test_the_report_is_shown_with_what_was_not_taken_as_text(importing: Importing) -> None:
    report = Report(2, 1, 0, 0, 1, (Rejected("<b>.bib", "line 3", "has no title\u202e"),), pdfs=("w", "gone"))
    view = importing.view(State(report=report))
    assert view.report.splitlines()[:2] == [
        "2 papers added, 1 changed, 0 unchanged.", "1 paper has no abstract: found by title, listed and cited.",
    ]  # fmt: skip
    assert view.rejected == (("<b>.bib", "line 3", "has no title"),)
    assert view.pdfs == (("Whales sing", "w"),)
    assert (view.is_running, view.is_waiting) == (False, False)


def test_while_it_runs_the_last_report_is_not_shown(importing: Importing) -> None:
    view = importing.view(State("reading", report=Report(2), waiting=5))
    assert (view.report, view.is_running, view.is_waiting) == ("", True, False)
    assert importing.view(State(waiting=5)).is_waiting


def test_files_are_taken_in_from_a_folder_that_is_removed_once_they_are_read(
    importing: Importing, imports: Imports, tmp_path: Path
) -> None:
    file = tmp_path / "uploads" / "a.bib"
    file.write_text("@misc{a}")
    assert importing.take([str(file)]) == ""
    ((texts, done),) = imports.asked
    assert texts == ["@misc{a}"]
    assert list((tmp_path / "uploads").iterdir())
    done()
    assert list((tmp_path / "uploads").iterdir()) == []


def test_what_is_refused_is_told_in_a_line_and_nothing_is_left_behind(
    importing: Importing, imports: Imports, tmp_path: Path
) -> None:
    imports.wrong = "Papers are being taken in already."
    (tmp_path / "uploads" / "a.bib").write_text("x")
    assert importing.take([str(tmp_path / "uploads" / "a.bib")]) == imports.wrong
    assert list((tmp_path / "uploads").iterdir()) == []
    assert importing.take(["x"] * (MOST_FILES + 1)).startswith("1,001 files are too many at once.")
    assert importing.go_on() == imports.wrong


def test_title_and_abstract_of_a_paper_are_mended(importing: Importing, imports: Imports) -> None:
    assert importing.paper("w") == (WHALES.title, WHALES.abstract)
    assert importing.paper("nobody") == ("", "")
    assert importing.mend("w", " Whales sing ", "They\u00ad sing.") == ""
    assert imports.asked == [(replace(WHALES, title="Whales sing", abstract="They sing."),)]


@pytest.mark.parametrize(
    ("key", "title", "abstract", "told"),
    [
        ("w", "  ", "x", "A paper needs a title."),
        ("w", "x" * 1001, "x", "The title has 1,001 characters. 1,000 is the most."),
        ("w", "A", "x" * 20_001, "The abstract has 20,001 characters."),
        ("w", "A", "x\u202ey", "The abstract has U+202E, which hides or reorders text."),
        ("nobody", "A", "x", "No paper"),
    ],
)
def test_what_can_be_no_paper_is_told(
    importing: Importing, imports: Imports, key: str, title: str, abstract: str, told: str
) -> None:
    assert importing.mend(key, title, abstract).startswith(told)
    assert imports.asked == []
