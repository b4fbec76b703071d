"""The vector index: what is added is found by nearness, read back, and there after a second opening."""

from pathlib import Path

import numpy as np
import pytest

from paperchat.errors import StoreError
from paperchat.storage.chroma import ChunksOf, VectorIndex
from paperchat.types import Chunk

CHUNKS = tuple(Chunk(f"{name}:0:x", name, 0, name.upper(), f"Text of {name}.", ((0, 10),)) for name in ("a", "b", "c"))
VECTORS = np.eye(3, 4, dtype=np.float32)


def test_chunks_are_found_by_nearness_and_read_back(tmp_path: Path) -> None:
    index = VectorIndex(tmp_path / "chroma")
    assert index.search(VECTORS[0], 5) == []
    index.add(CHUNKS, VECTORS)
    index.close()
    again = VectorIndex(tmp_path / "chroma")
    assert (again.count(), again.ids()) == (3, {chunk.id for chunk in CHUNKS})
    found = again.search(np.array([0.6, 0.8, 0, 0], np.float32), 2)
    assert [key for key, _ in found] == ["b:0:x", "a:0:x"]
    assert [near for _, near in found] == pytest.approx([0.8, 0.6], abs=1e-4)
    assert np.allclose(again.stored(["c:0:x"])["c:0:x"], VECTORS[2])
    assert len(again.search(VECTORS[0], 50)) == 3
    again.close()


def test_equal_chunks_are_added_once(tmp_path: Path) -> None:
    index = VectorIndex(tmp_path / "chroma")
    index.add(CHUNKS, VECTORS)
    index.add(CHUNKS[:2], VECTORS[:2])
    assert index.count() == 3
    index.close()


def test_what_chroma_raises_is_told_as_damage(tmp_path: Path) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(b"rubbish" * 999)
    with pytest.raises(StoreError, match="is damaged"):
        VectorIndex(tmp_path)


def test_what_is_nearest_among_some_is_found_however_far_it_is(tmp_path: Path) -> None:
    index = VectorIndex(tmp_path / "chroma")
    index.add(CHUNKS, VECTORS)
    asked = np.array([1, 0.1, 0, 0], np.float32)
    assert [key for key, _ in index.search(asked, 1)] == ["a:0:x"]
    assert [key for key, _ in index.search(asked, 1, ["b:0:x", "c:0:x"])] == ["b:0:x"]
    assert [key for key, _ in ChunksOf(index, ["c:0:x"]).search(asked, 9)] == ["c:0:x"]
    assert ChunksOf(index, []).search(asked, 9) == []
    index.close()
