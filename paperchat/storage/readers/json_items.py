"""The objects of JSON files: a list, an object that holds one, or one object a line; a broken one stops no other."""

import json
import re
from collections.abc import Iterator
from typing import Any

from paperchat.storage.readers.entry import Fault

Item = dict[str, Any]

HOLDERS = ("items", "data", "papers", "results", "references", "records")
"""Names under which an object has the list of papers."""

MOST_FAULTS = 100
"""Broken objects of a file from which on the rest of it is left."""

_BETWEEN = re.compile(r"[\s,\[\]]{1,10000}")

_HALF = re.compile(r"\\ud[89a-f]", re.IGNORECASE)

_NEXT = re.compile(r"\n[ \t,\[]{0,40}\{")


def items(text: str) -> Iterator[tuple[str, Item] | Fault]:
    """Yield each object of a text with its place there, and a fault for each that cannot be read."""
    decoder, end, line, counted, number, faults = json.JSONDecoder(), 0, 1, 0, 0, 0
    text = text.removeprefix("\ufeff")
    has_halves = _HALF.search(text) is not None
    by_line = not text.lstrip().startswith("[")
    while True:
        while found := _BETWEEN.match(text, end):
            end = found.end()
        if end >= len(text):
            return
        number += 1
        line, counted = line + text.count("\n", counted, end), end
        place = f"line {line}" if by_line else f"item {number}"
        try:
            value, end = decoder.raw_decode(text, end)
            value = paired(value) if has_halves else value
        except (ValueError, RecursionError) as error:
            faults += 1
            yield Fault(place, f"is no JSON ({_why(error)})")
            following = _NEXT.search(text, end)
            if not following or faults >= MOST_FAULTS:
                return
            end = following.end() - 1
            continue
        for own, item in _held(value, place):
            if not faults or "title" in item:  # behind a break, parts of a broken object may look like whole ones
                yield own, item


def paired(value: Any) -> Any:
    """Return what JSON holds with U+FFFD for each half of a character: no file can hold one."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [paired(one) for one in value]
    return {paired(name): paired(one) for name, one in value.items()} if isinstance(value, dict) else value


def _held(value: Any, place: str) -> Iterator[tuple[str, Item]]:
    """Yield an object, or those of the list that it holds."""
    if not isinstance(value, dict):
        return
    held = next((value[name] for name in HOLDERS if isinstance(value.get(name), list)), None)
    if held is None or "title" in value:
        yield place, value
        return
    for number, one in enumerate(held, 1):
        if isinstance(one, dict):
            yield f"item {number}", one


def _why(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg[0].lower()}{error.msg[1:]}, line {error.lineno}"
    return "it is nested too deep" if isinstance(error, RecursionError) else "a number of it is too long"


def words(value: Any) -> str:
    """Return a value as text: the first of a list, a number in digits; what is none of these is empty."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value)


def many(value: Any) -> list[str]:
    """Return the texts of a list, or the one that stands alone."""
    return [words(one) for one in value] if isinstance(value, list) else [words(value)]


def inner(item: Item, *names: str) -> Item:
    """Return the first of these fields that is an object itself, or an empty one."""
    return next((item[name] for name in names if isinstance(item.get(name), dict)), {})


def left(item: Item, used: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the fields that are not used, with their names; what is no text, as JSON."""
    for name, value in item.items():
        if name not in used and value not in (None, "", [], {}):
            yield name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
