"""Nearest neighbours over a small set, straight from the record: for one question, sooner than Chroma is imported."""

from collections.abc import Sequence

import numpy as np

from paperchat.types import Vectors

MOST = 5_000
"""Most chunks that are searched so: some 8 MB, in about a millisecond."""


class ExactIndex:
    """Cosine nearest neighbours over chunks in memory, each held against the question."""

    def __init__(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Take the chunks' ids and unit vectors, shape (n, dimension)."""
        self._ids, self._vectors = ids, vectors

    def search(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        """Return at most `limit` (chunk id, cosine similarity) pairs, most similar first."""
        near = self._vectors @ vector
        order = np.argsort(-near, kind="stable")[:limit]
        return [(self._ids[place], float(near[place])) for place in order]
