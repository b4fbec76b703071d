"""The English words and phrases that are looked for: one data file a list, read once, and patterns built from them.

A file `<list>.txt` has an entry a line, sorted; a line that begins with "#" says what the list is and who uses it. An
entry may have further cells, parted by tabs: the subsets that a word is of, a value, or what the file says of them.
"""

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources

from paperchat.errors import PaperchatError


@cache
def rows(name: str, cells: int = 0) -> tuple[tuple[str, ...], ...]:
    """Return the entries of a list, each as its cells; with `cells`, each entry has to have that many."""
    file = resources.files(__name__).joinpath(f"{name}.txt")
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PaperchatError(f"The word list {file} cannot be read: {error}.", "Install paperchat again.") from error
    return read_rows(lines, str(file), cells)


def read_rows(lines: Iterable[str], file: str, cells: int = 0) -> tuple[tuple[str, ...], ...]:
    """Return the entries of a list's lines; raise PaperchatError, which names the line, where one is malformed."""
    found = []
    for number, line in enumerate(lines, 1):
        if line.startswith("#"):
            continue
        row = tuple(line.split("\t"))
        if not row[0] or any(cell != cell.strip() for cell in row) or (cells and len(row) != cells):
            wanted = f"{cells} cells parted by tabs" if cells else "an entry without spaces around it"
            raise PaperchatError(f"Line {number} of {file} is not {wanted}: {line!r}.", "Mend that line.")
        found.append(row)
    if not found:
        raise PaperchatError(f"{file} has no entries.", "Install paperchat again.")
    return tuple(found)


@cache
def words(name: str) -> frozenset[str]:
    """Return the words of a list, or of a subset of one: "works", "works.several"."""
    file, _, subset = name.partition(".")
    found = frozenset(word for word, *kinds in rows(file) if not subset or subset in " ".join(kinds).split())
    if not found:
        raise PaperchatError(f"The word list {file}.txt has no subset {subset!r}.", "Mend its name.")
    return found


@cache
def values(name: str, kind: str = "") -> dict[str, float]:
    """Return the value of each word of a list of word, value and kind, or of those of one kind."""
    return {word: float(value) for word, value, own in rows(name, 3) if kind in ("", own)}


def any_of(*names: str) -> str:
    """Return the part of a pattern that matches any entry of these lists, the longest first.

    An asterisk at the end of an entry stands for any further letters.
    """
    entries = {entry for name in names for entry in words(name)}
    return one_of(_expression(entry) for entry in entries)


def one_of(expressions: Iterable[str]) -> str:
    """Return the part of a pattern that matches any of these expressions, the longest first."""
    return f"(?:{'|'.join(sorted(set(expressions), key=lambda one: (-len(one), one)))})"


def _expression(entry: str) -> str:
    begun = entry.removesuffix("*")
    return re.escape(begun).replace(r"\ ", " ").replace(r"\-", "-") + r"\w*" * (begun != entry)
