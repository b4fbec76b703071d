"""Measure a checker's verdicts against labels, by field: accuracy, coverage, kinds, calibration. Pure functions."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from paperchat.types import Check

Labelled = tuple[Mapping[str, Any], Check]
"""A row with a label, and the check of its claim."""

CONFIDENCE = 0.95

TRUSTED = 0.02
"""Most that may be wrong, at that confidence, among the claims beyond a bar."""

HALF, CLOSE = 0.5, 1e-6
"""Score from which on a claim counts as called supported; how near the bound is found."""

BINS = 10
"""Parts of equal width into which scores are put for the calibration."""


def tally(rows: Sequence[Mapping[str, Any]], checks: Sequence[Check]) -> tuple[str, ...]:
    """Return lines that sum up the checks of labelled rows, by `field` where rows have one; none without labels.

    A claim counts as called supported from a score of one half on. A false alarm is a supported claim not called so; a
    miss is any other claim called so. Balanced accuracy is the mean of the shares judged right of the supported claims
    and of the rest. Coverage is how many have a verdict that is not "unsure".
    """
    pairs = labelled(rows, checks)
    if not pairs:
        return ()
    fields = sorted({str(row.get("field") or "") for row, _ in pairs})
    parts = [[pair for pair in pairs if str(pair[0].get("field") or "") == field] for field in fields]
    lines = [*_kinds(pairs), *_calibration(pairs), *_bars(pairs)]
    if len(fields) > 1:
        lines += [
            f"{field or 'no field'}: {line}" for field, part in zip(fields, parts, strict=True) for line in _sum(part)
        ]
    return (*lines, *_sum(pairs))


def labelled(rows: Sequence[Mapping[str, Any]], checks: Sequence[Check]) -> list[Labelled]:
    """Return the rows that have a label, each with its check."""
    return [(row, check) for row, check in zip(rows, checks, strict=True) if row.get("label") is not None]


def is_supported(row: Mapping[str, Any]) -> bool:
    """Tell whether a row's label says that its claim is supported."""
    return bool(row["label"] == "supported")


def _sum(pairs: Sequence[Labelled]) -> Iterator[str]:
    for verdict, wrong_side in (("supported", False), ("unsupported", True)):
        said = [row for row, check in pairs if check.verdict == verdict]
        wrong = sum(is_supported(row) is wrong_side for row in said)
        most = f", at most {upper_bound(wrong, len(said)):.1%} with 95% confidence" if said else ""
        yield f"said {verdict!r} of {len(said)}, wrongly {wrong}{most}"
    right = [check for row, check in pairs if is_supported(row)]
    marked = sum(check.verdict == "supported" for check in right)
    unsure = sum(check.verdict == "unsure" for _, check in pairs)
    yield f"right claims marked supported: {marked} of {len(right)}; unsure: {unsure} of {len(pairs)}"
    yield f"balanced accuracy: {balanced_accuracy(pairs):.3f} of {len(pairs)} labelled claims"


def balanced_accuracy(pairs: Sequence[Labelled]) -> float:
    """Return the mean of the shares judged right, at a score of one half, of supported claims and of the rest."""
    sides = [
        [(check.score >= HALF) is side for row, check in pairs if is_supported(row) is side] for side in (True, False)
    ]
    shares = [sum(side) / len(side) for side in sides if side]
    return sum(shares) / len(shares)


def _kinds(pairs: Sequence[Labelled]) -> Iterator[str]:
    kinds: dict[tuple[bool, str], list[bool]] = {}
    for row, check in pairs:
        is_right = (check.score >= HALF) == is_supported(row)
        kinds.setdefault((not is_supported(row), str(row.get("kind") or row["label"])), []).append(is_right)
    for (rest, kind), right in sorted(kinds.items()):
        yield f"{'misses' if rest else 'false alarms'}, {kind}: {right.count(False)} of {len(right)}"


def _calibration(pairs: Sequence[Labelled]) -> Iterator[str]:
    for low, mean, share, count in calibration(pairs):
        yield f"score {low:.1f} to {low + 1 / BINS:.1f}: {share:.2f} supported, {mean:.2f} expected, of {count}"


def _bars(pairs: Sequence[Labelled]) -> Iterator[str]:
    for side, name, beyond in ((True, "supported", "from"), (False, "not supported", "up to")):
        found = bar(pairs, side)
        where = f"{beyond} a score of {found[0]:.2f}, {found[1]} of {len(pairs)} claims" if found else "at no score"
        yield f"at most {TRUSTED:.0%} wrongly {name!r}: {where}"


def bar(pairs: Sequence[Labelled], side: bool) -> tuple[float, int] | None:
    """Return the score from which on (for supported, else up to which) at most TRUSTED are wrong, and how many claims.

    The bar with most claims beyond it; None where there are too few, or too many of them are wrong.
    """
    order = sorted(((check.score, is_supported(row)) for row, check in pairs), reverse=side)
    wrong, found = 0, None
    for count, (score, supported) in enumerate(order, 1):
        wrong += supported is not side
        ends = count == len(order) or order[count][0] != score
        if ends and upper_bound(wrong, count) <= TRUSTED:
            found = score, count
    return found


def calibration(pairs: Sequence[Labelled]) -> list[tuple[float, float, float, int]]:
    """Return for each part of the scores that has claims: its lower end, mean score, share supported, and count."""
    found = []
    for part in range(BINS):
        own = [
            (check.score, is_supported(row)) for row, check in pairs if min(int(check.score * BINS), BINS - 1) == part
        ]
        if own:
            mean, share = (sum(column) / len(own) for column in zip(*own, strict=True))
            found.append((part / BINS, mean, share, len(own)))
    return found


def upper_bound(wrong: int, count: int, confidence: float = CONFIDENCE) -> float:
    """Return the one-sided Clopper-Pearson bound: the share of wrong ones, 0..1, that `wrong` of `count` excludes.

    Clopper and Pearson 1934, doi:10.1093/biomet/26.4.404; by bisection to 1e-6.
    """
    low, high = wrong / count, 1.0
    while high - low > CLOSE:
        middle = (low + high) / 2
        low, high = (middle, high) if at_most(wrong, count, middle) > 1 - confidence else (low, middle)
    return high


def at_most(wrong: int, count: int, share: float) -> float:
    """Return how probable at most `wrong` of `count` are where each is wrong with this probability, 0..1."""
    if share <= 0 or wrong >= count:
        return 1.0
    if share >= 1:
        return 0.0
    total = math.lgamma(count + 1)
    logs = (
        total
        - math.lgamma(k + 1)
        - math.lgamma(count - k + 1)
        + k * math.log(share)
        + (count - k) * math.log(1 - share)
        for k in range(wrong + 1)
    )
    return min(1.0, sum(map(math.exp, logs)))


def curve_svg(pairs: Sequence[Labelled]) -> str:
    """Return the calibration as an SVG picture: the share supported over the mean score, a dot's area its count."""
    side, edge = 400, 50
    dots = [
        f'<circle cx="{edge + mean * side:.1f}" cy="{edge + (1 - share) * side:.1f}" r="{2 + math.sqrt(count):.1f}" '
        f'fill="#2a6f97" fill-opacity="0.7"><title>{count} claims: {share:.2f} supported, {mean:.2f} expected</title>'
        "</circle>"
        for _, mean, share, count in calibration(pairs)
    ]
    ticks = [
        f'<text x="{edge + t * side / 5:.0f}" y="{edge + side + 18}" text-anchor="middle">{t / 5:.1f}</text>'
        f'<text x="{edge - 8}" y="{edge + side - t * side / 5 + 4:.0f}" text-anchor="end">{t / 5:.1f}</text>'
        for t in range(6)
    ]
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side + 2 * edge} {side + 2 * edge}" font-size="12">',
        "<title>Calibration of the check</title>",
        f'<rect x="{edge}" y="{edge}" width="{side}" height="{side}" fill="none" stroke="#888"/>',
        f'<line x1="{edge}" y1="{edge + side}" x2="{edge + side}" y2="{edge}" stroke="#888" stroke-dasharray="4"/>',
        *ticks, *dots,
        f'<text x="{edge + side / 2:.0f}" y="{edge + side + 38}" text-anchor="middle">score</text>',
        f'<text x="{edge}" y="{edge - 12}">share supported, of {len(pairs)} claims</text>',
        "</svg>",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"
