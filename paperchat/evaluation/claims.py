"""Count a checker's verdicts against labels: false alarms and misses a kind, balanced accuracy. Pure functions."""

from collections.abc import Mapping, Sequence
from typing import Any

from paperchat.types import Check


def tally(rows: Sequence[Mapping[str, Any]], checks: Sequence[Check]) -> tuple[str, ...]:
    """Return lines that sum up the checks of labelled rows; none when no row has a label.

    A false alarm is a supported claim not called supported; a miss is any other claim called supported. Balanced
    accuracy is the mean of the shares judged right of the supported claims and of the rest.
    """
    pairs = [(row, check) for row, check in zip(rows, checks, strict=True) if row.get("label") is not None]
    if not pairs:
        return ()
    kinds: dict[tuple[bool, str], list[bool]] = {}
    for row, check in pairs:
        supported = row["label"] == "supported"
        right = (check.verdict == "supported") == supported
        kinds.setdefault((not supported, str(row.get("kind") or row["label"])), []).append(right)
    lines = [
        f"{'misses' if rest else 'false alarms'}, {kind}: {right.count(False)} of {len(right)}"
        for (rest, kind), right in sorted(kinds.items())
    ]
    sides = [[right for (rest, _), row in kinds.items() if rest is side for right in row] for side in (False, True)]
    shares = [side.count(True) / len(side) for side in sides if side]
    return (*lines, f"balanced accuracy: {sum(shares) / len(shares):.3f} of {len(pairs)} labelled claims")
