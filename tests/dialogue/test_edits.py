"""What a follow-up does to the table or list above it."""

import pytest

from paperchat.dialogue.edits import Edit, read_edit


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
        ("drop the limits", "drop", "limits"),
        ("add the number of GPUs", "row", "number of GPUs"),
        ("add when it was published", "row", "when it was published"),
        ("add the architecture", "row", "architecture"),
        ("add another paper on drugs", "add", "another paper on drugs"),
        ("sort by accuracy", "sort", "accuracy"),
        ("order the papers by the dataset size, smallest first", "sort", "dataset size"),
        ("please rank them by year", "sort", "year"),
        ("newest first", "sort", "published"),
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
    ("question", "rising"),
    [
        ("sort by accuracy", False),
        ("sort by accuracy, highest first", False),
        ("sort by error rate from low to high", True),
        ("order by year ascending", True),
        ("oldest first", True),
    ],
)
def test_the_most_comes_first_where_nothing_else_is_said(question: str, rising: bool) -> None:
    edit = read_edit(question)
    assert edit is not None
    assert edit.rising is rising


@pytest.mark.parametrize(
    ("what", "rows"),
    [
        ("dataset size and the number of GPUs", ("dataset size", "number of GPUs")),
        ("architecture, the doi and the limits", ("architecture", "doi", "limits")),
        ("search and rescue rate", ("search and rescue rate",)),
    ],
)
def test_several_rows_are_asked_for_at_once(what: str, rows: tuple[str, ...]) -> None:
    assert Edit("row", what).rows == rows


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
