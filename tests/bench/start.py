"""What a question from the shell costs, beside the import of Chroma, which it cannot do without."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from paperchat.errors import PaperchatError
from paperchat.paths import CHECKOUT

QUESTION = "What is OBoW?"
NOWHERE = "127.0.0.1:1"
"""Where no model server is: the answer is the evidence."""

NOTES = (
    "Each round runs both commands, each in a process of its own; the ratios are those of the rounds.",
    "CPU seconds are of all threads; the embedder loads in one of its own, so seconds fall where cores are free.",
)


def commands(store: Path) -> dict[str, list[str]]:
    """Return what is compared: the import of Chroma alone, and a question asked of a store that is up to date."""
    return {
        "import chromadb": [sys.executable, "-c", "import chromadb"],
        "paperchat ask": [sys.executable, "-m", "paperchat", "ask", QUESTION, "--data", str(store)],
    }


def compare(store: Path, rounds: int, progress: Callable[[int, int], None]) -> list[dict[str, Any]]:
    """Return the seconds of each command and of `ask` as a ratio to the import: least, median and most."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in commands(store)}
    for done in range(rounds + 1):
        progress(max(0, done - 1), rounds)
        for name, command in commands(store).items():
            cost = _cost(command)
            if done:  # the first round warms the disk's cache
                found[name].append(cost)
    progress(rounds, rounds)
    return table(found)


def table(found: Mapping[str, Sequence[tuple[float, float]]]) -> list[dict[str, Any]]:
    """Return rows of (seconds, CPU seconds) by command, and the ratios of the last command to the first."""
    first, *_, last = found
    rows = []
    for place, measure in enumerate(("seconds", "CPU seconds")):
        values = {name: [pair[place] for pair in pairs] for name, pairs in found.items()}
        ratios = [b / a for a, b in zip(values[first], values[last], strict=True)]
        for name, numbers in {**values, f"{last} / {first}": ratios}.items():
            rows.append(
                {"what": name, "measure": measure, "min": min(numbers), "median": median(numbers), "max": max(numbers)}
            )
    return rows


def _cost(command: Sequence[str]) -> tuple[float, float]:
    """Return the seconds and the CPU seconds of a command, which must succeed."""
    before, began = os.times(), time.perf_counter()
    environment = {**os.environ, "OLLAMA_HOST": NOWHERE}
    run = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)
    seconds, after = time.perf_counter() - began, os.times()
    if run.returncode:
        raise PaperchatError(f"{command[1:4]} ended with exit code {run.returncode}.", run.stderr[-300:])
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return seconds, used
