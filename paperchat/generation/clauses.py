"""The clauses of a sentence, verbatim, and which part of it can stand for the whole. Pure functions.

What a claim depends on stays with it: a condition, a negation, a "may"; where it cannot, the whole sentence stands.
`generation/spans.py` finds by these the few words that tell something in a table.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from paperchat.text import lexicon
from paperchat.text.cleaning import clean
from paperchat.text.numbers import has_figure
from paperchat.text.plain import renderings
from paperchat.text.tokens import content_words
from paperchat.types import Sentence

FEWEST, MOST = 4, 22
"""Words of a part that is cut out: fewer say little, and more are cut where they can be."""

FEWEST_ALONE = 6
"""Fewest words that are left of a sentence which stands by itself."""

Span = tuple[int, int]

Find = Callable[[str, Sequence[Span]], Span | None]
"""From a sentence and its clauses to the words that tell something; None where all do."""


def listed(kind: str) -> str:
    """Return the part of a pattern that matches any of these words of clauses."""
    return lexicon.any_of(f"clauses.{kind}")


FINDS = re.compile(
    rf"\b{listed('finds')}(?: (?:here|also|further|clearly|empirically|theoretically|in this \w+))? that\s",
    re.IGNORECASE,
)
"""What a finding stands behind."""

HEDGE = re.compile(rf"\b{listed('hedge')}\b", re.IGNORECASE)

LEADS = re.compile(rf"{listed('leads')}\b", re.IGNORECASE)
"""How a sentence begins that has something before its subject."""

CONCEDES = re.compile(rf"{listed('concedes')}\b", re.IGNORECASE)

_LABEL = re.compile(
    rf"(?:{lexicon.any_of('section_labels').upper()}\b[:.]?\s{{1,2}}|(?i:{lexicon.any_of('section_labels')}):\s{{1,2}})"
)

_OPENER = re.compile(
    rf"{listed('opener')}\b,\s|(?:here|thus|then|moreover|furthermore|also|first|hence|therefore)\s(?=we\b)",
    re.IGNORECASE,
)

_SHOWER = re.compile(
    rf"(?:(?:we|the authors)(?: {listed('surely')}){{0,2}}"
    rf"|(?:{listed('whose')} (?:[\w-]{{1,30}} ){{0,3}})?{listed('shown_in')}(?: [\w-]{{1,30}}){{0,4}})\s",
    re.IGNORECASE,
)
"""By whom or what a finding is shown, as a sentence begins."""

_SAYS = rf"(?:{listed('subject')} )?(?:[\w-]{{1,30}} ){{1,3}}{lexicon.any_of('auxiliaries')}"
"""A subject with its verb, which begin another part behind "and"."""

_BREAK = re.compile(
    rf"[;:]\s|\s[-\u2013\u2014]{{1,3}}\s|\u2014"
    rf"|,\s(?={listed('part')}\b|\w{{3,20}}ing\b|(?:and|or|but)\s(?:{listed('goes_on')}|{_SAYS})\b)",
    re.IGNORECASE,
)

_ADDED = re.compile(
    rf";\s|,\s(?={listed('added')}\b|and {listed('goes_on')}\b)|\s(?=and (?:{listed('surely')} )?{listed('adds')}\b)",
    re.IGNORECASE,
)
"""Where a sentence may end that stands by itself: behind it something is added."""

_SUBJECT = re.compile(
    rf",\s(?=(?:{listed('subject')}|\w{{1,30}} {lexicon.any_of('auxiliaries')})\b)",
    re.IGNORECASE,
)

_CONDITION = re.compile(rf"\W{{0,3}}{listed('condition')}\b", re.IGNORECASE)

_TURNED = re.compile(rf"\W{{0,3}}\b(?:and |or )?{listed('turned')}\b", re.IGNORECASE)

_TURNS = re.compile(
    rf"\b{lexicon.one_of(lexicon.words('clauses.turned') - lexicon.words('clauses.added'))}\b", re.IGNORECASE
)
"""What turns a sentence round that would stand by itself without it; what is only set beside it ("while") does not."""

_RESUMES = re.compile(rf",\s{lexicon.any_of('auxiliaries')}\b", re.IGNORECASE)
"""Where a clause goes on behind what was put into it: "graphs, especially large ones, has stalled"."""

_LEANS = re.compile(rf"(?:and )?{listed('leans')}\b", re.IGNORECASE)
"""How a clause begins that says nothing without the one before."""

_JOINED = re.compile(r"(?:and(?: thus| therefore)?|but|where|thus|thereby|so|yet)\s", re.IGNORECASE)

_JOINING = re.compile(r"[\s,;:]{1,3}(?:and|or|but)?[\s,;:]{0,3}$", re.IGNORECASE)

_SECOND = re.compile(
    r"\s(?=(?:which|(?P<how>through|in order to|by \w+ing|so as to)|while|because|whereas|so that)\b)", re.IGNORECASE
)
"""Where a clause is cut that is too long and has no comma; behind `how` its verb may come yet."""

_FINITE = re.compile(
    rf"\b(?:{listed('finite')}|{listed('adds')}|{lexicon.any_of('auxiliaries')}|may|might)\b"
    r"|\b(?:we|they|it|authors)\s\w",
    re.IGNORECASE,
)

_COUNTED = re.compile(r"\((?:2|ii|b)\)|\b(?:2|ii)\)")
"""The second of several parts that a sentence counts: they stay together."""

_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"), ("“", "”"))


def cut(sentence: str, find: Find) -> Span | None:
    """Return where a sentence has the words that are found in its clauses, with what they depend on.

    None where it takes the whole sentence.
    """

    def found(text: str) -> Span | None:
        clauses = list(_clauses(text))
        span = find(text, clauses)
        return _bare(text, _trimmed(text, _whole(text, _safe(text, span, clauses), clauses))) if span else None

    return _in_source(sentence, found)


def clause(sentence: Sentence, asked: Collection[str]) -> Sentence:
    """Return the shortest part of a sentence that says what it says of the words asked; the whole where none does.

    It begins where the sentence does, or behind words that only lead to it ("In this paper, we show that"), and ends
    where something is added. What turns the sentence round ("only if", "but") stays, and so does the first figure.
    """

    def found(text: str) -> Span:
        start, open_at = _begin(text, _shown, FEWEST_ALONE), depths(text)
        ends = (one.start() for one in _ADDED.finditer(text, start) if not open_at[one.start()])
        return start, next((end for end in ends if _stands(text[start:end], text[end:], asked)), len(text))

    start, end = _in_source(sentence.text, found) or (0, len(sentence.text))
    text = sentence.text[start:end]
    return Sentence(sentence.paper_id, sentence.number, sentence.start + start, sentence.start + end, text)


def _in_source(sentence: str, found: Callable[[str], Span | None]) -> Span | None:
    """Return where the source of a sentence has what is found in it as it reads, without LaTeX; None for the whole."""
    layers = renderings(sentence)
    span = found(layers[-1].text if layers else sentence)
    for layer in reversed(layers if span else ()):
        span = layer.source(*span) if span else None
    if span is None or span[0] >= span[1] or sentence[span[0] : span[1]].strip(" .") == sentence.strip(" ."):
        return None
    return span if _is_balanced(sentence[span[0] : span[1]]) else None


def _is_balanced(text: str) -> bool:
    """Tell whether what is opened in a text is closed in it."""
    return all(text.count(one) == text.count(other) for one, other in _PAIRS) and text.count("$") % 2 == 0


def _begin(text: str, opened: Callable[[str, int], int], fewest: int) -> int:
    """Return where a sentence begins behind what only opens it, so that a few words are left."""
    start = found.end() if (found := _LABEL.match(text)) else 0
    while (end := opened(text, start)) and len(text[end:].split()) >= fewest:
        start = end
    return start


def _opened(text: str, start: int) -> int:
    """Return where words end that open a sentence from a place on; 0 where none do."""
    return found.end() if (found := _OPENER.match(text, start)) else 0


def _shown(text: str, start: int) -> int:
    """Return where words end that open a sentence, or say by whom or what that is shown which it says."""
    shown = FINDS.search(text, start)
    return _opened(text, start) or (shown.end() if shown and _SHOWER.fullmatch(text, start, shown.start()) else 0)


def _clauses(text: str) -> Iterator[Span]:
    """Yield the clauses of a sentence, without what opens it and the full stop; nothing in brackets is parted."""
    start = _begin(text, _opened, 1)
    breaks = [(one.start(), one.end()) for one in _BREAK.finditer(text, start)]
    if LEADS.match(text, start) and (subject := _SUBJECT.search(text, start)):
        breaks.append(subject.span())
    depth, stop = depths(text), len(text.rstrip(" .;:"))
    for end, after in sorted(set(breaks)):
        if end > start and not depth[end] and after < stop:
            yield start, end
            start = after
    yield start, max(start + 1, stop)


def depths(text: str) -> list[int]:
    """Return at each place how many brackets and formulas are open."""
    depth, found, formula = 0, list[int](), 0
    for character in text:
        found.append(max(depth, 0) + formula)
        depth += (character in "([{") - (character in ")]}")
        formula ^= character == "$"
    return [*found, 0]


def _stands(left: str, dropped: str, asked: Collection[str]) -> bool:
    """Tell whether a part of a sentence can stand for it: it says all that is asked, and nothing behind it turns it."""
    return (
        len(left.split()) >= FEWEST_ALONE
        and _FINITE.search(left) is not None
        and _TURNS.search(dropped) is None
        and _COUNTED.search(dropped) is None
        and _is_balanced(left)
        and set(asked).isdisjoint(set(content_words(clean(dropped))).difference(content_words(clean(left))))
        and (has_figure(clean(left)) or not has_figure(clean(dropped)))
    )


def _safe(text: str, span: Span, clauses: Sequence[Span]) -> Span:
    """Return a span with what it depends on before it: a hedge or a subject in its clause, a condition that leads."""
    start, end = span
    place = next((at for at, clause in enumerate(clauses) if clause[0] <= start < clause[1]), 0)
    if HEDGE.search(text, clauses[place][0], start):
        start = clauses[place][0]
    if place and start == clauses[place][0] and _LEANS.match(text, start):
        start = clauses[place - 1][0]
    if clauses[0][1] <= start and _CONDITION.match(text, clauses[0][0]):
        start = clauses[0][0]
    return start, end


def _whole(text: str, span: Span, clauses: Sequence[Span]) -> Span:
    """Return a span with the clauses behind it that take something back, or without which it says too little."""
    start, end = span
    is_clause = {start} <= {first for first, _ in clauses} and {end} <= {last for _, last in clauses}
    conceded = CONCEDES.match(text, start) or _CONDITION.match(text, start)
    for first, last in clauses:
        if first < end:
            continue
        short = is_clause and len(text[start:end].split()) < FEWEST
        little = conceded or short or _RESUMES.search(text, first, last)
        if not little and not _TURNED.match(text, first) and not _CONDITION.match(text, first):
            break
        end, conceded = last, None
    return start, end


def _trimmed(text: str, span: Span) -> Span:
    """Return a span that is too long up to where it can be cut, if nothing behind takes anything back."""
    start, end = span
    if len(text[start:end].split()) > MOST:
        for found in _SECOND.finditer(text, start, end):
            stop = found.start()
            whole = not found["how"] or _FINITE.search(text, start, stop) or not _FINITE.search(text, stop, end)
            enough = len(text[start:stop].split()) > FEWEST
            if whole and enough and not _TURNED.search(text, stop, end) and not depths(text)[stop]:
                return start, stop
    return start, end


def _bare(text: str, span: Span) -> Span:
    """Return a span without a word at its ends that only joins it to the rest."""
    start, end = span
    start = found.end() if (found := _JOINED.match(text, start, end)) else start
    return start, end - len(found[0]) if (found := _JOINING.search(text[start:end])) else end
