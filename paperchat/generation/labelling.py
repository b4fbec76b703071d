"""What a model is shown of the papers: the sentences that answer, each under a short label that it can cite. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from string import ascii_lowercase
from typing import Literal

from paperchat.dialogue.recasting import Worded
from paperchat.dialogue.tasks import Task as Request
from paperchat.generation.selection import Chosen
from paperchat.query.reading import Reading
from paperchat.text.token_estimate import estimate_tokens
from paperchat.types import Citation, Sentence

Task = Literal["one", "each", "title"] | Request | Worded
"""What is written: an answer from one paper, a sentence on each of several, which paper it is, or what is asked for."""

WHOLE: tuple[Task, ...] = ("summary", "newcomer")
"""What is written from an abstract whole."""

EACH: tuple[Task, ...] = (
    "each", "definition", "state", "related", "reading", "datasets", "use", "longer", "simpler", "again",
)  # fmt: skip
"""What is written with a sentence on each of several papers."""

FRAME = 4
"""Tokens of a label and the marks around it."""


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
    return "title" if reading.demands.paper else "one"


def with_others(chosen: Sequence[Chosen], reading: Reading, count: int) -> tuple[Chosen, ...]:
    """Return what was chosen with the best sentences of so many other papers found behind, for a model to know of."""
    own = {one.text.paper.id for one in chosen}
    others = (
        Chosen(text, result.sentences, result.sentences[0])
        for result, text in zip(reading.results, reading.texts, strict=True)
        if result.sentences and text.paper.id not in own
    )
    return (*chosen, *islice(others, count))


def label_evidence(chosen: Sequence[Chosen], around: int, budget: int) -> dict[str, Shown]:
    """Return the sentences chosen under their labels, within `budget` tokens, each with so many `around` it.

    Where that is one, several sentences chosen of a paper stand without it. Papers come best first; each may use its
    share of the budget and what those before it left over. At least one sentence is always kept. A small model takes
    its answer from what else it is shown: other papers, other numbers.
    """
    labelled: dict[str, Shown] = {}
    spent = 0
    for number, one in enumerate(chosen, 1):
        spent += estimate_tokens(one.text.title) + FRAME
        for letter, sentence in zip(ascii_lowercase, _with_neighbours(one, around), strict=False):
            shown = _shown(one, sentence)
            tokens = estimate_tokens(shown.text) + FRAME
            if spent + tokens > budget * number / len(chosen) and labelled:
                break
            spent += tokens
            labelled[f"{number}{letter}"] = shown
    return labelled


def _with_neighbours(chosen: Chosen, around: int) -> tuple[Sentence, ...]:
    if around == 1 and len(chosen.sentences) > 1:
        return chosen.sentences
    numbers = [sentence.number for sentence in chosen.sentences]
    near = {number + step for number in numbers for step in range(-around, around + 1)}
    return tuple(sentence for sentence in chosen.text.sentences if sentence.number in near)


def _shown(chosen: Chosen, sentence: Sentence) -> Shown:
    text, number = chosen.text, sentence.number
    cited = Citation(text.paper.id, text.paper.title, sentence.text, sentence.start, sentence.end)
    return Shown(cited, text.title, text.cleaned[number], frozenset(text.words[number]))
