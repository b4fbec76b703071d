"""The faces of packages: the names that each hands on, whose modules are imported when one is first asked for."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def face(package: str, names: Mapping[str, str]) -> tuple[Callable[[str], Any], list[str]]:
    """Return the `__getattr__` (PEP 562) and `__all__` of a package that hands on names, each from a module of its own.

    The lookup raises AttributeError for any other name.
    """

    def look_up(name: str) -> Any:
        if name not in names:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{names[name]}"), name)

    return look_up, sorted(names)
