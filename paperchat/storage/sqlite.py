"""One SQLite file, written in whole transactions, so that a kill at any moment leaves the last complete one."""

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from paperchat.errors import StoreError


class Database:
    """An open SQLite file that threads share. What goes wrong with it is a StoreError that says what to do."""

    def __init__(self, path: Path | str, schema: str, damaged: str, version: int = 0) -> None:
        """Open or create the file; `damaged` says what to do when it is no sound database.

        Raises StoreError, too, when a newer paperchat has raised the `version` of the file's tables.
        """
        self._path = path
        self._fixes = {**_FIXES, "damaged": damaged}
        self._lock = threading.RLock()
        with self.guarded():
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            (found,) = self._db.execute("PRAGMA user_version").fetchone()
            if found > version:
                self._db.close()
                raise StoreError(f"{path} was written by a newer paperchat.", "Update paperchat; nothing was changed.")
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=FULL")
            self._db.execute("PRAGMA foreign_keys=ON")
            self._db.executescript(schema)
            self._db.execute(f"PRAGMA user_version={version:d}")

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def execute(self, query: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Run one statement, inside `guarded` or `transaction`."""
        return self._db.execute(query, values)

    def executemany(self, query: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement for each row, inside a `transaction`."""
        self._db.executemany(query, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write everything in this block or nothing; afterwards it is on the disk."""
        with self.guarded():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Have the file for this thread alone, and its errors as StoreError."""
        try:
            with self._lock:
                yield
        except sqlite3.Error as error:
            raise StoreError(f"{self._path} cannot be used: {error}.", self._fixes[_kind(error)]) from None


_FIXES = {
    "full": "Free some disk space; nothing that was stored is lost.",
    "readonly": "Make the folder writable, or choose another with --data.",
    "other": "Check the folder's permissions and free space, or choose another with --data.",
}


def _kind(error: sqlite3.Error) -> str:
    text = str(error)
    if "full" in text:
        return "full"
    if "readonly" in text or "unable to open" in text:
        return "readonly"
    return "damaged" if "malformed" in text or "not a database" in text else "other"
