"""Files of lines that begin with a tag: cut into records, each read by rispy, so that none swallows another."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

_LINE_END = re.compile(r"\r\n?|\n")

MOST_LINES = 20_000
"""Lines of a record that are read."""

LONGEST = 100_000
"""Characters from which on a value takes no further lines."""


@dataclass(frozen=True, slots=True)
class Record:
    """What a record has under each tag, in its order, and the line (from 1) on which it begins."""

    line: int
    tags: dict[str, list[str]]

    def first(self, *tags: str) -> str:
        """Return the first value of the first of these tags that has one."""
        return next((value for tag in tags for value in self.tags.get(tag, ()) if value), "")

    def all(self, *tags: str) -> list[str]:
        """Return the values of these tags, tag by tag."""
        return [value for tag in tags for value in self.tags.get(tag, ()) if value]


def records(text: str, start: re.Pattern[str], tag: re.Pattern[str]) -> Iterator[Record]:
    """Yield the records of a text.

    A line that matches `start` begins one, whether the one before was ended or not. `tag` matches what a line begins
    with that has one; any other goes on with the line before.
    """
    own, first = list[str](), 1
    for number, line in enumerate(_LINE_END.split(text), 1):
        if start.match(line):
            if own:
                yield _record(own, first, tag)
            own, first = [line], number
        elif not own or not line.strip() or len(own) >= MOST_LINES:
            continue
        elif tag.match(line):
            own.append(line)
        else:
            own[-1] = f"{own[-1]} {line.strip()}" if len(own[-1]) < LONGEST else own[-1]
    if own:
        yield _record(own, first, tag)


def _record(lines: Sequence[str], first: int, tag: re.Pattern[str]) -> Record:
    (found,) = _parser(tag).parse_lines(iter([*lines, "ER  - "]))[:1]
    return Record(first, found)


@cache
def _parser(tag: re.Pattern[str]) -> Any:
    from rispy import RisParser

    class Parser(RisParser):  # type: ignore[misc]  # rispy has no types
        def parse_line(self, line: str) -> tuple[str | None, str]:
            found = tag.match(line)
            return (found[1].strip(), line[found.end() :].strip()) if found else (None, line.strip())

        def _iter_till_start(self, lines: Iterator[str]) -> dict[str, list[str]]:
            name, content = self.parse_line(next(lines))
            return {str(name): [content]}

    every = _Every()
    return Parser(mapping=every, list_tags=every, delimiter_tags_mapping={})


class _Every(dict[str, str]):
    """Every tag, by its own name."""

    def __missing__(self, key: str) -> str:
        """Return the tag."""
        return key

    def __contains__(self, key: object) -> bool:
        """Tell that it is one."""
        return True
