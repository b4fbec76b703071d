"""Work in steps: a generator that gives control back while it waits, so that whoever waits for it can close it."""

from collections.abc import Generator
from contextlib import closing
from typing import TypeVar

Result = TypeVar("Result")
Shown = TypeVar("Shown")


def meanwhile(shown: Shown, steps: Generator[object, None, Result]) -> Generator[Shown, None, Result]:
    """Yield `shown` at each step and return the steps' result; closing this closes them."""
    with closing(steps):
        while True:
            try:
                next(steps)
            except StopIteration as end:
                result: Result = end.value
                return result
            yield shown


def result_of(steps: Generator[object, None, Result]) -> Result:
    """Return the result of the steps, after all of them."""
    try:
        while True:
            next(steps)
    except StopIteration as end:
        result: Result = end.value
        return result
