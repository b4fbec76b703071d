"""Files that are whole at every moment, whatever happens to the process."""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from paperchat.errors import InputError


def write_whole(path: Path, text: str) -> None:
    """Replace a file's text at once: a reader, or a kill, finds the old text or the new. Raises OSError."""
    draft = path.with_name(f"{path.name}.new")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


class Journal:
    """Rows of work done under certain conditions, kept in a JSONL file whose first line is those conditions.

    `rows` are those that are there already. Under other conditions the file is put aside as `<name>.old` and begun
    anew: `changed` names what differs. A last line cut by a kill is dropped. Raises InputError when the file cannot be
    written.
    """

    def __init__(self, path: Path, conditions: Mapping[str, Any], fresh: bool) -> None:
        self._path = path
        before, rows = _read(path)
        both = {**before, **conditions} if before else {}
        self.changed = [name for name in both if before.get(name) != conditions.get(name)]
        self.rows: list[dict[str, Any]] = [] if fresh or self.changed else rows
        try:
            if rows and not self.rows:
                path.replace(path.with_name(f"{path.name}.old"))
            write_whole(path, "".join(json.dumps(line) + "\n" for line in (conditions, *self.rows)))
            self._file = path.open("a", encoding="utf-8")
        except OSError as error:
            raise InputError(f"Cannot write {path}: {error.strerror}.", "Choose another with --output.") from None

    def __enter__(self) -> "Journal":
        """Return the journal."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._file.close()

    def append(self, row: Mapping[str, Any]) -> None:
        """Add a row; when this returns it is on the disk."""
        self._file.write(json.dumps(row) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())


def _read(path: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the conditions and the rows, both empty when there are none."""
    lines = list(_whole_lines(path))
    return (lines[0], lines[1:]) if lines else ({}, [])


def _whole_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSONL file up to the first line that is cut or no object."""
    try:
        with path.open(encoding="utf-8") as file:
            for line in file:
                value = json.loads(line)
                if not isinstance(value, dict):
                    return
                yield value
    except (FileNotFoundError, ValueError):
        return
    except OSError as error:
        raise InputError(f"Cannot read {path}: {error.strerror}.", "Choose another with --output.") from None
