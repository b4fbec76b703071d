"""What a model is shown of the papers found, and what it is told to write of them. Pure functions."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from paperchat.demands import kind_of
from paperchat.select import Chosen, choose
from paperchat.sentences import paper_sentences
from paperchat.types import Result, Sentence

Task = Literal["one", "each", "title"]
"""What is asked for: an answer from one paper, a sentence on each of several, or which paper it is."""

_TITLE = re.compile(
    r"\b(?:which|what|whose|some|whats the|there was an?) (?:\w+ )?(?:paper|work|study|article)\b"
    r"|\b(?:citation|reference|title|paper|framework|does it come from|which one was it)s?\b\W*(?:please|pls)?\W*$"
    r"|\bwho (?:\w+ )?\w+ed\b",
    re.IGNORECASE,
)


def task_of(question: str, shown: Sequence[Result]) -> Task:
    """Return what a model is to write in answer to a question of which these papers are shown."""
    if len(shown) > 1 and kind_of(question) != "one":
        return "each"
    return "title" if _TITLE.search(question) else "one"


def narrow(question: str, query: str, results: Sequence[Result]) -> tuple[Result, ...]:
    """Return the papers that answer, each with the sentences that do; one that stands alone with its neighbours.

    A small model takes its answer from what else it is shown: other papers, other numbers. `query` is what was
    searched for.
    """
    alone = kind_of(question) != "list"
    return tuple(replace(one.result, sentences=_shown(one, alone)) for one in choose(question, query, results))


def _shown(chosen: Chosen, alone: bool) -> tuple[Sentence, ...]:
    if len(chosen.sentences) > 1 or not alone:
        return chosen.sentences
    (only,) = chosen.sentences
    return tuple(s for s in paper_sentences(chosen.result.paper) if abs(s.number - only.number) <= 1)
