"""Find the papers for a question, and in each the sentences that answer it best."""

import math
from collections.abc import Mapping, Sequence
from functools import partial

from paperchat.keyword import content_words, content_words_of
from paperchat.listing import LEAST, OF_FEW, Candidate, Listing, choose_all, read_topic
from paperchat.rank import Fused, dense_legs, fuse, rerank, score_sentences
from paperchat.select import named_first
from paperchat.store import Store
from paperchat.text import clean
from paperchat.types import Embedder, Leg, Paper, Result, Sentence, Vectors

CANDIDATES = 300
"""Chunks taken from Chroma, and papers taken from BM25; every sentence of these is then compared."""

SENTENCES = (5, 4, 3)
"""Most sentences kept of the first papers; of any later one, LATER."""

LATER = 2

RERANKED = 30
"""Best papers of the two retrievers whose order is looked at again."""

JUDGED = 1000
"""Papers of a set that are all judged for a list; of a larger set the candidates of both retrievers are."""


def search(store: Store, embedder: Embedder, question: str, limit: int) -> tuple[Result, ...]:
    """Return the best papers for a question, best first; none when the question has no word to search for."""
    words = content_words(clean(question))
    if not words:
        return ()
    vector = embedder.embed_query(clean(question))[0]
    near = _near(store, vector)
    keyword = store.keywords.search(clean(question), CANDIDATES, set(near))
    similar = store.similarities(vector, list(dict.fromkeys((*near, *keyword))))
    fused = fuse(_legs(similar), keyword, max(limit, RERANKED))
    held = _words(store, [one.paper_id for one in fused])
    ranked = rerank(words, fused, held, partial(_weight, store))[:limit]
    chosen = _sentences(store, ranked, words, held, {key: each for key, (_, each) in similar.items()})
    results = [
        Result(store.papers[one.paper_id], rank, one.score, one.dense, one.keyword, chosen[one.paper_id])
        for rank, one in enumerate(ranked, 1)
    ]
    return named_first(question, results)


def _words(store: Store, ids: Sequence[str]) -> dict[str, list[list[str]]]:
    """Return the content words of each paper's title and of each of its sentences, in their order."""
    texts = [(key, clean(text)) for key in ids for text in _parts(store, key)]
    words: dict[str, list[list[str]]] = {key: [] for key in ids}
    for (key, _), held in zip(texts, content_words_of([text for _, text in texts]), strict=True):
        words[key].append(held)
    return words


def _parts(store: Store, paper_id: str) -> list[str]:
    return [store.papers[paper_id].title, *(sentence.text for sentence in store.sentences(paper_id))]


def _weight(store: Store, word: str) -> float:
    """Return a word's inverse document frequency in the set."""
    n = store.keywords.frequency(word)
    return math.log(1 + (len(store.papers) - n + 0.5) / (n + 0.5))


def _sentences(
    store: Store,
    fused: Sequence[Fused],
    words: Sequence[str],
    held: Mapping[str, Sequence[Sequence[str]]],
    similar: Mapping[str, Sequence[float]],
) -> dict[str, tuple[Sentence, ...]]:
    """Return the best sentences of each paper, best first, scored together, so that rare words weigh most."""
    rows = [sentence for one in fused for sentence in store.sentences(one.paper_id)]
    similarity = [similar[row.paper_id][row.number] for row in rows]
    scores = score_sentences(words, [own for one in fused for own in held[one.paper_id][1:]], similarity)
    ranked = sorted(zip(scores, rows, strict=True), key=lambda pair: -pair[0])
    chosen = {}
    for place, one in enumerate(fused):
        most = SENTENCES[place] if place < len(SENTENCES) else LATER
        chosen[one.paper_id] = tuple([row for _, row in ranked if row.paper_id == one.paper_id][:most])
    return chosen


def list_papers(store: Store, embedder: Embedder, question: str, among: Sequence[Paper] = ()) -> Listing:
    """Return all papers of the set that a request for papers is about (see `listing`), or those `among` these."""
    topic = read_topic(question)
    if not topic.wanted or not store.papers:
        return Listing((), 0, len(store.papers))
    vector = embedder.embed_query(topic.text)[0]
    keyword = store.keywords.search(topic.text, CANDIDATES)
    ids = list(store.papers) if len(store.papers) <= JUDGED else list(dict.fromkeys((*_near(store, vector), *keyword)))
    within = [paper.id for paper in among if paper.id in store.papers]
    ids = list(dict.fromkeys((*ids, *within)))
    near = _legs(store.similarities(vector, ids))
    judged = within or ids
    sentences = {key: store.sentences(key) for key in judged}
    words = {key: [frozenset(held) for held in parts] for key, parts in _words(store, judged).items()}
    candidates = [Candidate(key, words[key][0], tuple(words[key][1:]), near[key].score) for key in judged]
    listed = choose_all(
        topic, candidates, [near[key].score for key in ids], partial(_weight, store), OF_FEW if within else LEAST
    )
    results = tuple(
        Result(
            store.papers[one.paper_id],
            rank,
            one.score,
            near[one.paper_id],
            keyword.get(one.paper_id),
            sentences[one.paper_id][one.sentence : one.sentence + 1],
        )
        for rank, one in enumerate(listed, 1)
    )
    return Listing(results, len(judged), len(within) or len(store.papers))


def _near(store: Store, vector: Vectors) -> list[str]:
    """Return the papers of the chunks nearest to a vector, best first; a paper with several is there as often."""
    return [chunk.split(":")[0] for chunk, _ in store.vectors.search(vector, CANDIDATES)]


def _legs(similar: Mapping[str, tuple[float, Sequence[float]]]) -> dict[str, Leg]:
    return dense_legs({key: nearest for key, (nearest, _) in similar.items()})
