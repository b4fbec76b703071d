"""The set as a table: its papers found by the words of what is known of them, filtered, sorted, a page at a time."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from paperchat.text.cleaning import clean
from paperchat.text.folding import folded
from paperchat.types import Paper

ROWS = 50
"""Papers of a page."""

_YEARS = re.compile(r"(\d{1,4})?\s{0,9}(?:([-\u2010-\u2015])\s{0,9}(\d{1,4})?)?")

_EVER = 9_999


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the table: the papers that have all words of `text`, came out in `years`, and are `among` these.

    `years` are as people write them: "2019", "2019-2023", "2019-" or "-2023"; what is no such thing, like an empty
    text, leaves nothing out. `among` are places in the set, None for all. `order` is one of ORDERS, `page` from 1.
    """

    text: str = ""
    years: str = ""
    order: str = "added"
    page: int = 1
    among: Collection[int] | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the table: places in the set of its `rows`, and of `all` that were found; `page` is of `pages`."""

    rows: tuple[int, ...]
    all: tuple[int, ...]
    page: int
    pages: int

    @property
    def first(self) -> int:
        """The number of the first row among all, from 1."""
        return (self.page - 1) * ROWS + 1


ORDERS: dict[str, Callable[[Paper], tuple[object, ...]]] = {
    "added": lambda _: (),
    "title": lambda paper: (compared(clean(paper.title)),),
    "author": lambda paper: (not paper.details.authors, compared(paper.details.by), paper.details.year or _EVER),
    "newest": lambda paper: (-(paper.details.year or 0), *(-part for part in paper.details.date[1:])),
    "oldest": lambda paper: (paper.details.year or _EVER, *paper.details.date[1:]),
}
"""What papers are sorted by; those that are alike in it stay as they were added."""


class Register:
    """The papers of a set, prepared for being listed again and again."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        self.papers = papers
        self._sorted: dict[str, list[int]] = {}

    @cached_property
    def _words(self) -> list[str]:
        return [compared(_known(paper)) for paper in self.papers]

    def listed(self, wanted: Wanted) -> Listed:
        """Return a page of what is wanted; one beyond the last is the last."""
        words, (first, last) = compared(wanted.text).split(), years(wanted.years)
        found: Sequence[int] = self._order(wanted.order)
        if wanted.among is not None:
            among = set(wanted.among)
            found = [place for place in found if place in among]
        if (first, last) != (0, _EVER):
            found = [place for place in found if first <= (self.papers[place].details.year or -1) <= last]
        for word in words:
            found = [place for place in found if word in self._words[place]]
        pages = max(1, -(-len(found) // ROWS))
        page = min(max(1, wanted.page), pages)
        return Listed(tuple(found[(page - 1) * ROWS : page * ROWS]), tuple(found), page, pages)

    def _order(self, order: str) -> list[int]:
        """Return all places in an order, which is found once; an unknown one is that of adding."""
        if order not in self._sorted:
            key = ORDERS.get(order, ORDERS["added"])
            self._sorted[order] = sorted(range(len(self.papers)), key=lambda place: key(self.papers[place]))
        return self._sorted[order]


def years(text: str) -> tuple[int, int]:
    """Return the first and the last year that a text such as "2019-2023" means; all of them where it means none."""
    found = _YEARS.fullmatch(text.strip())
    if not found or not (found[1] or found[3]):
        return 0, _EVER
    first = int(found[1] or 0)
    return first, int(found[3]) if found[3] else _EVER if found[2] else first


def compared(text: str) -> str:
    """Return text in small letters without accents, so that what is typed plainly is found."""
    return folded(text).casefold()


def _known(paper: Paper) -> str:
    """Return what is known of a paper beside its abstract."""
    own = paper.details
    names = [person.name for person in own.authors]
    date = [str(own.year)] if own.year else []
    return "\n".join((clean(paper.title), *names, own.venue, *own.keywords, *date, own.doi, own.arxiv))
