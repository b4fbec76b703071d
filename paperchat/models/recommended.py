"""Which model to install, by the memory of this machine: the one table of that."""

import ctypes
import os
import sys
from dataclasses import dataclass
from urllib.parse import urlsplit

from paperchat.settings import LOOPBACK
from paperchat.text.once import once

SHARE = 0.45
"""Of a machine's memory that a model and what it reads may take: system, browser and papers need the rest."""

UNKNOWN = 8.0
"""GB of memory that a machine is taken to have which does not tell."""


@dataclass(frozen=True, slots=True)
class Recommended:
    """A model by what `ollama pull` calls it; `download` is its size in GB.

    A `slow` one writes at reading speed on a graphics card alone, and is therefore never the first choice; whether
    there is a card, paperchat does not guess.
    """

    name: str
    download: float
    thinks: bool = False
    slow: bool = False

    @property
    def takes(self) -> float:
        """The memory in GB that it and what it reads take: 1 GB more than it, or a tenth."""
        return self.download + max(1, self.download / 10)

    @property
    def about(self) -> str:
        """What is said beside its name."""
        told = [f"{self.download:g} GB to download"]
        told += ["can think first"] * self.thinks + ["slow without a graphics card"] * self.slow
        return ", ".join(told)

    @property
    def command(self) -> str:
        """The line that installs it."""
        return f"ollama pull {self.name}"


TABLE = (
    Recommended("qwen2.5:1.5b", 1.0),
    Recommended("qwen2.5:3b", 1.9),
    Recommended("qwen3:8b", 5.2, thinks=True),
    Recommended("qwen2.5:7b", 4.7),
    Recommended("qwen2.5:14b", 9.0, slow=True),
    Recommended("qwen2.5:32b", 20, slow=True),
)
"""Of those that suit a machine, the last that is not slow is the best; the first is for all that are too small."""


def fitting(memory: float | None) -> tuple[Recommended, ...]:
    """Return the models that suit so many GB of memory, the best first."""
    suit = [one for one in reversed(TABLE) if one.takes <= SHARE * (memory or UNKNOWN)]
    return tuple(sorted(suit, key=lambda one: one.slow)) or TABLE[:1]


def why(memory: float | None, best: Recommended) -> str:
    """Return the line that says what is recommended, and why."""
    if memory is None:
        return f"{best.name} runs on most machines; how much memory there is where Ollama runs is not known."
    takes = f"it and what it reads take some {best.takes:.0f} GB of them"
    return f"{best.name} suits {memory:.0f} GB of memory: {takes}. Larger ones need more, or a graphics card."


def memory_at(host: str) -> float | None:
    """Return the memory in GB of the machine at this address, None where that is not this one, or does not tell."""
    return memory_here() if urlsplit(host).hostname in LOOPBACK else None


def best_at(host: str) -> str:
    """Return the name of the model that is recommended for the server at this address."""
    return fitting(memory_at(host))[0].name


@once
def memory_here() -> float | None:
    """Return the memory of this machine in GB, None where it does not tell."""
    try:
        if sys.platform == "win32":
            size = _windows_memory()
        else:
            size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return None
    return size / 1e9 if size > 0 else None


def _windows_memory() -> int:
    """Return what Windows tells in its MEMORYSTATUSEX: two words of 32 bits, its own length first, then 64-bit ones."""
    status = (ctypes.c_uint64 * 8)(ctypes.sizeof(ctypes.c_uint64 * 8))
    ctypes.WinDLL("kernel32").GlobalMemoryStatusEx(ctypes.byref(status))  # type: ignore[attr-defined,unused-ignore]
    return status[1]  # ullTotalPhys
