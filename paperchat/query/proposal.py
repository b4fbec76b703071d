"""A question that may be offered to a reader, and what its answer has to have before it is. Pure."""

from dataclasses import dataclass

from paperchat.query.zones import ZONES
from paperchat.types import Answer, Form, Table

FEWEST, MOST = 3, 30
"""Fewest and most papers of a list that is offered."""

FILLED = 3
"""Fewest rows of a table that is offered in which each of its papers says something."""

_CUES = {zone.name: zone.cues for zone in ZONES}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question made of the set, and what shows that an answer to it is a good one.

    It is of this `form`, cites all of `papers`, and the first of them first. A cited sentence says `told`, another one
    of the `zone` is told (see `query.zones`). Of the papers of a list more are `among` these than `apart` from them.
    """

    question: str
    papers: tuple[str, ...] = ()
    form: Form = "text"
    told: str = ""
    zone: str = ""
    among: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()

    def is_met(self, answer: Answer, known: frozenset[str] = frozenset()) -> bool:
        """Tell whether an answer has what it has to have, and says more than the sentences that are `known`."""
        cited = [paper.id for paper in answer.cited]
        if answer.abstained or answer.stage != "done" or answer.form != self.form or not cited:
            return False
        quotes = [citation.quote for sentence in answer.said for citation in sentence.citations]
        return (
            set(self.papers) <= set(cited)
            and (not self.papers or cited[0] in self.papers)
            and any(self.told.casefold() in quote.casefold() for quote in quotes)
            and (not self.zone or any(_CUES[self.zone].search(quote) for quote in quotes))
            and not set(quotes) <= known
            and _has_form(self, answer, cited)
        )


def _has_form(proposal: Proposal, answer: Answer, cited: list[str]) -> bool:
    """Tell whether a text has no reservation, a list is of its subject, a table is well filled."""
    if proposal.form == "table":
        return answer.table is not None and _filled(answer.table) >= FILLED
    if proposal.form == "list":
        own, others = (len(papers.intersection(cited)) for papers in (proposal.among, proposal.apart))
        return FEWEST <= len(cited) <= MOST and own >= others
    return not answer.notices


def _filled(table: Table) -> int:
    return sum(all(row) for row in table.cells)
