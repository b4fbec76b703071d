"""A paper as a CSL item: what citation styles format, and what CSL-JSON holds. Pure functions."""

import json
import re
from collections.abc import Sequence
from typing import Any

from paperchat.bibliography import Details, Person
from paperchat.export.other_fields import as_csl, structured
from paperchat.text.citation_keys import citation_keys
from paperchat.text.cleaning import clean, printable
from paperchat.types import Paper

GENERAL = "document"
"""CSL's type of a paper of which it is not known whether or where it came out."""

_PARAGRAPH = re.compile(r"\n[^\S\n]{0,100}\n")

_CASED = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u058f\u1e00-\u1fff]")
"""Letters that are large and small."""

_CHINESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def to_csl(papers: Sequence[Paper]) -> str:
    """Return papers as CSL-JSON."""
    keys = citation_keys(papers)
    return json.dumps([csl_item(*one) for one in zip(papers, keys, strict=True)], ensure_ascii=False, indent=1) + "\n"


def csl_item(paper: Paper, key: str) -> dict[str, Any]:
    """Return a paper as a CSL item; what is not known of it is left out."""
    details = paper.details
    item = {
        "id": key,
        "type": kind_of(details),
        "title": read_line(paper.title),
        "author": [csl_name(person) for person in details.authors],
        "editor": [csl_name(person) for person in details.editors],
        "issued": {"date-parts": [list(details.date[:3])]} if details.date else None,
        "container-title": read_line(details.venue),
        "publisher": read_line(details.publisher) or ("arXiv" if is_preprint(details) else ""),
        "volume": bare_line(details.volume),
        "issue": bare_line(details.issue),
        "page": bare_line(details.pages),
        "number": f"arXiv:{details.arxiv}" if is_preprint(details) else "",
        "DOI": bare_line(details.doi),
        "URL": url_of(details),
        "keyword": ("; " if any("," in word for word in details.keywords) else ", ").join(
            map(read_line, details.keywords)
        ),
        "language": bare_line(details.language),
        "abstract": read_paragraphs(paper.abstract),
    }
    told = {name: value for name, value in item.items() if value}
    others: dict[str, Any] = {name: read_line(value) for name, value in as_csl(details.others).items()}
    others |= structured(details.others)
    return told | {name: value for name, value in others.items() if value and name not in told}


def kind_of(details: Details) -> str:
    """Return the CSL type of a paper: the one told, or what its details are those of."""
    if details.kind:
        return details.kind
    return "article-journal" if details.venue else "article" if details.arxiv else GENERAL


def is_preprint(details: Details) -> bool:
    """Tell whether arXiv is where a paper came out, as far as is known."""
    return bool(details.arxiv) and kind_of(details) == "article"


def url_of(details: Details) -> str:
    """Return the address of a paper, its arXiv page where no other is known."""
    return bare_line(details.url) or (f"https://arxiv.org/abs/{details.arxiv}" if details.arxiv else "")


def csl_name(person: Person) -> dict[str, str]:
    """Return a person as CSL names one; of what has no initials, such as 李明, the name is one whole."""
    family, given = read_line(person.family), read_line(person.given)
    if family and given and _CASED.search(given):
        return {"family": family, "given": given}
    if _CHINESE.search(family):
        return {"literal": f"{family}{given}"}
    return {"literal": f"{given} {family}".strip()}


def read_line(text: str) -> str:
    """Return text as it is read, on one line."""
    return " ".join(printable(clean(text)).split())


def bare_line(text: str) -> str:
    """Return what is no text, such as an address, as it is, on one line."""
    return " ".join(printable(text).split())


def read_paragraphs(text: str) -> str:
    """Return text as it is read, an empty line between its paragraphs."""
    return "\n\n".join(filter(None, map(read_line, _PARAGRAPH.split(text))))
