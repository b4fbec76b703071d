"""How tests of readers read: texts of their own, and the files of the shared library."""

from pathlib import Path
from types import ModuleType

from paperchat.storage.readers.entry import Entry, Fault, Source


def read(reader: ModuleType, text: str | bytes) -> tuple[list[Entry], list[Fault]]:
    """Return the entries and the faults of a text that the reader has to recognise."""
    source = Source("file", text if isinstance(text, bytes) else text.encode())
    assert reader.recognises(source)
    found = list(reader.read(source))
    return [one for one in found if isinstance(one, Entry)], [one for one in found if isinstance(one, Fault)]


def one(reader: ModuleType, text: str | bytes) -> Entry:
    """Return the one entry of a text, which has no fault."""
    (entry,), faults = read(reader, text)
    assert not faults
    return entry


def library(shared: Path, reader: ModuleType, name: str) -> tuple[list[Entry], list[Fault]]:
    """Return what a file of the shared library holds."""
    return read(reader, (shared / "library" / name).read_bytes())


def counts(entries: list[Entry]) -> tuple[int, int]:
    """Return how many entries there are, and how many have an abstract."""
    return len(entries), sum(bool(entry.abstract) for entry in entries)
