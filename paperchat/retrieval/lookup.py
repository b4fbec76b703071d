"""Suggest the papers that are meant by what is typed: a name, a misspelt title, a claim. Pure functions."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from paperchat.text.cleaning import clean, normalised, work_name
from paperchat.text.mentions import mentions
from paperchat.text.tokens import content_words
from paperchat.types import Paper, Result, Suggestion

ALIKE = 80
"""Least likeness of what is typed to a name or title, 0..100 (normalised indel similarity, as in rapidfuzz)."""

NEAREST = 5
"""Most papers offered for a likeness of spelling."""

LONG = 4
"""Letters from which on a misspelt title is looked for."""

LONGEST_TYPED = 300
"""Characters of what is typed that are looked at."""

_ASKING = re.compile(
    r"^(?:(?:what(?:['\u2019]?s| is|s)|which is|where is|find|show)(?: me)? )?(?:the |a )?"
    r"(?:paper|work|article|reference|citation)"
    r" (?:behind|on|about|for|of|called|named|that introduced|introducing|by the name of) |^(?:the )?one (?:about|on) "
    r"|^(?:who|which paper(?: \w+)?) (?:show(?:ed|s)|found|proved|introduced|proposes?d?)(?: that)? "
    r"|,? (?:the )?(?:paper|article|citation|reference)s?(?:,? (?:please|pls))?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper with its title as it is compared, and the name of the work that stands before the title's colon."""

    paper: Paper
    title: str
    name: str


def entries_of(papers: Iterable[Paper]) -> tuple[Entry, ...]:
    """Return the papers as they are compared."""
    return tuple(Entry(paper, normalised(paper.title), normalised(work_name(paper.title))) for paper in papers)


def suggest(
    text: str, entries: Sequence[Entry], search: Callable[[str], Sequence[Result]], limit: int
) -> tuple[Suggestion, ...]:
    """Return at most `limit` papers that may be meant, the surest first, each with the reason.

    By name first, whole before begun; then by the words of the title, by what papers say, and by a title that is only
    alike. `search` finds papers by what they say.
    """
    text = text[:LONGEST_TYPED]
    typed = normalised(_ASKING.sub("", clean(text).strip().rstrip("?")))
    if not typed:
        return ()
    found: dict[str, Suggestion] = {}
    names = {place: entry.name for place, entry in enumerate(entries) if entry.name}
    titles = {place: entry.title for place, entry in enumerate(entries)}
    for group in (
        _at((place for place, name in names.items() if name == typed), entries, "its name"),
        _at((place for place, title in titles.items() if title == typed), entries, "its title"),
        _at((place for place, name in names.items() if name.startswith(typed)), entries, "its name begins so"),
        _at((place for place, title in titles.items() if _holds(title, typed)), entries, "words of its title"),
        _at(_spelt(typed, names), entries, "a name spelt alike"),
        _at(_spelt(typed, titles), entries, "a title spelt alike"),
        _said(typed, text, search),
    ):
        for one in group:
            found.setdefault(one.paper.id, one)
        if len(found) >= limit:
            break
    return tuple(found.values())[:limit]


def _at(places: Iterable[int], entries: Sequence[Entry], reason: str) -> Iterator[Suggestion]:
    return (Suggestion(entries[place].paper, reason) for place in places)


def _holds(title: str, typed: str) -> bool:
    """Tell whether a title has all words typed; the last one may only be begun."""
    *whole, last = typed.split()
    words = title.split()
    return set(whole) <= set(words) and any(word.startswith(last) for word in words)


def _spelt(typed: str, names: Mapping[int, str]) -> Iterator[int]:
    """Yield the places of the names or titles that are spelt alike, the likest first."""
    from rapidfuzz import fuzz, process

    if len(typed) >= LONG:
        for _, _, place in process.extract(typed, names, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=NEAREST):
            yield place


def _said(typed: str, text: str, search: Callable[[str], Sequence[Result]]) -> Iterator[Suggestion]:
    """Yield the papers with a sentence that has the words typed, then the others found.

    One word that no paper has is near nothing.
    """
    words, results = set(content_words(typed)), search(text)
    for result in results:
        for sentence in result.sentences:
            said = clean(sentence.text)
            if words <= set(content_words(said)) or (len(words) == 1 and mentions(said, typed)):
                yield Suggestion(result.paper, "a sentence says it", sentence)
                break
    near = [result for result in results if result.keyword or " " in typed]
    yield from (Suggestion(r.paper, "near in meaning", r.sentences[0] if r.sentences else None) for r in near)
