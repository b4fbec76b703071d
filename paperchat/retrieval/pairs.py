"""Sentences of different papers that mean nearly the same, by their stored vectors. Pure functions."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from paperchat.types import Vectors

BLOCK = 1000
"""Sentences that are held against all others at once: some 80 MB of 20,000."""


@dataclass(frozen=True, slots=True)
class Near:
    """Two sentences, each as the place of its paper and its number there, and their cosine."""

    first: tuple[int, int]
    second: tuple[int, int]
    cosine: float


def nearest_pairs(papers: Sequence[Vectors], least: float, most: int) -> list[Near]:
    """Return at most `most` pairs of sentences of different papers with at least this cosine, the nearest first.

    `papers` has the unit vectors of each paper's sentences, shape (sentences, dimension).
    """
    owners = np.repeat(np.arange(len(papers)), [len(rows) for rows in papers])
    if len(np.unique(owners)) < 2:  # noqa: PLR2004  # a pair is of two
        return []
    numbers = np.concatenate([np.arange(len(rows)) for rows in papers])
    table = np.concatenate([rows for rows in papers if len(rows)])
    found: list[tuple[float, int, int]] = []
    for start in range(0, len(table), BLOCK):
        near = table[start : start + BLOCK] @ table[start:].T
        near[owners[start : start + BLOCK, None] >= owners[None, start:]] = -1.0
        here, there = np.nonzero(near >= least)
        cosines = near[here, there]
        best = np.argsort(-cosines, kind="stable")[:most]
        found += [(float(cosines[at]), start + int(here[at]), start + int(there[at])) for at in best]
    found.sort(key=lambda row: -row[0])
    places = [(int(owner), int(number)) for owner, number in zip(owners, numbers, strict=True)]
    return [Near(places[one], places[other], cosine) for cosine, one, other in found[:most]]
