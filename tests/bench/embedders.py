"""Embedders for measuring: one that keeps every vector on disk, and a synthetic one for sizes that would take hours."""

import hashlib
import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from paperchat.protocols import Embedder
from paperchat.types import Vectors

COMMIT_EVERY = 64
"""Texts embedded between two commits: what a stop can cost."""

Progress = Callable[[int, int], None]


class CachedEmbedder:
    """An embedder whose passages' vectors are kept in a SQLite file, by the embedder's name and the text's SHA-256."""

    def __init__(self, embedder: Embedder, file: Path) -> None:
        self._embedder = embedder
        file.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(file)
        self._db.execute("CREATE TABLE IF NOT EXISTS vectors (embedder, hash, vector, PRIMARY KEY (embedder, hash))")

    @property
    def name(self) -> str:
        return self._embedder.name

    @property
    def dimension(self) -> int:
        return self._embedder.dimension

    def embed_query(self, text: str) -> Vectors:
        """Return the vector of a question, shape (1, dimension): never from the cache, its time is measured."""
        return self._embedder.embed_query(text)

    def embed_passages(self, texts: Sequence[str], progress: Progress = lambda done, total: None) -> Vectors:
        """Return one vector a text, shape (n, dimension); what is missing is embedded and kept at once."""
        hashes = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
        found = self._read(hashes)
        missing = list({key: text for key, text in zip(hashes, texts, strict=True) if key not in found}.items())
        for start in range(0, len(missing), COMMIT_EVERY):
            progress(start, len(missing))
            page = missing[start : start + COMMIT_EVERY]
            vectors = self._embedder.embed_passages([text for _, text in page])
            with self._db:
                rows = [(self.name, key, row.tobytes()) for (key, _), row in zip(page, vectors, strict=True)]
                self._db.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
            found.update({key: row for (key, _), row in zip(page, vectors, strict=True)})
        if missing:
            progress(len(missing), len(missing))
        return np.stack([found[key] for key in hashes]) if hashes else np.zeros((0, self.dimension), np.float32)

    def embed_parts(self, chunks: Sequence[Sequence[str]]) -> list[Vectors]:
        """Return each chunk's vectors, one row for the chunk and one a sentence, from the cache where they are."""
        hashes = [hashlib.sha256("\0".join(parts).encode()).hexdigest() for parts in chunks]
        found = self._read(hashes)
        missing = [row for row, key in enumerate(hashes) if key not in found]
        made = self._embedder.embed_parts([chunks[row] for row in missing])
        with self._db:
            rows = [(self.name, hashes[row], each.tobytes()) for row, each in zip(missing, made, strict=True)]
            self._db.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
        found.update({hashes[row]: each for row, each in zip(missing, made, strict=True)})
        return [found[key].reshape(-1, self.dimension) for key in hashes]

    def close(self) -> None:
        self._db.close()

    def _read(self, hashes: Sequence[str]) -> dict[str, Vectors]:
        query = "SELECT vector FROM vectors WHERE embedder = ? AND hash = ?"
        rows = ((key, self._db.execute(query, (self.name, key)).fetchone()) for key in hashes)
        return {key: np.frombuffer(row[0], np.float32) for key, row in rows if row}


class SyntheticEmbedder:
    """Passages become unit vectors seeded by their own hash; a question is embedded for real, and then likewise.

    So sizes that take hours to embed can be measured for all but the embedding. Vectors without meaning are the harder
    case for a nearest-neighbour graph, and what they retrieve says nothing.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.name = f"synthetic-{embedder.dimension}"
        self.dimension = embedder.dimension

    def embed_query(self, text: str) -> Vectors:
        self._embedder.embed_query(text)
        return self._synthetic([text])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._synthetic(texts)

    def embed_parts(self, chunks: Sequence[Sequence[str]]) -> list[Vectors]:
        return [self._synthetic(["\0".join(parts), *(f"{parts[0]}\0{text}" for text in parts[1:])]) for parts in chunks]

    def _synthetic(self, texts: Sequence[str]) -> Vectors:
        seeds = (int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") for text in texts)
        rows = [np.random.default_rng(seed).standard_normal(self.dimension, np.float32) for seed in seeds]
        vectors = np.stack(rows) if rows else np.zeros((0, self.dimension), np.float32)
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True).clip(1e-12)
        return unit


class TimedEmbedder:
    """Passes on to an embedder and counts the passages and the seconds they took."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.passages = 0
        self.seconds = 0.0

    @property
    def name(self) -> str:
        return self._embedder.name

    @property
    def dimension(self) -> int:
        return self._embedder.dimension

    def embed_query(self, text: str) -> Vectors:
        return self._embedder.embed_query(text)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        began = time.perf_counter()
        vectors = self._embedder.embed_passages(texts)
        self.seconds += time.perf_counter() - began
        self.passages += len(texts)
        return vectors

    def embed_parts(self, chunks: Sequence[Sequence[str]]) -> list[Vectors]:
        began = time.perf_counter()
        vectors = self._embedder.embed_parts(chunks)
        self.seconds += time.perf_counter() - began
        self.passages += len(chunks)
        return vectors
