"""An answer in the making, read in a thread so that the page stays in charge."""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from typing import cast

from paperchat.errors import PaperchatError
from paperchat.storage.answer_codec import ended
from paperchat.types import Answer
from paperchat.web.places import Ticket

PACE = 0.05
"""Least time between two updates of the page, in seconds: faster cannot be read and costs the browser work."""

PULSE = 1.0
"""Most time between two updates, in seconds: the page's server sees only at an update that a reader has gone."""

log = logging.getLogger(__name__)


class Reply:
    """An answer that `ask` makes in a thread of its own, so that stopping it never waits for a model that is silent.

    The thread starts once the ticket has its place.
    """

    def __init__(self, question: str, ask: Callable[[], Iterator[Answer]], ticket: Ticket) -> None:
        self._answer = Answer(question)
        self._started = self._stopped = self._ended = False
        self._loop, self._news = asyncio.get_running_loop(), asyncio.Event()
        self._ask, self._ticket = ask, ticket
        ticket.tell = self._proceed
        self._proceed()

    def stop(self) -> None:
        """End the reply now with what there is; the app's iterator is closed as soon as it gives control back."""
        self._stopped = True
        self._tell()

    async def answers(self) -> AsyncIterator[Answer]:
        """Yield the newest answer each time there is news, and the same again in each PULSE without any.

        At most one comes per PACE; the last has a final stage.
        """
        while not (self._ended or self._stopped):
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._news.wait(), PULSE)
            self._news.clear()
            if not (self._ended or self._stopped):
                yield self._answer
                await asyncio.sleep(PACE)
        yield ended(self._answer)

    def _proceed(self) -> None:
        if self._ticket.number == 0 and not (self._started or self._stopped):
            self._started = True
            threading.Thread(target=self._make, daemon=True).start()
        self._tell()

    def _make(self) -> None:
        try:
            with closing(cast("Generator[Answer]", self._ask())) as answers:
                for answer in answers:
                    if self._stopped:
                        break
                    self._answer = answer
                    self._tell()
        except PaperchatError as error:
            self._fail(str(error))
        except Exception:  # the outer edge: the page must not wait for ever
            log.exception("paperchat failed on a question")
            self._fail("paperchat failed on this question; the terminal says why.")
        self._ended = True
        self._tell()

    def _fail(self, notice: str) -> None:
        self._answer = replace(self._answer, stage="failed", notices=(*self._answer.notices, notice))

    def _tell(self) -> None:
        with suppress(RuntimeError):  # the loop is closed: the program ends
            self._loop.call_soon_threadsafe(self._news.set)
