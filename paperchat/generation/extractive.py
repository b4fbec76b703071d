"""What answers take from the record alone: evidence, what is missing, lists, edited comparisons. Pure functions."""

from dataclasses import dataclass, replace

from paperchat.dialogue.conversation import Conversation
from paperchat.dialogue.coreference import place_of
from paperchat.dialogue.list_followups import like, met, read_request
from paperchat.dialogue.rewriting import Understood
from paperchat.generation.comparison import read_edit, table_of
from paperchat.generation.selection import Chosen, answering
from paperchat.query.reading import read
from paperchat.retrieval.library import Library
from paperchat.retrieval.survey import Listing
from paperchat.text.mentions import mentions
from paperchat.types import Answer, AnswerSentence, Paper, Result
from paperchat.verification.answers import verbatim

SEARCHED = 1000
"""Most characters of a paper that papers like it are searched by."""

SIMILAR = 5
"""Most papers that are offered as like another one."""

COMPARED = 2
"""Papers that a turn has at least when it was a comparison."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What an answer rests on: how its question was understood, and the sentences chosen for it, once."""

    understood: Understood
    chosen: tuple[Chosen, ...]


def unwritten(answer: Answer, grounds: Grounds) -> Answer:
    """Return the answer of the evidence alone: its sentences, or a sentence that says what is missing."""
    judgement = grounds.understood.judgement
    if not judgement.answerable:
        return replace(answer, abstained=True, sentences=(AnswerSentence(judgement.notice),))
    quotes = (verbatim(one.text.paper, sentence) for one in grounds.chosen for sentence in one.sentences)
    return replace(answer, sentences=tuple(quotes))


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


def upheld(answer: Answer, grounds: Grounds) -> Answer:
    """Return a checked answer of which nothing held with the sentence of each paper that answers best quoted last."""
    if answer.abstained or any(sentence.verdict != "unsupported" for sentence in answer.sentences):
        return answer
    return replace(
        answer, sentences=(*answer.sentences, *(verbatim(one.text.paper, one.best) for one in grounds.chosen))
    )


def listed(answer: Answer, listing: Listing, lead: str = "") -> Answer:
    """Return the answer of a list: every paper that qualifies with the sentence that says so, then what else was found.

    The line before it is `lead`, or counts them.
    """
    found = listing.results
    own = {result.paper.id for result in found}
    others = [result for result in answer.results if result.paper.id not in own]
    results = (*found, *(replace(other, rank=rank) for rank, other in enumerate(others, len(found) + 1)))
    sentences = tuple(verbatim(result.paper, s) for result in found for s in result.sentences[:1])
    count = lead or f"{len(found):,} of {listing.papers:,} papers:"
    notices = answer.notices
    if listing.judged < listing.papers:
        count = f"At least {count}"
        notices = (*notices, f"The {listing.judged:,} papers nearest to the question were judged, not the whole set.")
    return replace(answer, results=results, sentences=sentences, lead=count, notices=notices)


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
    found = library.search(text.whole[:SEARCHED]).results
    near = tuple(result for result in found if result.paper != paper)
    sentences = tuple(verbatim(result.paper, s) for result in near[:SIMILAR] for s in result.sentences[:1])
    results = tuple(replace(result, rank=rank) for rank, result in enumerate(near, 1))
    return Answer(question, results, sentences, lead=f"Nearest to “{text.title}”:")


def edited(question: str, conversation: Conversation) -> Answer | None:
    """Return the last turn's comparison with a paper added or dropped, or only some of its rows; None for all else."""
    edit = read_edit(question) if conversation else None
    compared = list(conversation.last_papers) if edit else []
    library = conversation.library
    if edit is None or len(compared) < COMPARED:
        return None
    if edit.kind == "drop":
        place = place_of(edit.what, compared, conversation.order)
        if place is None:
            return None
        del compared[place]
    elif edit.kind == "add":
        found = library.search(edit.what).texts
        named = [text for text in found if mentions(text.title, edit.what)]
        compared += [text.paper for text in (named or found)[:1] if text.paper not in compared]
    results = [Result(paper, rank, 0.0, None, None, ()) for rank, paper in enumerate(compared, 1)]
    before = conversation.last.question
    reading = read(before, before, results, library.read(compared))
    places = range(len(compared))
    table = table_of(reading, places, question if edit.kind == "only" else "")
    if table is None:
        best = answering(reading.asking(question), places)
        return Answer(question, reading.results, tuple(verbatim(one.text.paper, one.best) for one in best))
    return Answer(question, reading.results, tuple(cell for cell in table.cells[0] if cell), table=table)
