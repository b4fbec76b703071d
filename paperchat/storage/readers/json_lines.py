"""JSON with one paper an object, by the names of Semantic Scholar, S2ORC and arXiv, and plain ones beside them."""

import re
from collections.abc import Iterator
from typing import Any

from paperchat.bibliography import Details, Person
from paperchat.storage.readers.entry import Entry, Fault, Source
from paperchat.storage.readers.fields import arxiv, arxiv_in, date, doi, keywords, one_line, others, pages
from paperchat.storage.readers.json_items import Item, inner, items, left, many, words
from paperchat.storage.readers.languages import language
from paperchat.storage.readers.people import listed, natural, people
from paperchat.storage.readers.plain import plain

NAME = "JSON of papers"

KINDS = {"journalarticle": "article-journal", "review": "article-journal", "conference": "paper-conference",
         "book": "book", "booksection": "chapter", "dataset": "dataset"}  # fmt: skip
"""What Semantic Scholar's types of publication are in CSL."""

READ = {"title", "abstract", "authors", "author", "authors_parsed", "year", "date", "publicationDate", "venue", "doi",
        "DOI", "arxiv_id", "arxivId", "url", "keywords", "fieldsOfStudy", "categories", "language", "paperId",
        "paper_id", "versions", "volume", "journal", "journal-ref", "id", "outbound_citations", "inbound_citations",
        "citations", "references", "embedding", "pdf_parse", "kind", "editors", "others", "key", "issue", "pages",
        "publisher"}  # fmt: skip
"""Fields that have their place in the details, and those of other papers."""

_KIND = re.compile("[a-z]{2,30}(?:[-_][a-z]{2,30}){0,3}")
"""A CSL type, as an export of ours has it."""

_TITLE = re.compile(r"\"title\"\s{0,9}:\s{0,9}[\"\[]")


def recognises(source: Source) -> bool:
    """Tell whether a source is JSON in which something has a title."""
    return source.head.lstrip()[:1] in ("[", "{") and bool(_TITLE.search(source.head))


def read(source: Source) -> Iterator[Entry | Fault]:
    """Yield the entries."""
    for found in items(source.text):
        yield found if isinstance(found, Fault) else _entry(*found)


def _entry(place: str, item: Item) -> Entry:
    def take(*names: str) -> str:
        return plain(_first(item, *names))

    known, journal = inner(item, "externalIds", "external_ids"), inner(item, "journal")
    is_arxiv = "categories" in item and bool(arxiv(_first(item, "id")))
    preprint = arxiv(_first(item, "arxiv_id", "arxivId") or words(known.get("ArXiv")))
    preprint = (
        preprint or (arxiv(_first(item, "id")) if is_arxiv else "") or arxiv_in(_first(item, "url", "doi", "DOI"))
    )
    kinds = [KINDS.get(one.lower(), "") for one in many(item.get("publicationTypes"))]
    kinds.append(_first(item, "kind") if _KIND.fullmatch(_first(item, "kind")) else "")
    general = "article" if is_arxiv else "article-journal" if item.get("journal") else "document"
    venue = _venue(item, journal)
    details = Details(
        kind=next(filter(None, kinds), general), authors=_authors(item), editors=_editors(item), date=_date(item),
        venue=venue, volume=_volume(journal) or take("volume"), issue=take("issue", "number"),
        pages=pages(words(journal.get("pages")) or _first(item, "pages")), publisher=take("publisher"),
        doi=doi(_first(item, "doi", "DOI") or words(known.get("DOI"))), arxiv=preprint,
        url=_first(item, "url", "s2_url", "link"), keywords=_keywords(item),
        language=language(_first(item, "language")),
        key=_first(item, "paperId", "paper_id", "corpusid", "corpusId", "id", "key"),
        others=others([*_pairs(item.get("others")), *left(item, READ)]),
    )  # fmt: skip
    return Entry(place, take("title"), take("abstract", "summary", "paperAbstract", "description"), details)


def _venue(item: Item, journal: Item) -> str:
    """Return where a paper came out; that it is on arXiv, too, is said only where nothing else is known."""
    names = [words(journal.get("name")), words(inner(item, "publicationVenue").get("name"))]
    names += [_first(item, name) for name in ("journal", "venue", "journal-ref", "conference", "booktitle")]
    told = list(filter(None, map(plain, names)))
    return next((name for name in told if not name.lower().startswith("arxiv")), next(iter(told), ""))


def _volume(journal: Item) -> str:
    told = one_line(words(journal.get("volume")))
    return "" if told.startswith("abs/") else told  # an address on arXiv is no volume


def _first(item: Item, *names: str) -> str:
    """Return the first of these fields that is a text or a number."""
    return next((words(item[name]) for name in names if words(item.get(name))), "")


def _authors(item: Item) -> tuple[Person, ...]:
    parsed = item.get("authors_parsed")  # arXiv's: family, given, suffix
    if isinstance(parsed, list):
        rows = [[plain(words(part)) for part in row] for row in parsed if isinstance(row, list) and row]
        return people(Person(one_line(" ".join([row[0], *row[2:3]])), "".join(row[1:2])) for row in rows)
    value = item.get("authors") or item.get("author")
    if isinstance(value, list):
        return people(map(_author, value))
    return people(listed(plain(words(value))))


def _editors(item: Item) -> tuple[Person, ...]:
    value = item.get("editors")
    return people(map(_author, value)) if isinstance(value, list) else ()


def _pairs(value: Any) -> list[tuple[str, str]]:
    """Return further fields as an export of ours has them: names and texts in pairs."""
    rows = value if isinstance(value, list) else []
    return [
        (words(row[0]), words(row[1])) for row in rows if isinstance(row, list) and len(row) == len(("name", "text"))
    ]


def _author(value: Any) -> Person | None:
    """Return an author: a text, a name, or its parts as S2ORC has them."""
    if not isinstance(value, dict):
        return natural(plain(words(value)))
    if not words(value.get("last")):
        return natural(plain(words(value.get("name")) or words(value.get("first"))))
    middle = value.get("middle")
    given = [words(value.get("first")), *(many(middle) if middle else ())]
    return Person(one_line(f"{words(value['last'])} {words(value.get('suffix'))}"), one_line(" ".join(given)))


def _date(item: Item) -> tuple[int, ...]:
    """Return the date of publication; of arXiv, that of the first version."""
    versions = item.get("versions")
    if isinstance(versions, list) and versions and isinstance(versions[0], dict):
        return date(words(versions[0].get("created")))
    year = date(_first(item, "year"))
    day = date(_first(item, "publicationDate", "publication_date", "published", "date", "created", "update_date"))
    return day if day[:1] == year or not year else year


def _keywords(item: Item) -> tuple[str, ...]:
    found = [word for name in ("keywords", "fieldsOfStudy") for word in many(item.get(name))]
    topics = item.get("s2FieldsOfStudy")
    if isinstance(topics, list):
        found += [words(topic.get("category")) for topic in topics if isinstance(topic, dict)]
    categories = item.get("categories")  # arXiv's stand in one text
    found += many(categories) if isinstance(categories, list) else words(categories).split()
    return keywords(found)
