"""A question with what was found for it, read once: what it demands, its words, and the papers as they are read."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from paperchat.protocols import Guess
from paperchat.query.injection import stays
from paperchat.query.intent import Demands, kind_of, read_demands, wants_paper
from paperchat.query.works import are_several, hold_all
from paperchat.text.cleaning import clean
from paperchat.text.paper_text import PaperText
from paperchat.text.tokens import content_words
from paperchat.types import Result


@dataclass(frozen=True, slots=True)
class Asked:
    """A text that is asked: without requests to drop the papers (`kept`), cleaned, and its content words in order."""

    kept: str
    text: str
    words: tuple[str, ...]


def ask(text: str) -> Asked:
    """Return a question, or what is searched for, as it is read."""
    kept = stays(text)
    cleaned = clean(kept)
    return Asked(kept, cleaned, tuple(content_words(cleaned)))


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as typed (`question`), what was searched for it (`query`), and what was found, best first.

    `query` is the question, with the one before it where it leans on that. `texts[n]` is the paper of `results[n]`.
    `demands` and `words`, its content words, are of the question without requests to drop the papers, which is `asked`;
    `searched` are the content words of the query, and `frequency` tells in how many papers of the set each occurs.
    It is taken to ask one paper until it is `guessed`. `fits` are the log odds that the
    sentence of a paper, by its id, with a number answers: of those alone that were read for it. `sides` are the ids of
    the papers that a comparison sets side by side, as far as its parts tell.
    """

    question: str
    query: str
    results: tuple[Result, ...]
    texts: tuple[PaperText, ...]
    demands: Demands
    asked: str
    words: tuple[str, ...]
    searched: tuple[str, ...]
    frequency: Mapping[str, int] = field(default_factory=dict)
    fits: Mapping[tuple[str, int], float] = field(default_factory=dict)
    sides: tuple[str, ...] = ()

    def guessed(self, guess: Guess) -> "Reading":
        """Return the reading with how its question reads, and so with the papers that an answer takes."""
        demands = replace(self.demands, kind=kind_of(guess), paper=wants_paper(guess))
        figure = demands.figure or guess.wants.get("number", 0.0) >= SURELY_NUMBER
        return settled(replace(self, demands=replace(demands, figure=figure)))

    def first(self, count: int) -> "Reading":
        """Return the reading of the first `count` papers alone."""
        return replace(self, results=self.results[:count], texts=self.texts[:count])

    def in_order(self, places: Sequence[int]) -> "Reading":
        """Return the reading with what is found at these places, in that order."""
        ranked = (replace(self.results[at], rank=rank) for rank, at in enumerate(places, 1))
        return replace(self, results=tuple(ranked), texts=tuple(self.texts[at] for at in places))

    def asking(self, question: str) -> "Reading":
        """Return what was found as the reading of this question."""
        return replace(read(question, self.query, self.results, self.texts), frequency=self.frequency)

    def without(self, words: Collection[str]) -> "Reading":
        """Return the reading of the question without its names and these content words."""
        left, searched = (tuple(w for w in own if w not in words) for own in (self.words, self.searched))
        return replace(self, demands=replace(self.demands, names=()), words=left, searched=searched)


def read(
    question: str, query: str, results: Sequence[Result], texts: Sequence[PaperText], searched: Asked | None = None
) -> Reading:
    """Return the reading of a question for which these papers were found by `query`, which is read as `searched`."""
    searched = searched or ask(query)
    asked = searched if question == query else ask(question)
    demands = read_demands(asked.kept, [text.whole for text in texts], [text.title for text in texts])
    return settled(
        Reading(question, query, tuple(results), tuple(texts), demands, asked.kept, asked.words, searched.words)
    )


SURELY_NUMBER = 0.9
"""Least probability at which a number is wanted, in whatever words: "how thick", "which share"."""

WHOLE, SINGLY, PARTED = 1, 3, 6
"""Papers of which all sentences are read for whether they answer, and papers of which the best are: where one answers,
and where several are compared."""


def likeliest(reading: Reading) -> list[tuple[str, str, tuple[str, int]]]:
    """Return the sentences that may answer, each with its paper's title before it and (paper id, number) behind."""
    most = SINGLY if reading.demands.kind == "one" else PARTED
    rows = []
    for place, (result, text) in enumerate(zip(reading.results[:most], reading.texts, strict=False)):
        best = text.sentences if place < WHOLE else result.sentences or text.sentences
        rows += [(text.title, text.cleaned[one.number], (text.paper.id, one.number)) for one in best]
    return rows


def settled(reading: Reading) -> Reading:
    """Return the reading as a comparison where its question, which asks of one paper, names works of several."""
    demands, one = reading.demands, hold_all(reading.texts, reading.demands.names)
    if demands.kind == "one" and not one and are_several(reading.asked, demands, reading.texts):
        return replace(reading, demands=replace(demands, kind="compare"))
    return reading
