"""Judge every paper of a set by what a list asks for: "which papers use X or Y, but not Z?". Pure functions.

A paper qualifies by the words of the topic in its title and in one of its sentences, and by how much nearer it is to
the topic than papers usually are.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev

from paperchat.keyword import content_words
from paperchat.text import clean
from paperchat.types import Result

Weigh = Callable[[str], float]
"""The inverse document frequency of a content word in the set (see `content_words`)."""

TITLE, SENTENCE, NEARNESS = 0.6, 1.0, 0.4
"""Weights of the topic's words in the title, of those in the best sentence, and of the standardised similarity."""

LEAST = 1.3
"""Least score of a paper that qualifies."""

OF_FEW = 0.8
"""Least score of a paper that qualifies among a few, of which the conversation has: one sentence may tell it."""

SHARE = 0.55
"""A paper qualifies when its score is also at least this share of the best one's."""

MINOR = 0.6
"""Of several alternatives, such as "verification or recognition", one may weigh at least this share of the weightiest.

A common word alone then does not cover the topic.
"""

_WITHOUT = re.compile(
    r"(?:\s*\b(?:but|and|though)\s+|,\s*)(?:not?|no)\b\s+"
    r"(?:about |on |with |using |the (?:ones|papers) (?:on|about|with) )?(?P<what>[^?.!;]+)"
    r"|,?\s*\b(?:except(?: for)?|excluding|other than|apart from|besides|not (?:about|on|with|using))\s+"
    r"(?P<other>[^?.!;]+)",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\bor\b|\band\b|[,/()?:;!]|\.(?=\s|$)")
_TOKEN = re.compile(r"[^\W_]+(?:[-'\u2019+#.][^\W_]+)*[+#]*")
_FRAME = frozenset(
    content_words(
        "paper work works working study studies article abstract list show name give find tell see read any anything "
        "all everything everybody some something somebody someone anybody anyone other ones one collection set thing "
        "things kind style sort type use uses using used deal deals dealing dealt concern touch touches about look "
        "looks tried try tries apply applies mention mentions cover covers start there many much number ask asks who "
        "whom what which when where how do does did can could should would you me us our your people their please "
        "also more relate related involve address addresses consider focus focuses investigate approach method "
        "aim propose proposes attempt attempts at least tackle whats theres handle handles explore explores exist "
        "i from s them these those were was"
    )
)
"""Words that frame the request and say nothing of its topic."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What a list is about: its text, its alternatives as content words, one of which is wanted, and those unwanted."""

    text: str
    wanted: tuple[tuple[str, ...], ...]
    unwanted: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paper that is judged: content words of its title and of each sentence, and its similarity to the topic."""

    paper_id: str
    title: frozenset[str]
    sentences: tuple[frozenset[str], ...]
    similarity: float


@dataclass(frozen=True, slots=True)
class Listed:
    """A paper that qualifies, how well, and the number (from 0) of the sentence that qualifies it."""

    paper_id: str
    score: float
    sentence: int


@dataclass(frozen=True, slots=True)
class Listing:
    """The papers that a list asks for, best first, each with the sentence that qualifies it.

    `judged` papers of a set of `papers` were held against the topic.
    """

    results: tuple[Result, ...]
    judged: int
    papers: int


def read_topic(question: str) -> Topic:
    """Return the topic of a request for papers."""
    without = _WITHOUT.search(question)
    asked = question[: without.start()] + question[without.end() :] if without else question
    wanted = _alternatives(asked)
    if not wanted:  # "which do not use X": the rest says nothing, so nothing is left out
        asked, without, wanted = question, None, _alternatives(question)
    words = [token for token in _TOKEN.findall(clean(asked)) if _content(token)]
    return Topic(" ".join(words), wanted, _alternatives(without["what"] or without["other"]) if without else ())


def _alternatives(text: str) -> tuple[tuple[str, ...], ...]:
    parts = (tuple(dict.fromkeys(_content(part))) for part in _SPLIT.split(clean(text)))
    return tuple(part for part in parts if part)


def _content(text: str) -> list[str]:
    """Return the content words that are not of the frame; inside a compound, such as "open-set", all are kept."""
    parts = (
        words if len(words) > 1 else [w for w in words if w not in _FRAME] for words in map(content_words, text.split())
    )
    return [word for words in parts for word in words]


def choose_all(
    topic: Topic, candidates: Sequence[Candidate], usual: Sequence[float], weigh: Weigh, least: float = LEAST
) -> list[Listed]:
    """Return the papers that qualify, best first.

    `usual` are the similarities to the topic of papers taken as they come, at least two of them; `least` is the score
    that a paper has at least.
    """
    middle, spread = fmean(usual), pstdev(usual) or 1.0
    weight = {word: weigh(word) for part in topic.wanted for word in part}
    listed = []
    for one in candidates:
        if any(set(part) <= one.title.union(*one.sentences) for part in topic.unwanted):
            continue
        each = [covered(topic.wanted, words, weight) for words in one.sentences]
        best = max(range(len(each)), key=lambda number: each[number], default=0)
        score = (
            TITLE * covered(topic.wanted, one.title, weight)
            + SENTENCE * max(covered(topic.wanted, one.title, weight), *each, 0.0)
            + NEARNESS * (one.similarity - middle) / spread
        )
        listed.append(Listed(one.paper_id, score, best))
    listed.sort(key=lambda one: -one.score)
    bar = max(least, SHARE * listed[0].score) if listed else least
    return [one for one in listed if one.score >= bar]


def covered(parts: Sequence[Sequence[str]], words: frozenset[str], weight: Mapping[str, float]) -> float:
    """Return the greatest share of an alternative's weight that these words hold, 0..1."""
    totals = [sum(weight[word] for word in part) for part in parts]
    least = MINOR * max(totals, default=0.0)
    shares = (
        sum(weight[word] for word in part if word in words) / max(total, least)
        for part, total in zip(parts, totals, strict=True)
        if total
    )
    return max(shares, default=0.0)
