"""MEDLINE, the form in which PubMed saves (.nbib)."""

import re
from collections.abc import Iterator

from paperchat.bibliography import Details, Person
from paperchat.storage.readers.entry import Entry, Fault, Source
from paperchat.storage.readers.fields import date, doi, keywords, others, pages
from paperchat.storage.readers.languages import language
from paperchat.storage.readers.people import inverted, people, with_initials
from paperchat.storage.readers.plain import unmarked
from paperchat.storage.readers.tagged import Record, records

NAME = "MEDLINE (PubMed)"

KINDS = {
    "Journal Article": "article-journal", "Review": "article-journal", "Preprint": "article", "Book": "book",
    "Book Chapter": "chapter", "Dataset": "dataset", "Technical Report": "report", "Academic Dissertation": "thesis",
}  # fmt: skip
"""What each type of publication is in CSL; what is left is an article."""

READ = ("PMID", "TI", "BTI", "CTI", "AB", "OAB", "FAU", "AU", "CN", "FED", "ED", "DP", "JT", "TA", "VI", "IP", "PG",
        "LA", "OT", "MH", "PB", "PT", "SO", "ER")  # fmt: skip
"""Tags that have their place in the details, and SO, which says them again."""

_START = re.compile(r"\ufeff?PMID- ?")

_TAG = re.compile(r"\ufeff?([A-Z][A-Z0-9]{1,3}) {0,2}-(?: |$)")

_FIRST = re.compile(r"^\ufeff?PMID- ?\d{1,9}", re.MULTILINE)


def recognises(source: Source) -> bool:
    """Tell whether a source has a record of MEDLINE near its beginning."""
    return bool(_FIRST.search(source.head.replace("\r", "\n")))


def read(source: Source) -> Iterator[Entry | Fault]:
    """Yield the entries."""
    for record in records(source.text, _START, _TAG):
        yield _entry(record)


def _entry(record: Record) -> Entry:
    first = record.first
    title = unmarked(first("TI", "BTI", "CTI"))
    if title.startswith("[") and title.rstrip(".").endswith("]"):  # it was translated
        title = title.rstrip(".")[1:-1]
    kinds = [KINDS[kind] for kind in record.all("PT") if kind in KINDS]
    identifiers = [value for value in record.all("LID", "AID") if value.endswith("[doi]")]
    details = Details(
        kind=next(iter(kinds), "article-journal"), authors=_people(record, "FAU", "AU"),
        editors=_people(record, "FED", "ED"),
        date=date(first("DP")), venue=unmarked(first("JT", "TA")), publisher=first("PB"), volume=first("VI"),
        issue=first("IP"), pages=pages(first("PG")), doi=doi(next(iter(identifiers), "")),
        url=f"https://pubmed.ncbi.nlm.nih.gov/{first('PMID')}/", language=language(first("LA")), key=first("PMID"),
        keywords=keywords(value.replace("*", "") for value in record.all("OT", "MH")),
        others=others((tag, unmarked(v)) for tag, values in record.tags.items() if tag not in READ for v in values),
    )  # fmt: skip
    return Entry(f"line {record.line}", title, unmarked(first("AB", "OAB")), details)


def _people(record: Record, full: str, short: str) -> tuple[Person, ...]:
    """Return the people of a record with their full names, where it has these, and the groups that sign it."""
    names = [inverted(name) for name in record.all(full)] or [with_initials(name) for name in record.all(short)]
    groups = [Person(name) for name in record.all("CN")] if full == "FAU" else []
    return people([*names, *groups])
