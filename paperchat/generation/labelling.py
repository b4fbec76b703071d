"""What a model is shown of the papers: the sentences that answer, each under a short label that it can cite. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Literal

from paperchat.generation.selection import Chosen
from paperchat.query.reading import Reading
from paperchat.text import lexicon
from paperchat.text.token_estimate import estimate_tokens
from paperchat.types import Citation, Sentence

Task = Literal["one", "each", "title"]
"""What is asked for: an answer from one paper, a sentence on each of several, or which paper it is."""

FRAME = 4
"""Tokens of a label and the marks around it."""

_TITLE = re.compile(
    rf"\b(?:which|what|whose|some|whats the|there was an?) (?:\w+ )?{lexicon.any_of('works.one')}\b"
    r"|\b(?:citation|reference|title|paper|framework|does it come from|which one was it)s?\b\W*(?:(?:please|pls)\W*)?$"
    r"|\bwho (?:\w+ )?\w+ed\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence that a model is shown: what it cites, and title, sentence and words as the model reads them."""

    citation: Citation
    title: str
    text: str
    words: frozenset[str]


Labelled = Mapping[str, Shown]
"""The sentences shown by their labels: `1a` is the first of the first paper."""


def task_of(reading: Reading, papers: int) -> Task:
    """Return what a model is to write in answer to a question of which so many papers are shown."""
    if papers > 1 and reading.demands.kind != "one":
        return "each"
    return "title" if _TITLE.search(reading.question) else "one"


def label_evidence(chosen: Sequence[Chosen], alone: bool, budget: int) -> dict[str, Shown]:
    """Return the sentences chosen under their labels, within `budget` tokens; one that stands `alone` with neighbours.

    Papers come best first; each may use its share of the budget and what those before it left over. At least one
    sentence is always kept. A small model takes its answer from what else it is shown: other papers, other numbers.
    """
    labelled: dict[str, Shown] = {}
    spent = 0
    for number, one in enumerate(chosen, 1):
        spent += estimate_tokens(one.text.title) + FRAME
        for letter, sentence in zip(ascii_lowercase, _with_neighbours(one) if alone else one.sentences, strict=False):
            shown = _shown(one, sentence)
            tokens = estimate_tokens(shown.text) + FRAME
            if spent + tokens > budget * number / len(chosen) and labelled:
                break
            spent += tokens
            labelled[f"{number}{letter}"] = shown
    return labelled


def _with_neighbours(chosen: Chosen) -> tuple[Sentence, ...]:
    if len(chosen.sentences) > 1:
        return chosen.sentences
    (only,) = chosen.sentences
    return tuple(sentence for sentence in chosen.text.sentences if abs(sentence.number - only.number) <= 1)


def _shown(chosen: Chosen, sentence: Sentence) -> Shown:
    text, number = chosen.text, sentence.number
    cited = Citation(text.paper.id, text.paper.title, sentence.text, sentence.start, sentence.end)
    return Shown(cited, text.title, text.cleaned[number], frozenset(text.words[number]))
