"""The last answer in another form, from what it cites: by extraction, and what a model would write it from. Pure.

Fewer sentences or more of them, the plainest ones, a table, points: all of these are the papers' own sentences, and
its citations stay. What is to be in other words, or in another language, is left to a model where there is one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from paperchat.dialogue.conversation import Conversation
from paperchat.dialogue.recasting import Recast
from paperchat.dialogue.translation import in_english
from paperchat.generation.extractive import Grounds, unranked
from paperchat.generation.last_answer import SHOWN, nothing_above, replied, rests_on, said_in
from paperchat.generation.rewording import FEW, FORMS, Reread, Standing
from paperchat.generation.selection import Chosen
from paperchat.generation.tabling import tabled
from paperchat.text.language_id import ENGLISH, language_of
from paperchat.text.paper_text import PaperText
from paperchat.types import Answer, AnswerSentence, ModelInfo, Sentence
from paperchat.verification.answers import verbatim

NO_PAPER = "The answer above rests on no sentence of a paper, so it has no other form. Ask its question anew."

TAKES = {
    "simpler": "Plain words take a language model. This is what the papers say most plainly.",
    "again": "Other words take a language model: these are the papers' own.",
}
"""What is said of words that only a model finds."""

IN_LANGUAGE = "To put it into {} takes a language model: it stays in English."

ASK_DOCTOR = "`paperchat doctor` says how to get one."

TABLE_STAYS = "The table stays in the papers' own words."

MANY = "Of {} papers, more than a model of this size goes through at once, nothing was written anew."


@dataclass(frozen=True, slots=True)
class Recasting:
    """The last answer as it is wanted, as far as the record alone makes it, with the lines for want of a model.

    A model writes it anew from its `grounds`, if it has any, and puts it into a `language`, if that is another one.
    """

    answer: Answer
    lines: tuple[str, ...] = ()
    grounds: Grounds | None = None
    language: str = ""

    def unwritten(self, why: str) -> Answer:
        """Return the answer without a model, with what lacks for want of one, and how to get it."""
        lines = (*self.lines, why or ASK_DOCTOR) if self.lines or why else ()
        return replace(self.answer, stage="done", notices=(*self.answer.notices, *lines))

    def translatable(self, model: ModelInfo) -> Answer:
        """Return the answer as this model is to put it into another language; unchanged where it is not to be."""
        notices = self.answer.notices
        if self.grounds:
            notices = (*notices, MANY.format(len(self.grounds.chosen)))
        named = replace(self.answer, stage="checking", notices=notices)
        return replace(named, model=model.name, model_digest=model.digest) if self.language else named


def recast_of(wanted: Recast, conversation: Conversation) -> Recasting:
    """Return the last answer in the form that is wanted of it."""
    question = wanted.question
    if nothing := nothing_above(question, wanted.act, conversation):
        return Recasting(nothing)
    quotes, papers, _ = rests_on(conversation)
    if not quotes:
        return Recasting(replied(question, wanted.act, NO_PAPER))
    said, last = said_in(conversation), conversation.last
    lead = _lead(last.answer, said) if last.form == "list" else ""
    is_list = last.form == "list" or (last.form != "table" and len(papers) > FEW)
    standing = Standing(last.question, said or quotes, quotes, papers, lead, is_list, conversation)
    answer = Answer(question, unranked(papers), act=wanted.act)
    if wanted.layout == "table":
        read = Reread(standing)
        own = () if read.goes_through or standing.is_table else quotes
        made = Recasting(replace(answer, table=tabled(read.reading, is_list, own or quotes * is_list)))
    elif wanted.worded:
        made = _worded(answer, wanted, standing)
    else:
        made = Recasting(_as_it_was(answer, wanted, standing))
    return _in_language(made, wanted, standing)


def _lead(text: str, said: Sequence[AnswerSentence]) -> str:
    """Return the line before the first sentence of an answer's text."""
    first = said[0] if said else AnswerSentence(text)
    begun = (text.find(first.text), *(text.find(f"“{one.title}”:") for one in first.citations[:1]))
    return text[: min((place for place in begun if place >= 0), default=0)].strip()


def _as_it_was(answer: Answer, wanted: Recast, standing: Standing) -> Answer:
    """Return the last answer with its own sentences: as points, or as it was, with its table."""
    is_table = standing.is_table and not wanted.layout
    table = tabled(Reread(standing).reading, False, ()) if is_table else None
    cells = {cell for row in table.cells for cell in row} if table else set()
    said = tuple(one for one in standing.said if one.citations and one not in cells)
    return replace(answer, sentences=said[: SHOWN * 2], lead=standing.lead, table=table)


def _in_language(made: Recasting, wanted: Recast, standing: Standing) -> Recasting:
    """Return what was made with the language that it is to be put into: the one named, or that of the last answer."""
    answer = made.answer
    written = " ".join(one.text for one in standing.said if not one.is_quote)
    now = language_of(written) if written else ENGLISH
    language = wanted.language or now
    if language == ENGLISH:
        return replace(made, answer=replace(answer, sentences=tuple(map(in_english, answer.sentences))))
    if wanted.language and answer.table:
        answer = replace(answer, notices=(*answer.notices, TABLE_STAYS))
    lines = (*made.lines, *[IN_LANGUAGE.format(language)] * bool(wanted.language))
    if made.grounds:
        return replace(made, lines=lines, grounds=replace(made.grounds, language=language))
    is_so = language == now or not answer.sentences
    return replace(made, answer=answer) if is_so else replace(made, answer=answer, lines=lines, language=language)


def _worded(answer: Answer, wanted: Recast, standing: Standing) -> Recasting:
    """Return the last answer shorter, longer, simpler or in other words: of quotes, and what a model writes it from."""
    read = Reread(standing)
    kept, more, note = FORMS[wanted.worded](read, standing, wanted.most)
    own = {text.paper.id: text.paper for text in read.texts}
    quotes = tuple(verbatim(own[one.paper_id], one) for one in kept)
    lines = (TAKES[wanted.worded],) if wanted.worded in TAKES else ()
    answer = replace(answer, sentences=quotes, lead=standing.lead, notices=(note,) if note else ())
    if standing.is_list and wanted.worded in ("shorter", "longer"):
        return Recasting(answer, lines)
    chosen = tuple(_chosen(text, [one for one in more if one.paper_id == text.paper.id], read) for text in read.texts)
    reading = replace(read.reading, question=f"{standing.asked} ({answer.question})")
    understood = replace(read.understood, reading=reading)
    most = wanted.most or min(len(chosen), 2) * (wanted.worded == "shorter")
    grounds = Grounds(understood, chosen, wanted.worded or "", quoted=quotes, most=most)
    return Recasting(answer, lines, grounds)


def _chosen(text: PaperText, sentences: Sequence[Sentence], read: Reread) -> Chosen:
    return Chosen(text, tuple(sorted(set(sentences), key=lambda one: one.number)), read.best(text))
