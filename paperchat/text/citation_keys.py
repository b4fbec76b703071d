"""The keys by which papers are cited: that of their source, or our own. The only place that knows anyascii."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from paperchat.text.cleaning import clean
from paperchat.types import Paper

_ARTICLES = {"a", "an", "the"}

_COMMON = {*_ARTICLES, "and", "are", "as", "at", "by", "can", "do", "does", "for", "from", "how", "in", "is", "it",
           "of", "on", "or", "to", "toward", "towards", "we", "what", "when", "why", "with"}  # fmt: skip

_LONGEST = 40
"""Letters of a word that begins a key."""

_WORD = re.compile("[a-z0-9]+")

_FIT = re.compile(r"[\w:.+/*?-]{1,200}")
"""What BibTeX, biber and pandoc take for a key."""

_SPACE = re.compile(r"\s")

_OWN = re.compile(r"[a-z0-9]{1,60}-(\S{1,200})")


def citation_key(paper: Paper) -> str:
    """Return our own key of a paper, such as "graphmae-0f3b5a9c1d2e": a word of its title, and its id, which is unique.

    It depends on the paper alone, so that other papers never change it.
    """
    words = [word for word in _WORD.findall(romanised(clean(paper.title))) if not word.isdigit()]
    return f"{next((word for word in words if word not in _COMMON), 'paper')[:_LONGEST]}-{paper.id}"


def romanised(text: str) -> str:
    """Return text in small ASCII letters, whatever its script: "łódź" is "lodz", "большой" "bolshoy"."""
    from anyascii import anyascii

    return str(anyascii(unicodedata.normalize("NFKC", text))).lower().replace("'", "")  # as in bol'shoy


def citation_keys(papers: Sequence[Paper]) -> list[str]:
    """Return the key of each of these papers: its source's where that is fit and no other has it, or our own."""
    given = Counter(paper.details.key.casefold() for paper in papers if paper.details.key)
    return [
        paper.details.key
        if given[paper.details.key.casefold()] == 1 and _FIT.fullmatch(paper.details.key)
        else citation_key(paper)
        for paper in papers
    ]


def keyed(papers: Iterable[Paper], wanted: str) -> list[Paper]:
    """Return the papers that an id or a key means: one, or the several whose sources give them the same key.

    Our own key may begin with any word: what an earlier version wrote is still understood.
    """
    wanted = wanted.strip()
    own = _OWN.fullmatch(wanted)
    ids, key = {wanted, own[1] if own else wanted}, wanted.casefold()
    if not key or _SPACE.search(key):
        return []
    named, given = [], []
    for paper in papers:
        if paper.id in ids:
            named.append(paper)
        elif paper.details.key and paper.details.key.casefold() == key:
            given.append(paper)
    exact = [paper for paper in given if paper.details.key == wanted]
    return named or (exact if len(exact) == 1 else given)
