"""What is made once and then kept, also when many threads ask for it at the same time. Pure."""

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import TypeVar

Made = TypeVar("Made")


def once(make: Callable[[], Made]) -> Callable[[], Made]:
    """Return what `make` makes at the first call, again at each further one; whoever comes meanwhile waits.

    functools.cache would let each of them make one of their own, at the cost of its memory.
    """
    turn, made = Lock(), list[Made]()

    @wraps(make)
    def kept() -> Made:
        with turn:
            if not made:
                made.append(make())
            return made[0]

    return kept
