"""From a question and its conversation to what is searched for, what is found, and whether that answers it."""

import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from string import Template

from paperchat.dialogue.conversation import Conversation, declined
from paperchat.dialogue.coreference import FEW, by_name, led_by, points, referred, spoken_of
from paperchat.dialogue.edits import read_edit
from paperchat.dialogue.replacing import replaced
from paperchat.dialogue.translation import into_english, rewritten
from paperchat.models.model import Model
from paperchat.query.answerability import Judgement
from paperchat.query.intent import is_surely, read_demands
from paperchat.query.reading import Reading
from paperchat.query.standing import may_stand
from paperchat.retrieval.library import Library
from paperchat.text import lexicon
from paperchat.text.language_id import is_english
from paperchat.text.tokens import ASKING, content_words
from paperchat.types import Paper, Result, Turn

PATIENCE = 8.0
"""Seconds that a follow-up is given to be restated by the model."""

REMEMBERED = 300
"""Most characters of the last answer that the model is reminded of."""


BETTER = 1.0
"""Log odds by which another paper has to answer what leans on the last answer better than its papers do."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as it is taken (in English, alone) with what was found for it, and the judgement.

    The first `meant` results are the papers of the conversation that the question means; 0 when it means none.
    """

    reading: Reading
    judgement: Judgement
    meant: int = 0

    @property
    def among(self) -> Reading:
        """The papers that an answer is taken from: those of the conversation that are meant, else all found."""
        return self.reading.first(self.meant) if self.meant else self.reading


def look_up(question: str, conversation: Conversation) -> Understood:
    """Return what a question means by rule, and what is found.

    One that means papers of the conversation is searched with their titles, and these come first. One that otherwise
    leans on the conversation is searched with the question before it, and alone, if it has words enough; what the
    papers say to each tells which is meant, and whether it keeps to the papers of the last answer. Where one paper
    alone is asked, it is meant.
    """
    library = conversation.library
    if library.only:
        return about((library.only,), question, library)
    query = search_query(question, conversation.turns)
    if query == question:
        return _judged(library.search(question), library)
    if (instead := replaced(question, conversation)) and (other := _of(instead, question, library)):
        return other
    papers = referred(question, conversation) if points(question) else ()
    if papers:
        return about(papers, question, library, conversation.last.question)
    papers = spoken_of(question, conversation)
    if papers and (understood := about(papers, question, library, conversation.last.question)).judgement.answerable:
        return understood
    found = library.search(query)
    reading = library.fitted(library.guessed(found.asking(question)), *_ways(question, conversation.last.question))
    unanswered = declined(conversation.last)  # what was missing is still what is asked about
    led = Understood(reading, library.judge(library.fitted(found) if unanswered else reading))
    return _alone(question, led, library) or _kept_to(led, conversation) or led


def _of(instead: str, question: str, library: Library) -> Understood | None:
    """Return what is found for the last question, asked `instead` of another thing; None where that is of a list."""
    understood = _judged(library.search(instead), library)
    if understood.reading.demands.kind == "list":
        return None
    return replace(understood, reading=replace(understood.reading, question=question))


def _kept_to(led: Understood, conversation: Conversation) -> Understood | None:
    """Return what papers of the last answer say to what leans on it, unless another paper says it better."""
    reading = led.reading
    if not reading.fits or reading.demands.kind != "one" or declined(conversation.last):
        return None
    least = max(reading.fits.values()) - BETTER
    likely = {key for (key, _), odds in reading.fits.items() if odds >= least}
    papers = [paper for paper in conversation.last_papers if paper.id in likely]
    if not 0 < len(papers) <= FEW:
        return None
    kept = replace(led_by(papers, reading, conversation.library), fits=reading.fits)
    judgement = conversation.library.judge(kept)
    return Understood(kept, judgement, len(papers)) if judgement.answerable else None


def _alone(question: str, led: Understood, library: Library) -> Understood | None:
    """Return what is found for a question alone, if that is what it means: not what was found for it `led` by another.

    One that names what its papers are about has changed the subject where the question before does not help.
    """
    if led.judgement.answerable and not may_stand(led.reading):
        return None
    alone = _judged(library.search(question), library)
    if not led.judgement.answerable:
        return alone if alone.judgement.answerable and alone.judgement.names else None
    return alone if library.stands_alone(alone.reading, led.reading) else None


def about(papers: Sequence[Paper], question: str, library: Library, before: str = "") -> Understood:
    """Return what is found when a question means these papers, which came after the question `before`."""
    found = library.search(" ".join([*(paper.title for paper in papers), question]))
    asked: Sequence[str] = ()
    if before:
        name = library.short_name(papers[0]) if len(papers) == 1 else ""
        asked = _ways(by_name(question, name), before)
    return _judged(led_by(papers, replace(found, question=question), library), library, len(papers), asked)


def _ways(question: str, before: str) -> tuple[str, str]:
    """Return the ways in which what leans on the question `before` is asked: a short one says little by itself."""
    return question, f"{before} {question}"


def as_one(understood: Understood, library: Library) -> Understood | None:
    """Return what sounded like a request for papers as a question to one; None for what surely asks for several."""
    reading = understood.reading
    if is_surely("list", library.guess(reading.asked)):
        return None
    return _judged(replace(reading, demands=replace(reading.demands, kind="one")), library)


def _judged(reading: Reading, library: Library, meant: int = 0, asked: Sequence[str] = ()) -> Understood:
    """Return what was found with its likeliest sentences read beside the question, and judged by that.

    "Only the results of X" sounds like a list, and asks one paper.
    """
    if reading.demands.kind == "list" and (edit := read_edit(reading.question)) and edit.kind == "only":
        reading = replace(reading, demands=replace(reading.demands, kind="one"))
    fitted = library.fitted(reading, *asked)
    return Understood(fitted, library.judge(fitted), meant)


def deepened(reading: Reading, library: Library, limit: int) -> tuple[Result, ...]:
    """Return the best `limit` papers of what was found: where they are more, those that come next for its query."""
    found = list(reading.results)
    if len(found) < limit:
        known = {result.paper for result in found}
        found += [result for result in library.found(reading.query, limit).results if result.paper not in known]
    return tuple(replace(result, rank=rank) for rank, result in enumerate(found[:limit], 1))


def is_unclear(understood: Understood, conversation: Conversation) -> bool:
    """Tell whether a model should restate a question: it is in another language, or a follow-up that finds nothing."""
    question = understood.reading.question
    leans = search_query(question, conversation.turns) != question
    return not is_english(question) or (leans and not understood.judgement.answerable)


def restated(understood: Understood, conversation: Conversation, model: Model) -> Generator[None, None, Understood]:
    """Return what is found for the question as the model restates it, or `understood` when that finds no answer.

    Yields while the model writes, so that whoever waits can stop it. Raises ModelError.
    """
    asked = understood.reading.question
    if is_english(asked):
        question = yield from restate(asked, conversation.turns, model)
    else:
        question = yield from into_english(asked, model)
    if not question:
        return understood
    other = _judged(conversation.library.search(question), conversation.library)
    kept = is_english(asked) or understood.judgement.answerable or not other.reading.results
    return understood if kept and not other.judgement.answerable else other


def restate(question: str, turns: Sequence[Turn], model: Model) -> Generator[None, None, str]:
    """Return a follow-up as it is understood alone, or an empty string when that takes too long. Raises ModelError."""
    told = "\n".join(f"{turn.question}\n{turn.answer[:REMEMBERED]}" for turn in turns[-1:])
    asked = Template(model.prompts["restate"]).substitute(conversation=told, question=question)
    return (yield from rewritten(asked, "question", model, PATIENCE))


_FOLLOWS = re.compile(
    rf"(?<!-)\b(?:{lexicon.any_of('pronouns.leans', 'pronouns.means')}|others?)\b(?!-)"
    r"|^(and|what about|how about|but)\b|\bof the (?:two|three|four)\b"
    r"|\[\d+\]|(?:\b(?:paper|number|no\.|nr\.?)|#) ?\d",
    re.IGNORECASE,
)

_PRONOUN = re.compile(lexicon.any_of("pronouns.means"), re.IGNORECASE)

FEW_WORDS = 5
"""A question of fewer words than this leans on the conversation."""

OWN_WORDS = 3
"""Content words, or a name, that a question has before "it" or "their" when these mean something of its own."""

DEPTH = 3
"""Most earlier questions that a question is searched with."""


def search_query(question: str, history: Sequence[Turn]) -> str:
    """Return what to search for: a question that leans on the conversation is searched with the question before it.

    That one may lean on an earlier one in turn; at most `DEPTH` are taken.
    """
    asked = question
    for turn in reversed(history[-DEPTH:]):
        if not may_lean(asked):
            break
        asked = turn.question
        question = f"{asked} {question}"
    return question


def may_lean(question: str) -> bool:
    """Tell whether a question may be understood only from the one before it."""
    found = _FOLLOWS.search(question)
    if len(question.split()) < FEW_WORDS or not found:
        return len(question.split()) < FEW_WORDS
    if not _PRONOUN.fullmatch(found[0]):
        return True
    before = question[: found.start()]
    own = [word for word in content_words(before) if word not in ASKING]
    return len(own) < OWN_WORDS and not read_demands(before).names
