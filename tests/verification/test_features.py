"""What is found of a claim beside its evidence: likeness, faults, and the best sentences."""

import pytest

from paperchat.verification.evidence import Evidence, Quoted, whole_paper
from paperchat.verification.features import Features, Findings, measure
from paperchat.verification.opposition import NEVER, Opposing
from tests.samples import HashEmbedder, SayingNothing, as_evidence, paper
from tests.tides import SENTENCES, TITLE

EMBEDDER = HashEmbedder()
TIDES = as_evidence(paper(TITLE, " ".join(SENTENCES)), EMBEDDER)


def measured(claim: str, evidence: Evidence) -> Findings:
    """Return what is found of a claim; it is embedded after the title, as the sentences are."""
    return measure(claim, EMBEDDER.embed_query(f"{TITLE} {claim}")[0], evidence, Opposing({}, NEVER), SayingNothing())


def test_a_copy_is_as_like_as_can_be_and_its_sentence_is_the_best() -> None:
    found = measured(TIDES.text.cleaned[3], whole_paper(TIDES))
    assert found.features.named() == pytest.approx({"cosine": 1.0, "overlap": 1.0, "entailed": 0.0}, abs=1e-5)
    assert (found.best[0], found.faults) == (3, ())


def test_what_shares_no_word_is_less_like() -> None:
    near = measured(SENTENCES[3], whole_paper(TIDES)).features
    far = measured("Bread is baked from flour.", whole_paper(TIDES)).features
    assert far.overlap == 0
    assert far.cosine < 0.7 < near.cosine


def test_faults_are_found_and_another_paper_that_says_it_is_named() -> None:
    claim = "Octopuses taste with their arms."
    other = Quoted(as_evidence(paper("Minds of Octopuses", claim), EMBEDDER), 0)
    (wrong,) = measured("TideNet needs 99 GPU hours.", whole_paper(TIDES)).faults
    assert wrong.kind == "number"
    assert measured(claim, whole_paper(TIDES)).faults == ()
    beside = measured(claim, whole_paper(TIDES, [other]))
    assert beside.faults == ()
    assert "Minds of Octopuses" in beside.elsewhere


def test_where_nothing_is_cited_no_sentence_is_best() -> None:
    found = measured("Tides rise.", Evidence((TIDES,), ()))
    assert found.best == ()
    assert isinstance(found.features, Features)
