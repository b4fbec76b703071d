"""Question in, a growing Answer out: evidence first, then a model's sentences, each with what it cites."""

from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from typing import Any, Protocol, cast

from paperchat.dialogue.acts import act_of
from paperchat.dialogue.conversation import Conversation
from paperchat.dialogue.recasting import WORDED, Recast, wanted_by
from paperchat.dialogue.rewriting import Understood, as_one, is_unclear, look_up, restated
from paperchat.dialogue.tasks import TASKED, wished
from paperchat.dialogue.translation import into_language
from paperchat.errors import ModelError
from paperchat.generation.comparison import table_of
from paperchat.generation.conflicts import disagreements
from paperchat.generation.extractive import Grounds, completed, listed, untold, unwritten, without_any
from paperchat.generation.labelling import WHOLE, Labelled, Shown, Task, label_evidence, task_of, with_others
from paperchat.generation.prompting import answer_schema, count_tokens, fit
from paperchat.generation.recasting import recast_of
from paperchat.generation.reply_parsing import anchored, read_reply
from paperchat.generation.requests import from_record
from paperchat.generation.selection import EACH, choose
from paperchat.generation.tasks import met
from paperchat.generation.withholding import to_the_point, upheld
from paperchat.models import sizes
from paperchat.models.model import Model
from paperchat.models.sizes import Portion
from paperchat.models.steps import meanwhile
from paperchat.protocols import Thought
from paperchat.query.question import check_question
from paperchat.retrieval.library import Library
from paperchat.text.cleaning import clean
from paperchat.text.language_id import ENGLISH, is_english, language_of
from paperchat.text.refusals import declines
from paperchat.types import RECAST, Answer, Turn, Usage
from paperchat.verification.opposition import Opposing

LONGEST_REPLY = 50_000
"""Most characters of a reply that are read."""

Settle = Callable[[Answer, Model], Iterator[Answer]]
"""Checks a written answer and yields it as its verdicts settle."""


class Checks(Protocol):
    """What checks sentences: those of an answer, and those of papers against each other."""

    @property
    def opposing(self) -> Opposing:
        """What judges whether two sentences oppose each other."""

    def settle(self, answer: Answer, model: Model) -> Iterator[Answer]:
        """Yield a written answer as the verdicts on its sentences settle."""


READ = 0.3
"""A server that counts less than this share of the tokens estimated has read only part of the prompt."""


def stream_answer(
    question: str, turns: Sequence[Turn], library: Library, model: Model | None, checks: Checks
) -> Iterator[Answer]:
    """Yield the answer as it grows: the evidence alone, then with the model's text, last whole (see Answer).

    What the papers do not answer is not answered, by a model or without: the only sentence names what is missing. A
    list of papers, an edited comparison and where papers disagree are made of the record alone, with a model or not.
    When no model can answer, or it breaks off, the last answer says so in `notices` and keeps what there is. With None
    no model is asked: the answer is the evidence.
    """
    question = check_question(question)
    conversation = Conversation(turns, library)
    act = act_of(question, conversation)
    settle, recast = checks.settle, wanted_by(question, act) if act in RECAST else None
    if recast and recast.merely:
        yield from _recast(recast, conversation, model, settle)
        return
    wish = wished(question, conversation, act) if TASKED.search(question) else None
    if wish and wish.task == "conflict":
        if found := disagreements(question, wish, conversation.library, checks.opposing):
            yield replace(found, stage="done")
            return
    elif wish and (made := met(question, wish, conversation.library)):
        yield from _told(*made, conversation, model, settle)
        return
    recorded = from_record(question, conversation, act) if act or conversation.turns else None
    if recorded is not None:
        yield replace(recorded, stage="done")
        return
    if recast:
        yield from _recast(recast, conversation, model, settle)
        return
    understood = look_up(question, conversation)
    if model is not None and is_unclear(understood, conversation):
        understood = yield from _restated(question, understood, conversation, model)
    yield from _answered(Answer(question), understood, conversation, model, settle)


def timed(answers: Iterator[Answer], clock: Callable[[], float]) -> Iterator[Answer]:
    """Yield answers with the seconds since now: to the evidence, to a model's first words, to their check, in all."""
    began, timings = clock(), dict[str, float]()
    before = told = None
    with closing(cast("Any", answers)):
        for answer in answers:
            if told is None or answer is not before:  # else nothing but time has passed
                seconds = clock() - began
                timings.setdefault("evidence", seconds)
                if answer.stage == "writing" and answer.sentences:
                    timings.setdefault("first_token", seconds)
                if answer.stage == "checking":
                    timings.setdefault("checking", seconds)
                if answer.stage not in ("evidence", "writing"):
                    timings["total"] = seconds
                before, told = answer, replace(answer, timings=dict(timings))
            yield told


def _recast(wanted: Recast, conversation: Conversation, model: Model | None, settle: Settle) -> Iterator[Answer]:
    """Yield the last answer in another form: of the record, or as a model writes or translates it (see `recasting`)."""
    made = recast_of(wanted, conversation)
    grounds, writer, why = made.grounds, None, ""
    if grounds or made.language:
        try:
            writer = model and model.chosen()
        except ModelError as error:
            why = str(error)
    if writer is None:
        yield made.unwritten(why)
    elif grounds and len(grounds.chosen) <= writer.portion.papers:
        answer = replace(made.answer, sentences=(), notices=())
        yield answer
        yield from _written(answer, grounds, conversation, writer, settle)
    else:
        said = frozenset(sentence.text for sentence in made.answer.sentences)
        yield from _translated(made.translatable(writer.known), said, writer, made.language)


def _restated(
    question: str, understood: Understood, conversation: Conversation, model: Model
) -> Generator[Answer, None, Understood]:
    """Return the question as the model restates it; yield the evidence so far while it does."""
    found = Answer(question, understood.reading.results)
    with suppress(ModelError):  # what the rules understood stays
        steps = restated(understood, conversation, model.chosen())
        yield found
        return (yield from meanwhile(found, steps))
    return understood


def _answered(
    answer: Answer, understood: Understood, conversation: Conversation, model: Model | None, settle: Settle
) -> Iterator[Answer]:
    """Yield the answer, of which the question is there, as that is understood."""
    reading, answerable = understood.reading, understood.judgement.answerable
    kind = ("compare" if understood.meant > 1 else reading.demands.kind) if answerable else "one"
    told = (understood.judgement.notice,) if answerable and understood.judgement.notice else ()
    answer = replace(answer, results=reading.results, notices=told)
    listing = conversation.library.survey(reading.question) if kind == "list" else None
    if listing and not (listing.results or listing.left_out) and (one := as_one(understood, conversation.library)):
        yield from _answered(answer, one, conversation, model, settle)
        return
    if listing:
        yield replace(listed(answer, listing) if listing.results else without_any(answer, listing), stage="done")
        return
    grounds = Grounds(understood, choose(understood.among) if answerable else ())
    if answerable and not grounds.chosen:
        yield replace(untold(answer, understood.among), stage="done")
        return
    if kind == "compare":
        chosen = [reading.texts.index(one.text) for one in grounds.chosen]
        answer = replace(answer, table=table_of(reading, range(understood.meant) if understood.meant > 1 else chosen))
    yield from _told(answer, grounds, conversation, model, settle)


def _told(
    answer: Answer, grounds: Grounds, conversation: Conversation, model: Model | None, settle: Settle
) -> Iterator[Answer]:
    """Yield the answer from its grounds: as a model writes it, where there is one and they answer; else as quotes."""
    answerable = grounds.understood.judgement.answerable
    if answer.results:
        yield answer
    if model is None or (not answerable and is_english(answer.question)):
        yield replace(unwritten(answer, grounds), stage="done")
        return
    try:
        model = model.chosen()
    except ModelError as error:
        answer = unwritten(answer, grounds)
        yield replace(answer, stage="done", notices=(str(error), *answer.notices))
        return
    if answerable:
        yield from _written(answer, grounds, conversation, model, settle)
    else:
        yield from _translated(replace(unwritten(answer, grounds), stage="checking"), frozenset(), model)


def _written(
    answer: Answer, grounds: Grounds, conversation: Conversation, model: Model, settle: Settle
) -> Iterator[Answer]:
    """Yield the answer as a model writes it; what is beside the point is withheld, the rest checked."""
    reading, portion = grounds.understood.reading, model.portion
    portion = replace(portion, sentences=grounds.most or portion.sentences)
    task = grounds.task or task_of(reading, len(grounds.chosen))
    labelled = _shown(grounds, task, portion)
    messages, labelled, dropped = fit(model, reading.question, conversation.turns, labelled, task)
    notices = (*answer.notices, dropped) if dropped else answer.notices
    answer = replace(answer, model=model.known.name, model_digest=model.known.digest, notices=notices)
    answer = replace(answer, settings=portion.told, shown=tuple(one.citation for one in labelled.values()))
    pieces = model.write(messages, answer_schema(labelled, task, portion))
    try:
        with closing(cast("Any", _growing(answer, pieces, labelled, count_tokens(messages), model))) as growing:
            for answer in growing:
                yield answer
    except ModelError as error:
        answer = answer if answer.sentences else unwritten(answer, grounds)
        yield replace(answer, stage="failed", notices=(*answer.notices, str(error)))
        return
    written = frozenset(sentence.text for sentence in answer.sentences)
    if not written:
        notice = f"{model.known.name} wrote nothing that can be shown; here is the evidence itself."
        answer = unwritten(replace(answer, notices=(*answer.notices, notice)), grounds)
    answer = replace(answer, sentences=tuple(anchored(sentence, labelled) for sentence in answer.sentences))
    answer = to_the_point(_without_support(answer), grounds, conversation.library.fit)
    with closing(cast("Any", settle(_filled(answer, grounds), model))) as settling:
        for answer in settling:
            yield answer
    yield from _translated(upheld(answer, grounds), written, model, grounds.language)


def _shown(grounds: Grounds, task: Task, portion: Portion) -> dict[str, Shown]:
    """Return what a model of this portion is shown of the grounds of an answer."""
    reading, chosen = grounds.understood.reading, grounds.chosen
    if task in ("one", "title"):
        chosen = with_others(chosen, reading, portion.beside)
    around = 0 if reading.demands.kind == "list" and not grounds.task else portion.around
    around = sizes.WHOLE if task in WHOLE else 0 if task in WORDED else around
    return label_evidence(chosen[: max(portion.papers, 1 + portion.beside)], around, portion.evidence)


def _filled(answer: Answer, grounds: Grounds) -> Answer:
    """Return a written answer with the sentences that answer and that it leaves out.

    A summary leaves out much, and what was said before in another form has what it is to have.
    """
    if grounds.task in (*WHOLE, *WORDED):
        return answer
    most = EACH["one"] if is_english(answer.question) and not grounds.task else 1  # quotes stay in their language
    return completed(answer, grounds, most)


def _translated(answer: Answer, written: Collection[str], model: Model, language: str = "") -> Iterator[Answer]:
    """Yield the answer in a language, else in that of its question, which is English mostly, and last whole.

    `written` are the texts of the sentences that a model wrote.
    """
    language, last = language or (ENGLISH if answer.act else language_of(answer.question)), answer
    if language != ENGLISH:
        with closing(cast("Any", into_language(answer, written, language, model))) as steps:
            for last in steps:
                yield last
    yield replace(last, stage="done")


def _growing(
    answer: Answer, pieces: Iterator[str | Thought | Usage], labelled: Labelled, estimate: int, model: Model
) -> Iterator[Answer]:
    """Yield the answer with each piece of a reply, an empty one too: whoever reads can then stop, which ends the reply.

    `estimate` is of the prompt's tokens.
    """
    raw = ""
    with closing(cast("Any", pieces)):
        for piece in pieces:
            if isinstance(piece, Usage):
                answer = _counted(answer, piece, estimate, model.context)
            elif isinstance(piece, Thought):
                answer = replace(answer, thought=(answer.thought + piece.text)[:LONGEST_REPLY])
            elif raw := (raw + piece)[:LONGEST_REPLY]:
                answer = replace(answer, stage="writing", sentences=read_reply(raw, labelled))
            yield answer


def _without_support(answer: Answer) -> Answer:
    """Return the answer with nothing cited by what says that the evidence does not answer."""
    sentences = [replace(s, citations=()) if declines(s.text) else s for s in answer.sentences]
    if not all(declines(sentence.text) for sentence in sentences):
        return replace(answer, sentences=tuple(sentences))
    nearest = f"Nearest in the set: “{clean(answer.results[0].paper.title)}”."
    return replace(answer, sentences=tuple(sentences), abstained=True, notices=(*answer.notices, nearest))


def _counted(answer: Answer, usage: Usage, estimate: int, context: int) -> Answer:
    notices = list(answer.notices)
    if usage.reason == "length":
        notices.append("The answer reached its longest length and was cut: raise PAPERCHAT_MAX_TOKENS for more.")
    if usage.prompt_tokens >= context or usage.prompt_tokens < estimate * READ:
        notices.append(
            "The model server read only part of the prompt: its context was cut. Set PAPERCHAT_NUM_CTX higher."
        )
    return replace(answer, prompt_tokens=usage.prompt_tokens, notices=tuple(notices))
