"""The record: papers and the vectors we paid for, in SQLite. All else in its folder can be made again."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from paperchat.database import Database
from paperchat.types import Paper, Sentence, Vectors

_SCHEMA = """
CREATE TABLE IF NOT EXISTS papers (
    id TEXT PRIMARY KEY, position INTEGER NOT NULL, title TEXT NOT NULL, abstract TEXT NOT NULL, source TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS sentences (
    paper_id TEXT NOT NULL REFERENCES papers(id) ON DELETE CASCADE, number INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, chunking TEXT NOT NULL, text_hash TEXT NOT NULL,
    PRIMARY KEY (paper_id, number)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS vectors (
    embedder TEXT NOT NULL, text_hash TEXT NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (embedder, text_hash)
) WITHOUT ROWID;
"""
_PAGE = 500  # SQLite allows 999 variables in old versions


class Record:
    """The papers, their sentences and vectors in one Database."""

    def __init__(self, path: Path) -> None:
        self._db = Database(path, _SCHEMA, "Move that file away and index again.")

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

    def sentences(self, chunking: str) -> dict[str, list[tuple[int, int, str]]]:
        """Return (start, end, hash of the chunk's text) of every sentence of the papers cut up by this recipe."""
        rows: dict[str, list[tuple[int, int, str]]] = {}
        query = 'SELECT paper_id, start, "end", text_hash FROM sentences WHERE chunking = ? ORDER BY paper_id, number'
        with self._db.guarded():
            for paper_id, start, end, key in self._db.execute(query, (chunking,)):
                rows.setdefault(paper_id, []).append((start, end, key))
        return rows

    def save_papers(self, papers: Iterable[Paper]) -> None:
        """Add papers, or replace those with the same id (whose sentences are then dropped); all of them or none."""
        with self._db.transaction():
            (position,) = self._db.execute("SELECT coalesce(max(position), -1) + 1 FROM papers").fetchone()
            for offset, paper in enumerate(papers):
                self._db.execute("DELETE FROM sentences WHERE paper_id = ?", (paper.id,))
                self._db.execute(
                    "INSERT INTO papers VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
                    "title = excluded.title, abstract = excluded.abstract, source = excluded.source",
                    (paper.id, position + offset, paper.title, paper.abstract, paper.source),
                )

    def save_sentences(self, chunking: str, sentences: Iterable[tuple[Sentence, str]]) -> None:
        """Keep the offsets of these papers' sentences, each with the hash of its chunk's text."""
        rows = [(s.paper_id, s.number, s.start, s.end, chunking, key) for s, key in sentences]
        with self._db.transaction():
            self._db.executemany("DELETE FROM sentences WHERE paper_id = ?", {(row[0],) for row in rows})
            self._db.executemany("INSERT INTO sentences VALUES (?, ?, ?, ?, ?, ?)", rows)

    def save_vectors(self, embedder: str, hashes: Sequence[str], vectors: Vectors) -> None:
        """Keep one vector a text hash; on return they are on the disk."""
        rows = [(embedder, key, row.tobytes()) for key, row in zip(hashes, vectors, strict=True)]
        with self._db.transaction():
            self._db.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)

    def vectors(self, embedder: str, hashes: Sequence[str]) -> dict[str, Vectors]:
        """Return the cached vectors among these text hashes, each of shape (dimension,)."""
        found: dict[str, Vectors] = {}
        with self._db.guarded():
            for start in range(0, len(hashes), _PAGE):
                page = hashes[start : start + _PAGE]
                marks = ",".join("?" * len(page))
                query = f"SELECT text_hash, vector FROM vectors WHERE embedder = ? AND text_hash IN ({marks})"
                for key, blob in self._db.execute(query, (embedder, *page)):
                    found[key] = np.frombuffer(blob, np.float32)
        return found

    def known(self, embedder: str) -> set[str]:
        """Return the text hashes that have a vector of this embedder."""
        with self._db.guarded():
            rows = self._db.execute("SELECT text_hash FROM vectors WHERE embedder = ?", (embedder,))
            return {key for (key,) in rows}
