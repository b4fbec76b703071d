"""What readers chose is kept for each of them, whatever becomes of the process, and goes with its conversation."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from paperchat.settings import AS_STARTED, NO_MODEL, Choice
from paperchat.storage.conversations import History
from tests.storage.test_conversations import make_answer

OWN = Choice("qwen3:8b", papers=5, think="yes")


@pytest.fixture
def history(tmp_path: Path) -> History:
    """An empty history in a file."""
    return History(tmp_path / "conversations.sqlite3")


def test_settings_are_each_readers_own_and_kept(tmp_path: Path, history: History) -> None:
    history.choices.keep("me", OWN)
    assert (history.choices.settings("me"), history.choices.settings("you")) == (OWN, AS_STARTED)
    history.close()
    again = History(tmp_path / "conversations.sqlite3")
    assert again.choices.settings("me") == OWN
    again.choices.keep("me", AS_STARTED)
    assert again.choices.settings("me") == AS_STARTED


def test_settings_that_cannot_be_read_are_those_of_the_start(tmp_path: Path, history: History) -> None:
    history.choices.keep("me", OWN)
    for text in ("{", '{"papers": "many"}', "[]"):
        with closing(sqlite3.connect(tmp_path / "conversations.sqlite3", isolation_level=None)) as db:
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
        db.executescript("DROP TABLE settings; DROP TABLE models; PRAGMA user_version=2")
    history = History(path)
    history.choices.keep("me", OWN)
    assert (history.choices.settings("me"), len(history.answers("me", "a"))) == (OWN, 1)
