"""Where the page can be asked that has a set open: told in the set's folder, in a file that its user alone can read."""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from paperchat.text.typed_json import ShapeError, read_json

_NAME = "page.json"


@dataclass(frozen=True, slots=True)
class Address:
    """A page on this machine: where it listens, the secret that opens its door to commands, and its process."""

    host: str
    port: int
    token: str
    process: int

    @property
    def url(self) -> str:
        """The page as a browser on this machine finds it."""
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"


def write_address(folder: Path, address: Address) -> None:
    """Tell commands where to ask; where the folder cannot be written nothing is told."""
    draft = folder / f"{_NAME}.new"
    with suppress(OSError):
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(asdict(address), file)
        draft.replace(folder / _NAME)


def read_address(folder: Path) -> Address | None:
    """Return what was told last, None where nothing was or another user could have told it; the page may be gone."""
    path = folder / _NAME
    try:
        told = path.stat()
        if hasattr(os, "getuid") and (told.st_uid != os.getuid() or told.st_mode & 0o077):
            return None
        return read_json(Address, path.read_bytes())
    except (OSError, ShapeError):
        return None


def remove_address(folder: Path, address: Address) -> None:
    """Tell no longer that this page can be asked."""
    with suppress(OSError):
        if read_address(folder) == address:
            (folder / _NAME).unlink()
