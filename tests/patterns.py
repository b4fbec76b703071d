"""Finds every pattern of the package, and times each on the texts made for it; run as a program, it prints the slow."""

import dataclasses
import faulthandler
import importlib
import pkgutil
import re
import sys
import time
from collections.abc import Iterator, Mapping
from typing import Any

import paperchat
from tests.attacks import Attack, attacks

TINY, SMALL, LARGE = 250, 1_000, 10_000
WORTH = 0.0002
"""Seconds at the small size from which on it is compared with the tiny one: what is quadratic takes at the large one a
hundred times that."""
STEEP = 4.4
"""The small text is four times the tiny one: what takes so many times as long may be slow, and the large one is tried.
What grows to GROWTH and FLOOR there takes at least 4.8 times as long here, whatever part of it is linear."""
GROWTH, FLOOR = 30.0, 0.05
"""A pattern is slow where ten times the text takes so many times as long, and so many seconds."""
DOUBLED, PLAIN = 2.8, 1.0
"""And where twice that text takes so many times as long again, which one that looks ahead so far alone does not; asked
below so many seconds."""
HANGS = 20.0
"""Seconds after which a text that still runs ends the program; it has named the pattern."""


def patterns() -> dict[str, re.Pattern[str]]:
    """Return each compiled pattern that a module of the package holds, by where it stands."""
    found: dict[str, re.Pattern[str]] = {}
    for info in pkgutil.walk_packages(paperchat.__path__, "paperchat."):
        if info.name != "paperchat.__main__":
            module = importlib.import_module(info.name)
            for name, value in vars(module).items():
                for place, pattern in _held(value, f"{info.name}.{name}", module.__name__):
                    found.setdefault(place, pattern)
    unique = {(pattern.pattern, pattern.flags): place for place, pattern in reversed(found.items())}
    return {place: found[place] for place in sorted(unique.values())}


def _held(value: Any, place: str, module: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield place, value
    for name, item in _parts(value, module):
        yield from _held(item, f"{place}{name}", module)


def _parts(value: Any, module: str) -> list[tuple[str, Any]]:
    """Return what a value holds, each with its name: items, fields, and what a class of the module has."""
    if isinstance(value, Mapping):
        return [(f"[{key!r}]", item) for pair in value.items() for key, item in (pair, pair[::-1])]
    if isinstance(value, (tuple, list, set, frozenset)):
        return [(f"[{number}]", item) for number, item in enumerate(value)]
    if isinstance(value, type):
        own = value.__module__ == module
        return [(f".{name}", item) for name, item in vars(value).items() if own and not name.startswith("__")]
    if dataclasses.is_dataclass(value):
        return [(f".{field.name}", getattr(value, field.name)) for field in dataclasses.fields(value)]
    return []


def seconds(pattern: re.Pattern[str], text: str) -> float:
    """Return the processor time in which a pattern is tried at the start and all through a text."""
    began = time.process_time()
    for _ in pattern.finditer(text):
        pass
    pattern.match(text)
    pattern.fullmatch(text)
    return time.process_time() - began


def slow(pattern: re.Pattern[str]) -> tuple[Attack, float, float] | None:
    """Return the first text on which a pattern takes more than linear time, with the two times; None if on none.

    Each time is the least of three where it matters.
    """
    for attack in attacks(pattern):
        faulthandler.dump_traceback_later(HANGS, exit=True, file=sys.stderr)
        few = attack.text(SMALL)
        small = seconds(pattern, few)
        if small > WORTH and small > STEEP * min(seconds(pattern, attack.text(TINY)) for _ in range(3)):
            small = min(seconds(pattern, few) for _ in range(3))
            large = seconds(pattern, attack.text(LARGE)) if small > WORTH else 0.0
            if large > max(FLOOR, GROWTH * small) and (large > PLAIN or _grows(pattern, attack)):
                return attack, small, large
    return None


def _grows(pattern: re.Pattern[str], attack: Attack) -> bool:
    """Return whether twice the large text takes more than about twice as long, each the least of three."""
    once, twice = (min(seconds(pattern, attack.text(size)) for _ in range(3)) for size in (LARGE, 2 * LARGE))
    return twice > DOUBLED * once


def main(names: list[str]) -> None:
    """Print the name of each pattern before it is tried, and what holds it after."""
    every = patterns()
    for name in names or every:
        print(name, flush=True)
        if found := slow(every[name]):
            print(f"\t{found[0]} {found[1]:.4f} s, {found[2]:.4f} s", flush=True)
    faulthandler.cancel_dump_traceback_later()


if __name__ == "__main__":
    main(sys.argv[1:])
