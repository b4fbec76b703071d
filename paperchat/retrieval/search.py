"""Find the papers for a question, and in each the sentences that answer it best."""

import math
from collections.abc import Mapping, Sequence
from functools import partial

from paperchat.query.reading import Reading, read
from paperchat.retrieval.fusion import dense_legs, fuse, rerank, score_sentences
from paperchat.retrieval.named import named_first
from paperchat.storage.store import Store
from paperchat.text.cleaning import clean
from paperchat.text.paper_text import PaperText
from paperchat.text.tokens import content_words
from paperchat.types import Embedder, Leg, Result, Sentence, Vectors

CANDIDATES = 300
"""Chunks taken from Chroma, and papers taken from BM25; every sentence of these is then compared."""

SENTENCES = (5, 4, 3)
"""Most sentences kept of the first papers; of any later one, LATER."""

LATER = 2

RERANKED = 30
"""Best papers of the two retrievers whose order is looked at again."""


def search(store: Store, embedder: Embedder, query: str, limit: int) -> Reading:
    """Return the best papers for a query, best first, read as the question that it is.

    None are found when it has no word to search for.
    """
    text = clean(query)
    words = content_words(text)
    if not words:
        return read(query, query, (), ())
    vector = embedder.embed_query(text)[0]
    near = nearest_papers(store, vector)
    keyword = store.keywords.search(words, CANDIDATES, set(near))
    similar = store.similarities(vector, list(dict.fromkeys((*near, *keyword))))
    return _ranked(store, query, similar, keyword, limit)


def rank_among(store: Store, embedder: Embedder, query: str, paper_ids: Sequence[str]) -> Reading:
    """Return these papers as a search ranks them; none for a query without a word to search for."""
    text, ids = clean(query), list(dict.fromkeys(paper_ids))
    words = content_words(text)
    if not words:
        return read(query, query, (), ())
    similar = store.similarities(embedder.embed_query(text)[0], ids)
    return _ranked(store, query, similar, store.keywords.search(words, 0, ids), len(ids))


def _ranked(
    store: Store,
    query: str,
    similar: Mapping[str, tuple[float, Sequence[float]]],
    keyword: Mapping[str, Leg],
    limit: int,
) -> Reading:
    """Return the best papers of both legs, ranked a second time, each with its best sentences."""
    words = content_words(clean(query))
    fused = fuse(dense_ranks(similar), keyword, max(limit, RERANKED))
    texts = {text.paper.id: text for text in store.read([one.paper_id for one in fused])}
    held = {key: (one.title_words, *one.words) for key, one in texts.items()}
    ranked = rerank(words, fused, held, partial(rarity, store))[:limit]
    own = [texts[one.paper_id] for one in ranked]
    chosen = _sentences(own, words, {key: each for key, (_, each) in similar.items()})
    results = [
        Result(store.papers[one.paper_id], rank, one.score, one.dense, one.keyword, chosen[one.paper_id])
        for rank, one in enumerate(ranked, 1)
    ]
    return named_first(read(query, query, results, own))


def rarity(store: Store, word: str) -> float:
    """Return a word's inverse document frequency in the set."""
    n = store.keywords.frequency(word)
    return math.log(1 + (len(store.papers) - n + 0.5) / (n + 0.5))


def _sentences(
    texts: Sequence[PaperText], words: Sequence[str], similar: Mapping[str, Sequence[float]]
) -> dict[str, tuple[Sentence, ...]]:
    """Return the best sentences of each paper, best first, scored together, so that rare words weigh most."""
    rows = [sentence for text in texts for sentence in text.sentences]
    similarity = [similar[row.paper_id][row.number] for row in rows]
    scores = score_sentences(words, [own for text in texts for own in text.words], similarity)
    ranked = sorted(zip(scores, rows, strict=True), key=lambda pair: -pair[0])
    chosen = {}
    for place, text in enumerate(texts):
        most = SENTENCES[place] if place < len(SENTENCES) else LATER
        chosen[text.paper.id] = tuple([row for _, row in ranked if row.paper_id == text.paper.id][:most])
    return chosen


def nearest_papers(store: Store, vector: Vectors) -> list[str]:
    """Return the papers of the chunks nearest to a vector, best first; a paper with several is there as often."""
    return [chunk.split(":")[0] for chunk, _ in store.vectors.search(vector, CANDIDATES)]


def dense_ranks(similar: Mapping[str, tuple[float, Sequence[float]]]) -> dict[str, Leg]:
    """Return the rank of each paper by the similarity of its nearest window."""
    return dense_legs({key: nearest for key, (nearest, _) in similar.items()})
