"""Pick from an abstract what a request asks for: what stands for it, its idea, limits, results, data. Pure functions.

What is picked are sentences of the abstract, in its order; where one says nothing of it, none.
"""

import re
from collections.abc import Collection, Sequence

from paperchat.query.zones import ZONE, zone_score
from paperchat.text import lexicon
from paperchat.text.names import names
from paperchat.text.paper_text import PaperText
from paperchat.types import Sentence

LEAST = {"problem": 1.3, "idea": 1.0, "results": 1.5}
"""Least score of a sentence that tells a zone, for a few lines on a paper."""

SHORT = 5
"""Content words that a line about a paper has at least, where it may."""

REACH = 60
"""Characters beside a word for data in which its name stands."""

FOLLOWS = 1
"""Most sentences behind the one that proposes which say how it works."""

LATE = 0.6
"""Share of an abstract behind which "our method" sums up what was said to be done before."""

SUMMARY = 4
"""Most sentences that stand for an abstract."""

_NEW = lexicon.any_of("proposing.new")

_THIS = rf"(?:this|the (?:current|present)) (?:[\w-]{{1,30}} )?(?:{lexicon.any_of('works.one')}|experiments?)"

_PROPOSES = re.compile(
    rf"\b(?:we|{_THIS})\b"
    rf"(?:(?: \w+){{0,3}} {_NEW}|[^.;]{{0,80}} and {_NEW}\w{{0,2}}\b|[^.;]{{0,120}} by {_NEW}\w{{0,3}}ing\b)",
    re.IGNORECASE,
)

_PROPOSED = re.compile(rf"\bthe proposed\b|\bour\b(?: [\w-]+){{0,3}} {lexicon.any_of('methods')}\b", re.IGNORECASE)

_DID = re.compile(rf"\b(?:we|{_THIS})\b(?: \w+){{0,3}} {lexicon.any_of('proposing.did')}", re.IGNORECASE)

_OTHERS = re.compile(
    r"\b(?:previously|(?:previous|earlier|prior) (?:work|study|studies)|so far|to date|has been|have been)\b"
    r".{0,60}\b(?:this|shown|demonstrated|proposed|reported|found|introduced|described)\b",
    re.IGNORECASE,
)
"""What was done before."""

CODE = re.compile(r"github|https?:|\b(?:code|models?) (?:is|are|will)\b.{0,300}\bavailable", re.IGNORECASE)
"""What tells where the code is."""

_FOUND = re.compile(rf"\b{lexicon.one_of(lexicon.words('telling.found'))}", re.IGNORECASE)

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

_TERM = re.compile(r"[^\W_][A-Z]|\d|[\\$^_{}=()]")
"""What a word has that is no plain word: a capital inside, a figure, a sign."""


def idea(text: PaperText) -> tuple[Sentence, ...]:
    """Return what the paper proposes, and how that works; of one that proposes nothing what it says it did."""
    first = proposal(text)
    if first is None:
        return ()
    behind = range(first + 1, min(len(text.sentences), first + 1 + FOLLOWS))
    return tuple(text.sentences[at] for at in (first, *(at for at in behind if _goes_on(text, at))))


def summary(text: PaperText) -> tuple[Sentence, ...]:
    """Return what stands for the abstract: its problem, idea and result, else sentences with words of its title."""
    kept = {*_told(("problem", "results"), text), *idea(text)[:2]}
    titled = set(text.title_words)
    for at in sorted(range(len(text.sentences)), key=lambda at: -len(titled.intersection(text.words[at]))):
        if len(kept) >= SUMMARY - 1:
            break
        kept.add(text.sentences[at])
    return _in_order(kept)


def introduction(text: PaperText) -> tuple[Sentence, ...]:
    """Return what a newcomer needs: the problem, and the idea with how it works."""
    kept = {*_told(("problem",), text), *idea(text)} or {*text.sentences[:2]}
    return _in_order(kept)


def limits(text: PaperText) -> tuple[Sentence, ...]:
    """Return the sentences that state limits of the paper's own work."""
    first = proposal(text)
    begun = first + 1 if first is not None else len(text.sentences) // 2
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
    last, begun = max(1, len(text.sentences) - 1), proposal(text) or 0  # what stands before reports of others
    scores = {at: zone_score(ZONE["results"], text.cleaned[at], at / last) for at in range(begun, len(text.sentences))}
    best = max(scores, key=lambda at: scores[at], default=0)
    return text.sentences[best] if scores and scores[best] >= LEAST["results"] else None


def findings(text: PaperText) -> tuple[Sentence, ...]:
    """Return what a paper found: the sentences behind its proposal that report best; else how its abstract ends."""
    last, begun = max(1, len(text.sentences) - 1), (proposal(text) or 0) + 1
    places = [at for at in range(begun, len(text.sentences)) if not CODE.search(text.cleaned[at])]
    scores = {at: _finds(text.cleaned[at], at / last) for at in places}
    best = sorted((at for at in places if scores[at] >= LEAST["results"]), key=lambda at: -scores[at])
    return _in_order([text.sentences[at] for at in best[: SUMMARY - 1] or places[-1:]])


def _finds(text: str, place: float) -> float:
    """Return how well a sentence reports what was found; `place` is where it stands (0: first, 1: last)."""
    return zone_score(ZONE["results"], text, place) + FOUND * bool(_FOUND.search(text)) + place


FOUND = 1.0
"""What it counts that a sentence says to report something."""


def data(text: PaperText) -> Sentence | None:
    """Return the sentence that names the data of a paper."""
    begun = proposal(text) or 0  # what stands before speaks of earlier work
    scored = [(names_data(text.cleaned[at]), text.sentences[at]) for at in range(begun, len(text.sentences))]
    best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] > 0 else None


def plainest(text: PaperText, among: Collection[Sentence], count: int) -> tuple[Sentence, ...]:
    """Return the plainest to read of these sentences of a paper, in its order; none that tells where the code is."""
    told = [one for one in among if not CODE.search(text.cleaned[one.number])]
    return _in_order(sorted(told, key=lambda one: (_hardness(text.cleaned[one.number]), one.number))[:count])


def _hardness(text: str) -> float:
    """Return how hard a sentence is to read: by the length of its words and its own, and by its signs and short forms.

    The first two weigh as in the automated readability index.
    """
    said = text.split()
    letters = sum(map(str.isalnum, text))
    terms = sum(bool(_TERM.search(word)) for word in said)
    return 4.71 * letters / max(1, len(said)) + 0.5 * len(said) + 20 * terms / max(1, len(said))


def names_data(text: str) -> float:
    """Return how surely a sentence names data, 0 where it names none."""
    if CODE.search(text):
        return 0.0
    named = names(text)
    for found in _DATA.finditer(text):
        if any(start - REACH <= found.end() and found.start() <= end + REACH for start, end in named):
            return 1.0 + zone_score(ZONE["data"], text, 1.0)
    return 1.0 if _PEOPLE.search(text) else 0.0


def _told(names: Collection[str], text: PaperText) -> tuple[Sentence, ...]:
    """Return the sentence that tells each of these zones, each sentence once."""
    last, told = max(1, len(text.sentences) - 1), dict[str, int]()
    rows = ((zone_score(ZONE[name], one, at / last), name, at) for name in names for at, one in enumerate(text.cleaned))
    for score, name, at in sorted(rows, key=lambda row: -row[0]):
        if score >= LEAST[name] and name not in told and at not in told.values():
            told[name] = at
    return tuple(text.sentences[at] for at in told.values())


def is_on_code(text: str) -> bool:
    """Tell whether a sentence only tells where the code is."""
    return CODE.search(text) is not None


def is_own(text: str) -> bool:
    """Tell whether a sentence speaks of what its authors propose or did."""
    return any(pattern.search(text) for pattern in (_PROPOSES, _PROPOSED, _DID))


def is_new(text: str) -> bool:
    """Tell whether a sentence says what is proposed."""
    return _PROPOSES.search(text) is not None


def states_limit(text: str) -> bool:
    """Tell whether a sentence states limits, of this work or of earlier one."""
    return _LIMITS.search(text) is not None or _LIMITS_LATE.search(text) is not None


def _first(text: PaperText, pattern: re.Pattern[str], places: Sequence[int]) -> int | None:
    """Return the first of these sentences that has a pattern, and does not only tell where the code is."""
    found = (at for at in places if pattern.search(text.cleaned[at]) and not CODE.search(text.cleaned[at]))
    return next(found, None)


def proposal(text: PaperText, among: Sequence[int] = ()) -> int | None:
    """Return the number of the sentence that proposes, or says what was done: of all, or `among` these."""
    places = [at for at in among or range(len(text.sentences)) if not _OTHERS.search(text.cleaned[at])]
    new = _first(text, _PROPOSES, places)
    proposed, did = _first(text, _PROPOSED, places), _first(text, _DID, places)
    late = proposed is not None and did is not None and did < proposed and proposed > LATE * len(text.sentences)
    for first in (new, did if late else None, proposed, did):
        if first is not None:
            return first
    last = max(1, len(text.sentences) - 1)
    scores = {at: zone_score(ZONE["idea"], text.cleaned[at], at / last) for at in places}
    best = max(scores, key=lambda at: scores[at], default=0)
    return best if scores and scores[best] >= LEAST["idea"] else None


def _goes_on(text: PaperText, at: int) -> bool:
    """Tell whether a sentence behind the proposal goes on with it, and neither reports nor tells where the code is."""
    cleaned = text.cleaned[at]
    reports = zone_score(ZONE["results"], cleaned, at / max(1, len(text.sentences) - 1)) >= LEAST["results"]
    return not reports and not CODE.search(cleaned)


def _in_order(sentences: Collection[Sentence]) -> tuple[Sentence, ...]:
    return tuple(sorted(sentences, key=lambda sentence: sentence.number))
