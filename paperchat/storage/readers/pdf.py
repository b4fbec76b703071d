"""PDF: title, abstract, authors and identifiers from the first pages, by the size and place of what stands there."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from paperchat.bibliography import Details, Person
from paperchat.storage.readers.entry import Entry, Fault, Source
from paperchat.storage.readers.fields import arxiv_in, date, doi, keywords, one_line
from paperchat.storage.readers.json_items import paired
from paperchat.storage.readers.people import natural, people
from paperchat.text import lexicon

NAME = "PDF"

FAULTS = {
    "locked": "is locked with a password: save it without one",
    "broken": "is no whole PDF: fetch it again",
    "failed": "cannot be read as a PDF: it takes too long, or too much memory",
    "scan": "is a scan without text: let a program such as ocrmypdf recognise it first",
    "untitled": "has text, but no title that can be told: add it as BibTeX or RIS instead",
}

SECONDS = 30

LOOK = 0.2
"""Seconds between two looks at whether the reading is to end."""

SCAN = 100
"""Letters on the first pages below which a PDF is a scan."""

SAME = 0.35
"""Points by which letters of one size may differ."""

HIGHEST = 0.6
"""A title begins above so much of its page."""

SHORTEST = 40
"""Letters of the shortest abstract."""

_PROGRAM = Path(__file__).with_name("pdf_pages.py")

_HYPHEN = re.compile("\x02\\s?")

_NO_TITLE = re.compile(
    r"\.(?:docx?|tex|dvi|pdf|indd|qxd|ps)\b|^(?:microsoft|untitled|title|paper|manuscript)\b|\d\.\.\d", re.IGNORECASE
)

_STAMP = re.compile(r"arXiv:\S{5,30}(?:\s\[[^\]]{2,20}\])?\s{0,3}(\d{1,2} [A-Z][a-z]{2} \d{4})?")

_NUMBERED = r"(?:(?:\d{1,2}|[IVX]{1,4}|[A-Z])\.?\s{1,3})?"

_END = re.compile(rf"{_NUMBERED}{lexicon.any_of('headings.ends')}\b\s?(?:[:.\u2014\u2013-]|$|[A-Z\d])", re.IGNORECASE)

_BEGIN = re.compile(rf"{_NUMBERED}{lexicon.any_of('headings.abstract')}\b[\s:.\u2014\u2013-]{{0,5}}", re.IGNORECASE)

_PERHAPS = re.compile(rf"{_NUMBERED}{lexicon.any_of('headings.perhaps')}[\s:.]{{0,3}}", re.IGNORECASE)

_INTRODUCTION = re.compile(rf"{_NUMBERED}introduction[\s:.]{{0,3}}", re.IGNORECASE)

_KEYWORDS = re.compile(r"(?:author )?key ?words[\s:.\u2014\u2013-]{1,5}", re.IGNORECASE)

_PUBLISHED = re.compile(r"\bpublished(?: online)?:? (.{6,24})", re.IGNORECASE)

_RIGHTS = re.compile(r"(?:©|\(c\)|copyright)\W{0,6}(\d{4})", re.IGNORECASE)

_MARKS = re.compile(r"[\d*\u2020\u2021\u00a7\u00b6\u2217\u2660-\u2667\u00b9\u00b2\u00b3,;]{1,20}|\band\b|&")

_WORD = r"[^\W\d_][\w.'\u2019-]{0,30}"

_NAME = re.compile(rf"{_WORD}(?: {_WORD}){{1,4}}")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its text, the height of its letters in points, and where it stands from the top, 0..1."""

    text: str
    size: float
    left: float
    top: float
    page: int


def recognises(source: Source) -> bool:
    """Tell whether a source is a PDF."""
    return b"%PDF-" in source.data[:1024]


def read(source: Source) -> Iterator[Entry | Fault]:
    """Yield the paper; or what is to be done about a PDF in which none is found."""
    found = _pages(source)
    if isinstance(found, Fault):
        yield found
        return
    lines, metadata = found
    if sum(character.isalpha() for line in lines for character in line.text) < SCAN:
        yield Fault("", FAULTS["scan"])
        return
    start, end = _title_lines(lines)
    title = _known_title(metadata.get("Title", ""), lines) or _joined(lines[start:end])
    if not title:
        yield Fault("", FAULTS["untitled"])
        return
    yield Entry("page 1", title, _abstract(lines), _details(lines, end, metadata))


def _pages(source: Source) -> tuple[list[Line], dict[str, str]] | Fault:
    """Return the lines of the first pages, and the metadata, read by a program of its own."""
    try:
        found = paired(json.loads(_told_by_program(source)))
    except ValueError:
        return Fault("", FAULTS["failed"])
    if "fault" in found:
        return Fault("", FAULTS[found["fault"]])
    lines = [Line(**{**line, "text": _HYPHEN.sub("\x02", line["text"])}) for line in found["lines"]]
    return [line for line in lines if line.text.strip()], found["metadata"]


def _told_by_program(source: Source) -> bytes:
    """Return what the program says of a PDF; nothing when it takes too long. It ends with what ends the reading."""
    pipe, command = subprocess.PIPE, [sys.executable, "-I", str(_PROGRAM)]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL) as process:  # noqa: S603
        data: bytes | None = source.data
        try:
            for _ in range(round(SECONDS / LOOK)):
                source.waiting()
                try:
                    return process.communicate(data, LOOK)[0]
                except subprocess.TimeoutExpired:
                    data = None  # what was not yet sent goes on being sent
        finally:
            process.kill()
    return b""


def _joined(lines: Sequence[Line]) -> str:
    """Return lines as one text, with the words put together that their ends part."""
    text = ""
    for line in lines:
        text += line.text if text.endswith("\x02") else f" {line.text}"
    return one_line(text.replace("\x02", ""))


def _known_title(title: str, lines: Sequence[Line]) -> str:
    """Return the title that the metadata has, where it is one: the first pages have its words."""
    title = one_line(title)[:1000]
    if len(title.split()) < 2 or _NO_TITLE.search(title):  # noqa: PLR2004 -- a word alone is mostly a file's name
        return ""
    shown = "".join(filter(str.isalnum, _joined([line for line in lines if line.page == 0]))).casefold()
    return title if "".join(filter(str.isalnum, title)).casefold() in shown else ""


def _title_lines(lines: Sequence[Line]) -> tuple[int, int]:
    """Return where the lines of the title begin and end: the largest in the upper part of the first page."""
    groups, start = list[tuple[float, int, int]](), 0
    for index, line in enumerate(lines):
        if index and abs(line.size - lines[index - 1].size) > SAME:
            start = index
        letters = sum(character.isalpha() for character in line.text)
        if line.page == 0 and 0 <= lines[start].top < HIGHEST and letters > 3 and not _STAMP.search(line.text):  # noqa: PLR2004
            groups.append((line.size, start, index + 1))
    largest = max((size for size, _, _ in groups), default=0.0)
    best = [(start, end) for size, start, end in groups if abs(size - largest) <= SAME]
    return (best[0][0], max(end for start, end in best if start == best[0][0])) if best else (0, 0)


def _abstract(lines: Sequence[Line]) -> str:
    """Return what stands below the heading of the abstract; where there is none, what stands above the keywords."""
    for index, line in enumerate(lines):
        text = line.text.strip()
        head = _BEGIN.match(text)
        perhaps = _PERHAPS.fullmatch(text) and any(_INTRODUCTION.fullmatch(one.text.strip()) for one in lines[index:])
        if not head and not perhaps:
            continue
        rest = [Line(text[head.end() :], line.size, line.left, line.top, line.page)] if head else []
        found = _joined([*rest, *_until_end(lines[index + 1 :])])
        if sum(map(str.isalpha, found)) >= SHORTEST:
            return found
    return _above_keywords(lines)


def _until_end(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines up to a heading that follows an abstract, or to letters of another size on the same page."""
    body = next((line.size for line in lines if len(line.text) > SHORTEST), 0.0)
    for line in lines:
        if _END.match(line.text.strip()) or (line.size > body + 1 and sum(map(str.isalpha, line.text)) > 3):  # noqa: PLR2004
            return
        if abs(line.size - body) <= 1:
            yield line


def _above_keywords(lines: Sequence[Line]) -> str:
    place = next((index for index, line in enumerate(lines) if _KEYWORDS.match(line.text.strip())), 0)
    if not place:
        return ""
    size, start = lines[place - 1].size, place
    while start and abs(lines[start - 1].size - size) <= SAME and lines[start - 1].page == lines[place].page:
        start -= 1
    found = _joined(lines[start:place])
    return found if sum(map(str.isalpha, found)) >= 3 * SHORTEST else ""


def _details(lines: Sequence[Line], title_end: int, metadata: dict[str, str]) -> Details:
    first = "\n".join(line.text.replace("\x02", "") for line in lines if line.page == 0).replace("/\n", "/")
    stamp, published, rights = _STAMP.search(first), _PUBLISHED.search(first), _RIGHTS.search(first)
    when = date(stamp[1] or "") if stamp else ()
    when = when or (date(published[1]) if published else ()) or (date(rights[1]) if rights else ())
    place = first.lower().find("doi")
    identifier = doi(first[place:]) if place >= 0 else ""
    return Details(
        kind="article" if stamp else "article-journal" if identifier else "document",
        authors=_authors(lines[title_end:]),
        date=when,
        doi=identifier,
        arxiv=arxiv_in(stamp[0]) if stamp else "",
        keywords=keywords([metadata.get("Keywords", "")], ","),
    )


def _authors(lines: Sequence[Line]) -> tuple[Person, ...]:
    """Return the authors below a title, where all that stands there in one size are names."""
    own = list[str]()
    for line in lines[:20]:
        if abs(line.size - lines[0].size) > SAME or _BEGIN.match(line.text) or _END.match(line.text):
            break
        own.append(line.text)
    names = [one_line(name) for name in _MARKS.split(" ".join(own)) if one_line(name)]
    if not all(_NAME.fullmatch(name) and name[0].isupper() for name in names):
        return ()
    return people(map(natural, names))
