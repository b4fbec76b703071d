"""The record: papers and the vectors we paid for, in SQLite. All else in its folder can be made again."""

import weakref
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from paperchat.errors import DroppedError, StoreError
from paperchat.storage.details_codec import decoded, encoded
from paperchat.storage.origins import ORIGINS, Origins
from paperchat.storage.sqlite import Database
from paperchat.storage.waiting import WAITING, Waiting
from paperchat.types import Chunk, Paper, Sentence, Vectors

Spans = npt.NDArray[np.int32]
"""Shape (sentences, 2): start and end of each, in characters of the abstract."""

Cut = tuple[Chunk, str, Sequence[Sentence]]
"""A chunk, the hash of what is embedded of it, and its sentences."""

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
CREATE TABLE IF NOT EXISTS details (paper_id TEXT PRIMARY KEY, details TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS checksums (paper_id TEXT PRIMARY KEY, checksum INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS imports (paper_id TEXT PRIMARY KEY, time TEXT NOT NULL) WITHOUT ROWID;
DROP TABLE IF EXISTS sentences;
DROP TABLE IF EXISTS vectors;
"""

LOST = (
    "Put it back from a backup; or begin anew in another folder (--data), or in this one once what paperchat left "
    "there is deleted. Nothing was changed."
)
"""What to do without the record: nothing else in its folder can stand for it."""

_VERSION = 4

_SEAL = "INSERT OR REPLACE INTO checksums VALUES (?, ?)"

_PAGE = 500  # SQLite allows 999 variables in old versions


class Record:
    """The papers, their chunks and vectors in one Database."""

    def __init__(self, path: Path, writable: bool = True) -> None:
        """Open or create the file; raises StoreError, UnwritableError when it can at most be read."""
        self._path = path
        self._db = Database(path, _SCHEMA + WAITING + ORIGINS, LOST, _VERSION, writable)
        self.waiting, self.origins = Waiting(self._db), Origins(self._db)
        if writable:
            self._add_checksums()

    def _add_checksums(self) -> None:
        """Give a checksum to the papers of a record that was made before there were any."""
        query = (
            "SELECT id, title, abstract, source, coalesce(details, '') FROM papers LEFT JOIN details "
            "ON details.paper_id = id LEFT JOIN checksums ON checksums.paper_id = id WHERE checksums.paper_id IS NULL"
        )
        with self._db.guarded():
            rows = self._db.execute(query).fetchall()
        if rows:
            with self._db.transaction():
                self._db.executemany(_SEAL, [(row[0], _checksum(row)) for row in rows])

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def hold(self) -> None:
        """From now on read what there is now, whatever is written through another record of the same file."""
        self._db.hold()

    def close_unused(self, also: Callable[[], None]) -> None:
        """Close the file when nothing uses this record any more, and do what else is then to be done."""
        for last in (also, self._db.close):
            weakref.finalize(self, last)

    def papers(self) -> tuple[Paper, ...]:
        """Return all papers in the order they were added. Raises StoreError when the text of one is damaged."""
        sound, damaged = self._read_papers()
        if damaged:
            raise StoreError(
                f"{self._path} is damaged: the text of {len(damaged)} papers is not as it was kept, of {damaged[0]!r}.",
                "Put it back from a backup, or index again the listing with these papers.",
            )
        return sound

    def sound_papers(self) -> tuple[Paper, ...]:
        """Return the papers whose text is as it was kept."""
        return self._read_papers()[0]

    def _read_papers(self) -> tuple[tuple[Paper, ...], list[str]]:
        """Return the papers whose text is as it was kept, and the titles of the others."""
        with self._db.guarded():
            sums = "checksum" if self._has("checksums") else "NULL"
            known = "coalesce(details, '')" if self._has("details") else "''"
            times = "coalesce(time, '')" if self._has("imports") else "''"
            query = f"SELECT id, title, abstract, source, {known}, {sums}, {times} FROM papers"
            for table in ("checksums", "details", "imports"):
                query += f" LEFT JOIN {table} ON {table}.paper_id = id" * self._has(table)
            rows = self._db.execute(f"{query} ORDER BY position").fetchall()
        sound = [row for row in rows if row[5] in (None, _checksum(row[:5]))]
        damaged = [str(row[1])[:80] for row in rows if row[5] not in (None, _checksum(row[:5]))]
        return tuple(Paper(row[0], row[1], row[2], row[3], decoded(row[4]), row[6]) for row in sound), damaged

    def _has(self, table: str) -> bool:
        """Tell whether the file has a table: one of an earlier version that can only be read may have not."""
        return self._db.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone() is not None

    def count(self) -> int:
        """Return the number of papers."""
        with self._db.guarded():
            return int(self._db.execute("SELECT count(*) FROM papers").fetchone()[0])

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
            if (plain := _opened(blob, 8)) is None:
                self._drop("DELETE FROM chunks WHERE paper_id = ?", (key,))
            else:
                found.setdefault(key, []).append(np.frombuffer(plain, np.int32).reshape(-1, 2))
        return found

    def paper_vectors(
        self, chunking: str, embedder: str, dimension: int, ids: Sequence[str]
    ) -> dict[str, list[Vectors]]:
        """Return the vectors of these papers' chunks: for each chunk one row for itself, then one a sentence."""
        found: dict[str, list[Vectors]] = {}
        query = (
            "SELECT paper_id, text_hash, vectors FROM chunks JOIN embeddings USING (text_hash) "
            "WHERE paper_id IN ({}) AND chunking = ? AND embedder = ? ORDER BY paper_id, number"
        )
        for key, text_hash, blob in self._paged(query, ids, chunking, embedder):
            found.setdefault(key, []).append(self._vectors(blob, dimension, embedder, text_hash))
        return found

    def chunk_vectors(self, embedder: str, dimension: int, hashes: Sequence[str]) -> dict[str, Vectors]:
        """Return the vector of each chunk, shape (dimension,), by the hash of what was embedded."""
        query = "SELECT text_hash, vectors FROM embeddings WHERE text_hash IN ({}) AND embedder = ?"
        rows = self._paged(query, hashes, embedder)
        return {key: self._vectors(blob, dimension, embedder, key)[0] for key, blob in rows}

    def save_papers(self, papers: Iterable[Paper]) -> None:
        """Add papers, or replace those with the same id (whose chunks are then dropped); all of them or none."""
        with self._db.transaction():
            self._put(papers)

    def _put(self, papers: Iterable[Paper]) -> None:
        (position,) = self._db.execute("SELECT coalesce(max(position), -1) + 1 FROM papers").fetchone()
        for offset, paper in enumerate(papers):
            self._db.execute("DELETE FROM chunks WHERE paper_id = ?", (paper.id,))
            self._db.execute(
                "INSERT INTO papers VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
                "title = excluded.title, abstract = excluded.abstract, source = excluded.source",
                (paper.id, position + offset, paper.title, paper.abstract, paper.source),
            )
            kept = (paper.id, paper.title, paper.abstract, paper.source, encoded(paper.details))
            self._db.execute("DELETE FROM details WHERE paper_id = ?", (paper.id,))
            if kept[-1]:
                self._db.execute("INSERT INTO details VALUES (?, ?)", (paper.id, kept[-1]))
            if paper.imported:
                self._db.execute("INSERT OR IGNORE INTO imports VALUES (?, ?)", (paper.id, paper.imported))
            self._db.execute(_SEAL, (paper.id, _checksum(kept)))

    def settle(self, chunking: str, embedder: str) -> int:
        """Make what waits and is embedded part of the papers, with its chunks; remove what is to go. All or none.

        Returns how many papers were made part of them.
        """
        with self._db.transaction():
            ready, gone = self.waiting.ready(chunking, embedder), self.waiting.gone()
            self._put(ready)
            for table in ("papers", "details", "checksums", "imports", "origins"):
                name = "id" if table == "papers" else "paper_id"
                self._db.executemany(f"DELETE FROM {table} WHERE {name} = ?", [(key,) for key in gone])
            self.waiting.hand_over([*(paper.id for paper in ready), *gone])
        return len(ready)

    def save_chunks(self, chunking: str, chunks: Sequence[Cut], waiting: bool = False) -> None:
        """Keep these papers' chunks, or those of papers that are `waiting`."""
        spans = [np.array([(one.start, one.end) for one in own], np.int32).tobytes() for _, _, own in chunks]
        rows = [
            (chunk.paper_id, chunk.number, chunking, key, _sealed(plain))
            for (chunk, key, _), plain in zip(chunks, spans, strict=True)
        ]
        table = "waiting_chunks" if waiting else "chunks"
        with self._db.transaction():
            self._db.executemany(f"DELETE FROM {table} WHERE paper_id = ?", {(row[0],) for row in rows})
            self._db.executemany(f"INSERT INTO {table} VALUES (?, ?, ?, ?, ?)", rows)

    def save_vectors(self, embedder: str, hashes: Sequence[str], vectors: Sequence[Vectors]) -> None:
        """Keep the vectors of one chunk a hash, in half precision; on return they are on the disk."""
        rows = [
            (embedder, key, _sealed(rows.astype(np.float16).tobytes()))
            for key, rows in zip(hashes, vectors, strict=True)
        ]
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

    def _vectors(self, blob: bytes, dimension: int, *key: str) -> Vectors:
        plain = _opened(blob, 2 * dimension)
        if not plain:
            self._drop("DELETE FROM embeddings WHERE embedder = ? AND text_hash = ?", key)
        return np.frombuffer(plain or b"", np.float16).astype(np.float32).reshape(-1, dimension)

    def _drop(self, query: str, key: Sequence[str]) -> None:
        """Drop a damaged row that can be made again, and raise DroppedError."""
        with self._db.transaction():
            self._db.execute(query, key)
        raise DroppedError(
            f"{self._path} was damaged: a vector, or where a sentence ends, was not as it was kept.",
            "It was dropped; start paperchat again, which makes it anew.",
        )


def _checksum(row: Sequence[Any]) -> int:
    """Return the CRC-32 of a paper's values, whatever a damage made of their types; of details that are there only."""
    return zlib.crc32(repr(tuple(row) if row[-1] else tuple(row[:-1])).encode())


def _sealed(plain: bytes) -> bytes:
    """Return bytes with their CRC-32 behind them."""
    return plain + zlib.crc32(plain).to_bytes(4, "little")


def _opened(blob: Any, width: int) -> bytes | None:
    """Return what `_sealed` was given, rows of `width` bytes, or None when it is damaged.

    A blob of an earlier version has whole rows alone, and no checksum.
    """
    if not isinstance(blob, bytes) or len(blob) % width not in (0, 4):
        return None
    if len(blob) % width == 0:
        return blob
    return blob[:-4] if _sealed(blob[:-4]) == blob else None
