"""The manifest: which index is in force, what it was made of, and the seals of its files."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from paperchat.errors import StoreError
from paperchat.storage.atomic import write_whole
from paperchat.storage.seal import Seal, check_seals, seal_rows, seals_of

RECIPE = ("embedder", "dimension", "chunking", "chroma", "keywords", "nodes", "server")
"""The fields of a manifest in which an index must agree with what would be built now."""

NAME = "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """What the index was made of; another embedder, recipe or set of chunks makes it stale."""

    folder: str
    embedder: str
    dimension: int
    chunking: str
    papers: int
    chunks: int
    digest: str
    chroma: str
    files: Mapping[str, Seal] = field(default_factory=dict)
    """Of every file of the index; empty in a manifest of an earlier version."""
    keywords: str = ""
    nodes: str = ""
    server: str = ""
    """Address of the Chroma server that holds the vectors; empty: they are in the folder."""

    def differs(self, other: "Manifest") -> str:
        """Return the first field of the recipe in which two manifests differ, or an empty string."""
        return next((name for name in RECIPE if getattr(self, name) != getattr(other, name)), "")


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest of a store, or None when there is none that can be read."""
    try:
        row: Any = json.loads((folder / NAME).read_text(encoding="utf-8"))
        manifest = Manifest(**row)
        known = replace(manifest, files=seals_of(manifest.files))
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return None
    return known if _is_whole(known) else None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Put a manifest in force by one atomic write. Raises OSError."""
    row = {**asdict(manifest), "files": seal_rows(manifest.files)}
    write_whole(folder / NAME, json.dumps(row, indent=1))


def has_manifest(folder: Path) -> bool:
    """Tell whether there is a manifest, readable or not; raise StoreError for what is no file."""
    path = folder / NAME
    if path.exists() and not path.is_file():
        raise StoreError(f"{path} is no file.", "Move it away: the index is then built again from the record.")
    return path.exists()


def is_known(source: Path, manifest: Manifest, was_opening: bool) -> bool:
    """Tell whether each file of an index is known to be as it was left; raise StoreError when one is known not to be.

    A kill while it was opened, or an earlier version, leaves what must be tried.
    """
    if not manifest.files:
        return False
    try:
        return check_seals(source, manifest.files)
    except StoreError:
        if not was_opening:
            raise
        words = {name: seal for name, seal in manifest.files.items() if name.startswith("bm25/")}
        check_seals(source / "bm25", {name[5:]: seal for name, seal in words.items()})
        return False


def _is_whole(manifest: Manifest) -> bool:
    """Tell whether the values that paths and comparisons are made of are what they must be."""
    plain = isinstance(manifest.folder, str) and manifest.folder.startswith("index-")
    return plain and manifest.folder[6:].isdigit() and isinstance(manifest.papers, int)
