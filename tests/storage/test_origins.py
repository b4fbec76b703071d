"""From which files papers came."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from paperchat.storage.records import Record


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    opened = Record(tmp_path / "papers.sqlite3")
    yield opened
    opened.close()


def test_files_are_known_by_the_papers_that_came_from_them_until_these_left(record: Record) -> None:
    record.origins.note({"/a.bib": ["x", "y"], "/b.ris": ["y"]}, {})
    record.origins.note({"/a.bib": ["x"]}, {"/a.bib": ["y"]})
    assert record.origins.all() == {"/a.bib": {"x"}, "/b.ris": {"y"}}


def test_what_is_followed_is_remembered(record: Record, tmp_path: Path) -> None:
    record.origins.follow([tmp_path / "b", tmp_path / "a"])
    record.origins.follow([tmp_path / "a"])
    assert record.origins.followed() == (tmp_path / "a", tmp_path / "b")
