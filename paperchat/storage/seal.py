"""Seals: what tells, before a file of an index is opened, whether it is still as it was left.

Chroma and numpy trust their files: a flipped byte may end the process, or be answered with.
"""

import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from paperchat.errors import StoreError

LARGE = 64_000_000
"""Bytes from which on a file whose time is as it was is taken for unchanged: to read 1 GB takes a second."""

_PIECE = 1 << 20


@dataclass(frozen=True)
class Seal:
    """A file's size in bytes, its time of change in ns, and the CRC-32 of its content, or None where not read."""

    size: int
    changed: int
    checksum: int | None


def seal_files(folder: Path, before: Mapping[str, Seal] | None = None) -> dict[str, Seal]:
    """Return the seal of each file in a folder.

    With those of `before`, a file with the time and size of then is not read, nor is a large one that has changed.
    """
    return {name: _seal(path, (before or {}).get(name), before is None) for name, path in _files(folder).items()}


def check_seals(folder: Path, sealed: Mapping[str, Seal]) -> bool:
    """Raise StoreError for a file that is not as sealed; return False when one of them is not known to be.

    A file that nobody sealed counts too: SQLite rolls a database back by a journal that lies beside it.
    """
    found = _files(folder)
    for name in sorted(set(found) | set(sealed)):
        if name not in found or name not in sealed:
            raise StoreError(f"{name} is {'missing' if name not in found else 'not of it'}")
    known = [_is_sealed(path, name, sealed[name]) for name, path in found.items()]
    return all(known)


def seals_of(rows: Mapping[str, Any]) -> dict[str, Seal]:
    """Return seals from what `seal_rows` made of them, none from another version's form; raises TypeError."""
    return {name: Seal(**row) for name, row in rows.items() if isinstance(row, dict)}


def seal_rows(seals: Mapping[str, Seal]) -> dict[str, dict[str, Any]]:
    """Return seals as JSON objects."""
    return {name: asdict(seal) for name, seal in seals.items()}


def _is_sealed(path: Path, name: str, seal: Seal) -> bool:
    found = path.stat()
    if found.st_size != seal.size:
        raise StoreError(f"{name} has {found.st_size:,} of {seal.size:,} bytes")
    if seal.size >= LARGE and found.st_mtime_ns == seal.changed:
        return True
    if seal.checksum is not None and _checksum(path) != seal.checksum:
        raise StoreError(f"{name} is not as it was written")
    return seal.checksum is not None


def _seal(path: Path, before: Seal | None, whole: bool) -> Seal:
    found = path.stat()
    if before and (found.st_size, found.st_mtime_ns) == (before.size, before.changed):
        return before
    read = whole or found.st_size < LARGE
    return Seal(found.st_size, found.st_mtime_ns, _checksum(path) if read else None)


def _checksum(path: Path) -> int:
    checksum = 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            checksum = zlib.crc32(piece, checksum)
    return checksum


def _files(folder: Path) -> dict[str, Path]:
    return {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
