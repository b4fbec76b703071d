"""What was found to be worth asking of a set, kept by the digest of the set, so that it is tried once."""

from paperchat.storage.sqlite import Database


class Tried:
    """One text for the newest set, in the file of the conversations."""

    def __init__(self, database: Database) -> None:
        """Use an open file."""
        self._db = database

    def get(self, digest: str) -> str:
        """Return what is kept for a set, or an empty string."""
        with self._db.guarded():
            row = self._db.execute("SELECT told FROM tried WHERE digest = ?", (digest,)).fetchone()
        return str(row[0]) if row else ""

    def keep(self, digest: str, told: str) -> None:
        """Keep this for a set, and nothing for the sets before it."""
        with self._db.transaction():
            self._db.execute("DELETE FROM tried")
            self._db.execute("INSERT INTO tried VALUES (?, ?)", (digest, told))
