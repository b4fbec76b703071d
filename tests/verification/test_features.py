"""What is found of a claim beside its evidence: likeness, faults, and the best sentences."""

import pytest

from paperchat.verification.alignment import Evidence
from paperchat.verification.features import Features, measure
from tests.samples import HashEmbedder
from tests.tides import SENTENCES, TITLE

EVIDENCE = Evidence(SENTENCES, TITLE, " ".join(SENTENCES))


def test_a_copy_is_as_like_as_can_be_and_its_sentence_is_the_best() -> None:
    found = measure(SENTENCES[3], EVIDENCE, HashEmbedder(), {})
    assert found.features.named() == pytest.approx({"cosine": 1.0, "overlap": 1.0}, abs=1e-5)
    assert (found.best[0], found.faults) == (3, ())


def test_what_shares_no_word_is_less_like() -> None:
    far = measure("Bread is baked from flour.", EVIDENCE, HashEmbedder(), {}).features
    assert far.overlap == 0
    assert far.cosine < 0.7


def test_faults_are_found_and_a_sentence_of_another_paper_that_says_it_is_one() -> None:
    claim = "Octopuses taste with their arms."
    other = Evidence(SENTENCES, TITLE, " ".join(SENTENCES), (("Minds of Octopuses", claim),))
    assert [one.kind for one in measure("TideNet needs 99 GPU hours.", EVIDENCE, HashEmbedder(), {}).faults] == [
        "number"
    ]
    assert measure(claim, EVIDENCE, HashEmbedder(), {}).faults == ()
    (fault,) = measure(claim, other, HashEmbedder(), {}).faults
    assert "Minds of Octopuses" in fault.reason


def test_where_nothing_is_cited_no_sentence_is_best() -> None:
    found = measure("Tides rise.", Evidence((), TITLE, ""), HashEmbedder(), {})
    assert found.best == ()
    assert isinstance(found.features, Features)
