"""What meets a request: the papers and sentences that are its evidence, and the line before them. Pure.

Without a model these sentences are the answer; a model is shown them, or a whole abstract, with the prompt of the task.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from paperchat.dialogue.rewriting import Understood
from paperchat.dialogue.tasks import OF_PAPER, Task, Wish
from paperchat.generation import defining, picking
from paperchat.generation.extractive import Grounds
from paperchat.generation.selection import Chosen
from paperchat.query.answerability import Judgement
from paperchat.query.reading import read
from paperchat.retrieval.library import Library
from paperchat.text.cleaning import clean
from paperchat.text.paper_text import PaperText
from paperchat.text.tokens import content_words
from paperchat.types import Answer, Result, Sentence

MOST = 8
"""Most papers of an answer that goes through a topic."""

DEFINED_BY = 3
"""Most papers that define a term."""

SEARCHED = 60
"""Papers in which a definition is looked for."""

SAYS_OF_IT = 0.75
"""Least score of a sentence whose subject is a term, though it does not say what that is."""

UNDATED = "The record lacks dates of these papers: which of them is the latest cannot be told."

WHICH = "Which paper do you mean? Name it by its title, or by a word of it."


@dataclass(frozen=True, slots=True)
class Met:
    """What meets a request: its papers as results, the sentences chosen, and what is said before and after them."""

    results: tuple[Result, ...]
    chosen: tuple[Chosen, ...]
    lead: str = ""
    notices: tuple[str, ...] = ()
    missing: str = ""


def met(question: str, wish: Wish, library: Library, again: str = "") -> tuple[Answer, Grounds] | None:
    """Return the answer to a request as far as it is there before it is written, and what it is written from.

    A request made `again` is that question, to be met as is asked now ("shorter"). None where no paper is on what it
    asks: it is then answered as any question.
    """
    found = _of_paper(wish, library) if wish.task in OF_PAPER else _of_topic(wish, library)
    if found is None:
        return None
    texts = [one.text for one in found.chosen] or library.read([result.paper for result in found.results])
    asked = f"{again} ({question})" if again else question
    reading = read(asked, asked, found.results[: len(texts)], texts)
    judged = Judgement(not found.missing, 1.0, (), found.missing)
    answer = Answer(question, found.results, lead=found.lead, notices=found.notices)
    return answer, Grounds(Understood(reading, judged), found.chosen, wish.task)


# ---- of one paper


def _of_paper(wish: Wish, library: Library) -> Met | None:
    if wish.paper is None:
        return Met((), (), missing=WHICH)
    (text,) = library.read([wish.paper])
    picked = _PICKED[wish.task](text)
    results = _ranked([_result(text, picked)])
    title = f"“{clean(wish.paper.title)}”"
    if not text.sentences:
        return Met(results, (), missing=f"{title} has no abstract in the record.")
    if not picked and wish.task == "limits":
        return Met(results, (), missing=f"The abstract of {title} does not state limits of its own work.")
    if wish.task == "idea" and (said := defining.definition(text, wish.subject)) and said[0] >= defining.SURE:
        picked = (said[1], *(one for one in picked if one is not said[1]))[:2]
    picked = picked or text.sentences[:1]
    return Met(_ranked([_result(text, picked)]), (_chosen(text, picked),))


_PICKED: dict[Task, Callable[[PaperText], tuple[Sentence, ...]]] = {
    "summary": picking.summary,
    "newcomer": picking.introduction,
    "limits": picking.limits,
    "idea": picking.idea,
}
"""What is picked from the abstract of a paper."""


def _chosen(text: PaperText, sentences: Sequence[Sentence]) -> Chosen:
    return Chosen(text, tuple(sorted(sentences, key=lambda one: one.number)), sentences[0])


# ---- of a topic

Pick = Callable[[PaperText], Sentence | None]


def _of_topic(wish: Wish, library: Library) -> Met | None:
    if wish.task == "definition":
        return _defined(wish.subject, library)
    listing = library.survey(f"Which papers are about {wish.subject}?")
    texts = library.read([result.paper for result in listing.results])
    told = [(text, sentence) for text in texts if (sentence := _TOLD[wish.task](text))]
    if wish.task == "reading":
        told.sort(key=lambda pair: not picking.is_review(pair[0]))
    if wish.task == "state":
        told.sort(key=lambda pair: -(pair[0].paper.details.year or 0))
    told = told[:MOST]
    if not told:
        return None
    own = {text.paper.id for text, _ in told}
    by_id = {result.paper.id: result for result in listing.results}
    order = [by_id[text.paper.id] for text, _ in told] + [one for one in listing.results if one.paper.id not in own]
    lead = _LEADS[wish.task].format(n=_papers(len(told)), of=len(listing.results), what=clean(wish.subject))
    dated = all(text.paper.details.year for text, _ in told)
    notices = (UNDATED,) if wish.task == "state" and not dated else ()
    return Met(_ranked(order), tuple(Chosen(text, (one,), one) for text, one in told), lead, notices)


_TOLD: dict[Task, Pick] = {
    "state": picking.report,
    "related": picking.line,
    "reading": picking.line,
    "use": picking.line,
    "datasets": picking.data,
}
"""What is picked of each paper on a topic."""

_LEADS: dict[Task, str] = {
    "state": "Reported by {n}, of {of} on “{what}”:",
    "related": "",
    "reading": "{n} on “{what}”, in an order to read them: reviews first, then those nearest to it.",
    "use": "For “{what}”, from {n}:",
    "datasets": "The data of {n}, of {of} on “{what}”:",
}


def _defined(term: str, library: Library) -> Met | None:
    """Return the sentences that say what a term is; where none does, those that say something of it."""
    texts = library.found(term, SEARCHED).texts
    scored = [(*said, text) for text in texts if (said := defining.definition(text, term))]
    scored.sort(key=lambda row: -row[0])
    sure = [row for row in scored if row[0] >= defining.SURE][:DEFINED_BY]
    near = [row for row in scored if row[0] >= SAYS_OF_IT][: DEFINED_BY - 1]
    rows = sure or near
    if not rows:
        words = set(content_words(term))
        held = any(words <= text.vocabulary for text in texts)
        return (
            None if held else Met((), (), missing=f"No abstract here says what “{clean(term)}” is: none has the words.")
        )
    lead = "" if sure else f"No abstract here says what “{clean(term)}” is; this is said of it:"
    chosen = tuple(Chosen(text, (sentence,), sentence) for _, sentence, text in rows)
    return Met(_ranked([_result(text, (sentence,)) for _, sentence, text in rows]), chosen, lead)


def _papers(count: int) -> str:
    return f"{count} paper{'s' * (count != 1)}"


def _result(text: PaperText, sentences: tuple[Sentence, ...]) -> Result:
    return Result(text.paper, 0, 0.0, None, None, sentences)


def _ranked(results: Sequence[Result]) -> tuple[Result, ...]:
    return tuple(replace(result, rank=rank) for rank, result in enumerate(results, 1))
