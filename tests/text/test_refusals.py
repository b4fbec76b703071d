"""Sentences that say that nothing answers."""

import pytest

from paperchat.text.refusals import declines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The evidence does not answer the question.", True),
        ("The abstracts do not mention How2Sign.", True),
        ("The temperature is not given in the abstract.", True),
        ("There is no information about the price.", True),
        ("None of the papers report this.", True),
        ("This cannot be determined from the evidence.", True),
        ("OBoW does not use negatives.", False),
        ("The method needs no labels.", False),
        ("It reaches 85.3% and is not limited to images.", False),
    ],
)
def test_sentences_that_decline_are_known(text: str, expected: bool) -> None:
    assert declines(text) is expected
