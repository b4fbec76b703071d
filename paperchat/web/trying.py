"""Questions tried before they are offered: asked without a model, one at a time, and never while a reader waits."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from paperchat.bibliography import ALL, Scope
from paperchat.errors import PaperchatError
from paperchat.query.proposal import Proposal
from paperchat.settings import WITHOUT_MODEL
from paperchat.types import Answer, Turn

if TYPE_CHECKING:
    from paperchat.app import App

PATIENCE = 20.0
"""Seconds after which what is tried for a reader gives way to those who are answered."""


class Trying:
    """Tries questions; `standing_back` holds that up as long as an answer is made."""

    def __init__(self, app: "App") -> None:
        self._app, self._one = app, threading.Lock()
        self._answered, self._free = 0, threading.Condition()

    @contextmanager
    def standing_back(self) -> Iterator[None]:
        """Try nothing while this block lasts; several may."""
        with self._free:
            self._answered += 1
        try:
            yield
        finally:
            with self._free:
                self._answered -= 1
                self._free.notify_all()

    def is_free(self, patience: float | None = PATIENCE) -> bool:
        """Wait until no answer is made, at most so many seconds; tell whether none is."""
        with self._free:
            return self._free.wait_for(lambda: not self._answered, patience)

    def first(
        self,
        proposals: Sequence[Proposal],
        turns: Sequence[Turn] = (),
        scope: Scope = ALL,
        known: frozenset[str] = frozenset(),
        patience: float | None = PATIENCE,
    ) -> Proposal | None:
        """Return the first of these that is answered as it has to be, and says more than the sentences `known`."""
        for one in proposals:
            answer = self.answer(one.question, turns, scope, patience)
            if answer and one.is_met(answer, known):
                return one
        return None

    def answer(
        self, question: str, turns: Sequence[Turn], scope: Scope, patience: float | None = PATIENCE
    ) -> Answer | None:
        """Return the answer to a question; None where it fails, or where a reader waits for longer than that."""
        with self._one:
            if not self.is_free(patience):
                return None
            try:
                *_, answer = self._app.ask(question, turns, WITHOUT_MODEL, scope=scope)
            except PaperchatError:
                return None
            return answer
