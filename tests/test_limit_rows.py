"""Limits read by hand: the form of the rows, and the bar that is found on them."""

import pytest

from tests.reading.collections import papers_of
from tests.train.abstracts import SINGLE, read_lines
from tests.train.limits import Told, bar
from tests.train.weights import LEFT_OUT

ROWS = read_lines("limits.jsonl")


def test_a_row_is_a_paper_that_the_network_does_not_learn_from() -> None:
    assert {row["collection"] for row in ROWS} == {LEFT_OUT, SINGLE}
    assert len({(row["collection"], row["paper"]) for row in ROWS}) == len(ROWS)
    for row in ROWS:
        assert set(row) == {"collection", "paper", "limits", "also"}
        assert set(row["limits"]).isdisjoint(row["also"])


def test_the_places_are_those_of_sentences() -> None:
    for row in ROWS:
        if row["collection"] == LEFT_OUT:
            abstract = papers_of(LEFT_OUT)[row["paper"] - 1]["abstract"]
            assert all(0 <= place < len(abstract) for place in (*row["limits"], *row["also"]))


@pytest.mark.parametrize(
    ("odds", "right", "found"),
    [
        ((5.0, 4.0, 3.0), (True, True, False), (4.0, 2)),
        ((5.0, 4.0, 3.0), (False, True, False), (float("inf"), 0)),
        ((9.0, 8.5, *(8.0 - n for n in range(8))), (True, False, *[True] * 8), (1.0, 10)),
    ],
    ids=["two", "none", "one wrong of ten"],
)
def test_the_bar_is_the_lowest_with_few_enough_wrong(
    odds: tuple[float, ...], right: tuple[bool, ...], found: tuple[float, int]
) -> None:
    assert (
        bar([Told(odd, is_right, by_rule=False, real=True) for odd, is_right in zip(odds, right, strict=True)]) == found
    )
