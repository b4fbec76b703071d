"""Fuse what the two retrievers found, by paper, and pick the sentences that answer. Pure functions."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from paperchat.types import Leg, Vectors

NEARNESS = 0.5
"""Weight of a sentence's similarity beside its shared words: on labelled quotes words find the sentence more often."""

FAR = 0.4
"""A paper whose cosine is at most this share of the best one's has no dense score."""


@dataclass(frozen=True, slots=True)
class Fused:
    """A paper's place in the fused ranking: `score` is in 0..2, one at most from each leg."""

    paper_id: str
    score: float
    dense: Leg | None
    keyword: Leg | None


def windows(sentences: Vectors) -> Vectors:
    """Return for each sentence of a chunk, shape (n, dimension), the unit mean of its vector and its neighbours'."""
    mean = sentences.copy()
    mean[1:] += sentences[:-1]
    mean[:-1] += sentences[1:]
    unit: Vectors = mean / np.linalg.norm(mean, axis=1, keepdims=True).clip(1e-12)
    return unit


def dense_legs(nearness: Mapping[str, float]) -> dict[str, Leg]:
    """Return each paper's leg, best first, from the cosine of its nearest window (see `windows`)."""
    order = sorted(nearness, key=lambda key: -nearness[key])
    return {key: Leg(rank, nearness[key]) for rank, key in enumerate(order, 1)}


def fuse(dense: Mapping[str, Leg], keyword: Mapping[str, Leg], limit: int) -> list[Fused]:
    """Return the best `limit` papers by the sum of both legs' normalised scores, equal weights.

    Cosines are scaled from FAR of the greatest found to the greatest, BM25 scores from zero: neither depends on how
    many papers were compared. A sum of normalised scores beats reciprocal ranks (Bruch et al. 2023, arXiv:2210.11934).
    """
    high = max((leg.score for leg in dense.values()), default=0.0)
    top = max((leg.score for leg in keyword.values()), default=1.0)
    fused = [
        Fused(
            paper_id,
            (_scaled(dense[paper_id].score, high) if paper_id in dense else 0.0)
            + (keyword[paper_id].score / top if paper_id in keyword else 0.0),
            dense.get(paper_id),
            keyword.get(paper_id),
        )
        for paper_id in dict.fromkeys((*dense, *keyword))
    ]
    return sorted(fused, key=lambda one: -one.score)[:limit]


def _scaled(score: float, high: float) -> float:
    return max(0.0, (score / high - FAR) / (1 - FAR)) if high > 0 else 0.0


def score_sentences(
    question: Sequence[str], sentences: Sequence[Sequence[str]], similarity: Sequence[float]
) -> list[float]:
    """Return how well each sentence answers: its cosine and its rare words shared with the question.

    `question` and `sentences` are content words; a word's weight is its inverse document frequency among these
    sentences. Both parts are standardised over the sentences given, weighted and added.
    """
    frequency = Counter(word for words in sentences for word in set(words))
    weight = {word: math.log(1 + (len(sentences) - n + 0.5) / (n + 0.5)) for word, n in frequency.items()}
    asked = set(question)
    shared = [sum(weight[word] for word in asked.intersection(words)) for words in sentences]
    return [NEARNESS * a + b for a, b in zip(_standardised(similarity), _standardised(shared), strict=True)]


def _standardised(values: Sequence[float]) -> list[float]:
    if not values:
        return []
    mean = sum(values) / len(values)
    spread = math.sqrt(sum((value - mean) ** 2 for value in values) / len(values))
    return [(value - mean) / spread if spread > 0 else 0.0 for value in values]
