"""What a checker finds of a claim beside its evidence: faults by rule, and likeness. Pure but for the embedder."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Protocol

import numpy as np

from paperchat.text.cleaning import clean
from paperchat.types import Vectors
from paperchat.verification.alignment import BEST, Alignment, Array, Evidence, align
from paperchat.verification.rules import (
    ClaimFault,
    attribution_faults,
    direction_faults,
    exchange_faults,
    name_faults,
    number_faults,
    other_paper_fault,
    polarity_faults,
    scope_faults,
)


@dataclass(frozen=True, slots=True)
class Features:
    """How like its evidence a claim is: cosine with the likest sentence; weighted share, 0..1, of its words found."""

    cosine: float
    overlap: float

    def named(self) -> dict[str, float]:
        """Return the values by their names."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found of a claim: features, faults (worst first), the places of the best sentences, best first."""

    features: Features
    faults: tuple[ClaimFault, ...]
    best: tuple[int, ...]


class Encoder(Protocol):
    """What embeds the texts that are laid beside each other."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, in the order given."""
        ...


class Remembering:
    """An Encoder that embeds no text twice: a draft's sentence is held against many of papers, and these against it."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectors: dict[str, Vectors] = {}

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, in the order given."""
        for text in dict.fromkeys(texts):
            if text not in self._vectors:
                self._vectors[text] = self._encoder.embed_passages([text])
        return np.concatenate([self._vectors[text] for text in texts])


def measure(claim: str, evidence: Evidence, embedder: Encoder, rarity: Mapping[str, float]) -> Findings:
    """Return the findings on a claim; `rarity` is the inverse document frequency of common stems."""
    laid = align(claim, evidence, rarity)
    cosines, away = _cosines(laid, evidence, embedder)
    order = np.argsort(-(laid.covered + cosines), kind="stable")
    best = tuple(int(place) for place in order[:BEST])
    nearest = float(cosines.max())
    overlap = float(laid.share(laid.matches.max(axis=0)))
    faults = [
        *number_faults(laid, evidence, rarity),
        *attribution_faults(laid, evidence),
        *name_faults(laid),
        *other_paper_fault(laid, evidence, away - nearest),
        *(direction_faults(laid, best) or polarity_faults(laid, best)[:1]),
        *scope_faults(laid, best, overlap),
    ]
    faults = faults or exchange_faults(laid, best)
    features = Features(nearest, overlap)
    return Findings(features, tuple(faults), best if evidence.cited else ())


def _cosines(laid: Alignment, evidence: Evidence, embedder: Encoder) -> tuple[Array, float]:
    """Return the claim's cosine with each sentence, shape (m), and the highest with a sentence of another paper."""
    others = [clean(text) for _, text in evidence.elsewhere]
    vectors = embedder.embed_passages([laid.claim, *laid.sentences, *others])
    likeness: Array = vectors[1:] @ vectors[0]
    count = len(laid.sentences)
    return likeness[:count], float(likeness[count:].max(initial=-1.0))
