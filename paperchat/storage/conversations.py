"""The conversations kept on this machine: each browser has its own, and sees no other."""

import re
import secrets
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from paperchat.bibliography import ALL, Scope
from paperchat.errors import InputError, PaperchatError, StoreError, UnwritableError
from paperchat.storage.answer_codec import SAID, VERSION, packed, packed_scope, said_lines, unpacked, unpacked_scope
from paperchat.storage.choices import CHOSEN, Choices
from paperchat.storage.emptying import Emptying
from paperchat.storage.opinions import Opinions
from paperchat.storage.pins import PINNED, Pins
from paperchat.storage.recall import Found, Said, find_said
from paperchat.storage.sqlite import Database
from paperchat.storage.tried import Tried
from paperchat.text.cleaning import printable
from paperchat.types import Answer

_TABLES = 6

_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations (
    id TEXT PRIMARY KEY, reader TEXT NOT NULL, name TEXT, changed TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS readers ON conversations (reader, changed);
CREATE TABLE IF NOT EXISTS exchanges (
    conversation TEXT NOT NULL REFERENCES conversations(id) ON DELETE CASCADE, position INTEGER NOT NULL,
    question TEXT NOT NULL, version INTEGER NOT NULL, answer TEXT NOT NULL, PRIMARY KEY (conversation, position)
);
CREATE TABLE IF NOT EXISTS scopes (
    reader TEXT NOT NULL, conversation TEXT NOT NULL, scope TEXT NOT NULL, PRIMARY KEY (reader, conversation)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS opinions (
    reader TEXT NOT NULL, conversation TEXT NOT NULL, answer TEXT NOT NULL, good INTEGER NOT NULL, word TEXT NOT NULL,
    changed TEXT NOT NULL, receipt TEXT NOT NULL, history TEXT NOT NULL, PRIMARY KEY (reader, conversation, answer)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tried (digest TEXT PRIMARY KEY, told TEXT NOT NULL) WITHOUT ROWID;
"""

_ALL = _SCHEMA + CHOSEN + PINNED

_DAMAGED = "Move that file away to begin with no conversations, or put it back from a backup. Nothing was changed."

KEY = r"[A-Za-z0-9_-]{0,64}"
"""What `new_key` makes, or nothing."""

_KEY = re.compile(KEY)

LONGEST_NAME = 200

PACE = 1.0
"""Seconds between two writings of an answer that grows: what a kill can cost."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation in the list: its name or else its first question, and when it last changed (ISO 8601, UTC)."""

    id: str
    title: str
    changed: str


class History:
    """All conversations, in one file. A `reader` is the secret of a browser: what it did not make is not there.

    `choices` are the settings that readers chose, `opinions` what they think of answers, `pins` what they have at hand,
    `emptying` takes all that a reader has out at once, `tried` is what was found to be worth asking of a set.
    """

    def __init__(self, path: Path | str, unkept: str = "", writable: bool = True, readers: Path | None = None) -> None:
        """Open the file; raises StoreError.

        One that is not `writable` is read once and stays as it is; `unkept` says why what is new will not be kept. The
        settings of `readers` have a file of their own.
        """
        self.unkept = unkept
        self._db = Database(path, _ALL, _DAMAGED, _TABLES, writable)
        if not writable:
            self._db.detach(_ALL)
        self.choices = Choices(self._db, readers)
        self.opinions = Opinions(self._db)
        self.pins = Pins(self._db)
        self.emptying = Emptying(self._db, new_key)
        self.tried = Tried(self._db)
        with self._db.guarded():
            self._db.execute("PRAGMA secure_delete=ON")  # what is deleted is not left in the file

    def close(self) -> None:
        """Close the files."""
        self.choices.close()
        self._db.close()

    def conversations(self, reader: str) -> tuple[Conversation, ...]:
        """Return a reader's conversations, newest first."""
        query = (
            "SELECT id, coalesce(name, question), changed FROM conversations JOIN exchanges "
            "ON conversation = id AND position = 0 WHERE reader = ? ORDER BY changed DESC"
        )
        with self._db.guarded():
            return tuple(Conversation(*row) for row in self._db.execute(query, (reader,)))

    def find(self, reader: str, typed: str) -> Iterator[Found]:
        """Yield where a reader's conversations, newest first, have what was typed: in name, question or answer."""
        query = (
            "SELECT id, coalesce(name, ''), first.question, changed, said.position, said.question, "
            "CASE WHEN json_valid(said.answer) THEN json_extract(said.answer, ?, ?, ?, ?) END FROM conversations "
            "JOIN exchanges AS first ON first.conversation = id AND first.position = 0 "
            "JOIN exchanges AS said ON said.conversation = id WHERE reader = ? ORDER BY changed DESC, said.position"
        )
        with self._db.guarded():
            rows = self._db.execute(query, (*SAID, reader)).fetchall()
        return find_said((Said(said_lines(answer), *place) for *place, answer in rows), typed)

    def answers(self, reader: str, key: str) -> tuple[Answer, ...]:
        """Return the answers of a conversation in order, none for one that is not this reader's."""
        query = (
            "SELECT question, version, answer FROM exchanges JOIN conversations ON conversation = id "
            "WHERE id = ? AND reader = ? ORDER BY position"
        )
        with self._db.guarded():
            rows = self._db.execute(query, (key, reader)).fetchall()
        return tuple(unpacked(*row) for row in rows)

    def keep(self, reader: str, key: str, position: int, answer: Answer) -> None:
        """Keep an answer at its place (from 0) in a conversation, new or this reader's, and drop what came after it.

        Raises InputError when the conversation is another's.
        """
        row = (key, position, printable(answer.question), VERSION, packed(answer))
        with self._db.transaction():
            self._db.execute(
                "INSERT INTO conversations VALUES (?, ?, NULL, ?) ON CONFLICT (id) DO UPDATE SET "
                "changed = excluded.changed WHERE reader = excluded.reader",
                (key, reader, datetime.now(timezone.utc).isoformat()),
            )
            self._check_owner(reader, key)
            self._db.execute("DELETE FROM exchanges WHERE conversation = ? AND position >= ?", (key, position))
            self._db.execute("INSERT INTO exchanges VALUES (?, ?, ?, ?, ?)", row)

    def shorten(self, reader: str, key: str, keep: int) -> tuple[Answer, ...]:
        """Return the first `keep` answers of a conversation and drop the others. Raises InputError."""
        answers = self.answers(reader, key)
        if keep < len(answers):
            self.cut(reader, key, keep)
        return answers[:keep]

    def cut(self, reader: str, key: str, position: int) -> None:
        """Drop the exchanges of a conversation from this place on; without any it is gone. Raises InputError."""
        with self._db.transaction():
            self._check_owner(reader, key)
            self._db.execute("DELETE FROM exchanges WHERE conversation = ? AND position >= ?", (key, position))
            if position == 0:
                self._db.execute("DELETE FROM conversations WHERE id = ?", (key,))
                self._db.execute("DELETE FROM scopes WHERE conversation = ?", (key,))
                self._db.execute("DELETE FROM models WHERE conversation = ?", (key,))
                self._db.execute("DELETE FROM opinions WHERE conversation = ?", (key,))

    def scope(self, reader: str, key: str) -> Scope:
        """Return which papers a conversation of this reader is asked of; with an empty key, one that is not begun."""
        query = "SELECT scope FROM scopes WHERE reader = ? AND conversation = ?"
        with self._db.guarded():
            row = self._db.execute(query, (reader, key)).fetchone()
        return unpacked_scope(row[0]) if row else ALL

    def choose(self, reader: str, key: str, scope: Scope) -> None:
        """Keep which papers a conversation of this reader is asked of from now on."""
        if scope == self.scope(reader, key):
            return
        with self._db.transaction():
            self._db.execute("DELETE FROM scopes WHERE reader = ? AND conversation = ?", (reader, key))
            if scope:
                self._db.execute("INSERT INTO scopes VALUES (?, ?, ?)", (reader, key, packed_scope(scope)))

    def rename(self, reader: str, key: str, name: str) -> None:
        """Name a conversation; without a name it has its first question again. Raises InputError."""
        with self._db.transaction():
            self._check_owner(reader, key)
            name = printable(name)[:LONGEST_NAME]
            self._db.execute("UPDATE conversations SET name = ? WHERE id = ?", (name or None, key))

    def _check_owner(self, reader: str, key: str) -> None:
        owner = self._db.execute("SELECT reader FROM conversations WHERE id = ?", (key,)).fetchone()
        if owner != (reader,):
            raise InputError("This conversation is not here.", "It was deleted, or made in another browser.")


def open_history(path: Path, readers: Path | None = None) -> History:
    """Open the file; where it cannot be written its content is copied, where it cannot be used there is none of it.

    The file then stays as it is, and `unkept` says why. That of the `readers` has their settings.
    """
    try:
        return History(path, readers=readers)
    except UnwritableError as error:
        unkept = str(error)
    except StoreError as error:
        return History(":memory:", str(error), readers=readers)
    try:
        return History(path, unkept, writable=False, readers=readers)
    except StoreError:
        return History(":memory:", unkept, readers=readers)


def holds_conversation(path: Path, reader: str, key: str) -> bool:
    """Tell whether a file has a conversation of this reader; it is only read, and one that cannot be has none."""
    try:
        with closing(Database(path, _SCHEMA, _DAMAGED, _TABLES, writable=False)) as db, db.guarded():
            query = "SELECT 1 FROM conversations WHERE id = ? AND reader = ?"
            return db.execute(query, (key, reader)).fetchone() is not None
    except StoreError:
        return False


def is_unused(path: Path) -> bool:
    """Tell whether a file has no conversation of anybody, or is not there; one that cannot be read may have some."""
    if not path.exists():
        return True
    try:
        with closing(Database(path, _SCHEMA, _DAMAGED, _TABLES, writable=False)) as db, db.guarded():
            return db.execute("SELECT 1 FROM conversations").fetchone() is None
    except StoreError:
        return False


def new_key() -> str:
    """Return the key of a new conversation or reader, which nobody can guess."""
    return secrets.token_urlsafe(24)


def check_key(key: str) -> None:
    """Raise InputError for what can be no key of a conversation; an empty one is of none."""
    if not _KEY.fullmatch(key):
        raise InputError(f"{key[:40]!r} is no conversation.", "Reload the page.")


class Growing:
    """An answer that is kept as it grows: at once when its stage changes, else once in a while."""

    def __init__(self, history: History, reader: str, key: str, position: int) -> None:
        self._history, self._place = history, (reader, key, position)
        self._kept: Answer | None = None
        self._newest: Answer | None = None
        self._next = 0.0

    def keep(self, answer: Answer) -> str:
        """Take the newest form of the answer; return why it cannot be kept, or an empty string."""
        self._newest = answer
        due = self._kept is None or answer.stage != self._kept.stage or time.monotonic() >= self._next
        return self.flush() if due else ""

    def flush(self) -> str:
        """Keep what was taken and is not yet kept; return why it cannot be, or an empty string."""
        if self._newest is None or self._newest is self._kept:
            return ""
        try:
            self._history.keep(*self._place, self._newest)
        except PaperchatError as error:
            return str(error)
        told = self._history.unkept if self._kept is None else ""
        self._kept, self._next = self._newest, time.monotonic() + PACE
        return told
