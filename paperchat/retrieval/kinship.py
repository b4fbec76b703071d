"""What the likeliest papers of a list share beyond the words that ask for it, and where such papers end.

Learned for each list anew from the papers of a large set: which way the likeliest lie from papers taken as they come,
counted in how far those lie apart that way (a linear discriminant). The numbers here were tuned on the five topics of
`tests/bench/list-topics.jsonl` that are for that.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from paperchat.types import Vectors

SEEDS = (8, 8, 16)
"""Likeliest papers that are learned from, time after time: what each teaches makes others the likeliest."""

ENOUGH = SEEDS[0]
"""Papers that are members more likely than not, by words and nearness; of fewer too little is to be learned."""

WINDOW = 300
"""Papers, likeliest first, among which members end, the first time; fewer are too few to learn from."""

WIDTH, NARROWEST, MOST = 10, 60, 150
"""The second time: papers for each member, the fewest, and the most members that are learned from."""

RIDGE = 0.001
"""Added to each direction's variance, so that none counts that papers taken as they come do not have."""

GENEROUS = 0.1
"""How far below the cut that parts best members begin, as a share of the way from it to their mean."""


FIRST, THEN = (0.5, 0.35), (0.25, 0.25)
"""Weights beside kinship of the log odds by words and nearness, and by reading: for seeds, and for members."""

UNREAD = -2.0
"""What is taken for the log odds by reading where the best sentence was not read."""

STEEP = 3.0
"""By how much the log odds of a member rise from the least score of members to their mean."""


@dataclass(frozen=True, slots=True)
class Parted:
    """What each paper scores, the least score of members, and their mean score."""

    scores: Vectors
    least: float
    mean: float

    def chances(self, least: float) -> list[float]:
        """Return the probability that each paper is a member: `least` for the least score of members."""
        steps = (self.scores - self.least) / max(self.mean - self.least, 1e-9)
        odds = math.log(least / (1 - least)) + STEEP * steps
        chances: list[float] = (1 / (1 + np.exp(-odds.clip(-30, 30)))).tolist()
        return chances


class Kinship:
    """Holds papers against others of their kind; `usual` are the centres of papers taken as they come."""

    def __init__(self, usual: Vectors) -> None:
        self._middle = usual.mean(axis=0)
        self._usual = usual - self._middle
        self._spread = self._usual.T @ self._usual / len(usual) + RIDGE * np.eye(usual.shape[1], dtype=usual.dtype)

    def scores(self, papers: Vectors, seeds: Vectors) -> Vectors:
        """Return how far each paper lies towards the seeds, in deviations of papers taken as they come."""
        way = np.linalg.solve(self._spread, seeds.mean(axis=0) - self._middle)
        found: Vectors = (papers - self._middle) @ way / max(float((self._usual @ way).std()), 1e-9)
        return found

    def part(self, papers: Vectors, odds: Sequence[float], fits: Sequence[float | None]) -> Parted:
        """Part members from other papers, given the log odds of each by its words and nearness.

        `fits` are those by its best sentence, where that was read.
        """
        by_words = np.array(odds, np.float32)
        by_reading = np.array([UNREAD if fit is None else fit for fit in fits], np.float32)
        first, then = (weight * by_words + reading * by_reading for weight, reading in (FIRST, THEN))
        total, sure = first, sure_of(odds)
        for count in SEEDS:
            kin = self.scores(papers, papers[best(total, min(count, max(sure, ENOUGH)))])
            total = first + kin
        parted = parting(then + kin, WINDOW)
        count = min(max(int((parted.scores >= parted.least).sum()), SEEDS[0]), MOST)
        kin = self.scores(papers, papers[best(parted.scores, count)])
        return parting(then + kin, max(NARROWEST, WIDTH * count))


def sure_of(odds: Sequence[float]) -> int:
    """Return how many papers are members more likely than not, by these log odds."""
    return sum(one >= 0 for one in odds)


def best(scores: Vectors, count: int) -> Sequence[int]:
    """Return the places of the greatest scores, the greatest first."""
    places: list[int] = np.argsort(-scores, kind="stable")[:count].tolist()
    return places


def parting(scores: Vectors, window: int) -> Parted:
    """Return where the greatest `window` scores fall into two groups: Otsu's cut, and a little below it."""
    ranked = np.sort(scores)[::-1][:window].astype(np.float64)
    above, count = np.cumsum(ranked), np.arange(1, len(ranked))
    means = above[:-1] / count, (above[-1] - above[:-1]) / (len(ranked) - count)
    at = int(np.argmax(count * (len(ranked) - count) * (means[0] - means[1]) ** 2))
    middle, mean = float(ranked[at] + ranked[at + 1]) / 2, float(means[0][at])
    return Parted(scores, middle - GENEROUS * (mean - middle), mean)
