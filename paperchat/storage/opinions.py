"""What readers think of answers: a thumb up or down and a word, kept with the receipt of the answer."""

from dataclasses import astuple, dataclass

from paperchat.storage.sqlite import Database
from paperchat.text.cleaning import printable

LONGEST = 2_000
"""Characters of a word on an answer that are kept."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a reader thinks of an answer, which is known in its conversation by a digest (`answer`).

    `changed` is when (ISO 8601, UTC), `receipt` that of the answer as JSON, `history` the turns before it as JSON.
    """

    conversation: str
    answer: str
    good: bool
    word: str
    changed: str
    receipt: str
    history: str


class Opinions:
    """All opinions, in the file of the conversations; a reader sees no other's."""

    def __init__(self, database: Database) -> None:
        """Use an open file."""
        self._db = database

    def of(self, reader: str) -> tuple[Opinion, ...]:
        """Return a reader's opinions, oldest first."""
        query = (
            "SELECT conversation, answer, good, word, changed, receipt, history FROM opinions WHERE reader = ? "
            "ORDER BY changed"
        )
        with self._db.guarded():
            rows = self._db.execute(query, (reader,)).fetchall()
        return tuple(Opinion(key, answer, bool(good), *more) for key, answer, good, *more in rows)

    def keep(self, reader: str, opinion: Opinion) -> None:
        """Keep an opinion, in place of the one that this reader had of the answer."""
        key, answer, good, word, *more = astuple(opinion)
        row = (reader, key, answer, int(good), printable(word)[:LONGEST], *more)
        with self._db.transaction():
            self._db.execute("INSERT OR REPLACE INTO opinions VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)

    def drop(self, reader: str, conversation: str, answer: str) -> None:
        """Take an opinion back; where there is none nothing changes."""
        with self._db.transaction():
            self._db.execute(
                "DELETE FROM opinions WHERE reader = ? AND conversation = ? AND answer = ?",
                (reader, conversation, answer),
            )
