"""Zotero RDF: papers, and the journals and attachments that they point to, each a node of its own."""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element  # the type alone

from paperchat.bibliography import Details, Person
from paperchat.storage.readers.entry import Entry, Fault, Source
from paperchat.storage.readers.fields import arxiv_in, date, doi, keywords, others, pages
from paperchat.storage.readers.kinds import NO_PAPERS, kind_of
from paperchat.storage.readers.languages import language
from paperchat.storage.readers.people import people
from paperchat.storage.readers.plain import unmarked
from paperchat.storage.readers.xml_nodes import child, every, nodes, said, text_of

NAME = "Zotero RDF"

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"

READ = {"itemType", "authors", "editors", "isPartOf", "title", "abstract", "date", "pages", "subject", "identifier",
        "volume", "number", "publisher", "language", "link", "isReferencedBy"}  # fmt: skip


def recognises(source: Source) -> bool:
    """Tell whether a source is RDF by Zotero."""
    return "www.zotero.org/namespaces/export#" in source.head


def read(source: Source) -> Iterator[Entry | Fault]:
    """Yield the entries: the nodes that have a type of Zotero's, but for attachments and notes."""
    found, faults = list[Element](), list[Fault]()
    for one in nodes(source.text, ()):
        if isinstance(one, Fault):
            faults.append(one)
        else:
            found.append(one)
    by_name = {one.get(f"{_RDF}about", ""): one for one in found}
    number = 0
    for one in found:
        kind = said(one, "itemType")
        if kind and kind not in NO_PAPERS:
            number += 1
            yield _entry(f"item {number}", one, _wholes(one, by_name))
    yield from faults


def _wholes(node: Element, by_name: Mapping[str, Element]) -> list[Element]:
    """Return the journal, book or series that a paper is part of, inside it or pointed to."""
    found = []
    for part in every(node, "isPartOf"):
        named = part.get(f"{_RDF}resource", "")
        found += [by_name[named]] if named in by_name else list(part)
    return found


def _entry(place: str, node: Element, wholes: list[Element]) -> Entry:
    either = [node, *wholes]

    def take(*path: str) -> str:
        return next((unmarked(text) for one in either if (text := said(one, *path))), "")

    known = [text_of(one) for part in either for one in every(part, "identifier")]
    link = next((text for text in known if text.startswith("http")), "")
    details = Details(
        kind=kind_of(said(node, "itemType")), authors=_people(node, "authors"), editors=_people(node, "editors"),
        date=date(said(node, "date")), venue=next((unmarked(t) for one in wholes if (t := said(one, "title"))), ""),
        publisher=take("publisher", "Organization", "name") or take("publisher"),
        volume=take("volume"), issue=take("number"), pages=pages(said(node, "pages")),
        doi=next((doi(text) for text in known if text.startswith("DOI") or "doi.org/" in text), ""),
        arxiv=arxiv_in(link, *known, said(node, "description")), url=link, language=language(said(node, "language")),
        keywords=keywords(text_of(one) for one in every(node, "subject")),
        others=others(_others(node)),
    )  # fmt: skip
    return Entry(place, unmarked(said(node, "title")), unmarked(said(node, "abstract")), details)


def _others(node: Element) -> Iterator[tuple[str, str]]:
    for one in node:
        name = str(one.tag).rpartition("}")[2]
        if name not in READ:
            yield name, text_of(one)
    yield "place", said(node, "publisher", "Organization", "adr", "Address", "locality")


def _people(node: Element, role: str) -> tuple[Person, ...]:
    found = []
    for one in every(node, role, "Seq", "li"):
        person = child(one, "Person")
        if person is not None:
            given = said(person, "givenName") or said(person, "givenname")
            found.append(Person(said(person, "surname") or given, given if said(person, "surname") else ""))
    return people(found)
