"""What readers removed from their conversations, so that it can be put back. Kept while the page is served."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import RLock
from typing import TYPE_CHECKING

from paperchat.bibliography import ALL, Scope
from paperchat.errors import InputError, PaperchatError
from paperchat.storage.opinions import Opinion
from paperchat.types import Answer

if TYPE_CHECKING:
    from paperchat.app import App
    from paperchat.storage.emptying import Emptied

MOST = 100
"""Removals that are remembered, the latest ones; of each conversation the last."""

MOST_EMPTIED = 8
"""Readers of whom it is remembered what they had when they removed all."""

_FIX = "It is remembered until paperchat ends."


@dataclass(frozen=True, slots=True)
class _Removed:
    """The answers that stood from a place on; of a conversation that went whole, what was chosen for it and thought."""

    position: int
    answers: tuple[Answer, ...]
    title: str = ""
    scope: Scope = ALL
    model: str = ""
    opinions: tuple[Opinion, ...] = ()
    pinned: bool = False


class Removals:
    """Removes from conversations and puts back. Putting back over what came since removes that, so it can come back.

    One at a time: what is remembered is what is gone, also where two tabs remove at once.
    """

    def __init__(self, app: "App") -> None:
        self._app = app
        self._removed: OrderedDict[tuple[str, str], _Removed] = OrderedDict()
        self._emptied: OrderedDict[str, Emptied] = OrderedDict()
        self._turn = RLock()

    def of(self, app: "App") -> "Removals":
        """Return the same of an app that was opened again."""
        again = Removals(app)
        again._removed, again._emptied, again._turn = self._removed, self._emptied, self._turn
        return again

    def cut(self, reader: str, key: str, position: int) -> tuple[Answer, ...]:
        """Remove the exchanges from a place on, and return those before it. Raises InputError."""
        history = self._app.conversations
        with self._turn:
            answers, scope = history.answers(reader, key), history.scope(reader, key)
            chosen = (scope, history.choices.model(reader, key))
            opinions = self._opinions(reader, key) if position == 0 else ()
            pinned = key in history.pins.of(reader)
            removed = _Removed(position, answers[position:], self._title(reader, key), *chosen, opinions, pinned)
            if position < len(answers) or not answers:
                history.cut(reader, key, position)
                self._note(reader, key, removed)
        return answers[:position]

    def note(self, reader: str, key: str, position: int, answers: tuple[Answer, ...]) -> None:
        """Remember those of the answers from a place on, which are removed, and nothing else of this conversation."""
        with self._turn:
            self._note(reader, key, _Removed(position, answers[position:]))

    def _note(self, reader: str, key: str, removed: _Removed) -> None:
        self._removed.pop((reader, key), None)
        if removed.answers:
            self._removed[reader, key] = removed
            if len(self._removed) > MOST:
                self._removed.popitem(last=False)

    def count(self, reader: str, key: str) -> int:
        """Return how many exchanges of a conversation can be put back."""
        removed = self._removed.get((reader, key))
        return len(removed.answers) if removed else 0

    def restore(self, reader: str, key: str) -> None:
        """Put back what was last removed from a conversation. Raises InputError where there is nothing."""
        with self._turn:
            removed = self._removed.pop((reader, key), None)
            if removed is None:
                raise InputError("There is nothing to put back.", _FIX)
            try:
                before = self._put(reader, key, removed)
            except PaperchatError:
                self._removed.setdefault((reader, key), removed)
                raise
            self.note(reader, key, removed.position, before)

    def _put(self, reader: str, key: str, removed: _Removed) -> tuple[Answer, ...]:
        """Put back what was removed; return what stood there."""
        history = self._app.conversations
        before = history.answers(reader, key)
        for place, answer in enumerate(removed.answers, removed.position):
            history.keep(reader, key, place, answer)
        if removed.title:
            history.rename(reader, key, removed.title)
        if removed.scope:
            history.choose(reader, key, removed.scope)
        if removed.model:
            history.choices.choose(reader, key, removed.model)
        if removed.pinned:
            history.pins.pin(reader, key, True)
        since = {opinion.answer for opinion in self._opinions(reader, key)}
        for opinion in removed.opinions:
            if opinion.answer not in since:
                history.opinions.keep(reader, opinion)
        return before

    def empty(self, reader: str) -> None:
        """Remove all conversations of a reader; where there are none, those that went before can still come back."""
        with self._turn:
            emptied = self._app.conversations.emptying.empty(reader)
            if not any(emptied.rows.values()):
                return
            self._emptied.pop(reader, None)
            self._emptied[reader] = emptied
            if len(self._emptied) > MOST_EMPTIED:
                self._emptied.popitem(last=False)

    def refill(self, reader: str) -> None:
        """Put back what was there when a reader last removed all. Raises InputError where there is nothing."""
        with self._turn:
            emptied = self._emptied.pop(reader, None)
            if emptied is None:
                raise InputError("There is nothing to put back.", _FIX)
            try:
                self._app.conversations.emptying.refill(emptied)
            except PaperchatError:
                self._emptied.setdefault(reader, emptied)
                raise

    def _opinions(self, reader: str, key: str) -> tuple[Opinion, ...]:
        return tuple(one for one in self._app.conversations.opinions.of(reader) if one.conversation == key)

    def _title(self, reader: str, key: str) -> str:
        """Return the name that a conversation was given, empty where it has its first question."""
        history = self._app.conversations
        title = next((one.title for one in history.conversations(reader) if one.id == key), "")
        first = next(iter(history.answers(reader, key)), None)
        return title if first and title != first.question else ""
