"""What a follow-up does to the table or list above it."""

import pytest

from paperchat.dialogue.edits import read_edit


@pytest.mark.parametrize(
    ("question", "kind", "what"),
    [
        ("add GenView", "add", "GenView"),
        ("please add BETA to the table", "add", "BETA"),
        ("add another paper on graphs", "add", "another paper on graphs"),
        ("add the numbers", "row", "numbers"),
        ("include their accuracy on ImageNet", "row", "accuracy on ImageNet"),
        ("add a column for the dataset size", "row", "dataset size"),
        ("add their limits too", "row", "limits"),
        ("drop the second one", "drop", "second one"),
        ("now remove ALPHA.", "drop", "ALPHA"),
        ("only the results", "only", "results"),
        ("just the data and the results please", "only", "data and the results"),
    ],
)
def test_what_is_added_dropped_or_kept_is_read(question: str, kind: str, what: str) -> None:
    edit = read_edit(question)
    assert edit is not None
    assert (edit.kind, edit.what) == (kind, what)


def test_a_row_of_numbers_is_told_from_one_of_words() -> None:
    rows = [read_edit(question) for question in ("add the numbers", "add their accuracy", "add a row on the idea")]
    assert [row.figures for row in rows if row] == [True, True, False]


@pytest.mark.parametrize(
    "question",
    [
        "which works without negatives?",
        "only ALPHA?",
        "how does adding noise help?",
        "add more detail",
        "add some context",
    ],
)
def test_other_follow_ups_change_nothing(question: str) -> None:
    assert read_edit(question) is None
