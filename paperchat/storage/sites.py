"""Where the vectors of an index are: in its folder, or in a Chroma server that its folder names."""

import shutil
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from paperchat.storage.chroma import VectorIndex
from paperchat.storage.folder import remove_index
from paperchat.storage.probe import try_index


@dataclass(frozen=True, slots=True)
class Searching:
    """How a store is searched: its vectors by the Chroma `server` at a URL, or without one from its folder.

    `once`: for a few questions; a small set is then searched without Chroma.
    """

    server: str = ""
    once: bool = False


FOLDER = Searching()


class Site(Protocol):
    """Where the vector indexes of a store are, each known by the folder of its index; all raise StoreError, OSError."""

    def open(self, folder: Path, ids: Container[str], /) -> VectorIndex:
        """Open the index of a folder, empty where it has none; of what is added elsewhere `ids` alone are found."""

    def try_out(self, folder: Path) -> None:
        """Raise StoreError for an index that would end the process that opens it."""

    def copy(self, source: Path, folder: Path) -> None:
        """Let a folder without an index begin with that of another, whose searches find nothing that is then added."""

    def remove(self, folder: Path) -> None:
        """Delete the folder of an index, and its vectors unless another index has them too."""


def site_of(how: Searching) -> Site:
    """Return where the vectors of a store are that is searched so; nothing is asked of a server yet."""
    if not how.server:
        return FolderSite()
    from paperchat.storage.chroma_server import ServerSite

    return ServerSite(how.server)


class FolderSite:
    """The vectors of each index are in its own folder."""

    def open(self, folder: Path, _: Container[str], /) -> VectorIndex:
        """Open the index of a folder, or make it."""
        return VectorIndex(folder / "chroma")

    def try_out(self, folder: Path) -> None:
        """Raise StoreError for an index that cannot be opened in a process of its own."""
        try_index(folder / "chroma")

    def copy(self, source: Path, folder: Path) -> None:
        """Copy the files of an index."""
        shutil.copytree(source / "chroma", folder / "chroma")

    def remove(self, folder: Path) -> None:
        """Delete the folder."""
        remove_index(folder)
