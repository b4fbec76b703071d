"""The sets of a data folder, each an App of its own: opened when first asked for, closed when long not in use."""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Condition, Lock
from typing import TYPE_CHECKING

from paperchat.errors import InputError, StoreError
from paperchat.settings import Settings
from paperchat.storage.address import Address, remove_address, write_address
from paperchat.storage.set_folders import (
    FIRST,
    SetFolder,
    create_set,
    delete_set,
    deleted_sets,
    find_set,
    rename_set,
    restore_set,
    set_folders,
)

if TYPE_CHECKING:
    from paperchat.app import App

MOST_OPEN = 4
"""Sets that stay open while nobody uses them: the latest ones."""

PATIENCE = 5.0
"""Seconds for which the deletion of a set waits for those who use it just now, as a page does that is still reading."""


@dataclass(eq=False)
class _Opened:
    """An open set, and how many use it just now."""

    app: "App"
    folder: Path
    uses: int = 0

    @property
    def is_used(self) -> bool:
        """Whether anybody uses it, or papers are being taken in."""
        return bool(self.uses or self.app.imports.state().stage)


class Sets:
    """The sets, for a process that serves them all; threads may share it. A key is that of a set, or empty.

    An empty one is the set that `settings` name, the first where they name none.
    """

    def __init__(
        self, settings: Settings, open_app: Callable[[Settings], "App"], address: Address | None = None
    ) -> None:
        """Know the sets below the data folder; `open_app` opens the one whose folder is the data of its settings.

        While one is open, its folder tells the `address` of who serves it.
        """
        self.settings, self.address, self._open_app = settings, address, open_app
        find_set(settings.data, settings.set)  # one that is not there is told at once
        self._opened: OrderedDict[str, _Opened] = OrderedDict()
        self._looking = Condition(Lock())
        self._turns: dict[str, Lock] = {}

    def __enter__(self) -> "Sets":
        """Return the sets."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close all."""
        with self._looking:
            while self._opened:
                self._close(self._opened.popitem()[1])

    @property
    def own(self) -> str:
        """The key of the set that an empty one means: another one where that was deleted."""
        try:
            return find_set(self.settings.data, self.settings.set).key
        except InputError:
            return find_set(self.settings.data, "").key

    @contextmanager
    def using(self, key: str = "") -> Iterator["App"]:
        """Hold a set open, and give its App. Raises InputError where there is none, StoreError."""
        opened = self._taken(self.find(key).key)
        try:
            yield opened.app
        finally:
            with self._looking:
                opened.uses -= 1
                self._looking.notify_all()

    def find(self, key: str = "") -> SetFolder:
        """Return the set with this key. Raises InputError."""
        wanted, there = key or self.own, self.all() or (find_set(self.settings.data, ""),)
        found = next((one for one in there if one.key == wanted), None)
        if found is None:
            raise InputError(f"The set {wanted!r} is not here.", "It may have been deleted: choose another.")
        return found

    def is_open(self, key: str) -> bool:
        """Tell whether a set is open just now."""
        return key in self._opened

    def all(self) -> tuple[SetFolder, ...]:
        """Return the sets, the first one first; none where all were deleted."""
        return set_folders(self.settings.data)

    def deleted(self) -> tuple[SetFolder, ...]:
        """Return the sets that can be put back, the one that was deleted last first."""
        return deleted_sets(self.settings.data)

    def create(self, name: str) -> SetFolder:
        """Make an empty set. Raises InputError, StoreError."""
        return create_set(self.settings.data, name)

    def rename(self, key: str, name: str) -> SetFolder:
        """Call a set otherwise. Raises InputError, StoreError."""
        return rename_set(self.settings.data, self.find(key).key, name)

    def delete(self, key: str) -> SetFolder:
        """Move a set aside, which nobody may use just now. Raises InputError, StoreError."""
        one = self.find(key)
        with self._turn(one.key), self._looking:
            opened = self._opened.get(one.key)
            if opened:
                self._looking.wait_for(lambda: not opened.uses, PATIENCE)
            if opened and opened.is_used:
                raise StoreError(
                    f"The set {one.name!r} is in use just now.", "Wait for what is going on in it, or stop that."
                )
            if opened:
                self._close(self._opened.pop(one.key))
            return delete_set(self.settings.data, one.key)

    def restore(self, name: str = "") -> SetFolder:
        """Put a set back that was deleted, without a name the last one. Raises InputError, StoreError."""
        with self._looking:
            opened = self._opened.get(FIRST)
            if opened and not opened.is_used and not opened.app.library.whole:
                self._close(self._opened.pop(FIRST))  # it may be what the first set left, whose place is wanted
        return restore_set(self.settings.data, name)

    def _taken(self, key: str) -> _Opened:
        """Return a set, which is opened if it is not, as one more uses it; who wants it meanwhile waits."""
        with self._turn(key):
            with self._looking:
                opened = self._opened.get(key)
                if opened:
                    opened.uses += 1
                    self._opened.move_to_end(key)
                    return opened
            self._make_room()
            folder = self.find(key).folder
            opened = _Opened(self._open_app(replace(self.settings, data=folder, set="")), folder, 1)
            if self.address:
                write_address(folder, self.address)
            with self._looking:
                self._opened[key] = opened
            return opened

    def _turn(self, key: str) -> Lock:
        with self._looking:
            return self._turns.setdefault(key, Lock())

    def _make_room(self) -> None:
        """Close those that nobody uses and that were asked for longest ago, as far as there are too many."""
        with self._looking:
            idle = [key for key, opened in self._opened.items() if key != self.own and not opened.is_used]
            for key in idle[: max(0, len(self._opened) + 1 - MOST_OPEN)]:
                with suppress(StoreError):
                    self._close(self._opened.pop(key))

    def _close(self, opened: _Opened) -> None:
        if self.address:
            remove_address(opened.folder, self.address)
        opened.app.close()
