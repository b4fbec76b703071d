"""Large sets: in which order they are looked through for a list, when that ends, and what is thought to be left."""

from collections.abc import Callable, Sequence

import pytest

from paperchat.retrieval.stages import MOST, STAGE, Rest, in_order, look_through, rest_of, still_expected
from paperchat.types import Leg

MANY = [str(number) for number in range(MOST)]


def members_at(*places: int) -> Callable[[Sequence[str]], int]:
    return lambda stage: sum(int(key) in places for key in stage)


def test_what_both_words_and_vectors_found_goes_first_and_a_paper_has_one_place() -> None:
    near = [("near", 0.9), ("both", 0.8), ("near", 0.7), ("far", 0.1)]
    keyword = {"both": Leg(1, 9.0), "worded": Leg(2, 8.0)}
    assert in_order(near, keyword) == ["both", "near", "worded", "far"]


def test_a_set_is_looked_through_until_a_stage_has_no_member() -> None:
    seen = list[str]()

    def judge(stage: Sequence[str]) -> int:
        seen.extend(stage)
        return members_at(0, 1, STAGE + 1)(stage)

    assert look_through(MANY, judge) == 3 * STAGE
    assert rest_of(seen, {"0", "1", str(STAGE + 1)}, 20_000) == Rest(STAGE, 0, 0)
    assert seen == MANY[: 3 * STAGE]


def test_members_that_are_rare_beside_those_found_end_it_too() -> None:
    assert look_through(MANY, members_at(*range(STAGE), STAGE + 1)) == 2 * STAGE


def test_what_was_found_to_the_end_tells_how_many_are_thought_to_be_left() -> None:
    assert look_through(MANY, members_at(*range(0, MOST, 4))) == MOST
    rest = rest_of(MANY, set(MANY[::4]), 20_000)
    assert (rest.last, rest.members) == (STAGE, STAGE // 4)
    assert rest.expected == 9 * STAGE // 4


def test_no_more_are_thought_to_be_left_than_there_are_papers() -> None:
    assert rest_of(MANY, set(MANY), MOST).expected == 0


@pytest.mark.parametrize(
    ("yields", "expected"),
    [((), 0), ((9, 0), 0), ((40, 20), 20), ((200, 50), 17), ((10,), 90), ((10, 20), 180)],
    ids=["nothing was looked at", "the last had none", "each half", "each a quarter", "one alone", "they grow"],
)
def test_members_fall_from_stage_to_stage_as_they_did(yields: Sequence[int], expected: int) -> None:
    assert still_expected(yields) == expected
