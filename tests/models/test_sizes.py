"""How much a model is shown follows from its size and context, by one table that settings overrule."""

import pytest

from paperchat.models.sizes import SIZES, UNKNOWN, portion_of

ROOMY = 100_000


@pytest.mark.parametrize(("billions", "row"), [(0.5, 0), (1.5, 1), (3, 2), (7, 3), (14, 4), (32, 5), (405, 5)])
def test_a_model_is_given_what_its_size_says(billions: float, row: int) -> None:
    assert portion_of(billions, ROOMY, {}) == SIZES[row]


def test_a_larger_model_is_never_given_less_nor_held_closer() -> None:
    rows = [(one.billions, one.evidence, one.papers, one.beside, one.around, one.sentences, one.free) for one in SIZES]
    assert all(small <= large for before, after in zip(rows, rows[1:], strict=False)
               for small, large in zip(before, after, strict=True))  # fmt: skip


def test_a_model_that_does_not_say_its_size_is_taken_for_a_small_one() -> None:
    assert portion_of(0, ROOMY, {}) == portion_of(UNKNOWN, ROOMY, {})


def test_evidence_leaves_half_of_a_small_context_to_the_rest() -> None:
    assert portion_of(32, 1000, {}).evidence == 500


def test_settings_overrule_the_table() -> None:
    asked: dict[str, int | str] = {"evidence_tokens": 900, "evidence_papers": 2, "form": "free"}
    own = portion_of(1.5, 1000, asked)
    assert (own.evidence, own.papers, own.free) == (900, 2, True)
    assert own.told == asked
    assert not portion_of(32, ROOMY, {"form": "strict"}).free
