"""Papers as JSON, one a line, all of each as it is kept: what reads them again has the same papers. Pure functions."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from paperchat.bibliography import Person
from paperchat.types import Paper


def to_json_lines(papers: Sequence[Paper]) -> str:
    """Return papers as JSON, an object a line."""
    return "".join(f"{json.dumps(_row(paper), ensure_ascii=False)}\n" for paper in papers)


def _row(paper: Paper) -> dict[str, Any]:
    """Return a paper by the names that Semantic Scholar and arXiv have, and plain ones beside them."""
    details = paper.details
    row = {
        "title": paper.title,
        "abstract": paper.abstract,
        "kind": details.kind,
        "authors": _people(details.authors),
        "editors": _people(details.editors),
        "year": details.year,
        "date": "-".join(f"{part:0{2 if place else 4}}" for place, part in enumerate(details.date)),
        "venue": details.venue,
        "publisher": details.publisher,
        "volume": details.volume,
        "issue": details.issue,
        "pages": details.pages,
        "doi": details.doi,
        "arxiv_id": details.arxiv,
        "url": details.url,
        "keywords": list(details.keywords),
        "language": details.language,
        "key": details.key,
        "others": [list(pair) for pair in details.others],
    }
    return {name: value for name, value in row.items() if value or name in ("title", "abstract")}


def _people(people: Iterable[Person]) -> list[dict[str, str]]:
    return [{"last": one.family, **({"first": one.given} if one.given else {})} for one in people]
