"""What a checker measures of a claim against cited sentences: each feature a plain number. Pure but for the embedder.

Alignment of content words with substitutions, negation and opposites follows the natural-logic line of textual
entailment (MacCartney and Manning, 2007; Dagan et al., "Recognizing Textual Entailment", 2013).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher

import numpy as np
import numpy.typing as npt

from paperchat.binding import Bound, bind, misbound
from paperchat.names import Known, names
from paperchat.quantities import covers, quantities
from paperchat.text import clean
from paperchat.types import Embedder
from paperchat.words import NEGATIONS, Word, opposites, words

BEST = 3
"""Sentences of the evidence that count as the ones a claim rests on."""

STRONG = frozenset("all every each always only solely entirely any strictly never none everywhere both exactly".split())
WEAK = frozenset("some most several many may might could few partly sometimes often mostly up".split())
_ROOT = 6
_REPLACED = 4
_VERBATIM = 0.4

Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The cited sentences, title and abstract of their paper, and the likest sentences of other papers with their titles."""

    cited: tuple[str, ...]
    title: str
    abstract: str
    elsewhere: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Features:
    """One claim against its evidence; shares are 0..1, likenesses are cosines."""

    cosine: float
    cosine_pair: float
    cosine_second: float
    cosine_title: float
    cosine_clause: float
    overlap: float
    overlap_sentence: float
    overlap_pair: float
    bare: float
    verbatim: float
    replaced: float
    replaced_worst: float
    disorder: float
    apart: float
    numbers: float
    numbers_missing: float
    misbound: float
    names: float
    names_missing: float
    negation_claim: float
    negation_evidence: float
    opposite: float
    opposite_near: float
    strong: float
    weak_lost: float
    length: float
    verbatim_rest: float
    elsewhere: float
    elsewhere_cosine: float

    def vector(self) -> list[float]:
        """Return the values in the order of the fields."""
        return [float(getattr(self, field.name)) for field in fields(self)]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the claim that the evidence does not bear out: `claim[start:end]`, and one plain line."""

    kind: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What was measured of a claim: its features, its faults (worst first), the place of the best sentences, best first."""

    features: Features
    faults: tuple[Fault, ...]
    best: tuple[int, ...]


def measure(
    claim: str, evidence: Evidence, embedder: Embedder, rarity: Mapping[str, float]
) -> Findings:
    """Return the findings on `claim` against its evidence.

    `rarity` is the inverse document frequency of common stems; a stem that it lacks is as rare as its rarest.
    """
    cited, title, abstract = evidence.cited, evidence.title, evidence.abstract
    usual = max(rarity.values(), default=1.0)
    known = Known(f"{clean(title)}. {clean(abstract)}")
    sentences = [clean(sentence) for sentence in cited]
    own = [word for word in words(claim) if word.content]
    weights = np.array([rarity.get(word.stem, usual) for word in own] or [1.0], np.float32)
    rows = [[word for word in words(sentence) if word.content] for sentence in sentences]
    matches = np.array([_matched(own, row, known) for row in rows], np.float32).reshape(len(rows), -1)
    matches = matches if own else np.zeros((len(rows), 1), np.float32)
    cosines, pairs, titled, clauses = _likenesses(claim, sentences, title, embedder)
    covered = matches @ weights / weights.sum()
    order = np.argsort(-(covered + cosines))
    best = [int(place) for place in order[:BEST]]
    text = " ".join(sentences[place] for place in sorted(best))
    change = _changes(own, rows[best[0]], matches[best[0]], weights, embedder)
    numbers, number_faults, worst = _number_findings(claim, sentences, [title, abstract], covered, known, rarity, usual)
    name_faults, name_count = _name_findings(claim, known)
    directions = _directions(claim, [sentences[place] for place in order])
    strong, weak = _scope(claim, text)
    negated, denies = _negations(claim), _negations(sentences[best[0]])
    top = float(covered.max())
    pair_cover = max(
        (float(np.maximum(a, b) @ weights / weights.sum()) for a, b in zip(matches, matches[1:], strict=False)),
        default=top,
    )
    whole = float(matches.max(axis=0) @ weights / weights.sum())
    others = [[word for word in words(clean(text)) if word.content] for _, text in evidence.elsewhere]
    away = [float(np.array(_matched(own, row, known), np.float32) @ weights / weights.sum()) if own else 0.0 for row in others]
    if not away:
        away = [max(top, pair_cover) - 0.3]
    farther = embedder.embed_passages([claim, *(clean(text) for _, text in evidence.elsewhere)])
    far_cosine = float((farther[1:] @ farther[0]).max()) if evidence.elsewhere else pairs - 0.15
    lead = max(away, default=0.0) - max(top, pair_cover)
    other_faults = []
    if lead >= ELSEWHERE and far_cosine - pairs >= ELSEWHERE_COSINE:
        place = max(range(len(away)), key=away.__getitem__)
        other_faults = [Fault("paper", 0, len(claim), f'Another paper says this: "{clean(evidence.elsewhere[place][0])}".')]
    features = Features(
        cosine=float(cosines.max()),
        cosine_pair=pairs,
        cosine_second=float(np.sort(cosines)[-2]) if len(cosines) > 1 else 0.0,
        cosine_title=titled,
        cosine_clause=clauses,
        overlap=whole,
        overlap_sentence=top,
        overlap_pair=max(top, pair_cover),
        bare=float(((1 - matches.max(axis=0)) * weights).max()) / usual,
        verbatim=change[0],
        replaced=change[1],
        replaced_worst=change[2],
        disorder=change[3],
        apart=change[4],
        numbers=min(numbers, 3) / 3,
        numbers_missing=float(min(sum(f.kind == "number" for f in number_faults), 2)),
        misbound=worst,
        names=min(name_count, 4) / 4,
        names_missing=float(min(len(name_faults), 2)),
        negation_claim=float(negated and not denies),
        negation_evidence=float(denies and not negated),
        opposite=float(min(len(directions[0]), 2)),
        opposite_near=directions[1],
        strong=strong,
        weak_lost=weak,
        length=min(len(own), 25) / 25,
        verbatim_rest=top * (1 - top),
        elsewhere=max(-0.5, lead),
        elsewhere_cosine=max(-0.3, far_cosine - pairs),
    )
    return Findings(features, (*number_faults, *name_faults, *other_faults, *directions[0]), tuple(best))


def _likenesses(
    claim: str, sentences: Sequence[str], title: str, embedder: Embedder
) -> tuple[Array, float, float, float]:
    """Return the claim's cosine with each sentence, the best with a pair of neighbours, with the title, of its weakest clause."""
    pairs = [f"{a} {b}" for a, b in zip(sentences, sentences[1:], strict=False)]
    pieces = _clauses(claim)
    vectors = embedder.embed_passages([claim, clean(title), *sentences, *pairs, *pieces])
    count = len(sentences)
    cosines: Array = vectors[2 : 2 + count] @ vectors[0]
    paired = vectors[2 + count : 2 + count + len(pairs)] @ vectors[0]
    evidence = vectors[2 : 2 + count + len(pairs)]
    weakest = min(float((evidence @ vector).max()) for vector in vectors[2 + count + len(pairs) :])
    return cosines, float(paired.max(initial=float(cosines.max()))), float(vectors[0] @ vectors[1]), weakest


def _clauses(claim: str) -> list[str]:
    """Return the clauses of a claim that have three words or more, at least the claim itself."""
    spans: dict[int, list[Word]] = {}
    for word in words(claim):
        spans.setdefault(word.clause, []).append(word)
    kept = [claim[row[0].start : row[-1].end] for row in spans.values() if sum(w.content for w in row) > 2]  # noqa: PLR2004
    return kept or [claim]


def _matched(own: Sequence[Word], row: Sequence[Word], known: Known) -> list[float]:
    stems = {word.stem for word in row}
    for word in row:
        stems.update(known.abbreviations.get(word.stem, ()))
    roots = {stem[:_ROOT] for stem in stems if len(stem) >= _ROOT}
    return [float(_meets(word, stems, roots, known)) for word in own]


def _meets(word: Word, stems: set[str], roots: set[str], known: Known) -> bool:
    if word.stem in stems or (len(word.stem) >= _ROOT and word.stem[:_ROOT] in roots):
        return True
    long = known.abbreviations.get(word.stem, ())
    return bool(long) and all(stem in stems for stem in long)


def _changes(
    own: Sequence[Word], row: Sequence[Word], matched: Array, weights: Array, embedder: Embedder
) -> tuple[float, float, float, float, float]:
    """Return how verbatim the claim is, what is replaced in what is verbatim (sum, worst), disorder, words apart."""
    mine, theirs = [word.stem for word in own], [word.stem for word in row]
    blocks = SequenceMatcher(None, mine, theirs, autojunk=False)
    share = sum(block.size for block in blocks.get_matching_blocks()) / max(1, len(mine))
    lost = [
        float(weights[i] / weights.max()) * strange
        for tag, a, b, c, d in blocks.get_opcodes()
        if tag == "replace" and b - a <= _REPLACED and d - c <= _REPLACED and share >= _VERBATIM
        for i, strange in zip(range(a, b), _strangeness(own[a:b], row[c:d], embedder), strict=True)
    ]
    hits = float(matched.sum())
    places = {stem: place for place, stem in reversed(list(enumerate(theirs)))}
    near = [
        abs(places[a] - places[b]) <= 2  # noqa: PLR2004
        for a, b in zip(mine, mine[1:], strict=False)
        if a in places and b in places
    ]
    disorder = (hits - share * len(mine)) / max(1, len(mine))
    return share, sum(lost), max(lost, default=0.0), max(0.0, disorder), near.count(False) / max(1, len(near)) * share


def _strangeness(mine: Sequence[Word], theirs: Sequence[Word], embedder: Embedder) -> list[float]:
    """Return, for each word, how unlike it is to the likest of the words that stand in its place."""
    vectors = embedder.embed_passages([word.text.lower() for word in (*mine, *theirs)])
    return [float(1 - like) for like in (vectors[: len(mine)] @ vectors[len(mine) :].T).max(axis=1)]


def _number_findings(
    claim: str, sentences: Sequence[str], around: Sequence[str], covered: Array, known: Known,
    rarity: Mapping[str, float], usual: float,
) -> tuple[int, list[Fault], float]:  # fmt: skip
    """Return how many numbers the claim has, the faults among them, and the worst misbinding, 0..1."""
    claimed = [number for number in quantities(claim) if not number.vague]
    stated = [quantity for sentence in sentences for quantity in quantities(sentence)]
    elsewhere = [quantity for text in around for quantity in quantities(clean(text))]
    faults = [
        Fault("number", q.start, q.end, f'"{claim[q.start : q.end].strip()}" is not in the cited sentences.')
        for q in claimed
        if not covers(q, [*stated, *elsewhere])
    ]
    called = {word.stem for a, b in names(claim) for word in words(claim[a:b])}
    evidence = [
        (bound, (0.2 + float(likeness)) * (0.2 + _share(called, sentence)))
        for sentence, likeness in zip(sentences, covered, strict=True)
        for bound in bind(sentence, known.abbreviations)
    ]
    own: Sequence[Bound] = [b for b in bind(claim, known.abbreviations) if not b.quantity.vague]
    bindings = misbound(own, evidence, rarity, usual) if evidence else ()
    for number, rival, gap in bindings:
        if gap >= MISBOUND:
            q, r = number.quantity, rival.quantity
            said = f'"{claim[q.start : q.end].strip()}" belongs to something else: the evidence has {r.value:g}{r.unit} here.'
            faults.append(Fault("binding", q.start, q.end, said))
    return len(claimed), faults, max((gap for _, _, gap in bindings), default=0.0)


def _share(stems: set[str], sentence: str) -> float:
    return len(stems & {word.stem for word in words(sentence)}) / len(stems) if stems else 1.0


MISBOUND = 0.3
ELSEWHERE, ELSEWHERE_COSINE = 0.1, 0.05


def _name_findings(claim: str, known: Known) -> tuple[list[Fault], int]:
    spans = names(claim)
    missing = [(start, end) for start, end in spans if not known.holds(claim[start:end])]
    return [Fault("name", a, b, f'"{claim[a:b]}" does not occur in the paper.') for a, b in missing], len(spans)


def _directions(claim: str, sentences: Sequence[str]) -> tuple[list[Fault], float]:
    """Return the words of the claim in whose place a sentence has the opposite, and how alike the places are, 0..1."""
    faults: dict[int, Fault] = {}
    alike = 0.0
    mine = words(claim)
    denies = any(_negations(sentence) for sentence in sentences)
    for sentence in sentences[:2]:
        said = words(sentence)
        blocks = SequenceMatcher(None, [w.stem for w in mine], [w.stem for w in said], autojunk=False)
        held = {block.a + k for block in blocks.get_matching_blocks() for k in range(block.size)}
        for tag, a, b, c, d in blocks.get_opcodes():
            if tag == "equal" or max(b - a, d - c) > _REPLACED:
                continue
            fault = _turned(mine[a:b], said[c:d], denies)
            around = [w for w in range(max(0, a - 4), min(len(mine), b + 4)) if w not in range(a, b) and mine[w].content]
            kept = sum(w in held for w in around) / max(1, len(around))
            if fault and len(around) > 1:
                alike = max(alike, kept)
                if kept >= 0.6:  # noqa: PLR2004
                    start, end = (mine[a].start, mine[b - 1].end) if b > a else (mine[a - 1].start, mine[min(a, len(mine) - 1)].end)
                    faults.setdefault(start, Fault("direction", start, end, fault))
    return list(faults.values()), alike


def _turned(mine: Sequence[Word], said: Sequence[Word], denies: bool) -> str:
    """Return the line that says how words stand against those in their place, or "" when they do not."""
    table = opposites()
    for word in mine:
        for other in said:
            if other.stem in table.get(word.stem, ()):
                return f'"{word.text}", but the evidence says "{other.text}".'
    denied = [w.text for w in said if w.text.lower() in NEGATIONS]
    denying = [w.text for w in mine if w.text.lower() in NEGATIONS]
    if denied and not denying:
        return f'The evidence says "{denied[0]}" here.'
    if denying and not denies:
        return f'The evidence does not say "{denying[0]}".'
    return ""


def _negations(text: str) -> bool:
    return any(word.text.lower() in NEGATIONS or word.text.lower().endswith("n't") for word in words(text))


def _scope(claim: str, text: str) -> tuple[float, float]:
    """Return how many words of full scope only the claim has, and how many of limited scope only the evidence has."""
    mine = {word.text.lower() for word in words(claim)}
    theirs = {word.text.lower() for word in words(text)}
    return float(min(2, len((mine & STRONG) - theirs))), float(min(2, len((theirs & WEAK) - mine)))
