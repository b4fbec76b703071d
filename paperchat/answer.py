"""Question in, a growing Answer out: evidence first, then a model's sentences, each with what it cites."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any, cast

from paperchat.abstain import Judgement
from paperchat.cite import declines, read_reply
from paperchat.compare import meant, papers_in, read_edit, table_of
from paperchat.demands import kind_of, mentions
from paperchat.errors import InputError, ModelError
from paperchat.listing import Listing
from paperchat.prompt import answer_schema, count_tokens, fit, label_evidence, search_query
from paperchat.select import answering, choose, pick
from paperchat.text import clean, printable
from paperchat.types import Answer, AnswerSentence, ChatModel, Citation, ModelInfo, Paper, Result, Turn, Usage
from paperchat.verdict import verbatim

MAX_QUESTION = 10_000
"""Longest question, in characters."""

Settle = Callable[[Answer, ModelInfo], Iterator[Answer]]
"""Checks a written answer and yields it as its verdicts settle."""


@dataclass(frozen=True, slots=True)
class Library:
    """What answers are drawn from: a search, the judge of (question, what was searched for, papers found), a survey.

    `survey` judges the whole set by a request for papers; `papers` returns the set.
    """

    search: Callable[[str], tuple[Result, ...]]
    judge: Callable[[str, str, Sequence[Result]], Judgement]
    survey: Callable[[str], Listing]
    papers: Callable[[], Sequence[Paper]]


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
    question = check_question(question)
    edited = _edited(question, history, library)
    if edited is not None:
        yield _timed(replace(edited, stage="done", timings={"evidence": time.perf_counter() - began}), began)
        return
    query, results, judgement = _look_up(question, history, library)
    kind = kind_of(question)
    listing = library.survey(question) if judgement.answerable and kind == "list" else None
    if listing and listing.results:
        answer = _listed(Answer(question, results), listing)
        yield _timed(replace(answer, stage="done", timings={"evidence": time.perf_counter() - began}), began)
        return
    table = table_of(question, query, results, pick(question, results)) if kind == "compare" else None
    table = table if judgement.answerable else None
    answer = Answer(question, results, timings={"evidence": time.perf_counter() - began}, table=table)
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


def _look_up(question: str, history: Sequence[Turn], library: Library) -> tuple[str, tuple[Result, ...], Judgement]:
    """Return what was searched for, what was found and whether that answers the question.

    A question that leans on the conversation is tried alone when the papers found with it do not answer: one that names
    what they are about has changed the subject.
    """
    query = search_query(question, history)
    results = library.search(query)
    judgement = library.judge(question, query, results)
    if query != question and not judgement.answerable:
        alone = library.search(question)
        afresh = library.judge(question, question, alone)
        if afresh.answerable and afresh.names:
            return question, alone, afresh
    return query, results, judgement


def _listed(answer: Answer, listing: Listing) -> Answer:
    """Return the answer of a list: every paper that qualifies with the sentence that says so, then what else was found.

    The line before it counts them.
    """
    found = listing.results
    own = {result.paper.id for result in found}
    others = [result for result in answer.results if result.paper.id not in own]
    results = (*found, *(replace(other, rank=rank) for rank, other in enumerate(others, len(found) + 1)))
    sentences = tuple(verbatim(result.paper, s) for result in found for s in result.sentences[:1])
    count = f"{len(found):,} of {listing.papers:,} papers:"
    notices = answer.notices
    if listing.judged < listing.papers:
        count = f"At least {count[0].lower()}{count[1:]}"
        notices = (*notices, f"The {listing.judged:,} papers nearest to the question were judged, not the whole set.")
    return replace(answer, results=results, sentences=sentences, lead=count, notices=notices)


def _edited(question: str, history: Sequence[Turn], library: Library) -> Answer | None:
    """Return the last turn's comparison with a paper added or dropped, or only some of its rows; None for all else."""
    edit = read_edit(question) if history else None
    papers = list(papers_in(history[-1], library.papers())) if edit else []
    if edit is None or len(papers) < COMPARED:
        return None
    if edit.kind == "drop":
        place = meant(edit.what, papers)
        if place is None:
            return None
        del papers[place]
    elif edit.kind == "add":
        added = [result.paper for result in library.search(edit.what) if mentions(clean(result.paper.title), edit.what)]
        added = added or [result.paper for result in library.search(edit.what)[:1]]
        papers += [paper for paper in added[:1] if paper not in papers]
    results = tuple(Result(paper, rank, 0.0, None, None, ()) for rank, paper in enumerate(papers, 1))
    asked = question if edit.kind == "only" else ""
    table = table_of(asked, asked or history[-1].question, results, range(len(results)))
    if table is None:
        best = [
            verbatim(one.result.paper, one.best) for one in answering(question, question, results, range(len(papers)))
        ]
        return Answer(question, results, sentences=tuple(best))
    return Answer(question, results, sentences=tuple(cell for cell in table.cells[0] if cell), table=table)


COMPARED = 2
"""Papers that a turn has at least when it was a comparison."""


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
    return tuple(verbatim(one.result.paper, s) for one in choose(question, query, results) for s in one.sentences)


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
