"""Papers taken into an open store in the background, as its papers are asked; then the store that has them takes over.

Whoever asks meanwhile goes on with the store that was there: see `Store.draft`.
"""

import logging
import shutil
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from paperchat.errors import InputError, PaperchatError
from paperchat.storage.incoming import Incoming, Order
from paperchat.storage.intake import read_files
from paperchat.storage.ordering import followed
from paperchat.storage.pace import Pace
from paperchat.storage.report import Report
from paperchat.storage.store import Store
from paperchat.types import Paper

log = logging.getLogger(__name__)

Stage = Literal["", "reading", "embedding", "indexing"]
"""What is being done; "": nothing."""

PATIENCE = 1.0
"""Seconds that an import has to end when paperchat ends; what it is at then is not lost."""

FAILED = "paperchat failed on this; the terminal says why. What was taken in before is kept."

UNDER_WAY = "Papers are being taken in already.", "Wait for it, or stop it first."


NONE = Report()


@dataclass(frozen=True, slots=True)
class State:
    """How far an import is: `done` of `total`, entries read or papers embedded; `left` is in seconds.

    `waiting` papers are not yet part of the set. `report`, empty before the first, and `wrong` are of the last import;
    `turn` is another one each time that one has begun or ended.
    """

    stage: Stage = ""
    done: int = 0
    total: int = 0
    per_second: float = 0.0
    left: float | None = None
    waiting: int = 0
    report: Report = NONE
    wrong: str = ""
    turn: int = 0


class _StoppedError(Exception):
    """The import was stopped while it read."""


class Imports:
    """The imports into the store of an app, one at a time; `report` is that of the last one.

    `take_over` is called with the store that has what was imported. `lent` is the folder for files that are only lent.
    """

    def __init__(self, store: Store, report: Report, take_over: Callable[[Store], None], lent: Path) -> None:
        self.report, self.lent = report, lent
        self._store, self._take_over = store, take_over
        self._pace = Pace()
        self._stage: Stage = ""
        self._wrong, self._turn = "", 0
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    def state(self) -> State:
        """Return how far the import is that is under way, or what became of the last one."""
        pace, waiting = self._pace, self._store.incoming.count()
        told = State(self._stage, waiting=waiting, report=self.report, wrong=self._wrong, turn=self._turn)
        if not self._stage:
            return told
        return replace(told, done=pace.done, total=pace.total, per_second=pace.per_second, left=pace.left)

    def start(self, files: Sequence[Path], done: Callable[[], None]) -> None:
        """Take in what files hold that were lent; `done` is called once they are read. Raises InputError."""

        def read(incoming: Incoming) -> None:
            try:
                given = read_files(files, lambda count: self._tell(count, 0))
            finally:
                done()
            self.report = incoming.take_in(given.uploaded())

        self._begin("reading", read)

    def carry_out(self, order: Order) -> None:
        """Take in what an order asks for. Raises InputError."""

        def read(incoming: Incoming) -> None:
            if order.following:
                self.report = followed(incoming, order.following)
            elif order.files:
                self.report = incoming.take_in(read_files(order.files, lambda count: self._tell(count, 0)))
            else:
                self.report = Report()

        self._begin("reading", read)

    def go_on(self) -> None:
        """Go on with what waits. Raises InputError."""
        self._begin("embedding", lambda _: None)

    def mend(self, paper: Paper) -> None:
        """Let a paper take the place of the one with its id. Raises InputError."""
        self._begin("embedding", lambda incoming: incoming.mend(paper))

    def stop(self) -> None:
        """Stop as soon as a few papers are whole; those that are embedded become part of the set, the others wait."""
        self._stopped.set()

    def forget(self) -> None:
        """Forget what waits. Raises InputError while papers are being taken in."""
        with self._starting:
            self._check_idle()
            draft = self._store.draft()
            draft.incoming.drop()
            draft.discard()
            self._turn += 1

    def close(self) -> None:
        """Stop, and wait a little for it: whatever is left over goes on at the next start."""
        self.stop()
        if self._thread is not None:
            self._thread.join(PATIENCE)
        shutil.rmtree(self.lent, ignore_errors=True)

    def _begin(self, stage: Stage, first: Callable[[Incoming], None]) -> None:
        with self._starting:
            self._check_idle()
            draft = self._store.draft()
            self._stopped.clear()
            self._stage, self._wrong, self._pace = stage, "", Pace()
            self._turn += 1
            self._thread = threading.Thread(target=self._run, args=[draft, first], daemon=True)
            self._thread.start()

    def _check_idle(self) -> None:
        if self._stage:
            raise InputError(*UNDER_WAY)

    def _run(self, draft: Store, first: Callable[[Incoming], None]) -> None:
        """Do an import to its end, or until it is stopped."""
        took_over = False
        try:
            incoming = replace(draft.incoming, progress=self._tell)
            first(incoming)
            self._stage = "embedding"
            incoming.embed(self._stopped.is_set)
            self._stage = "indexing"
            took_over = self._settled(draft, incoming)
        except _StoppedError:
            self._wrong = "Stopped as the files were read: nothing of them was taken in."
        except PaperchatError as error:
            self._wrong = str(error)
        except Exception:  # the outer edge of the thread: the page must have something to show
            log.exception("paperchat failed to take papers in")
            self._wrong = FAILED
        if not took_over:
            draft.discard()
        self._stage = ""
        self._turn += 1

    def _settled(self, draft: Store, incoming: Incoming) -> bool:
        """Let the draft take over with what is ready; tell whether there was anything."""
        if not incoming.is_ready():
            return False
        before = self._store
        before.hold()
        incoming.settle()
        draft.refresh(fewer=True)
        self._store = draft
        self._take_over(draft)
        before.retire()
        return True

    def _tell(self, done: int, total: int) -> None:
        if not total and self._stopped.is_set():
            raise _StoppedError
        self._pace.tell(done, total, time.monotonic())
