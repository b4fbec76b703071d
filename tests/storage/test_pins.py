"""Conversations that are pinned: each reader's own, and gone with them."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from paperchat.storage.conversations import History
from paperchat.types import Answer


@pytest.fixture
def history(tmp_path: Path) -> History:
    history = History(tmp_path / "conversations.sqlite3")
    for reader, key in (("me", "a"), ("me", "b"), ("you", "c")):
        history.keep(reader, key, 0, Answer(f"{key}?", stage="done"))
    return history


def test_a_reader_pins_conversations_and_lets_them_go(history: History):
    for key in ("a", "b", "a"):
        history.pins.pin("me", key, True)
    assert history.pins.of("me") == {"a", "b"}
    history.pins.pin("me", "a", False)
    history.pins.pin("me", "a", False)
    assert (set(history.pins.of("me")), set(history.pins.of("you"))) == ({"b"}, set())


def test_what_is_not_there_or_is_another_readers_is_not_pinned_and_not_let_go(history: History):
    history.pins.pin("you", "c", True)
    for key in ("c", "no-such", ""):
        history.pins.pin("me", key, True)
        history.pins.pin("me", key, False)
    assert (set(history.pins.of("me")), set(history.pins.of("you"))) == (set(), {"c"})


def test_a_pin_outlives_a_restart_and_what_is_asked_on_and_goes_with_its_conversation(history: History, tmp_path: Path):
    history.pins.pin("me", "a", True)
    history.keep("me", "a", 1, Answer("And then?", stage="done"))
    history.close()
    again = History(tmp_path / "conversations.sqlite3")
    assert again.pins.of("me") == {"a"}
    again.cut("me", "a", 0)
    assert again.pins.of("me") == frozenset()
    again.keep("me", "a", 0, Answer("Anew?", stage="done"))
    assert again.pins.of("me") == frozenset()


def test_a_file_from_before_there_were_pins_gets_them(history: History, tmp_path: Path):
    history.close()
    with closing(sqlite3.connect(tmp_path / "conversations.sqlite3")) as db:
        db.executescript("DROP TABLE pins; PRAGMA user_version=5;")
    again = History(tmp_path / "conversations.sqlite3")
    again.pins.pin("me", "b", True)
    assert again.pins.of("me") == {"b"}
