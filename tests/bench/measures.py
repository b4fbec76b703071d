"""The benchmarks' own arithmetic: measures of a ranking, and how times and sizes compare. Pure functions."""

import math
from collections.abc import Collection, Mapping, Sequence

import numpy as np


def recall_at(k: int, gold: Collection[str], retrieved: Sequence[str]) -> float | None:
    """Return |gold ∩ first k| / |gold|; its mean over queries is the macro average. None without gold.

    LitSearch's definition (Ajith et al. 2024, arXiv:2407.18940).
    """
    return len(set(gold) & set(retrieved[:k])) / len(set(gold)) if gold else None


def ndcg_at(k: int, gold: Collection[str], retrieved: Sequence[str]) -> float | None:
    """Return nDCG@k with gains of 0 or 1 and the discount log2(rank + 1). None without gold.

    Järvelin and Kekäläinen 2002, doi:10.1145/582415.582418; both sets have no other grade than 1.
    """
    wanted = set(gold)
    if not wanted:
        return None
    found = sum(1 / math.log2(rank + 1) for rank, key in enumerate(retrieved[:k], 1) if key in wanted)
    return found / sum(1 / math.log2(rank + 1) for rank in range(1, min(k, len(wanted)) + 1))


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
