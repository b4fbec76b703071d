"""What a claim says that a work is must be said of that work, not of what else its abstract tells of."""

import pytest

from paperchat.verification.alignment import align
from paperchat.verification.evidence import whole_paper
from paperchat.verification.predication import misplaced
from tests.samples import HashEmbedder, as_evidence, paper

ABSTRACT = (
    "Contrastive learning compares views, but its loss is costly. Generative learning is slow. "
    "We propose KilnNet, a predictive framework for kilns. It is modular. Our training is cheap."
)


def word(claim: str) -> str:
    evidence = whole_paper(as_evidence(paper("KilnNet: firing kilns", ABSTRACT), HashEmbedder()))
    found = misplaced(align(claim, evidence, {}))
    return found.text if found else ""


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("KilnNet is contrastive.", "contrastive"),
        ("KilnNet is a generative method.", "generative"),
        ("KilnNet is predictive.", ""),
        ("KilnNet is modular.", ""),
        ("KilnNet is cheap to train.", ""),
        ("KilnNet is not contrastive.", ""),
        ("Contrastive learning is costly.", ""),
        ("KilnNet is bright.", ""),
        ("KilnNet trains without labels, and contrastive learning is costly in all other kilns of Arita.", ""),
    ],
)
def test_a_word_that_is_of_something_else_is_found(claim: str, expected: str) -> None:
    assert word(claim) == expected
