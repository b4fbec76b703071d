"""Where the vectors of an index are: made, copied and removed with the folder of the index."""

from pathlib import Path

import numpy as np
import pytest

from paperchat.storage.sites import FOLDER, FolderSite, Searching, site_of
from paperchat.types import Chunk

CHUNK = Chunk("a:0:x", "a", 0, "A", "Text.", ((0, 5),))


def test_vectors_lie_in_the_folder_of_their_index_and_go_with_it(tmp_path: Path) -> None:
    site, first, second = site_of(FOLDER), tmp_path / "index-1", tmp_path / "index-2"
    index = site.open(first, ())
    index.add([CHUNK], np.eye(1, 4, dtype=np.float32))
    index.close()
    site.try_out(first)
    site.copy(first, second)
    site.remove(first)
    again = site.open(second, ())
    assert (again.ids(), first.exists()) == ({"a:0:x"}, False)
    again.close()


@pytest.mark.parametrize(("server", "there"), [("", True), ("http://127.0.0.1:9", False)])
def test_a_server_is_asked_for_nothing_before_an_index_is_opened(server: str, there: bool) -> None:
    assert isinstance(site_of(Searching(server)), FolderSite) is there
