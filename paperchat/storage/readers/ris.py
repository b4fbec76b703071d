"""RIS, as Web of Science, Scopus, EndNote, Zotero and PubMed write it."""

import re
from collections.abc import Iterator

from paperchat.bibliography import Details
from paperchat.storage.readers.entry import Entry, Fault, Source
from paperchat.storage.readers.fields import arxiv_in, date, doi, keywords, others, page_range
from paperchat.storage.readers.languages import language
from paperchat.storage.readers.people import inverted, people
from paperchat.storage.readers.plain import unmarked
from paperchat.storage.readers.tagged import Record, records

NAME = "RIS"

KINDS = {
    "JOUR": "article-journal", "EJOUR": "article-journal", "INPR": "article-journal", "JFULL": "article-journal",
    "ABST": "article-journal", "MGZN": "article-magazine", "NEWS": "article-newspaper", "CONF": "paper-conference",
    "CPAPER": "paper-conference", "CHAP": "chapter", "ECHAP": "chapter", "ENCYC": "entry-encyclopedia",
    "BOOK": "book", "EBOOK": "book", "EDBOOK": "book", "THES": "thesis", "RPRT": "report", "GOVDOC": "report",
    "STAND": "standard", "UNPB": "manuscript", "UNPD": "manuscript", "MANSCPT": "manuscript", "ELEC": "webpage",
    "WEB": "webpage", "BLOG": "post-weblog", "COMP": "software", "DATA": "dataset", "AGGR": "dataset",
    "PAT": "patent", "PREP": "article", "PREPRINT": "article",
}  # fmt: skip
"""What each type is in CSL."""

READ = ("TI", "T1", "AB", "N2", "AU", "A1", "PY", "Y1", "DA", "VL", "IS", "SP", "EP", "DO", "UR", "KW", "PB", "TY",
        "ER", "ID")  # fmt: skip
"""Tags that have their place in the details."""

_START = re.compile(r"\ufeff?\s{0,10}TY  ?- ?")

_TAG = re.compile(r"\ufeff?\s{0,10}([A-Z][A-Z0-9])  ?-(?: |$)")

_FIRST = re.compile(r"^\ufeff?[ \t]{0,10}TY  ?- ?[A-Z]{3,10}[ \t]{0,10}\r?$", re.MULTILINE)


def recognises(source: Source) -> bool:
    """Tell whether a source has a record of RIS near its beginning."""
    return bool(_FIRST.search(source.head.replace("\r", "\n")))


def read(source: Source) -> Iterator[Entry | Fault]:
    """Yield the entries; a record without its end swallows none."""
    for record in records(source.text, _START, _TAG):
        yield _entry(record)


def _entry(record: Record) -> Entry:
    kind, first = KINDS.get(record.first("TY").strip(), "document"), record.first
    used = {*READ}

    def take(*tags: str) -> str:
        """Return the first of these tags that has a value; it counts as read."""
        used.update([tag for tag in tags if record.first(tag)][:1])
        return unmarked(first(*tags))

    title = take("TI", "T1", "CT", "BT") or ("" if kind != "book" else take("T2"))
    venue = take("T2", "JF", "JO", "BT", "JA", "J2", "T3") if kind != "book" else ""
    when = date(first("PY", "Y1", "DA"))
    if not when[1:]:  # the month may stand apart
        when = date(first("DA")) or date(first("PY", "Y1"), first("DA")) or when
    edits = ("ED",) if kind == "thesis" else ("ED", "A2")  # A2 of a thesis is who advised
    used.update(edits)
    details = Details(
        kind=kind, authors=people(inverted(name) for name in record.all("AU", "A1")),
        editors=people(inverted(name) for name in record.all(*edits)), date=when, venue=venue,
        publisher=take("PB"), volume=take("VL"), issue=take("IS", "CP"),
        pages=page_range(take("SP"), take("EP")) or take("C7", "AR"), doi=doi(first("DO", "DI", "M3")),
        arxiv=arxiv_in(first("UR"), first("DO"), *record.all("N1", "M1", "M3"), venue), url=first("UR"),
        keywords=keywords(record.all("KW")), language=_language(record, used), key=first("ID"),
        others=others((tag, unmarked(v)) for tag, values in record.tags.items() if tag not in used for v in values),
    )  # fmt: skip
    return Entry(f"line {record.line}", title, unmarked(first("AB", "N2")), details)


def _language(record: Record, used: set[str]) -> str:
    found = language(record.first("LA"))
    used |= {"LA"} if found else set()
    return found
