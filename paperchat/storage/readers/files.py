"""Files, folders and standard input as sources: unpacked, within limits, and nothing but what was asked for."""

import os
import stat
import sys
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from paperchat.storage.readers.entry import Fault, Source
from paperchat.storage.readers.listing import MAX_BYTES

STANDARD_INPUT = "-"

MOST_FILES = 20_000
"""Files of a folder that are read."""

DEEPEST = 20
"""Folders within folders that are looked into."""

BOMB = 100
"""Times its size to which a packed file may grow beyond LITTLE; text packs to a tenth, at most to a fiftieth."""

LITTLE = 50_000_000
"""Bytes to which any packed file may grow."""

_STEP = 1_000_000

_GZIP = b"\x1f\x8b"

_PACKED = {b"PK\x03\x04": "a zip archive", b"7z\xbc\xaf": "a 7z archive", b"BZh": "packed with bzip2",
           b"\xfd7zXZ": "packed with xz", b"\x28\xb5\x2f\xfd": "packed with zstd"}  # fmt: skip

Opened = Source | tuple[str, Fault]
"""A source, or the name of a file and why it is none."""


def sources(paths: Sequence[Path]) -> Iterator[Opened]:
    """Yield what is in these files and folders; "-" is standard input."""
    for path in paths:
        if str(path) == STANDARD_INPUT:
            yield _opened("standard input", sys.stdin.buffer)
        elif path.is_dir():
            yield from _folder(path)
        else:
            yield _file(path)


def _folder(folder: Path) -> Iterator[Opened]:
    """Yield the files of a folder and of those in it, in the order of their names; hidden ones are not looked at."""
    home, count = folder.resolve(), 0
    for place, folders, names in os.walk(folder):
        here = Path(place)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if len(here.relative_to(folder).parts) >= DEEPEST and folders:
            yield str(here), Fault("", f"has folders deeper than {DEEPEST}: they are not looked into")
            folders.clear()
        for name in sorted(name for name in names if not name.startswith(".")):
            path = here / name
            count += 1
            if count > MOST_FILES:
                yield str(folder), Fault("", f"has more than {MOST_FILES:,} files: the others are not read")
                return
            yield _link(path, home) or _file(path, within=True)


def _link(path: Path, home: Path) -> Opened | None:
    """Return why a link in a folder is not followed, None where it is none or leads to a file of the folder."""
    if not path.is_symlink():
        return None
    try:
        within = path.resolve().is_relative_to(home)
    except (OSError, RuntimeError):  # before Python 3.13 a link to itself is a RuntimeError
        return str(path), Fault("", "is a link that leads to itself")
    return None if within else (str(path), Fault("", "is a link out of the folder: name its target to have it read"))


def _file(path: Path, within: bool = False) -> Opened:
    """Open a file; one `within` a folder has to be a plain one, for nobody asked for another by its name."""
    try:
        mode = path.stat().st_mode
        if not (stat.S_ISREG(mode) or (stat.S_ISFIFO(mode) and not within)):
            return str(path), Fault("", "is no file")
        with path.open("rb") as file:
            return _opened(str(path), file)
    except OSError as error:
        return str(path), Fault("", error.strerror or str(error))


def _opened(name: str, file: BinaryIO) -> Opened:
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        return name, Fault("", f"is larger than {MAX_BYTES:,} bytes: split it into smaller files")
    if data.startswith(_GZIP):
        try:
            data = _unpacked(data)
        except (zlib.error, ValueError) as error:
            reason = str(error) if isinstance(error, ValueError) else "is damaged: it cannot be unpacked"
            return name, Fault("", reason)
    kind = next((kind for mark, kind in _PACKED.items() if data.startswith(mark)), "")
    if kind:
        return name, Fault("", f"is {kind}: unpack it first")
    if not data.strip():
        return name, Fault("", "is empty")
    return Source(name, data)


def _unpacked(data: bytes) -> bytes:
    """Return what a gzip file holds; raises ValueError for one that is cut off, or grows beyond all measure."""
    most = min(MAX_BYTES, max(LITTLE, BOMB * len(data)))
    parts, size = list[bytes](), 0
    while data.startswith(_GZIP):  # a file may have several members
        member = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        rest = data
        while rest and not member.eof:
            part = member.decompress(rest, _STEP)
            size += len(part)
            if size > most:
                raise ValueError(f"grows beyond {most:,} bytes when it is unpacked: it is refused")
            parts.append(part)
            rest = member.unconsumed_tail
        if not member.eof:
            raise ValueError("is cut off: it cannot be unpacked to its end")
        data = member.unused_data
    whole = b"".join(parts)
    if whole.startswith(_GZIP):
        raise ValueError("is packed twice: unpack it once")
    return whole
