"""The ranks of two retrievers become one, and the best are looked at again."""

import pytest

from paperchat.retrieval.fusion import Fused, dense_legs, fuse, rerank, score_sentences
from paperchat.types import Leg


def test_papers_are_ranked_by_their_nearness() -> None:
    assert dense_legs({"a": 0.5, "b": 0.7}) == {"b": Leg(1, 0.7), "a": Leg(2, 0.5)}


def test_fusion_adds_normalised_scores() -> None:
    dense = {"a": Leg(1, 0.9), "b": Leg(2, 0.63), "c": Leg(3, 0.36)}
    words = {"b": Leg(1, 4.0), "d": Leg(2, 2.0)}
    fused = fuse(dense, words, 3)
    assert [(one.paper_id, round(one.score, 6)) for one in fused] == [("b", 1.5), ("a", 1.0), ("d", 0.5)]
    assert fused[2].dense is None
    assert [one.score for one in fuse({"c": dense["c"], "a": dense["a"]}, {}, 2)] == [1.0, pytest.approx(0.0)]
    assert [one.score for one in fuse({"a": Leg(1, -0.1)}, {}, 2)] == [0.0]
    assert fuse({}, {}, 3) == []


def _reranked(question: str, **papers: tuple[str, ...]) -> dict[str, float]:
    found = [Fused(name, 1.0, None, None) for name in papers]
    words = {name: [part.split() for part in parts] for name, parts in papers.items()}
    weights = dict.fromkeys(question.split(), 1.0)
    return {one.paper_id: round(one.score, 6) for one in rerank(question.split(), found, words, weights)}


def test_words_that_stand_together_lead() -> None:
    apart = _reranked(
        "graph noise", far=("", "graph a b c d noise"), near=("", "noise a graph"), cut=("graph", "noise")
    )
    assert apart == {"near": 2.0, "far": 1.5, "cut": 1.5}
    assert list(apart) == ["near", "far", "cut"]


def test_words_of_one_root_count_in_part() -> None:
    found = _reranked("augmented speech", root=("", "augmentation", "speech"), whole=("speech", "b", "augmented b"))
    assert found == {"whole": 1.5, "root": round(1 + 0.5 * 0.5, 6)}  # one sentence has a word whole, no other has both
    assert _reranked("augmented", root=("", "augmentation")) == {"root": 1.3}  # augme, ugmen, gment of five runs
    assert _reranked("", any=("a", "b")) == {"any": 1.0}


def test_a_sentence_with_the_rare_word_asked_for_scores_highest() -> None:
    scores = score_sentences(["cora", "graph"], [["graph"], ["graph", "cora"], ["speech"]], [0.5, 0.5, 0.5])
    assert scores.index(max(scores)) == 1
    assert score_sentences(["a"], [], []) == []
