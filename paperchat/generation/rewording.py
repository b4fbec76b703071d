"""The last answer in fewer sentences or more of them, or in plainer ones: which of the papers' own these are. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from paperchat.dialogue.conversation import Conversation
from paperchat.dialogue.rewriting import about
from paperchat.dialogue.tasks import TASKED, wished
from paperchat.generation.clauses import clause
from paperchat.generation.last_answer import SHOWN
from paperchat.generation.picking import introduction, line, plainest
from paperchat.generation.selection import score_sentences, weigh_words
from paperchat.text.paper_text import PaperText
from paperchat.types import AnswerSentence, Paper, Sentence

FEW = 3
"""Most papers of a text of which one sentence may stand for all; of more, each says something of its own."""

MORE = {1: 3, 2: 2, 3: 2}
"""Sentences that a longer answer has more of each paper, by the number of papers; of more papers it is one."""

EACH = "No sentence of one paper speaks for another: this is one of each."

SHORTEST = "It does not get shorter in the papers' own words."

WHOLE = "That is all that the abstract says."

WHOLE_EACH = "That is all that these abstracts say."


@dataclass(frozen=True, slots=True)
class Standing:
    """The last answer as it stands: the question that it answers, what it said, and the sentences that it rests on.

    `papers` are those that it cites, and `lead` is the line before it. One that `is_list` says something of each paper.
    """

    asked: str
    said: tuple[AnswerSentence, ...]
    quotes: tuple[AnswerSentence, ...]
    papers: tuple[Paper, ...]
    lead: str
    is_list: bool
    conversation: Conversation

    @property
    def is_table(self) -> bool:
        """Whether it sets papers side by side."""
        return self.conversation.last.form == "table"


class Reread:
    """The papers of the last answer as they read for its question, and which of their sentences it cites.

    An answer that `is_made` was asked for as a task and has its best paper first; it `goes_through` one paper that was
    to be summarised or explained.
    """

    def __init__(self, standing: Standing) -> None:
        library = standing.conversation.library
        self.understood = about(standing.papers, standing.asked, library)
        self.reading = self.understood.among
        self.texts = self.reading.texts
        weight = weigh_words(self.reading)
        self.odds = {
            (text.paper.id, number): odd
            for place, text in enumerate(self.texts)
            for number, odd in enumerate(score_sentences(self.reading, place, weight))
        }
        self.cited = {text.paper.id: _sentences(text, standing.quotes) for text in self.texts}
        wish = wished(standing.asked, standing.conversation.earlier, "") if TASKED.search(standing.asked) else None
        self.goes_through = wish is not None and wish.task in ("summary", "newcomer")
        self.is_made = wish is not None
        self._first = line if self.goes_through else self._said_first if wish else None

    def odd(self, sentence: Sentence) -> float:
        """Return how surely a sentence answers."""
        return self.odds[sentence.paper_id, sentence.number]

    def best(self, text: PaperText) -> Sentence:
        """Return the sentence cited of a paper that says most of what was asked."""
        cited = self.cited[text.paper.id]
        first = self._first(text) if self._first else None
        return first if first in cited else max(cited, key=self.odd)

    def _said_first(self, text: PaperText) -> Sentence | None:
        return self.cited[text.paper.id][0]


def _sentences(text: PaperText, quotes: Sequence[AnswerSentence]) -> tuple[Sentence, ...]:
    """Return the sentences of a paper that are quoted, whole or in part, in the order of the quotes."""
    places = [c.start for quote in quotes for c in quote.citations if c.paper_id == text.paper.id]
    inside = (next(one for one in text.sentences if one.start <= place < one.end) for place in places)
    return tuple(dict.fromkeys(inside))


Made = tuple[list[Sentence], list[Sentence], str]
"""The sentences of the form, those that a model writes it from, and what is said of it."""


def _shorter(read: Reread, standing: Standing, most: int) -> Made:
    """Return the fewest sentences that answer: one of each paper, then one of all, then the part of it that does."""
    every = [one for text in read.texts for one in read.cited[text.paper.id]]
    each = [read.best(text) for text in read.texts]
    compares = standing.is_list or standing.is_table or read.reading.demands.kind == "compare"
    is_one = len(each) == 1 or not compares
    kept = each if len(each) < len(every) or not is_one else each[:1] if read.is_made else [max(each, key=read.odd)]
    if most and is_one:
        first = sorted(every, key=lambda one: (one not in each, -read.odd(one)))[:most]
        kept = [one for one in every if one in first]
    if len(kept) == len(every):
        kept = [clause(one, read.reading.words) for one in kept]
    before = sum(len(c.quote) for quote in standing.quotes for c in quote.citations)
    is_less = sum(len(one.text) for one in kept) < before or not all(one.is_quote for one in standing.said)
    return kept, every, SHORTEST if not is_less else EACH if most and not is_one else ""


def _longer(read: Reread, standing: Standing, most: int) -> Made:  # noqa: ARG001  # each form takes the same
    """Return what was said with further sentences of the same papers, those that answer best.

    What answered leads; where a paper was gone through, its order stays.
    """
    count, kept, added = MORE.get(len(read.texts), 1), list[Sentence](), 0
    for text in read.texts[:SHOWN]:
        cited = read.cited[text.paper.id]
        left = sorted((one for one in text.sentences if one not in cited), key=lambda one: -read.odd(one))
        more = left[:count]
        kept += sorted((*cited, *more), key=lambda one: (one in more and not read.goes_through, one.number))
        added += len(left) - len(more)
    note = "" if added else WHOLE if len(read.texts) == 1 else WHOLE_EACH
    return kept, kept, note


def _simpler(read: Reread, standing: Standing, most: int) -> Made:  # noqa: ARG001
    """Return the part of each paper that answers, and of one alone what it is about, as plainly as it says that."""
    kept = list[Sentence]()
    for text in read.texts[:SHOWN]:
        around = {*introduction(text)} - {read.best(text)} if len(read.texts) == 1 else set[Sentence]()
        plain = introduction(text) if read.goes_through else plainest(text, around, 1)
        kept += plain if read.goes_through else (clause(read.best(text), read.reading.words), *plain)
    return kept, [one for text in read.texts for one in read.cited[text.paper.id]], ""


def _again(read: Reread, standing: Standing, most: int) -> Made:  # noqa: ARG001
    """Return what was cited, as it is."""
    every = [one for text in read.texts[:SHOWN] for one in read.cited[text.paper.id]]
    return every, every, ""


FORMS: dict[str, Callable[[Reread, Standing, int], Made]] = {
    "shorter": _shorter, "longer": _longer, "simpler": _simpler, "again": _again,
}  # fmt: skip
