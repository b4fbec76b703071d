"""What asks for papers in an order to read them: "where do I start with graphs?", "six readings on owls". Pure.

That several papers are wanted, and which words say what they are about, was learned (see `models/question_model.py`);
among the others, which only frame the request, a word says that somebody is to read.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from paperchat.protocols import Guess
from paperchat.query.intent import TAKES, wants_paper
from paperchat.text import lexicon

SEVERAL = 0.4
"""Least probability that several papers are wanted."""

MOST = 30
"""Most papers that a number in a request is taken to ask for."""

BETWEEN = 3
"""Most words between two that say what a request is about which do so too, such as "but not"."""

_ENDS = re.compile(r"[?!;:.]\s")

_WORD = re.compile(r"[^\W_]+(?:[-'\u2019+#.][^\W_]+)*[+#]*")

_HIDDEN = "\u2026"
"""Stands for a word that says what the papers are about."""

_TO_READ = re.compile(
    rf"\b(?:{lexicon.any_of('reading.reader')}(?: [\w'\u2019]{{1,20}}){{0,3}}"
    rf"|{lexicon.any_of('reading.before', 'works.several')} to) {lexicon.any_of('reading.read')}\b",
    re.IGNORECASE,
)

_WHERE = re.compile(r"\bwhere(?: [\w'\u2019]{1,20}){0,3} read\b", re.IGNORECASE)
"""Asks in which papers something stands."""

_GIVEN = re.compile(rf"\b{lexicon.any_of('reading.given')}\b", re.IGNORECASE)

_NOVICE = re.compile(rf"\b{lexicon.any_of('reading.novice')}\b", re.IGNORECASE)

_PAPERS = re.compile(rf"\b{lexicon.any_of('works.several')}\b", re.IGNORECASE)

_COUNTS = {word: int(value) for word, value in lexicon.values("numerals", "unit").items()}

_COUNT = re.compile(
    rf"\b(?P<count>[1-9]\d?|{lexicon.one_of(word for word in _COUNTS if len(word) > 1)})(?: \w{{1,15}})?"
    rf" (?:items|{lexicon.any_of('works.several', 'reading.given')})\b",
    re.IGNORECASE,
)

READS = re.compile(f"{_TO_READ.pattern}|{_GIVEN.pattern}|{_NOVICE.pattern}", re.IGNORECASE)
"""A word of any such request."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for papers in an order: what they are to be about, as typed, and how many, 0 where that is not said."""

    about: str
    count: int = 0


def asked_to_read(question: str, guess: Guess) -> Asked | None:
    """Return the request for papers in an order that a question is, as it reads; None for any other question."""
    several = sum(chance for kind, chance in guess.kinds.items() if TAKES.get(kind) == "list")
    if several < SEVERAL:
        return None
    spans = _own(question, f"{guess.about} {guess.left_out}" if guess.about else "")
    frame = question
    for start, end in reversed(spans):
        frame = f"{frame[:start]}{_HIDDEN}{frame[end:]}"
    novice = _NOVICE.search(frame) and (_PAPERS.search(frame) or wants_paper(guess))
    asked = novice or says_to_read(frame) or _GIVEN.search(frame)
    return Asked(_longest(question, spans), count_of(frame)) if asked else None


def says_to_read(text: str) -> bool:
    """Tell whether words say that somebody is to read or to start, and do not ask where something stands."""
    return _TO_READ.search(text) is not None and _WHERE.search(text) is None


def count_of(text: str) -> int:
    """Return how many papers a request asks for, 0 where it does not say."""
    found = _COUNT.search(text)
    word = found["count"].lower() if found else ""
    count = int(word) if word.isdigit() else _COUNTS.get(word, 0)
    return count if count <= MOST else 0


def limit_of(question: str) -> int:
    """Return how many papers a request for a list asks for first of all ("the top 5 papers on"), 0 for all of them."""
    found = _COUNT.search(question)
    before = question[: found.start()] if found else ""
    return count_of(question) if len(before.split()) <= FEW and not _PAPERS.search(before) else 0


FEW = 5
"""Most words before the number of papers that a request for a list is cut to."""


def _longest(question: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return the longest part of a question that says what it is about, with the few words between."""
    parts: list[tuple[int, int]] = []
    for start, end in spans:
        between = question[parts[-1][1] : start] if parts else ""
        if parts and len(between.split()) <= BETWEEN and not _ENDS.search(between):
            parts[-1] = parts[-1][0], end
        else:
            parts.append((start, end))
    start, end = max(parts, key=lambda part: part[1] - part[0], default=(0, 0))
    return question[start:end]


def _own(question: str, about: str) -> list[tuple[int, int]]:
    """Return where the words stand in a question that say what it is about, each once and in order."""
    wanted = _WORD.findall(about)
    spans = []
    for found in _WORD.finditer(question):
        if found[0] in wanted and not _PAPERS.fullmatch(found[0]):
            wanted.remove(found[0])
            spans.append(found.span())
    return spans
