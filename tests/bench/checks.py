"""How fast claims are checked by rule: when their papers are read for the first time, and when they were read before.

A round checks every claim of a file, in its order, against the paper that it names.
"""

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from paperchat.evaluation.claims import tally
from paperchat.storage.embedding import Progress
from tests.bench.measures import percentile

if TYPE_CHECKING:
    from paperchat.types import Check

NOTES = (
    (
        "No model is asked. Times are of one claim after another: the search for other papers that say it, embedding "
        "the claim, and the rules. The first round also reads each paper that it meets; one claim before it pays for "
        "what is loaded late."
    ),
)

Claims = Sequence[dict[str, Any]]


def compare(checker: Any, claims: Claims, rounds: int, progress: Progress) -> list[dict[str, Any]]:
    """Return a row a round: claims a second, and the milliseconds of a claim; `checker` is an App's."""
    checker.check("Nothing is said here.", claims[0]["title"])
    rows = []
    for number in range(1, rounds + 1):
        checks: list[Check] = []
        seconds = []
        for done, row in enumerate(claims):
            progress(done, len(claims))
            began = time.perf_counter()
            checks.append(checker.check(row["claim"], row["title"]))
            seconds.append(time.perf_counter() - began)
        progress(len(claims), len(claims))
        rows.append(_row(number, seconds, tally(claims, checks)))
    return rows


def _row(number: int, seconds: Sequence[float], summed: Sequence[str]) -> dict[str, Any]:
    milliseconds = [1000 * one for one in seconds]
    return {
        "round": number,
        "claims": len(seconds),
        "claims a second": len(seconds) / sum(seconds),
        "p50 ms": percentile(milliseconds, 50),
        "p95 ms": percentile(milliseconds, 95),
        "right": summed[-1] if summed else None,
    }
