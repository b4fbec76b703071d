"""What a benchmark leaves behind: a JSON file, and a Markdown report that names versions, machine and settings."""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from paperchat import __version__
from paperchat.evaluation.environment import describe_commit, describe_machine
from paperchat.paths import CHECKOUT, PACKAGE
from paperchat.storage.atomic import write_whole

PACKAGES = (
    "llama-index-core", "llama-index-vector-stores-chroma", "llama-index-llms-ollama", "chromadb",
    "bm25s", "onnxruntime", "numpy", "ollama",
)  # fmt: skip

Row = Mapping[str, Any]


def write(folder: Path, part: str, settings: Row, tables: Mapping[str, Sequence[Row]], notes: Sequence[str]) -> Path:
    """Write `<part>.json` and `<part>.md`; return the path of the latter."""
    facts = {
        "part": part,
        "when": datetime.now(timezone.utc).isoformat(timespec="minutes"),
        "settings": dict(settings),
        "versions": versions(),
        "machine": {**describe_machine(), "load_1min": _load()},
    }
    folder.mkdir(parents=True, exist_ok=True)
    save(folder / f"{part}.json", {**facts, "tables": tables, "notes": list(notes)})
    target = folder / f"{part}.md"
    write_whole(target, markdown(facts, tables, notes))
    return target


def save(path: Path, value: Any) -> None:
    """Write JSON whole or not at all."""
    write_whole(path, json.dumps(value, indent=1, ensure_ascii=False))


def markdown(facts: Mapping[str, Any], tables: Mapping[str, Sequence[Row]], notes: Sequence[str]) -> str:
    """Return the report: what was run on what, the tables, the notes."""
    lines = [f"# bench {facts['part']}", ""]
    for name in ("settings", "versions", "machine"):
        lines += [f"- {name}: {', '.join(f'{key} {value}' for key, value in facts[name].items())}"]
    lines += [f"- when: {facts['when']}", ""]
    for title, rows in tables.items():
        lines += [f"## {title}", "", table(rows), ""]
    return "\n".join([*lines, *(f"- {note}" for note in notes)]) + "\n"


def table(rows: Sequence[Row]) -> str:
    """Return rows as a Markdown table; its columns are all keys, in order of first appearance."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    lines = [columns, ["---"] * len(columns), *([_cell(row.get(column)) for column in columns] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.3f}" if abs(value) < 1 else f"{value:.2f}" if abs(value) < 10 else f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def versions() -> dict[str, str]:
    """Return the versions of what is measured, and a digest of the code that was run."""
    installed = {name: version(name) for name in PACKAGES if _installed(name)}
    return {"paperchat": __version__, **installed, "commit": describe_commit(CHECKOUT), "code": code_digest()}


def _installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


def code_digest() -> str:
    """Return the first 12 hexadecimal digits of the SHA-256 of the package's and the benchmarks' code."""
    digest = hashlib.sha256()
    for path in sorted((*PACKAGE.rglob("*.py"), *Path(__file__).parent.glob("*.py"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _load() -> float | None:
    return round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None
