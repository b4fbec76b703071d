"""What became of the entries that were read, in words and as JSON."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from paperchat.text.mending import counted

TOLD = 5
"""Most replaced papers told by their titles."""

SHOWN = 20
"""Most faults told in words, one by one."""


COUNTS = ("added", "changed", "unchanged", "merged", "without_abstract", "removed")
"""What is counted, as programs read it; `removed` where a source is followed."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """What was not taken: the file, the place in it ("" for all of it), and why."""

    file: str
    place: str
    reason: str

    def __str__(self) -> str:
        """The fault as a line."""
        return f"{self.file}, {self.place}: {self.reason}" if self.place else f"{self.file}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Report:
    """The papers of an import: new ones, those that have become other, and those that are as they were.

    `merged` entries were of a work that another entry, or a paper of the set under another title, is of, too.
    `without_abstract` counts the papers that have none: they are found by title. `removed` counts those that are to go,
    None where no source is followed. Told in words alone are `replaced`, titles whose text was another, `mended`,
    characters that were there by mistake, such as ("soft hyphen", 2), and `stayed`, lines on papers that a source that
    is followed no longer has. `pdfs` are the ids of new or changed papers whose title and abstract a PDF gave.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    merged: int = 0
    without_abstract: int = 0
    rejected: tuple[Rejected, ...] = ()
    replaced: tuple[str, ...] = ()
    mended: tuple[tuple[str, int], ...] = ()
    removed: int | None = None
    stayed: tuple[str, ...] = ()
    pdfs: tuple[str, ...] = ()

    @property
    def papers(self) -> int:
        """The papers that the files have."""
        return self.added + self.changed + self.unchanged

    def as_json(self) -> dict[str, Any]:
        """Return the report in the documented form."""
        told: dict[str, Any] = {name: getattr(self, name) for name in COUNTS if getattr(self, name) is not None}
        return {**told, "rejected": [asdict(one) for one in self.rejected]}

    def lines(self, faults: bool = True) -> Iterator[str]:
        """Yield the report as people read it, with the `faults` one by one."""
        removed = f", {self.removed:,} removed" if self.removed is not None else ""
        yield f"{_papers(self.added)} added, {self.changed:,} changed, {self.unchanged:,} unchanged{removed}."
        yield from self.stayed
        for title in self.replaced[:TOLD]:
            yield f"Replaced: “{title}” was there with another text."
        if len(self.replaced) > TOLD:
            yield f"Replaced: {len(self.replaced) - TOLD:,} more."
        if self.mended:
            yield f"Mended: {', '.join(counted(kind, count) for kind, count in self.mended)}."
        if self.merged:
            yield f"{_count(self.merged, 'entry was', 'entries were')} merged: another one is of the same work."
        if self.without_abstract:
            has = "has" if self.without_abstract == 1 else "have"
            yield f"{_papers(self.without_abstract)} {has} no abstract: found by title, listed and cited."
        if self.rejected:
            yield f"{_count(len(self.rejected), 'entry or file was', 'entries or files were')} not taken:"
        for one in self.rejected[: SHOWN * faults]:
            yield f"  {one}"
        if faults and len(self.rejected) > SHOWN:
            yield f"  and {len(self.rejected) - SHOWN:,} more: paperchat index --json tells all."


def _papers(count: int) -> str:
    return _count(count, "paper", "papers")


def _count(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
