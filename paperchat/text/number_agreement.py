"""Whether a number bears out another: the same value in any unit, or what follows from two by arithmetic. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import permutations

from paperchat.text.numbers import Quantity
from paperchat.text.units import opposed

EQUAL = 0.005
"""How far values in different units may be from each other, as a share: 12 months are a year."""

TOLERANCE, BOUNDED = 0.05, 0.25
"""How far a number called rough ("about") may be from what it stands for, and one that is a bound ("over", "under")."""

DERIVED = 0.02
"""How far what follows from two numbers may be from a claimed one at most: EQUAL, or what rounding takes away."""

WHOLE = 100
"""Percent."""

_FEW = 12
"""Numbers of a sentence of which what follows is worked out."""


def same_value(claimed: Quantity, stated: Quantity) -> bool:
    """Tell whether two numbers say the same: equal values, units that do not exclude each other, rough ones near."""
    if not compatible(claimed, stated):
        return False
    if {claimed.unit, stated.unit} == {"x"} and _near(claimed.value * stated.value, 1, 1e-6):
        return True  # "half the cost" is "2x cheaper"
    if claimed.measure and claimed.measure == stated.measure:
        return _bears(claimed, claimed.base, stated.base, EQUAL)
    if claimed.unit != stated.unit and "x" not in (claimed.unit, stated.unit):
        first, second = (one.value * (0.01 if one.unit == "%" else 1) for one in (claimed, stated))
        if max(first, second) <= 1 and _near(first, second, EQUAL):
            return True  # ".89" is "89%"
    return _bears(claimed, claimed.value, stated.value, 1e-6)


def compatible(first: Quantity, second: Quantity) -> bool:
    """Tell whether two numbers could measure the same thing: a percentage is never a multiple, a mass never a time."""
    rate, plain = sorted((first.measure, second.measure), key=len, reverse=True)
    measured = rate == plain or not plain or rate.startswith(f"{plain} per ")  # "5 MJ a day" is "5 MJ/day"
    return measured and (first.unit == second.unit or "" in (first.unit, second.unit))


def _near(first: float, second: float, share: float) -> bool:
    return abs(first - second) <= share * max(abs(first), abs(second))


def _bears(claimed: Quantity, value: float, found: float, exact: float) -> bool:
    """Tell whether a value that was found bears out a claimed one, rough and bounded as that is."""
    if _near(value, found, max(exact, TOLERANCE if claimed.rough else 0)):
        return True
    if claimed.bound == "above":
        return value < found and _near(value, found, BOUNDED)
    return claimed.bound == "below" and found < value and _near(value, found, BOUNDED)


def covers(claimed: Quantity, rows: Sequence[Sequence[Quantity]]) -> bool:
    """Tell whether a number is among those stated, a row a sentence, or follows from two of one sentence.

    A sum, a difference ("12 minutes less"), a ratio ("tripled"), a change in percent, a percentage of a count.
    """
    if any(same_value(claimed, stated) for row in rows for stated in row):
        return True
    value = claimed.base if claimed.measure else claimed.value
    exact = min(DERIVED, max(EQUAL, _rounded(value)))
    return any(_bears(claimed, value, found, exact) for row in rows for found in _derived(claimed, row[:_FEW]))


def _rounded(value: float) -> float:
    """Return how far a number may be from what it was rounded from, as a share: half of its last digit but zeros."""
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return 0.5 * 10.0**exponent / abs(value) if value and isinstance(exponent, int) else 0.0


def _derived(claimed: Quantity, row: Sequence[Quantity]) -> Iterator[float]:
    """Yield what follows from two numbers of a sentence that could be the claimed one."""
    for first, second in permutations(row, 2):
        one, other = (q.base if q.measure else q.value for q in (first, second))
        alike = first.unit == second.unit and first.measure == second.measure
        if alike and claimed.unit == "x" and other:
            yield one / other
        elif alike and claimed.unit == "%" and other > one:
            yield 100 * (other - one) / other
            yield 100 * (other - one) / one if one else 0.0
        if alike and other > one and claimed.unit == first.unit and claimed.measure in (first.measure, ""):
            yield other - one
        if alike and not claimed.unit and claimed.measure == first.measure and not first.unit:
            yield one + other
        counted = not (second.unit or second.measure or claimed.unit or claimed.measure)
        if first.unit == "%" and counted and one <= WHOLE:
            yield one * other / 100


def turned_bound(claimed: Quantity, stated: Sequence[Quantity]) -> Quantity | None:
    """Return the stated number of the same value where each that is stated is the opposite bound, or None."""
    exactly = replace(claimed, rough=False, bound="")
    same = [quantity for quantity in stated if same_value(exactly, quantity)]
    return same[0] if same and all(opposed(claimed.bound, quantity.bound) for quantity in same) else None
