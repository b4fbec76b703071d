"""Which entries are the same work, and what one record is made of two. Pure functions and an index of works."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace

from paperchat.bibliography import Details
from paperchat.storage.identity import is_same_text, paper_id, second_id
from paperchat.text.titles import signature
from paperchat.types import Paper

ARXIV_DOI = "10.48550/arxiv."
"""What the DOI of a preprint begins with that arXiv registers."""

_GENERAL = ("", "document")
"""Types that say nothing of a paper."""


class Works:
    """Papers by what tells works apart: DOI, arXiv id, title and year."""

    def __init__(self, papers: Iterable[Paper]) -> None:
        self._by_identifier: dict[str, str] = {}
        self._by_title: dict[str, list[str]] = {}
        self._papers: dict[str, Paper] = {}
        for paper in papers:
            self.put(paper)

    def put(self, paper: Paper) -> None:
        """Know a paper, or what it has become."""
        self._papers[paper.id] = paper
        for name in _identifiers(paper.details):
            self._by_identifier.setdefault(name, paper.id)
        same = self._by_title.setdefault(signature(paper.title), [])
        if paper.id not in same:
            same.append(paper.id)

    def papers(self) -> list[Paper]:
        """Return all of them, in the order in which they became known."""
        return list(self._papers.values())

    def __contains__(self, key: object) -> bool:
        """Tell whether a paper has this id."""
        return key in self._papers

    def find(self, new: Paper) -> Paper | None:
        """Return the paper that is this work, whatever its id, None where there is none."""
        for name in _identifiers(new.details):
            if name in self._by_identifier:
                return self._papers[self._by_identifier[name]]
        titled = [self._papers[key] for key in self._by_title.get(signature(new.title), ())]
        alike = [one for one in titled if may_be_one(one.details, new.details)]
        same_text = [one for one in alike if one.abstract == new.abstract]
        return next((one for one in (*same_text, *alike) if is_same_text(one.abstract, new.abstract)), None)


def _identifiers(details: Details) -> Iterator[str]:
    """Yield what a work is known by anywhere; a preprint's DOI is its arXiv id."""
    preprint = details.arxiv or (details.doi.removeprefix(ARXIV_DOI) if details.doi.startswith(ARXIV_DOI) else "")
    if details.doi and not details.doi.startswith(ARXIV_DOI):
        yield f"doi:{details.doi}"
    if preprint:
        yield f"arxiv:{preprint}"


def may_be_one(one: Details, other: Details) -> bool:
    """Tell whether records under one title can be of one work.

    They cannot where both tell a year, and another; nor where both tell a DOI and a first author, and others.
    """
    if one.year and other.year and one.year != other.year:
        return False
    apart = one.doi and other.doi and one.doi != other.doi
    authors = one.authors[:1] and other.authors[:1]
    return not (apart and authors and one.authors[0].family.casefold() != other.authors[0].family.casefold())


def free_id(new: Paper, taken: Works) -> str:
    """Return the id of a new paper: by its title, or, where another work has that, by what else tells it apart."""
    key, details = paper_id(new.title), new.details
    if key not in taken:
        return key
    first = details.authors[0].family if details.authors else ""
    told = f"{details.doi or details.arxiv} {first} {details.year or ''}"
    return second_id(new.title, told if told.strip() else new.abstract)


def merged(one: Paper, other: Paper, newer: bool = False) -> Paper:
    """Return the better record of a work, with what it lacks taken from the other.

    The better one has an abstract, and more details; where `other` is the same record, only `newer`, it is.
    """
    best, rest = (other, one) if newer or _worth(other) > _worth(one) else (one, other)
    return replace(
        best, id=one.id, abstract=best.abstract or rest.abstract, details=_filled(best.details, rest.details)
    )


def _worth(paper: Paper) -> tuple[bool, int, int]:
    told = sum(bool(getattr(paper.details, field.name)) for field in fields(Details))
    return bool(paper.abstract), told, len(paper.abstract)


def _filled(details: Details, rest: Details) -> Details:
    """Return details with the fields that they lack taken from others."""
    taken: Mapping[str, object] = {
        field.name: getattr(rest, field.name) for field in fields(Details) if not getattr(details, field.name)
    }
    kind = rest.kind if details.kind in _GENERAL and rest.kind else details.kind
    fuller = rest.date if rest.date[:1] == details.date[:1] and len(rest.date) > len(details.date) else details.date
    made: Details = replace(details, **{**taken, "kind": kind, "date": fuller or rest.date})  # type: ignore[arg-type]
    return made


def same(paper: Paper, other: Paper) -> bool:
    """Tell whether two records of a paper say the same, wherever they are from."""
    return (paper.title, paper.abstract, paper.details) == (other.title, other.abstract, other.details)
