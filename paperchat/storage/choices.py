"""What readers chose: the settings of each reader, and the model of a conversation. Kept beside the conversations."""

from paperchat.settings import AS_STARTED, Choice
from paperchat.storage.answer_codec import packed_choice, unpacked_choice
from paperchat.storage.sqlite import Database

CHOSEN = """
CREATE TABLE IF NOT EXISTS settings (reader TEXT PRIMARY KEY, choice TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS models (
    reader TEXT NOT NULL, conversation TEXT NOT NULL, model TEXT NOT NULL, PRIMARY KEY (reader, conversation)
) WITHOUT ROWID;
"""
"""Its tables."""


class Choices:
    """The choices of all readers, in the file of the conversations; a `reader` is the secret of a browser."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def settings(self, reader: str) -> Choice:
        """Return what a reader chose for all questions from then on."""
        with self._db.guarded():
            row = self._db.execute("SELECT choice FROM settings WHERE reader = ?", (reader,)).fetchone()
        return unpacked_choice(row[0]) if row else AS_STARTED

    def keep(self, reader: str, choice: Choice) -> None:
        """Keep what a reader chose."""
        with self._db.transaction():
            self._db.execute("DELETE FROM settings WHERE reader = ?", (reader,))
            if choice != AS_STARTED:
                self._db.execute("INSERT INTO settings VALUES (?, ?)", (reader, packed_choice(choice)))

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
