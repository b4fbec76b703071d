"""The folder of a store: one process has it, and nothing in it that is not ours is touched."""

from pathlib import Path

import pytest

from paperchat.errors import StoreError
from paperchat.storage.folder import free_index, index_folders, lock_folder, open_record, remove_index, traces


def test_a_folder_is_made_and_taken_once(tmp_path: Path) -> None:
    lock = lock_folder(tmp_path / "new" / "store")
    try:
        with pytest.raises(StoreError, match="Another paperchat is using"):
            lock_folder(tmp_path / "new" / "store")
    finally:
        lock.release()
    lock_folder(tmp_path / "new" / "store").release()


def test_another_programs_file_is_not_taken_for_the_lock(tmp_path: Path) -> None:
    (tmp_path / ".lock").write_text("mine")
    with pytest.raises(StoreError, match="not paperchat's own file"):
        lock_folder(tmp_path)
    assert (tmp_path / ".lock").read_text() == "mine"


def test_a_record_that_is_gone_from_beside_its_index_is_told_and_none_is_made(tmp_path: Path) -> None:
    (tmp_path / "index-1").mkdir()
    assert traces(tmp_path) == "index-1"
    with pytest.raises(StoreError, match="is missing, though index-1 is there"):
        open_record(tmp_path)
    assert not (tmp_path / "papers.sqlite3").exists()


def test_a_new_folder_gets_an_empty_record(tmp_path: Path) -> None:
    assert traces(tmp_path) == ""
    record = open_record(tmp_path)
    assert record.count() == 0
    record.close()


def test_an_index_is_removed_only_if_all_in_it_is_ours(tmp_path: Path) -> None:
    for name in ("index-1", "index-2", "index-x"):
        (tmp_path / name / "chroma").mkdir(parents=True)
    (tmp_path / "index-2" / "thesis.txt").write_text("mine")
    assert [path.name for path in index_folders(tmp_path)] == ["index-1", "index-2"]
    for path in index_folders(tmp_path):
        remove_index(path)
    assert [path.name for path in index_folders(tmp_path)] == ["index-2"]


def test_the_next_index_has_a_name_that_nothing_has(tmp_path: Path) -> None:
    assert free_index(tmp_path) == "index-1"
    (tmp_path / "index-2").mkdir()
    (tmp_path / "index-3").touch()
    (tmp_path / "index-4").symlink_to("nowhere")
    assert free_index(tmp_path) == "index-5"
