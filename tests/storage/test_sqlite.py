"""One SQLite file: whole transactions, and errors that say what to do."""

import multiprocessing
import os
import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest

from paperchat.errors import StoreError
from paperchat.storage.sqlite import STALE, Database

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


FILES = 20
"""Files that are made, each by all processes at once."""


def makes(folder: Path, number: int, together: Any, wrong: Any) -> None:
    """Open each file at the same moment as the other processes, and write a row."""
    for place in range(FILES):
        together.wait(30)
        try:
            database = opened(folder / f"{place}.sqlite3")
            with database.transaction():
                database.execute("INSERT INTO rows VALUES (?)", (number,))
            database.close()
        except StoreError as error:
            wrong.put(str(error))


def test_what_processes_make_at_once_is_one_file_in_which_nothing_is_lost(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    together, wrong = context.Barrier(3), context.SimpleQueue()
    processes = [context.Process(target=makes, args=(tmp_path, number, together, wrong)) for number in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert wrong.empty(), wrong.get()
    for place in range(FILES):
        database = opened(tmp_path / f"{place}.sqlite3")
        assert values(database) == [0, 1, 2]
        database.close()
    assert [path.name for path in tmp_path.iterdir() if ".new" in path.name] == []


def test_a_file_is_made_on_a_disk_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr(os, "link", refused)
    opened(tmp_path / "d.sqlite3").close()
    assert [path.name for path in tmp_path.iterdir()] == ["d.sqlite3"]


def test_what_a_kill_left_of_a_file_goes_and_what_is_being_made_stays(tmp_path: Path) -> None:
    old, new = tmp_path / "d.sqlite3.1.new", tmp_path / "d.sqlite3.2.new"
    for path in (old, new):
        path.touch()
    then = time.time() - 2 * STALE
    os.utime(old, (then, then))
    opened(tmp_path / "d.sqlite3").close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["d.sqlite3", "d.sqlite3.2.new"]
