"""What is read of a claim beside its best sentences: numbers are masked, and nothing is said without evidence."""

import pytest

from paperchat.verification.entailment import LARGEST, entailed, masked
from paperchat.verification.evidence import Evidence, whole_paper
from tests.samples import HashEmbedder, as_evidence, paper
from tests.tides import SENTENCES, TITLE

TIDES = whole_paper(as_evidence(paper(TITLE, " ".join(SENTENCES)), HashEmbedder()))


class Reading:
    """Reads claims: keeps what it is shown, and says `odds` of all."""

    def __init__(self, odds: float) -> None:
        self.odds, self.shown = odds, list[tuple[str, str, str]]()

    def entailment(self, claim: str, title: str, sentences: str) -> float:
        self.shown.append((claim, title, sentences))
        return self.odds

    def contradiction(self, *_: str) -> float:
        return 0.0


@pytest.mark.parametrize(
    ("text", "as_read"),
    [
        ("It reaches 85.3% in 1,000 steps.", "It reaches 0% in 0 steps."),
        ("GPT-4 on ImageNet-1K, v2.1 and 3D", "GPT-4 on ImageNet-1K, v2.1 and 3D"),
        ("none", "none"),
    ],
)
def test_numbers_are_alike_and_those_of_names_stay(text: str, as_read: str) -> None:
    assert masked(text) == as_read


def test_the_best_sentences_are_read_in_their_order() -> None:
    reader = Reading(1.5)
    assert entailed("It needs 3 hours.", TIDES, (2, 0), reader) == 1.5
    ((claim, title, shown),) = reader.shown
    assert claim == "It needs 0 hours."
    assert title == masked(TIDES.title)
    assert shown == masked(f"{TIDES.cited[0].cleaned} {TIDES.cited[2].cleaned}")


def test_odds_are_believed_up_to_a_bound() -> None:
    assert entailed("x", TIDES, (0,), Reading(90.0)) == LARGEST
    assert entailed("x", TIDES, (0,), Reading(-90.0)) == -LARGEST


def test_without_sentences_nothing_is_read() -> None:
    assert entailed("x", Evidence((), ()), (), Reading(3.0)) == -LARGEST
