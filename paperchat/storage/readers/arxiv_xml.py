"""What arXiv answers: Atom of its API, and OAI-PMH in its own form, its raw one, and Dublin Core."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element  # the type alone

from paperchat.bibliography import Details, Person
from paperchat.storage.readers.entry import Entry, Fault, Source
from paperchat.storage.readers.fields import arxiv, arxiv_in, date, doi, keywords, one_line, others
from paperchat.storage.readers.languages import language
from paperchat.storage.readers.people import inverted, listed, natural, people
from paperchat.storage.readers.plain import plain
from paperchat.storage.readers.xml_nodes import child, every, local, nodes, said, text_of

NAME = "arXiv's XML"

KEPT = ("comment", "comments", "license", "report-no", "msc-class", "acm-class", "rights")
"""Fields that are kept beside the details."""

_FORMS = ("http://www.w3.org/2005/Atom", "http://www.openarchives.org/OAI/2.0/")


def recognises(source: Source) -> bool:
    """Tell whether a source is Atom or OAI-PMH."""
    return source.head.lstrip().startswith("<") and any(form in source.head for form in _FORMS)


def read(source: Source) -> Iterator[Entry | Fault]:
    """Yield the entries; what was withdrawn from the archive is none."""
    number = 0
    for node in nodes(source.text, ("entry", "record")):
        if isinstance(node, Fault):
            yield node
            continue
        number += 1
        if local(node) == "entry":
            yield _atom(f"entry {number}", node)
        elif (made := _record(f"record {number}", node)) is not None:
            yield made


def _atom(place: str, node: Element) -> Entry:
    address = said(node, "id")
    links = [one.get("href", "") for one in every(node, "link") if one.get("rel", "alternate") == "alternate"]
    details = _details(
        node,
        address,
        said(node, "doi"),
        authors=people(natural(plain(said(one, "name"))) for one in every(node, "author")),
        date=date(said(node, "published") or said(node, "updated")),
        venue=plain(said(node, "journal_ref")),
        url=next(iter(links), address),
        keywords=keywords(one.get("term", "") for one in every(node, "category")),
    )
    return Entry(place, plain(said(node, "title")), plain(said(node, "summary") or said(node, "content")), details)


def _record(place: str, node: Element) -> Entry | None:
    held = child(node, "metadata")
    inner = next(iter(held), None) if held is not None else None
    if inner is None:
        return None
    if local(inner) == "dc":
        return _dublin_core(place, inner)
    names = every(inner, "authors", "author")
    details = _details(
        inner,
        f"arXiv:{said(inner, 'id')}",
        said(inner, "doi"),
        authors=people(map(_author, names)) if names else people(listed(plain(said(inner, "authors")))),
        date=date(said(inner, "created")) or date(said(inner, "version", "date")),
        venue=plain(said(inner, "journal-ref")),
        url=f"https://arxiv.org/abs/{said(inner, 'id')}",
        keywords=keywords(said(inner, "categories").split()),
    )
    return Entry(place, plain(said(inner, "title")), plain(said(inner, "abstract")), details)


def _author(node: Element) -> Person:
    family = one_line(f"{said(node, 'keyname')} {said(node, 'suffix')}")
    return Person(plain(family), plain(said(node, "forenames")))


def _dublin_core(place: str, node: Element) -> Entry:
    known = [text_of(one) for one in every(node, "identifier")]
    links = [text for text in known if text.startswith("http")]
    details = _details(
        node,
        " ".join(known),
        " ".join(known),
        authors=people(inverted(plain(text_of(one))) for one in every(node, "creator")),
        date=date(said(node, "date")),
        url=next(iter(links), ""),
        language=language(said(node, "language")),
        keywords=keywords(text_of(one) for one in every(node, "subject")),
    )
    abstracts = [text_of(one) for one in every(node, "description") if not text_of(one).startswith("Comment:")]
    return Entry(place, plain(said(node, "title")), plain(next(iter(abstracts), "")), details)


def _details(node: Element, address: str, identifier: str, **fields: object) -> Details:
    """Return the details, with the id that an address has, the DOI, and what all forms have in common."""
    preprint = arxiv(address.removeprefix("arXiv:")) or arxiv_in(address)
    kept = others((local(one), plain(text_of(one))) for one in node if local(one) in KEPT)
    known = {"kind": "article", "doi": doi(identifier), "arxiv": preprint, "key": preprint, "others": kept}
    return Details(**{**known, **fields})  # type: ignore[arg-type]  # the fields of Details by their names
