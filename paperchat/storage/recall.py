"""Where something was said in the conversations kept: which words are there, and the line that has them. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from paperchat.text.cleaning import clean
from paperchat.text.folding import folded

AROUND = 60
"""Characters of a line that are shown before the first word found; after it, three times as many."""

Where = Literal["title", "question", "answer"]


@dataclass(frozen=True, slots=True)
class Said:
    """An exchange of a conversation: the lines of its answer, its place (from 0) and its question.

    The conversation is told by its key, the name that it was given, empty where it has none, and its first question.
    """

    lines: Sequence[str]
    key: str
    name: str
    first: str
    changed: str
    position: int
    question: str


@dataclass(frozen=True, slots=True)
class Found:
    """A place where what was looked for was said, and the line that says most of it."""

    key: str
    title: str
    changed: str
    position: int
    where: Where
    line: str
    words: tuple[str, ...]

    @property
    def parts(self) -> tuple[str, ...]:
        """The part of the line around the first word found; every second piece is a word found."""
        spans = _spans(self.line, self.words)
        start, end = _window(self.line, spans[0][0] if spans else 0)
        pieces, place = ["…" if start else ""], start
        for a, b in spans:
            if a < end:
                pieces[-1] += self.line[place:a]
                pieces += [self.line[a:b], ""]
                place = b
        pieces[-1] += self.line[place : max(place, end)] + ("…" if end < len(self.line) else "")
        return tuple(pieces)


def find_said(exchanges: Iterable[Said], typed: str) -> Iterator[Found]:
    """Yield each exchange that has all words typed, in any order, and each conversation whose name has them.

    Case and accents are passed over, and a part of a word finds it, as one types.
    """
    words = tuple(dict.fromkeys(_plain(typed).split()))
    if not words:
        return
    for said in exchanges:
        title = said.name or said.first
        if said.position == 0 and _has(said.name, words):
            yield Found(said.key, title, said.changed, 0, "title", said.name, words)
        lines = [clean(line) for line in (said.question, *said.lines)]
        if _has("\n".join(lines), words):
            best = max(range(len(lines)), key=lambda one: sum(word in _plain(lines[one]) for word in words))
            where: Where = "answer" if best else "question"
            yield Found(said.key, title, said.changed, said.position, where, lines[best], words)


def _has(text: str, words: Sequence[str]) -> bool:
    plain = _plain(text)
    return all(word in plain for word in words)


def _plain(text: str) -> str:
    return folded(text).casefold()


def _window(text: str, place: int) -> tuple[int, int]:
    """Return from where to where a text is shown around a place: whole words, as far as they are not very long."""
    start, end = max(0, place - AROUND), min(len(text), place + 3 * AROUND)
    start = text.rfind(" ", max(0, start - AROUND), start + 1) + 1 or start
    space = text.find(" ", end, end + AROUND)
    return start, space if space >= 0 else end


def _spans(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Return where the words stand in a text, in order and apart."""
    plain, places = [], []
    for place, character in enumerate(text):
        letters = _plain(character)
        plain.append(letters)
        places += [place] * len(letters)
    whole = "".join(plain)
    found: list[tuple[int, int]] = []
    for word in words:
        at = whole.find(word)
        while at >= 0:
            found.append((places[at], places[at + len(word) - 1] + 1))
            at = whole.find(word, at + len(word))
    apart: list[tuple[int, int]] = []
    for span in sorted(found):
        if apart and span[0] <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(apart[-1][1], span[1]))
        else:
            apart.append(span)
    return apart
