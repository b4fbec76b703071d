"""Whether two parts of a claim stand in each other's place."""

import pytest

from paperchat.text.words import words
from paperchat.verification.role_swaps import exchange, turned

PAPER = "The local branch repairs missing readings and the global branch repairs shifted clocks."


@pytest.mark.parametrize(
    ("claim", "parts"),
    [
        ("The local branch repairs shifted clocks and the global branch repairs missing readings.", True),
        ("The global branch repairs shifted clocks and the local branch repairs missing readings.", False),
        (PAPER, False),
        ("The local branch repairs readings.", False),
        ("Shifted clocks are repaired by the local branch, missing readings by the global branch.", False),
    ],
    ids=["exchanged", "clauses in another order", "a copy", "too short to tell", "passive"],
)
def test_exchanged_parts_are_told_from_another_order(claim: str, parts: bool) -> None:
    assert bool(exchange(words(claim), [words(PAPER)])) is parts


def test_the_parts_are_as_typed() -> None:
    claim = "The local branch repairs shifted clocks and the global branch repairs missing readings."
    found = exchange(words(claim), [words(PAPER)])
    assert found is not None
    assert all(part in claim for part in found)


@pytest.mark.parametrize(
    ("claim", "contrast"),
    [
        ("Exact charts serve instead of coarse maps.", "instead of"),
        ("Coarse maps serve instead of exact charts.", ""),
        ("Exact charts serve.", ""),
    ],
)
def test_the_sides_of_a_contrast_are_turned(claim: str, contrast: str) -> None:
    assert turned(claim, "A coarse map serves instead of exact charts.") == contrast
