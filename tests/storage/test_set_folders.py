"""Where the sets lie: a store of today is the first one, nothing has to move, and what is deleted can be put back."""

from pathlib import Path

import pytest

from paperchat.errors import InputError, StoreError
from paperchat.storage.folder import lock_folder
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


def names(data: Path) -> list[str]:
    return [one.name for one in set_folders(data)]


def test_a_data_folder_is_the_first_set_and_looking_makes_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (only,) = set_folders(data)
    assert (only.key, only.folder) == ("first", data)
    assert find_set(data, "") == find_set(data, "first") == find_set(data, "FIRST SET") == only
    assert deleted_sets(data) == ()
    assert not data.exists()


def test_a_set_is_made_below_the_data_folder_and_moves_nothing_in_it(tmp_path: Path) -> None:
    (tmp_path / "papers.sqlite3").write_bytes(b"as it was")
    made = create_set(tmp_path, "  Graph\tpapers ")
    assert (made.name, made.key, made.folder) == ("Graph papers", "graph-papers", tmp_path / "sets" / "graph-papers")
    assert names(tmp_path) == ["First set", "Graph papers"]
    assert (begins_empty(tmp_path), begins_empty(made.folder)) == (False, True)
    assert (tmp_path / "papers.sqlite3").read_bytes() == b"as it was"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["papers.sqlite3", "sets"]


def test_every_name_gets_a_folder_of_its_own_that_no_path_can_leave(tmp_path: Path) -> None:
    for name in ("../../etc", "日本", "Łódź", "First", "a" * 60, "...", "日本語", "name.txt", ".deleted", "C:\\x"):
        made = create_set(tmp_path, name)
        assert made.folder.parent == tmp_path / "sets"
        assert find_set(tmp_path, name) == made
    assert len({one.folder for one in set_folders(tmp_path)}) == 11
    assert find_set(tmp_path, "Łódź").key == "lodz"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("", "'' is no name of a set"),
        (" \u202e\x00", "is no name of a set"),
        ("-rf", "'-rf' is no name of a set. Give it a name that does not begin with a dash."),
        ("x" * 61, "The name has 61 characters. 60 is the most."),
        ("GRAPHS", "There is a set 'Graphs' already. Choose another name."),
        ("gr\u00e4phs", "There is a set 'Graphs' already."),
        ("first set", "There is a set 'First set' already."),
        ("first", "There is a set 'First set' already."),
    ],
)
def test_a_name_that_cannot_be_or_is_there_is_told(tmp_path: Path, name: str, says: str) -> None:
    create_set(tmp_path, "Graphs")
    with pytest.raises(InputError) as raised:
        create_set(tmp_path, name)
    assert says in str(raised.value)
    assert names(tmp_path) == ["First set", "Graphs"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("grahps", "There is no set 'grahps'. Did you mean 'Graphs'?"),
        ("zebra", "There is no set 'zebra'. There are 'First set', 'Graphs'. See: paperchat sets"),
    ],
)
def test_for_a_set_that_is_not_there_the_nearest_is_offered(tmp_path: Path, name: str, says: str) -> None:
    create_set(tmp_path, "Graphs")
    with pytest.raises(InputError) as raised:
        find_set(tmp_path, name)
    assert str(raised.value).startswith(says)


def test_a_set_is_called_otherwise_and_stays_where_it_is(tmp_path: Path) -> None:
    made = create_set(tmp_path, "Graphs")
    assert rename_set(tmp_path, "graphs", "Networks").folder == made.folder
    assert rename_set(tmp_path, "Networks", "NETWORKS").name == "NETWORKS"
    assert rename_set(tmp_path, "", "Shipped").folder == tmp_path
    assert names(tmp_path) == ["Shipped", "NETWORKS"]
    assert not begins_empty(tmp_path)
    with pytest.raises(InputError, match="There is a set 'Shipped' already"):
        rename_set(tmp_path, "networks", "shipped")


def test_a_set_is_deleted_whole_and_put_back_whole(tmp_path: Path) -> None:
    for name in ("One", "Two"):
        (create_set(tmp_path, name).folder / "papers.sqlite3").write_text(name)
    for name in ("One", "Two"):
        aside = delete_set(tmp_path, name)
        assert (aside.folder / "papers.sqlite3").read_text() == name
    assert names(tmp_path) == ["First set"]
    assert [one.name for one in deleted_sets(tmp_path)] == ["Two", "One"]
    assert create_set(tmp_path, "New One").key == "new-one"
    assert restore_set(tmp_path).name == "Two"
    with pytest.raises(InputError, match="Did you mean 'One'"):
        restore_set(tmp_path, "Onn")
    assert (restore_set(tmp_path, "one").folder / "papers.sqlite3").read_text() == "One"
    with pytest.raises(InputError, match="No set was deleted"):
        restore_set(tmp_path)


def test_a_set_whose_name_was_given_away_since_is_not_put_back_over_it(tmp_path: Path) -> None:
    create_set(tmp_path, "One")
    delete_set(tmp_path, "One")
    assert create_set(tmp_path, "One").key == "one-2"
    with pytest.raises(InputError, match="There is a set 'One' already"):
        restore_set(tmp_path)
    rename_set(tmp_path, "One", "Other")
    assert restore_set(tmp_path).key == "one"


def test_a_set_in_use_stays(tmp_path: Path) -> None:
    made = create_set(tmp_path, "One")
    for name, folder in (("One", made.folder), ("First set", tmp_path)):
        lock = lock_folder(folder)
        try:
            with pytest.raises(StoreError, match="Another paperchat is using"):
                delete_set(tmp_path, name)
        finally:
            lock.release()
    assert names(tmp_path) == ["First set", "One"]


def test_what_others_put_there_is_no_set_and_a_broken_name_is_the_key(tmp_path: Path) -> None:
    (tmp_path / "sets" / "no-name").mkdir(parents=True)
    (tmp_path / "sets" / "a-file").write_text("x")
    odd = create_set(tmp_path, "Odd").folder
    (odd / "name.txt").write_bytes(b"\xff\xfe")
    assert names(tmp_path) == ["First set", "odd"]
