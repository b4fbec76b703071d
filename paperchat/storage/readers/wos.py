"""The plain text in which Web of Science saves (.ciw): tags of two letters, and lines that go on below them."""

import re
from collections.abc import Iterator

from paperchat.bibliography import Details
from paperchat.storage.readers.entry import Entry, Fault, Source
from paperchat.storage.readers.fields import arxiv_in, date, doi, keywords, others, page_range
from paperchat.storage.readers.kinds import kind_of
from paperchat.storage.readers.languages import language
from paperchat.storage.readers.people import inverted, people
from paperchat.storage.readers.plain import unmarked
from paperchat.storage.readers.tagged import Record, records

NAME = "Web of Science's plain text"

READ = ("PT", "AU", "AF", "CA", "BE", "ED", "TI", "SO", "PU", "AB", "PY", "PD", "VL", "IS", "BP", "EP", "AR", "DI",
        "DE", "ID", "LA", "DT", "UT", "ER", "EF", "FN", "VR")  # fmt: skip
"""Tags that have their place in the details, and those of the file."""

BY_LINE = ("AU", "AF", "CA", "BE", "ED")
"""Tags that have a person a line."""

CALLED = {"SN": "ISSN", "BN": "ISBN", "PM": "PMID", "SE": "series"}
"""Names of further fields; the other tags mean other things in RIS, and are kept under names of their own."""

_START = re.compile(r"\ufeff?PT(?: |$)")

_TAG = re.compile(r"\ufeff?([A-Z][A-Z0-9])(?: |$)")

_FIRST = re.compile(r"^\ufeff?PT [A-Z]\r?\n(?:[A-Z][A-Z0-9] |\s)", re.MULTILINE)

_LINE_END = re.compile(r"\r\n?")


def recognises(source: Source) -> bool:
    """Tell whether a source has a record of Web of Science's near its beginning."""
    return bool(_FIRST.search(_LINE_END.sub("\n", source.head)))


def read(source: Source) -> Iterator[Entry | Fault]:
    """Yield the entries; a record without its end swallows none."""
    for record in records("\n".join(_parted(_LINE_END.sub("\n", source.text))), _START, _TAG):
        yield _entry(record)


def _parted(text: str) -> Iterator[str]:
    """Yield the lines, each person with the tag that stands above the first one."""
    tag = ""
    for line in text.split("\n"):
        found = _TAG.match(line)
        tag = found[1] if found else tag
        yield f"{tag} {line.strip()}" if not found and line.strip() and tag in BY_LINE else line


def _entry(record: Record) -> Entry:
    def take(*tags: str) -> str:
        return unmarked(record.first(*tags))

    kind = kind_of(record.first("DT"))
    when = date(record.first("PY"), record.first("PD")) or date(record.first("PD"))
    details = Details(
        kind="article-journal" if kind == "document" and record.first("PT") == "J" else kind,
        authors=people(inverted(name) for name in record.all("AF") or record.all("AU")),
        editors=people(inverted(name) for name in record.all("BE", "ED")), date=when, venue=take("SO"),
        publisher=take("PU"), volume=take("VL"), issue=take("IS"),
        pages=page_range(take("BP"), take("EP")) or take("AR"), doi=doi(record.first("DI")),
        arxiv=arxiv_in(record.first("DI"), take("SO")), keywords=keywords(map(unmarked, record.all("DE", "ID"))),
        language=language(record.first("LA")), key=record.first("UT"),
        others=others((CALLED.get(tag, f"wos-{tag}"), unmarked(value))
                      for tag, values in record.tags.items() if tag not in READ for value in values),
    )  # fmt: skip
    return Entry(f"line {record.line}", take("TI"), take("AB"), details)
