"""One SQLite file, written in whole transactions, so that a kill at any moment leaves the last complete one."""

import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from paperchat.errors import StoreError, UnwritableError

LITTLE = 100_000
"""Bytes: with less left on the disk, what SQLite calls an I/O error comes from that."""

STALE = 60.0
"""Seconds after which a file that was to be made is one that a kill has left."""

_OPENING = threading.Lock()
"""Sets that are opened at once share a file: without turns each would make it, the last in the place of the others."""


class Database:
    """An open SQLite file that threads share. What goes wrong with it is a StoreError that says what to do."""

    def __init__(self, path: Path | str, schema: str, damaged: str, version: int = 0, writable: bool = True) -> None:
        """Open or create the file; `damaged` says what to do when it is no sound database.

        A file that is there is opened only if it is ours: nothing is written to one that is empty or another program's.
        Raises StoreError, too, when a newer paperchat has raised the `version` of the file's tables, UnwritableError
        when it cannot be written; one that is not to be `writable` is only read.
        """
        self._path, self._writable = path, writable
        self._fixes = {**_FIXES, "damaged": damaged}
        self._lock = threading.RLock()
        with self.guarded(), _OPENING:
            if isinstance(path, Path) and not self._is_there(path):
                if not writable:
                    raise self._damaged("is missing")
                _create(path, schema, version)
            self._db = _connect(path, writable)
            try:
                if isinstance(path, Path):
                    self._check(schema, version)
                if writable:
                    self._prepare(schema, version)
            except BaseException:
                self._db.close()
                raise

    def _is_there(self, path: Path) -> bool:
        """Tell whether the file exists; raise StoreError for what is no file, or has lost what was in it."""
        if path.is_symlink() and not path.exists():
            raise self._damaged(f"is a link to {path.readlink()}, which is not there")
        if path.exists() and not path.is_file():
            raise self._damaged("is no file")
        if path.exists() and path.stat().st_size == 0:
            raise self._damaged("is empty")
        written = _size(path.with_name(f"{path.name}-wal"))  # looked at first: another process may make both just now
        if not path.exists() and written:
            raise self._damaged("is missing, though its -wal file is there")
        return path.exists()

    def _check(self, schema: str, version: int) -> None:
        (found,) = self._db.execute("PRAGMA user_version").fetchone()
        if found > version:
            raise StoreError(
                f"{self._path} was written by a newer paperchat.", "Update paperchat; nothing was changed."
            )
        there, wanted = _tables(self._db), _expected(schema)
        if not there:
            raise self._damaged("holds no tables")
        lacking = [name for name in wanted if not wanted[name] <= there.get(name, wanted[name])]
        if lacking or not set(wanted) & set(there):
            raise self._damaged("is the database of another program")
        if found == version and (missing := sorted(set(wanted) - set(there))):
            raise self._damaged(f"has lost its table {missing[0]}")

    def _damaged(self, what: str) -> StoreError:
        return StoreError(f"{self._path} {what}.", self._fixes["damaged"])

    def _prepare(self, schema: str, version: int) -> None:
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.execute("PRAGMA foreign_keys=ON")
        self._db.executescript(schema)
        if self._db.execute("PRAGMA user_version").fetchone() != (version,):  # a full disk has no room for a write
            self._db.execute(f"PRAGMA user_version={version:d}")

    def detach(self, schema: str) -> None:
        """Go on with a copy in memory, which has all tables; the file is closed, and stays as it is."""
        with self.guarded():
            copy = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
            self._db.backup(copy)
            copy.executescript(schema)
            copy.execute("PRAGMA foreign_keys=ON")
            self._db.close()
            self._db = copy

    def hold(self) -> None:
        """From now on read what there is now, whatever is written through another connection; write nothing more."""
        with self.guarded():
            if not self._db.in_transaction:
                self._db.execute("BEGIN")
                self._db.execute("SELECT name FROM sqlite_master").fetchone()

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
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:  # SQLite itself rolls back when the disk is full
                    self._db.execute("ROLLBACK")
                raise

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Have the file for this thread alone, and its errors as StoreError."""
        try:
            with self._lock:
                yield
        except (sqlite3.Error, OSError) as error:
            kind = _kind(error, self._path)
            raised = UnwritableError if kind in ("full", "readonly") else StoreError
            what = "the disk is full" if kind == "full" else error
            raise raised(f"{self._path} cannot be used: {what}.", self._fixes[kind]) from None


_FIXES = {
    "full": "Free some disk space; nothing that was stored is lost.",
    "readonly": "Make the folder writable, free space on its disk, or choose another with --data.",
    "other": "Check the folder's permissions and free space, or choose another with --data.",
}


def _kind(error: Exception, path: Path | str) -> str:
    text = str(error).lower()
    if "full" in text or "no space" in text or ("disk i/o" in text and _is_full(path)):
        return "full"
    if any(words in text for words in ("readonly", "read-only", "unable to open", "permission denied")):
        return "readonly"
    damaged = (
        "malformed",
        "not a database",
        "no such table",
        "no such column",
        "unsupported file format",
        "decode to utf-8",
    )
    return "damaged" if any(words in text for words in damaged) else "other"


def _is_full(path: Path | str) -> bool:
    return isinstance(path, Path) and shutil.disk_usage(path.parent).free < LITTLE


def _connect(path: Path | str, writable: bool) -> sqlite3.Connection:
    if writable or isinstance(path, str):
        return sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    pending = _size(path.with_name(f"{path.name}-wal"))  # without them nobody writes: no lock is needed, none possible
    address = f"{path.absolute().as_uri()}?mode=ro{'' if pending else '&immutable=1'}"
    return sqlite3.connect(address, uri=True, check_same_thread=False, isolation_level=None)


def _create(path: Path, schema: str, version: int) -> None:
    """Make a file with these tables at once, so that an empty one is never the work of a kill.

    Each process makes a draft of its own; the file of the one that was first is the file of all.
    """
    for old in path.parent.glob(f"{path.name}*.new*"):
        with suppress(FileNotFoundError):  # another process has just done with it
            if time.time() - old.stat().st_mtime > STALE:
                old.unlink()
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with closing(sqlite3.connect(draft, isolation_level=None)) as db:
            db.execute("PRAGMA journal_mode=WAL")  # here nobody else can be in the way of that
            db.executescript(schema)
            db.execute(f"PRAGMA user_version={version:d}")
        _put(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _put(draft: Path, path: Path) -> None:
    """Let a draft be the file, unless another process has put one there."""
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError:  # a disk without hard links
        draft.replace(path)


def _tables(db: sqlite3.Connection) -> dict[str, set[str]]:
    """Return the names of the columns of each table."""
    rows = db.execute(
        "SELECT m.name, p.name FROM sqlite_master AS m, pragma_table_info(m.name) AS p WHERE m.type = 'table'"
    )
    tables: dict[str, set[str]] = {}
    for table, column in rows:
        tables.setdefault(table, set()).add(column)
    return tables


def _expected(schema: str) -> dict[str, set[str]]:
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(schema)
        return _tables(db)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def is_sound(path: Path) -> bool:
    """Tell whether a SQLite file passes SQLite's own quick check; nothing is written."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            return bool(db.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.Error:
        return False
