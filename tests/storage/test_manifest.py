"""The manifest: which index is in force, and in what another one differs."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from paperchat.errors import StoreError
from paperchat.storage.manifest import RECIPE, Manifest, has_manifest, read_manifest, write_manifest
from paperchat.storage.seal import Seal

MANIFEST = Manifest("index-1", "hash", 384, "c", 3, 3, "d", "1.5", {"bm25/params.json": Seal(2, 1, 7)}, "k", "n")


def test_a_manifest_reads_back(tmp_path: Path) -> None:
    assert not has_manifest(tmp_path)
    write_manifest(tmp_path, MANIFEST)
    assert has_manifest(tmp_path)
    assert read_manifest(tmp_path) == MANIFEST


@pytest.mark.parametrize("name", RECIPE)
def test_the_first_part_of_the_recipe_that_differs_is_named(name: str) -> None:
    changed: dict[str, Any] = {name: 512 if name == "dimension" else "other"}
    other = replace(MANIFEST, **changed)
    assert MANIFEST.differs(other) == name
    assert MANIFEST.differs(replace(MANIFEST, folder="index-2", papers=9)) == ""


@pytest.mark.parametrize(
    "text",
    ["{", "[]", "{}", '{"folder": 1}', "[" * 100_000],
    ids=["torn", "a list", "empty", "a number", "deep"],
)
def test_what_cannot_be_read_is_no_manifest(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    assert has_manifest(tmp_path)
    assert read_manifest(tmp_path) is None


@pytest.mark.parametrize("folder", ["../elsewhere", "index-", "index-1/..", "papers"])
def test_a_manifest_names_no_other_folder_than_an_index(tmp_path: Path, folder: str) -> None:
    write_manifest(tmp_path, replace(MANIFEST, folder=folder))
    assert read_manifest(tmp_path) is None


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").mkdir()
    with pytest.raises(StoreError, match="is no file"):
        has_manifest(tmp_path)
