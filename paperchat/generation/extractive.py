"""What answers take from the record alone: evidence, what is missing, lists."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from paperchat.dialogue.conversation import Conversation
from paperchat.dialogue.list_followups import like, met, read_request
from paperchat.dialogue.reading_lists import limit_of
from paperchat.dialogue.recasting import Worded
from paperchat.dialogue.rewriting import Understood
from paperchat.dialogue.tasks import Task
from paperchat.generation.selection import Chosen
from paperchat.query.answerability import about
from paperchat.query.reading import Reading
from paperchat.retrieval.library import Library
from paperchat.retrieval.survey import Listing
from paperchat.text.cleaning import clean
from paperchat.text.numbers import has_figure
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

    `task` is what is to be written where that is asked for (see `tasks`, `recasting`), else empty; in a `language`, if
    it is not that of the question, and in at most so many sentences, where that is said. What is `quoted` stands where
    nothing is written; else all that was chosen.
    """

    understood: Understood
    chosen: tuple[Chosen, ...]
    task: Task | Worded | Literal[""] = ""
    language: str = ""
    most: int = 0
    quoted: tuple[AnswerSentence, ...] = ()


def unwritten(answer: Answer, grounds: Grounds) -> Answer:
    """Return the answer of the evidence alone: its sentences, or a sentence that says what is missing."""
    judgement = grounds.understood.judgement
    if not judgement.answerable:
        return replace(answer, abstained=True, sentences=(AnswerSentence(judgement.notice),))
    every = (verbatim(one.text.paper, sentence) for one in grounds.chosen for sentence in one.sentences)
    notices = (*answer.notices, WORDED) if grounds.task == "newcomer" else answer.notices
    return replace(answer, sentences=grounds.quoted or tuple(every), notices=notices)


def completed(answer: Answer, grounds: Grounds, most: int) -> Answer:
    """Return a written answer with the sentences that answer as well as any and are cited nowhere quoted last.

    From one paper they fill it up to `most` sentences, and the very best is never missing; of papers that are compared
    it is the best of each. A small model takes its answer from another sentence as often as not. A number that is asked
    for and not written stands first, in the sentence that has it.
    """
    cited = {citation.quote for sentence in answer.sentences for citation in sentence.citations}
    chosen = grounds.chosen
    if not cited or (len(chosen) > 1 and answer.table is None):
        return answer
    quotes = []
    for one in chosen:
        left = [sentence for sentence in one.as_good or (one.best,) if sentence.text not in cited]
        room = max(most - len(answer.sentences) if len(chosen) == 1 else 0, one.best in left)
        kept = sorted(left[:room], key=lambda sentence: sentence.number)
        quotes += [verbatim(one.text.paper, sentence) for sentence in kept]
    figure = _figure_asked(answer, grounds)
    rest = [quote for quote in (*answer.sentences, *quotes) if quote not in figure]
    return replace(answer, sentences=(*figure, *rest))


def _figure_asked(answer: Answer, grounds: Grounds) -> tuple[AnswerSentence, ...]:
    """Return the best sentence of one paper with a number, if one is asked for that no sentence of an answer has."""
    asked = grounds.understood.reading.demands.figure and len(grounds.chosen) == 1
    if not asked or any(has_figure(sentence.text) for sentence in answer.sentences):
        return ()
    (one,) = grounds.chosen
    order = dict.fromkeys((*one.as_good, *one.sentences))
    told = (sentence for sentence in order if has_figure(one.text.cleaned[sentence.number]))
    return tuple(verbatim(one.text.paper, sentence) for sentence in islice(told, 1))


def listed(answer: Answer, listing: Listing, lead: str = "") -> Answer:
    """Return the answer of a list: every paper that qualifies with the sentence that says so, then what else was found.

    The line before it is `lead`, or counts them. Of more than the question asks for the likeliest are listed.
    """
    most = 0 if lead else limit_of(answer.question)
    count, found = lead or _counted(listing, most), listing.results
    if 0 < most < len(found):
        found, listing = found[:most], replace(listing, perhaps=())
    elif listing.judged < listing.papers:
        count = f"At least {count}"
    own = {result.paper.id for result in found}
    others = [result for result in answer.results if result.paper.id not in own]
    results = (*found, *(replace(other, rank=rank) for rank, other in enumerate(others, len(found) + 1)))
    sentences = tuple(verbatim(result.paper, s) for result in found for s in result.sentences[:1])
    bare = tuple(f"\u201c{clean(result.paper.title)}\u201d" for result in found if not result.sentences)
    lines = (f"By title alone, without an abstract: {', '.join(bare)}.",) if bare else ()
    notices = answer.notices
    if listing.perhaps:
        notices = (*notices, _perhaps([clean(paper.title) for paper in listing.perhaps]))
    if listing.judged < listing.papers and listing.rest.last:
        notices = (*notices, looked_through(listing))
    return replace(answer, results=results, sentences=sentences, lead=count, notices=notices, lines=lines)


def _counted(listing: Listing, most: int) -> str:
    """Return the line that counts the papers of a list, of which the first `most` are shown, or with 0 all."""
    out = f"; those found for “{listing.left_out}” are left out" if listing.left_out else ""
    found = len(listing.results)
    if 0 < most < found:
        least = "at least " * (listing.judged < listing.papers)
        return f"{most:,} of the {least}{found:,} papers found, of {listing.papers:,}{out}:"
    return f"{found:,} of {listing.papers:,} papers{out}:"


def looked_through(listing: Listing) -> str:
    """Say how much of a large set was looked through for a list, and how complete it is thought to be."""
    rest = listing.rest
    looked = f"Looked at {listing.judged:,} of {listing.papers:,} papers, the likeliest first"
    last = f"the last {rest.last:,} had {f'{rest.members:,}' if rest.members else 'none'}"
    left = f", so about {rest.expected:,} more may be among the others" if rest.expected else ""
    return f"{looked}; {last}{left}."


def untold(answer: Answer, reading: Reading) -> Answer:
    """Return the answer where what is asked about is a paper without an abstract."""
    title = reading.texts[about(reading.demands.names, reading.texts)].title
    why = f"\u201c{title}\u201d has no abstract here: its title alone is known."
    return replace(answer, sentences=(AnswerSentence(why),), abstained=True)


def without_any(answer: Answer, listing: Listing) -> Answer:
    """Return the answer to a request for papers, also with something left out, that no paper meets."""
    many = f"Of {listing.papers:,} papers only what you look for can be listed: say what they are to be about."
    nearest = f" The nearest is \u201c{clean(answer.results[0].paper.title)}\u201d." if answer.results else ""
    looked = f"{listing.judged:,} likeliest of " if listing.judged < listing.papers else ""
    why = f"None of the {looked}{listing.papers:,} papers asked seems to be about this.{nearest}"
    if listing.left_out:
        why = f"No paper is left without \u201c{listing.left_out}\u201d." if listing.judged else many
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


def unranked(papers: Sequence[Paper]) -> tuple[Result, ...]:
    """Return papers as results that nothing ranked."""
    return tuple(Result(paper, rank, 0.0, None, None, ()) for rank, paper in enumerate(papers, 1))
