"""What readers chose: the settings of each reader, for all sets of a data folder, and the model of a conversation."""

from collections.abc import Callable
from pathlib import Path

from paperchat.errors import StoreError
from paperchat.settings import AS_STARTED, Choice
from paperchat.storage.answer_codec import packed_choice, unpacked_choice
from paperchat.storage.sqlite import Database

CHOSEN = """
CREATE TABLE IF NOT EXISTS models (
    reader TEXT NOT NULL, conversation TEXT NOT NULL, model TEXT NOT NULL, PRIMARY KEY (reader, conversation)
) WITHOUT ROWID;
"""
"""The table beside the conversations of a set."""

SETTINGS = "CREATE TABLE IF NOT EXISTS settings (reader TEXT PRIMARY KEY, choice TEXT NOT NULL) WITHOUT ROWID;"
"""That of the data folder, which each set had for itself before."""

_DAMAGED = "Move that file away to begin with the settings of the start. Nothing was changed."

_VERSION = 1


class Choices:
    """The choices of all readers; a `reader` is the secret of a browser. `unkept` says why new settings are not kept.

    Models are in the file of a set's conversations, settings in one that all sets share, or without one in memory.
    """

    def __init__(self, db: Database, readers: Path | None = None) -> None:
        self._db, self.unkept = db, ""
        self._readers = self._opened(readers)
        self._take_over()

    def _opened(self, path: Path | None) -> Database:
        """Return the file of settings; a copy of it, or an empty one in memory, where it cannot be written or used."""
        try:
            if path:
                return Database(path, SETTINGS, _DAMAGED, _VERSION)
        except StoreError as error:
            self.unkept = str(error)
        try:
            return _copied(path if path and path.exists() else ":memory:")
        except StoreError as error:
            self.unkept = str(error)
            return _copied(":memory:")

    def _take_over(self) -> None:
        """Move what was chosen when each set had settings of its own to where they are for all."""
        with self._db.guarded():
            if not self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'settings'").fetchone():
                return
            rows = self._db.execute("SELECT reader, choice FROM settings").fetchall()
        with self._readers.transaction():
            self._readers.executemany("INSERT OR IGNORE INTO settings VALUES (?, ?)", rows)
        if not self.unkept:
            with self._db.transaction():
                self._db.execute("DROP TABLE settings")

    def close(self) -> None:
        """Close the file of settings."""
        self._readers.close()

    def settings(self, reader: str) -> Choice:
        """Return what a reader chose for all questions from then on."""
        with self._readers.guarded():
            row = self._readers.execute("SELECT choice FROM settings WHERE reader = ?", (reader,)).fetchone()
        return unpacked_choice(row[0]) if row else AS_STARTED

    def keep(self, reader: str, choice: Choice) -> None:
        """Keep what a reader chose."""
        with self._readers.transaction():
            self._write(reader, choice)

    def change(self, reader: str, changed: Callable[[Choice], Choice]) -> tuple[Choice, Choice]:
        """Keep what becomes of what a reader chose, whatever another set changes at once; return both."""
        with self._readers.transaction():
            before = self.settings(reader)
            choice = changed(before)
            if choice != before:
                self._write(reader, choice)
        return before, choice

    def _write(self, reader: str, choice: Choice) -> None:
        self._readers.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (reader, packed_choice(choice)))

    def model(self, reader: str, key: str) -> str:
        """Return the model chosen for a conversation, with an empty key one that is not begun; empty where none is."""
        query = "SELECT model FROM models WHERE reader = ? AND conversation = ?"
        with self._db.guarded():
            row = self._db.execute(query, (reader, key)).fetchone()
        return str(row[0]) if row else ""

    def choose(self, reader: str, key: str, model: str) -> None:
        """Keep the model that answers in a conversation from now on; with an empty one the reader's settings say."""
        if model == self.model(reader, key):
            return
        with self._db.transaction():
            self._db.execute("DELETE FROM models WHERE reader = ? AND conversation = ?", (reader, key))
            if model:
                self._db.execute("INSERT INTO models VALUES (?, ?, ?)", (reader, key, model))

    def begin(self, reader: str, key: str) -> None:
        """Give a conversation that begins the model that was chosen before there was one."""
        if model := self.model(reader, ""):
            self.choose(reader, key, model)
            self.choose(reader, "", "")


def _copied(path: Path | str) -> Database:
    """Return what a file of settings has, in memory."""
    copy = Database(path, SETTINGS, _DAMAGED, _VERSION, writable=False)
    copy.detach(SETTINGS)
    return copy
