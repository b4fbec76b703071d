"""A conversation: its turns, the papers of each, and their numbers.

The papers of a turn are those it cited, in that order; where that is not known, those that its answer names.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from paperchat.dialogue.edits import read_edit
from paperchat.dialogue.recasting import is_recast
from paperchat.query.reading import Reading
from paperchat.retrieval.library import Library
from paperchat.text.cleaning import clean, work_name
from paperchat.text.mentions import mentions
from paperchat.text.refusals import declines
from paperchat.types import Form, Paper, Turn

_JOINED = re.compile(r"[\w-]")

LONGEST_TURN = 10_000
"""Most characters of an earlier question or answer that are looked at."""

SEARCHED = 1000
"""Most characters of a turn that are searched for."""


class Conversation:
    """The turns before a question; the papers of each are looked up once, when they are first asked for."""

    def __init__(
        self, turns: Sequence[Turn], library: Library, known: dict[Turn, tuple[Paper, ...]] | None = None
    ) -> None:
        """Take the turns, oldest first; `known` are papers that were looked up already.

        A reply about the set, the assistant or an answer is nothing to go on from: what stood above it still does. An
        answer in another form stands in the place of that answer. One that `is_new` has no turn at all.
        """
        self._said = tuple(shortened(turn) for turn in turns if turn.form != "reply")
        self.is_new = not turns
        self._begun = tuple(place for place, turn in enumerate(self._said) if not (place and is_recast(turn)))
        ends = (*self._begun[1:], len(self._said))
        self.turns = tuple(_as_it_stands(self._said[a:b]) for a, b in zip(self._begun, ends, strict=False))
        self.library = library
        self._known = {} if known is None else known

    def __bool__(self) -> bool:
        """Tell whether anything was said."""
        return bool(self.turns)

    @property
    def last(self) -> Turn:
        """The last turn; raises IndexError when there is none."""
        return self.turns[-1]

    @property
    def earlier(self) -> "Conversation":
        """The conversation before its last turn."""
        return Conversation(self._said[: self._begun[-1]], self.library, self._known)

    @property
    def papers(self) -> tuple[tuple[Paper, ...], ...]:
        """The papers of each turn, in the order of its answer."""
        return tuple(self._papers_of(turn) for turn in self.turns)

    @property
    def standing(self) -> "Conversation":
        """The conversation up to what stands above: without changes of it that were refused."""
        refused = self.turns and declined(self.last) and read_edit(self.last.question) is not None
        return self.earlier.standing if refused else self

    @property
    def tabled(self) -> "Conversation":
        """The conversation up to its last table, where only text and the record stand below that; else itself."""
        at = self
        while at.turns and (at.above == "text" or at.last.act.startswith("cite.")):
            at = at.earlier
        return at if at.turns and at.above == "table" else self

    @property
    def last_papers(self) -> tuple[Paper, ...]:
        """The papers of the last turn."""
        return self._papers_of(self.last) if self.turns else ()

    @property
    def above(self) -> Form:
        """What the last answer is; where that is not known, what its question asks for."""
        if not self.turns or self.last.form:
            return self.last.form if self.turns else ""
        kind = self.library.kind(self.last.question)
        if kind == "list":
            return "list"
        compares = kind == "compare" or read_edit(self.last.question) is not None
        return "table" if compares and len(self.last_papers) > 1 else "text"

    @property
    def order(self) -> tuple[Paper, ...]:
        """All papers in the order of their citation numbers, which is that of first use; a mere title has none."""
        return in_order(self._papers_of(turn) for turn in self._said if turn.form != "titles")

    def _papers_of(self, turn: Turn) -> tuple[Paper, ...]:
        if turn not in self._known:
            self._known[turn] = turn_papers(turn, self.library)
        return self._known[turn]


def _as_it_stands(turns: Sequence[Turn]) -> Turn:
    """Return a turn as the last form of its answer leaves it."""
    return replace(turns[-1], question=turns[0].question, act=turns[0].act)


def shortened(turn: Turn) -> Turn:
    """Return a turn with no question or answer longer than is looked at."""
    if max(len(turn.question), len(turn.answer)) <= LONGEST_TURN:
        return turn
    return replace(turn, question=turn.question[:LONGEST_TURN], answer=turn.answer[:LONGEST_TURN])


def in_order(turns: Iterable[Iterable[Paper]]) -> tuple[Paper, ...]:
    """Return the papers of these turns in the order of first use."""
    return tuple(dict.fromkeys(paper for papers in turns for paper in papers))


def turn_papers(turn: Turn, library: Library) -> tuple[Paper, ...]:
    """Return the papers of a turn, in the order of its answer."""
    if turn.cited:
        return tuple(paper for title in turn.cited if (paper := library.titles.get(title)))
    if declined(turn):
        return ()
    text = clean(turn.answer) or clean(turn.question)
    named = dict(_titled(text, library.papers))
    for paper, place in _named(text, library.found(f"{turn.question} {text}"[:SEARCHED]).asking(text)):
        named.setdefault(paper, place)
    return tuple(sorted(named, key=lambda paper: named[paper]))


def declined(turn: Turn) -> bool:
    """Tell whether a turn was not answered; an answer that only says of some of it that it is not there, was."""
    return turn.form == "declined" or (not turn.cited and declines(turn.answer))


def _titled(text: str, papers: Iterable[Paper]) -> Iterable[tuple[Paper, int]]:
    """Yield the papers whose title, or the name before its colon, stands in a text, and where."""
    for paper in papers:
        for words in (clean(paper.title), work_name(paper.title)):
            if words and (place := _stands_at(words, text)) >= 0:
                yield paper, place
                break


def _stands_at(words: str, text: str) -> int:
    """Return where words stand in a text with no letter, digit or hyphen beside them, -1 where they do not."""
    place = text.find(words)
    while place >= 0 and (_JOINED.match(text[place - 1 : place]) or _JOINED.match(text, place + len(words))):
        place = text.find(words, place + 1)
    return place


def _named(text: str, reading: Reading) -> Iterable[tuple[Paper, int]]:
    """Yield the papers found of which a text has a name that no other of these has, and where."""
    for name in reading.demands.names:
        holding = [one.paper for one in reading.texts if mentions(one.whole, name)]
        if len(holding) == 1:
            yield holding[0], text.find(name)
