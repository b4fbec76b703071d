"""Checkers of citations side by side: ours, word overlap, and two published ones that need no download.

Each is asked of the same claims, over papers of several fields, whether the abstract of the paper named supports it.
"""

import importlib.util
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paperchat.evaluation.claims import HALF, is_supported
from paperchat.text.cleaning import clean
from paperchat.text.words import words
from paperchat.types import Paper
from tests.bench.measures import percentile

PEERS = ("groundrails", "anchorcite")
"""Published checkers, by the names of their packages; `peers.txt` pins them."""

INSTALL = "pip install --no-deps --target {folder} -r tests/bench/peers.txt"

NOTES = (
    (
        "Each checker is given the title and the abstract of the paper that a claim names, ours also the rest of the "
        "set. A checker says supported or not, at its own bar; word overlap, the share of a claim's content words "
        "that the text has, at the bar that does best on the other sets together."
    ),
    "No checker asks a chat model or downloads anything: groundrails runs without its WordNet and language detection.",
)

Said = Callable[[str, Paper], bool]
"""Whether a checker takes a claim to be supported by a paper."""

OVERLAP = "word overlap"

Called = Sequence[tuple[bool, bool, float]]
"""Of each claim: whether it is supported, whether a checker called it so, and the seconds that took."""

Scored = Sequence[tuple[float, bool, float]]
"""Of each claim: its score, whether it is supported, and the seconds that took."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class ClaimSet:
    """Labelled claims over papers of a field; `files` are what these are indexed from, none for the shipped papers."""

    name: str
    files: tuple[Path, ...]
    rows: Sequence[Mapping[str, Any]]


def claim_sets(shared: Path) -> list[ClaimSet]:
    """Return the sets of claims of the shared folder that are there: over the shipped papers, and of each field."""
    found = [ClaimSet("dev", (), _rows(shared / "claims" / "dev.jsonl"))]
    fields = sorted(shared.glob("fields/*/claims.jsonl"))
    found += [ClaimSet(file.parent.name, (file.with_name("papers.txt"),), _rows(file)) for file in fields]
    return [one for one in found if one.rows]


def _rows(file: Path) -> list[Mapping[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.is_file() else []


def overlap(claim: str, paper: Paper) -> float:
    """Return the share of a claim's content words that title and abstract have."""
    said = {word.stem for word in words(clean(f"{paper.title}. {paper.abstract}"))}
    own = [word.stem for word in words(claim) if word.content]
    return sum(stem in said for stem in own) / len(own) if own else 0.0


def overlaps(claims: ClaimSet, papers: Mapping[str, Paper]) -> Scored:
    """Return the overlap of each claim with the paper that it names."""
    found = []
    for row in claims.rows:
        began = time.perf_counter()
        score = overlap(row["claim"], papers[row["title"]])
        found.append((score, is_supported(row), time.perf_counter() - began))
    return found


def called_by_overlap(scored: Mapping[str, Scored]) -> dict[str, Called]:
    """Return what word overlap calls the claims of each set, at the bar that does best on the other sets."""
    bars = {name: best_bar([row for other in scored if other != name for row in scored[other]]) for name in scored}
    return {name: [(truth, score >= bars[name], took) for score, truth, took in rows] for name, rows in scored.items()}


def best_bar(scored: Scored) -> float:
    """Return the score from which on a claim is called supported that gives the best balanced accuracy; 0.5 of none."""
    bars = sorted({score for score, _, _ in scored}) or [0.5]
    return max(bars, key=lambda bar: balanced([(truth, score >= bar) for score, truth, _ in scored]))


def balanced(pairs: Sequence[tuple[bool, bool]]) -> float:
    """Return the balanced accuracy of (is supported, called supported) pairs."""
    shares = [[called is side for truth, called in pairs if truth is side] for side in (True, False)]
    return sum(sum(one) / len(one) for one in shares if one) / sum(bool(one) for one in shares)


def ours(checker: Any) -> Said:
    """Return our checker, an App's: a claim is called supported from a score of one half on."""
    return lambda claim, paper: bool(checker.check(claim, paper.title).score >= HALF)


def peers(folder: Path, say: Callable[[str], None]) -> dict[str, Said]:
    """Return the published checkers that are installed, in this environment or in `folder`; say what is missing."""
    sys.path.append(str(folder))
    found: dict[str, Said] = {}
    for name in PEERS:
        if importlib.util.find_spec(name):
            found[name] = _MADE[name](importlib.import_module(name), folder)
        else:
            say(f"{name} is not installed, so it is not measured. Run: {INSTALL.format(folder=folder)}")
    return found


def _groundrails(module: Any, folder: Path) -> Said:
    importlib.import_module("loguru").logger.disable("groundrails")
    module.init(models="none", wordnet=False, home=str(folder / "home"))
    return lambda claim, paper: bool(module.ground(claim, [_text(paper)]).grounded)


def _anchorcite(module: Any, _: Path) -> Said:
    return lambda claim, paper: module.anchor_claim(claim, _text(paper)) is not None


_MADE: dict[str, Callable[[Any, Path], Said]] = {"groundrails": _groundrails, "anchorcite": _anchorcite}


def _text(paper: Paper) -> str:
    return clean(f"{paper.title.rstrip('.')}. {paper.abstract}")


def rows_of(claims: ClaimSet, papers: Mapping[str, Paper], said: Said, progress: Progress) -> Called:
    """Return what a checker calls each claim, given the paper that it names."""
    found = []
    for done, row in enumerate(claims.rows):
        progress(done, len(claims.rows))
        began = time.perf_counter()
        called = said(row["claim"], papers[row["title"]])
        found.append((is_supported(row), called, time.perf_counter() - began))
    progress(len(claims.rows), len(claims.rows))
    return found


def table(measured: Mapping[str, Mapping[str, Called]]) -> list[dict[str, Any]]:
    """Return a row a checker: its balanced accuracy on each set, what it gets wrong in all, and its time a claim."""
    made = []
    for checker, sets in measured.items():
        each = [row for rows in sets.values() for row in rows]
        right, wrong = ([called for truth, called, _ in each if truth is side] for side in (True, False))
        accuracy = {name: balanced([(truth, called) for truth, called, _ in rows]) for name, rows in sets.items()}
        missed = {"right claims not marked": f"{right.count(False)} of {len(right)}"}
        passed = {"wrong claims marked": f"{wrong.count(True)} of {len(wrong)}"}
        slow = percentile([1000 * seconds for _, _, seconds in each], 95)
        made.append({"checker": checker, **accuracy, **missed, **passed, "p95 ms": slow})
    return made
