"""What backs a draft: for each of its sentences the papers that support or contradict it. Pure."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from paperchat.errors import InputError
from paperchat.text.cleaning import normalised, work_name
from paperchat.text.sentences import short_sentences
from paperchat.types import Backing, Check, Paper, Sentence, Traced
from paperchat.verification.features import Findings

AGAINST = ("number", "binding", "direction", "exchange")
"""Faults of a claim that make a sentence which is otherwise near it speak against it; a number that another paper
lacks does so only when the claim names that paper."""

NEAR = 0.5
"""Least score, 0..1, without its faults, of a claim that a sentence contradicts."""

MOST = 100_000
"""Longest draft, in characters."""

PER_PAPER = 2
"""Sentences of a paper that are held against a claim."""


@dataclass(frozen=True, slots=True)
class Held:
    """A sentence that a claim was held against: the check, what was found, and the score but for the faults."""

    paper: Paper
    sentence: Sentence
    check: Check
    findings: Findings
    near: float


def trace(text: str, hold: Callable[[str], Iterable[Held]]) -> Iterator[Traced]:
    """Yield each sentence of a text with what supports or contradicts it, the surest of each paper, surest first.

    `hold` holds a claim against sentences of papers. Raises InputError for a text that is empty or too long.
    """
    if len(text) > MOST:
        raise InputError(f"The draft has {len(text):,} characters; {MOST:,} is the most.", "Trace it in parts.")
    if not text.strip():
        raise InputError("The draft is empty.", "Give a text.")
    for start, end in short_sentences(text):
        claim = text[start:end]
        yield Traced(claim, tuple(_backings(claim, hold(claim))))


def _backings(claim: str, held: Iterable[Held]) -> list[Backing]:
    best: dict[str, Backing] = {}
    for one in held:
        backing, known = _backing(claim, one), best.get(one.paper.id)
        if backing and (known is None or backing.score > known.score):
            best[one.paper.id] = backing
    return sorted(best.values(), key=lambda backing: -backing.score)


def _backing(claim: str, held: Held) -> Backing | None:
    paper, faults = held.paper, held.findings.faults
    if held.check.verdict == "supported":
        return Backing(paper, held.sentence, "supports", held.check.score)
    if held.near < NEAR or not faults:
        return None
    against = AGAINST if _names(claim, paper) else ("direction",)
    if not all(fault.kind in against for fault in faults):
        return None
    return Backing(paper, held.sentence, "contradicts", held.near, faults[0].reason)


def _names(claim: str, paper: Paper) -> bool:
    """Tell whether a claim names a paper: by its title up to a colon, or a word of it such as "GraphMAE" or "D-SLA"."""
    said = f" {normalised(claim)} "
    marked = [word for word in paper.title.split() if sum(c.isupper() or c.isdigit() for c in word) > 1]
    return any(f" {normalised(name)} " in said for name in (*marked, work_name(paper.title)) if name)
