"""How paperchat grows: index time, memory, disk, start-up and query time at several sizes, each in its own process."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from paperchat.app import make_embedder
from paperchat.errors import PaperchatError, StoreError
from paperchat.paths import CHECKOUT
from paperchat.protocols import Embedder
from paperchat.settings import Settings
from tests.bench import data, report
from tests.bench.embedders import CachedEmbedder, SyntheticEmbedder, TimedEmbedder
from tests.bench.measures import exponent, percentile
from tests.bench.systems import Paperchat

QUERIES = 100
EVIDENCE = 8
"""Papers asked for, as for an answer."""

SAMPLE = 300
"""Abstracts embedded for real to tell the embedder's speed."""

GROWING = ("index s", "index MB", "serve MB", "disk MB", "start s", "p50 ms", "p95 ms")
SYNTHETIC = (
    "THE VECTORS ARE SYNTHETIC: unit vectors seeded by each text's hash. Nothing here says how good retrieval is, and "
    "'index s' is all but the embedding; the embedder's speed is that of the sample. Questions are embedded for real, "
    "and searched with a synthetic vector."
)
MEASURED = (
    "Memory is the peak of a process of its own, for indexing and for serving (second start and questions). Start: "
    "from opening the store until it can be asked, with the import of its packages, second start, nothing embedded. "
    "'index s' holds the loading of packages, so exponents between small sizes are too low. p50 and p95: evidence "
    "(8 papers with sentences) for 100 questions of LitSearch after one to warm up."
)
NOTES = {
    "random": (SYNTHETIC, MEASURED),
    "cached": ("'embedder s' is embedding or, where a vector was kept, reading it; 'index s' is the rest.", MEASURED),
}

Say = Callable[[str], None]


def measure(size: int, vectors: str, folder: Path, flags: Sequence[str], say: Say) -> dict[str, Any]:
    """Return what one size costs; a result of the same code and vectors that is there already is not measured again."""
    kept = folder / "scale" / f"{size}-{vectors}.json"
    key = [report.code_digest(), list(flags)]
    if kept.is_file() and (found := json.loads(kept.read_text(encoding="utf-8")))["key"] == key:
        say(f"{size:,} papers: measured before with the same code; remove {kept.name} to measure again.")
        return dict(found["row"])
    store = folder / "stores" / f"scale-{size}-{vectors}"
    shutil.rmtree(store, ignore_errors=True)
    say(f"{size:,} papers: indexing.")
    row = {"papers": size, **_child("index", size, vectors, store, folder, flags)}
    row["disk MB"] = sum(path.stat().st_size for path in store.rglob("*") if path.is_file()) / 1e6
    say(f"{size:,} papers: second start and {QUERIES} questions.")
    row |= _child("serve", size, vectors, store, folder, flags)
    shutil.rmtree(store)
    kept.parent.mkdir(parents=True, exist_ok=True)
    report.save(kept, {"key": key, "row": row})
    return row


def _child(step: str, size: int, vectors: str, store: Path, folder: Path, flags: Sequence[str]) -> dict[str, Any]:
    """Run one step in a process of its own, so that its peak memory is its own; its last line is its result."""
    command = [sys.executable, "-m", "tests.bench", "scale-step", *flags, "--size", str(size), "--vectors", vectors]
    command += ["--step", step, "--store", str(store), "--folder", str(folder)]
    run = subprocess.run(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True, check=False)
    if run.returncode:
        problem = f"The step {step!r} of {size:,} papers ended with exit code {run.returncode}."
        raise PaperchatError(problem, "See its lines above; -9 is what a process without memory ends with.")
    return dict(json.loads(run.stdout.splitlines()[-1]))


def run_step(step: str, size: int, vectors: str, store: Path, folder: Path, settings: Settings) -> dict[str, Any]:
    """Do one step in this process and return what it cost."""
    embedder = TimedEmbedder(_embedder(vectors, folder, settings))
    return index(size, store, embedder) if step == "index" else serve(store, embedder)


def _embedder(vectors: str, folder: Path, settings: Settings) -> Embedder:
    real = make_embedder(settings)
    if vectors == "random":
        return SyntheticEmbedder(real)
    return CachedEmbedder(real, folder / "vectors.sqlite3") if vectors == "cached" else real


def index(size: int, store: Path, embedder: TimedEmbedder) -> dict[str, Any]:
    """Index `size` papers into a new store; "index s" is all but the embedder's time."""
    papers = data.ml_papers(size)
    before = peak_memory()
    began = time.perf_counter()
    opened = Paperchat(store, embedder, papers, _to_stderr, _progress())
    seconds = time.perf_counter() - began
    opened.close()
    return {
        "passages": embedder.passages,
        "embedder s": embedder.seconds,
        "index s": seconds - embedder.seconds,
        "papers per s": size / (seconds - embedder.seconds),
        "index MB": peak_memory(),
        "of it papers read MB": before,
    }


def serve(store: Path, embedder: TimedEmbedder) -> dict[str, Any]:
    """Open a store that is there and ask it for evidence; raise StoreError when opening it embeds anything."""
    began = time.perf_counter()
    opened = Paperchat(store, embedder, (), _to_stderr, _progress())
    start = time.perf_counter() - began
    if embedder.passages:
        raise StoreError(f"The second start embedded {embedder.passages:,} passages; it must embed none.")
    texts = data.litsearch_texts()[: QUERIES + 1]
    opened.rank(texts[0], EVIDENCE)
    seconds = []
    for text in texts[1:]:
        began = time.perf_counter()
        opened.rank(text, EVIDENCE)
        seconds.append(time.perf_counter() - began)
    opened.close()
    return {
        "start s": start,
        "embedded at start": embedder.passages,
        "p50 ms": 1000 * (percentile(seconds, 50) or 0.0),
        "p95 ms": 1000 * (percentile(seconds, 95) or 0.0),
        "serve MB": peak_memory(),
    }


def growth(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return, for each two sizes that follow each other, the exponent with which each measure grew."""
    table = []
    for small, large in zip(rows, rows[1:], strict=False):
        sizes = small["papers"], large["papers"]
        exponents = {name: exponent(*sizes, small[name] or 0, large[name] or 0) for name in GROWING}
        table.append({"from": sizes[0], "to": sizes[1], **exponents})
    return table


def embedding_speed(rows: Mapping[str, Any]) -> dict[str, Any]:
    """Return the embedder's speed from the row of a sample that was embedded for real."""
    papers, passages, seconds = rows["papers"], rows["passages"], rows["embedder s"]
    return {"papers": papers, "passages": passages, "seconds": seconds, "papers per s": papers / seconds}


def peak_memory() -> float | None:
    """Return the most memory this process ever had resident, in MB, or None where the system does not tell (Windows).

    Linux keeps it for the program itself (VmHWM); what getrusage says there includes the parent before the exec.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / 1e6
    if sys.platform == "win32":
        return None
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6


def _to_stderr(line: str) -> None:
    print(f"  {line}", file=sys.stderr, flush=True)


def _progress() -> Callable[[int, int], None]:
    from paperchat.cli.progress import Bar

    return Bar().update
