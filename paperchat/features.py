"""What a checker measures of a claim against its evidence, as plain numbers. Pure but for the embedder.

Features of this kind (overlap, alignment, substitution, negation) are those of textual entailment: Dagan, Roth, Sammons
and Zanzotto, "Recognizing Textual Entailment" (2013), chapters 3 and 4.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher

import numpy as np

from paperchat.align import BEST, Alignment, Array, Evidence, align
from paperchat.faults import Fault, direction_faults, name_faults, number_faults, other_paper_fault, pair_cover
from paperchat.text import clean
from paperchat.types import Embedder
from paperchat.words import Word, denies, words

STRONG = frozenset(
    ("all", "every", "each", "always", "only", "solely", "entirely", "any", "strictly", "never", "none", "both")
)
_REPLACED, _VERBATIM = 4, 0.4
_CLAUSE = 3
_LONG = 25
_UNTRIED = (-0.3, -0.15)
"""The leads of other papers when none was looked at: their usual values."""


@dataclass(frozen=True, slots=True)
class Features:
    """One claim against its evidence; shares are 0..1, likenesses are cosines, leads are differences of these."""

    cosine: float  # of the claim with the likest sentence
    cosine_clause: float  # of the claim's weakest clause with its likest sentence
    overlap: float  # share of the claim's words that any sentence has
    overlap_pair: float  # ... that two neighbours have
    verbatim: float  # share of the claim's words that follow each other as in the best sentence
    bare: float  # rarity of the rarest word that no sentence has
    replaced_worst: float  # how strange the strangest word is that stands in another's place
    disorder: float  # share of the words that the best sentence has in another order
    negation_claim: float  # 1 when only the claim denies
    negation_evidence: float  # 1 when only the best sentence denies
    strong: float  # words of full scope ("all", "only") that only the claim has
    elsewhere: float  # lead of another paper's sentence in overlap
    elsewhere_cosine: float  # ... in cosine
    length: float  # content words of the claim

    def named(self) -> dict[str, float]:
        """Return the values by their names."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Findings:
    """What was measured of a claim: features, faults (worst first), and the best sentences' places, best first."""

    features: Features
    faults: tuple[Fault, ...]
    best: tuple[int, ...]


def measure(claim: str, evidence: Evidence, embedder: Embedder, rarity: Mapping[str, float]) -> Findings:
    """Return the findings on a claim; `rarity` is the inverse document frequency of common stems."""
    laid = align(claim, evidence, rarity)
    cosines, weakest, away = _likenesses(laid, evidence, embedder)
    order = np.argsort(-(laid.covered + cosines), kind="stable")
    best = tuple(int(place) for place in order[:BEST])
    matched = laid.matches.max(axis=0)
    verbatim, replaced, disorder = _changes(laid, best[0], embedder)
    most = pair_cover(laid)
    lead, nearer = _UNTRIED
    if evidence.elsewhere:
        lead = max(laid.cover(clean(text)) for _, text in evidence.elsewhere) - most
        nearer = away - float(cosines.max())
    negated, denied = denies(claim), denies(laid.sentences[best[0]])
    features = Features(
        cosine=float(cosines.max()),
        cosine_clause=weakest,
        overlap=float(laid.share(matched)),
        overlap_pair=most,
        verbatim=verbatim,
        bare=float(((1 - matched) * laid.weights).max() / laid.weights.max()),
        replaced_worst=replaced,
        disorder=disorder,
        negation_claim=float(negated and not denied),
        negation_evidence=float(denied and not negated),
        strong=_strong(claim, [laid.sentences[place] for place in best]),
        elsewhere=max(-0.5, lead),
        elsewhere_cosine=max(-0.3, nearer),
        length=min(len(laid.own), _LONG) / _LONG,
    )
    faults = [
        *number_faults(laid, evidence, rarity),
        *name_faults(laid),
        *other_paper_fault(laid, evidence, nearer),
        *direction_faults(laid, best),
    ]
    return Findings(features, tuple(faults), best if evidence.cited else ())


def _likenesses(laid: Alignment, evidence: Evidence, embedder: Embedder) -> tuple[Array, float, float]:
    """Return the cosines with each sentence, the best of the weakest clause, the best of other papers' sentences."""
    count = len(laid.sentences)
    others = [clean(text) for _, text in evidence.elsewhere]
    vectors = embedder.embed_passages([laid.claim, *laid.sentences, *others, *_clauses(laid.claim)])
    own, away, clauses = vectors[1 : 1 + count], vectors[1 + count : 1 + count + len(others)], vectors[1 + count :]
    cosines: Array = own @ vectors[0]
    weakest = float((own @ clauses[len(others) :].T).max(axis=0).min())
    return cosines, weakest, float((away @ vectors[0]).max()) if others else 0.0


def _clauses(claim: str) -> list[str]:
    """Return the clauses of a claim that have enough content words, at least the claim itself."""
    spans: dict[int, list[Word]] = {}
    for word in words(claim):
        spans.setdefault(word.clause, []).append(word)
    kept = [row for row in spans.values() if sum(word.content for word in row) >= _CLAUSE]
    return [claim[row[0].start : row[-1].end] for row in kept] or [claim]


def _changes(laid: Alignment, best: int, embedder: Embedder) -> tuple[float, float, float]:
    """Return how verbatim the claim is, how strange its strangest replaced word, how much of it is in another order."""
    own, row = laid.own, laid.rows[best]
    blocks = SequenceMatcher(None, [word.stem for word in own], [word.stem for word in row], autojunk=False)
    run = sum(block.size for block in blocks.get_matching_blocks())
    count = max(1, len(own))
    lost = [0.0]
    for tag, a, b, c, d in blocks.get_opcodes() if run >= _VERBATIM * count else ():
        if tag == "replace" and max(b - a, d - c) <= _REPLACED:
            strange = _strangeness(own[a:b], row[c:d], embedder)
            lost += list(strange * laid.weights[a:b] / laid.weights.max())
    hits = float(laid.matches[best].sum())
    return run / count, float(max(lost)), max(0.0, hits - run) / count


def _strangeness(mine: Sequence[Word], theirs: Sequence[Word], embedder: Embedder) -> Array:
    """Return, for each word, 1 - cosine with the likest of the words that stand in its place."""
    vectors = embedder.embed_passages([word.text.lower() for word in (*mine, *theirs)])
    found: Array = 1 - (vectors[: len(mine)] @ vectors[len(mine) :].T).max(axis=1)
    return found


def _strong(claim: str, sentences: Sequence[str]) -> float:
    theirs = {word.text.lower() for sentence in sentences for word in words(sentence)}
    mine = {word.text.lower() for word in words(claim)}
    return float(min(2, len((mine & STRONG) - theirs)))
