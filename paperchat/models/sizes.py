"""How much a model is shown, and how freely it writes, by its size and its context: the one table of that.

A small model takes its answer from what else it is shown, and is held to one sentence on each paper; a large one is
starved by that. The settings of the same names overrule the table.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import inf

WHOLE = 99
"""Sentences on each side of one that are an abstract whole."""


@dataclass(frozen=True, slots=True)
class Portion:
    """What a model of at most so many `billions` of parameters is given.

    `evidence` are the most tokens of it; `papers` the most papers that an answer from several is written from, and
    `beside` those shown beside the one that answers; `around` are sentences on each side of one chosen. It writes at
    most so many `sentences`; one that is `free` orders and joins them itself, others write one on each paper, in order.
    """

    billions: float
    evidence: int
    papers: int
    beside: int
    around: int
    sentences: int
    free: bool

    @property
    def told(self) -> dict[str, int | str]:
        """What of it an answer depends on, by the names of settings."""
        form = "free" if self.free else "strict"
        return {"evidence_tokens": self.evidence, "evidence_papers": self.papers, "form": form}


SIZES = (
    #       up to, tokens, papers, beside, around, sentences, free
    Portion(1.0, 500, 4, 0, 1, 4, free=False),
    Portion(2.5, 700, 6, 0, 1, 6, free=False),
    Portion(5.0, 1200, 6, 0, 2, 6, free=False),
    Portion(10.0, 2400, 8, 2, WHOLE, 8, free=True),
    Portion(20.0, 3600, 8, 4, WHOLE, 10, free=True),
    Portion(inf, 6000, 8, 6, WHOLE, 12, free=True),
)
"""By size, smallest first."""

UNKNOWN = 2.5
"""Billions that a model is taken to have which does not say."""

SHARE = 0.5
"""Most of the room for a prompt that is evidence: question and conversation need the rest."""


def portion_of(billions: float, room: int, asked: Mapping[str, int | str]) -> Portion:
    """Return what a model of this size is given, whose prompt may take `room` tokens.

    `asked` are the settings that overrule the table, by name: "evidence_tokens", "evidence_papers", "form".
    """
    own = next(one for one in SIZES if (billions or UNKNOWN) <= one.billions)
    evidence = int(asked.get("evidence_tokens", 0)) or min(own.evidence, int(room * SHARE))
    papers = int(asked.get("evidence_papers", 0)) or own.papers
    form = asked.get("form") or ("free" if own.free else "strict")
    return replace(own, evidence=max(1, evidence), papers=papers, free=form == "free")
