"""Progress on standard error: a bar for people, nothing where no terminal is."""

import sys
from contextlib import suppress
from typing import Any

from paperchat.text.cleaning import printable


def say(line: str) -> None:
    """Print a line on standard error, unless nobody reads there any more: that ends no work."""
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write(f"paperchat: {printable(line)}\n")
            sys.stderr.flush()


class Bar:
    """Lines and one bar of what is done, on standard error; `doing` and `unit` name it.

    Its terminal may be gone: what is told then is lost, what is done is not.
    """

    def __init__(self, doing: str = "Reading papers", unit: str = "papers") -> None:
        self._doing, self._unit = doing, unit
        self._bar: Any = None

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
        """Show that `done` of `total` are done."""
        from tqdm import tqdm

        if sys.stderr is None:
            return
        with suppress(OSError):
            if self._bar is None:
                self._bar = tqdm(total=total, unit=f" {self._unit}", desc=self._doing, file=sys.stderr, disable=None)
            self._bar.update(done - self._bar.n)
