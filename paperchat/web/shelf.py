"""What the screen of papers shows: the table's rows, the picture's points, a paper's page. Knows no vendor."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from textwrap import shorten
from typing import TYPE_CHECKING

from paperchat.bibliography import Details, Scope
from paperchat.errors import InputError
from paperchat.types import Paper
from paperchat.web.bodies import Listed
from paperchat.web.folded_view import shown
from paperchat.web.view_model import Json

if TYPE_CHECKING:
    from paperchat.app import App

ALL = "All topics"

SHORT = 48
"""Most characters of authors and venue in a row of the table; a paper's page has them whole."""

ORDERS = {
    "As added": "added",
    "Title": "title",
    "First author": "author",
    "Newest first": "newest",
    "Oldest first": "oldest",
}
"""How the table can be sorted, by the words for it."""

ALIKE = 8
"""Papers like a paper that its page names."""

LIT = 20_000
"""From so many on, papers that were found are not told apart on the map: each letter typed would send them all."""

MOST_CHOSEN = 5_000
"""Most papers that a conversation keeps one by one as those to be asked."""

LONGEST = 300
"""Characters of what is typed that are looked at."""

_PAGE = re.compile(r"\d{1,6}")

_SHARE = r"(0\.\d{1,6}|[01])"
_REGION = re.compile(rf"{_SHARE} {_SHARE} {_SHARE} {_SHARE}")
"""Left, top, right and bottom of a part of the picture, as its script writes them."""

_WEB = re.compile(r"https?://[^\s\"<>]{3,2000}")


@dataclass(frozen=True, slots=True)
class Sought:
    """What the screen's parts hold, each as text: the words, the topic, the years, the order, the page, the region."""

    text: str
    topic: str
    years: str
    order: str
    page: str
    region: str

    def turned(self, step: int) -> "Sought":
        """Return the same some pages on."""
        return replace(self, page=str(max(1, self.number + step)))

    @property
    def first(self) -> "Sought":
        """The same from the first page on."""
        return replace(self, page="1")

    @property
    def number(self) -> int:
        """The number of the page, 1 where it is none."""
        return int(self.page) if _PAGE.fullmatch(self.page) else 1


def sought_by(sent: Listed) -> Sought:
    """Return what the screen is looking for as a script tells it."""
    return Sought(sent.text, sent.topic, sent.years, "", "", sent.region)


@dataclass(frozen=True, slots=True)
class Rows:
    """A page of the table: what its columns are called, and of each row the paper and its cells.

    `line` says which of the `found` papers these are, `page` of `pages` it is; `lit` are the places in the set of all
    that were found, None where nothing, or little of a large set, is left out. `is_part`: some were found, others not.
    """

    headers: tuple[str, ...]
    papers: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    line: str
    found: int
    page: int
    pages: int
    lit: tuple[int, ...] | None
    is_part: bool


class Shelf:
    """The papers of an app as the screen shows them."""

    def __init__(self, app: "App", turns: Iterator[int] | None = None) -> None:
        """Show the papers of an app; what opens one has a number of `turns`, which other sets may share."""
        self._app = app
        self._turns = turns or count(1)

    def rows(self, sought: Sought) -> Rows:
        """Return a page of the table."""
        among, papers = self._among(sought), self._app.library.papers
        text, order = sought.text[:LONGEST], ORDERS.get(sought.order, "added")
        listed = self._app.library.listed(text, sought.years[:LONGEST], order, sought.number, among)
        own = [papers[place] for place in listed.rows]
        columns = self._columns(papers)
        cells = tuple(tuple(self._cell(paper, name) for name in columns) for paper in own)
        lit = listed.all if len(listed.all) < min(len(papers), LIT) else None
        line = _line(listed.first, len(own), len(listed.all), len(papers))
        ids, is_part = tuple(paper.id for paper in own), 0 < len(listed.all) < len(papers)
        return Rows(columns, ids, cells, line, len(listed.all), listed.page, listed.pages, lit, is_part)

    def scope(self, sought: Sought) -> Scope:
        """Return what was found as the papers that are to be asked; all where none is left out. Raises InputError."""
        papers = self._app.library.papers
        found = self._app.library.listed(
            sought.text[:LONGEST], sought.years[:LONGEST], "added", 1, self._among(sought)
        ).all
        if not found:
            raise InputError("No paper is there.", "All stays as it was.")
        if len(found) == len(papers):
            return Scope()
        if len(found) > MOST_CHOSEN:
            fix = f"{MOST_CHOSEN:,} is the most: take fewer, or choose by author, year, venue or keyword."
            raise InputError(f"{len(found):,} papers are too many to be chosen one by one.", fix)
        return Scope(tuple(papers[place].id for place in found))

    def picked(self, sought: Sought, row: int) -> Json:
        """Return what opens the paper in a row of the table; each time another, so that a second click opens it too."""
        papers = self.rows(sought).papers
        return {"paper": papers[row] if 0 <= row < len(papers) else "", "turn": next(self._turns)}

    def topics(self) -> tuple[str, ...]:
        """Return the topics of the set, largest first, and before them all of them; draws the picture for it."""
        return (ALL, *dict.fromkeys(shown(name) for name in self._app.library.atlas().names))

    def has_topics(self) -> bool:
        """Tell whether the topics are found already."""
        return self._app.library.drawn is not None

    def dated(self) -> bool:
        """Tell whether the year of any paper is known."""
        return any(paper.details.year for paper in self._app.library.papers)

    def _among(self, sought: Sought) -> frozenset[int] | None:
        """Return the places in the set of the papers of a topic and in a region, None where there is neither."""
        region, atlas = _REGION.fullmatch(sought.region), self._app.library.drawn
        named = {number for number, name in enumerate(atlas.names) if shown(name) == sought.topic} if atlas else set()
        if atlas is None or not (region or named):
            return None
        kept = [not named or number in named for number in atlas.subjects]
        if region:
            left, top, right, bottom = map(float, region.groups())
            x, y = atlas.places.T
            inside = (left <= x) & (x <= right) & (top <= y) & (y <= bottom)
            kept = [one and within for one, within in zip(kept, inside.tolist(), strict=True)]
        places = {paper.id: place for place, paper in enumerate(self._app.library.papers)}
        return frozenset(places[paper.id] for paper, one in zip(atlas.papers, kept, strict=True) if one)

    def _columns(self, papers: tuple[Paper, ...]) -> tuple[str, ...]:
        """Return the names of the columns in which any paper has something."""
        known = {
            "Authors": any(paper.details.authors for paper in papers),
            "Year": any(paper.details.year for paper in papers),
            "Venue": any(paper.details.venue for paper in papers),
            "Topic": bool(self._app.library.drawn and self._app.library.drawn.names),
        }
        return ("Title", *(name for name, is_there in known.items() if is_there))

    def _cell(self, paper: Paper, column: str) -> str:
        own = paper.details
        if column == "Topic":
            return shown(self._app.library.drawn.subject(paper.id)) if self._app.library.drawn else ""
        text = {"Title": paper.title, "Authors": own.by, "Year": str(own.year or ""), "Venue": own.venue}[column]
        return shorten(shown(text), SHORT, placeholder="\u2026") if column in ("Authors", "Venue") else shown(text)

    def picture(self) -> Json:
        """Return the set as a picture: of each point its place, its topic (-1: none) and its place in the set."""
        atlas = self._app.library.atlas()
        places = {paper.id: place for place, paper in enumerate(self._app.library.papers)}
        rows = zip(atlas.papers, atlas.places.round(4).tolist(), atlas.subjects, strict=True)
        drawn = [(paper, x, y, subject) for paper, (x, y), subject in rows if paper.id in places]
        return {
            "points": [[x, y, subject, places[paper.id]] for paper, x, y, subject in drawn],
            "ids": [paper.id for paper, *_ in drawn],
            "titles": [shown(paper.title) for paper, *_ in drawn],
            "topics": [shown(name) for name in atlas.names],
            "nowhere": atlas.nowhere,
        }

    def page(self, paper_id: str) -> Json:
        """Return a paper's page; raises InputError where there is no such paper."""
        (paper,) = self._app.library.find([paper_id])
        own, drawn = paper.details, self._app.library.drawn
        links = [
            *([("doi.org", f"https://doi.org/{own.doi}")] if own.doi else []),
            *([("arxiv.org", f"https://arxiv.org/abs/{own.arxiv}")] if own.arxiv else []),
            *([("The paper", own.url)] if own.url else []),
        ]
        return {
            "paper": paper.id,
            "title": shown(paper.title),
            "authors": shown(", ".join(person.name for person in own.authors)),
            "published": shown(" · ".join(filter(None, (_published(own), _added(paper.imported))))),
            "abstract": shown(paper.abstract),
            "keywords": [shown(word) for word in own.keywords],
            "topic": shown(drawn.subject(paper.id)) if drawn else "",
            "links": [{"text": text, "href": href} for text, href in links if _WEB.fullmatch(href)],
            "alike": [{"paper": one.id, "title": shown(one.title)} for one in self._app.library.alike(paper, ALIKE)],
        }


def _published(own: Details) -> str:
    return ", ".join(part for part in (own.venue, str(own.year or "")) if part)


def _added(imported: str) -> str:
    """Return on which day a paper came into the set, empty where that is not known."""
    return f"added {imported[:10]}" if imported else ""


def _line(first: int, rows: int, found: int, papers: int) -> str:
    """Say which papers a page of the table shows."""
    if not papers:
        return "There are no papers yet: put some in under Add papers."
    if not found:
        return f"None of {papers:,} papers"
    among = f" found among {papers:,}" if found < papers else ""
    return f"{first:,} to {first + rows - 1:,} of {found:,} papers{among}"
