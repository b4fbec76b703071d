"""Put the papers on a topic in an order to read them, each with the part of its abstract that says why it is there.

First what goes through the work of others, then the works that others of these papers name, then what is on the topic
itself, last what it is only a part of. Of equals the older come first, where every paper has a year; else those whose
titles have most of the topic and say least beside it, which are the most general. Pure.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from paperchat.generation import picking
from paperchat.generation.clauses import clause
from paperchat.query.topic import Topic
from paperchat.retrieval.survey import Listing, covered
from paperchat.text import lexicon
from paperchat.text.called import called, is_named
from paperchat.text.paper_text import PaperText
from paperchat.types import Paper, Sentence

HELD = 0.5
"""Least share of a topic's words, by how rare they are, that a title or sentence has which is on it."""

SURE = 0.6
"""Least probability of a paper that is on a topic whatever its words."""

LIKELY = 0.1
"""Least product of the probability of a paper and the share of the topic's words that it has."""

_REVIEWS = lexicon.any_of("reviews.titled")

_TITLED = re.compile(
    rf"(?:^|[:.?!;\u2013\u2014]\s|\s-{{1,2}}\s|\b[Aa]n?\s)(?:[\w-]{{1,30}}\s){{0,3}}{_REVIEWS}\b(?![-\s]*\(|-)",
    re.IGNORECASE,
)
"""Where a title says that its paper is a review, and not that it is about reviews or from a survey of people."""

_SAID = re.compile(
    rf"\b(?:(?:this|the present)(?: [\w-]{{1,20}}){{0,3}} {lexicon.any_of('reviews.said')}s?"
    rf"|we(?: [a-z]{{1,20}}ly)? {lexicon.any_of('reviews.said')})\b(?! board| process)",
    re.IGNORECASE,
)
"""Where an abstract says so."""


_WORD = re.compile(r"\w+(?:[.+-]+\w+)*")


class Step(IntEnum):
    """What a paper is in the order: a review, a work that others name, on the topic, or of which that is a part."""

    REVIEW = 0
    NAMED = 1
    ON_IT = 2
    PART = 3


@dataclass(frozen=True, slots=True)
class Placed:
    """A paper in an order to read, and the part of a sentence that says why it is there."""

    text: PaperText
    step: Step
    line: Sentence


@dataclass(frozen=True, slots=True)
class Subject:
    """What papers are to be about: its words by alternatives, with the weight of each; none where nothing is said.

    Some of `unknown` are in no paper of the set.
    """

    topic: Topic
    weight: Mapping[str, float]
    unknown: bool = False

    def share(self, words: Sequence[str] | frozenset[str]) -> float:
        """Return the share of the topic that words have."""
        return covered(self.topic.wanted, frozenset(words), self.weight) if self.topic.wanted else 1.0

    @property
    def words(self) -> frozenset[str]:
        """The content words of all alternatives."""
        return frozenset(word for part in self.topic.wanted for word in part)


def on_topic(listing: Listing, texts: Mapping[str, PaperText], subject: Subject) -> tuple[Paper, ...]:
    """Return the papers of a list that are on a topic by their words too, best first.

    A list takes in what is only near, and where the set has nothing on a topic, something always is. A paper of which
    the list is not sure is taken where its title has the whole topic.
    """
    kept = []
    for result in listing.results:
        share = subject.share(texts[result.paper.id].vocabulary)
        likely = not subject.unknown and result.score * share >= LIKELY
        if share >= HELD or result.score >= SURE or likely:
            kept.append(result.paper)
    titled = (paper for paper in listing.perhaps if subject.share(texts[paper.id].title_words) == 1)
    return (*kept, *titled)


def in_order(texts: Sequence[PaperText], subject: Subject, best: Mapping[str, Sentence]) -> list[Placed]:
    """Return the papers that have an abstract in an order to read them; `best` are sentences known to be on the topic.

    `texts` come best first; papers of which the topic is only a part stay so.
    """
    told = [text for text in texts if text.sentences]
    named = {text.paper.id: _named_by(text, told) for text in told}
    placed = [_placed(text, named[text.paper.id], subject, best.get(text.paper.id)) for text in told]
    dated = are_dated(placed)

    def key(one: Placed) -> tuple[int, int, int, float, int]:
        step, year = one.step, one.text.paper.details.year or 0
        if dated or step is Step.PART:
            return step, -named[one.text.paper.id], year if dated else 0, 0.0, 0
        titled = set(one.text.title_words)
        return step, -named[one.text.paper.id], 0, -subject.share(frozenset(titled)), len(titled - subject.words)

    return sorted(placed, key=key)


def are_dated(placed: Sequence[Placed]) -> bool:
    """Tell whether all papers have a year, so that the older ones can come first."""
    return all(one.text.paper.details.year for one in placed)


def line(text: PaperText, subject: Subject, best: Sentence | None = None) -> Sentence | None:
    """Return the sentence that says what a paper has to do with a topic: what it does, if that or its title has it."""
    told = picking.line(text)
    if told is None or best is None:
        return told or best
    on_it = max(subject.share(text.title_words), subject.share(text.words[told.number])) >= HELD
    return told if on_it or subject.share(text.words[best.number]) < HELD else best


def how_ordered(placed: Sequence[Placed], dated: bool) -> str:
    """Say in what order papers stand: "first 1 review, then 4 on it; of equals the older first".

    It says no more than shows, and nothing of one paper.
    """
    if len(placed) < 2:  # noqa: PLR2004
        return ""
    counts = Counter(one.step for one in placed)
    parts = [_WORDS[step].format(n=counts[step], s="s" * (counts[step] != 1)) for step in Step if counts[step]]
    first = "the older first" if dated else "the more general first"
    if len(parts) == 1:
        return f"{parts[0]}, {first}" if counts[Step.PART] != len(placed) or dated else parts[0]
    places = ("first", *("then" for _ in parts[2:]), "last" if counts[Step.PART] else "then")
    steps = ", ".join(f"{place} {part}" for place, part in zip(places, parts, strict=True))
    sorts = dated or max(counts[Step.REVIEW], counts[Step.ON_IT]) > 1
    return f"{steps}; of equals {first}" if sorts else steps


_WORDS = {
    Step.REVIEW: "{n} review{s}",
    Step.NAMED: "{n} that others here name",
    Step.ON_IT: "{n} on it",
    Step.PART: "{n} of which it is a part",
}


def is_review(text: PaperText) -> bool:
    """Tell whether a paper goes through the work of others, by its title or by what its abstract says of it."""
    return _TITLED.search(text.title) is not None or _reviewing(text) is not None


def _reviewing(text: PaperText) -> Sentence | None:
    """Return the sentence that says that a paper goes through the work of others."""
    return next((text.sentences[at] for at, one in enumerate(text.cleaned) if _SAID.search(one)), None)


def _placed(text: PaperText, named: int, subject: Subject, best: Sentence | None) -> Placed:
    told = line(text, subject, best) or text.sentences[0]
    step = Step.NAMED if named else Step.ON_IT if is_own(text, subject) else Step.PART
    if is_review(text):
        said = _reviewing(text) or told
        if max(subject.share(text.title_words), subject.share(text.words[said.number])) >= HELD:
            step, told = Step.REVIEW, said
    return Placed(text, step, clause(told, subject.words))


def is_own(text: PaperText, subject: Subject) -> bool:
    """Tell whether a topic is what a paper is on: its title has it, or the sentence that says what it does."""
    told = picking.line(text)
    own = subject.share(text.words[told.number]) if told else 0.0
    return max(subject.share(text.title_words), own) >= HELD


def _named_by(text: PaperText, among: Sequence[PaperText]) -> int:
    """Return how many other papers name the work of this one, spelt as its title spells it."""
    name = called(text.title)
    if not name or not is_named(name):
        return 0
    return sum(_words(name) in _words(other.whole) for other in among if other is not text)


def _words(text: str) -> str:
    """Return the words of a text as they are spelt, with a space around each."""
    return f" {' '.join(_WORD.findall(text))} "
