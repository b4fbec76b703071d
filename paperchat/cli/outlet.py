"""Where what a command prints goes: to this process's streams, or to who asked a page to run it."""

import sys
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, TextIO

Event = dict[str, Any]
"""What a command does, for another process: {"out": text}, {"err": text}, {"bar": what a Bar has, done, total}."""

ELSEWHERE: ContextVar[Callable[[Event], None] | None] = ContextVar("elsewhere", default=None)
"""Takes what a command does that runs for another process; None where it runs for itself."""


def write(text: str, stream: TextIO) -> None:
    """Write a text to a stream of ours, at once, or to who waits for it."""
    tell = ELSEWHERE.get()
    if tell:
        tell({"err" if stream is sys.stderr else "out": text})
        return
    stream.write(text)
    stream.flush()
