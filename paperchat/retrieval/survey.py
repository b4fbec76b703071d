"""Judge every paper of a set by what a list asks for: "which papers use X or Y, but not Z?".

How a paper qualifies is learned: from the words of the topic in its title and sentences, from how much nearer it and
its best sentence are to the topic than papers of this set usually are, and from whether that sentence, read beside the
question, answers it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, pstdev

import numpy as np

from paperchat.protocols import Embedder
from paperchat.query.learned import Learned
from paperchat.query.topic import Topic, read_topic, told
from paperchat.retrieval.kinship import ENOUGH, WINDOW, Kinship, sure_of
from paperchat.retrieval.search import dense_ranks, rarities
from paperchat.retrieval.stages import ALL, MOST, Rest, in_order, look_through, rest_of
from paperchat.storage.store import Store
from paperchat.text.paper_text import PaperText
from paperchat.text.tokens import content_words
from paperchat.types import Leg, Paper, Result, Vectors

LEAST, SURE = 0.15, 0.3
"""Least probability that a paper qualifies, and that the likeliest of a set does: below that none is taken for one,
unless one has all words of what is asked."""

PERHAPS = 0.08
"""Least probability of a paper that perhaps qualifies, and is told apart."""

OF_FEW = 0.08
"""Least probability of one among a few, of which the conversation has."""

CANDIDATE = 0.25
"""Least probability of a paper of a large set that is counted as a member before its best sentence is read."""

READ = 24
"""Likeliest papers of which the best sentence is read beside the question; of the others it is told without, and they
stand behind.
"""

READ_OF_MANY = 300
"""The same of a large set, of which more are members, and more look like one."""

ALIKE = 0.3
"""Weight of a sentence's cosine beside its share of the topic's words, where the sentence is chosen that qualifies."""

MINOR = 0.6
"""Of several alternatives, such as "verification or recognition", one may weigh at least this share of the weightiest.

A common word alone then does not cover the topic.
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paper that is judged: as it is read, the cosine to the topic of its nearest window and of each sentence.

    `keyword` is its BM25 score as a share of the best one's.
    """

    text: PaperText
    similarity: float
    cosines: tuple[float, ...]
    keyword: float = 0.0


@dataclass(frozen=True, slots=True)
class Measured:
    """What is known of a paper for a topic, by name, and the number (from 0) of the sentence that tells most."""

    text: PaperText
    values: Mapping[str, float]
    sentence: int


@dataclass(frozen=True, slots=True)
class Listing:
    """The papers that a list asks for, best first, each with the sentence that qualifies it.

    `judged` papers of a set of `papers` were held against the topic; `rest` says what is known of the others. Of
    `perhaps` it is not sure; `left_out` is what the request leaves out, as typed.
    """

    results: tuple[Result, ...]
    judged: int
    papers: int
    perhaps: tuple[Paper, ...] = ()
    left_out: str = ""
    rest: Rest = ALL


def measure(
    topic: Topic,
    candidates: Sequence[Candidate],
    usual: Sequence[tuple[float, float]],
    weight: Mapping[str, float],
) -> list[Measured]:
    """Return what is known of each paper for a topic.

    `usual` are the cosines to it, of the nearest window and of the best sentence, of papers taken as they come;
    `weight` is the inverse document frequency of each word of the topic.
    """
    scales = [(fmean(row), pstdev(row) or 1.0, max(row)) for row in zip(*usual, strict=True)]
    (middle, spread, top), (said_middle, said_spread, said_top) = scales
    found = []
    for one in candidates:
        rows = one.text.words or (one.text.title_words,)  # without an abstract the title says all
        held = [covered(topic.wanted, frozenset(words), weight) for words in rows]
        told = [share + ALIKE * cosine for share, cosine in zip(held, one.cosines, strict=True)]
        said = max(one.cosines, default=0.0)
        values = {
            "title": covered(topic.wanted, frozenset(one.text.title_words), weight),
            "sentence": max(held, default=0.0),
            "paper": covered(topic.wanted, one.text.vocabulary, weight),
            "near": (one.similarity - middle) / spread,
            "behind": (one.similarity - top) / spread,
            "said": (said - said_middle) / said_spread,
            "said_behind": said - said_top,
            "cosine": said,
            "keyword": one.keyword,
        }
        found.append(Measured(one.text, values, max(range(len(told)), key=lambda at: told[at], default=0)))
    return found


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


def read_best(question: str, found: Sequence[Measured], learned: Learned, most: int = READ) -> list[Measured]:
    """Return the likeliest papers with what is known when the best sentence of each is read beside the question.

    They are so many at `most`. Known are the log odds before ("unread"), that the sentence answers ("fit"), and how far
    these are behind the best.
    """
    likely = sorted(((learned.candidates.odds(one.values), one) for one in found), key=lambda pair: -pair[0])[:most]
    sentences = [(one.text.title, "".join(one.text.cleaned[one.sentence :][:1]) or one.text.title) for _, one in likely]
    odds = learned.questions.fit(question, sentences) if sentences else ()
    best = max(map(float, odds), default=0.0)
    return [
        replace(one, values={"unread": before, "fit": float(fit), "fit_behind": float(fit) - best})
        for (before, one), fit in zip(likely, odds, strict=True)
    ]


JUDGED = 1000
"""Papers of a set that are all judged for a list; of a larger one the likeliest are, in stages (see `stages`)."""

LIKELY = 1200
"""Likeliest papers of a large set that are kept in mind."""


@dataclass(frozen=True, slots=True)
class Survey:
    """The papers of a store that were judged for a topic: what is known of each, and its ranks.

    `near` and `keyword` are the ranks by nearness and by words, by the paper's id. `judged` are all papers that were,
    in order, of a large set more than are `found`. There `kinship` tells members, by the `centres` of those found.
    """

    found: tuple[Measured, ...]
    near: Mapping[str, Leg]
    keyword: Mapping[str, Leg]
    judged: Sequence[str]
    kinship: Kinship | None = None
    centres: Vectors | None = None

    def members(self, question: str, learned: Learned, least: float) -> list[tuple[float, Measured]]:
        """Return the papers that qualify with at least this probability, best first."""
        odds = [learned.candidates.odds(one.values) for one in self.found]
        learns = self.kinship is not None and sure_of(odds) >= ENOUGH
        chances = self._kindred(question, learned, odds) if learns else self._likely(question, learned)
        return [pair for pair in chances if pair[0] >= least]

    def _likely(self, question: str, learned: Learned) -> list[tuple[float, Measured]]:
        read = read_best(question, self.found, learned, READ_OF_MANY if self.kinship else READ)
        known = {one.text.paper.id for one in read}
        rest = [one for one in self.found if one.text.paper.id not in known]
        best = _ranked([(learned.members.probability(one.values), one) for one in read])
        return [*best, *_ranked([(learned.candidates.probability(one.values), one) for one in rest])]

    def _kindred(self, question: str, learned: Learned, odds: Sequence[float]) -> list[tuple[float, Measured]]:
        if self.kinship is None or self.centres is None:
            return []
        read = read_best(question, self.found, learned, READ_OF_MANY)
        fits = {one.text.paper.id: one.values["fit"] for one in read}
        parted = self.kinship.part(self.centres, odds, [fits.get(one.text.paper.id) for one in self.found])
        return _ranked(list(zip(parted.chances(LEAST), self.found, strict=True)))

    def result(self, rank: int, chance: float, one: Measured) -> Result:
        """Return a paper as it is found, with the sentence that tells most."""
        key, sentences = one.text.paper.id, one.text.sentences[one.sentence : one.sentence + 1]
        return Result(one.text.paper, rank, chance, self.near.get(key), self.keyword.get(key), sentences)


def _ranked(chances: Sequence[tuple[float, Measured]]) -> list[tuple[float, Measured]]:
    return sorted(chances, key=lambda pair: -pair[0])


def list_papers(
    store: Store, embedder: Embedder, learned: Learned, question: str, among: Sequence[Paper] = ()
) -> Listing:
    """Return all papers of the set that a request for papers is about, or those `among` these.

    What it leaves out is judged in the same way and taken off. A request that only leaves out gets the rest of a set
    small enough to be judged whole.
    """
    topic, least = read_topic(question, learned.questions.read(question)), OF_FEW if among else LEAST
    whole = bool(among) or len(store.papers) <= JUDGED
    if not store.papers or not (topic.wanted or (topic.unwanted and whole)):
        return Listing((), 0, len(store.papers), (), topic.left_out.strip(" ?!."))
    seen = survey(store, embedder, learned, topic, among)
    members = seen.members(question, learned, PERHAPS) if topic.wanted else [(1.0, one) for one in seen.found]
    if topic.unwanted and members:
        own = among if whole else [one.text.paper for _, one in members]
        other = survey(store, embedder, learned, Topic(topic.left_out, topic.unwanted), own)
        out = {one.text.paper.id for _, one in other.members(f"papers on {topic.left_out}", learned, LEAST)}
        out |= {one.text.paper.id for one in other.found if one.values["paper"] == 1}
        members = [(chance, one) for chance, one in members if one.text.paper.id not in out]
    stands = bool(among) or not topic.wanted or any(one.values["paper"] == 1 for one in seen.found)
    none = not stands and max((chance for chance, _ in members), default=0.0) < SURE
    sure = [] if none else [(chance, one) for chance, one in members if chance >= least]
    results = tuple(seen.result(rank, chance, one) for rank, (chance, one) in enumerate(sure, 1))
    perhaps = tuple(one.text.paper for chance, one in members if sure and chance < least)
    of = len(among) or len(store.papers)
    rest = ALL if whole else rest_of(seen.judged, {result.paper.id for result in results}, of)
    return Listing(results, len(seen.judged), of, perhaps, topic.left_out.strip(" ?!."), rest)


def survey(store: Store, embedder: Embedder, learned: Learned, topic: Topic, among: Sequence[Paper] = ()) -> Survey:
    """Return what is known of the papers of the set, or `among` these, for a topic; of a large set in stages."""
    within = [paper.id for paper in among if paper.id in store.papers] if among else list(store.papers)
    whole = bool(among) or len(within) <= JUDGED
    vector = embedder.embed_query(topic.text)[0]
    if topic.asked:  # what was taken for the topic may be too little
        asked = topic.asked if whole else told(topic.asked)
        both = (1.0 if whole else 0.5) * vector + embedder.embed_query(asked)[0]
        vector = both / max(float(np.linalg.norm(both)), 1e-9)
    keyword = store.keywords.search(content_words(topic.text), len(store.papers))
    judge = _Judge(store, topic, vector, keyword)
    if whole:
        return Survey(tuple(judge.measured(within)), dense_ranks(judge.similar), keyword, within)
    chunks = store.index.nearest.search(vector, MOST)
    ordered = in_order(((chunk.split(":")[0], cosine) for chunk, cosine in chunks), keyword)
    found: list[tuple[float, Measured]] = []

    def members(ids: Sequence[str]) -> int:
        chances = [(learned.candidates.probability(one.values), one) for one in judge.measured(ids)]
        found.extend(chances)
        return sum(chance >= CANDIDATE for chance, _ in chances)

    judged = ordered[: look_through(ordered, members)]
    likely = tuple(one for _, one in _ranked(found)[:LIKELY])
    if len(likely) < WINDOW:
        return Survey(likely, dense_ranks(judge.similar), keyword, judged)
    centres = store.centres([one.text.paper.id for one in likely])
    kinship = Kinship(np.stack([*store.centres(judge.sample).values()]))
    own = np.stack([centres[one.text.paper.id] for one in likely])
    return Survey(likely, dense_ranks(judge.similar), keyword, judged, kinship, own)


class _Judge:
    """Holds papers of a store against a topic and its vector; `similar` are the cosines of those that were."""

    def __init__(self, store: Store, topic: Topic, vector: Vectors, keyword: Mapping[str, Leg]) -> None:
        self._store, self._topic, self._vector = store, topic, vector
        self._keyword, self._top = keyword, max((leg.score for leg in keyword.values()), default=1.0)
        papers = list(store.whole)
        self.sample = papers[:: -(-len(papers) // JUDGED)]  # an even share of the set, whatever is judged
        self._known = dict(store.similarities(vector, self.sample))
        self._usual = [(nearest, max(each, default=nearest)) for nearest, each in self._known.values()]
        self._weight = rarities(store, {word for part in topic.wanted for word in part})
        self.similar: dict[str, tuple[float, Sequence[float]]] = {}

    def measured(self, ids: Sequence[str]) -> list[Measured]:
        """Return what is known of these papers."""
        if unknown := [one for one in ids if one not in self._known]:
            self._known.update(self._store.similarities(self._vector, unknown))
        similar = {one: self._known[one] for one in ids}
        self.similar.update(similar)
        candidates = [
            Candidate(text, nearest, tuple(each) or (nearest,), self._by_words(text.paper.id))
            for text in self._store.read(ids)
            for nearest, each in [similar[text.paper.id]]
        ]
        return measure(self._topic, candidates, self._usual, self._weight)

    def _by_words(self, paper_id: str) -> float:
        leg = self._keyword.get(paper_id)
        return leg.score / self._top if leg else 0.0
