"""Papers are put in an order by numbers of one kind and unit; what cannot be compared is said."""

import pytest

from paperchat.export.ranking import figure_of, ranked
from paperchat.types import AnswerSentence, Citation, Paper, Table

PAPERS = tuple(Paper(name * 12, f"{name.upper()}Net: A Network", "x", "test") for name in "abc")


def cell(text: str) -> AnswerSentence | None:
    return AnswerSentence(text, (Citation("a" * 12, "A", text, 0, len(text)),)) if text else None


def order(aspect: str, *texts: str, rising: bool = False) -> tuple[str, str]:
    """Return the names of the papers in their order, and the line."""
    table = Table((aspect,), PAPERS[: len(texts)], (tuple(map(cell, texts)),))
    places, told = ranked(table, aspect, rising)
    return "".join("abc"[at] for at in places), told


@pytest.mark.parametrize(
    ("aspect", "text", "value", "kind"),
    [
        ("accuracy", "reaches 84.2% accuracy on Cora", 84.2, "%"),
        ("dataset size", "trained on 1.2 million images", 1_200_000, "image"),
        ("number of GPUs", "trained on 8 GPUs for 12 days", 8, ""),
        ("accuracy", "improves accuracy by 3.1 points", 3.1, "gained"),
        ("latency", "takes 2 ms", 0.002, "time"),
    ],
)
def test_the_number_of_a_cell_is_read_with_what_it_is_of(aspect: str, text: str, value: float, kind: str) -> None:
    figure = figure_of(cell(text), aspect)
    assert figure is not None
    assert figure.value == pytest.approx(value)
    assert figure.kind == kind


@pytest.mark.parametrize("text", ["", "works well", "84.2% on Cora and 73.1% on PubMed", "in two steps"])
def test_a_cell_without_one_number_has_none(text: str) -> None:
    assert figure_of(cell(text), "accuracy") is None


def test_the_most_comes_first_or_the_least() -> None:
    texts = ("accuracy of 84.2%", "accuracy of 91.5%", "an accuracy of 70%")
    assert order("accuracy", *texts) == ("bac", "Sorted by accuracy, highest first.")
    assert order("accuracy", *texts, rising=True) == ("cab", "Sorted by accuracy, lowest first.")


def test_what_is_of_another_kind_comes_last_and_is_said() -> None:
    places, told = order("accuracy", "", "accuracy of 84.2%", "accuracy of 91.5%")
    assert places == "cba"
    assert told == "Sorted by accuracy, highest first. Not compared: ANet (not stated in the abstract)."


def test_levels_are_not_compared_with_gains_nor_images_with_patients() -> None:
    places, told = order("accuracy", "accuracy of 84.2%", "improves accuracy by 3.1%")
    assert places == ""
    assert told == "These cannot be sorted by accuracy: ANet (84.2%), BNet (3.1%, a gain)."
    places, told = order("dataset size", "40,000 images", "212 patients")
    assert places == ""
    assert "ANet (40,000 images), BNet (212 patients)" in told


def test_dates_of_the_record_are_put_in_order() -> None:
    cells = tuple(AnswerSentence(text) for text in ("2021-05", "2019", "2021-11-03"))
    table = Table(("published",), PAPERS, (cells,))
    assert ranked(table, "published") == ((2, 0, 1), "Sorted by date, newest first.")
    assert ranked(table, "published", rising=True)[0] == (1, 0, 2)


def test_a_row_that_is_not_there_sorts_nothing() -> None:
    table = Table(("data",), PAPERS[:2], ((None, None),))
    assert ranked(table, "accuracy")[0] == ()
