"""A small set searched without Chroma: the same neighbours, and Chroma stays unimported."""

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from paperchat.storage.exact import ExactIndex
from paperchat.storage.sites import Searching
from paperchat.storage.store import Store
from tests.samples import PAPERS, HashEmbedder, many_papers

if TYPE_CHECKING:
    from paperchat.types import Vectors

ASKED = ("word errors on speech", "graphs", "Which trees are learned?", "nothing at all")


def nearest(folder: Path, once: bool) -> list[list[tuple[str, float]]]:
    """Return what is nearest to each of ASKED in the store of a folder."""
    embedder = HashEmbedder()
    store = Store(folder, embedder, lambda line: None, lambda done, total: None, Searching(once=once))
    try:
        store.add(PAPERS)
        store.refresh()
        return [store.index.nearest.search(embedder.embed_query(text)[0], 20) for text in ASKED]
    finally:
        store.close()


def test_the_neighbours_are_those_that_chroma_finds(tmp_path: Path) -> None:
    embedder = HashEmbedder()
    store = Store(tmp_path / "s", embedder, lambda line: None, lambda done, total: None)
    store.add([*PAPERS, *many_papers(40, 3)])
    store.refresh()
    store.close()
    exact, chroma = nearest(tmp_path / "s", True), nearest(tmp_path / "s", False)
    for one, other in zip(exact, chroma, strict=True):
        assert [near for _, near in one] == pytest.approx([near for _, near in other], abs=1e-3)
        assert one[0][0] == other[0][0]


def test_an_index_without_chunks_finds_nothing() -> None:
    nothing: Vectors = np.zeros((0, 3), np.float32)
    assert ExactIndex((), nothing).search(np.ones(3, np.float32), 5) == []


def test_a_command_that_asks_once_imports_no_chroma(data: Path) -> None:
    code = (
        "import sys; from paperchat.cli.main import main; "
        f"main(['--data', {str(data)!r}, 'ask', 'What is GraphMAE?']); "
        "sys.exit('chromadb' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("once", [True, False])
def test_a_file_of_the_index_that_was_changed_is_found_out(tmp_path: Path, once: bool) -> None:
    assert all(nearest(tmp_path / "s", once))
    file = next((tmp_path / "s").rglob("data_level0.bin"))
    file.write_bytes(b"\x00" * 10)
    said: list[str] = []
    store = Store(tmp_path / "s", HashEmbedder(), said.append, lambda done, total: None, Searching(once=once))
    store.refresh()
    store.close()
    assert any("damaged" in line for line in said)
