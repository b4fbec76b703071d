"""Whether an index can be opened, tried in a process of its own: a damaged one may end the process that opens it."""

import subprocess
import sys
from pathlib import Path

from paperchat.errors import StoreError
from paperchat.paths import PACKAGE
from paperchat.storage.chroma import VectorIndex
from paperchat.storage.sqlite import is_sound

LONGEST = 600
"""Seconds after which a process that opens an index is taken to hang: one of 100,000 papers opens in three."""


def try_index(folder: Path) -> None:
    """Raise StoreError for a vector index that cannot be opened and searched; this process is in no danger."""
    command = [sys.executable, "-W", "ignore", "-m", "paperchat.storage.probe", str(folder.resolve())]
    try:
        done = subprocess.run(command, cwd=PACKAGE.parent, capture_output=True, timeout=LONGEST, check=False)  # noqa: S603 -- our own module
    except (OSError, subprocess.TimeoutExpired) as error:
        raise StoreError(f"it could not be tried: {type(error).__name__}") from None
    if done.returncode:
        raise StoreError("Chroma cannot open it")


def main(folder: Path) -> int:
    """Open the index in this process and read all of it."""
    if not is_sound(folder / "chroma.sqlite3"):
        return 1
    try:
        index = VectorIndex(folder)
        for vector in index.stored(sorted(index.ids())[:1]).values():
            index.search(vector, 1)
        index.close()
    except StoreError:
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
