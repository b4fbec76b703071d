"""Whether a sentence that cites several papers gives each what is its own: numbers, and names after "on". Pure.

A clause is about the paper whose title has a name in it; a clause without such a name is about the one before.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from paperchat.text.number_agreement import covers
from paperchat.text.words import Word
from paperchat.verification.alignment import Alignment
from paperchat.verification.evidence import PaperEvidence

_REACH = 40

_ON = re.compile(r"\b(?:on|in|over|from)\s+(?:the\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Foreign:
    """`claim[start:end]`, a number or a name: said of the paper with the title `of`, while it `stands` in another."""

    start: int
    end: int
    number: bool
    of: str
    stands: str


def foreign(laid: Alignment) -> tuple[Foreign, ...]:
    """Return what a claim says of one of the papers cited and only another has."""
    claim, said, papers = laid.claim, laid.words, laid.evidence.papers
    owners = {span: [one for one in papers if one.known.holds(claim[slice(*span)])] for span in laid.names}
    marks = {span: own[0] for span, own in owners.items() if len(own) == 1 and own[0].called.holds(claim[slice(*span)])}
    named: dict[int, list[PaperEvidence]] = {}
    for (start, _), paper in marks.items():
        named.setdefault(_clause(said, start), []).append(paper)
    found = []
    for number in laid.numbers:
        about = _about(named, _clause(said, number.start))
        others = [paper for paper in papers if covers(number, (paper.titled, *paper.numbers))]
        if about and others and not number.vague and about not in others:
            found.append(Foreign(number.start, number.end, True, about.title, others[0].title))
    for span, own in owners.items():
        about = _about(named, _clause(said, span[0]))
        elsewhere = len(own) == 1 and own[0] is not about and span not in marks
        if about and elsewhere and _ON.search(claim, max(0, span[0] - _REACH), span[0]):
            found.append(Foreign(*span, False, about.title, own[0].title))
    return tuple(found)


def _about(named: Mapping[int, Sequence[PaperEvidence]], place: int) -> PaperEvidence | None:
    """Return the one paper that a clause, or the nearest before that names any, is about."""
    clauses = [clause for clause in named if clause <= place]
    about = named[max(clauses)] if clauses else []
    return about[0] if about and all(paper is about[0] for paper in about) else None


def _clause(said: Sequence[Word], place: int) -> int:
    return next((word.clause for word in said if word.end > place), 0)
