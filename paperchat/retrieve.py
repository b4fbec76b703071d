"""Find the papers for a question, and in each the sentences that answer it best."""

import math
from collections.abc import Mapping, Sequence

from paperchat.keyword import content_words, content_words_of
from paperchat.listing import Candidate, Listing, choose_all, read_topic
from paperchat.rank import Fused, by_paper, fuse, score_sentences
from paperchat.store import Store
from paperchat.text import clean
from paperchat.types import Embedder, Leg, Result, Sentence, Vectors

CANDIDATES = 300
"""Chunks taken from Chroma, and papers taken from BM25, before fusion."""

SENTENCES = (5, 4, 3)
"""Most sentences kept of the first papers; of any later one, LATER."""

LATER = 2

JUDGED = 1000
"""Papers of a set that are all judged for a list; of a larger set the candidates of both retrievers are."""


def search(store: Store, embedder: Embedder, question: str, limit: int) -> tuple[Result, ...]:
    """Return the best papers for a question, best first; none when the question has no word to search for."""
    words = content_words(clean(question))
    if not words:
        return ()
    vector = embedder.embed_query(clean(question))[0]
    similar = store.vectors.search(vector, CANDIDATES)
    fused = fuse(by_paper(similar), store.keywords.search(clean(question), CANDIDATES), limit)
    chosen = _sentences(store, fused, words, dict(similar))
    return tuple(
        Result(store.papers[one.paper_id], rank, one.score, one.dense, one.keyword, chosen[one.paper_id])
        for rank, one in enumerate(fused, 1)
    )


def _sentences(
    store: Store, fused: Sequence[Fused], words: Sequence[str], similar: Mapping[str, float]
) -> dict[str, tuple[Sentence, ...]]:
    """Return the best sentences of each paper, best first, scored together, so that rare words weigh most."""
    rows = [sentence for one in fused for sentence in store.sentences[one.paper_id]]
    nearness = {tuple(key.split(":")[:2]): score for key, score in similar.items()}
    floor = min(similar.values(), default=0.0)
    similarity = [nearness.get((row.paper_id, str(row.number)), floor) for row in rows]
    scores = score_sentences(words, [content_words(clean(row.text)) for row in rows], similarity)
    ranked = sorted(zip(scores, rows, strict=True), key=lambda pair: -pair[0])
    chosen = {}
    for place, one in enumerate(fused):
        most = SENTENCES[place] if place < len(SENTENCES) else LATER
        chosen[one.paper_id] = tuple([row for _, row in ranked if row.paper_id == one.paper_id][:most])
    return chosen


def list_papers(store: Store, embedder: Embedder, question: str) -> Listing:
    """Return all papers of the set that a request for papers is about (see `listing`)."""
    topic = read_topic(question)
    if not topic.wanted or not store.papers:
        return Listing((), 0, len(store.papers))
    near = _nearness(store, embedder.embed_query(topic.text)[0])
    keyword = store.keywords.search(topic.text, CANDIDATES)
    ids = list(store.papers) if len(store.papers) <= JUDGED else list(dict.fromkeys((*near, *keyword)))
    floor = min((leg.score for leg in near.values()), default=0.0)
    titles = content_words_of([clean(store.papers[key].title) for key in ids])
    rows = [sentence for key in ids for sentence in store.sentences[key]]
    words: dict[str, list[frozenset[str]]] = {key: [] for key in ids}
    for sentence, held in zip(rows, content_words_of([clean(row.text) for row in rows]), strict=True):
        words[sentence.paper_id].append(frozenset(held))
    candidates = [
        Candidate(key, frozenset(title), tuple(words[key]), near[key].score if key in near else floor)
        for key, title in zip(ids, titles, strict=True)
    ]

    def weigh(word: str) -> float:
        n = store.keywords.frequency(word)
        return math.log(1 + (len(store.papers) - n + 0.5) / (n + 0.5))

    listed = choose_all(topic, candidates, [one.similarity for one in candidates], weigh)
    results = tuple(
        Result(
            store.papers[one.paper_id],
            rank,
            one.score,
            near.get(one.paper_id),
            keyword.get(one.paper_id),
            store.sentences[one.paper_id][one.sentence : one.sentence + 1],
        )
        for rank, one in enumerate(listed, 1)
    )
    return Listing(results, len(ids), len(store.papers))


def _nearness(store: Store, vector: Vectors) -> dict[str, Leg]:
    """Return the similarity of each paper's best chunk: of all papers in a small set, else of the nearest."""
    small = len(store.papers) <= JUDGED
    return by_paper(store.vectors.search(vector, sum(map(len, store.sentences.values())) if small else CANDIDATES))
