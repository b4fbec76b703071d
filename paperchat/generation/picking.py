"""Pick from an abstract what a request asks for: what stands for it, its idea, limits, results, data. Pure functions.

What is picked are sentences of the abstract, in its order; where one says nothing of it, none.
"""

import re
from collections.abc import Collection

from paperchat.generation.comparison import LEAST, told, zone_score
from paperchat.query.zones import ZONES
from paperchat.text import lexicon
from paperchat.text.names import names
from paperchat.text.paper_text import PaperText
from paperchat.types import Sentence

ZONE = {zone.name: zone for zone in ZONES}

SHORT = 5
"""Content words that a line about a paper has at least, where it may."""

REACH = 60
"""Characters beside a word for data in which its name stands."""

FOLLOWS = 1
"""Most sentences behind the one that proposes which say how it works."""

SUMMARY = 4
"""Most sentences that stand for an abstract."""

_PROPOSES = re.compile(
    rf"\b(?:we|this {lexicon.any_of('works.one')})\b(?: \w+){{0,3}} {lexicon.any_of('proposing.new')}", re.IGNORECASE
)

_PROPOSED = re.compile(rf"\b(?:the proposed|our|this)\b(?: [\w-]+){{0,3}} {lexicon.any_of('methods')}\b", re.IGNORECASE)

_DID = re.compile(
    rf"\b(?:we|this {lexicon.any_of('works.one')})\b(?: \w+){{0,3}} {lexicon.any_of('proposing.did')}", re.IGNORECASE
)

_CODE = re.compile(r"github|https?:|\b(?:code|models?) (?:is|are|will)\b.{0,300}\bavailable", re.IGNORECASE)

_LIMITS = re.compile(rf"\b{lexicon.one_of(lexicon.words('stating.limits'))}", re.IGNORECASE)

_LIMITS_LATE = re.compile(rf"\b{lexicon.one_of(lexicon.words('stating.limits_late'))}", re.IGNORECASE)

_DATA = re.compile(
    r"\b(?:data ?sets?|corpus|corpora|benchmarks?|databases?|cohorts?|trials?|registry|registries"
    r"|(?:evaluat|validat|test|train|experiment)\w* (?:\w+ ){0,3}on)\b",
    re.IGNORECASE,
)

_PEOPLE = re.compile(
    r"\b\d[\d,]{0,12} (?:[\w-]+ ){0,3}"
    r"(?:patients|participants|subjects|women|men|children|adults|volunteers|individuals|cases|samples|specimens)\b",
    re.IGNORECASE,
)

_REVIEWS = re.compile(rf"\b{lexicon.any_of('reviews')}\b", re.IGNORECASE)


def is_review(text: PaperText) -> bool:
    """Tell whether a paper's title says that it goes through the work of others."""
    return _REVIEWS.search(text.title) is not None


def idea(text: PaperText) -> tuple[Sentence, ...]:
    """Return what the paper proposes, and how that works; of one that proposes nothing what it says it did."""
    first = _proposal(text)
    if first is None:
        return ()
    behind = range(first + 1, min(len(text.sentences), first + 1 + FOLLOWS))
    return tuple(text.sentences[at] for at in (first, *(at for at in behind if _goes_on(text, at))))


def summary(text: PaperText) -> tuple[Sentence, ...]:
    """Return what stands for the abstract: its problem, idea and result, else sentences with words of its title."""
    parts = told((ZONE["problem"], ZONE["results"]), text)
    kept = {*parts.values(), *idea(text)[:2]}
    titled = set(text.title_words)
    for at in sorted(range(len(text.sentences)), key=lambda at: -len(titled.intersection(text.words[at]))):
        if len(kept) >= SUMMARY - 1:
            break
        kept.add(text.sentences[at])
    return _in_order(kept)


def introduction(text: PaperText) -> tuple[Sentence, ...]:
    """Return what a newcomer needs: the problem, and the idea with how it works."""
    parts = told((ZONE["problem"],), text)
    kept = {*parts.values(), *idea(text)} or {*text.sentences[:2]}
    return _in_order(kept)


def limits(text: PaperText) -> tuple[Sentence, ...]:
    """Return the sentences that state limits of the paper's own work."""
    proposal = _proposal(text)
    begun = proposal + 1 if proposal is not None else len(text.sentences) // 2
    return tuple(
        sentence
        for at, sentence in enumerate(text.sentences)
        if _LIMITS.search(text.cleaned[at]) or (at >= begun and _LIMITS_LATE.search(text.cleaned[at]))
    )


def line(text: PaperText) -> Sentence | None:
    """Return the one sentence that says what a paper does; None where there is no abstract."""
    titled = set(text.title_words)

    def tells(sentence: Sentence) -> tuple[bool, int]:
        words = text.words[sentence.number]
        return len(words) >= SHORT, len(titled.intersection(words))

    return max(idea(text) or summary(text), key=tells, default=None)


def report(text: PaperText) -> Sentence | None:
    """Return the sentence that tells best what a paper reached."""
    last, begun = max(1, len(text.sentences) - 1), _proposal(text) or 0  # what stands before reports of others
    scores = {at: zone_score(ZONE["results"], text.cleaned[at], at / last) for at in range(begun, len(text.sentences))}
    best = max(scores, key=lambda at: scores[at], default=0)
    return text.sentences[best] if scores and scores[best] >= LEAST["results"] else None


def data(text: PaperText) -> Sentence | None:
    """Return the sentence that names the data of a paper."""
    begun = _proposal(text) or 0  # what stands before speaks of earlier work
    scored = [(_names_data(text.cleaned[at]), text.sentences[at]) for at in range(begun, len(text.sentences))]
    best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] > 0 else None


def _names_data(text: str) -> float:
    """Return how surely a sentence names data, 0 where it names none."""
    if _CODE.search(text):
        return 0.0
    named = names(text)
    for found in _DATA.finditer(text):
        if any(start - REACH <= found.end() and found.start() <= end + REACH for start, end in named):
            return 1.0 + zone_score(ZONE["data"], text, 1.0)
    return 1.0 if _PEOPLE.search(text) else 0.0


def _proposal(text: PaperText) -> int | None:
    """Return the number of the sentence that proposes, or says what was done."""
    for pattern in (_PROPOSES, _PROPOSED, _DID):
        found = (at for at, one in enumerate(text.cleaned) if pattern.search(one) and not _CODE.search(one))
        if (first := next(found, None)) is not None:
            return first
    last = max(1, len(text.sentences) - 1)
    scores = [zone_score(ZONE["idea"], cleaned, at / last) for at, cleaned in enumerate(text.cleaned)]
    best = max(range(len(scores)), key=lambda at: scores[at], default=0)
    return best if scores and scores[best] >= LEAST["idea"] else None


def _goes_on(text: PaperText, at: int) -> bool:
    """Tell whether a sentence behind the proposal goes on with it, and neither reports nor tells where the code is."""
    cleaned = text.cleaned[at]
    reports = zone_score(ZONE["results"], cleaned, at / max(1, len(text.sentences) - 1)) >= LEAST["results"]
    return not reports and not _CODE.search(cleaned)


def _in_order(sentences: Collection[Sentence]) -> tuple[Sentence, ...]:
    return tuple(sorted(sentences, key=lambda sentence: sentence.number))
