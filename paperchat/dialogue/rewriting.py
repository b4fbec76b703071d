"""From a question and its conversation to what is searched for, what is found, and whether that answers it."""

import re
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from string import Template

from paperchat.dialogue.coreference import led_by, points, referred, spoken_of
from paperchat.dialogue.translation import into_english, rewritten
from paperchat.query.answerability import Judgement
from paperchat.query.intent import read_demands
from paperchat.retrieval.survey import Listing
from paperchat.text.language_id import is_english
from paperchat.text.refusals import declines
from paperchat.text.tokens import ASKING, content_words
from paperchat.types import ChatModel, ModelInfo, Paper, Result, Turn

PATIENCE = 8.0
"""Seconds that a follow-up is given to be restated by the model."""

REMEMBERED = 300
"""Most characters of the last answer that the model is reminded of."""


@dataclass(frozen=True, slots=True)
class Library:
    """What answers are drawn from: a search, the judge of (question, what was searched for, papers found), a survey.

    `survey` judges the whole set by a request for papers, or those of it that it is given; `titles` returns the set by
    normalised title.
    """

    search: Callable[[str], tuple[Result, ...]]
    judge: Callable[[str, str, Sequence[Result]], Judgement]
    survey: Callable[[str, Sequence[Paper]], Listing]
    titles: Callable[[], Mapping[str, Paper]]


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as it is taken (`asked`: in English, alone), what was searched for, what was found, the judgement.

    The first `meant` results are the papers of the conversation that the question means; 0 when it means none.
    """

    asked: str
    query: str
    results: tuple[Result, ...]
    judgement: Judgement
    meant: int = 0

    @property
    def among(self) -> tuple[Result, ...]:
        """The papers that an answer is taken from: those of the conversation that are meant, else all found."""
        return self.results[: self.meant] if self.meant else self.results


def look_up(question: str, history: Sequence[Turn], library: Library) -> Understood:
    """Return what a question means by rule, and what is found.

    One that means papers of the conversation is searched with their titles, and these come first. One that otherwise
    leans on the conversation is searched with the question before it, and alone when that does not answer: one that
    names what its papers are about has changed the subject.
    """
    query = search_query(question, history)
    if query != question:
        papers = referred(question, history, library.titles(), library.search) if points(question) else ()
        if papers:
            return _about(papers, question, library)
        papers = spoken_of(question, history, library.titles(), library.search)
        if papers and (understood := _about(papers, question, library)).judgement.answerable:
            return understood
    results = library.search(query)
    unanswered = query != question and declines(history[-1].answer)  # what was missing is still what is asked about
    judgement = library.judge(query if unanswered else question, query, results)
    if query != question and not judgement.answerable:
        alone = library.search(question)
        afresh = library.judge(question, question, alone)
        if afresh.answerable and afresh.names:
            return Understood(question, question, alone, afresh)
    return Understood(question, query, results, judgement)


def _about(papers: Sequence[Paper], question: str, library: Library) -> Understood:
    """Return what is found when a question means these papers."""
    query = " ".join([*(paper.title for paper in papers), question])
    results = led_by(papers, library.search(query))
    return Understood(question, query, results, library.judge(question, query, results), len(papers))


def is_unclear(understood: Understood, history: Sequence[Turn]) -> bool:
    """Tell whether a model should restate a question: it is in another language, or a follow-up that finds nothing."""
    leans = search_query(understood.asked, history) != understood.asked
    return not is_english(understood.asked) or (leans and not understood.judgement.answerable)


def restated(
    understood: Understood,
    history: Sequence[Turn],
    library: Library,
    model: ChatModel,
    info: ModelInfo,
    prompts: Mapping[str, str],
) -> Generator[None, None, Understood]:
    """Return what is found for the question as the model restates it, or `understood` when that finds no answer.

    Yields while the model writes, so that whoever waits can stop it. Raises ModelError.
    """
    if is_english(understood.asked):
        question = yield from restate(understood.asked, history, model, info, prompts["restate"])
    else:
        question = yield from into_english(understood.asked, model, info, prompts["translate"])
    if not question:
        return understood
    results = library.search(question)
    judgement = library.judge(question, question, results)
    kept = is_english(understood.asked) or understood.judgement.answerable or not results
    if kept and not judgement.answerable:
        return understood
    return Understood(question, question, results, judgement)


def restate(
    question: str, history: Sequence[Turn], model: ChatModel, info: ModelInfo, prompt: str
) -> Generator[None, None, str]:
    """Return a follow-up as it is understood alone, or an empty string when that takes too long. Raises ModelError."""
    told = "\n".join(f"{turn.question}\n{turn.answer[:REMEMBERED]}" for turn in history[-1:])
    asked = Template(prompt).substitute(conversation=told, question=question)
    return (yield from rewritten(asked, "question", model, info, PATIENCE))


_FOLLOWS = re.compile(
    r"\b(it|its|they|them|their|that|this|these|those|one|ones|first|second|third|former|latter|same)\b"
    r"|^(and|what about|how about|but)\b|\bothers?\b|\bof the (?:two|three|four)\b"
    r"|\[\d+\]|(?:\b(?:paper|number|no\.|nr\.?)|#) ?\d",
    re.IGNORECASE,
)

_PRONOUN = re.compile(r"it|its|they|them|their|that", re.IGNORECASE)

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
        if not _leans(asked):
            break
        asked = turn.question
        question = f"{asked} {question}"
    return question


def _leans(question: str) -> bool:
    """Tell whether a question may be understood only from the one before it."""
    found = _FOLLOWS.search(question)
    if len(question.split()) < FEW_WORDS or not found:
        return len(question.split()) < FEW_WORDS
    if not _PRONOUN.fullmatch(found[0]):
        return True
    before = question[: found.start()]
    own = [word for word in content_words(before) if word not in ASKING]
    return len(own) < OWN_WORDS and not read_demands(before).names
