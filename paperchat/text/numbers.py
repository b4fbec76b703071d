"""Numbers of a sentence in any usual form. Pure functions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from paperchat.text import lexicon

Unit = Literal["", "%", "x"]

_UNITS, _TENS = lexicon.values("numerals", "unit"), lexicon.values("numerals", "ten")

_SCALES, _SUFFIXES = lexicon.values("numerals", "scale"), lexicon.values("numerals", "suffix")

_FACTORS = lexicon.values("numerals", "factor")

_SPELLED = lexicon.one_of([*_UNITS, *_TENS, *_SCALES])

_SCALE_WORD = rf"{lexicon.one_of(_SCALES)}s?"

_UNIT = (
    r"(?P<unit>\s?\\?%(?:\s?-?points?\b)?|[\s-]?per\s?cent(?:age)?(?:[\s-]points?)?\b|\s?pp\b"
    r"|\s?[\u00d7]|\s?(?:\\?times|\$\\times\$)\b|x(?![^\W_])|[\s-]?fold\b)?"
)

_MEASURE = lexicon.any_of("units")

_DIGITS = re.compile(
    rf"""(?<![^\W_])(?<![^\W\d_][-_./'\u2019])(?<![^\W\d_]\d[/-])(?<![\d][.,])(?P<sign>(?<![\w)])[+\u2212-])?~?
    (?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)
    (?P<scale>[\s-]?{_SCALE_WORD}\b|\s?(?:bn|[kKMBT])(?![^\W_]))?{_UNIT}(?:(?={_MEASURE}\b)|(?![^\W_]|[.,]\d))""",
    re.VERBOSE | re.IGNORECASE,
)

_WORDED = re.compile(
    rf"""\b(?:(?P<half>half\s+a(?:n)?|a\s+half|a\s+quarter\s+of\s+a)\s+(?P<halved>{_SCALE_WORD})
    |(?P<spelled>(?:a\s+(?={_SCALE_WORD}\b))?{_SPELLED}s?(?:(?:[\s-]|\s+and\s+(?:a\s+half\b)?\s*){_SPELLED}s?)*))
    \b(?!-(?:shot|order|sum)){_UNIT}""",
    re.VERBOSE | re.IGNORECASE,
)

_NAMED = re.compile(r"(?<!^)(?<![.!?:]\s)\b[A-Z][^\W_]*\s$")

_FACTOR = re.compile(rf"\b{lexicon.one_of(_FACTORS)}\b", re.IGNORECASE)

_ABOUT = lexicon.any_of("rough").replace(" ", r"\s+")

_FACTOR_OF = re.compile(rf"\bfactors?\s+of\s+(?:{_ABOUT}\s+)*$", re.IGNORECASE)

_LINK = re.compile(r"^\s*(?:(?:,\s*)?(?:and|or)|[,/\u2013-]|to)\s*$", re.IGNORECASE)

_PARTS = re.compile(r"[\s-]+")

_MULTIPLE = re.compile(r"\s{0,20}(?:times|x\b)", re.IGNORECASE)

_ROUGH = re.compile(rf"\b(?:{_ABOUT}|~)\s*$", re.IGNORECASE)

_REACH = 100
"""Characters before a number that are looked at."""

TOLERANCE = 0.05
"""How far a number called rough ("about", "over") may be from the one it stands for, as a share of it."""

VAGUE = 3
"""Whole numbers up to this, written as a word, often count what the evidence only lists ("both", "two stages")."""

FIRST_YEAR, LAST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a text: `text[start:end]`, its value in plain units (10k is 10000), and percent, multiple or neither.

    `rough` says that the text does not give it as exact; `vague` that it is a small count in words.
    """

    start: int
    end: int
    value: float
    unit: Unit = ""
    rough: bool = False
    vague: bool = False


@lru_cache(maxsize=1024)  # a claim is held against many sentences, and these against many claims
def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the numbers of a text in order; digits inside a name (ResNet-50, 3D, GPT-4) are not numbers."""
    found = [*_from_digits(text), *_from_words(text)]
    found += [Quantity(m.start(), m.end(), _FACTORS[m[0].lower()], "x") for m in _FACTOR.finditer(text)]
    ordered: list[Quantity] = []
    for quantity in sorted(found, key=lambda q: (q.start, -q.end)):
        if not ordered or quantity.start >= ordered[-1].end:
            ordered.append(_qualified(text, quantity))
    return _shared_units(text, ordered)


def same_value(claimed: Quantity, stated: Quantity) -> bool:
    """Tell whether two numbers say the same: equal values, units that do not exclude each other, rough ones near."""
    if not compatible(claimed, stated):
        return False
    if {claimed.unit, stated.unit} == {"x"} and _near(claimed.value * stated.value, 1, 1e-6):
        return True  # "half the cost" is "2x cheaper"
    return _near(claimed.value, stated.value, TOLERANCE if claimed.rough else 1e-6)


def compatible(first: Quantity, second: Quantity) -> bool:
    """Tell whether two numbers could measure the same thing: a percentage is never a multiple."""
    return first.unit == second.unit or "" in (first.unit, second.unit)


def _near(first: float, second: float, share: float) -> bool:
    return abs(first - second) <= share * max(abs(first), abs(second))


def _from_digits(text: str) -> list[Quantity]:
    found = []
    for match in _DIGITS.finditer(text):
        named = _ends_with(_NAMED, text, match.start()) or text.startswith(")", match.end())
        if named and match[0].isdigit() and len(match[0]) == 1:
            continue  # "Type 1", "(1) faster, (2) smaller"
        scale = (match["scale"] or "").strip(" -").lower().rstrip("s")
        value = float(match["number"].replace(",", "")) * (_SCALES.get(scale) or _SUFFIXES.get(scale) or 1.0)
        found.append(Quantity(match.start(), match.end(), value, _unit(match["unit"])))
    return found


def _from_words(text: str) -> list[Quantity]:
    found = []
    for match in _WORDED.finditer(text):
        unit = _unit(match["unit"])
        if match["half"]:
            share = 0.25 if "quarter" in match["half"].lower() else 0.5
            value = share * _SCALES[match["halved"].lower().rstrip("s")]
        elif match["spelled"].lower().startswith("ones"):
            continue  # "ones" is a pronoun
        else:
            value = _spelled(match["spelled"].lower())
            if value == 1 and not unit:
                continue  # "one" is mostly no number
        small = value <= VAGUE and not unit
        found.append(Quantity(match.start(), match.end(), value, unit, vague=small))
    return found


def _spelled(phrase: str) -> float:
    """Return the value of a number in words: "two and a half million" is 2500000."""
    total, part = 0.0, 0.0
    for word in _PARTS.split(phrase):
        single = word if word in _UNITS or word in _TENS or word in _SCALES else word.rstrip("s")
        if word == "half":
            part += 0.5
        elif single == "hundred":
            part = (part or 1) * 100
        elif single in _SCALES:
            total, part = total + (part or 1) * _SCALES[single], 0
        else:
            part += _UNITS.get(single, 0) + _TENS.get(single, 0)
    return total + part


def _unit(found: str | None) -> Unit:
    unit = (found or "").strip(" -").lower()
    if not unit:
        return ""
    return "%" if unit.lstrip("\\").startswith(("%", "per", "pp")) else "x"


def _qualified(text: str, quantity: Quantity) -> Quantity:
    unit = quantity.unit
    if not unit and (_ends_with(_FACTOR_OF, text, quantity.start) or _MULTIPLE.match(text, quantity.end)):
        unit = "x"
    rough = _ends_with(_ROUGH, text, quantity.start)
    return replace(quantity, unit=unit, rough=rough, vague=quantity.vague and not unit)


def _ends_with(pattern: re.Pattern[str], text: str, end: int) -> bool:
    """Tell whether a pattern that ends in "$" is found in the last characters of a text up to a place."""
    return pattern.search(text, max(0, end - _REACH), end) is not None


def _shared_units(text: str, ordered: list[Quantity]) -> tuple[Quantity, ...]:
    """Give the unit of a list's or range's last number to those before it: "2.4, 9.0 and 12.6 percent"."""
    for index in range(len(ordered) - 2, -1, -1):
        here, after = ordered[index], ordered[index + 1]
        if not here.unit and not is_year(here) and after.unit and _LINK.match(text[here.end : after.start]):
            ordered[index] = replace(here, unit=after.unit)
    return tuple(ordered)


def is_year(quantity: Quantity) -> bool:
    """Tell whether a number looks like a year of the calendar."""
    return not quantity.unit and quantity.value.is_integer() and FIRST_YEAR <= quantity.value < LAST_YEAR


def covers(claimed: Quantity, stated: Sequence[Quantity]) -> bool:
    """Tell whether a number is among those stated, or is the sum of two whole ones ("66 tasks": 50 and 16)."""
    if any(same_value(claimed, quantity) for quantity in stated):
        return True
    if claimed.unit:
        return False
    whole = sorted(q.value for q in stated if not q.unit and q.value.is_integer() and q.value > 0)
    low, high = 0, len(whole) - 1
    while low < high:
        total = whole[low] + whole[high]
        if _near(total, claimed.value, 1e-6):
            return True
        low, high = (low + 1, high) if total < claimed.value else (low, high - 1)
    return False


def has_figure(text: str) -> bool:
    """Tell whether a text states a number, and not just that something is "close to zero"."""
    return any(number.value for number in quantities(text))


def has_digits(text: str) -> bool:
    """Tell whether a text states a number in digits: what is measured is written so, "two views" is not measured."""
    return any(number.value and text[number.start].isdigit() for number in quantities(text))


_WRITTEN = re.compile(r"(?<![\w.])(?<![A-Za-z]-)(?:\d+(?:\.\d+)*|\.\d+)(?!\d|D\b)")

_SEPARATOR = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


def without_separators(text: str) -> str:
    """Return a text whose numbers are without the commas between thousands."""
    return _SEPARATOR.sub("", text)


def written(text: str) -> list[str]:
    """Return the numbers of a text as their digits stand there; 1.2.3 is one, a version.

    Answers are measured by these, and not by `quantities`: a measure that reads as the checker does would not see where
    both are wrong, and what was measured before could not be compared.
    """
    return _WRITTEN.findall(without_separators(text))
