"""All conversations of a reader taken out of their file at once, and put back as they were."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from paperchat.storage.sqlite import Database

_TAKEN = {
    "conversations": "SELECT * FROM conversations WHERE reader = ?",
    "exchanges": "SELECT exchanges.* FROM exchanges JOIN conversations ON id = conversation WHERE reader = ?",
    "scopes": "SELECT * FROM scopes WHERE reader = ? AND conversation <> ''",
    "models": "SELECT * FROM models WHERE reader = ? AND conversation <> ''",
    "opinions": "SELECT * FROM opinions WHERE reader = ?",
    "pins": "SELECT pins.* FROM pins JOIN conversations ON id = conversation WHERE reader = ?",
}
"""What there is of a reader's conversations, by table; what was chosen for one that is not begun stays."""

_DROPPED = (
    "DELETE FROM opinions WHERE reader = ?",
    "DELETE FROM models WHERE reader = ? AND conversation <> ''",
    "DELETE FROM scopes WHERE reader = ? AND conversation <> ''",
    "DELETE FROM conversations WHERE reader = ?",  # and with them their exchanges and pins
)

_PUT = {
    "conversations": "INSERT OR IGNORE INTO conversations VALUES (?, ?, ?, ?)",
    "exchanges": "INSERT OR IGNORE INTO exchanges VALUES (?, ?, ?, ?, ?)",
    "scopes": "INSERT OR IGNORE INTO scopes VALUES (?, ?, ?)",
    "models": "INSERT OR IGNORE INTO models VALUES (?, ?, ?)",
    "opinions": "INSERT OR IGNORE INTO opinions VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    "pins": "INSERT OR IGNORE INTO pins VALUES (?)",
}


@dataclass(frozen=True, slots=True)
class Emptied:
    """The rows of a reader's conversations, by table."""

    rows: Mapping[str, tuple[tuple[Any, ...], ...]]


class Emptying:
    """Empties the list of a reader's conversations, in their file, and fills it again."""

    def __init__(self, database: Database, new_key: Callable[[], str]) -> None:
        """Use an open file, and what makes the key of a new conversation."""
        self._db, self._new_key = database, new_key

    def empty(self, reader: str) -> Emptied:
        """Take all conversations of a reader out, and return what was there."""
        with self._db.transaction():
            rows = {table: tuple(self._db.execute(query, (reader,))) for table, query in _TAKEN.items()}
            for query in _DROPPED:
                self._db.execute(query, (reader,))
        return Emptied(rows)

    def refill(self, emptied: Emptied) -> None:
        """Put back what was taken out; what is there since stays as it is.

        A conversation that was gone on with since, as in another tab, comes back beside it under a key of its own.
        """
        with self._db.transaction():
            there = {key for (key,) in self._db.execute("SELECT conversation FROM exchanges WHERE position = 0")}
            keys = {key: self._new_key() for key, *_ in emptied.rows["conversations"] if key in there}
            for table, query in _PUT.items():
                place = 0 if table in ("conversations", "exchanges", "pins") else 1  # behind the reader
                rows = [
                    (*row[:place], keys.get(row[place], row[place]), *row[place + 1 :]) for row in emptied.rows[table]
                ]
                self._db.executemany(query, rows)
