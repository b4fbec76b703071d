"""Pairs of sentences of different papers that mean nearly the same."""

import numpy as np
import pytest

from paperchat.retrieval import pairs
from paperchat.retrieval.pairs import Near, nearest_pairs
from paperchat.types import Vectors


def unit(*rows: tuple[float, float]) -> Vectors:
    table = np.array(rows, np.float32)
    made: Vectors = table / np.linalg.norm(table, axis=1, keepdims=True)
    return made


def test_pairs_are_of_different_papers_and_the_nearest_come_first() -> None:
    found = nearest_pairs([unit((1, 0), (1, 0.01)), unit((0, 1), (1, 0.2)), unit((1, 0.1))], 0.9, 9)
    assert [(near.first, near.second) for near in found][:1] == [((0, 1), (2, 0))]
    assert all(near.first[0] < near.second[0] for near in found)
    assert [near.cosine for near in found] == sorted((near.cosine for near in found), reverse=True)
    assert all(near.cosine >= 0.9 for near in found)


def test_no_more_pairs_are_given_than_asked_for() -> None:
    assert len(nearest_pairs([unit((1, 0), (1, 0)), unit((1, 0), (1, 0))], 0.5, 3)) == 3


@pytest.mark.parametrize("papers", [[], [unit((1, 0), (1, 0))], [np.empty((0, 2), np.float32), unit((1, 0))]])
def test_one_paper_with_sentences_has_no_pair(papers: list[Vectors]) -> None:
    assert nearest_pairs(papers, -1.0, 5) == []


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    dice = np.random.default_rng(1)
    papers = [unit(*map(tuple, dice.normal(size=(7, 2)))) for _ in range(5)]
    whole: list[Near] = nearest_pairs(papers, 0.5, 40)
    monkeypatch.setattr(pairs, "BLOCK", 4)
    assert nearest_pairs(papers, 0.5, 40) == whole
