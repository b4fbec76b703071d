"""Papers as one types: by words of the title, though misspelt, by names in the abstract, by what is said. Pure."""

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from paperchat.text import normalised
from paperchat.types import Paper, Result, Sentence, Suggestion

ALIKE = 0.75
"""Least likeness, by difflib's ratio, of a title's word to one that is misspelt."""
MOST = 0.75
"""Least share of the words typed that a title has."""
MISSPELT = 4
"""Letters of the shortest word that may be misspelt; shorter ones are like too many others."""
CLAIM = 3
"""Words from which on papers are offered for what they say."""


class Titles:
    """The words of all titles, to find papers by; made once for a set."""

    def __init__(self, papers: Iterable[Paper]) -> None:
        self._titles = [(paper, normalised(paper.title).split()) for paper in papers]
        self._words = sorted({word for _, words in self._titles for word in words})

    def near(self, typed: str) -> list[Suggestion]:
        """Return the papers whose titles have most of the words typed, best first; a word may be begun or misspelt."""
        words = normalised(typed).split()
        exact = [{known for known in self._words if known.startswith(word)} for word in words]
        alike = [found or self._alike(word) for word, found in zip(words, exact, strict=True)]
        rated = [(_share(alike, own), _share(exact, own), -len(own), paper) for paper, own in self._titles]
        kept = sorted((row for row in rated if row[0] >= MOST), key=lambda row: row[:3], reverse=True)
        return [
            Suggestion(paper, "title" if right == both else "title, spelt otherwise") for both, right, _, paper in kept
        ]

    def _alike(self, word: str) -> set[str]:
        return set(get_close_matches(word, self._words, 5, ALIKE)) if len(word) >= MISSPELT else set()


def _share(found: Sequence[set[str]], own: Sequence[str]) -> float:
    """Return the share of the typed words that a title has, 0..1."""
    return sum(not words.isdisjoint(own) for words in found) / len(found) if found else 0.0


def suggestions(
    typed: str,
    titles: Sequence[Suggestion],
    results: Sequence[Result],
    sentences: Sequence[tuple[Paper, Sentence]],
    limit: int,
) -> tuple[Suggestion, ...]:
    """Return what to offer, each paper once: by title, by `sentences` that have what was typed, by what is like it."""
    said = [Suggestion(r.paper, f"“{r.sentences[0].text}”", r.sentences[0]) for r in results if r.sentences]
    named = [Suggestion(paper, f"“{sentence.text}”", sentence) for paper, sentence in sentences]
    offered: dict[str, Suggestion] = {}
    for one in (*titles, *named, *(said if len(typed.split()) >= CLAIM else ())):
        offered.setdefault(one.paper.id, one)
    return tuple(offered.values())[:limit]


def named(typed: str, papers: Iterable[tuple[Paper, Sequence[Sentence]]]) -> list[tuple[Paper, Sentence]]:
    """Return the first sentence of each paper's abstract that has what is typed as whole words."""
    whole = re.compile(rf"(?<!\w){re.escape(typed.strip())}(?!\w)", re.IGNORECASE)
    found = ((paper, next((s for s in sentences if whole.search(s.text)), None)) for paper, sentences in papers)
    return [(paper, sentence) for paper, sentence in found if sentence]
