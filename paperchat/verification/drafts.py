"""What backs a draft: for each of its sentences the papers that support or contradict it. Pure."""

from collections.abc import Callable, Iterable, Iterator

from paperchat.errors import InputError
from paperchat.text.cleaning import normalised, work_name
from paperchat.text.sentences import short_sentences
from paperchat.types import Backing, Check, Paper, Result, Sentence, Traced
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

Judge = Callable[[str, Paper, Sentence], tuple[Check, Findings, float]]
"""Returns of a claim beside a sentence the check, what was found, and the score that it has but for its faults."""


def trace(text: str, search: Callable[[str], Iterable[Result]], judge: Judge) -> Iterator[Traced]:
    """Yield each sentence of a text with what supports or contradicts it, the surest of each paper, surest first.

    Raises InputError for a text that is empty or too long.
    """
    if len(text) > MOST:
        raise InputError(f"The draft has {len(text):,} characters; {MOST:,} is the most.", "Trace it in parts.")
    if not text.strip():
        raise InputError("The draft is empty.", "Give a text.")
    for start, end in short_sentences(text):
        claim = text[start:end]
        yield Traced(claim, tuple(_backings(claim, search(claim), judge)))


def _backings(claim: str, results: Iterable[Result], judge: Judge) -> list[Backing]:
    best = []
    for result in results:
        held = [_held(claim, result.paper, sentence, judge) for sentence in result.sentences[:PER_PAPER]]
        if found := [one for one in held if one]:
            best.append(max(found, key=lambda one: one.score))
    return sorted(best, key=lambda one: -one.score)


def _held(claim: str, paper: Paper, sentence: Sentence, judge: Judge) -> Backing | None:
    check, findings, near = judge(claim, paper, sentence)
    if check.verdict == "supported":
        return Backing(paper, sentence, "supports", check.score)
    if near < NEAR or not findings.faults:
        return None
    faults, against = findings.faults, AGAINST if _names(claim, paper) else ("direction",)
    if not all(fault.kind in against for fault in faults):
        return None
    return Backing(paper, sentence, "contradicts", near, faults[0].reason)


def _names(claim: str, paper: Paper) -> bool:
    """Tell whether a claim names a paper: by its title up to a colon, or a word of it such as "GraphMAE" or "D-SLA"."""
    said = f" {normalised(claim)} "
    marked = [word for word in paper.title.split() if sum(c.isupper() or c.isdigit() for c in word) > 1]
    return any(f" {normalised(name)} " in said for name in (*marked, work_name(paper.title)) if name)
