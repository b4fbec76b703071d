"""Tables with a paper a row: CSV of Zotero and Scopus, Web of Science, and any whose columns are named alike."""

import csv
import io
import re
from collections.abc import Iterator, Sequence

from paperchat.bibliography import Details
from paperchat.storage.readers.entry import Entry, Fault, Source
from paperchat.storage.readers.fields import arxiv_in, date, doi, keywords, others, page_range, pages
from paperchat.storage.readers.kinds import NO_PAPERS, kind_of
from paperchat.storage.readers.languages import language
from paperchat.storage.readers.people import listed, people
from paperchat.storage.readers.plain import unmarked

NAME = "CSV"

COLUMNS = {
    "title": ("title", "article title", "document title", "paper title", "ti"),
    "abstract": ("abstract", "abstract note", "ab", "summary"),
    "authors": ("author full names", "authors", "author", "af", "au", "author(s)", "creator", "creators"),
    "editors": ("editors", "editor", "book editors", "be"),
    "date": ("date", "publication year", "year", "py", "publication date", "published", "issued", "pubyear"),
    "venue": ("publication title", "source title", "so", "journal/book", "journal", "venue", "journal title",
              "conference name", "container-title", "booktitle", "book title", "publication"),
    "publisher": ("publisher", "pu"),
    "volume": ("volume", "vl"),
    "issue": ("issue", "is", "number"),
    "pages": ("pages", "page", "page range"),
    "first": ("page start", "start page", "first page", "bp"),
    "last": ("page end", "end page", "last page", "ep"),
    "number": ("art. no.", "article number", "ar"),
    "doi": ("doi", "di", "book doi", "doi link"),
    "url": ("url", "link", "pdf link"),
    "language": ("language", "language of original document", "la"),
    "key": ("citation key", "key", "eid", "ut (unique wos id)", "ut", "pmid", "id"),
    "kind": ("item type", "document type", "dt", "publication type", "type"),
}  # fmt: skip
"""What the columns of tables are called, the best first, in small letters."""

TAGS = ("author keywords", "manual tags", "automatic tags", "index keywords", "keywords plus", "keywords", "tags",
        "de", "ieee terms")  # fmt: skip
"""Columns of keywords: all of them are taken."""

_SAID_AGAIN = ("authors", "author(s) id", "publication year", "year")
"""Columns that say once more what another says better."""

_PARTED = ("author full names", "item type")
"""Columns of tables in which nothing but a semicolon parts two people."""

_SEPARATORS = ("\t", ";", ",")

_JOURNALS = ("journal", "journal/book", "journal title", "publication", "publication title", "source title", "so")
"""Columns of what a paper came out in, where nothing else tells its type."""

_CONFERENCE = re.compile(r"\b(?:proceedings|proc\.|conference|symposium|workshop)", re.IGNORECASE)

MOST_LINES = 200
"""Lines of a cell in which the beginning of another row is looked for."""


def recognises(source: Source) -> bool:
    """Tell whether the first line of a source names columns, one of them the title, of a table of papers."""
    names = _header(source.head)
    known = [field for field, columns in COLUMNS.items() if field != "title" and set(columns) & set(names)]
    return bool(set(COLUMNS["title"]) & set(names)) and len(known) > 1


def read(source: Source) -> Iterator[Entry | Fault]:
    """Yield the entries: a row each."""
    text = source.text.lstrip("\ufeff")
    names = _header(text)
    for place, row in _rows(text, len(names)):
        if isinstance(row, str):
            yield Fault(place, row)
        elif any(row) and (entry := _entry(place, names, row)):
            yield entry


def _rows(text: str, width: int) -> Iterator[tuple[str, list[str] | str]]:
    """Yield the rows below the first with their places, or why one is none: an open quotation swallows no other."""
    lines, separator, begun = io.StringIO(text, newline="").readlines(), _separator(text), 0
    while begun < len(lines):
        start, begun = begun, len(lines)
        rows = csv.reader(map(lines.__getitem__, range(start, len(lines))), delimiter=separator)
        while (at := start + rows.line_num) < len(lines):
            try:
                row: list[str] | str = next(rows)
            except csv.Error as error:
                row = f"is no row of a table ({error})"
            end = start + rows.line_num
            again = 0
            if isinstance(row, str) or len(row) < width:
                again = _next_row(lines, range(at + 1, min(end, at + MOST_LINES)), separator, width)
                is_open = again or (end == len(lines) and _is_open(lines[at:], separator))
                row = "a quotation mark in it is not closed" if is_open else row
            if at:
                yield f"line {at + 1}", row
            if again:
                begun = again
                break


def _next_row(lines: Sequence[str], within: Sequence[int], separator: str, width: int) -> int:
    """Return which of the lines that a row goes on over is a row by itself, 0 where none is."""
    for number in within:
        if lines[number].count(separator) >= width - 1:
            row = next(csv.reader([lines[number]], delimiter=separator), [])
            if len(row) == width:
                return number
    return 0


def _is_open(lines: Sequence[str], separator: str) -> bool:
    """Tell whether a quotation mark of the last row is never closed."""
    try:
        _ = list(csv.reader(lines, delimiter=separator, strict=True))
    except csv.Error as error:
        return "end of data" in str(error)
    return False


def _header(text: str) -> list[str]:
    """Return the names of the columns, in small letters."""
    first = text.lstrip("\ufeff").splitlines()[:1]
    try:
        rows = list(csv.reader(first, delimiter=_separator(first[0] if first else "")))
    except csv.Error:
        return []
    return [name.strip().strip("\ufeff").lower() for name in rows[0]] if rows else []


def _separator(text: str) -> str:
    first = next(iter(text.lstrip("\ufeff").splitlines()), "")[:20_000]
    return max(_SEPARATORS, key=first.count)


def _entry(place: str, names: Sequence[str], row: Sequence[str]) -> Entry | None:
    """Return the paper of a row, None for what Zotero keeps beside papers."""
    cells = {name: cell.strip() for name, cell in zip(names, row, strict=False) if name}
    used = {*TAGS, *(name for name in _SAID_AGAIN if name in cells)}

    def take(field: str) -> str:
        name = next((name for name in COLUMNS[field] if cells.get(name)), "")
        used.add(name)
        return unmarked(cells.get(name, ""))

    kind = take("kind")
    if kind in NO_PAPERS:
        return None
    told = next((cells[name] for name in _JOURNALS if cells.get(name)), "")
    general = "paper-conference" if _CONFERENCE.search(told) else "article-journal" if told else "document"
    title, abstract, link = take("title"), take("abstract"), take("url")
    end = ";" if any(name in cells for name in _PARTED) else ""
    details = Details(
        kind=kind_of(kind) if kind else general, authors=people(listed(take("authors") + end)),
        editors=people(listed(take("editors") + end)), date=date(take("date")),
        venue=take("venue"), publisher=take("publisher"), volume=take("volume"), issue=take("issue"),
        pages=pages(take("pages")) or page_range(take("first"), take("last")) or take("number"), doi=doi(take("doi")),
        arxiv=arxiv_in(link, cells.get("doi", ""), cells.get("extra", ""), cells.get("archive id", "")), url=link,
        keywords=keywords(unmarked(cells.get(name, "")) for name in TAGS), language=language(take("language")),
        key=take("key"), others=others((name, unmarked(cell)) for name, cell in cells.items() if name not in used),
    )  # fmt: skip
    return Entry(place, title, abstract, details)
