"""Judge every paper of a set by what a list asks for: "which papers use X or Y, but not Z?".

A paper qualifies by the words of the topic in its title and in one of its sentences, and by how much nearer it is to
the topic than papers usually are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev

from paperchat.protocols import Embedder
from paperchat.query.topic import Topic, read_topic
from paperchat.retrieval.search import CANDIDATES, dense_ranks, nearest_papers, rarities
from paperchat.storage.store import Store
from paperchat.text.tokens import content_words
from paperchat.types import Paper, Result

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


def choose_all(
    topic: Topic,
    candidates: Sequence[Candidate],
    usual: Sequence[float],
    weight: Mapping[str, float],
    least: float = LEAST,
) -> list[Listed]:
    """Return the papers that qualify, best first.

    `usual` are the similarities to the topic of papers taken as they come, at least two of them; `weight` is the
    inverse document frequency of each word of the topic; `least` is the score that a paper has at least.
    """
    middle, spread = fmean(usual), pstdev(usual) or 1.0
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


JUDGED = 1000
"""Papers of a set that are all judged for a list; of a larger set the candidates of both retrievers are."""


def list_papers(store: Store, embedder: Embedder, question: str, among: Sequence[Paper] = ()) -> Listing:
    """Return all papers of the set that a request for papers is about (see `query/topic`), or those `among` these."""
    topic = read_topic(question)
    if not topic.wanted or not store.papers:
        return Listing((), 0, len(store.papers))
    vector = embedder.embed_query(topic.text)[0]
    keyword = store.keywords.search(content_words(topic.text), CANDIDATES)
    ids = (
        list(store.papers)
        if len(store.papers) <= JUDGED
        else list(dict.fromkeys((*nearest_papers(store, vector), *keyword)))
    )
    within = [paper.id for paper in among if paper.id in store.papers]
    ids = list(dict.fromkeys((*ids, *within)))
    near = dense_ranks(store.similarities(vector, ids))
    judged = within or ids
    texts = {text.paper.id: text for text in store.read(judged)}
    candidates = [
        Candidate(key, frozenset(text.title_words), tuple(map(frozenset, text.words)), near[key].score)
        for key, text in texts.items()
    ]
    listed = choose_all(
        topic,
        candidates,
        [near[key].score for key in ids],
        rarities(store, {word for part in topic.wanted for word in part}),
        OF_FEW if within else LEAST,
    )
    results = tuple(
        Result(
            store.papers[one.paper_id],
            rank,
            one.score,
            near[one.paper_id],
            keyword.get(one.paper_id),
            texts[one.paper_id].sentences[one.sentence : one.sentence + 1],
        )
        for rank, one in enumerate(listed, 1)
    )
    return Listing(results, len(judged), len(within) or len(store.papers))
