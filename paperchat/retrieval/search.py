"""Find the papers for a question, and in each the sentences that answer it best."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from paperchat.protocols import Embedder
from paperchat.query.reading import Asked, Reading, ask, read
from paperchat.retrieval.fusion import dense_legs, fuse, rerank, score_sentences
from paperchat.retrieval.named import named_first
from paperchat.storage.store import Store
from paperchat.text.paper_text import PaperText
from paperchat.text.tokens import content_words, inverse_frequency
from paperchat.types import Leg, Result, Sentence, Vectors

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
    asked = ask(query)
    if not asked.words:
        return read(query, query, (), (), asked)
    vector = embedder.embed_query(asked.text)[0]
    near = nearest_papers(store, vector)
    keyword, frequency = _by_words(store, asked, CANDIDATES, set(near))
    similar = store.similarities(vector, list(dict.fromkeys((*near, *keyword))))
    return _ranked(store, asked, _Found(query, similar, keyword, frequency), limit)


def rank_among(store: Store, embedder: Embedder, query: str, paper_ids: Sequence[str]) -> Reading:
    """Return these papers as a search ranks them; none for a query without a word to search for."""
    asked, ids = ask(query), list(dict.fromkeys(paper_ids))
    if not asked.words:
        return read(query, query, (), (), asked)
    similar = store.similarities(embedder.embed_query(asked.text)[0], ids)
    return _ranked(store, asked, _Found(query, similar, *_by_words(store, asked, 0, ids)), len(ids))


def _by_words(store: Store, asked: Asked, limit: int, among: Collection[str]) -> tuple[dict[str, Leg], dict[str, int]]:
    """Return the papers that share words with a query, and in how many papers of the set each of its words occurs."""
    keywords = store.index.keywords
    return keywords.search(asked.words, limit, among), keywords.frequencies(asked.words)


@dataclass(frozen=True, slots=True)
class _Found:
    """What both legs found for a query: (nearest, each sentence's) cosine of each paper, and the ranks by words."""

    query: str
    similar: Mapping[str, tuple[float, Sequence[float]]]
    keyword: Mapping[str, Leg]
    frequency: Mapping[str, int]


def _ranked(store: Store, asked: Asked, found: _Found, limit: int) -> Reading:
    """Return the best papers of both legs, ranked a second time, each with its best sentences."""
    fused = fuse(dense_ranks(found.similar), found.keyword, max(limit, RERANKED))
    texts = {text.paper.id: text for text in store.read([one.paper_id for one in fused])}
    held = {key: (one.title_words, *one.words, *_signed(one)) for key, one in texts.items()}
    of = len(store.papers)
    weights = {word: inverse_frequency(count, of) for word, count in found.frequency.items()}
    ranked = rerank(asked.words, fused, held, weights)[:limit]
    own = [texts[one.paper_id] for one in ranked]
    chosen = _sentences(own, asked.words, {key: each for key, (_, each) in found.similar.items()})
    results = [
        Result(store.papers[one.paper_id], rank, one.score, one.dense, one.keyword, chosen[one.paper_id])
        for rank, one in enumerate(ranked, 1)
    ]
    reading = read(found.query, found.query, results, own, asked)
    return named_first(replace(reading, frequency=found.frequency))


def _signed(text: PaperText) -> tuple[tuple[str, ...], ...]:
    """Return the words of who wrote a paper and when, where that is known, as of one more sentence."""
    details = text.paper.details
    return (tuple(content_words(details.signed)),) if details.authors or details.date else ()


def rarities(store: Store, words: Iterable[str]) -> dict[str, float]:
    """Return the inverse document frequency in the set of each of these content words."""
    of = len(store.papers)
    return {word: inverse_frequency(held, of) for word, held in store.keywords.frequencies(words).items()}


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
    return [chunk.split(":")[0] for chunk, _ in store.index.nearest.search(vector, CANDIDATES)]


def dense_ranks(similar: Mapping[str, tuple[float, Sequence[float]]]) -> dict[str, Leg]:
    """Return the rank of each paper by the similarity of its nearest window."""
    return dense_legs({key: nearest for key, (nearest, _) in similar.items()})
