"""CSL-JSON, as Zotero, Better BibTeX and pandoc write it."""

import re
from collections.abc import Iterator
from typing import Any

from paperchat.bibliography import Details, Person
from paperchat.storage.readers.entry import Entry, Fault, Source
from paperchat.storage.readers.fields import arxiv_in, date, doi, keywords, one_line, others, pages
from paperchat.storage.readers.json_items import Item, items, left, many, words
from paperchat.storage.readers.languages import language
from paperchat.storage.readers.people import people
from paperchat.storage.readers.plain import unmarked

NAME = "CSL-JSON"

READ = {"title", "abstract", "type", "author", "editor", "issued", "container-title", "publisher", "volume", "issue",
        "page", "DOI", "URL", "keyword", "language", "id", "citation-key"}  # fmt: skip

NOT_ISSUED = ("annotation", "note", "attachment")
"""Types that a reference manager keeps beside papers."""

_FIELD = re.compile(
    r"\"(?:container-title|date-parts|citation-key)\"\s{0,9}:|\"type\"\s{0,9}:\s{0,9}\""
    r"(?:article(?:-journal|-magazine|-newspaper)?|paper-conference|chapter|book|thesis|report|webpage|manuscript)\""
)


def recognises(source: Source) -> bool:
    """Tell whether a source is JSON with a field, or a type, of CSL."""
    return source.head.lstrip()[:1] in ("[", "{") and bool(_FIELD.search(source.head))


def read(source: Source) -> Iterator[Entry | Fault]:
    """Yield the entries."""
    for found in items(source.text):
        if isinstance(found, Fault):
            yield found
        elif found[1].get("type") not in NOT_ISSUED:
            yield _entry(*found)


def _entry(place: str, item: Item) -> Entry:
    def take(*names: str) -> str:
        return unmarked(next((words(item[name]) for name in names if words(item.get(name))), ""))

    tags = item.get("keyword", "")
    details = Details(
        kind=words(item.get("type")) or "document", authors=_people(item.get("author")),
        editors=_people(item.get("editor")), date=_date(item.get("issued")),
        venue=take("container-title", "event-title", "event"), publisher=take("publisher"), volume=take("volume"),
        issue=take("issue"), pages=pages(take("page", "article-number")), doi=doi(words(item.get("DOI"))),
        arxiv=arxiv_in(*(words(item.get(name)) for name in ("DOI", "URL", "number", "note", "container-title"))),
        url=words(item.get("URL")), language=language(words(item.get("language"))),
        keywords=keywords(many(tags)) if isinstance(tags, list) or ";" in words(tags) else keywords([words(tags)], ","),
        key=words(item.get("citation-key") or item.get("id")), others=others(left(item, READ)),
    )  # fmt: skip
    return Entry(place, take("title"), take("abstract"), details)


def _people(value: Any) -> tuple[Person, ...]:
    return people(map(_person, value)) if isinstance(value, list) else ()


def _person(value: Any) -> Person | None:
    """Return a name of CSL, with its particles and suffix."""
    if not isinstance(value, dict):
        return Person(one_line(value)) if isinstance(value, str) else None
    part = {name: words(text) for name, text in value.items()}
    if not part.get("family"):
        return Person(one_line(part.get("literal") or part.get("name") or part.get("given", "")))
    family = (part.get("non-dropping-particle", ""), part["family"], part.get("suffix", ""))
    given = (part.get("given", ""), part.get("dropping-particle", ""))
    return Person(one_line(" ".join(family)), one_line(" ".join(given)))


def _date(value: Any) -> tuple[int, ...]:
    """Return a date of CSL, which has parts, or is text."""
    if not isinstance(value, dict):
        return date(words(value))
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]:
        return date("-".join(words(part).zfill(2) for part in parts[0][:3] if words(part)))
    return date(next((words(value[name]) for name in ("raw", "literal", "year") if words(value.get(name))), ""))
