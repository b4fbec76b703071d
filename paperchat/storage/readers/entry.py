"""What readers take and give: a source's bytes and text in; entries, and faults that name their place, out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from paperchat.bibliography import UNTOLD, Details
from paperchat.storage.readers.encoding import decoded

HEAD = 20_000
"""Bytes of a source by which its format is told."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper as a source has it, in text that people read; `place` is where it stands there, such as "line 12"."""

    place: str
    title: str
    abstract: str = ""
    details: Details = UNTOLD


@dataclass(frozen=True, slots=True)
class Fault:
    """What of a source cannot be taken: where it stands ("" for all of it), and why."""

    place: str
    reason: str


@dataclass(frozen=True)
class Source:
    """A file that was read in: what reports call it, and its bytes, unpacked.

    A reader that takes long calls `waiting` again and again, which raises what ends the reading.
    """

    name: str
    data: bytes
    waiting: Callable[[], None] = field(default=lambda: None, compare=False)

    @cached_property
    def text(self) -> str:
        """The source as text, whatever its encoding; raises ValueError for what is no text."""
        return decoded(self.data)

    @cached_property
    def head(self) -> str:
        """How the source begins, as text; empty for what is no text."""
        try:
            return decoded(self.data[:HEAD], whole=len(self.data) <= HEAD).lstrip("\ufeff")
        except ValueError:
            return ""


class Reader(Protocol):
    """A module that reads one format, which is `NAME` to people.

    `recognises` tells whether a source is of it, by its content alone. `read` yields what is in it, the good entries
    whatever the others are; what is read up to a fault stands.
    """

    NAME: str

    def recognises(self, source: Source, /) -> bool: ...

    def read(self, source: Source, /) -> Iterator[Entry | Fault]: ...
