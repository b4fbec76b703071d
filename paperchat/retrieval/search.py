"""Find the papers for a question, and in each the sentences that answer it best."""

import math
from collections.abc import Mapping, Sequence
from functools import partial

from paperchat.retrieval.fusion import Fused, dense_legs, fuse, rerank, score_sentences
from paperchat.retrieval.named import named_first
from paperchat.storage.store import Store
from paperchat.text.cleaning import clean
from paperchat.text.tokens import content_words, content_words_of
from paperchat.types import Embedder, Leg, Result, Sentence, Vectors

CANDIDATES = 300
"""Chunks taken from Chroma, and papers taken from BM25; every sentence of these is then compared."""

SENTENCES = (5, 4, 3)
"""Most sentences kept of the first papers; of any later one, LATER."""

LATER = 2

RERANKED = 30
"""Best papers of the two retrievers whose order is looked at again."""


def search(store: Store, embedder: Embedder, question: str, limit: int) -> tuple[Result, ...]:
    """Return the best papers for a question, best first; none when the question has no word to search for."""
    words = content_words(clean(question))
    if not words:
        return ()
    vector = embedder.embed_query(clean(question))[0]
    near = nearest_papers(store, vector)
    keyword = store.keywords.search(clean(question), CANDIDATES, set(near))
    similar = store.similarities(vector, list(dict.fromkeys((*near, *keyword))))
    return named_first(question, _ranked(store, words, similar, keyword, limit))


def rank_among(store: Store, embedder: Embedder, question: str, paper_ids: Sequence[str]) -> tuple[Result, ...]:
    """Return these papers as a search ranks them, each with its best sentences; none for a question without a word."""
    words, ids = content_words(clean(question)), list(dict.fromkeys(paper_ids))
    if not words:
        return ()
    similar = store.similarities(embedder.embed_query(clean(question))[0], ids)
    keyword = store.keywords.search(clean(question), 0, ids)
    return named_first(question, _ranked(store, words, similar, keyword, len(ids)))


def _ranked(
    store: Store,
    words: Sequence[str],
    similar: Mapping[str, tuple[float, Sequence[float]]],
    keyword: Mapping[str, Leg],
    limit: int,
) -> list[Result]:
    """Return the best papers of both legs, ranked a second time, each with its best sentences."""
    fused = fuse(dense_ranks(similar), keyword, max(limit, RERANKED))
    held = part_words(store, [one.paper_id for one in fused])
    ranked = rerank(words, fused, held, partial(rarity, store))[:limit]
    chosen = _sentences(store, ranked, words, held, {key: each for key, (_, each) in similar.items()})
    return [
        Result(store.papers[one.paper_id], rank, one.score, one.dense, one.keyword, chosen[one.paper_id])
        for rank, one in enumerate(ranked, 1)
    ]


def part_words(store: Store, ids: Sequence[str]) -> dict[str, list[list[str]]]:
    """Return the content words of each paper's title and of each of its sentences, in their order."""
    texts = [(key, clean(text)) for key in ids for text in _parts(store, key)]
    words: dict[str, list[list[str]]] = {key: [] for key in ids}
    for (key, _), held in zip(texts, content_words_of([text for _, text in texts]), strict=True):
        words[key].append(held)
    return words


def _parts(store: Store, paper_id: str) -> list[str]:
    return [store.papers[paper_id].title, *(sentence.text for sentence in store.sentences(paper_id))]


def rarity(store: Store, word: str) -> float:
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


def nearest_papers(store: Store, vector: Vectors) -> list[str]:
    """Return the papers of the chunks nearest to a vector, best first; a paper with several is there as often."""
    return [chunk.split(":")[0] for chunk, _ in store.vectors.search(vector, CANDIDATES)]


def dense_ranks(similar: Mapping[str, tuple[float, Sequence[float]]]) -> dict[str, Leg]:
    """Return the rank of each paper by the similarity of its nearest window."""
    return dense_legs({key: nearest for key, (nearest, _) in similar.items()})
