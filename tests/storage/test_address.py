"""Where a page can be asked: told to its user alone, and taken back."""

import os
from pathlib import Path

import pytest

from paperchat.storage.address import Address, read_address, remove_address, write_address

HERE = Address("127.0.0.1", 7860, "secret", 1)


def test_an_address_is_told_and_taken_back_by_the_page_alone_whose_it_is(tmp_path: Path) -> None:
    assert read_address(tmp_path) is None
    write_address(tmp_path, HERE)
    assert read_address(tmp_path) == HERE
    other = Address("::1", 7860, "other", 2)
    remove_address(tmp_path, other)
    assert read_address(tmp_path) == HERE
    write_address(tmp_path, other)
    assert read_address(tmp_path) == other
    assert (HERE.url, other.url) == ("http://127.0.0.1:7860", "http://[::1]:7860")
    remove_address(tmp_path, other)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="needs the modes of POSIX")
def test_what_others_could_have_read_or_written_is_not_heeded(tmp_path: Path) -> None:
    write_address(tmp_path, HERE)
    (tmp_path / "page.json").chmod(0o640)
    assert read_address(tmp_path) is None


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"host": 7}', '{"host": "x", "port": "1", "token": "", "process": 1}']
)
def test_a_file_that_is_no_address_is_none(tmp_path: Path, text: str) -> None:
    write_address(tmp_path, HERE)
    (tmp_path / "page.json").write_text(text)
    assert read_address(tmp_path) is None


def test_where_nothing_can_be_written_nothing_is_told(tmp_path: Path) -> None:
    write_address(tmp_path / "no such folder", HERE)
    remove_address(tmp_path / "no such folder", HERE)
    assert list(tmp_path.iterdir()) == []
