"""All conversations of a reader taken out at once, and put back."""

from pathlib import Path

import pytest

from paperchat.bibliography import Scope
from paperchat.storage.conversations import History
from paperchat.storage.opinions import Opinion
from paperchat.types import Answer


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "conversations.sqlite3")


def fill(history: History, reader: str, *keys: str) -> None:
    for key in keys:
        for place, question in enumerate((f"First of {key}?", f"Second of {key}?")):
            history.keep(reader, key, place, Answer(question, stage="done"))
        history.rename(reader, key, f"Name of {key}")
        history.choose(reader, key, Scope(since=2020))
        history.choices.choose(reader, key, "small:1b")
        history.opinions.keep(reader, Opinion(key, "digest", True, "so", "2026-01-01", "{}", "[]"))
        history.pins.pin(reader, key, True)
    history.choose(reader, "", Scope(since=2022))
    history.choices.choose(reader, "", "large:9b")


def told(history: History, reader: str, *keys: str) -> object:
    """Return all that there is of a reader's conversations."""
    chosen = [(history.scope(reader, key), history.choices.model(reader, key)) for key in keys]
    answers = [history.answers(reader, key) for key in keys]
    return history.conversations(reader), history.opinions.of(reader), history.pins.of(reader), chosen, answers


def test_all_of_a_reader_go_and_come_back_as_they_were_in_their_order(history: History):
    fill(history, "me", "a", "b", "c")
    before = told(history, "me", "a", "b", "c")
    emptied = history.emptying.empty("me")
    assert told(history, "me", "a", "b") == ((), (), frozenset(), [(Scope(), ""), (Scope(), "")], [(), ()])
    history.emptying.refill(emptied)
    assert told(history, "me", "a", "b", "c") == before


def test_another_reader_keeps_all_and_what_was_chosen_for_the_next_one_stays(history: History):
    fill(history, "me", "a")
    fill(history, "you", "b")
    before = told(history, "you", "b")
    history.emptying.empty("me")
    assert told(history, "you", "b") == before
    assert (history.scope("me", ""), history.choices.model("me", "")) == (Scope(since=2022), "large:9b")


def test_what_is_there_since_stays_and_what_it_was_before_comes_back_beside_it(history: History):
    fill(history, "me", "a", "b")
    emptied = history.emptying.empty("me")
    history.keep("me", "a", 0, Answer("Since?", stage="done"))
    history.keep("me", "c", 0, Answer("New?", stage="done"))
    history.emptying.refill(emptied)
    titles = {one.title: one.id for one in history.conversations("me")}
    assert list(titles) == ["New?", "Since?", "Name of b", "Name of a"]
    assert [answer.question for answer in history.answers("me", "a")] == ["Since?"]
    again = titles["Name of a"]
    assert [answer.question for answer in history.answers("me", again)] == ["First of a?", "Second of a?"]
    assert (history.scope("me", again), history.choices.model("me", again)) == (Scope(since=2020), "small:1b")
    assert sorted(one.conversation for one in history.opinions.of("me")) == sorted(["b", again])
    assert history.pins.of("me") == {"b", again}


def test_nothing_of_them_is_left_in_the_file(history: History, tmp_path: Path):
    fill(history, "me", "a")
    history.emptying.empty("me")
    history.close()
    assert b"First of a" not in (tmp_path / "conversations.sqlite3").read_bytes()
