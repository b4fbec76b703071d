"""How alike texts are spelt."""

import pytest

from paperchat.text.likeness import common_subsequence, nearest_spellings, spelling_likeness


@pytest.mark.parametrize(("one", "other", "likeness"), [("adapter", "adaptor", 12 / 14), ("a", "b", 0), ("a", "a", 1)])
def test_two_spellings_are_as_alike_as_the_letters_that_they_share(one: str, other: str, likeness: float) -> None:
    assert spelling_likeness(one, other) == pytest.approx(likeness)


def test_a_common_subsequence_keeps_the_order() -> None:
    assert common_subsequence("ABCD", "ACBD") == 3
    assert common_subsequence("AB", "CD") == 0


def test_the_likest_names_come_first_and_others_not_at_all() -> None:
    names = {1: "graphmae", 2: "graphgpt", 3: "grafmae"}
    assert list(nearest_spellings("grafmae", names, 0.8, 5)) == [3, 1]
    assert list(nearest_spellings("grafmae", names, 0.8, 1)) == [3]
