"""Which papers leave a set with what it follows: never those of what could not be read."""

from pathlib import Path

import pytest

from paperchat.storage.following import FEW, Files, Following, left, resolved, within

FOLDER, FILE = Path("/p"), Path("/p/a.bib")
MANY = {f"m{number}" for number in range(2 * FEW)}


@pytest.mark.parametrize(
    ("before", "now", "gone"),
    [
        ({"/p/a.bib": "xy"}, {"/p/a.bib": "x"}, "y"),
        ({"/p/a.bib": "xy"}, {"/p/a.bib": "xy"}, ""),
        ({"/p/a.bib": "xy", "/q.bib": "y"}, {"/p/a.bib": "x"}, ""),
        ({"/p/a.bib": "x", "/p/b.bib": "y"}, {"/p/b.bib": "xy"}, ""),
        ({"/p/a.bib": "x", "/p/b.bib": "y"}, {"/p/b.bib": "y"}, "x"),
        ({"/q.bib": "z", "/p/a.bib": "x"}, {"/p/a.bib": "x"}, ""),
        ({}, {"/p/a.bib": "x"}, ""),
    ],
    ids=["left", "stays", "elsewhere", "moved", "file gone", "another's", "first time"],
)
def test_a_paper_goes_that_is_no_longer_in_the_folder_and_from_nowhere_else(
    before: Files, now: Files, gone: str
) -> None:
    found = left(Following((FOLDER,)), before, now, ())
    assert (set(found.papers), found.stayed) == (set(gone), ())


def test_a_source_that_was_not_read_takes_no_paper_away_unless_that_is_meant() -> None:
    before = {"/p/a.bib": "xyz"}
    found = left(Following((FILE,)), before, {}, ["/p/a.bib"])
    assert (found.papers, found.stayed) == (
        (),
        ("Nothing was read of /p/a.bib: its 3 papers stay (--yes removes them).",),
    )
    assert left(Following((FILE,), sure=True), before, {}, ["/p/a.bib"]).papers == ("x", "y", "z")


def test_a_file_that_was_not_read_whole_takes_no_paper_away() -> None:
    before = {"/p/a.bib": "xy", "/p/b.bib": "z"}
    found = left(Following((FOLDER,)), before, {"/p/a.bib": "x"}, ["/p/a.bib"])
    assert found.papers == ("z",)
    assert found.stayed == ("/p/a.bib was not read whole: 1 paper not found in it stays (--yes removes them).",)


def test_most_papers_of_a_source_stay_unless_that_is_meant() -> None:
    before, now = {"/p/a.bib": MANY}, {"/p/a.bib": {"m0"}}
    found = left(Following((FILE,)), before, now, ())
    assert found.papers == ()
    assert found.stayed == ("9 of the 10 papers of /p/a.bib are no longer in it: they stay (--yes removes them).",)
    assert len(left(Following((FILE,), sure=True), before, now, ()).papers) == 9
    half = left(Following((FILE,)), before, {"/p/a.bib": {"m0", "m1", "m2", "m3", "m4"}}, ())
    assert len(half.papers) == 5


def test_each_source_is_looked_at_for_itself() -> None:
    before = {"/p/a.bib": "x", "/q/b.bib": "y"}
    found = left(Following((FOLDER, Path("/q"))), before, {"/p/a.bib": "z"}, ["/q"])
    assert (found.papers, found.files) == (("x",), {"/p/a.bib": {"x"}})
    assert found.stayed == ("Nothing was read of /q: its 1 paper stays (--yes removes them).",)


def test_a_source_is_the_same_from_wherever_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert resolved([Path("a"), Path("./a/../a")]) == (tmp_path.resolve() / "a",) * 2
    assert within("/p/a.bib", [FOLDER])
    assert not within("/pa.bib", [FOLDER])
