"""What a comparison shows is told by the questions since it was asked for: no change is lost to the next one."""

from pathlib import Path

import pytest

from paperchat.dialogue.conversation import Conversation
from paperchat.dialogue.edits import Edit, read_edit
from paperchat.dialogue.layout import ASKED, Layout, changed, dropped_row, first_layout, layout_of
from paperchat.types import Form, Turn
from tests.samples import GRAPHS, SPEECH, opened_shelf

FIRST = "compare GraphMAE with Wav2Tok"


def names(layout: Layout) -> list[str]:
    return [row.name for row in layout.rows]


def after(*questions: str) -> Layout:
    layout = first_layout(FIRST)
    for question in questions:
        edit = read_edit(question)
        assert edit is not None, question
        layout = changed(layout, edit, (GRAPHS, SPEECH), (GRAPHS, SPEECH))
    return layout


PARTS = ["problem", "idea", "data", "results", "limits"]


@pytest.mark.parametrize(
    ("questions", "rows"),
    [
        ([], [ASKED, *PARTS]),
        (["add a column for the dataset size"], ["dataset size", ASKED, *PARTS]),
        (["add the dataset size and the number of GPUs"], ["dataset size", "number of GPUs", ASKED, *PARTS]),
        (["add the dataset size", "drop the limits", "add when it was published"],
         ["dataset size", "published", ASKED, *PARTS[:-1]]),
        (["drop the limits row", "drop the problem"], [ASKED, "idea", "data", "results"]),
        (["only the results"], ["results"]),
        (["only the results", "add the limits"], ["limits", "results"]),
        (["add the dataset size", "drop the dataset size column"], [ASKED, *PARTS]),
        (["sort by accuracy"], ["accuracy", ASKED, *PARTS]),
        (["add GenView", "drop the second one"], [ASKED, *PARTS]),
        (["add a column for the datasets"], ["datasets", ASKED, "problem", "idea", "results", "limits"]),
    ],
)  # fmt: skip
def test_rows_are_added_dropped_and_kept(questions: list[str], rows: list[str]) -> None:
    assert names(after(*questions)) == rows


def test_a_table_is_sorted_until_its_row_is_dropped() -> None:
    layout = after("add accuracy", "sort by accuracy, lowest first")
    assert (layout.by, layout.rising) == ("accuracy", True)
    assert after("sort by accuracy", "drop the accuracy").by == ""
    assert after("newest first").by == "published"


def test_a_comparison_of_some_parts_has_only_these() -> None:
    assert names(first_layout("compare the results of GraphMAE and Wav2Tok side by side")) == ["results"]


def test_a_paper_is_meant_where_a_title_has_the_words_and_no_row_is_named() -> None:
    layout = first_layout(FIRST)
    assert dropped_row(layout, Edit("drop", "masked graphs"), (GRAPHS, SPEECH), ()) is None
    assert dropped_row(layout, Edit("drop", "second one"), (GRAPHS, SPEECH), ()) is None
    row = dropped_row(layout, Edit("drop", "data"), (GRAPHS, SPEECH), ())
    assert row is not None
    assert row.name == "data"


def test_what_stands_between_the_changes_of_a_table_changes_nothing(tmp_path: Path) -> None:
    """Text answers, refused changes and an earlier table are passed over."""
    said: list[tuple[str, Form]] = [
        ("compare GraphMAE with Boosted Trees", "table"), ("only the results", "table"), (FIRST, "table"),
        ("add the dataset size", "table"), ("which of them is faster?", "text"), ("drop the limits", "table"),
        ("drop the idea", "declined"),
    ]  # fmt: skip
    titles = (GRAPHS.title, SPEECH.title)
    turns = [Turn(question, "answer", titles, form) for question, form in said]
    with opened_shelf(tmp_path) as app:
        layout = layout_of(Conversation(turns, app.library))
    assert names(layout) == ["dataset size", ASKED, *PARTS[:-1]]
