"""The first set is the data folder itself: it is deleted and put back whole, and a kill loses nothing."""

from contextlib import closing
from pathlib import Path

import pytest

from paperchat.errors import InputError, UnwritableError
from paperchat.storage.conversations import History
from paperchat.storage.folder import CONVERSATIONS, READERS, RECORD, open_record
from paperchat.storage.set_folders import (
    begins_empty,
    create_set,
    delete_set,
    deleted_sets,
    find_set,
    rename_set,
    restore_set,
    set_folders,
)
from paperchat.storage.store import Store
from paperchat.types import Answer
from tests.samples import PAPERS, HashEmbedder


def titles(folder: Path) -> list[str]:
    """The titles of the papers of a store that opens without building anything."""
    said = list[str]()
    store = Store(folder, HashEmbedder(), said.append, lambda done, total: None)
    try:
        store.refresh()
        assert said == []
        return [paper.title for paper in store.papers.values()]
    finally:
        store.close()


def questions(folder: Path) -> list[str]:
    with closing(History(folder / CONVERSATIONS)) as history:
        return [answer.question for answer in history.answers("me", "key")]


def names(data: Path) -> list[str]:
    return [one.name for one in set_folders(data)]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder whose first set has three papers and a conversation, settings and a stray file."""
    store = Store(tmp_path, HashEmbedder(), lambda line: None, lambda done, total: None)
    store.add(PAPERS)
    store.refresh()
    store.close()
    with closing(History(tmp_path / CONVERSATIONS, readers=tmp_path / READERS)) as history:
        history.keep("me", "key", 0, Answer("Kept?", stage="done"))
    (tmp_path / "notes.txt").write_text("mine")
    return tmp_path


ALL = [paper.title for paper in PAPERS]


def test_the_first_set_is_deleted_with_its_conversations_and_put_back_whole(data: Path) -> None:
    rename_set(data, "", "Mine")
    aside = delete_set(data, "Mine")
    assert (names(data), [one.name for one in deleted_sets(data)], begins_empty(data)) == ([], ["Mine"], True)
    assert sorted(path.name for path in data.iterdir() if path.name != ".lock") == ["notes.txt", READERS, "sets"]
    assert (titles(aside.folder), questions(aside.folder)) == (ALL, ["Kept?"])
    assert restore_set(data).folder == data
    assert (names(data), titles(data), questions(data)) == (["Mine"], ALL, ["Kept?"])
    assert (deleted_sets(data), begins_empty(data)) == ((), False)


def test_without_it_another_set_is_the_first_and_without_any_the_data_folder_takes_papers(data: Path) -> None:
    create_set(data, "Other")
    delete_set(data, "First set")
    assert find_set(data, "").name == "Other"
    delete_set(data, "Other")
    assert (names(data), find_set(data, "").folder) == ([], data)
    with pytest.raises(InputError, match="There is none at all"):
        find_set(data, "Other")
    open_record(data).close()
    assert names(data) == ["First set"]


def test_it_is_put_back_in_the_place_of_an_empty_one_and_beside_one_that_has_something(data: Path) -> None:
    delete_set(data, "First set")
    open_record(data).close()
    assert restore_set(data).folder == data
    assert titles(data) == ALL
    delete_set(data, "First set")
    with closing(open_record(data)) as record:
        record.save_papers(PAPERS[:1])
    with pytest.raises(InputError, match="There is a set 'First set' already"):
        restore_set(data)
    rename_set(data, "", "New")
    back = restore_set(data)
    assert back.folder.parent == data / "sets"
    assert (names(data), titles(back.folder)) == (["New", "First set"], ALL)


@pytest.mark.parametrize("is_begun", [True, False], ids=["an empty one", "nothing"])
def test_it_has_its_own_name_again_and_not_that_of_what_was_in_its_place(data: Path, is_begun: bool) -> None:
    delete_set(data, "First set")
    if is_begun:
        open_record(data).close()
    rename_set(data, "", "New")
    assert restore_set(data).name == "First set"
    assert (names(data), titles(data)) == (["First set"], ALL)


def test_it_can_be_deleted_again_beside_what_was_deleted_before(data: Path) -> None:
    delete_set(data, "First set")
    with closing(open_record(data)) as record:
        record.save_papers(PAPERS[:1])
    delete_set(data, "First set")
    assert len(deleted_sets(data)) == 2
    assert names(data) == []


def test_a_conversation_keeps_a_set_without_papers_from_being_dropped(data: Path) -> None:
    delete_set(data, "First set")
    open_record(data).close()
    with closing(History(data / CONVERSATIONS)) as history:
        history.keep("me", "new", 0, Answer("Anybody?", stage="done"))
    with pytest.raises(InputError, match="Rename that one first"):
        restore_set(data)


@pytest.mark.parametrize("is_opened", [False, True], ids=["at once", "after the page was opened"])
def test_a_kill_before_the_record_has_moved_leaves_the_set_and_what_went_aside_is_put_back(
    data: Path, monkeypatch: pytest.MonkeyPatch, is_opened: bool
) -> None:
    rename = Path.rename

    def killed(path: Path, to: Path) -> Path:
        if path.name == RECORD:
            raise KeyboardInterrupt
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", killed)
    with pytest.raises(KeyboardInterrupt):
        delete_set(data, "First set")
    monkeypatch.undo()
    assert names(data) == ["First set"]
    if is_opened:
        History(data / CONVERSATIONS).close()
    restore_set(data)
    assert (titles(data), questions(data), deleted_sets(data)) == (ALL, ["Kept?"], ())


def test_a_deletion_that_fails_halfway_leaves_the_set_whole(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename_set(data, "", "Mine")
    rename = Path.rename

    def failing(path: Path, to: Path) -> Path:
        if path == data / RECORD:
            raise PermissionError(13, "Permission denied")
        return rename(path, to)

    with monkeypatch.context() as held:
        held.setattr(Path, "rename", failing)
        with pytest.raises(UnwritableError):
            delete_set(data, "Mine")
    assert (names(data), titles(data), questions(data), deleted_sets(data)) == (["Mine"], ALL, ["Kept?"], ())
    assert not begins_empty(data)
    delete_set(data, "Mine")
    restore_set(data)
    assert (names(data), titles(data), questions(data)) == (["Mine"], ALL, ["Kept?"])


def test_a_first_set_that_was_never_opened_is_deleted_too_and_does_not_come_by_itself(tmp_path: Path) -> None:
    delete_set(tmp_path, "First set")
    assert (names(tmp_path), begins_empty(tmp_path)) == ([], True)
    restore_set(tmp_path)
    assert (names(tmp_path), begins_empty(tmp_path)) == (["First set"], False)
