"""Files and folders are opened within limits, and nothing that was not asked for."""

import gzip
import io
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from paperchat.storage.readers import files
from paperchat.storage.readers.entry import Source
from paperchat.storage.readers.files import sources


def opened(*paths: Path) -> dict[str, str]:
    """Return the text of each source, and the reason for each that is none, by its last name."""
    found = {}
    for one in sources(paths):
        name, told = (one.name, one.text) if isinstance(one, Source) else (one[0], f"! {one[1].reason}")
        found[Path(name).name] = told
    return found


def test_a_folder_is_read_by_its_names_without_what_is_hidden(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.txt", ".hidden/d.txt", ".e.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    assert opened(tmp_path) == {"b.txt": "b.txt", "c.txt": "a/c.txt"}


def test_links_out_of_a_folder_and_what_is_no_file_are_not_followed(tmp_path: Path) -> None:
    home, other = tmp_path / "home", tmp_path / "other"
    home.mkdir()
    other.mkdir()
    (other / "secret.txt").write_text("secret")
    (home / "own.txt").write_text("own")
    (home / "link.txt").symlink_to(other / "secret.txt")
    (home / "folder").symlink_to(other)
    (home / "inner.txt").symlink_to(home / "own.txt")
    (home / "gone.txt").symlink_to(home / "nothing")
    (home / "self.txt").symlink_to(home / "self.txt")
    (home / "up").symlink_to(tmp_path)
    os.mkfifo(home / "pipe")
    found = opened(home)
    assert found["self.txt"].startswith("! ")
    assert found["own.txt"] == found["inner.txt"] == "own"
    assert "out of the folder" in found["link.txt"]
    assert found["pipe"] == "! is no file"
    assert "No such file" in found["gone.txt"]
    assert "secret" not in found.values()
    assert opened(home / "link.txt") == {"link.txt": "secret"}  # asked for by its name


def test_folders_too_deep_and_files_too_many_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "DEEPEST", 2)
    monkeypatch.setattr(files, "MOST_FILES", 3)
    (tmp_path / "a" / "b" / "c").mkdir(parents=True)
    (tmp_path / "a" / "b" / "c" / "x.txt").write_text("x")
    assert "deeper than 2" in opened(tmp_path)["b"]
    for n in range(5):
        (tmp_path / f"{n}.txt").write_text("x")
    assert "more than 3 files" in opened(tmp_path)[tmp_path.name]


def test_gzip_is_unpacked_with_all_its_members(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(gzip.compress(b"one ") + gzip.compress(b"two"))
    assert opened(tmp_path / "a") == {"a": "one two"}


def test_what_grows_beyond_measure_is_cut_off_or_damaged_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LITTLE", 100_000)
    whole = gzip.compress(os.urandom(5000))
    kinds = {
        "bomb": gzip.compress(b"\0" * 20_000_000),
        "cut": whole[:-900],
        "damaged": whole[:2000] + b"x" * 100 + whole[2100:],
        "twice": gzip.compress(gzip.compress(b"x")),
        "zip": b"PK\x03\x04rest",
        "nothing": b" \n",
    }
    for name, data in kinds.items():
        (tmp_path / name).write_bytes(data)
    found = opened(tmp_path)
    assert "grows beyond 1" in found["bomb"]
    assert "cut off" in found["cut"]
    assert "damaged" in found["damaged"]
    assert "packed twice" in found["twice"]
    assert "zip archive" in found["zip"]
    assert found["nothing"] == "! is empty"


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 10)
    (tmp_path / "a").write_text("x" * 11)
    assert "larger than 10 bytes" in opened(tmp_path / "a")["a"]


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(gzip.compress(b"x"))))
    assert opened(Path("-")) == {"standard input": "x"}


def test_a_pipe_that_is_asked_for_is_read() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"from a pipe")
    os.close(writing)
    assert list(opened(Path(f"/dev/fd/{reading}")).values()) == ["from a pipe"]
    os.close(reading)
