"""Which lines of a listing page are titles, and which are paragraphs of the abstract above them. Pure functions."""

import re
from collections.abc import Iterator, Sequence

from paperchat.text import lexicon

Line = tuple[int, str]
"""A line of a page and its number."""

SHORTEST_ABSTRACT = 80
"""Characters; a longer line that ends no sentence may still be a title."""

PROSE = 200
"""Characters from which on a line of several sentences is no title."""

_NAMES = lexicon.any_of("section_labels")

_LABELLED = re.compile(
    rf"\s{{0,20}}(?:(?i:{_NAMES})\s?:|{_NAMES.upper()}(?:\s?[.:\u2014]|\s-\s|\s?\Z|\s(?=[A-Z][a-z]))|\[(?i:{_NAMES})\])"
)
"""What a paragraph of an abstract begins with: "METHODS: We"."""

_SENTENCE_END = re.compile(r"[a-z\d)%][.!?]\s{1,3}[A-Z\"(]")

_STOPS = (".", "!", "?", "\u3002", "\uff01", "\uff1f", "\u0964", "\u06d4", "\u061f")


def parted(lines: Sequence[Line]) -> Iterator[tuple[Line, tuple[Line, ...]]]:
    """Yield each title of a page with the paragraphs of its abstract; none where it has none."""
    place = 0
    while place < len(lines):
        title, place = lines[place], place + 1
        end = min(place + 1, len(lines))
        while end < len(lines) and _goes_on(lines, end):
            end += 1
        yield title, tuple(lines[place:end])
        place = end


def is_whole(abstract: str) -> bool:
    """Tell whether a line may be an abstract: it is long, or ends a sentence."""
    return len(abstract) >= SHORTEST_ABSTRACT or abstract.rstrip().endswith(_STOPS)


def _goes_on(lines: Sequence[Line], place: int) -> bool:
    """Tell whether a line goes on with the abstract above it and is no title.

    It has a label, is several sentences, or ends in a stop where the line below it can be no abstract of it.
    """
    line = lines[place][1].strip()
    above = lines[place - 1][1].strip()
    if _LABELLED.match(line) or _LABELLED.fullmatch(above):
        return True
    if not is_whole(above) or not line.endswith(_STOPS) or len(line) < SHORTEST_ABSTRACT:
        return False
    if len(line) >= PROSE and _SENTENCE_END.search(line):
        return True
    return place + 1 == len(lines) or not is_whole(lines[place + 1][1])
