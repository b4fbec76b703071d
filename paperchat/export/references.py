"""Papers as references to take away: BibTeX, RIS, CSL-JSON and lists in the common styles.

A field that the record lacks is left out; nothing is made up.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from paperchat.text.cleaning import normalised

if TYPE_CHECKING:
    from paperchat.types import Paper

STYLES = {
    "apa": "apa",
    "ieee": "ieee",
    "acm": "association-for-computing-machinery",
    "chicago": "chicago-author-date",
    "mla": "modern-language-association",
    "harvard": "harvard-cite-them-right",
}
"""Names of the CSL styles."""

DATA = ("bibtex", "ris", "csl")
"""The formats that programs read."""

FORMATS = (*DATA, *STYLES)

SET_FORMATS = (*DATA, "jsonl")
"""The formats of a whole set; "jsonl" has each paper as it is kept."""

ENDINGS = {".bib": "bibtex", ".ris": "ris", ".json": "csl", ".jsonl": "jsonl"}
"""The format of a set by the ending of its file."""

NUMBERED = ("ieee", "acm")

_ARTICLES = ("a", "an", "the")  # do not count in the order of a list


def format_references(papers: Sequence["Paper"], name: str) -> str:
    """Return the papers in one of FORMATS, each once, ending in a new line.

    The numbered styles keep the order given, the others are in the order of authors, years and titles, as their manuals
    ask.
    """
    papers = list(dict.fromkeys(papers))
    if name in DATA:
        return format_set(papers, name)
    if name in NUMBERED:
        lines = [f"[{number}] {line}" for number, line in enumerate(formatted(papers, name), 1)]
    else:
        lines = formatted(sorted(papers, key=_order), name)
    return "".join(f"{line}\n" for line in lines)


def formatted(papers: Sequence["Paper"], style: str) -> list[str]:
    """Return one line a paper, in the order given, without a number; `style` is one of STYLES."""
    from paperchat.export.styles import style_lines

    return style_lines(papers, style)


def format_set(papers: Sequence["Paper"], name: str) -> str:
    """Return papers in one of SET_FORMATS, in the order given."""
    from paperchat.export.bibtex import to_bibtex
    from paperchat.export.csl import to_csl
    from paperchat.export.json_lines import to_json_lines
    from paperchat.export.ris import to_ris

    writers = {"bibtex": to_bibtex, "ris": to_ris, "csl": to_csl, "jsonl": to_json_lines}
    return writers[name](papers)


def _order(paper: "Paper") -> tuple[tuple[str, ...], tuple[int, ...], tuple[str, ...]]:
    from paperchat.text.citation_keys import romanised

    words = romanised(normalised(paper.title)).split()
    title = tuple(words[1:] if words[:1] and words[0] in _ARTICLES else words)
    people = tuple(romanised(f"{person.family}\n{person.given}") for person in paper.details.authors)
    return people or title, paper.details.date, title
