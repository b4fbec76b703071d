"""The folder of a store: that one process has it, that it can be written, that what lies in it belongs together."""

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from paperchat.errors import StoreError, UnwritableError
from paperchat.storage.address import read_address
from paperchat.storage.manifest import has_manifest, read_manifest
from paperchat.storage.records import LOST, Record

if TYPE_CHECKING:
    from filelock import BaseFileLock

LOCK = ".lock"

RECORD = "papers.sqlite3"

CONVERSATIONS = "conversations.sqlite3"

READERS = "readers.sqlite3"
"""The settings of readers, for all sets of a data folder."""

OPENING = "opening"
"""The file that is there while an index is opened, for Chroma then writes to it: a kill breaks no seal unseen."""

MAP = "map.json"
"""The picture of the papers, as it was drawn last."""

UPLOADS = "uploads"
"""The folder of files that the page was lent: it is emptied when the page is opened, and when it ends."""

COLLECTION = "collection.json"
"""The file of an index whose vectors a Chroma server holds: which collection of which server."""

PARTS = {"chroma", "bm25", COLLECTION}
"""What the folder of an index holds; one that holds anything else is not ours to delete."""


def lock_folder(folder: Path) -> "BaseFileLock":
    """Make the folder and take it for this process. Raises StoreError, UnwritableError when it can at most be read."""
    from filelock import FileLock, Timeout

    path = folder / LOCK
    try:
        if folder.exists() and not folder.is_dir():
            raise StoreError(f"{folder} is no folder.", "Choose another with --data.")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists() and (not path.is_file() or path.stat().st_size):
            raise StoreError(f"{path} is not paperchat's own file.", "Move it away, or choose another folder.")
        if not os.access(path if path.exists() else folder, os.W_OK) or not os.access(folder, os.W_OK):
            raise UnwritableError(
                f"Cannot write {folder}: it is read-only.", "Make it writable, or choose another with --data."
            )
        lock = FileLock(path, timeout=0, thread_local=False)  # a set may be closed by another thread than opened it
        lock.acquire()
    except Timeout:
        page = read_address(folder)
        where = f" Its page is {page.url}." if page else ""
        raise StoreError(
            f"Another paperchat is using {folder}.{where}",
            "Stop it (or ask in its page), or choose another folder with --data.",
        ) from None
    except OSError as error:
        raise UnwritableError(
            f"Cannot write {folder}: {error.strerror}.", "Make it writable, or choose another with --data."
        ) from None
    return lock


def open_record(folder: Path, writable: bool = True) -> Record:
    """Open the folder's record, or make one where none was.

    Raises StoreError, and changes nothing, where what lies beside it says that it held papers which are not there.
    """
    path, beside = folder / RECORD, traces(folder)
    if not os.path.lexists(path) and (beside or not writable):
        raise StoreError(f"{path} is missing{f', though {beside} is there' if beside else ''}.", LOST)
    record = Record(path, writable)
    try:
        empty = record.count() == 0
    except StoreError:
        record.close()
        raise
    manifest = read_manifest(folder)
    if empty and beside and (manifest is None or manifest.papers > 0):
        record.close()
        raise StoreError(f"{path} holds no papers, though {beside} is there.", LOST)
    return record


def traces(folder: Path) -> str:
    """Return the name of something that only a store with papers leaves beside its record, or an empty string."""
    if has_manifest(folder):
        return "manifest.json"
    if indexes := index_folders(folder):
        return indexes[0].name
    conversations = folder / CONVERSATIONS
    return conversations.name if conversations.is_file() and conversations.stat().st_size else ""


def index_folders(folder: Path) -> list[Path]:
    """Return the folders that have the name of an index."""
    return [path for path in _named_as_index(folder) if path.is_dir()]


def free_index(folder: Path) -> str:
    """Return the name for the next index, after all that have such a name, whatever they are."""
    return f"index-{max((int(path.name[6:]) for path in _named_as_index(folder)), default=0) + 1}"


def _named_as_index(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("index-*") if path.name[6:].isdecimal())


def remove_index(path: Path) -> None:
    """Delete the folder of an index; one that holds what is not ours stays."""
    if path.is_dir() and not path.is_symlink() and {inner.name for inner in path.iterdir()} <= PARTS:
        shutil.rmtree(path, ignore_errors=True)
