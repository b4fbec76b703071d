"""The fields of a reference in one form, whatever a source writes: identifiers, dates, pages, words. Pure functions."""

import re
from calendar import monthrange
from collections.abc import Iterable
from urllib.parse import unquote

LONGEST = 20_000
"""Characters of a field beside title and abstract that are kept, and read."""

MOST_OTHERS = 100
"""Most other fields that are kept of an entry."""

_DOI = re.compile(r"10\.\d{4,9}/[^\s\"{}|\\^]{1,200}", re.IGNORECASE)

_ARXIV = r"(?:\d{4}\.\d{4,5}|[a-z]{2,10}(?:-[a-z]{2,10})?(?:\.[a-z]{2})?/\d{7})"

_BARE_ARXIV = re.compile(rf"(?:arxiv:\s?)?({_ARXIV})(?:v\d{{1,3}})?", re.IGNORECASE)

_IN_ARXIV = re.compile(
    rf"(?:arxiv\.org/(?:abs|pdf|html)/|arxiv[.:]\s?|\babs/)({_ARXIV})(?:v\d{{1,3}}|(?!\d))", re.IGNORECASE
)

_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d|21\d\d)(?!\d)")

_ISO = re.compile(r"\s?(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?!\d)")

_DAY = re.compile(r"(?<![\d.])(\d{1,2})(?![\d.])")

_WORD = re.compile(r"[^\W\d_]{3,12}")

_NUMBER = re.compile(r"\d{1,2}")

_PAGES = re.compile(r"(?<=\w)\s?[-\u2010-\u2015\u2212]{1,3}\s?(?=\w)")

MONTHS = 12

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_SPLIT = {";": re.compile(r"\s?[;\r\n]\s?"), ",": re.compile(r"\s?[,;\r\n]\s?")}


def one_line(text: str) -> str:
    """Return text with each run of white space as one space."""
    return " ".join(text.split())


def doi(text: str) -> str:
    """Return the DOI in a text, bare and in lower case, or an empty string."""
    found = _DOI.search(unquote(text[:LONGEST]) if "%2" in text[:LONGEST] else text[:LONGEST])
    if not found:
        return ""
    bare = found[0].rstrip(".,;:'>]")
    while bare.endswith(")") and bare.count("(") < bare.count(")"):
        bare = bare[:-1].rstrip(".,;")
    return bare.lower()


def arxiv(text: str) -> str:
    """Return the id that a text which is an arXiv id has, without its version, or an empty string."""
    found = _BARE_ARXIV.fullmatch(text.strip()[:100])
    return found[1].lower() if found else ""


def arxiv_in(*texts: str) -> str:
    """Return the first arXiv id that a link, a DOI or a note in these texts names, without its version."""
    found = (_IN_ARXIV.search(text[:LONGEST]) for text in texts if text)
    return next((one[1].lower() for one in found if one), "")


def month(text: str) -> int:
    """Return the month that a text names or is the number of, 0 where it is none."""
    for word in _WORD.findall(text[:100]):
        if word[:3].lower() in _MONTHS:
            return _MONTHS.index(word[:3].lower()) + 1
    found = _NUMBER.fullmatch(text.strip()[:3])
    return int(found[0]) if found and 1 <= int(found[0]) <= MONTHS else 0


def date(text: str, month_text: str = "", day_text: str = "") -> tuple[int, ...]:
    """Return year, month and day as far as a text tells them, such as "2019-08-02", "2019 Sep 18" or "18 May 2019".

    Month and day may be told apart from the year. None for a text without a year.
    """
    text = text[:200]
    iso, year = _ISO.match(text), _YEAR.search(text)
    if not year:
        return ()
    if iso and not month_text:
        return _valid(int(year[1]), int(iso[2]), int(iso[3] or 0))
    rest = f"{text[: year.start()]} {text[year.end() :]}"
    named = month(month_text) or (month(rest) if _WORD.search(rest) else 0)
    day = _DAY.search(day_text) or (_DAY.search(month_text) if _WORD.search(month_text) else None) or _DAY.search(rest)
    return _valid(int(year[1]), named, int(day[1]) if day else 0)


def _valid(year: int, named: int, day: int) -> tuple[int, ...]:
    if not 1 <= named <= MONTHS:
        return (year,)
    return (year, named, day) if 1 <= day <= monthrange(year, named)[1] else (year, named)


def pages(text: str) -> str:
    """Return a range of pages with a plain hyphen, such as "12-19"."""
    told = _PAGES.sub("-", one_line(text))
    return told if any(map(str.isalnum, told)) else ""


def page_range(first: str, last: str) -> str:
    """Return the range between two pages."""
    first, last = pages(first), pages(last)
    return f"{first}-{last}" if first and last and first != last else first or last


def keywords(texts: Iterable[str], separator: str = ";") -> tuple[str, ...]:
    """Return the keywords in these texts, each once; `separator` parts them where a text has several."""
    found = (one_line(one) for text in texts for one in _SPLIT[separator].split(text[:LONGEST]))
    return tuple(dict.fromkeys(filter(None, found)))


def others(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return further fields with their names: those that say anything and are no longer than what is kept."""
    kept = [(name, text.strip()) for name, text in pairs if text.strip() and len(text) <= LONGEST]
    return tuple(kept[:MOST_OTHERS])
