"""Conversations that are kept: whole, each reader's own, whatever happens to the process."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from paperchat.bibliography import ALL, Scope
from paperchat.errors import InputError, StoreError
from paperchat.storage.conversations import Growing, History, holds_conversation, open_history
from paperchat.storage.sqlite import Database
from paperchat.types import Answer, AnswerSentence, Fault
from tests.conftest import ROOT
from tests.fake_app import cite, shipped_results


def make_answer(question: str = "Why?", stage: str = "done") -> Answer:
    """Return an answer with every kind of thing that an answer has."""
    results = shipped_results()[:2]
    said = AnswerSentence(
        "It gains 9%.", (cite(results[0]), cite(results[1], 1)), "unsure", "Near.", (Fault(9, 11, "number"),)
    )
    return Answer(question, results, (said, AnswerSentence("So.")), False, stage, "m", "d1", ("n",), {"total": 1.5}, 7)  # type: ignore[arg-type]  # fmt: skip


@pytest.fixture
def history(tmp_path: Path) -> History:
    """An empty history in a file."""
    return History(tmp_path / "conversations.sqlite3")


def test_conversations_are_listed_newest_first_named_or_by_their_first_question(history: History):
    history.keep("me", "a", 0, make_answer("One?"))
    history.keep("me", "b", 0, make_answer("Two?"))
    history.keep("me", "a", 1, make_answer("More?"))
    assert [(c.id, c.title) for c in history.conversations("me")] == [("a", "One?"), ("b", "Two?")]
    history.rename("me", "b", " Twins \n\u202e")
    assert [c.title for c in history.conversations("me")] == ["One?", "Twins"]
    history.rename("me", "b", "  ")
    assert [c.title for c in history.conversations("me")] == ["One?", "Two?"]


def test_an_answer_replaces_what_was_at_its_place_and_after_it(history: History):
    for place, question in enumerate(("One?", "Two?", "Three?")):
        history.keep("me", "a", place, make_answer(question))
    history.keep("me", "a", 1, make_answer("Other?"))
    assert [answer.question for answer in history.answers("me", "a")] == ["One?", "Other?"]
    assert [a.question for a in history.shorten("me", "a", 1)] == ["One?"]
    history.cut("me", "a", 0)
    assert (history.answers("me", "a"), history.conversations("me")) == ((), ())


def test_what_was_deleted_is_not_left_in_the_file(tmp_path: Path):
    history = History(tmp_path / "conversations.sqlite3")
    for key, question in (("a", "My secret plan?"), ("b", "Kept?")):
        history.keep("me", key, 0, make_answer(question))
    history.cut("me", "a", 0)
    history.close()
    files = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert (b"My secret plan?" in files, b"Kept?" in files) == (False, True)


def test_what_another_reader_made_is_not_there(history: History):
    history.keep("me", "a", 0, make_answer())
    assert (history.conversations("you"), history.answers("you", "a")) == ((), ())
    for act in (
        lambda: history.keep("you", "a", 0, make_answer("Mine now")),
        lambda: history.rename("you", "a", "Mine"),
        lambda: history.cut("you", "a", 0),
    ):
        with pytest.raises(InputError, match="This conversation is not here"):
            act()
    assert history.answers("me", "a") == (make_answer(),)


def test_a_growing_answer_is_kept_at_once_when_its_stage_changes_and_whole_at_the_end(history: History):
    growing, answer = Growing(history, "me", "a", 0), make_answer(stage="evidence")
    growing.keep(replace(answer, sentences=()))
    assert [a.sentences for a in history.answers("me", "a")] == [()]
    growing.keep(replace(answer, stage="writing", sentences=answer.sentences[:1]))
    growing.keep(replace(answer, stage="writing"))
    assert len(history.answers("me", "a")[0].sentences) == 1  # less than a second later
    growing.flush()
    assert history.answers("me", "a") == (replace(answer, stage="stopped"),)


def test_an_answer_that_cannot_be_kept_is_told(history: History):
    history.keep("you", "a", 0, make_answer())
    assert Growing(history, "me", "a", 0).keep(make_answer()).startswith("This conversation is not here.")


def test_a_file_of_a_newer_paperchat_or_no_database_is_left_alone(tmp_path: Path):
    path = tmp_path / "conversations.sqlite3"
    History(path).close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version=99")
    with pytest.raises(StoreError, match="newer paperchat"):
        History(path)
    path.write_bytes(b"no database" * 100)
    with pytest.raises(StoreError, match="Move that file away"):
        History(path)
    assert path.read_bytes().startswith(b"no database")


@pytest.mark.parametrize("damage", ["emptied", "cut", "other tables", "left over"])
def test_a_file_that_lost_its_conversations_is_told_and_left_alone(tmp_path: Path, damage: str):
    path = tmp_path / "conversations.sqlite3"
    first = History(path)
    first.keep("me", "a", 0, make_answer())
    first.close()
    if damage == "emptied":
        path.write_bytes(b"")
    elif damage == "cut":
        os.truncate(path, 4096)
    elif damage == "left over":
        path.rename(tmp_path / "conversations.sqlite3-wal")
    else:
        with closing(sqlite3.connect(path)) as db:
            db.executescript("DROP TABLE exchanges; DROP TABLE conversations; CREATE TABLE books (id)")
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    with pytest.raises(StoreError) as told:
        History(path)
    assert "begin with no conversations" in told.value.fix
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_what_a_damaged_file_cannot_keep_is_told_once_an_answer_and_still_shown():
    history = History(":memory:", unkept="It is full.")
    growing = Growing(history, "me", "a", 0)
    assert growing.keep(make_answer(stage="evidence")) == "It is full."
    assert growing.keep(make_answer()) == ""
    assert history.answers("me", "a") == (make_answer(),)


def test_conversations_of_a_file_that_cannot_be_written_are_shown_and_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "conversations.sqlite3"
    first = History(path)
    first.keep("me", "a", 0, make_answer("Kept?"))
    first.close()
    before = path.read_bytes()

    def refuse(*_: object) -> None:
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(Database, "_prepare", refuse)
    history = open_history(path)
    assert "cannot be used" in history.unkept
    history.keep("me", "a", 1, make_answer("New?"))
    assert [answer.question for answer in history.answers("me", "a")] == ["Kept?", "New?"]
    assert path.read_bytes() == before


KILLED = """
import sys
from pathlib import Path
from paperchat.storage.conversations import History
from tests.storage.test_conversations import make_answer
history = History(Path(sys.argv[1]))
for place in range(10_000):
    history.keep("me", "a", place, make_answer(f"{place}?", "writing"))
    print(place, flush=True)
"""


def test_a_kill_loses_no_answer_that_was_kept(tmp_path: Path):
    path = tmp_path / "conversations.sqlite3"
    command = [sys.executable, "-c", KILLED, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        last = next(line for line in process.stdout if int(line) >= 5)
        os.kill(process.pid, signal.SIGKILL)
    kept = History(path).answers("me", "a")
    assert len(kept) > int(last)
    assert all(answer == make_answer(f"{place}?", "stopped") for place, answer in enumerate(kept))


def test_which_papers_a_conversation_is_asked_of_is_kept_for_its_reader_and_deleted_with_it(history: History):
    scope = Scope(authors=("Ogden",), since=2019)
    for key in ("", "a"):
        history.choose("me", key, scope)
        assert (history.scope("me", key), history.scope("you", key)) == (scope, ALL)
    history.choose("me", "a", Scope(papers=("p",)))
    assert (history.scope("me", "a"), history.scope("me", "")) == (Scope(papers=("p",)), scope)
    history.choose("me", "", ALL)
    assert history.scope("me", "") == ALL
    history.keep("me", "a", 0, make_answer())
    history.cut("me", "a", 0)
    assert history.scope("me", "a") == ALL


def test_a_file_of_before_there_were_scopes_is_opened_with_its_conversations(tmp_path: Path):
    path = tmp_path / "conversations.sqlite3"
    first = History(path)
    first.keep("me", "a", 0, make_answer())
    first.close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TABLE scopes")
        db.execute("PRAGMA user_version=1")
    read = History(path, "unkept", writable=False)
    assert (read.answers("me", "a"), read.scope("me", "a")) == ((make_answer(),), ALL)
    read.close()
    again = History(path)
    again.choose("me", "a", Scope(since=2019))
    assert (again.answers("me", "a"), again.scope("me", "a")) == ((make_answer(),), Scope(since=2019))
    again.close()


def test_a_file_tells_whether_it_has_a_conversation_and_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite3"
    assert not holds_conversation(path, "me", "key")
    assert not path.exists()
    with closing(History(path)) as history:
        history.keep("me", "key", 0, Answer("Mine?", stage="done"))
        assert holds_conversation(path, "me", "key")
    assert holds_conversation(path, "me", "key")
    assert not holds_conversation(path, "another", "key")
    path.write_bytes(b"garbage")
    assert not holds_conversation(path, "me", "key")
