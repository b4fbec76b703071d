"""The first set, which is the data folder itself: what of it moves aside when it is deleted, and comes back.

The record moves last: a kill before that leaves the set with its papers, and what went aside can be put back.
"""

from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from paperchat.errors import StoreError
from paperchat.storage.conversations import is_unused
from paperchat.storage.folder import CONVERSATIONS, MAP, OPENING, RECORD, index_folders, open_record, remove_index
from paperchat.storage.manifest import NAME

_MARK = ".no-first"

_BESIDE = ("-wal", "-shm", "")
"""What SQLite adds to the name of a file, and the file itself, which moves last."""


def has_first(data: Path) -> bool:
    """Tell whether a data folder is a set itself: it is until that is deleted, and again once it has a record."""
    return not is_marked(data / "sets") or (data / RECORD).exists()


def is_marked(sets: Path) -> bool:
    """Tell whether the folder of the other sets says that the first one was deleted."""
    return (sets / _MARK).exists()


def mark(sets: Path) -> None:
    """Have the folder of the other sets say that the first one was deleted. Raises OSError."""
    (sets / _MARK).touch(mode=0o600)


def unmark(sets: Path) -> None:
    """Take that back. Raises OSError."""
    (sets / _MARK).unlink(missing_ok=True)


def is_bare(folder: Path) -> bool:
    """Tell whether a store has no papers, nothing that waits and no conversations: nothing of it can be missed."""
    try:
        with closing(open_record(folder, writable=False)) as record:
            papers = record.count() + record.waiting.count()
    except StoreError:
        return False
    return papers == 0 and is_unused(folder / CONVERSATIONS)


def move_store(folder: Path, to: Path) -> None:
    """Move a store's files to another folder; what is there already stays, in both. Raises OSError.

    Conversations take the place of a file that has none: one is made whenever a page is opened.
    """
    if (folder / RECORD).exists():
        with suppress(StoreError):
            open_record(folder).close()  # what SQLite had beside the file is then in it
    if (folder / CONVERSATIONS).exists() and is_unused(to / CONVERSATIONS):
        for end in _BESIDE:
            (to / (CONVERSATIONS + end)).unlink(missing_ok=True)
    for path in _parts(folder):
        if not (to / path.name).exists():
            path.rename(to / path.name)


def drop_store(folder: Path) -> None:
    """Delete the files of a store that is bare; any other stays. Raises OSError."""
    if not is_bare(folder):
        return
    for path in _parts(folder):
        if path.is_dir():
            remove_index(path)
        else:
            path.unlink()


def _parts(folder: Path) -> Iterator[Path]:
    yield from index_folders(folder)
    names = [*(CONVERSATIONS + end for end in _BESIDE), MAP, OPENING, NAME, *(RECORD + end for end in _BESIDE)]
    yield from (folder / name for name in names if (folder / name).is_file())
