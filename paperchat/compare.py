"""Set papers side by side: for each aspect and paper the sentence of that paper which tells it. Pure functions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from paperchat.demands import has_figure, read_demands
from paperchat.keyword import ASKING, content_words
from paperchat.select import answering
from paperchat.sentences import paper_sentences
from paperchat.text import clean, whole, work_name
from paperchat.types import AnswerSentence, Paper, Result, Sentence, Table
from paperchat.verdict import verbatim

MOST = 6
"""Most papers in a table."""

ASKED = "what was asked"
"""The row of a question that asks for more than the usual aspects."""


@dataclass(frozen=True, slots=True)
class Aspect:
    """A row of the table: how a question asks for it, and what a sentence that tells it says.

    `late` and `early` weigh where in the abstract (0: first sentence, 1: last) such a sentence stands.
    """

    name: str
    asked: re.Pattern[str]
    cues: re.Pattern[str]
    against: re.Pattern[str] | None = None
    early: float = 0.0
    late: float = 0.0
    figure: float = 0.0


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})", re.IGNORECASE)


_PROPOSES = _words(
    r"(?:we|our|this (?:paper|work|article|study|survey|review)|it)\b.{0,40}"
    r"\b(?:propos|introduc|present|develop|design|investigat|study|studies|show how|call|release|argu|aim|offer)"
    r"|\b(?:is|are) (?:proposed|introduced|presented)|novel (?:method|framework|approach)"
)
_LIMITS = _words(
    r"limitations? (?:of|is|are|include)|fails? (?:to|on|for|when)|future work|at the (?:cost|expense) of|trade-?offs"
    r"|remains? (?:\w+ ){0,2}(?:open|challeng|difficult|behind|unsolved|issues?)|degrad\w+ (?:when|on|with|for)|caution"
    r"|(?:still|yet) (?:lag|fall|behind|far)|does not (?:improve|help|transfer|generali)|not (?:always|enough)"
)

ASPECTS = (
    Aspect(
        "problem",
        _words(r"problems?\b|challenges?\b|motivat\w+|gaps?\b|issues?\b|what (?:was|is) wrong|complaints?\b"),
        _words(
            r"however\b|problem|challeng|issues?\b|difficult|suffer|expensive|costly|lack(?:s|ing)?\b|limited\b|scarc"
            r"|hinder|neglect|overlook|ignor|fail|remains?\b|bottleneck|unclear|poor(?:ly)?\b|require|yet\b|need|cannot\b"
        ),
        _PROPOSES,
        early=1.0,
    ),
    Aspect(
        "idea",
        _words(r"ideas?\b|methods?\b|approach|techniques?\b|objectives?\b|how (?:do|does|did)\b"),
        _PROPOSES,
        early=0.3,
    ),
    Aspect(
        "data",
        _words(r"data\b|datasets?\b|benchmarks?\b|corpora\b|corpus\b|environments?\b|tested on|evaluated on"),
        _words(
            r"datasets\b|(?:the|a|new|our|\w+[A-Z]\w*) dataset\b|benchmarks?\b|corpus\b|corpora\b|experiments?\b"
            r"|(?:evaluat|validat|test|train|experiment)\w* (?:\w+ ){0,3}on\b|ImageNet|COCO\b|CIFAR|ADE20K|collected"
        ),
        _PROPOSES,
        late=0.6,
        figure=0.2,
    ),
    Aspect(
        "results",
        _words(r"results?\b|numbers?\b|accurac\w+|perform\w+|scores?\b|gains?\b|better\b|higher\b|beats?\b"),
        _words(
            r"outperform|achiev|improv|state-of-the-art|sota\b|surpass|superior|better\b|competitive|gains?\b|exceed"
            r"|results\b|higher\b|lower\b|accuracy|effective|on par|faster|reduc"
        ),
        _PROPOSES,
        late=0.8,
        figure=1.0,
    ),
    Aspect(
        "limits", _words(r"limit\w*|weakness\w*|drawbacks?\b|shortcomings?\b|fails?\b"), _LIMITS, _PROPOSES, late=1.5
    ),
)
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

_ONLY = _words(r"only\b|just\b|compare the\b|by (?:their )?\w+\??$|in terms of|side by side")


def asked_aspects(question: str) -> tuple[Aspect, ...]:
    """Return the usual aspects that a question names."""
    return tuple(aspect for aspect in ASPECTS if aspect.asked.search(question))


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
_END = (
    r"(?:\s+(?:to|in|into|from|out of) (?:it|this|that|them|(?:the|this) (?:table|comparison|list)))?"
    r"(?: (?:too|as well|please))?[.?!\s]*$"
)
_EDITS = tuple(
    (kind, re.compile(rf"{_PLEASE}(?:{words}) (?:the )?(?P<what>.+?){_END}", re.IGNORECASE))
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
    for kind, pattern in _EDITS:
        found = pattern.match(question.strip())
        if found and (kind != "only" or asked_aspects(found["what"])):
            return Edit(kind, found["what"])
    return None
