"""Listing pages saved as text: page chrome up to a date, then titles and abstracts."""

import re
import unicodedata
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterator
from pathlib import Path

from paperchat.errors import InputError
from paperchat.paths import PACKAGE
from paperchat.storage.identity import is_same_text, paper_id
from paperchat.storage.paragraphs import Line, is_whole, parted
from paperchat.storage.readers.entry import Entry, Fault, Source
from paperchat.text.mending import deceiving, mended
from paperchat.types import Paper

SHIPPED = PACKAGE / "data" / "trending-papers.txt"

MAX_BYTES = 500_000_000

MAX_TITLE = 1_000

MAX_ABSTRACT = 20_000

_DATE = re.compile(r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d{1,2}(, \d{4})?")

_LINE_END = re.compile(r"\r\n|\n|\r")

_PLACE = re.compile(r",? ?(line \d{1,9}(?:, column \d{1,9})?)?:? ?")

NAME = "a saved listing page"

Say = Callable[[str], object]


def recognises(source: Source) -> bool:
    """Tell whether a source has the date line behind which the papers of a listing page begin."""
    return any(_DATE.fullmatch(line.strip()) for line in _LINE_END.split(source.head))


def read(source: Source) -> Iterator[Entry | Fault]:
    """Yield the papers; a page with a fault is not read, for what is title and what abstract is then unsure."""
    path = Path(source.name)
    try:
        for paper in _page(path, source.text):
            yield Entry("", paper.title, paper.abstract)
    except InputError as error:
        place = _PLACE.match(error.message.removeprefix(str(path)))
        rest = error.message.removeprefix(str(path))[place.end() if place else 0 :]
        yield Fault((place and place[1]) or "", f"{rest} {error.fix}".rstrip("."))


def read_page(path: Path, say: Say = str) -> tuple[Paper, ...]:
    """Return the papers of a listing page saved as text: lines of page chrome up to a date ("Mar 12"), then papers.

    A paper is a line, its title, and its abstract: another line, or several paragraphs. Both are kept as they are, but
    for characters that are there by mistake, such as soft hyphens: they are mended, which is said.
    Raises InputError, naming file and line, when the file is missing, unreadable, cut off or not such a page.
    """
    return _page(path, _mended(path, _read_text(path), say))


def _page(path: Path, text: str) -> tuple[Paper, ...]:
    lines = [(number, line) for number, line in enumerate(_LINE_END.split(text), 1) if line.strip()]
    if not lines:
        raise InputError(f"{path} is empty.", "Save the listing page as text again.")
    papers = tuple(_papers(path, _after_chrome(path, lines)))
    if not papers:
        raise InputError(f"{path} has no papers after its date line.", "Save the whole listing page as text.")
    _refuse_cut(path, lines[-1], text)
    return papers


def _read_text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"{path} is larger than {MAX_BYTES:,} bytes.", "Split it into smaller files.")
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"Cannot read {path}: {error.strerror}.", "Check the path and its permissions.") from None
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data:
        raise InputError(f"{path} is a binary file (a zero byte at {data.index(0)}).", "Save the page as text.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 text (byte {error.start}).", "Save the page as UTF-8 text.") from None


def _after_chrome(path: Path, lines: list[Line]) -> list[Line]:
    for index, (_, line) in enumerate(lines):
        if _DATE.fullmatch(line.strip()):
            return [line for line in lines[index + 1 :] if not _DATE.fullmatch(line[1].strip())]
    raise InputError(
        f"{path} is not a saved listing page: it has no date line such as 'Mar 12' before its papers.",
        "Give a page with page chrome, a date, and then a title and an abstract for each paper.",
    )


def _papers(path: Path, lines: list[Line]) -> Iterator[Paper]:
    seen: dict[str, list[tuple[int, Paper]]] = {}
    for (number, title), paragraphs in parted(lines):
        abstract = "\n\n".join(line for _, line in paragraphs)
        _check_pair(path, number, title, abstract)
        paper = Paper(paper_id(title), title, abstract, path.name)
        for line_number, other in seen.setdefault(paper.id, []):
            if is_same_text(paper.abstract, other.abstract):
                raise InputError(
                    f"{path} has the title {title[:80]!r} twice, in lines {line_number} and {number}.",
                    "Remove one of them.",
                )
        seen[paper.id].append((number, paper))
        yield paper


def _check_pair(path: Path, number: int, title: str, abstract: str) -> None:
    if not is_whole(abstract):
        raise InputError(
            f"{path}, line {number}: the title {title[:80]!r} has no abstract.", "Add it, or remove the title."
        )
    if len(title) > MAX_TITLE:
        raise InputError(
            f"{path}, line {number}: a title of {len(title):,} characters; {MAX_TITLE:,} is the most.",
            "Check that title and abstract alternate.",
        )
    if len(abstract) > MAX_ABSTRACT:
        raise InputError(
            f"{path}, line {number}: an abstract of {len(abstract):,} characters; {MAX_ABSTRACT:,} is the most.",
            "Shorten it.",
        )


def _mended(path: Path, text: str, say: Say) -> str:
    """Return a page without the characters that are there by mistake; refuse one that hides or reorders text."""
    if found := deceiving(text):
        before = _LINE_END.split(text[: found.start()])
        name = unicodedata.name(found[0][0], "an invisible character").lower()
        raise InputError(
            f"{path}, line {len(before)}, column {len(before[-1]) + 1}: U+{ord(found[0][0]):04X} ({name}) hides or "
            "reorders text.",
            "Remove it.",
        )
    page = mended(text)
    if page.told:
        say(f"{path}: mended {page.told}.")
    return page.text


def _refuse_cut(path: Path, last: Line, text: str) -> None:
    """A page cut off in the middle ends in a word without an end of line; a whole page may end without one, too."""
    number, line = last
    if (
        not text.endswith("\n")
        and line.rstrip()[-1:] not in ".!?)]}\"'\N{RIGHT DOUBLE QUOTATION MARK}\u3002\uff01\uff1f\u0964"
    ):
        raise InputError(
            f"{path} is cut off: line {number} ends in the middle of a sentence ({line[-30:]!r}).",
            "Save the page again.",
        )
