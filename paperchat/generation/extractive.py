"""What answers take from the record alone: evidence, what is missing, lists, edited comparisons."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from paperchat.dialogue.conversation import Conversation
from paperchat.dialogue.coreference import names_place, place_of
from paperchat.dialogue.edits import Edit, read_edit
from paperchat.dialogue.list_followups import like, met, read_request
from paperchat.dialogue.rewriting import Understood
from paperchat.dialogue.tasks import Task
from paperchat.generation.comparison import table_of
from paperchat.generation.selection import Chosen, answering
from paperchat.query.answerability import about
from paperchat.query.reading import Reading, read
from paperchat.retrieval.library import Library
from paperchat.retrieval.survey import Listing
from paperchat.text.cleaning import clean
from paperchat.text.mentions import mentions
from paperchat.types import Answer, AnswerSentence, Paper, Result
from paperchat.verification.answers import verbatim

WORDED = (
    "Without a language model I only quote and cannot put it in other words. `paperchat doctor` says how to get one."
)

SEARCHED = 1000
"""Most characters of a paper that papers like it are searched by."""

UNSURE = 5
"""Most papers of which a list is not sure that are named."""

SIMILAR = 5
"""Most papers that are offered as like another one."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What an answer rests on: how its question was understood, and the sentences chosen for it, once.

    `task` is what is to be written where that is asked for (see `tasks`), else empty.
    """

    understood: Understood
    chosen: tuple[Chosen, ...]
    task: Task | Literal[""] = ""


def unwritten(answer: Answer, grounds: Grounds) -> Answer:
    """Return the answer of the evidence alone: its sentences, or a sentence that says what is missing."""
    judgement = grounds.understood.judgement
    if not judgement.answerable:
        return replace(answer, abstained=True, sentences=(AnswerSentence(judgement.notice),))
    quotes = (verbatim(one.text.paper, sentence) for one in grounds.chosen for sentence in one.sentences)
    notices = (*answer.notices, WORDED) if grounds.task == "newcomer" else answer.notices
    return replace(answer, sentences=tuple(quotes), notices=notices)


def completed(answer: Answer, grounds: Grounds, most: int) -> Answer:
    """Return a written answer with the sentences that answer and are cited nowhere quoted last.

    From one paper they fill it up to `most` sentences, and the very best is never missing; of papers that are compared
    it is the best of each. A small model takes its answer from another sentence as often as not.
    """
    cited = {citation.quote for sentence in answer.sentences for citation in sentence.citations}
    chosen = grounds.chosen
    if not cited or (len(chosen) > 1 and answer.table is None):
        return answer
    quotes = []
    for one in chosen:
        left = [sentence for sentence in one.sentences if sentence.text not in cited]
        left.sort(key=lambda sentence: sentence is not one.best)
        room = max(most - len(answer.sentences) if len(chosen) == 1 else 0, one.best in left)
        kept = sorted(left[:room], key=lambda sentence: sentence.number)
        quotes += [verbatim(one.text.paper, sentence) for sentence in kept]
    return replace(answer, sentences=(*answer.sentences, *quotes))


def listed(answer: Answer, listing: Listing, lead: str = "") -> Answer:
    """Return the answer of a list: every paper that qualifies with the sentence that says so, then what else was found.

    The line before it is `lead`, or counts them.
    """
    found = listing.results
    own = {result.paper.id for result in found}
    others = [result for result in answer.results if result.paper.id not in own]
    results = (*found, *(replace(other, rank=rank) for rank, other in enumerate(others, len(found) + 1)))
    sentences = tuple(verbatim(result.paper, s) for result in found for s in result.sentences[:1])
    out = f"; those found for “{listing.left_out}” are left out" if listing.left_out else ""
    bare = tuple(f"\u201c{clean(result.paper.title)}\u201d" for result in found if not result.sentences)
    lines = (f"By title alone, without an abstract: {', '.join(bare)}.",) if bare else ()
    count = lead or f"{len(found):,} of {listing.papers:,} papers{out}:"
    notices = answer.notices
    if listing.perhaps:
        notices = (*notices, _perhaps([clean(paper.title) for paper in listing.perhaps]))
    if listing.judged < listing.papers:
        count = f"At least {count}"
        notices = (*notices, f"The {listing.judged:,} papers nearest to the question were judged, not the whole set.")
    return replace(answer, results=results, sentences=sentences, lead=count, notices=notices, lines=lines)


def untold(answer: Answer, reading: Reading) -> Answer:
    """Return the answer where what is asked about is a paper without an abstract."""
    title = reading.texts[about(reading.demands.names, reading.texts)].title
    why = f"\u201c{title}\u201d has no abstract here: its title alone is known."
    return replace(answer, sentences=(AnswerSentence(why),), abstained=True)


def without_any(answer: Answer, listing: Listing) -> Answer:
    """Return the answer to a request for papers, of some or with something left out, that no paper meets."""
    many = f"Of {listing.papers:,} papers only what you look for can be listed: say what they are to be about."
    why = f"No paper is left without \u201c{listing.left_out}\u201d." if listing.judged else many
    why = why if listing.left_out else f"None of the {listing.papers:,} papers asked."
    return replace(answer, sentences=(AnswerSentence(why),), abstained=True)


def _perhaps(titles: Sequence[str]) -> str:
    shown = ", ".join(f"\u201c{title}\u201d" for title in titles[:UNSURE])
    more = f", and {len(titles) - UNSURE:,} more" if len(titles) > UNSURE else ""
    return f"Perhaps also: {shown}{more}."


def requested(question: str, conversation: Conversation) -> Answer | None:
    """Return the list that a question asks for by its conversation (see `list_followups`); None for all else."""
    library = conversation.library
    request = read_request(question, conversation)
    if request is None:
        paper = like(question, conversation)
        return _similar(question, paper, library) if paper else None
    listing, lead = met(request, library.survey)
    answer = Answer(question, library.search(request.text).results)
    if listing.results:
        return listed(answer, listing, lead)
    return replace(answer, abstained=True, sentences=(AnswerSentence(lead),)) if lead else None


def _similar(question: str, paper: Paper, library: Library) -> Answer:
    """Return the papers nearest to a paper, each with the sentence that is nearest."""
    (text,) = library.read([paper])
    found = library.found(text.whole[:SEARCHED]).results
    near = tuple(result for result in found if result.paper != paper)
    sentences = tuple(verbatim(result.paper, s) for result in near[:SIMILAR] for s in result.sentences[:1])
    results = tuple(replace(result, rank=rank) for rank, result in enumerate(near, 1))
    return Answer(question, results, sentences, lead=f"Nearest to “{text.title}”:")


def edited(question: str, conversation: Conversation) -> Answer | None:
    """Return the table above with a paper added or dropped, a row more, or only some rows; None for all else."""
    conversation = conversation.standing
    edit = read_edit(question)
    if edit and edit.kind == "drop" and names_place(edit.what):
        conversation = conversation.tabled  # one of its papers may have been asked about since
    if edit is None or conversation.above not in ("table", "list"):
        return None
    compared = list(conversation.last_papers)
    place = place_of(edit.what, compared, conversation.order)
    if edit.kind == "drop" and place is None:
        return _refused(question, compared, edit) if names_place(edit.what) else None
    # a list is changed by what asks for it (see `list_followups`); "only the results of CroCo" asks about one paper
    if conversation.above == "list" or (edit.kind == "only" and place is not None):
        return None
    if edit.kind == "drop" and place is not None:
        del compared[place]
    elif edit.kind == "add":
        found = _to_add(edit, conversation.library)
        if found is None:
            return _refused(question, compared, edit)
        compared += [found] if found not in compared else []
    return _tabled(question, compared, edit, conversation)


def _to_add(edit: Edit, library: Library) -> Paper | None:
    """Return the paper that is to be added to a table: the one named, in its title before its abstract."""
    found = library.search(edit.what).texts
    for one in found:
        if mentions(one.title, edit.what):
            return one.paper
    return next((one.paper for one in found if edit.is_any or mentions(one.whole, edit.what)), None)


def _refused(question: str, papers: Sequence[Paper], edit: Edit) -> Answer:
    why = f"No paper of the set mentions {edit.what}." if edit.kind == "add" else f"There is no {edit.what} above."
    return Answer(question, unranked(papers), (AnswerSentence(f"{why} It stays as it is."),), abstained=True)


def unranked(papers: Sequence[Paper]) -> tuple[Result, ...]:
    """Return papers as results that nothing ranked."""
    return tuple(Result(paper, rank, 0.0, None, None, ()) for rank, paper in enumerate(papers, 1))


def _tabled(question: str, papers: Sequence[Paper], edit: Edit, conversation: Conversation) -> Answer:
    """Return the table of these papers: of what was compared before, and of what is asked for now."""
    before, results, texts = conversation.compared, unranked(papers), conversation.library.read(papers)
    reading = read(edit.what if edit.kind == "row" else before, before, results, texts)
    if edit.kind == "row":
        figure = reading.demands.figure or edit.figures
        reading = replace(reading, demands=replace(reading.demands, figure=figure), searched=reading.words)
    places = range(len(papers))
    only, more = (question if edit.kind == "only" else ""), (edit.what if edit.kind == "row" else "")
    table = table_of(reading, places, only, more)
    if table is None:
        library = conversation.library
        best = answering(library.fitted(library.guessed(reading.asking(question))), places)
        return Answer(question, results, tuple(verbatim(one.text.paper, one.best) for one in best))
    return Answer(question, results, tuple(cell for cell in table.cells[0] if cell), table=table)
