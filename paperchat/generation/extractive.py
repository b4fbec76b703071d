"""What answers take from the record alone: evidence, what is missing, lists, edited comparisons. Pure functions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from paperchat.dialogue.coreference import SEARCHED, in_order, place_of, turn_papers
from paperchat.dialogue.list_followups import like, met, read_request
from paperchat.dialogue.rewriting import Library, Understood
from paperchat.generation.comparison import read_edit, table_of
from paperchat.generation.selection import answering, choose
from paperchat.retrieval.survey import Listing
from paperchat.text.cleaning import clean
from paperchat.text.mentions import mentions
from paperchat.types import Answer, AnswerSentence, Paper, Result, Turn
from paperchat.verification.answers import verbatim

Search = Callable[[str], tuple[Result, ...]]

SIMILAR = 5
"""Most papers that are offered as like another one."""

COMPARED = 2
"""Papers that a turn has at least when it was a comparison."""


def quoted(question: str, query: str, results: Sequence[Result]) -> tuple[AnswerSentence, ...]:
    """Return the answer without a model: the sentences that answer, verbatim (see `choose`)."""
    return tuple(verbatim(one.result.paper, s) for one in choose(question, query, results) for s in one.sentences)


def unwritten(answer: Answer, understood: Understood) -> Answer:
    """Return the answer of the evidence alone: its sentences, or a sentence that says what is missing."""
    if not understood.judgement.answerable:
        return replace(answer, abstained=True, sentences=(AnswerSentence(understood.judgement.notice),))
    return replace(answer, sentences=quoted(understood.asked, understood.query, understood.among))


def completed(answer: Answer, understood: Understood, most: int) -> Answer:
    """Return a written answer with the sentences that answer and are cited nowhere quoted last.

    From one paper they fill it up to `most` sentences, and the very best is never missing; of papers that are compared
    it is the best of each. A small model takes its answer from another sentence as often as not.
    """
    cited = {citation.quote for sentence in answer.sentences for citation in sentence.citations}
    chosen = choose(understood.asked, understood.query, understood.among)
    if not cited or (len(chosen) > 1 and answer.table is None):
        return answer
    quotes = []
    for one in chosen:
        left = [sentence for sentence in one.sentences if sentence.text not in cited]
        left.sort(key=lambda sentence: sentence is not one.best)
        room = max(most - len(answer.sentences) if len(chosen) == 1 else 0, one.best in left)
        kept = sorted(left[:room], key=lambda sentence: sentence.number)
        quotes += [verbatim(one.result.paper, sentence) for sentence in kept]
    return replace(answer, sentences=(*answer.sentences, *quotes))


def upheld(answer: Answer, understood: Understood) -> Answer:
    """Return a checked answer of which nothing held with the sentence of each paper that answers best quoted last."""
    if answer.abstained or any(sentence.verdict != "unsupported" for sentence in answer.sentences):
        return answer
    chosen = choose(understood.asked, understood.query, understood.among)
    return replace(answer, sentences=(*answer.sentences, *(verbatim(one.result.paper, one.best) for one in chosen)))


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


def requested(question: str, history: Sequence[Turn], library: Library) -> Answer | None:
    """Return the list that a question asks for by its conversation (see `further`); None for all else."""
    request = read_request(question, history, library.titles(), library.search)
    if request is None:
        paper = like(question, history, library.titles(), library.search)
        return _similar(question, paper, library) if paper else None
    listing, lead = met(request, library.survey)
    answer = Answer(question, library.search(request.text))
    if listing.results:
        return listed(answer, listing, lead)
    return replace(answer, abstained=True, sentences=(AnswerSentence(lead),)) if lead else None


def _similar(question: str, paper: Paper, library: Library) -> Answer:
    """Return the papers nearest to a paper, each with the sentence that is nearest."""
    found = library.search(f"{paper.title} {paper.abstract}"[:SEARCHED])
    near = tuple(result for result in found if result.paper != paper)
    sentences = tuple(verbatim(result.paper, s) for result in near[:SIMILAR] for s in result.sentences[:1])
    results = tuple(replace(result, rank=rank) for rank, result in enumerate(near, 1))
    return Answer(question, results, sentences, lead=f"Nearest to “{clean(paper.title)}”:")


def edited(question: str, history: Sequence[Turn], titles: Mapping[str, Paper], search: Search) -> Answer | None:
    """Return the last turn's comparison with a paper added or dropped, or only some of its rows; None for all else."""
    edit = read_edit(question) if history else None
    compared = list(turn_papers(history[-1], titles, search)) if edit else []
    if edit is None or len(compared) < COMPARED:
        return None
    if edit.kind == "drop":
        order = in_order(turn_papers(turn, titles, search) for turn in history)
        place = place_of(edit.what, compared, order)
        if place is None:
            return None
        del compared[place]
    elif edit.kind == "add":
        found = [result.paper for result in search(edit.what)]
        named = [paper for paper in found if mentions(clean(paper.title), edit.what)]
        compared += [paper for paper in (named or found)[:1] if paper not in compared]
    results = tuple(Result(paper, rank, 0.0, None, None, ()) for rank, paper in enumerate(compared, 1))
    rows = question if edit.kind == "only" else ""
    table = table_of(rows, rows or history[-1].question, results, range(len(results)))
    if table is None:
        best = answering(question, history[-1].question, results, range(len(results)))
        return Answer(question, results, tuple(verbatim(one.result.paper, one.best) for one in best))
    return Answer(question, results, tuple(cell for cell in table.cells[0] if cell), table=table)
