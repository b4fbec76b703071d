"""Read papers from files: the only place that knows file formats."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from paperchat.errors import InputError
from paperchat.storage.identity import is_same_work, paper_id
from paperchat.text.cleaning import is_hostile
from paperchat.types import Paper

SHIPPED = Path(__file__).parent.parent / "data" / "trending-papers.txt"

MAX_BYTES = 500_000_000

MAX_TITLE = 1_000

MAX_ABSTRACT = 20_000

_DATE = re.compile(r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d{1,2}(, \d{4})?")

_LINE_END = re.compile(r"\r\n|\n|\r")

_SHORTEST_ABSTRACT = 80  # characters; a longer line that ends no sentence may still be a title

Line = tuple[int, str]


def read_page(path: Path) -> tuple[Paper, ...]:
    """Return the papers of a listing page saved as text: lines of page chrome up to a date ("Mar 12"), then papers.

    A paper is two lines, title and abstract, and a blank line follows each. Titles and abstracts are kept as they are.
    Raises InputError, naming file and line, when the file is missing, unreadable, cut off or not such a page.
    """
    text = _read_text(path)
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
    for index in range(0, len(lines), 2):
        number, title = lines[index]
        abstract = lines[index + 1][1] if index + 1 < len(lines) else ""
        _check_pair(path, number, title, abstract)
        for line_number, line in lines[index : index + 2]:
            _refuse_hostile(path, line_number, line)
        paper = Paper(paper_id(title), title, abstract, path.name)
        for line_number, other in seen.setdefault(paper.id, []):
            if is_same_work(paper, other):
                raise InputError(
                    f"{path} has the title {title[:80]!r} twice, in lines {line_number} and {number}.",
                    "Remove one of them.",
                )
        seen[paper.id].append((number, paper))
        yield paper


def _check_pair(path: Path, number: int, title: str, abstract: str) -> None:
    if len(abstract) < _SHORTEST_ABSTRACT and not abstract.rstrip().endswith((".", "!", "?")):
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


def _refuse_hostile(path: Path, number: int, line: str) -> None:
    for column, character in enumerate(line, 1):
        if is_hostile(character):
            name = unicodedata.name(character, "a control character").lower()
            raise InputError(
                f"{path}, line {number}, column {column}: U+{ord(character):04X} ({name}) hides or reorders text.",
                "Remove it.",
            )


def _refuse_cut(path: Path, last: Line, text: str) -> None:
    """A page cut off in the middle ends in a word without an end of line; a whole page may end without one, too."""
    number, line = last
    if not text.endswith("\n") and line.rstrip()[-1:] not in ".!?)]}\"'\N{RIGHT DOUBLE QUOTATION MARK}":
        raise InputError(
            f"{path} is cut off: line {number} ends in the middle of a sentence ({line[-30:]!r}).",
            "Save the page again.",
        )
