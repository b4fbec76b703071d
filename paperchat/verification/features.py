"""What a checker finds of a claim beside its evidence: faults by rule, and likeness. Pure functions."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from paperchat.protocols import ClaimReader
from paperchat.types import Vectors
from paperchat.verification.alignment import BEST, Array, align
from paperchat.verification.entailment import entailed
from paperchat.verification.evidence import Evidence, Quoted
from paperchat.verification.opposition import Opposing, opposition_faults
from paperchat.verification.rules import (
    ClaimFault,
    attribution_faults,
    direction_faults,
    exchange_faults,
    name_faults,
    number_faults,
    other_paper,
    polarity_faults,
    scope_faults,
)


@dataclass(frozen=True, slots=True)
class Features:
    """How near its evidence a claim is.

    `cosine` with the likest sentence; `overlap`, the weighted share, 0..1, of its words found; `entailed`, the log odds
    that the best sentences say it, by what was learned of claims.
    """

    cosine: float
    overlap: float
    entailed: float

    def named(self) -> dict[str, float]:
        """Return the values by their names."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found of a claim: features, faults (worst first), the places of the best sentences, best first.

    `elsewhere` is the line that names another paper which has more of it, or "".
    """

    features: Features
    faults: tuple[ClaimFault, ...]
    best: tuple[int, ...]
    elsewhere: str = ""


def measure(claim: str, vector: Vectors, evidence: Evidence, opposing: Opposing, reader: ClaimReader) -> Findings:
    """Return the findings on a claim, given its unit vector, shape (dimension,).

    `opposing` judges whether a sentence opposes it, and knows the inverse document frequency of common stems; `reader`
    whether sentences say it.
    """
    rarity = opposing.rarity
    laid = align(claim, evidence, rarity)
    cosines = likeness(vector, evidence.cited)
    away = float(likeness(vector, evidence.elsewhere).max()) if evidence.elsewhere else -1.0
    order = np.argsort(-(laid.covered + cosines), kind="stable")
    best = tuple(int(place) for place in order[:BEST])
    nearest = float(cosines.max())
    overlap = float(laid.share(laid.matches.max(axis=0)))
    faults = [
        *number_faults(laid, rarity),
        *attribution_faults(laid),
        *name_faults(laid),
        *(direction_faults(laid, best) or polarity_faults(laid, best)[:1]),
        *scope_faults(laid, best, overlap),
    ]
    faults = faults or exchange_faults(laid, best) or opposition_faults(laid, best, opposing)
    best = best if evidence.cited else ()
    features = Features(nearest, overlap, entailed(claim, evidence, best, reader))
    return Findings(features, tuple(faults), best, other_paper(laid, away - nearest))


def likeness(vector: Vectors, sentences: Sequence[Quoted]) -> Array:
    """Return the cosine of a claim with each sentence, shape (sentences); one 0 where there are none."""
    rows = [sentence.paper.vectors[sentence.number] for sentence in sentences]
    found: Array = np.stack(rows) @ vector if rows else np.zeros(1, np.float32)
    return found
