"""Question in, a growing Answer out: evidence first, then a model's sentences, each with what it cites."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any, cast

from paperchat.abstain import Judgement
from paperchat.cite import declines, read_reply
from paperchat.errors import InputError, ModelError
from paperchat.prompt import answer_schema, count_tokens, fit, label_evidence, search_query
from paperchat.select import choose
from paperchat.text import clean, printable
from paperchat.types import Answer, AnswerSentence, ChatModel, Citation, ModelInfo, Result, Turn, Usage
from paperchat.verdict import VERBATIM

MAX_QUESTION = 10_000
"""Longest question, in characters."""

Search = Callable[[str], tuple[Result, ...]]
Settle = Callable[[Answer, ModelInfo], Iterator[Answer]]
"""Checks a written answer and yields it as its verdicts settle."""
Judge = Callable[[str, str, Sequence[Result]], Judgement]
"""Judges (question, what was searched for, papers found)."""


def check_question(question: str) -> str:
    """Return the question as one printable line; raise InputError when it is empty or too long."""
    if len(question) > MAX_QUESTION:
        raise InputError(f"The question has {len(question):,} characters; {MAX_QUESTION:,} is the most.", "Shorten it.")
    line = " ".join(printable(question).split())
    if not line:
        raise InputError("The question is empty.", "Type a question.")
    return line


@dataclass(frozen=True, slots=True)
class Writing:
    """How answers are written: the prompts by name, the longest reply and the most evidence shown, both in tokens."""

    prompts: Mapping[str, str]
    max_tokens: int
    evidence_tokens: int


def stream_answer(
    question: str,
    history: Sequence[Turn],
    search: Search,
    judge: Judge,
    model: ChatModel | None,
    writing: Writing,
    settle: Settle,
) -> Iterator[Answer]:
    """Yield the answer as it grows: the evidence alone, then with the model's text, last whole (see Answer).

    What the papers do not answer is not answered, by a model or without: the only sentence names what is missing.
    When no model can answer, or it breaks off, the last answer says so in `notices` and keeps what there is. With None
    no model is asked: the answer is the evidence.
    """
    began = time.perf_counter()
    question = check_question(question)
    query, results, judgement = _look_up(question, history, search, judge)
    answer = Answer(question, results, timings={"evidence": time.perf_counter() - began})
    if results:
        yield answer
    if model is None or not judgement.answerable:
        yield _timed(replace(_unwritten(answer, judgement, query), stage="done"), began)
        return
    try:
        info = model.choose()
    except ModelError as error:
        answer = _unwritten(answer, judgement, query)
        yield _timed(replace(answer, stage="done", notices=(str(error), *answer.notices)), began)
        return
    room = model.context(info) - writing.max_tokens
    labelled = label_evidence(results, writing.evidence_tokens)
    messages, labelled, dropped = fit(writing.prompts, question, history, labelled, room)
    answer = replace(answer, model=info.name, model_digest=info.digest, notices=(dropped,) if dropped else ())
    pieces = model.chat(info, messages, answer_schema(list(labelled)), writing.max_tokens)
    try:
        tokens = (count_tokens(messages), model.context(info))
        with closing(cast("Any", _growing(answer, pieces, labelled, tokens, began))) as growing:
            for answer in growing:
                yield answer
    except ModelError as error:
        answer = answer if answer.sentences else _unwritten(answer, judgement, query)
        yield _timed(replace(answer, stage="failed", notices=(*answer.notices, str(error))), began)
        return
    if not answer.sentences:
        notice = f"{info.name} wrote nothing that can be shown; here is the evidence itself."
        answer = _unwritten(replace(answer, notices=(*answer.notices, notice)), judgement, query)
    answer = _timed(_without_support(answer), began)
    for answer in settle(answer, info):  # noqa: B020  # the last one is the answer
        yield answer
    yield replace(answer, stage="done")


def _look_up(
    question: str, history: Sequence[Turn], search: Search, judge: Judge
) -> tuple[str, tuple[Result, ...], Judgement]:
    """Return what was searched for, what was found and whether that answers the question.

    A question that leans on the conversation is tried alone when the papers found with it do not answer: one that names
    what they are about has changed the subject.
    """
    query = search_query(question, history)
    results = search(query)
    judgement = judge(question, query, results)
    if query != question and not judgement.answerable:
        alone = search(question)
        afresh = judge(question, question, alone)
        if afresh.answerable and afresh.names:
            return question, alone, afresh
    return query, results, judgement


def _growing(
    answer: Answer,
    pieces: Iterator[str | Usage],
    labelled: Mapping[str, Citation],
    tokens: tuple[int, int],
    began: float,
) -> Iterator[Answer]:
    """Yield the answer with each piece of a reply, an empty one too: whoever reads can then stop, which ends the reply.

    `tokens` are the estimate of the prompt and the model's context.
    """
    raw = ""
    with closing(cast("Any", pieces)):
        for piece in pieces:
            if isinstance(piece, Usage):
                answer = _counted(answer, piece, *tokens)
            elif raw := raw + piece:
                answer = _written(answer, raw, labelled, began)
            yield answer


def _without_support(answer: Answer) -> Answer:
    """Return the answer with nothing cited by what says that the evidence does not answer."""
    sentences = [replace(s, citations=()) if declines(s.text) else s for s in answer.sentences]
    if not all(declines(sentence.text) for sentence in sentences):
        return replace(answer, sentences=tuple(sentences))
    nearest = f"Nearest in the set: “{clean(answer.results[0].paper.title)}”."
    return replace(answer, sentences=tuple(sentences), abstained=True, notices=(*answer.notices, nearest))


def quoted(question: str, query: str, results: Sequence[Result]) -> tuple[AnswerSentence, ...]:
    """Return the answer without a model: the sentences that answer, verbatim (see `choose`)."""
    return tuple(
        AnswerSentence(
            s.text,
            (Citation(one.result.paper.id, one.result.paper.title, s.text, s.start, s.end),),
            "supported",
            VERBATIM,
        )
        for one in choose(question, query, results)
        for s in one.sentences
    )


def _unwritten(answer: Answer, judgement: Judgement, query: str) -> Answer:
    """Return the answer of the evidence alone: its sentences, or a sentence that says what is missing."""
    if judgement.answerable:
        return replace(answer, sentences=quoted(answer.question, query, answer.results))
    return replace(answer, abstained=True, sentences=(AnswerSentence(judgement.notice),))


def _written(answer: Answer, raw: str, labelled: Mapping[str, Citation], began: float) -> Answer:
    sentences = read_reply(raw, labelled)
    timings = dict(answer.timings)
    if sentences:
        timings.setdefault("first_token", time.perf_counter() - began)
    return replace(answer, stage="writing", sentences=sentences, timings=timings)


def _counted(answer: Answer, usage: Usage, estimate: int, context: int) -> Answer:
    notices = list(answer.notices)
    if usage.reason == "length":
        notices.append("The answer reached its longest length and was cut: raise PAPERCHAT_MAX_TOKENS for more.")
    if usage.prompt_tokens >= context or usage.prompt_tokens < estimate * 0.3:
        notices.append(
            "The model server read only part of the prompt: its context was cut. Set PAPERCHAT_NUM_CTX higher."
        )
    return replace(answer, prompt_tokens=usage.prompt_tokens, notices=tuple(notices))


def _timed(answer: Answer, began: float) -> Answer:
    return replace(answer, timings={**answer.timings, "total": time.perf_counter() - began})
