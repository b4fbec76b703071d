"""What meets a request: the papers and sentences that are its evidence, and the line before them. Pure.

Without a model these sentences are the answer; a model is shown them, or a whole abstract, with the prompt of the task.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from paperchat.dialogue.rewriting import Understood
from paperchat.dialogue.tasks import OF_PAPER, Task, Wish
from paperchat.generation import defining, picking, reading_order
from paperchat.generation.extractive import Grounds
from paperchat.generation.reading_order import Subject, on_topic
from paperchat.generation.selection import Chosen
from paperchat.query.answerability import Judgement
from paperchat.query.reading import read
from paperchat.query.topic import Topic, read_topic
from paperchat.retrieval.library import Library
from paperchat.text.cleaning import clean
from paperchat.text.paper_text import PaperText
from paperchat.text.tokens import content_words, inverse_frequency
from paperchat.types import Answer, Result, Sentence

MOST = 8
"""Most papers of an answer that goes through a topic."""

MOST_READ = 12
"""Most papers of a reading list that does not say how many it is to have."""

DEFINED_BY = 3
"""Most papers that define a term."""

SEARCHED = 60
"""Papers in which a definition is looked for."""

SAYS_OF_IT = 0.75
"""Least score of a sentence whose subject is a term, though it does not say what that is."""

UNDATED = "The record lacks dates of these papers: which of them is the latest cannot be told."

NONE_ON = "None of the {of:,} papers is on {what}, as far as title and abstract tell."

WHICH = "Which paper do you mean? Name it by its title, or by a word of it."


@dataclass(frozen=True, slots=True)
class Met:
    """What meets a request: its papers as results, the sentences chosen, and what is said before and after them."""

    results: tuple[Result, ...]
    chosen: tuple[Chosen, ...]
    lead: str = ""
    notices: tuple[str, ...] = ()
    missing: str = ""


def met(question: str, wish: Wish, library: Library) -> tuple[Answer, Grounds] | None:
    """Return the answer to a request as far as it is there before it is written, and what it is written from.

    None where no paper is on what it asks: it is then answered as any question.
    """
    found = _of_paper(wish, library) if wish.task in OF_PAPER else _of_topic(wish, library)
    if found is None:
        return None
    texts = [one.text for one in found.chosen] or library.read([result.paper for result in found.results])
    reading = read(question, question, found.results[: len(texts)], texts)
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
    "findings": picking.findings,
}
"""What is picked from the abstract of a paper."""


def _chosen(text: PaperText, sentences: Sequence[Sentence]) -> Chosen:
    return Chosen(text, tuple(sorted(sentences, key=lambda one: one.number)), sentences[0])


# ---- of a topic


def _of_topic(wish: Wish, library: Library) -> Met | None:
    if wish.task == "definition":
        return _defined(wish.subject, library)
    found = _found(wish, library)
    if wish.task == "reading":
        return _to_read(wish, found, library)
    own = [text for text in found.texts if wish.task != "state" or reading_order.is_own(text, found.subject)]
    told = [(text, sentence) for text in own or found.texts if (sentence := _told(wish.task, text, found))]
    if wish.task == "state":
        told.sort(key=lambda pair: -(pair[0].paper.details.year or 0))
    told = told[:MOST]
    if not told:
        return None
    lead = _LEADS[wish.task].format(n=_papers(len(told)), of=len(found.texts), what=clean(wish.subject))
    dated = all(text.paper.details.year for text, _ in told)
    notices = (UNDATED,) if wish.task == "state" and not dated else ()
    chosen = tuple(Chosen(text, (one,), one) for text, one in told)
    return Met(_first(chosen, found), chosen, lead, notices)


def _told(task: Task, text: PaperText, found: "_Found") -> Sentence | None:
    """Return what is picked of a paper on a topic."""
    if task == "state":
        return picking.report(text)
    if task == "datasets":
        return picking.data(text)
    return reading_order.line(text, found.subject, found.best.get(text.paper.id))


_LEADS: dict[Task, str] = {
    "state": "Reported by {n}, of {of} on “{what}”:",
    "related": "",
    "use": "For “{what}”, from {n}:",
    "datasets": "The data of {n}, of {of} on “{what}”:",
}


@dataclass(frozen=True, slots=True)
class _Found:
    """The papers on a topic as they are read, best first, with the sentence of each that is most on it, if known.

    They are of the `whole` set, unless that is too large to be judged.
    """

    subject: Subject
    results: tuple[Result, ...]
    texts: tuple[PaperText, ...]
    best: Mapping[str, Sentence]
    whole: bool = True


def _found(wish: Wish, library: Library) -> _Found:
    """Return the papers that a request is about: those on its topic, as a list has them, or those that stand above."""
    asked = f"Which papers are about {wish.subject}?"
    topic = read_topic(asked, library.guess(asked)) if wish.subject else Topic("", ())
    known = library.found(topic.text).frequency if wish.subject else {}
    words = [word for part in topic.wanted for word in part]
    weight = {word: inverse_frequency(known.get(word, 0), len(library.papers)) for word in words}
    subject = Subject(topic, weight, not all(known.get(word) for word in words))
    if wish.among:
        texts = library.read(wish.among)
        return _Found(subject, tuple(_result(text, ()) for text in texts), tuple(texts), {})
    listing = library.survey(asked)
    by_id = {text.paper.id: text for text in library.read([*(one.paper for one in listing.results), *listing.perhaps])}
    papers = on_topic(listing, by_id, subject)
    of_list = {one.paper.id: one for one in listing.results}
    results = tuple(of_list.get(paper.id) or _result(by_id[paper.id], ()) for paper in papers)
    best = {one.paper.id: one.sentences[0] for one in results if one.sentences}
    return _Found(subject, results, tuple(by_id[paper.id] for paper in papers), best, listing.judged == listing.papers)


def _first(chosen: Sequence[Chosen], found: _Found) -> tuple[Result, ...]:
    """Return the papers chosen as results, and behind them the others on the topic."""
    own = [one.text.paper.id for one in chosen]
    by_id = {result.paper.id: result for result in found.results}
    return _ranked([*(by_id[key] for key in own), *(one for one in found.results if one.paper.id not in own)])


def _to_read(wish: Wish, found: _Found, library: Library) -> Met | None:
    """Return papers in an order to read them, each with the part of its abstract that says why it is there."""
    placed = reading_order.in_order(found.texts, found.subject, found.best)
    what = f"“{clean(wish.subject)}”"
    if not placed:
        near = library.found(wish.subject).results
        return Met(near, (), missing=NONE_ON.format(of=len(library.papers), what=what))
    shown = placed[: wish.count or MOST_READ]
    chosen = tuple(Chosen(one.text, (one.line,), one.line) for one in shown)
    on, left = f" on {what}" if wish.subject else "", len(placed) - len(shown)
    how = reading_order.how_ordered(shown, reading_order.are_dated(placed))
    lead = f"{_papers(len(shown))}{on}{', in an order to read them: ' if how else ''}{how}:"
    at_least = "" if found.whole else "At least "
    notices = (f"{at_least}{left} more{on} would come after these.",) if left else ()
    return Met(_first(chosen, found), chosen, lead, notices)


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
