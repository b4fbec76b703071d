"""The folders of the sets: the first is the data folder itself, the others lie below it, each with a file of its name.

A set that is deleted is moved aside, as it is (`first_set` does so with the first, file by file).

<data>/papers.sqlite3 …            the first set, as it was before there were others
<data>/sets/<key>/papers.sqlite3 … another one, and name.txt beside it
<data>/sets/.deleted/<key>/ …      one that was deleted, as it was
<data>/sets/name.txt               what the first one is called, if it was renamed
<data>/sets/.no-first              says that the first one was deleted
"""

import os
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from paperchat.errors import InputError, UnwritableError
from paperchat.storage.atomic import write_whole
from paperchat.storage.first_set import drop_store, has_first, is_bare, is_marked, mark, move_store, unmark
from paperchat.storage.folder import RECORD, lock_folder
from paperchat.text.cleaning import is_hostile, plain_letters
from paperchat.text.folding import folded
from paperchat.text.likeness import spelling_likeness

FIRST = "first"
"""The key of the set that is the data folder itself."""

FIRST_NAME = "First set"

LONGEST_NAME = 60

LONGEST_KEY = 40

ALIKE = 0.5
"""From this likeness of spelling on, a name is offered for one that no set has."""

_SETS, _DELETED, _NAME = "sets", ".deleted", "name.txt"

_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")

_NO_KEY = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class SetFolder:
    """A set: the key by which its folder and its page's address name it, what it is called, and where it lies."""

    key: str
    name: str
    folder: Path


def set_folders(data: Path) -> tuple[SetFolder, ...]:
    """Return the sets of a data folder: the first one, if it was not deleted, then the others by their names."""
    others = sorted(_named_in(data / _SETS), key=lambda one: (plain_letters(one.name), one.key))
    return (*([_first(data)] if has_first(data) else []), *others)


def _first(data: Path) -> SetFolder:
    return SetFolder(FIRST, _read_name(data / _SETS) or FIRST_NAME, data)


def deleted_sets(data: Path) -> tuple[SetFolder, ...]:
    """Return the sets that were deleted and can be put back, the last one first."""
    found = _named_in(data / _SETS / _DELETED)
    return tuple(sorted(found, key=lambda one: one.folder.stat().st_mtime, reverse=True))


def begins_empty(folder: Path) -> bool:
    """Tell whether a folder is that of a set that was created: it has the papers that are put in and no others.

    So is a data folder whose first set was deleted.
    """
    return (folder / _NAME).is_file() or is_marked(folder / _SETS)


def home_of(folder: Path) -> Path:
    """Return the data folder to which a set's folder belongs."""
    return folder.parent.parent if folder.parent.name == _SETS and (folder / _NAME).is_file() else folder


def find_set(data: Path, name: str) -> SetFolder:
    """Return the set with this name, or key; of an empty name the first. Raises InputError that offers the nearest.

    Where there is none at all, the first is the data folder, into which papers can be put.
    """
    sets = set_folders(data)
    if name:
        return _found(sets, name, f"There is no set {name!r}.", _told(sets, name))
    return sets[0] if sets else _first(data)


def create_set(data: Path, name: str) -> SetFolder:
    """Make an empty set. Raises InputError for a name that cannot be, or is there, UnwritableError."""
    name = _checked(name, set_folders(data))
    made = SetFolder(_free_key(data, name), name, data / _SETS)
    made = replace(made, folder=made.folder / made.key)
    with _Writing(data):
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        made.folder.mkdir(mode=0o700, parents=True)
        write_whole(made.folder / _NAME, f"{name}\n")
    return made


def rename_set(data: Path, name: str, new: str) -> SetFolder:
    """Call a set otherwise; its folder stays where it is. Raises InputError, UnwritableError."""
    one = find_set(data, name)
    new = _checked(new, [other for other in set_folders(data) if other.key != one.key])
    with _Writing(data):
        place = data / _SETS if one.key == FIRST else one.folder
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(place / _NAME, f"{new}\n")
    return replace(one, name=new)


def delete_set(data: Path, name: str) -> SetFolder:
    """Move a set aside, whole; return where it is then. Raises InputError, StoreError when it is in use."""
    one = find_set(data, name)
    deleted = data / _SETS / _DELETED
    aside = deleted / (one.key if not (deleted / one.key).exists() else _free_key(data, one.name))
    with lock_folder(one.folder), _Writing(data):
        deleted.mkdir(mode=0o700, parents=True, exist_ok=True)
        if one.key == FIRST:
            aside.mkdir(mode=0o700)
            write_whole(aside / _NAME, f"{one.name}\n")
            mark(data / _SETS)
            _move_first(data, aside)
    with _Writing(data):
        if one.key != FIRST:
            one.folder.rename(aside)
        os.utime(aside)
    return replace(one, key=aside.name, folder=aside)


def _move_first(data: Path, aside: Path) -> None:
    """Move the first set aside; where that fails halfway, what went comes back at once. Raises OSError."""
    try:
        move_store(data, aside)
    except OSError:
        move_store(aside, data)
        unmark(data / _SETS)
        (aside / _NAME).unlink()
        aside.rmdir()
        raise
    (data / _SETS / _NAME).unlink(missing_ok=True)


def restore_set(data: Path, name: str = "") -> SetFolder:
    """Put back a set that was deleted, without a name the last one. Raises InputError, UnwritableError.

    The first becomes the first again, unless papers were put into another one there since.
    """
    there = deleted_sets(data)
    if not there:
        raise InputError("No set was deleted: there is nothing to put back.", "See: paperchat sets")
    one = _found(there, name, f"No set {name!r} was deleted.", _told(there, name)) if name else there[0]
    if one.key == FIRST and (not has_first(data) or is_bare(data) or not (one.folder / RECORD).exists()):
        return _restored_first(data, one)
    _checked(one.name, set_folders(data), "Rename that one first.")
    key = one.key if one.key != FIRST else _free_key(data, one.name)
    with _Writing(data):
        one.folder.rename(data / _SETS / key)
    return replace(one, key=key, folder=data / _SETS / key)


def _restored_first(data: Path, one: SetFolder) -> SetFolder:
    _checked(one.name, [other for other in set_folders(data) if other.key != FIRST], "Rename that one first.")
    with lock_folder(data), _Writing(data):
        drop_store(data)
        move_store(one.folder, data)
        if one.name != FIRST_NAME:
            write_whole(data / _SETS / _NAME, f"{one.name}\n")
        else:  # what was empty in its place may have had a name
            (data / _SETS / _NAME).unlink(missing_ok=True)
        unmark(data / _SETS)
        (one.folder / _NAME).unlink()
        with suppress(OSError):
            one.folder.rmdir()
    return replace(one, folder=data)


def is_key(text: str) -> bool:
    """Tell whether a text could be the key of a set."""
    return bool(_KEY.fullmatch(text))


class _Writing:
    """Turns what the system says while a folder is written into an error that names it."""

    def __init__(self, data: Path) -> None:
        self._data = data

    def __enter__(self) -> None:
        return None

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, OSError):
            raise UnwritableError(
                f"Cannot write {self._data}: {error.strerror}.", "Make it writable, or choose another with --data."
            ) from None


def _named_in(folder: Path) -> list[SetFolder]:
    with suppress(OSError):
        found = [path for path in folder.iterdir() if is_key(path.name) and (path / _NAME).is_file()]
        return [SetFolder(path.name, _read_name(path) or path.name, path) for path in found]
    return []


def _read_name(folder: Path) -> str:
    """Return the name that a folder's file has, as one could be given, or an empty string."""
    with suppress(OSError, ValueError):
        return _tidy((folder / _NAME).read_text(encoding="utf-8"))[:LONGEST_NAME]
    return ""


def _tidy(name: str) -> str:
    return " ".join("".join(c for c in name if c.isspace() or not is_hostile(c)).split())


def _checked(name: str, others: Sequence[SetFolder], fix: str = "Choose another name.") -> str:
    """Return a name as it is kept; raise InputError for one that cannot be, or that one of the others has."""
    tidy = _tidy(name)
    if not tidy or tidy.startswith("-"):
        raise InputError(f"{name!r} is no name of a set.", "Give it a name that does not begin with a dash.")
    if len(tidy) > LONGEST_NAME:
        raise InputError(f"The name has {len(tidy)} characters.", f"{LONGEST_NAME} is the most.")
    for other in others:
        if folded(tidy).casefold() == folded(other.name).casefold() or tidy == other.key:
            raise InputError(f"There is a set {other.name!r} already.", fix)
    return tidy


def _found(sets: Sequence[SetFolder], name: str, message: str, fix: str) -> SetFolder:
    """Return the set with this very name, else the one that alone has it but for case and accents, else by its key."""
    like = folded(_tidy(name)).casefold()
    for wanted in ([one for one in sets if one.name == name], [one for one in sets if one.key == name]):
        if wanted:
            return wanted[0]
    loose = [one for one in sets if folded(one.name).casefold() == like]
    if len(loose) != 1:
        raise InputError(message, fix)
    return loose[0]


def _told(sets: Sequence[SetFolder], name: str) -> str:
    """Say which set may be meant by a name, or else which there are."""
    if not sets:
        return "There is none at all. Make it with: paperchat sets create NAME"
    like = {one.name: spelling_likeness(plain_letters(name), plain_letters(one.name)) for one in sets}
    nearest = max(like, key=lambda own: like[own])
    if like[nearest] >= ALIKE:
        return f"Did you mean {nearest!r}? Or make it with: paperchat sets create NAME"
    return f"There {'are' if len(sets) > 1 else 'is'} {', '.join(map(repr, like))}. See: paperchat sets"


def _free_key(data: Path, name: str) -> str:
    """Return the name of a folder for a set, which none has or had."""
    own = _NO_KEY.sub("-", folded(name).lower()).strip("-")[:LONGEST_KEY].strip("-") or "set"
    taken = {FIRST, *(path.name for path in (data / _SETS, data / _SETS / _DELETED) for path in _inside(path))}
    numbered = (own, *(f"{own}-{number}" for number in range(2, len(taken) + 3)))
    return next(key for key in numbered if key not in taken)


def _inside(folder: Path) -> list[Path]:
    with suppress(OSError):
        return list(folder.iterdir())
    return []
