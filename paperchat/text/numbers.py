"""Numbers of a sentence in any usual form. Pure functions."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from paperchat.text import lexicon
from paperchat.text.units import GLUED, Bound, bound_before, measure_behind

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

_MEASURE = lexicon.one_of(map(re.escape, GLUED))

_DIGITS = re.compile(
    rf"""(?<![^\W_])(?<![^\W\d_][-_./'\u2019])(?<![^\W\d_]\d[/-])(?<![\d][.,])(?P<sign>(?<![\w)])[+\u2212-])?~?
    (?P<number>\d{{1,3}}(?:[,\u00a0\u2009\u202f\ ]\d{{3}})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?|(?<![\d)\]])\.\d+)
    (?P<scale>[\s-]?{_SCALE_WORD}\b|(?-i:\s?(?:bn|[kKMBT]))(?![^\W_]))?{_UNIT}(?:(?={_MEASURE}\b)|(?![^\W_]|[.,]\d))""",
    re.VERBOSE | re.IGNORECASE,
)

_POWER = re.compile(
    r"(?<![\w.])(?P<sign>[+\u2212-])?(?:(?P<times>\d+(?:\.\d+)?)\s?[\u00d7x*\u00b7]\s?)?"
    r"10(?:\^\{?(?P<power>[\u2212-]?\d{1,3})\}?"
    r"|(?P<raised>\u207b?[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]{1,3}))"
    r"|(?<![\w.])(?P<mantissa>\d+(?:\.\d+)?)[eE](?P<exponent>[+\u2212-]?\d{1,3})(?![\w.]\d)"
)

_RAISED = str.maketrans("\u207b\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u2212", "-0123456789-")

_SPACES = str.maketrans("", "", ",\u00a0\u2009\u202f ")

_WORDED = re.compile(
    rf"""\b(?:(?P<half>half\s+a(?:n)?|a\s+half|a\s+quarter\s+of\s+a)\s+(?P<halved>{_SCALE_WORD})
    |(?P<spelled>(?:a\s+(?={_SCALE_WORD}\b))?{_SPELLED}s?(?:(?:[\s-]|\s+and\s+a\s+half\s+|(?<=hundred)\s+and\s+|(?<=thousand)\s+and\s+){_SPELLED}s?|\s+and\s+a\s+half\b)*))
    \b(?!-(?:shot|order|sum)){_UNIT}""",
    re.VERBOSE | re.IGNORECASE,
)

_NAMED = re.compile(r"(?<!^)(?<![.!?:]\s)\b[A-Z][^\W_]*\s$")

_FACTOR = re.compile(rf"\b{lexicon.one_of(_FACTORS)}\b", re.IGNORECASE)

_ABOUT = lexicon.any_of("rough").replace(" ", r"\s+")

_FACTOR_OF = re.compile(rf"\bfactors?\s+of\s+(?:{_ABOUT}\s+)*$", re.IGNORECASE)

_LINK = re.compile(r"^\s*(?:(?:,\s*)?(?:and|or)|[,/\u2013\u00b1-]|to)\s*$", re.IGNORECASE)

_TO = re.compile(r"^\s*(?:\S+\s+){0,3}to\s+(?:\S+\s+){0,1}$", re.IGNORECASE)

_SHARE_OF = re.compile(
    rf"\s{{1,3}}(?:\w{{1,20}}\s{{1,3}}){{0,2}}(?:in|of|out\s{{1,3}}of)\s{{1,3}}(?:every\s{{1,3}})?{_SPELLED}\b"
    r"|[\s-]{1,3}(?:tenth|third|quarter|fifth|sixth|seventh|eighth|ninth|half|halve)s?\b",
    re.IGNORECASE,
)

_SHARE_BEFORE = re.compile(
    rf"\b(?:a|{_SPELLED})\s{{1,3}}(?:\w{{1,20}}\s{{1,3}}){{0,2}}(?:in|out\s{{1,3}}of)\s{{1,3}}(?:every\s{{1,3}})?$",
    re.IGNORECASE,
)

_PARTS = re.compile(r"[\s-]+")

_MULTIPLE = re.compile(r"\s{0,20}(?:times|x\b)", re.IGNORECASE)

_ROUGH = re.compile(rf"\b(?:{_ABOUT}|~)\s*$", re.IGNORECASE)

_REACH = 100
"""Characters before a number that are looked at."""

VAGUE = 3
"""Whole numbers up to this, written as a word, often count what the evidence only lists ("both", "two stages")."""

HIGHEST = 100
"""Highest power of ten that is read."""

FIRST_YEAR, LAST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a text: `text[start:end]`, its value in plain units (10k is 10000), and percent, multiple or neither.

    `rough` says that the text does not give it as exact; `vague` that it is a small count in words, or a part of a
    share ("one in five"). `measure` is what its unit measures ("mass"; "" without a unit), `base` the value in base
    units, `until` where the unit ends; `bound` whether it is one from above or below, or an end of a range.
    """

    start: int
    end: int
    value: float
    unit: Unit = ""
    rough: bool = False
    vague: bool = False
    measure: str = ""
    base: float = 0.0
    until: int = 0
    bound: Bound = ""


@lru_cache(maxsize=1024)  # a claim is held against many sentences, and these against many claims
def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the numbers of a text in order; digits inside a name (ResNet-50, 3D, GPT-4) are not numbers."""
    found = [*_from_powers(text), *_from_digits(text), *_from_words(text)]
    found += [Quantity(m.start(), m.end(), _FACTORS[m[0].lower()], "x") for m in _FACTOR.finditer(text)]
    ordered: list[Quantity] = []
    for quantity in sorted(found, key=lambda q: (q.start, -q.end)):
        if not ordered or quantity.start >= ordered[-1].end:
            ordered.append(_qualified(text, quantity))
    return _shared_units(text, ordered)


def _from_digits(text: str) -> list[Quantity]:
    found = []
    for match in _DIGITS.finditer(text):
        named = _ends_with(_NAMED, text, match.start()) or text.startswith(")", match.end())
        if named and match[0].isdigit() and len(match[0]) == 1:
            continue  # "Type 1", "(1) faster, (2) smaller"
        scale = (match["scale"] or "").strip(" -").lower().rstrip("s")
        value = float(match["number"].translate(_SPACES)) * (_SCALES.get(scale) or _SUFFIXES.get(scale) or 1.0)
        found.append(Quantity(match.start(), match.end(), value, _unit(match["unit"])))
    return found


def _from_powers(text: str) -> list[Quantity]:
    """Return the numbers in powers of ten: 10^8, 1.5e-3, five times ten to the third."""
    found = []
    for match in _POWER.finditer(text):
        times = float(match["times"] or match["mantissa"] or 1)
        power = int((match["power"] or match["raised"] or match["exponent"]).translate(_RAISED))
        if abs(power) <= HIGHEST:
            found.append(Quantity(match.start(), match.end(), times * 10.0**power))
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
        small = not unit and (value <= VAGUE or _is_share(text, match.start(), match.end()))
        found.append(Quantity(match.start(), match.end(), value, unit, vague=small))
    return found


def _is_share(text: str, start: int, end: int) -> bool:
    """Tell whether a number in words is a part of a share: "one in five", "nine tenths"."""
    return bool(_SHARE_OF.match(text, end)) or _ends_with(_SHARE_BEFORE, text, start)


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
    quantity = replace(quantity, unit=unit, rough=rough, vague=quantity.vague and not unit, until=quantity.end)
    bound = bound_before(text, quantity.start)
    quantity = replace(quantity, bound=bound)
    measure = None if unit else measure_behind(text, quantity.end)
    if measure is None:
        return quantity
    base = quantity.value * measure.factor
    return replace(quantity, measure=measure.kind, base=base, until=measure.end, vague=False)


def _ends_with(pattern: re.Pattern[str], text: str, end: int) -> bool:
    """Tell whether a pattern that ends in "$" is found in the last characters of a text up to a place."""
    return pattern.search(text, max(0, end - _REACH), end) is not None


def _shared_units(text: str, ordered: list[Quantity]) -> tuple[Quantity, ...]:
    """Give the unit of a list's or range's last number to those before it: "2.4, 9.0 and 12.6 percent".

    "From" begins a range only where "to" ends it.
    """
    for index in range(len(ordered) - 2, -1, -1):
        here, after = ordered[index], ordered[index + 1]
        bare = not here.unit and not here.measure and not is_year(here)
        if bare and (after.unit or after.measure) and _LINK.match(text[here.end : after.start]):
            scaled = here.value * (after.base / after.value if after.value else 0.0)
            ordered[index] = replace(here, unit=after.unit, measure=after.measure, base=scaled)
    for index in range(len(ordered) - 1):
        here, after = ordered[index], ordered[index + 1]
        if here.bound == "start":
            ranged = _TO.match(text[here.until : after.start])
            ordered[index] = replace(here, bound="start" if ranged else "")
            ordered[index + 1] = replace(after, bound="end") if ranged else after
    if ordered and ordered[-1].bound == "start":
        ordered[-1] = replace(ordered[-1], bound="")
    return tuple(ordered)


def is_year(quantity: Quantity) -> bool:
    """Tell whether a number looks like a year of the calendar."""
    return not quantity.unit and quantity.value.is_integer() and FIRST_YEAR <= quantity.value < LAST_YEAR


def has_figure(text: str) -> bool:
    """Tell whether a text states a number, and not just that something is "close to zero"."""
    return any(number.value for number in quantities(text))


def has_digits(text: str) -> bool:
    """Tell whether a text states a number in digits: what is measured is written so, "two views" is not measured."""
    return any(number.value and text[number.start].isdigit() for number in quantities(text))


_ORDER = re.compile(r"(?<!\w)[O\u0398\u03a9]\s?\((?P<of>[^()\n]{1,40}(?:\([^()\n]{1,20}\)[^()\n]{0,20})?)\)")

_PLAIN = str.maketrans(
    {" ": None, "^": None, "{": None, "}": None, "$": None, "\\": None, "\u00b2": "2", "\u00b3": "3"}
)


def orders(text: str) -> list[tuple[int, int, str]]:
    """Return (start, end, order) of each order of growth in a text, as "O(n log n)", spaces and signs set aside."""
    return [(found.start(), found.end(), found["of"].lower().translate(_PLAIN)) for found in _ORDER.finditer(text)]


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
