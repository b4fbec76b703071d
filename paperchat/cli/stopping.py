"""Stopping: Ctrl-C, SIGTERM or a closed terminal ends the process within two seconds, whatever it does just then.

It imports little: before it has taken the signals over, Python answers them with a traceback.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn

PATIENCE = 1.2
"""Seconds that open files and connections have to close in order; after them the process ends as it is. The page's
server takes one of them."""

WRITING = 0.2
"""Seconds that the last line may take: whoever reads it may have stopped reading."""

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))

_CLOSED = getattr(signal, "SIGHUP", None)
"""What nohup has a process ignore. A shell has what it starts with "&" ignore Ctrl-C, but not who sends it a SIGINT."""


class Farewell:
    """The line with which a process ends that was stopped; a command may put another one in its place."""

    line = ""


def run_stoppable(work: Callable[[], int], line: str) -> int:
    """Return what `work` returns. A signal interrupts it, and the process ends with `line` and 128 + the signal.

    The main thread gets one KeyboardInterrupt. It comes late while a library is busy, and a library may swallow it:
    hence a second thread, which ends the process when its time is over. The store survives that as it does a kill.
    """
    Farewell.line = line
    stop = _Stop()
    stop.listen()
    try:
        code = work()
        stop.leave()
    except BaseException:
        if not stop.asked:
            stop.leave()
            raise
    if stop.asked:
        stop.end()
    return code


def end(code: int) -> NoReturn:
    """End the process at once: every file is closed, and what libraries do at their end takes longer than a search."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        with suppress(OSError):  # nobody reads any more
            stream.flush()
    os._exit(code)


class _Stop:
    """What becomes of a process that is asked to stop."""

    def __init__(self) -> None:
        self.asked = 0  # the first signal that asked
        self._interrupted = False
        self._ending = threading.Lock()
        self._errors = sys.stderr.fileno() if sys.stderr else None
        self._ours = [number for number in SIGNALS if number != _CLOSED or signal.getsignal(number) != signal.SIG_IGN]

    def listen(self) -> None:
        """Take over the signals; Python writes each into a pipe at once, even when the main thread is busy."""
        reading, writing = os.pipe()
        if hasattr(os, "set_blocking"):  # Windows has it from Python 3.12, and does not ask for it
            os.set_blocking(writing, False)
        threading.Thread(target=self._watch, args=[reading], daemon=True).start()
        signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        for number in self._ours:
            signal.signal(number, self._interrupt)

    def leave(self) -> None:
        """Give the signals back: what is left to do has no file open, and may be ended at once."""
        for number in self._ours:
            signal.signal(number, signal.SIG_DFL)

    def end(self) -> None:
        """End the process with its last line, once; what libraries would still do at their end has no use."""
        if not self._ending.acquire(blocking=False):
            threading.Event().wait()
        teller = threading.Thread(target=self._tell, daemon=True)
        teller.start()
        teller.join(WRITING)
        os._exit(128 + self.asked)

    def _tell(self) -> None:
        if self._errors is not None:
            with suppress(OSError):  # nobody reads any more
                os.write(self._errors, f"{chr(10) * os.isatty(self._errors)}{Farewell.line}\n".encode())

    def _interrupt(self, number: int, _: object) -> None:
        self.asked = self.asked or number
        _hush()
        if self._interrupted:
            return
        if number != signal.SIGTERM and signal.getsignal(signal.SIGTERM) != self._interrupt:
            signal.raise_signal(signal.SIGTERM)  # a web server runs, which ends in its own order
            return
        self._interrupted = True
        raise KeyboardInterrupt

    def _watch(self, reading: int) -> None:
        """Wait for the first signal, then for the end."""
        while not self.asked:
            self.asked = next((number for number in os.read(reading, 64) if number in self._ours), 0)
        threading.Event().wait(PATIENCE)
        self.end()


def _hush() -> None:
    """Let no library tell how it was broken off."""

    def ignore(_: Any) -> None:
        """Say nothing."""

    if disable := getattr(sys.modules.get("logging"), "disable", None):  # it may be in the middle of its import
        disable()
    sys.unraisablehook = threading.excepthook = ignore
