"""A claim laid beside the sentences that it cites."""

import numpy as np
import pytest

from paperchat.verification.alignment import align, usual_rarity
from paperchat.verification.evidence import Evidence, Quoted, whole_paper
from tests.samples import HashEmbedder, as_evidence, paper

NETWORK = "A graph network (GN) learns tides. It represents 84\\% of storms."
EVIDENCE = whole_paper(as_evidence(paper("TideNet", NETWORK), HashEmbedder()))


def test_each_sentence_has_its_share_of_the_claims_words() -> None:
    laid = align("A network learns storms.", EVIDENCE, {})
    assert [word.text for word in laid.own] == ["network", "learns", "storms"]
    assert laid.matches.tolist() == [[1, 1, 0], [0, 0, 1]]
    assert laid.covered.tolist() == pytest.approx([2 / 3, 1 / 3])
    other = as_evidence(paper("StormNet", "Storms learn."), HashEmbedder())
    assert laid.cover(Quoted(other, 0)) == pytest.approx(2 / 3)


def test_a_rare_word_weighs_more_and_an_unknown_one_as_the_rarest() -> None:
    rarity = {"network": 1.0, "storm": 3.0}
    assert usual_rarity(rarity) == 3.0
    assert align("A network learns storms.", EVIDENCE, rarity).weights.tolist() == [1.0, 3.0, 3.0]


@pytest.mark.parametrize(
    ("claim", "matched"),
    [("representation", 1), ("GN", 1), ("graph network", 2), ("rep", 0)],
    ids=["one root", "an abbreviation", "its long form", "a beginning"],
)
def test_a_word_is_met_by_its_root_or_its_abbreviation(claim: str, matched: int) -> None:
    assert align(claim, EVIDENCE, {}).matches.max(axis=0).sum() == matched


def test_sentences_are_cleaned_and_nothing_matches_nothing() -> None:
    assert align("storms", EVIDENCE, {}).sentences[1] == "It represents 84% of storms."
    empty = align("It is so.", Evidence(EVIDENCE.papers, ()), {})
    assert empty.sentences == ("",)
    assert empty.matches.shape == (1, 1)
    assert np.all(empty.matches == 0)
