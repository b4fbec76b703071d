"""The benchmarks' own arithmetic: how times and sizes compare. Pure functions; rankings: paperchat.metrics."""

import math
from collections.abc import Mapping, Sequence

import numpy as np


def mean(values: Sequence[float | None]) -> float | None:
    """Return the mean of the values that are not None, None when there are none."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def percentile(values: Sequence[float], percent: float) -> float | None:
    """Return the percentile, linearly interpolated between the two nearest values; None without values."""
    return float(np.percentile(values, percent)) if len(values) else None


def ratios(values: Mapping[str, float]) -> dict[str, float]:
    """Return each value as a multiple of the least: 1 for the fastest. Values are greater than 0."""
    least = min(values.values())
    return {name: value / least for name, value in values.items()}


def exponent(small: float, large: float, measured: float, grown: float) -> float | None:
    """Return b of measure = a · size ** b through two points: 0 does not grow, 1 grows in proportion.

    `measured` at size `small`, `grown` at size `large`; None when a point is not greater than 0 or the sizes are equal.
    """
    if min(small, large, measured, grown) <= 0 or small == large:
        return None
    return math.log(grown / measured) / math.log(large / small)
