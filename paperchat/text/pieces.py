"""A text read as another: which pieces of it read differently, and where a place of the one is in the other. Pure."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Piece(NamedTuple):
    """A part of a text, `text[start:end]`, that reads as `read`; empty where it is passed over."""

    start: int
    end: int
    read: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text with its pieces read. `parts` are (place in `text`, place in the source, length there, copied or not)."""

    text: str
    parts: tuple[tuple[int, int, int, bool], ...]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return where the source has `text[start:end]`; a piece that is only in part in it is whole in the source."""
        first, last = self._part(start), self._part(end - 1)
        return (
            first[1] + (start - first[0] if first[3] else 0),
            last[1] + (end - last[0] if last[3] else last[2]),
        )

    def _part(self, place: int) -> tuple[int, int, int, bool]:
        return self.parts[bisect_right(self.parts, place, key=lambda part: part[0]) - 1]


def rendered(source: str, pieces: Iterable[Piece]) -> Rendered:
    """Return a text with these pieces of it, in order, read."""
    texts: list[str] = []
    parts: list[tuple[int, int, int, bool]] = []
    length = past = 0
    for start, end, read in pieces:
        for text, origin, size, copied in (
            (source[past:start], past, start - past, True),
            (read, start, end - start, False),
        ):
            if text:
                parts.append((length, origin, size, copied))
                texts.append(text)
                length += len(text)
        past = end
    if past < len(source):
        parts.append((length, past, len(source) - past, True))
        texts.append(source[past:])
    return Rendered("".join(texts), tuple(parts))
