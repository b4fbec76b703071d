"""What was taken in and is not yet part of the set: papers that are to be embedded first, and those that are to go.

A kill, or a stop, leaves it as it is: the next start goes on with it.
"""

import json
from collections.abc import Iterable, Sequence

from paperchat.storage.details_codec import decoded, encoded
from paperchat.storage.sqlite import Database
from paperchat.types import Paper

WAITING = """
CREATE TABLE IF NOT EXISTS waiting (
    position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, paper TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS waiting_chunks (
    paper_id TEXT NOT NULL, number INTEGER NOT NULL, chunking TEXT NOT NULL, text_hash TEXT NOT NULL,
    spans BLOB NOT NULL, PRIMARY KEY (paper_id, number)
) WITHOUT ROWID;
"""
"""Its tables; `paper` is empty for one that is to go."""

_BARE = (
    "id IN (SELECT id FROM waiting LEFT JOIN waiting_chunks ON paper_id = id AND chunking = ? LEFT JOIN embeddings "
    "ON embeddings.text_hash = waiting_chunks.text_hash AND embedder = ? WHERE embeddings.text_hash IS NULL)"
)
"""Of a paper that waits: it has no chunks by a recipe, or one of them no vectors of an embedder."""


class Waiting:
    """The papers that wait, in the tables of a record."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def put(self, papers: Iterable[Paper], gone: Iterable[str] = ()) -> None:
        """Let papers wait to be embedded, and those with these ids to go; in the place of what waited of them."""
        rows = [*((paper.id, _packed(paper)) for paper in papers), *((key, "") for key in gone)]
        with self._db.transaction():
            self._db.executemany("DELETE FROM waiting_chunks WHERE paper_id = ?", [(key,) for key, _ in rows])
            self._db.executemany(
                "INSERT INTO waiting (id, paper) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET paper = excluded.paper",
                rows,
            )

    def drop(self) -> None:
        """Let nothing wait any more; the set stays as it is."""
        with self._db.transaction():
            self._db.execute("DELETE FROM waiting_chunks")
            self._db.execute("DELETE FROM waiting")

    def papers(self) -> tuple[Paper, ...]:
        """Return the papers that wait to be embedded, in the order in which they came."""
        return self._read("paper <> ''", ())

    def ready(self, chunking: str, embedder: str) -> tuple[Paper, ...]:
        """Return those of them whose chunks, cut by this recipe, have vectors of this embedder; in a transaction."""
        return self._read(f"paper <> '' AND NOT {_BARE}", (chunking, embedder))

    def _read(self, which: str, values: Sequence[str]) -> tuple[Paper, ...]:
        with self._db.guarded():
            rows = self._db.execute(f"SELECT id, paper FROM waiting WHERE {which} ORDER BY position", values)  # noqa: S608 -- ours
            return tuple(_unpacked(*row) for row in rows)

    def unembedded(self, chunking: str, embedder: str) -> tuple[str, ...]:
        """Return the ids of the papers that are not ready."""
        query = f"SELECT id FROM waiting WHERE paper <> '' AND {_BARE} ORDER BY position"  # noqa: S608 -- ours
        with self._db.guarded():
            return tuple(key for (key,) in self._db.execute(query, (chunking, embedder)))

    def gone(self) -> tuple[str, ...]:
        """Return the ids of the papers that are to go."""
        with self._db.guarded():
            return tuple(key for (key,) in self._db.execute("SELECT id FROM waiting WHERE paper = ''"))

    def count(self) -> int:
        """Return how many papers wait, to come or to go; none in a file of an earlier version that is only read."""
        with self._db.guarded():
            known = self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'waiting'").fetchone()
            return int(self._db.execute("SELECT count(*) FROM waiting").fetchone()[0]) if known else 0

    def embedded(self) -> int:
        """Return how many of them were cut and embedded, by whatever recipe; where `count` is not 0."""
        with self._db.guarded():
            query = "SELECT count(*) FROM waiting WHERE id IN (SELECT paper_id FROM waiting_chunks)"
            return int(self._db.execute(query).fetchone()[0])

    def hand_over(self, keys: Sequence[str]) -> None:
        """Give the chunks of papers to the set, of which they are now; nothing of them waits. In a transaction."""
        rows = [(key,) for key in keys]
        self._db.executemany("INSERT INTO chunks SELECT * FROM waiting_chunks WHERE paper_id = ?", rows)
        self._db.executemany("DELETE FROM waiting_chunks WHERE paper_id = ?", rows)
        self._db.executemany("DELETE FROM waiting WHERE id = ?", rows)


def _packed(paper: Paper) -> str:
    row = (paper.title, paper.abstract, paper.source, encoded(paper.details), paper.imported)
    return json.dumps(row, ensure_ascii=False)


def _unpacked(key: str, text: str) -> Paper:
    title, abstract, source, details, imported = json.loads(text)
    return Paper(key, title, abstract, source, decoded(details), imported)
