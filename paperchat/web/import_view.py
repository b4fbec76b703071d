"""What the page says of papers that are taken in, and what its parts ask for: no vendor is known here."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from paperchat.errors import InputError, PaperchatError
from paperchat.storage.importing import State
from paperchat.storage.incoming import Order
from paperchat.storage.pace import duration
from paperchat.storage.readers.listing import MAX_ABSTRACT, MAX_TITLE, SHIPPED
from paperchat.storage.report import Report
from paperchat.text.mending import deceiving, mended
from paperchat.types import Paper
from paperchat.web.folded_view import shown
from paperchat.web.uploads import MOST_FILES, Uploads

if TYPE_CHECKING:
    from paperchat.app import App

MOST_ROWS = 500
"""Entries and files that were not taken, which are shown one by one."""

MOST_MENDED = 200
"""Papers of PDFs that are offered to be mended."""

HINT = (
    "BibTeX, RIS, PubMed, Zotero, EndNote, CSV, JSON, arXiv's XML, saved listing pages and PDF, gzipped or not, "
    f"{MOST_FILES:,} files at most. Nothing leaves this machine."
)


@dataclass(frozen=True, slots=True)
class Intake:
    """What the parts show: the line of what is done, the report, and whether buttons are there.

    `rejected` has a row for each entry or file that was not taken, `pdfs` the title and id of papers to be mended.
    `is_empty`: there are no papers, and none on the way.
    """

    line: str
    report: str
    rejected: tuple[tuple[str, str, str], ...]
    pdfs: tuple[tuple[str, str], ...]
    is_running: bool
    is_waiting: bool
    is_empty: bool


class Importing:
    """The imports of an app as the page asks for them; each returns a line on what went wrong, or an empty one."""

    def __init__(self, app: "App", uploads: Uploads) -> None:
        self._app, self._uploads = app, uploads

    def take(self, paths: Sequence[str]) -> str:
        """Take in files that were uploaded, which are removed as soon as they are read."""
        try:
            if len(paths) > MOST_FILES:
                raise InputError(f"{len(paths):,} files are too many at once.", f"Drop {MOST_FILES:,} at most.")
            files, folder = self._uploads.take(paths)
            try:
                self._app.imports.start(files, lambda: shutil.rmtree(folder, ignore_errors=True))
            except PaperchatError:
                shutil.rmtree(folder, ignore_errors=True)
                raise
        except PaperchatError as error:
            return str(error)
        return ""

    def stop(self) -> None:
        """Stop what is being done."""
        self._app.imports.stop()

    def ship(self) -> str:
        """Take in the papers that come with paperchat."""
        return _line(lambda: self._app.imports.carry_out(Order(files=(SHIPPED,))))

    def go_on(self) -> str:
        """Go on with what waits."""
        return _line(self._app.imports.go_on)

    def forget(self) -> str:
        """Forget what waits."""
        return _line(self._app.imports.forget)

    def mend(self, key: str, title: str, abstract: str) -> str:
        """Put another title and abstract in the place of those of a paper."""

        def put() -> None:
            (paper,) = self._app.library.find([key])
            self._app.imports.mend(replace(paper, title=_sound("title", title), abstract=_sound("abstract", abstract)))

        return _line(put)

    def paper(self, key: str) -> tuple[str, str]:
        """Return the title and abstract of a paper as they are kept; empty ones for none."""
        paper = self._papers.get(key)
        return (paper.title, paper.abstract) if paper else ("", "")

    @property
    def _papers(self) -> dict[str, Paper]:
        return dict(self._app.library.whole)

    def state(self) -> State:
        """Return how far it is."""
        return self._app.imports.state()

    def view(self, state: State) -> Intake:
        """Return what is shown of a state."""
        papers = self._app.library.whole
        report = state.report if not state.stage else Report()
        pdfs = tuple((shown(papers[key].title), key) for key in report.pdfs[:MOST_MENDED] if key in papers)
        rejected = tuple((shown(one.file), shown(one.place), shown(one.reason)) for one in report.rejected[:MOST_ROWS])
        told = "\n".join(report.lines(faults=False)) if report != Report() else ""
        running, waiting = bool(state.stage), bool(state.waiting) and not state.stage
        empty = not (papers or running or waiting)
        return Intake(progress_line(state), told, rejected, pdfs, running, waiting, empty)


def progress_line(state: State) -> str:
    """Return what is being done, how fast, and how long it will still take; or what is to be done."""
    if state.stage == "reading":
        return f"Reading: {state.done:,} entries so far" if state.done else "Reading the files"
    if state.stage == "indexing":
        return "Putting them in order"
    if state.stage == "embedding":
        pace = f", {state.per_second:,.0f} a second" if state.per_second >= 1 else ""
        left = f", {duration(state.left)} left" if state.left is not None else ""
        return f"{state.done:,} of {state.total:,} papers{pace}{left}" if state.total else "Looking at the papers"
    waits = f"{state.waiting:,} papers wait to be taken in." if state.waiting else ""
    return " ".join(filter(None, (state.wrong, waits)))


def _line(work: Callable[[], None]) -> str:
    try:
        work()
    except PaperchatError as error:
        return str(error)
    return ""


def _sound(name: str, text: str) -> str:
    """Return what was typed as it is kept; raises InputError for what can be no title or abstract."""
    text, most = mended(text).text.strip(), MAX_TITLE if name == "title" else MAX_ABSTRACT
    if name == "title" and not text:
        raise InputError("A paper needs a title.", "Type it as it stands on the first page.")
    if len(text) > most:
        raise InputError(f"The {name} has {len(text):,} characters.", f"{most:,} is the most.")
    if found := deceiving(text):
        raise InputError(f"The {name} has U+{ord(found[0][0]):04X}, which hides or reorders text.", "Take it out.")
    return text
