"""From which files each paper came, and which files and folders the set follows."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from paperchat.storage.sqlite import Database

ORIGINS = """
CREATE TABLE IF NOT EXISTS origins (
    paper_id TEXT NOT NULL, file TEXT NOT NULL, PRIMARY KEY (paper_id, file)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS followed (path TEXT PRIMARY KEY) WITHOUT ROWID;
"""


class Origins:
    """The files of papers, by their whole paths, in the tables of a record."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def all(self) -> dict[str, set[str]]:
        """Return of each file the ids of the papers that came from it."""
        found: dict[str, set[str]] = {}
        with self._db.guarded():
            for key, file in self._db.execute("SELECT paper_id, file FROM origins"):
                found.setdefault(file, set()).add(key)
        return found

    def note(self, came: Mapping[str, Iterable[str]], left: Mapping[str, Iterable[str]]) -> None:
        """Keep which papers came from which file, and forget which have left it."""
        with self._db.transaction():
            for query, files in (
                ("DELETE FROM origins WHERE file = ? AND paper_id = ?", left),
                ("INSERT OR IGNORE INTO origins (file, paper_id) VALUES (?, ?)", came),
            ):
                self._db.executemany(query, [(file, key) for file, keys in files.items() for key in keys])

    def followed(self) -> tuple[Path, ...]:
        """Return the files and folders that the set follows."""
        with self._db.guarded():
            return tuple(Path(path) for (path,) in self._db.execute("SELECT path FROM followed ORDER BY path"))

    def follow(self, paths: Iterable[Path]) -> None:
        """Follow files and folders from now on."""
        with self._db.transaction():
            self._db.executemany("INSERT OR IGNORE INTO followed VALUES (?)", [(str(path),) for path in paths])
