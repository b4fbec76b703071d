"""Question in, a growing Answer out: evidence first, then a model's sentences, each with what it cites."""

import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from typing import Any, cast

from paperchat.dialogue.rewriting import Library, Understood, is_unclear, look_up, restated
from paperchat.dialogue.translation import into_language
from paperchat.errors import ModelError
from paperchat.generation.comparison import table_of
from paperchat.generation.extractive import completed, edited, listed, requested, unwritten, upheld
from paperchat.generation.prompting import answer_schema, count_tokens, fit, label_evidence, narrow, shortened, task_of
from paperchat.generation.reply_parsing import anchored, read_reply
from paperchat.generation.selection import EACH, pick
from paperchat.query.intent import kind_of
from paperchat.query.question import check_question
from paperchat.text.cleaning import clean
from paperchat.text.language_id import ENGLISH, is_english, language_of
from paperchat.text.refusals import declines
from paperchat.types import Answer, ChatModel, Citation, ModelInfo, Turn, Usage

LONGEST_REPLY = 50_000
"""Most characters of a reply that are read."""

Settle = Callable[[Answer, ModelInfo], Iterator[Answer]]
"""Checks a written answer and yields it as its verdicts settle."""


@dataclass(frozen=True, slots=True)
class Writing:
    """How answers are written: the prompts by name, the longest reply and the most evidence shown, both in tokens."""

    prompts: Mapping[str, str]
    max_tokens: int
    evidence_tokens: int


def stream_answer(
    question: str,
    history: Sequence[Turn],
    library: Library,
    model: ChatModel | None,
    writing: Writing,
    settle: Settle,
) -> Iterator[Answer]:
    """Yield the answer as it grows: the evidence alone, then with the model's text, last whole (see Answer).

    What the papers do not answer is not answered, by a model or without: the only sentence names what is missing. A
    list of papers and an edited comparison are made of the record alone, whether there is a model or not.
    When no model can answer, or it breaks off, the last answer says so in `notices` and keeps what there is. With None
    no model is asked: the answer is the evidence.
    """
    began = time.perf_counter()
    question, history = check_question(question), shortened(history)
    recorded = edited(question, history, library.titles(), library.search) or requested(question, history, library)
    if recorded is not None:
        yield _done(recorded, began)
        return
    understood = look_up(question, history, library)
    evidence = {"evidence": _since(began)}
    if model is not None and is_unclear(understood, history):
        found = Answer(question, understood.results, timings=evidence)
        with suppress(ModelError):  # what the rules understood stays
            steps = restated(understood, history, library, model, model.choose(), writing.prompts)
            understood = yield from _meanwhile(found, steps)
    asked, results, answerable = understood.asked, understood.results, understood.judgement.answerable
    kind = "compare" if understood.meant > 1 else kind_of(asked)
    kind = kind if answerable else "one"
    listing = library.survey(asked, ()) if kind == "list" else None
    if listing and listing.results:
        yield _done(listed(Answer(question, results, timings=evidence), listing), began)
        return
    answer = Answer(question, results, timings=evidence)
    if kind == "compare":
        places = range(understood.meant) if understood.meant > 1 else pick(asked, results)
        answer = replace(answer, table=table_of(asked, understood.query, results, places))
    if results:
        yield answer
    if model is None or (not answerable and is_english(question)):
        yield _done(unwritten(answer, understood), began)
        return
    try:
        info = model.choose()
    except ModelError as error:
        answer = unwritten(answer, understood)
        yield _done(replace(answer, notices=(str(error), *answer.notices)), began)
        return
    if not answerable:
        declined = replace(unwritten(answer, understood), stage="checking")
        yield from _translated(_timed(declined, began), 0, model, info, writing, began)
        return
    yield from _write(answer, understood, history, model, info, writing, settle, began)


def _meanwhile(answer: Answer, steps: Generator[None, None, Understood]) -> Generator[Answer, None, Understood]:
    """Yield an answer at each step of what goes on, and return what comes of it."""
    with closing(steps):
        while True:
            yield answer
            try:
                next(steps)
            except StopIteration as end:
                return cast("Understood", end.value)


def _write(
    answer: Answer,
    understood: Understood,
    history: Sequence[Turn],
    model: ChatModel,
    info: ModelInfo,
    writing: Writing,
    settle: Settle,
    began: float,
) -> Iterator[Answer]:
    """Yield the answer as a model writes it and as its sentences are checked."""
    room = model.context(info) - writing.max_tokens
    shown = narrow(understood.asked, understood.query, understood.among)
    labelled, task = label_evidence(shown, writing.evidence_tokens), task_of(understood.asked, shown)
    messages, labelled, dropped = fit(writing.prompts, understood.asked, history, labelled, room, task)
    answer = replace(answer, model=info.name, model_digest=info.digest, notices=(dropped,) if dropped else ())
    pieces = model.chat(info, messages, answer_schema(labelled, task), writing.max_tokens)
    try:
        tokens = (count_tokens(messages), model.context(info))
        with closing(cast("Any", _growing(answer, pieces, labelled, tokens, began))) as growing:
            for answer in growing:
                yield answer
    except ModelError as error:
        answer = answer if answer.sentences else unwritten(answer, understood)
        yield _timed(replace(answer, stage="failed", notices=(*answer.notices, str(error))), began)
        return
    written = len(answer.sentences)
    if not written:
        notice = f"{info.name} wrote nothing that can be shown; here is the evidence itself."
        answer = unwritten(replace(answer, notices=(*answer.notices, notice)), understood)
    answer = replace(answer, sentences=tuple(anchored(sentence, labelled) for sentence in answer.sentences))
    most = EACH["one"] if is_english(answer.question) else 1  # quotes stay in the papers' language
    answer = _timed(completed(_without_support(answer), understood, most), began)
    for answer in settle(answer, info):  # noqa: B020  # the last one is the answer
        yield answer
    yield from _translated(_timed(upheld(answer, understood), began), written, model, info, writing, began)


def _translated(
    answer: Answer, written: int, model: ChatModel, info: ModelInfo, writing: Writing, began: float
) -> Iterator[Answer]:
    """Yield the answer in the language of its question, which is English mostly, and last whole.

    The model wrote the first `written` sentences.
    """
    language = language_of(answer.question)
    if language != ENGLISH:
        steps = into_language(answer, written, language, model, info, writing.prompts["translate"])
        with closing(cast("Any", steps)):
            for said in steps:
                yield said
                answer = said
        answer = _timed(answer, began)
    yield replace(answer, stage="done")


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
            elif raw := (raw + piece)[:LONGEST_REPLY]:
                answer = _written(answer, raw, labelled, began)
            yield answer


def _without_support(answer: Answer) -> Answer:
    """Return the answer with nothing cited by what says that the evidence does not answer."""
    sentences = [replace(s, citations=()) if declines(s.text) else s for s in answer.sentences]
    if not all(declines(sentence.text) for sentence in sentences):
        return replace(answer, sentences=tuple(sentences))
    nearest = f"Nearest in the set: “{clean(answer.results[0].paper.title)}”."
    return replace(answer, sentences=tuple(sentences), abstained=True, notices=(*answer.notices, nearest))


def _written(answer: Answer, raw: str, labelled: Mapping[str, Citation], began: float) -> Answer:
    sentences = read_reply(raw, labelled)
    timings = dict(answer.timings)
    if sentences:
        timings.setdefault("first_token", _since(began))
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


def _done(answer: Answer, began: float) -> Answer:
    return _timed(replace(answer, stage="done", timings=answer.timings or {"evidence": _since(began)}), began)


def _since(began: float) -> float:
    return time.perf_counter() - began


def _timed(answer: Answer, began: float) -> Answer:
    return replace(answer, timings={**answer.timings, "total": _since(began)})
