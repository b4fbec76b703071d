"""The unit of measure behind a number, in base units, and the bound before it. Pure functions."""

import re
from dataclasses import dataclass
from typing import Literal

from paperchat.text import lexicon

Bound = Literal["", "below", "above", "start", "end"]
"""What a number is but its value: a bound from above or below, or the start or end of "from 2 to 6"."""

_UNITS = {unit: (float(factor), kind) for unit, factor, kind in lexicon.rows("measured", 3)}

GLUED = frozenset(unit for unit in _UNITS if len(unit) > 1 or unit == "h")
"""Units that may stand right behind the digits: "5mg", "4300h", but "3D" and "5G" are names."""

_ONE = lexicon.one_of(map(re.escape, _UNITS))

_BEHIND = re.compile(rf"[\s-]?(?P<unit>{_ONE})(?![^\W_])(?:(?:/|\s?per\s)(?P<per>{_ONE})(?![^\W_]))?")

_BOUNDS: dict[str, Bound] = {
    **{words: bound for bound in ("below", "above", "start", "end") for words in lexicon.words(f"bounds.{bound}")},
    "<": "below", "\u2264": "below", ">": "above", "\u2265": "above",
}  # fmt: skip

_BEFORE = re.compile(
    rf"(?:(?P<led>\b\w{{1,20}})\s)??(?<![^\W_])(?P<bound>{lexicon.one_of(map(re.escape, _BOUNDS))})\s{{0,3}}$",
    re.IGNORECASE,
)

_NO_END = lexicon.words("bounds.not_end")

_REACH = 40
"""Characters before a number that are looked at."""

_MICRO = str.maketrans("\u03bc", "\u00b5")


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit of measure: what it measures ("mass", "mass per volume"), how many base units it is, where it ends."""

    kind: str
    factor: float
    end: int


def measure_behind(text: str, place: int) -> Measure | None:
    """Return the unit that stands right behind a number which ends at this place; "1990s" has none."""
    found = _BEHIND.match(text.translate(_MICRO), place)
    if not found or (found["unit"] == "s" and found.start("unit") == place and text[place - 1] == "0"):
        return None
    factor, kind = _UNITS[found["unit"]]
    if not found["per"]:
        return Measure(kind, factor, found.end())
    divisor, of = _UNITS[found["per"]]
    return Measure(f"{kind} per {of}", factor / divisor, found.end())


def bound_before(text: str, place: int) -> Bound:
    """Return what the words right before a number make of it; "compared to 7" is no end of a range."""
    found = _BEFORE.search(text, max(0, place - _REACH), place)
    if not found:
        return ""
    bound = _BOUNDS[found["bound"].lower()]
    led = (found["led"] or "").lower()
    return "" if bound == "end" and (led in _NO_END or led.isdigit()) else bound


def opposed(first: Bound, second: Bound) -> bool:
    """Tell whether two bounds exclude each other: above and below, start and end."""
    return {first, second} in ({"above", "below"}, {"start", "end"})
