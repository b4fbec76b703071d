"""Set papers side by side: for each aspect and paper the sentence of that paper which tells it. Pure functions."""

import re
import string
from collections.abc import Sequence
from dataclasses import dataclass

from paperchat.generation.selection import answering
from paperchat.query.intent import read_demands
from paperchat.query.zones import ASPECTS, Aspect, asked_aspects, worded
from paperchat.text.cleaning import clean, whole, work_name
from paperchat.text.numbers import has_figure
from paperchat.text.sentences import paper_sentences
from paperchat.text.tokens import ASKING, content_words
from paperchat.types import AnswerSentence, Paper, Result, Sentence, Table
from paperchat.verification.answers import verbatim

MOST = 6
"""Most papers in a table."""

ASKED = "what was asked"
"""The row of a question that asks for more than the usual aspects."""

SHORT = 9
"""A sentence of fewer words leans on the one before it."""

LEAST = {"problem": 1.3, "idea": 1.0, "data": 1.2, "results": 1.5, "limits": 2.0}
"""Least score of a sentence that tells an aspect; below it the abstract does not state it."""


def table_of(question: str, query: str, results: Sequence[Result], places: Sequence[int]) -> Table | None:
    """Return the papers at these places of `results` side by side; None for fewer than two.

    The first row is what was asked, then come the usual aspects; a question for some of these alone gets just them.
    """
    places = places[:MOST]
    if len(places) < 2:  # noqa: PLR2004  # a comparison is of two
        return None
    papers = [results[place].paper for place in places]
    rows: dict[str, tuple[AnswerSentence | None, ...]] = {}
    aspects = asked_aspects(question) if _ONLY.search(question) else ()
    if not aspects:
        aspects = ASPECTS
    names = _names(question, papers)
    if aspects is ASPECTS and _asks_more(question, names):
        asked, searched = (_bare(text, names) for text in (question, query))
        words = set(content_words(asked))
        said = [
            verbatim(one.result.paper, one.best) if words & set(content_words(clean(one.best.text))) else None
            for one in answering(asked, searched, results, places)
        ]
        rows.update({ASKED: tuple(said)} if any(said) else {})
    told = [_told(aspects, paper_sentences(paper)) for paper in papers]
    for aspect in aspects:
        cells = (one.get(aspect.name) for one in told)
        row = tuple(verbatim(paper, cell) if cell else None for paper, cell in zip(papers, cells, strict=True))
        if any(row):
            rows[aspect.name] = row
    return Table(tuple(rows), tuple(papers), tuple(rows.values())) if rows else None


def _names(question: str, papers: Sequence[Paper]) -> tuple[str, ...]:
    """Return the names in a question, longest first: they say which papers are compared, not what is asked of them."""
    texts = [whole(paper.title, paper.abstract) for paper in papers]
    works = filter(None, (work_name(paper.title) for paper in papers))
    return tuple(sorted((*works, *read_demands(question, texts).names), key=len, reverse=True))


def _bare(text: str, names: Sequence[str]) -> str:
    """Return a question without the names in it and the words that make it a question."""
    for name in names:
        text = text.replace(name, " ")
    return " ".join(word for word in text.split() if not ASKING.issuperset(content_words(word)))


def _asks_more(question: str, names: Sequence[str]) -> bool:
    """Tell whether a question asks for anything beside the papers that it names."""
    words = {word for word in content_words(question) if word not in _COMPARING}
    return bool(words - {word for name in names for word in content_words(name)})


_COMPARING = frozenset(
    content_words(
        "compare compared comparison versus vs differ differs difference between two paper papers method please"
    )
)

_ONLY = worded(r"only\b|just\b|compare the\b|by (?:their )?\w+\??$|in terms of|side by side")


def _told(aspects: Sequence[Aspect], sentences: Sequence[Sentence]) -> dict[str, Sentence]:
    """Return the sentence that tells each aspect, the surest first, each sentence once."""
    last = max(1, len(sentences) - 1)
    scores = sorted(
        (
            (_score(aspect, clean(sentence.text), sentence.number / last), aspect.name, sentence)
            for aspect in aspects
            for sentence in sentences
        ),
        key=lambda row: -row[0],
    )
    told: dict[str, Sentence] = {}
    for score, name, sentence in scores:
        if score >= LEAST[name] and name not in told and sentence not in told.values():
            told[name] = sentence
    return told


def _score(aspect: Aspect, text: str, place: float) -> float:
    cues = len({match[0].lower() for match in aspect.cues.finditer(text)})
    if not cues:
        return 0.0
    against = 0.7 if aspect.against and aspect.against.search(text) else 0.0
    return (
        0.8
        + 0.3 * min(cues, 3)
        + aspect.early * (1 - place)
        + aspect.late * place
        + aspect.figure * has_figure(text)
        - against
        - 0.5 * (len(text.split()) < SHORT)
    )


_PLEASE = r"^(?:(?:please|ok(?:ay)?|now|and|also|then|can you|could you)[ ,]+)*"

_END = re.compile(
    r"(?:(?<!\s)\s+(?:to|in|into|from|out of) (?:it|this|that|them|(?:the|this) (?:table|comparison|list)))?"
    r"(?: (?:too|as well|please))?$",
    re.IGNORECASE,
)

_STOPS = ".?!" + string.whitespace

_EDITS = tuple(
    (kind, re.compile(rf"{_PLEASE}(?:{words}) (?:the )?", re.IGNORECASE))
    for kind, words in (
        ("add", "add|include|put in|throw in|and what about|what about adding"),
        ("drop", "drop|remove|leave out|take out|delete|without"),
        ("only", "only|just|show(?: me)? (?:only|just)|keep only"),
    )
)


@dataclass(frozen=True, slots=True)
class Edit:
    """What a follow-up does to the comparison before it: "add" a paper, "drop" one, or show "only" some aspects."""

    kind: str
    what: str


def read_edit(question: str) -> Edit | None:
    """Return what a question does to a comparison, or None when it asks for something else."""
    asked = question.strip()
    for kind, pattern in _EDITS:
        begun = pattern.match(asked)
        what = _END.sub("", asked[begun.end() :].rstrip(_STOPS), count=1) if begun else ""
        if what and (kind != "only" or asked_aspects(what)):
            return Edit(kind, what)
    return None
