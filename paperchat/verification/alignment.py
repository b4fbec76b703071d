"""A claim laid beside the sentences that it cites: which of its content words each sentence has. Pure functions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from paperchat.text.entities import Known
from paperchat.text.names import names
from paperchat.text.numbers import Quantity, quantities
from paperchat.text.sentences import LONGEST
from paperchat.text.words import Word, words
from paperchat.verification.evidence import Evidence, Quoted

BEST = 3
"""Sentences that count as the ones a claim rests on."""

ROOT = 6
"""Letters that two stems must share to count as one root, as "represent" and "representation" do."""

Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Alignment:
    """A claim of n content words beside m cleaned sentences.

    `words` are all words of the claim, `lines` those of each sentence; `own` and `rows` the content words among them.
    `names` and `numbers` are the claim's; a name is (start, end).
    `matches` has shape (m, n), 1 where the sentence has the word; `weights` (n) is each word's inverse document
    frequency; `covered` (m) is the weighted share of the claim that each sentence has, 0..1.
    """

    claim: str
    evidence: Evidence
    words: tuple[Word, ...]
    names: tuple[tuple[int, int], ...]
    numbers: tuple[Quantity, ...]
    own: tuple[Word, ...]
    sentences: tuple[str, ...]
    lines: tuple[tuple[Word, ...], ...]
    rows: tuple[tuple[Word, ...], ...]
    weights: Array
    matches: Array

    @property
    def known(self) -> Known:
        """The names in the papers cited."""
        return self.evidence.known

    @property
    def covered(self) -> Array:
        """The weighted share of the claim that each sentence has."""
        return self.share(self.matches)

    def share(self, matches: Array) -> Array:
        """Return the weighted share of the claim's words that are matched, over the last axis."""
        found: Array = matches @ self.weights / self.weights.sum()
        return found

    def cover(self, sentence: Quoted) -> float:
        """Return the weighted share of the claim that any other sentence has, 0..1."""
        return float(self.share(_matches(self.own, _content(sentence.words), self.known)))


def align(claim: str, evidence: Evidence, rarity: Mapping[str, float]) -> Alignment:
    """Lay a claim beside its evidence; `rarity` is the inverse document frequency of common stems.

    A stem that it lacks is as rare as its rarest. A claim without content words, or evidence without sentences, is
    laid out as one word or sentence that matches nothing.
    """
    usual, claim = usual_rarity(rarity), claim[:LONGEST]
    said = words(claim)
    own = _content(said)
    lines = tuple(sentence.words for sentence in evidence.cited) or ((),)
    rows = tuple(_content(line) for line in lines)
    weights = np.array([rarity.get(word.stem, usual) for word in own] or [1.0], np.float32)
    matches = np.stack([_matches(own, row, evidence.known) for row in rows])
    sentences = tuple(sentence.cleaned for sentence in evidence.cited) or ("",)
    spans, numbers = names(claim), quantities(claim)
    return Alignment(claim, evidence, said, spans, numbers, own, sentences, lines, rows, weights, matches)


def usual_rarity(rarity: Mapping[str, float]) -> float:
    """Return the rarity of a stem that the table lacks."""
    return max(rarity.values(), default=1.0)


def _content(said: Sequence[Word]) -> tuple[Word, ...]:
    return tuple(word for word in said if word.content)


def _matches(own: Sequence[Word], row: Sequence[Word], known: Known) -> Array:
    stems = {word.stem for word in row}
    for word in row:
        stems.update(known.abbreviations.get(word.stem, ()))
    roots = {stem[:ROOT] for stem in stems if len(stem) >= ROOT}
    return np.array([_meets(word, stems, roots, known) for word in own] or [False], np.float32)


def _meets(word: Word, stems: set[str], roots: set[str], known: Known) -> bool:
    if word.stem in stems or (len(word.stem) >= ROOT and word.stem[:ROOT] in roots):
        return True
    long = known.abbreviations.get(word.stem, ())
    return bool(long) and all(stem in stems for stem in long)
