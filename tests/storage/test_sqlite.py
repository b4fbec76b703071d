"""One SQLite file: whole transactions, and errors that say what to do."""

import sqlite3
from pathlib import Path

import pytest

from paperchat.errors import StoreError
from paperchat.storage.sqlite import Database

SCHEMA = "CREATE TABLE IF NOT EXISTS rows (value INTEGER PRIMARY KEY);"


def opened(path: Path, version: int = 1) -> Database:
    return Database(path, SCHEMA, "Throw it away.", version)


def values(database: Database) -> list[int]:
    with database.guarded():
        return [value for (value,) in database.execute("SELECT value FROM rows ORDER BY value")]


def test_a_transaction_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    database = opened(tmp_path / "d.sqlite3")
    with database.transaction():
        database.executemany("INSERT INTO rows VALUES (?)", [(1,), (2,)])
    with pytest.raises(StoreError), database.transaction():
        database.executemany("INSERT INTO rows VALUES (?)", [(3,), (1,)])
    database.close()
    again = opened(tmp_path / "d.sqlite3")
    assert values(again) == [1, 2]
    again.close()


def test_an_error_of_the_file_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "d.sqlite3").write_bytes(b"no database at all " * 99)
    with pytest.raises(StoreError, match="not a database") as raised:
        opened(tmp_path / "d.sqlite3")
    assert raised.value.fix == "Throw it away."
    with pytest.raises(StoreError, match="unable to open") as raised:
        opened(tmp_path / "none" / "d.sqlite3")
    assert raised.value.fix == "Make the folder writable, free space on its disk, or choose another with --data."


def test_the_file_of_a_newer_version_is_left_as_it_is(tmp_path: Path) -> None:
    opened(tmp_path / "d.sqlite3", version=2).close()
    before = (tmp_path / "d.sqlite3").read_bytes()
    with pytest.raises(StoreError, match="newer paperchat"):
        opened(tmp_path / "d.sqlite3", version=1)
    assert (tmp_path / "d.sqlite3").read_bytes() == before


def test_an_older_file_is_raised_to_the_version(tmp_path: Path) -> None:
    opened(tmp_path / "d.sqlite3", version=1).close()
    opened(tmp_path / "d.sqlite3", version=3).close()
    with sqlite3.connect(tmp_path / "d.sqlite3") as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (3,)
    raw.close()
