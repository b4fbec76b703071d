"""Files that a command writes: checked before the work, and said where they are."""

from pathlib import Path

from paperchat.cli.progress import say
from paperchat.errors import InputError


def check_place(path: Path) -> None:
    """Raise InputError for a file that could not be written."""
    if not path.parent.is_dir() or path.is_dir():
        raise InputError(f"Cannot write {path}: no such folder, or a folder itself.", "Choose another place.")


def write_file(path: Path, text: str, name: str) -> None:
    """Write a text, and say where it is; raises InputError where that fails."""
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise InputError(f"Cannot write {path}: {error.strerror}.", "Choose another place.") from None
    say(f"The {name} is in {path}.")
