"""What readers chose is kept for each of them, whatever becomes of the process, and goes with its conversation."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from paperchat.settings import AS_STARTED, NO_MODEL, Choice
from paperchat.storage.answer_codec import packed_choice
from paperchat.storage.conversations import History, open_history
from paperchat.storage.folder import READERS
from paperchat.storage.sqlite import Database
from tests.storage.test_conversations import make_answer

OWN = Choice("qwen3:8b", papers=5, think="yes")


@pytest.fixture
def history(tmp_path: Path) -> History:
    """An empty history in a file."""
    return opened(tmp_path)


def opened(folder: Path, one: str = "conversations") -> History:
    """The history of a set in this folder, whose settings are for all in it."""
    return History(folder / f"{one}.sqlite3", readers=folder / READERS)


def test_settings_are_each_readers_own_and_kept(tmp_path: Path, history: History) -> None:
    history.choices.keep("me", OWN)
    assert (history.choices.settings("me"), history.choices.settings("you")) == (OWN, AS_STARTED)
    history.close()
    again = opened(tmp_path)
    assert again.choices.settings("me") == OWN
    again.choices.keep("me", AS_STARTED)
    assert again.choices.settings("me") == AS_STARTED


def test_settings_hold_for_all_sets_and_a_model_for_a_conversation_of_one(tmp_path: Path, history: History) -> None:
    other = opened(tmp_path, "other")
    history.choices.keep("me", OWN)
    history.choices.choose("me", "", "qwen3:8b")
    assert (other.choices.settings("me"), other.choices.model("me", "")) == (OWN, "")
    other.choices.keep("me", AS_STARTED)
    assert history.choices.settings("me") == AS_STARTED


def test_the_settings_of_sets_that_are_opened_at_once_are_all_kept(tmp_path: Path) -> None:
    together = threading.Barrier(4)

    def keep(reader: str) -> str:
        together.wait()
        with closing(opened(tmp_path, reader)) as one:
            one.choices.keep(reader, OWN)
            return one.choices.unkept

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(keep, "abcd")) == [""] * 4
    with closing(opened(tmp_path)) as again:
        assert [again.choices.settings(reader) for reader in "abcd"] == [OWN] * 4


def test_settings_that_a_set_had_for_itself_are_taken_over_once(tmp_path: Path) -> None:
    for one, choice in (("first", OWN), ("second", Choice(papers=9))):
        opened(tmp_path, one).close()
        with closing(sqlite3.connect(tmp_path / f"{one}.sqlite3", isolation_level=None)) as db:
            db.execute("CREATE TABLE settings (reader TEXT PRIMARY KEY, choice TEXT NOT NULL) WITHOUT ROWID")
            db.execute("INSERT INTO settings VALUES ('me', ?)", (packed_choice(choice),))
    first, second = opened(tmp_path, "first"), opened(tmp_path, "second")
    assert first.choices.settings("me") == second.choices.settings("me") == OWN
    second.choices.keep("me", AS_STARTED)
    assert opened(tmp_path, "first").choices.settings("me") == AS_STARTED


@pytest.mark.parametrize("damage", [b"", b"no database at all"], ids=["empty", "another file"])
def test_without_a_file_of_settings_they_are_kept_for_now_and_the_file_stays(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / READERS).write_bytes(damage)
    choices = opened(tmp_path).choices
    choices.keep("me", OWN)
    assert choices.settings("me") == OWN
    assert READERS in choices.unkept
    assert (tmp_path / READERS).read_bytes() == damage


def test_settings_of_a_file_that_cannot_be_written_are_known(
    tmp_path: Path, history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    history.choices.keep("me", OWN)
    history.close()

    def refuse(*_: object) -> None:
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(Database, "_prepare", refuse)
    choices = open_history(tmp_path / "conversations.sqlite3", tmp_path / READERS).choices
    assert choices.settings("me") == OWN
    choices.keep("me", AS_STARTED)
    assert (choices.settings("me"), "cannot be used" in choices.unkept) == (AS_STARTED, True)


def test_settings_that_cannot_be_read_are_those_of_the_start(tmp_path: Path, history: History) -> None:
    history.choices.keep("me", OWN)
    for text in ("{", '{"papers": "many"}', "[]"):
        with closing(sqlite3.connect(tmp_path / READERS, isolation_level=None)) as db:
            db.execute("UPDATE settings SET choice = ?", (text,))
        assert history.choices.settings("me") == AS_STARTED


def test_a_model_is_chosen_for_one_conversation_of_one_reader(history: History) -> None:
    history.choices.choose("me", "a", "qwen3:8b")
    history.choices.choose("me", "b", NO_MODEL)
    found = [history.choices.model(reader, key) for reader in ("me", "you") for key in ("a", "b", "")]
    assert found == ["qwen3:8b", NO_MODEL, "", "", "", ""]
    history.choices.choose("me", "a", "")
    assert history.choices.model("me", "a") == ""


def test_what_was_chosen_before_there_was_a_conversation_is_its_own(history: History) -> None:
    history.choices.choose("me", "", "qwen3:8b")
    history.choices.begin("me", "a")
    assert (history.choices.model("me", "a"), history.choices.model("me", "")) == ("qwen3:8b", "")
    history.choices.begin("me", "b")
    assert history.choices.model("me", "b") == ""


def test_a_conversation_that_is_deleted_leaves_no_model_behind(history: History) -> None:
    history.keep("me", "a", 0, make_answer())
    history.choices.choose("me", "a", "qwen3:8b")
    history.cut("me", "a", 0)
    assert history.choices.model("me", "a") == ""


def test_a_file_of_an_earlier_paperchat_gets_the_tables(tmp_path: Path) -> None:
    path = tmp_path / "conversations.sqlite3"
    first = History(path)
    first.keep("me", "a", 0, make_answer())
    first.close()
    with closing(sqlite3.connect(path)) as db:
        db.executescript("DROP TABLE models; PRAGMA user_version=2")
    history = History(path)
    history.choices.choose("me", "a", "qwen3:8b")
    assert (history.choices.model("me", "a"), len(history.answers("me", "a"))) == ("qwen3:8b", 1)
