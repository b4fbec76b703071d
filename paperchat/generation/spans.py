"""The few words of a sentence that tell what a cell of a table is to tell: a clause of it, verbatim. Pure functions."""

import re
from collections.abc import Callable, Mapping, Sequence

from paperchat.generation.clauses import CONCEDES, FINDS, HEDGE, LEADS, Find, Span, cut, depths, listed
from paperchat.generation.telling import COUNTED
from paperchat.query.zones import ZONE
from paperchat.text import lexicon
from paperchat.text.numbers import has_digits

_WORK = lexicon.any_of("works.one")

_NEW = lexicon.any_of("proposing.new")

_PROPOSES = re.compile(
    rf"\b(?:we|it|this (?:[\w-]+ )?{_WORK}|authors|i)\b(?: \w+){{0,3}}? {_NEW}\w{{0,3}}\b"
    rf"(?: (?:here|in this \w+))?(?: that)?\s|\bby {_NEW}\w{{0,3}}ing\s",
    re.IGNORECASE,
)

_DID = re.compile(
    rf"\b(?:we|this (?:[\w-]+ )?{_WORK}|i)\b(?: \w+ly| also| then| first| have| has){{0,2}}"
    rf"\s(?={lexicon.any_of('proposing.did')})",
    re.IGNORECASE,
)

_GAP = re.compile(rf"\b{lexicon.one_of(lexicon.words('telling.gap'))}", re.IGNORECASE)

_DATA = re.compile(
    r"\b(?:data ?sets?|corpus|corpora|benchmarks?|databases?|cohorts?|trials?|registry|registries|simulations?)\b"
    rf"|{COUNTED}|\b{lexicon.any_of('known_data')}\b|\b{lexicon.one_of(lexicon.words('telling.specimen'))}",
    re.IGNORECASE,
)

_ON = re.compile(
    rf"\b{listed('from')}\s(?!(?:which|order|situ|vivo|vitro|silico|addition|particular)\b)", re.IGNORECASE
)

_DONE = re.compile(rf"\s(?=(?:{listed('finds')}|{listed('done')})\b)", re.IGNORECASE)
"""Where data end and what was found of them begins."""


def few_words(part: str, sentence: str) -> Span | None:
    """Return where a sentence tells a part of an abstract in few words; None where it takes the whole sentence."""
    find = _CORES.get(part)
    return cut(sentence, find) if find else None


def around(sentence: str, weigh: Callable[[str], float]) -> Span | None:
    """Return the clause of a sentence that weighs most, as it tells what is asked; None where it takes the whole."""

    def find(text: str, clauses: Sequence[Span]) -> Span | None:
        weights = [weigh(text[start:end]) for start, end in clauses]
        best = max(range(len(clauses)), key=lambda at: weights[at])
        return clauses[best] if weights[best] else None

    return cut(sentence, find)


def _idea(text: str, clauses: Sequence[Span]) -> Span | None:
    """Return what is proposed, or from the verb on what was done."""
    found = _PROPOSES.search(text) or FINDS.search(text) or _DID.search(text)
    if not found:
        return clauses[1] if len(clauses) > 1 and LEADS.match(text, clauses[0][0]) else clauses[0]
    return _from(found.end(), clauses)


def _from(place: int, clauses: Sequence[Span]) -> Span | None:
    """Return what stands from a place on in its clause."""
    return next(((place, end) for start, end in clauses if start <= place < end), None)


def _problem(text: str, clauses: Sequence[Span]) -> Span | None:
    """Return the clause that tells most of a gap; what is conceded before it tells none."""
    cues = ZONE["problem"].cues

    def weight(clause: Span) -> tuple[int, int]:
        said = text[clause[0] : clause[1]]
        conceded = len(clauses) > 1 and CONCEDES.match(said)
        return 0 if conceded else len(_GAP.findall(said)) + len(cues.findall(said)), len(said)

    return max(clauses, key=weight)


def _results(text: str, clauses: Sequence[Span]) -> Span | None:
    """Return the finding: what stands behind "show that", else the clause with a number or what speaks of success."""
    weights = [len(ZONE["results"].cues.findall(text[a:b])) + 2 * has_digits(text[a:b]) for a, b in clauses]
    best = max(range(len(clauses)), key=lambda at: weights[at])
    found = FINDS.search(text)
    if found and clauses[best][0] <= found.end():
        return _from(found.end(), clauses)
    return clauses[best]


def _data(text: str, clauses: Sequence[Span]) -> Span | None:
    """Return the data with the words that belong to them: from the preposition before them on."""
    for start, end in clauses:
        found = _DATA.search(text, start, end)
        if not found:
            continue
        before = [one.end() for one in _ON.finditer(text, start, found.start() + 1) if not depths(text)[one.start()]]
        done = _DONE.search(text, found.end(), end)
        if done and HEDGE.search(text, done.end(), end):  # what is said of the data is that there are none
            return start, end
        begin, stop = before[-1] if before else start, done.start() if done else end
        return (begin, stop) if len(text[begin:stop].split()) > 1 else (start, end)
    return None


_CORES: Mapping[str, Find] = {"problem": _problem, "idea": _idea, "data": _data, "results": _results}
