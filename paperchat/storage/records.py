"""The record: papers and the vectors we paid for, in SQLite. All else in its folder can be made again."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from paperchat.storage.sqlite import Database
from paperchat.types import Chunk, Paper, Sentence, Vectors

Spans = npt.NDArray[np.int32]
"""Shape (sentences, 2): start and end of each, in characters of the abstract."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS papers (
    id TEXT PRIMARY KEY, position INTEGER NOT NULL, title TEXT NOT NULL, abstract TEXT NOT NULL, source TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS chunks (
    paper_id TEXT NOT NULL REFERENCES papers(id) ON DELETE CASCADE, number INTEGER NOT NULL,
    chunking TEXT NOT NULL, text_hash TEXT NOT NULL, spans BLOB NOT NULL, PRIMARY KEY (paper_id, number)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS embeddings (
    embedder TEXT NOT NULL, text_hash TEXT NOT NULL, vectors BLOB NOT NULL, PRIMARY KEY (embedder, text_hash)
);
DROP TABLE IF EXISTS sentences;
DROP TABLE IF EXISTS vectors;
"""

_PAGE = 500  # SQLite allows 999 variables in old versions


class Record:
    """The papers, their chunks and vectors in one Database."""

    def __init__(self, path: Path) -> None:
        self._db = Database(path, _SCHEMA, "Move that file away and index again.", version=1)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def papers(self) -> tuple[Paper, ...]:
        """Return all papers in the order they were added."""
        with self._db.guarded():
            rows = self._db.execute("SELECT id, title, abstract, source FROM papers ORDER BY position").fetchall()
        return tuple(Paper(*row) for row in rows)

    def holds_papers(self) -> bool:
        """Tell whether there is any paper."""
        with self._db.guarded():
            return self._db.execute("SELECT 1 FROM papers LIMIT 1").fetchone() is not None

    def chunks(self, chunking: str) -> list[tuple[str, int, str]]:
        """Return (paper id, number, hash of what is embedded) of each chunk cut by this recipe, in papers' order."""
        query = (
            "SELECT paper_id, number, text_hash FROM chunks JOIN papers ON papers.id = paper_id "
            "WHERE chunking = ? ORDER BY position, number"
        )
        with self._db.guarded():
            return self._db.execute(query, (chunking,)).fetchall()

    def unembedded(self, chunking: str, embedder: str) -> tuple[str, ...]:
        """Return the ids of the papers without chunks by this recipe, or with one without vectors of this embedder."""
        query = (
            "SELECT id FROM papers LEFT JOIN chunks ON paper_id = id AND chunking = ? LEFT JOIN embeddings "
            "ON embeddings.text_hash = chunks.text_hash AND embedder = ? "
            "WHERE embeddings.text_hash IS NULL GROUP BY id ORDER BY position"
        )
        with self._db.guarded():
            return tuple(key for (key,) in self._db.execute(query, (chunking, embedder)))

    def spans(self, chunking: str, paper_ids: Sequence[str]) -> dict[str, list[Spans]]:
        """Return the sentences of these papers' chunks, cut by this recipe."""
        found: dict[str, list[Spans]] = {}
        query = "SELECT paper_id, spans FROM chunks WHERE paper_id IN ({}) AND chunking = ? ORDER BY paper_id, number"
        for key, blob in self._paged(query, paper_ids, chunking):
            found.setdefault(key, []).append(np.frombuffer(blob, np.int32).reshape(-1, 2))
        return found

    def paper_vectors(
        self, chunking: str, embedder: str, dimension: int, ids: Sequence[str]
    ) -> dict[str, list[Vectors]]:
        """Return the vectors of these papers' chunks: for each chunk one row for itself, then one a sentence."""
        found: dict[str, list[Vectors]] = {}
        query = (
            "SELECT paper_id, vectors FROM chunks JOIN embeddings USING (text_hash) "
            "WHERE paper_id IN ({}) AND chunking = ? AND embedder = ? ORDER BY paper_id, number"
        )
        for key, blob in self._paged(query, ids, chunking, embedder):
            found.setdefault(key, []).append(_vectors(blob, dimension))
        return found

    def chunk_vectors(self, embedder: str, dimension: int, hashes: Sequence[str]) -> dict[str, Vectors]:
        """Return the vector of each chunk, shape (dimension,), by the hash of what was embedded."""
        query = "SELECT text_hash, vectors FROM embeddings WHERE text_hash IN ({}) AND embedder = ?"
        rows = self._paged(query, hashes, embedder)
        return {key: _vectors(blob[: 2 * dimension], dimension)[0] for key, blob in rows}

    def save_papers(self, papers: Iterable[Paper]) -> None:
        """Add papers, or replace those with the same id (whose chunks are then dropped); all of them or none."""
        with self._db.transaction():
            (position,) = self._db.execute("SELECT coalesce(max(position), -1) + 1 FROM papers").fetchone()
            for offset, paper in enumerate(papers):
                self._db.execute("DELETE FROM chunks WHERE paper_id = ?", (paper.id,))
                self._db.execute(
                    "INSERT INTO papers VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
                    "title = excluded.title, abstract = excluded.abstract, source = excluded.source",
                    (paper.id, position + offset, paper.title, paper.abstract, paper.source),
                )

    def save_chunks(self, chunking: str, chunks: Iterable[tuple[Chunk, str, Sequence[Sentence]]]) -> None:
        """Keep these papers' chunks: each with the hash of what is embedded and its sentences' offsets."""
        rows = [
            (c.paper_id, c.number, chunking, key, np.array([(s.start, s.end) for s in own], np.int32).tobytes())
            for c, key, own in chunks
        ]
        with self._db.transaction():
            self._db.executemany("DELETE FROM chunks WHERE paper_id = ?", {(row[0],) for row in rows})
            self._db.executemany("INSERT INTO chunks VALUES (?, ?, ?, ?, ?)", rows)

    def save_vectors(self, embedder: str, hashes: Sequence[str], vectors: Sequence[Vectors]) -> None:
        """Keep the vectors of one chunk a hash, in half precision; on return they are on the disk."""
        rows = [(embedder, key, rows.astype(np.float16).tobytes()) for key, rows in zip(hashes, vectors, strict=True)]
        with self._db.transaction():
            self._db.executemany("INSERT OR REPLACE INTO embeddings VALUES (?, ?, ?)", rows)

    def known(self, embedder: str, hashes: Sequence[str]) -> set[str]:
        """Return which of these hashes have vectors of this embedder."""
        query = "SELECT text_hash FROM embeddings WHERE text_hash IN ({}) AND embedder = ?"
        return {key for (key,) in self._paged(query, hashes, embedder)}

    def _paged(self, query: str, keys: Sequence[str], *others: str) -> Iterator[Any]:
        for start in range(0, len(keys), _PAGE):
            page = keys[start : start + _PAGE]
            with self._db.guarded():
                rows = self._db.execute(query.format(",".join("?" * len(page))), (*page, *others)).fetchall()
            yield from rows


def _vectors(blob: bytes, dimension: int) -> Vectors:
    return np.frombuffer(blob, np.float16).astype(np.float32).reshape(-1, dimension)
