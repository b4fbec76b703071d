"""How fast something gets on, and how long it will still take. Pure: whoever tells what is done tells the time."""

from collections import deque

SPAN = 30.0
"""Seconds that the pace is taken over: what was long ago says little."""


class Pace:
    """What is done of a whole, as it is told time after time."""

    def __init__(self) -> None:
        self.done, self.total = 0, 0
        self._told: deque[tuple[float, int]] = deque()

    def tell(self, done: int, total: int, seconds: float) -> None:
        """Note that so many of all are done at a time, in seconds of any clock."""
        if done < self.done or total != self.total:
            self._told.clear()
        self.done, self.total = done, total
        self._told.append((seconds, done))
        while len(self._told) > 2 and self._told[1][0] < seconds - SPAN:  # noqa: PLR2004 -- a pace is between two
            self._told.popleft()

    @property
    def per_second(self) -> float:
        """How many are done in a second; 0 as long as that is not known."""
        (first, before), (last, now) = (self._told[0], self._told[-1]) if self._told else ((0.0, 0), (0.0, 0))
        return (now - before) / (last - first) if last > first else 0.0

    @property
    def left(self) -> float | None:
        """The seconds that the others will take, None as long as that is not known."""
        return (self.total - self.done) / self.per_second if self.per_second else None


def duration(seconds: float) -> str:
    """Return how long something takes as people say it: "12 s", "4 min 10 s", "2 h 5 min"."""
    whole = round(seconds)
    if whole < 60:  # noqa: PLR2004 -- a minute
        return f"{whole} s"
    if whole < 3600:  # noqa: PLR2004 -- an hour
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600:,} h {whole % 3600 // 60} min"
