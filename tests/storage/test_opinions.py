"""What readers think of answers is kept, each reader's own, and can be taken back."""

from dataclasses import replace
from pathlib import Path

import pytest

from paperchat.storage.conversations import History
from paperchat.storage.opinions import LONGEST, Opinion
from paperchat.types import Answer

GOOD = Opinion("a", "d1", True, "Just so.", "2026-01-01", "{}", "[]")
BAD = Opinion("a", "d2", False, "", "2026-01-02", "{}", "[]")


@pytest.fixture
def history(tmp_path: Path) -> History:
    """An empty history in a file."""
    return History(tmp_path / "conversations.sqlite3")


def test_opinions_are_kept_oldest_first_and_seen_by_their_reader_alone(history: History):
    for one in (BAD, GOOD):
        history.opinions.keep("me", one)
    assert history.opinions.of("me") == (GOOD, BAD)
    assert history.opinions.of("you") == ()


def test_a_second_opinion_takes_the_place_of_the_first(history: History):
    history.opinions.keep("me", GOOD)
    history.opinions.keep("me", replace(GOOD, good=False, word="No."))
    assert [(one.good, one.word) for one in history.opinions.of("me")] == [(False, "No.")]


def test_an_opinion_is_taken_back_by_its_reader_alone(history: History):
    history.opinions.keep("me", GOOD)
    history.opinions.drop("you", "a", "d1")
    assert history.opinions.of("me") == (GOOD,)
    history.opinions.drop("me", "a", "d1")
    history.opinions.drop("me", "a", "d1")
    assert history.opinions.of("me") == ()


def test_a_word_is_kept_without_what_hides_and_not_without_end(history: History):
    history.opinions.keep("me", replace(GOOD, word="a\u202eb\x00" + "c" * 2 * LONGEST))
    (kept,) = history.opinions.of("me")
    assert kept.word == ("ab" + "c" * LONGEST)[:LONGEST]


def test_with_a_conversation_what_was_thought_of_it_is_deleted(history: History):
    history.keep("me", "a", 0, Answer("Why?"))
    history.opinions.keep("me", GOOD)
    history.opinions.keep("me", replace(GOOD, conversation="b"))
    history.cut("me", "a", 1)
    assert len(history.opinions.of("me")) == 2
    history.cut("me", "a", 0)
    assert [one.conversation for one in history.opinions.of("me")] == ["b"]
