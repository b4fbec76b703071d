"""Fuse what the two retrievers found, by paper, and pick the sentences that answer. Pure functions."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from paperchat.text.tokens import inverse_frequency
from paperchat.types import Leg

NEARNESS = 0.5
"""Weight of a sentence's similarity beside its shared words: on labelled quotes words find the sentence more often."""

FAR = 0.4
"""A paper whose cosine is at most this share of the best one's has no dense score."""

APART = 4
"""Two words are together when at most this many words of content lie from one to the other."""

LETTERS = 5
"""Letters of the runs by which words of one root are alike: "phosphorylated" and "phosphorylation"."""

TOGETHER = ALIKE = 0.5
"""Most that a paper's score gains by the question's words standing together in it, and by words alike in a sentence."""


@dataclass(frozen=True, slots=True)
class Fused:
    """A paper's place in the ranking: `score` is in 0..2, one at most from each leg, and in 0..3 when reranked."""

    paper_id: str
    score: float
    dense: Leg | None
    keyword: Leg | None


def dense_legs(nearness: Mapping[str, float]) -> dict[str, Leg]:
    """Return each paper's leg, best first, from the cosine of its nearest window (see `storage.store.windows`)."""
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


def rerank(
    question: Sequence[str],
    found: Sequence[Fused],
    words: Mapping[str, Sequence[Sequence[str]]],
    weights: Mapping[str, float],
) -> list[Fused]:
    """Return the papers found, ordered anew by what bags of words do not see.

    `question` are content words, `words` those of each paper's title and sentences, in their order; `weights` are
    the inverse document frequencies of the question's. Added are the weighted shares of the question's neighbouring
    words that stand together in the paper (unordered windows: Metzler and Croft 2005, doi:10.1145/1076034.1076115),
    and of its words that are found, or nearly, in the best sentence with the title.
    """
    pairs = {pair: weights[pair[0]] + weights[pair[1]] for pair in pairwise(question)}
    runs = {word: _runs(word) for word in weights}

    def gain(paper_id: str) -> float:
        parts = words[paper_id]
        near = set().union(*(_together(part, weights) for part in parts))
        together = sum(weight for pair, weight in pairs.items() if pair in near)
        return TOGETHER * together / (sum(pairs.values()) or 1.0) + ALIKE * _alike(runs, weights, parts)

    return sorted((replace(one, score=one.score + gain(one.paper_id)) for one in found), key=lambda one: -one.score)


def _together(words: Sequence[str], asked: Mapping[str, float]) -> set[tuple[str, str]]:
    """Return the pairs of words asked that stand together in a text, each pair in both orders."""
    places = [(place, word) for place, word in enumerate(words) if word in asked]
    return {
        pair
        for at, (place, word) in enumerate(places)
        for other, neighbour in places[at + 1 : at + 1 + APART]
        if other - place <= APART
        for pair in ((word, neighbour), (neighbour, word))
    }


def _alike(runs: Mapping[str, frozenset[str]], weights: Mapping[str, float], parts: Sequence[Sequence[str]]) -> float:
    """Return the weighted share, 0..1, of the words asked that the best sentence has, a word by its runs of letters."""
    title, *sentences = [frozenset().union(*map(_runs, part)) for part in parts]
    shares = (
        sum(weights[word] * len(own & (title | held)) / len(own) for word, own in runs.items())
        for held in sentences or [title]
    )
    return max(shares) / (sum(weights.values()) or 1.0)


@lru_cache(maxsize=100_000)
def _runs(word: str) -> frozenset[str]:
    return frozenset(word[at : at + LETTERS] for at in range(max(1, len(word) - LETTERS + 1)))


def score_sentences(
    question: Sequence[str], sentences: Sequence[Sequence[str]], similarity: Sequence[float]
) -> list[float]:
    """Return how well each sentence answers: its cosine and its rare words shared with the question.

    `question` and `sentences` are content words; a word's weight is its inverse document frequency among these
    sentences. Both parts are standardised over the sentences given, weighted and added.
    """
    frequency = Counter(word for words in sentences for word in set(words))
    weight = {word: inverse_frequency(n, len(sentences)) for word, n in frequency.items()}
    asked = set(question)
    shared = [sum(weight[word] for word in asked.intersection(words)) for words in sentences]
    return [NEARNESS * a + b for a, b in zip(_standardised(similarity), _standardised(shared), strict=True)]


def _standardised(values: Sequence[float]) -> list[float]:
    if not values:
        return []
    mean = sum(values) / len(values)
    spread = math.sqrt(sum((value - mean) ** 2 for value in values) / len(values))
    return [(value - mean) / spread if spread > 0 else 0.0 for value in values]
