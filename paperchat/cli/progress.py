"""Progress on standard error: a bar on a terminal; elsewhere JSON for programs that ask for it, or nothing."""

import json
import sys
import time
from contextlib import suppress
from typing import Any

from paperchat.cli.outlet import ELSEWHERE, write
from paperchat.storage.pace import Pace
from paperchat.text.cleaning import printable

EVERY = 1.0
"""Seconds between two JSON objects."""


def say(line: str) -> None:
    """Print a line on standard error, unless nobody reads there any more: that ends no work."""
    if sys.stderr is not None:
        with suppress(OSError):
            write(f"paperchat: {printable(line)}\n", sys.stderr)


class Bar:
    """Lines and one bar of what is done, on standard error; `doing` and `unit` name it.

    Its terminal may be gone: what is told then is lost, what is done is not. With `as_json` there is a JSON object now
    and then where no terminal is.
    """

    def __init__(self, doing: str = "Reading papers", unit: str = "papers", as_json: bool = False) -> None:
        self._doing, self._unit, self._as_json = doing, unit, as_json
        self._bar: Any = None
        self._pace, self._next = Pace(), 0.0

    def __enter__(self) -> "Bar":
        """Return the bar, not yet shown."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the bar's line."""
        if self._bar is not None:
            with suppress(OSError):
                self._bar.close()

    def say(self, line: str) -> None:
        """Print a line."""
        say(line)

    def update(self, done: int, total: int) -> None:
        """Show that `done` of `total` are done, how many are in a second, and how long the others will take."""
        if tell := ELSEWHERE.get():
            tell({"bar": [self._doing, self._unit, self._as_json, done, total]})
            return
        if sys.stderr is None:
            return
        with suppress(OSError):
            if self._as_json and not sys.stderr.isatty():
                self._print(done, total)
            else:
                self._draw(done, total)

    def _draw(self, done: int, total: int) -> None:
        from tqdm import tqdm

        if self._bar is None:
            self._bar = tqdm(total=total, unit=f" {self._unit}", desc=self._doing, file=sys.stderr, disable=None)
        self._bar.update(done - self._bar.n)

    def _print(self, done: int, total: int) -> None:
        now = time.monotonic()
        self._pace.tell(done, total, now)
        if now < self._next and done < total:
            return
        self._next = now + EVERY
        left = self._pace.left
        row = {
            "done": done,
            "of": total,
            f"{self._unit}_per_second": round(self._pace.per_second, 1),
            "seconds_left": None if left is None else round(left),
        }
        sys.stderr.write(json.dumps(row) + "\n")
        sys.stderr.flush()
