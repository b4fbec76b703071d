"""Which paper is which: its id, and whether one that comes is one that is there. Pure functions."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from paperchat.text.cleaning import normalised
from paperchat.text.titles import carries_signs, signature
from paperchat.types import Paper

LENGTH = 12
"""Hexadecimal digits of an id."""

SIGNS = 4
"""Digits more of an id whose title has signs that carry meaning: "C++" is not "C"."""

RUN = 12
"""Characters of the runs by which abstracts are compared, in any script."""

SHARED = 0.25
"""Least share of the shorter abstract's runs that another version of it has; two works share next to none."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A paper with the id that it has in the set, and the one that it replaces there, None where it is new."""

    paper: Paper
    was: Paper | None

    @property
    def is_same(self) -> bool:
        """Whether it is there already, as it is."""
        return self.was is not None and _facts(self.paper) == _facts(self.was)


def paper_id(title: str) -> str:
    """Return the id of the paper with this title: digits of its normal form, and of its signs; stable across runs."""
    key = _digest(normalised(title), LENGTH)
    return f"{key}{_digest(signature(title), SIGNS)}" if carries_signs(title) else key


def second_id(title: str, abstract: str) -> str:
    """Return the id of another work under a title that is taken: made of title and abstract."""
    return _digest(f"{signature(title)}\n{normalised(abstract)}", LENGTH + SIGNS)


def recognised(papers: Iterable[Paper], known: Iterable[Paper]) -> Iterator[Recognised]:
    """Yield papers with the ids that they have among those known, each known to those that come after it.

    A paper that is there keeps its id, however an id is made now; another work never takes it.
    """
    by_id: dict[str, Paper] = {}
    by_title: dict[str, list[str]] = {}
    for paper in known:
        _remember(paper, by_id, by_title)
    for paper in papers:
        same = [by_id[key] for key in by_title.get(signature(paper.title), ()) if is_same_work(paper, by_id[key])]
        was = next((one for one in same if one.abstract == paper.abstract), same[0] if same else None)
        made = replace(paper, id=was.id if was else _free_id(paper, by_id))
        _remember(made, by_id, by_title)
        yield Recognised(made, was)


def is_same_work(paper: Paper, other: Paper) -> bool:
    """Tell whether two papers of one title are one work: their identifiers or abstracts say so, or one has none."""
    for mine, theirs in ((paper.details.doi, other.details.doi), (paper.details.arxiv, other.details.arxiv)):
        if mine and mine == theirs:
            return True
    one, two = normalised(paper.abstract), normalised(other.abstract)
    if not one or not two:
        return not _has_other_authors(paper, other)
    return one == two or _shared(one, two) >= SHARED


def _has_other_authors(paper: Paper, other: Paper) -> bool:
    mine, theirs = ({one.family.casefold() for one in each.details.authors} for each in (paper, other))
    return bool(mine and theirs) and not mine & theirs


def _shared(one: str, two: str) -> float:
    """Return the share of the shorter text's runs of characters that the other has, 0..1."""
    runs = [{text[n : n + RUN] for n in range(max(1, len(text) - RUN + 1))} for text in (one, two)]
    return len(runs[0] & runs[1]) / min(map(len, runs))


def _remember(paper: Paper, by_id: dict[str, Paper], by_title: dict[str, list[str]]) -> None:
    keys = by_title.setdefault(signature(paper.title), [])
    if paper.id not in keys:
        keys.append(paper.id)
    by_id[paper.id] = paper


def _free_id(paper: Paper, taken: dict[str, Paper]) -> str:
    key = paper.id or paper_id(paper.title)
    return key if key not in taken else second_id(paper.title, paper.abstract)


def _facts(paper: Paper) -> tuple[object, ...]:
    return paper.title, paper.abstract, paper.details


def _digest(text: str, length: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]
