"""Texts made to hold a regular expression, from its own parts: what it may begin and go on with, then what it cannot.

Read from the tree that `re` itself parses a pattern to. A text is a head, a pump said over and over, and a tail.
"""

import re
import string
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

if sys.version_info >= (3, 11):
    from re import _parser as parser  # type: ignore[attr-defined]  # in no stub
else:
    import sre_parse as parser  # its name until 3.11

NEVER = "\0"
"""A character that no pattern of the package takes but by "anything"."""

USUAL = (
    *(
        " ",
        "\n",
        "1",
        "a",
        "A",
        ",",
        ".",
        "-",
        "!",
        "a ",
        "(",
        "[",
        "$",
        "\\",
        "é",
        "Aa ",
        "1,",
        "1, ",
        "a,",
        "a, ",
        "a-",
    ),
    *("A-", "1.", "a.", "a1", "aA", "A1", "[1]", " ,", " (", "{", "“", '"', "1 ", "and ", "\n ", "the "),
)
"""Pumps for every pattern."""

MOST_SAMPLES = 12
MOST_HEADS = 9
MOST_PUMPS = 100
_ALPHABET = dict.fromkeys(
    "aA1 ,.-_('\n"
    + string.ascii_letters
    + string.digits
    + string.punctuation
    + "éÉ«»¿¡\u2013\u2014\u2212\u2018\u2019“”\u00d7一"
)
_CATEGORIES: dict[str, Callable[[str], bool]] = {
    "DIGIT": lambda c: unicodedata.category(c) == "Nd",
    "SPACE": str.isspace,
    "WORD": lambda c: c.isalnum() or c == "_",
}
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")


@dataclass(frozen=True, slots=True)
class Attack:
    """A text of any length: a head, a pump said over and over, and a tail."""

    head: str
    pump: str
    tail: str

    def text(self, size: int) -> str:
        """Return about this many characters."""
        return self.head + self.pump * ((size - len(self.head) - len(self.tail)) // len(self.pump)) + self.tail


def attacks(pattern: re.Pattern[str]) -> list[Attack]:
    """Return the texts that are tried on a pattern."""
    tree = list(parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG))
    heads = list(dict.fromkeys(("", *islice(_heads(tree), MOST_HEADS * 4))))
    pumps = list(dict.fromkeys(pump for pump in (*_pumps(tree), *(h for h in heads if h), *USUAL) if pump))
    letters = [pump for pump in pumps if len(pump) == 1][:10]
    pumps += [pump for pump in map("".join, product(letters, letters)) if pump not in pumps]
    tails = list(dict.fromkeys((NEVER, "", "a", *islice(_refused(tree), 2))))
    kept, few = pumps[:MOST_PUMPS], heads[:MOST_HEADS]
    made = [Attack("", pump, tail) for pump in kept for tail in tails]
    for head in filter(None, few):
        made += [Attack(head, pump, tail) for pump in (*kept[:8], *USUAL[:11]) for tail in (NEVER, "a")]
    return list(dict.fromkeys(made))


def _samples(tree: Iterable[Any]) -> list[str]:
    """Return texts that a sequence may match: the first of each part, then with each other way of one part."""
    parts = [_ways(op, value) for op, value in tree]
    plain = [ways[0] for ways in parts]
    found = ["".join(plain)]
    for place, ways in enumerate(parts):
        found += ["".join((*plain[:place], way, *plain[place + 1 :])) for way in ways[1:]]
    return list(dict.fromkeys(found))[:MOST_SAMPLES]


def _ways(op: Any, value: Any) -> list[str]:  # noqa: PLR0911 -- one way out for each kind of part
    name = str(op)
    if name == "LITERAL":
        return [chr(value)]
    if name in ("NOT_LITERAL", "ANY", "IN", "CATEGORY"):
        return _characters(name, value)
    if name == "BRANCH":
        columns = [_samples(branch) for branch in value[1]]
        return list(
            dict.fromkeys([column[0] for column in columns] + [way for column in columns for way in column[1:]])
        )
    if name in _REPEATS:
        least, _, body = value
        said = [way * max(least, 1) for way in _samples(body)]
        return [*said, ""] if least == 0 else said
    if name == "SUBPATTERN":
        return _samples(value[3])
    if name == "ATOMIC_GROUP":
        return _samples(value)
    return [""]  # what stands at a place, looks ahead or behind takes nothing


def _characters(name: str, value: Any) -> list[str]:
    if name == "ANY":
        return ["a", " ", "1", ","]
    if name == "NOT_LITERAL":
        taken: Callable[[str], bool] = lambda c: ord(c) != value  # noqa: E731
    else:
        items = value if name == "IN" else [(name, value)]
        negated = any(str(op) == "NEGATE" for op, _ in items)
        taken = lambda c: any(_is_in(c, str(op), item) for op, item in items) != negated  # noqa: E731
    found = [character for character in _ALPHABET if taken(character)]
    return found[:4] + found[-1:] or ["a"]


def _is_in(character: str, name: str, item: Any) -> bool:
    if name == "LITERAL":
        return bool(ord(character) == item)
    if name == "RANGE":
        return bool(item[0] <= ord(character) <= item[1])
    if name == "CATEGORY":
        _, _, kind = str(item).rpartition("_")
        return _CATEGORIES[kind](character) != ("_NOT_" in str(item))
    return False


def _inner(op: Any, value: Any) -> list[Any]:
    """Return the sequences inside a part."""
    name = str(op)
    if name == "BRANCH":
        return list(value[1])
    if name in _REPEATS:
        return [value[2]]
    if name == "SUBPATTERN":
        return [value[3]]
    if name in ("ASSERT", "ASSERT_NOT"):
        return [value[1]]
    return [value] if name == "ATOMIC_GROUP" else []


def _heads(tree: Iterable[Any], before: str = "") -> Iterator[str]:
    """Yield what may stand before each part of a pattern that repeats."""
    tree = list(tree)
    for place, (op, value) in enumerate(tree):
        if str(op) in _REPEATS:
            yield before
            for body in _samples(value[2])[:2]:
                yield before + body
        for inner in _inner(op, value):
            yield from _heads(inner, before)
        before += _samples(tree[place : place + 1])[0]
    yield before


def _pumps(tree: Iterable[Any]) -> Iterator[str]:
    """Yield what each repeat of a pattern repeats, with what stands beside it, then the pattern's own texts."""
    tree = list(tree)
    for place, (op, value) in enumerate(tree):
        if str(op) in _REPEATS:
            around = [_samples(tree[place + 1 : place + 2])[0], _samples(tree[max(place - 1, 0) : place])[0]]
            for body in _samples(value[2]):
                yield body
                yield from (body + beside for beside in around)
        for inner in _inner(op, value):
            yield from _pumps(inner)
    yield from _samples(tree)


def _refused(tree: Iterable[Any]) -> Iterator[str]:
    """Yield what a pattern must not be followed by, or stand before."""
    for op, value in tree:
        if str(op) == "ASSERT_NOT":
            yield from _samples(value[1])
        for inner in _inner(op, value):
            yield from _refused(inner)
