"""EndNote XML: every value in `<style>`, the fields below their records."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element  # the type alone

from paperchat.bibliography import Details
from paperchat.storage.readers.entry import Entry, Fault, Source
from paperchat.storage.readers.fields import arxiv_in, date, doi, keywords, others, pages
from paperchat.storage.readers.kinds import kind_of
from paperchat.storage.readers.languages import language
from paperchat.storage.readers.people import inverted, people
from paperchat.storage.readers.plain import unmarked
from paperchat.storage.readers.xml_nodes import every, local, nodes, said, text_of

NAME = "EndNote XML"

READ = {"ref-type", "contributors", "titles", "periodical", "volume", "number", "pages", "keywords", "dates",
        "publisher", "abstract", "electronic-resource-num", "urls", "language", "rec-number", "foreign-keys",
        "database", "source-app"}  # fmt: skip
"""Fields that have their place in the details, and those of EndNote's own book-keeping."""


def recognises(source: Source) -> bool:
    """Tell whether a source is XML with records of EndNote's."""
    head = source.head
    return "<records>" in head and ("<ref-type" in head or "<source-app" in head or "<titles>" in head)


def read(source: Source) -> Iterator[Entry | Fault]:
    """Yield the entries."""
    for number, node in enumerate(nodes(source.text, ("record",)), 1):
        yield node if isinstance(node, Fault) else _entry(f"record {number}", node)


def _entry(place: str, node: Element) -> Entry:
    kind = node.find("ref-type")
    when = said(node, "dates", "year"), said(node, "dates", "pub-dates", "date")
    year, day = date(when[0]), date(when[1]) or date(*when)
    links = [text_of(one) for one in node.iter("url")]
    editors = [*every(node, "contributors", "secondary-authors", "author"),
               *every(node, "contributors", "tertiary-authors", "author")]  # fmt: skip
    identifier = said(node, "electronic-resource-num")
    details = Details(
        kind=kind_of(kind.get("name", "") if kind is not None else ""),
        authors=people(inverted(text_of(one)) for one in every(node, "contributors", "authors", "author")),
        editors=people(inverted(text_of(one)) for one in editors), date=day if day[:1] == year else year or day,
        venue=unmarked(said(node, "titles", "secondary-title") or said(node, "periodical", "full-title")),
        publisher=unmarked(said(node, "publisher")), volume=said(node, "volume"), issue=said(node, "number"),
        pages=pages(said(node, "pages")),
        doi=doi(identifier) or doi(" ".join(one for one in links if "doi.org/" in one)),
        arxiv=arxiv_in(identifier, *links), url=next(iter(links), ""), language=language(said(node, "language")),
        keywords=keywords(text_of(one).replace("*", "") for one in every(node, "keywords", "keyword")),
        key=said(node, "rec-number"),
        others=others((local(one), text_of(one)) for one in node if local(one) not in READ),
    )  # fmt: skip
    return Entry(place, unmarked(said(node, "titles", "title")), unmarked(said(node, "abstract")), details)
