"""Papers as RIS, which every reference manager reads. The only place that writes it."""

from collections.abc import Sequence
from typing import Any

from paperchat.bibliography import Details, Person
from paperchat.export.csl import bare_line, is_preprint, kind_of, read_line, url_of
from paperchat.export.other_fields import as_ris
from paperchat.text.citation_keys import citation_keys
from paperchat.types import Paper

_TYPES = {
    "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS", "article": "UNPB",
    "paper-conference": "CPAPER", "chapter": "CHAP", "entry-encyclopedia": "ENCYC", "entry-dictionary": "DICT",
    "book": "BOOK", "thesis": "THES", "report": "RPRT", "webpage": "ELEC", "post": "ICOMM", "post-weblog": "BLOG",
    "dataset": "DATA", "software": "COMP", "patent": "PAT", "manuscript": "UNPB", "review": "JOUR",
    "review-book": "JOUR", "standard": "STAND", "map": "MAP", "figure": "FIGURE", "motion_picture": "MPCT",
    "legislation": "STAT", "bill": "BILL", "legal_case": "CASE", "speech": "SLIDE", "pamphlet": "PAMP",
}  # fmt: skip

GENERAL = "GEN"


def to_ris(papers: Sequence[Paper]) -> str:
    """Return papers as RIS."""
    import rispy

    class Unnumbered(rispy.RisWriter):  # type: ignore[misc]  # rispy has no types
        def set_header(self, count: int) -> str:  # noqa: ARG002 -- rispy hands it over
            return ""

    rows = [_row(*one) for one in zip(papers, citation_keys(papers), strict=True)]
    return str(rispy.dumps(rows, implementation=Unnumbered))


def _row(paper: Paper, key: str) -> dict[str, Any]:
    """Return a paper by rispy's names of the tags."""
    details = paper.details
    first, _, last = bare_line(details.pages).partition("-")
    row = {
        "type_of_reference": _TYPES.get(kind_of(details), GENERAL),
        "id": key,
        "title": read_line(paper.title),
        "authors": [_name(person) for person in details.authors],
        "secondary_authors": [_name(person) for person in details.editors],
        "year": f"{details.year:04}" if details.year else "",
        "date": _date(details),
        "secondary_title": read_line(details.venue),
        "publisher": read_line(details.publisher) or ("arXiv" if is_preprint(details) else ""),
        "volume": bare_line(details.volume),
        "number": bare_line(details.issue),
        "start_page": first.strip(),
        "end_page": last.strip("- "),
        "doi": bare_line(details.doi),
        "note": f"arXiv:{details.arxiv}" if details.arxiv else "",
        "urls": [url_of(details)] if url_of(details) else [],
        "keywords": [read_line(word) for word in details.keywords],
        "language": bare_line(details.language),
        "abstract": read_line(paper.abstract),
    }
    told = {name: value for name, value in row.items() if value}
    return {**told, **_others(details, set(told))}


def _others(details: Details, told: set[str]) -> dict[str, Any]:
    """Return further fields by rispy's names, those that are not told yet."""
    from rispy.config import LIST_TYPE_TAGS, TAG_KEY_MAPPING

    found: dict[str, Any] = {}
    unknown: dict[str, list[str]] = {}
    for tag, value in as_ris(details.others):
        name, text = TAG_KEY_MAPPING.get(tag, ""), read_line(value)
        if not name or name in found:
            unknown.setdefault(tag, []).append(text)
        elif name not in told and tag not in ("ER", "UK"):
            found[name] = [text] if tag in LIST_TYPE_TAGS else text
    return {**found, "unknown_tag": unknown} if unknown else found


def _name(person: Person) -> str:
    family, given = read_line(person.family), read_line(person.given)
    return f"{family}, {given}" if given else family


def _date(details: Details) -> str:
    """Return a date that is known beyond its year, such as "2019/03/14/"."""
    year, month, day = (*details.date, 0, 0, 0)[:3]
    return f"{year:04}/{month:02}/{f'{day:02}' if day else ''}/" if month else ""
