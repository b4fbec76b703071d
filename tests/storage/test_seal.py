"""Seals: whether the files of an index are still as they were left."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from paperchat.errors import StoreError
from paperchat.storage.seal import check_seals, seal_files, seal_rows, seals_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "chroma").mkdir()
    (tmp_path / "chroma" / "data.bin").write_bytes(b"12345")
    (tmp_path / "params.json").write_bytes(b"{}")
    return tmp_path


def test_files_as_they_were_left_are_known(folder: Path) -> None:
    sealed = seal_files(folder)
    assert {name: seal.size for name, seal in sealed.items()} == {"chroma/data.bin": 5, "params.json": 2}
    assert check_seals(folder, sealed)
    assert seals_of(seal_rows(sealed)) == sealed


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda f: (f / "params.json").write_bytes(b"[]"), "params.json is not as it was written"),
        (lambda f: os.truncate(f / "chroma" / "data.bin", 3), "chroma/data.bin has 3 of 5 bytes"),
        (lambda f: (f / "params.json").unlink(), "params.json is missing"),
        (lambda f: (f / "chroma" / "journal").write_bytes(b""), "chroma/journal is not of it"),
    ],
    ids=["a byte", "cut", "gone", "one more"],
)
def test_a_file_that_is_not_as_sealed_is_named(folder: Path, change: Callable[[Path], object], says: str) -> None:
    sealed = seal_files(folder)
    change(folder)
    with pytest.raises(StoreError, match=says):
        check_seals(folder, sealed)


def test_a_file_unchanged_since_an_earlier_seal_is_not_read_again(folder: Path) -> None:
    before = seal_files(folder)
    (folder / "params.json").write_bytes(b"[1]")
    after = seal_files(folder, before)
    assert after["chroma/data.bin"] is before["chroma/data.bin"]
    assert after["params.json"].checksum != before["params.json"].checksum


def test_seals_of_another_form_are_none() -> None:
    assert seals_of({"a": 5}) == {}
    with pytest.raises(TypeError):
        seals_of({"a": {"bytes": 5}})
