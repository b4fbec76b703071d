"""Find the papers for a question, and in each the sentences that answer it best."""

from collections.abc import Mapping, Sequence

from paperchat.keyword import content_words
from paperchat.rank import Fused, by_paper, fuse, score_sentences
from paperchat.store import Store
from paperchat.text import clean
from paperchat.types import Embedder, Result, Sentence

CANDIDATES = 300
"""Chunks taken from Chroma, and papers taken from BM25, before fusion."""

SENTENCES = (5, 4, 3)
"""Most sentences kept of the first papers; of any later one, LATER."""

LATER = 2


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
