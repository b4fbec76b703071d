"""Whether a claim says more than its evidence: of all, or of nothing else."""

import pytest

from paperchat.verification.overclaims import overstated


@pytest.mark.parametrize(
    ("claim", "sentence", "word"),
    [
        ("It wins in all harbours.", "It wins in most harbours.", "all"),
        ("It wins in all harbours.", "It wins in every harbour.", None),
        ("It wins only at night.", "It wins at night.", "only"),
        ("It wins only at night.", "It wins at night alone.", None),
        ("It uses only a fraction of the data.", "It uses 3\\% of the data.", None),
        ("It wins, above all, at night.", "It wins at night.", None),
        ("It wins.", "It wins at night.", None),
    ],
)
def test_a_word_for_all_or_only_needs_one_in_the_evidence(claim: str, sentence: str, word: str | None) -> None:
    found = overstated(claim, [sentence])
    assert (found and claim[slice(*found)]) == word
