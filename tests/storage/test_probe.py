"""An index is tried in a process of its own."""

from pathlib import Path

import numpy as np
import pytest

from paperchat.errors import StoreError
from paperchat.storage.chroma import VectorIndex
from paperchat.storage.probe import try_index
from paperchat.types import Chunk


def test_a_sound_index_opens_and_a_damaged_one_is_told(tmp_path: Path) -> None:
    index = VectorIndex(tmp_path / "chroma")
    index.add([Chunk("a:0:x", "a", 0, "A", "Text.", ((0, 5),))], np.eye(1, 4, dtype=np.float32))
    index.close()
    try_index(tmp_path / "chroma")
    (tmp_path / "chroma" / "chroma.sqlite3").write_bytes(b"rubbish" * 999)
    with pytest.raises(StoreError, match="Chroma cannot open it"):
        try_index(tmp_path / "chroma")
