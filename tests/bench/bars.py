"""Progress on standard error."""

import sys
from collections.abc import Callable
from typing import Any


class Bars:
    """Progress bars on standard error, one at a time; nothing is drawn where no terminal is."""

    def __init__(self) -> None:
        self._name = ""
        self._bar: Any = None

    def __enter__(self) -> "Bars":
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def named(self, name: str) -> Callable[[int, int], None]:
        """Return a function of (done, total) that shows the progress of one task."""

        def update(done: int, total: int) -> None:
            bar = self._shown(name, total)
            bar.update(done - bar.n)

        return update

    def _shown(self, name: str, total: int) -> Any:
        from tqdm import tqdm

        if self._bar is None or (name, total) != (self._name, self._bar.total):
            self.__exit__()
            self._name, self._bar = name, tqdm(total=total, desc=name, file=sys.stderr, disable=None)
        return self._bar


def say(line: str) -> None:
    print(f"bench: {line}", file=sys.stderr, flush=True)
