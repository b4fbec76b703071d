"""Conversations that their readers want to have at hand: pinned, they stand first in the list."""

from paperchat.storage.sqlite import Database

PINNED = """
CREATE TABLE IF NOT EXISTS pins (
    conversation TEXT PRIMARY KEY REFERENCES conversations(id) ON DELETE CASCADE
) WITHOUT ROWID;
"""
"""The table beside the conversations: what goes with one of them goes by itself."""


class Pins:
    """All pins, in the file of the conversations; a reader sees and changes no other's."""

    def __init__(self, database: Database) -> None:
        """Use an open file."""
        self._db = database

    def of(self, reader: str) -> frozenset[str]:
        """Return which conversations a reader has pinned."""
        query = "SELECT conversation FROM pins JOIN conversations ON id = conversation WHERE reader = ?"
        with self._db.guarded():
            return frozenset(key for (key,) in self._db.execute(query, (reader,)))

    def pin(self, reader: str, key: str, pinned: bool) -> None:
        """Pin a conversation or let it go; one that is not this reader's stays as it is."""
        with self._db.transaction():
            if pinned:
                query = "INSERT OR IGNORE INTO pins SELECT id FROM conversations WHERE id = ? AND reader = ?"
            else:
                query = (
                    "DELETE FROM pins WHERE conversation IN (SELECT id FROM conversations WHERE id = ? AND reader = ?)"
                )
            self._db.execute(query, (key, reader))
