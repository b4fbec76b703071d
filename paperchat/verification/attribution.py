"""Whether a sentence that cites several papers gives each what is its own: numbers, and names after "on". Pure.

A clause is about the paper whose title has a name in it; a clause without such a name is about the one before.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from paperchat.text.cleaning import clean
from paperchat.text.entities import Known, names
from paperchat.text.numbers import Quantity, covers, quantities
from paperchat.text.words import Word, words

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


class Source:
    """What one cited paper is called and holds."""

    def __init__(self, title: str, abstract: str) -> None:
        """Read a paper's title and abstract."""
        self.title = clean(title)
        text = f"{self.title}. {clean(abstract)}"
        self._called, self._known, self._stated = Known(self.title), Known(text), quantities(text)

    def is_called(self, name: str) -> bool:
        """Tell whether the title has a name."""
        return self._called.holds(name)

    def holds(self, name: str) -> bool:
        """Tell whether title or abstract has a name."""
        return self._known.holds(name)

    def states(self, number: Quantity) -> bool:
        """Tell whether title or abstract has a number."""
        return covers(number, self._stated)


def foreign(claim: str, papers: Sequence[tuple[str, str]]) -> tuple[Foreign, ...]:
    """Return what a claim says of one paper and only another has; `papers` are (title, abstract) of those cited."""
    sources = [Source(title, abstract) for title, abstract in papers]
    spans, said = names(claim), words(claim)
    owners = {span: [s for s in sources if s.holds(claim[slice(*span)])] for span in spans}
    marks = {span: own[0] for span, own in owners.items() if len(own) == 1 and own[0].is_called(claim[slice(*span)])}
    named: dict[int, list[Source]] = {}
    for (start, _), source in marks.items():
        named.setdefault(_clause(said, start), []).append(source)
    found = []
    for number in quantities(claim):
        about = _about(named, _clause(said, number.start))
        others = [source for source in sources if source.states(number)]
        if about and others and not number.vague and about not in others:
            found.append(Foreign(number.start, number.end, True, about.title, others[0].title))
    for span, own in owners.items():
        about = _about(named, _clause(said, span[0]))
        if (
            about
            and len(own) == 1
            and own[0] is not about
            and span not in marks
            and _ON.search(claim, max(0, span[0] - _REACH), span[0])
        ):
            found.append(Foreign(*span, False, about.title, own[0].title))
    return tuple(found)


def _about(named: Mapping[int, Sequence[Source]], place: int) -> Source | None:
    """Return the one paper that a clause, or the nearest before that names any, is about."""
    clauses = [clause for clause in named if clause <= place]
    about = named[max(clauses)] if clauses else []
    return about[0] if about and all(source is about[0] for source in about) else None


def _clause(said: Sequence[Word], place: int) -> int:
    return next((word.clause for word in said if word.end > place), 0)
