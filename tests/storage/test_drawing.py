"""The picture that is kept: read as it was written, and not read at all when it is of other papers or damaged."""

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from paperchat.storage.drawing import Drawing, read_drawing, write_drawing

DRAWING = Drawing("these papers", ("a", "b"), ((0.0, 1.0), (0.5, 0.25)), (0, -1), ("trees",), 1)


def test_a_picture_is_read_as_it_was_written_and_no_other(tmp_path: Path) -> None:
    write_drawing(tmp_path / "map.json", DRAWING)
    assert read_drawing(tmp_path / "map.json", "these papers") == DRAWING
    assert read_drawing(tmp_path / "map.json", "other papers") is None
    assert read_drawing(tmp_path / "none.json", "these papers") is None


@pytest.mark.parametrize(
    "change",
    [
        {"subjects": [0, 1]},
        {"subjects": [0]},
        {"places": [[0.0, 1.0]]},
        {"places": [[0.0], [0.5]]},
        {"papers": ["a", 2]},
    ],
    ids=["a subject without a name", "one without a subject", "one without a place", "half a place", "no id"],
)
def test_one_that_is_not_whole_is_not_read(tmp_path: Path, change: dict[str, Any]) -> None:
    (tmp_path / "map.json").write_text(json.dumps({**asdict(DRAWING), **change}))
    assert read_drawing(tmp_path / "map.json", "these papers") is None


def test_where_it_cannot_be_written_nothing_is_said(tmp_path: Path) -> None:
    write_drawing(tmp_path / "no folder" / "map.json", replace(DRAWING, nowhere=2))
