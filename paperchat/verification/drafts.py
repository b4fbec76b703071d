"""What backs a draft: for each of its sentences the papers that support or contradict it. Pure."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from paperchat.errors import InputError
from paperchat.text.cleaning import normalised, work_name
from paperchat.text.draft_marks import claims_in
from paperchat.types import Backing, Check, Paper, Sentence, Traced
from paperchat.verification.features import Findings

AGAINST, TURNED = ("number", "binding"), ("direction", "exchange")
"""Faults by which a paper that a claim names speaks against it, and those by which any that is near does."""

NEAR = 0.5
"""Least score, 0..1, without its faults, of a claim that a paper contradicts."""

MOST = 100_000
"""Longest draft, in characters."""

UNCLEAR = "It is named, and says neither this nor surely something else: compare."


@dataclass(frozen=True, slots=True)
class Held:
    """A paper that a claim was held against, and whether the claim names it.

    Its best sentence, the check, what was found, and the score but for the faults.
    """

    paper: Paper
    sentence: Sentence
    check: Check
    findings: Findings
    near: float
    named: bool


def trace(text: str, hold: Callable[[str], Iterable[Held]]) -> Iterator[Traced]:
    """Yield each claim of a text with what supports or contradicts it, the surest of each paper, surest first.

    What is no claim (headings, marks of citation, comments) is set aside. `hold` holds a claim against papers. Raises
    InputError for a text that is empty or too long.
    """
    if len(text) > MOST:
        raise InputError(f"The draft has {len(text):,} characters; {MOST:,} is the most.", "Trace it in parts.")
    if not text.strip():
        raise InputError("The draft is empty.", "Give a text.")
    for start, end, claim in claims_in(text):
        yield Traced(text[start:end], tuple(_backings(hold(claim))), start, end)


def _backings(held: Iterable[Held]) -> list[Backing]:
    """Return what speaks for a claim, else what speaks against it; of one that names a paper, what that says first."""
    each = list(held)
    found = [(one.named, backing) for one in each if (backing := _backing(one))]
    named, supports = any(one.named for one in each), any(one.stance == "supports" for _, one in found)
    kept = [(own, one) for own, one in found if own or one.stance == "supports" or not (named or supports)]
    return [one for _, one in sorted(kept, key=lambda pair: (not pair[0], -pair[1].score))]


def _backing(held: Held) -> Backing | None:
    paper, check, faults = held.paper, held.check, held.findings.faults
    if check.verdict == "supported":
        return Backing(paper, held.sentence, "supports", check.score)
    kinds = (*AGAINST, *TURNED) if held.named else TURNED
    if held.near >= NEAR and faults and all(fault.kind in kinds for fault in faults):
        return Backing(paper, held.sentence, "contradicts", round(held.near, 4), faults[0].reason)
    return Backing(paper, held.sentence, "unclear", check.score, UNCLEAR) if held.named else None


def names(claim: str, paper: Paper) -> bool:
    """Tell whether a claim names a paper: by its title up to a colon, or a word of it such as "GraphMAE" or "D-SLA"."""
    said = f" {normalised(claim)} "
    marked = [word for word in paper.title.split() if sum(c.isupper() or c.isdigit() for c in word) > 1]
    return any(f" {normalised(name)} " in said for name in (*marked, work_name(paper.title)) if name)
