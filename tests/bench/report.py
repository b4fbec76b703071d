"""What a benchmark leaves behind: a JSON file, and a Markdown report that names versions, machine and settings."""

import hashlib
import json
import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from paperchat import __version__
from paperchat.locations import CHECKOUT, PACKAGE

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
        "machine": machine(),
    }
    folder.mkdir(parents=True, exist_ok=True)
    save(folder / f"{part}.json", {**facts, "tables": tables, "notes": list(notes)})
    target = folder / f"{part}.md"
    target.write_text(markdown(facts, tables, notes), encoding="utf-8")
    return target


def save(path: Path, value: Any) -> None:
    """Write JSON whole or not at all."""
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(value, indent=1, ensure_ascii=False), encoding="utf-8")
    draft.replace(path)


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
    """Return the versions of Python and of what is measured, and a digest of the code that was run."""
    installed = {name: version(name) for name in PACKAGES if _installed(name)}
    return {
        "paperchat": __version__,
        "python": platform.python_version(),
        **installed,
        "commit": commit(),
        "code": code_digest(),
    }


def _installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


def commit() -> str:
    """Return the commit checked out, with a plus sign when files differ from it, or "unknown"."""
    try:
        run = ["git", "-C", str(CHECKOUT), "describe", "--always", "--dirty=+", "--abbrev=10", "--exclude=*"]
        return subprocess.run(run, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def code_digest() -> str:
    """Return the first 12 hexadecimal digits of the SHA-256 of the package's and the benchmarks' code."""
    digest = hashlib.sha256()
    for path in sorted((*PACKAGE.rglob("*.py"), *Path(__file__).parent.glob("*.py"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def machine() -> dict[str, Any]:
    """Return cores, memory in GB, system and load, and nothing that names the machine."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    facts: dict[str, Any] = {"cores": cores, "system": f"{platform.system()} {platform.machine()}"}
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        facts["memory_gb"] = round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9, 1)
    if hasattr(os, "getloadavg"):
        facts["load_1min"] = round(os.getloadavg()[0], 1)
    return facts
