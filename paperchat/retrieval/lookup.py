"""The papers that are meant by what is typed: a title or id, a name, a misspelt title, a claim. Pure functions."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from paperchat.bibliography import OTHERS
from paperchat.errors import InputError
from paperchat.query.reading import Reading
from paperchat.storage.readers.listing import MAX_TITLE
from paperchat.text import lexicon
from paperchat.text.citation_keys import keyed
from paperchat.text.cleaning import clean, plain_letters, printable, work_name
from paperchat.text.likeness import nearest_spellings
from paperchat.text.mentions import mentions
from paperchat.text.titles import Titles, signature
from paperchat.text.tokens import content_words
from paperchat.types import Paper, Suggestion

ALIKE = 0.8
"""Least likeness of what is typed to a name or title, 0..1 (see `likeness`)."""

NEAREST = 5
"""Most papers offered for a likeness of spelling."""

LONG = 4
"""Letters from which on a misspelt title is looked for."""

OFFERED = 3
"""Titles offered for one that no paper has."""

KEYED = "its key"
"""Why a paper is meant whose id or citation key is typed."""

_LEAST_LIKENESS = 0.5  # of a title that is offered for a mistyped one, by difflib's ratio

LONGEST_NAME = 4
"""Words of a family name, such as "van der Berg"."""

LONGEST_TYPED = 300
"""Characters of what is typed that are looked at."""

_MEANT = lexicon.any_of("works.meant")

_ASKING = re.compile(
    r"^(?:(?:what(?:['\u2019]?s| is|s)|which is|where is|find|show)(?: me)? )?(?:the |a )?"
    rf"(?:work|{_MEANT}) (?:behind|on|about|for|of|called|named|that introduced|introducing|by the name of) "
    r"|^(?:the )?one (?:about|on) "
    r"|^(?:who|which paper(?: \w+)?) (?:show(?:ed|s)|found|proved|introduced|proposes?d?)(?: that)? "
    rf"|,? (?:the )?{_MEANT}s?(?:,? (?:please|pls))?$",
    re.IGNORECASE,
)


_BY = re.compile(r"\b(?:by|from) (.{2,200})")

_YEAR = re.compile(r"\b(?:1[5-9]|20|21)\d\d\b")

_JOINING = lexicon.words("joining_authors")


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper with its title and the name before the title's colon, as they are compared: without accents.

    `signs` is its title with the signs that carry meaning, `authors` are the family names of those who wrote it.
    """

    paper: Paper
    title: str
    name: str
    signs: str
    authors: frozenset[str] = frozenset()


def entries_of(papers: Iterable[Paper]) -> tuple[Entry, ...]:
    """Return the papers as they are compared."""
    return tuple(
        Entry(
            paper,
            plain_letters(paper.title),
            plain_letters(work_name(paper.title)),
            signature(paper.title),
            _family_names(paper),
        )
        for paper in papers
    )


def _family_names(paper: Paper) -> frozenset[str]:
    return frozenset(plain_letters(person.family) for person in paper.details.authors if person != OTHERS)


def suggest(
    text: str, entries: Sequence[Entry], search: Callable[[str], Reading], limit: int
) -> tuple[Suggestion, ...]:
    """Return at most `limit` papers that may be meant, the surest first, each with the reason.

    By id or key, then by name, whole before begun; then by the words of the title, by what papers say, and by a title
    that is only alike. `search` finds papers by what they say.
    """
    text = text[:LONGEST_TYPED]
    asked = _ASKING.sub("", clean(text).strip().rstrip("?"))
    typed, signed = plain_letters(asked), signature(asked)
    if not typed:
        return tuple(Suggestion(entry.paper, "its title") for entry in entries if signed and entry.signs == signed)
    found: dict[str, Suggestion] = {}
    names = {place: entry.name for place, entry in enumerate(entries) if entry.name}
    titles = {place: entry.title for place, entry in enumerate(entries)}
    for group in (
        (Suggestion(paper, KEYED) for paper in keyed((entry.paper for entry in entries), text)),
        _at((place for place, entry in enumerate(entries) if entry.signs == signed), entries, "its title"),
        _at((place for place, name in names.items() if name == typed), entries, "its name"),
        _at((place for place, title in titles.items() if title == typed), entries, "its title"),
        _written_by(typed, entries),
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


def _written_by(typed: str, entries: Sequence[Entry]) -> Iterator[Suggestion]:
    """Yield the papers by the authors that are typed, of the year typed, those first whose titles have the other words.

    Authors are meant where "by" is before one, or where nothing but their names, a year and what joins them is typed.
    """
    written = _BY.search(typed)
    text = plain_letters(typed)
    year = next((int(word) for word in _YEAR.findall(text)), 0)
    spoken = (plain_letters(written[1]) if written else text).split()
    runs = {" ".join(spoken[at : at + count]) for at in range(len(spoken)) for count in range(1, LONGEST_NAME + 1)}
    meant = [(entry, entry.authors & runs) for entry in entries]
    most = max((len(names) for _, names in meant), default=0)
    names = {word for _, own in meant for name in own for word in name.split()}
    rest = [word for word in text.split() if word not in names | _JOINING and not _YEAR.fullmatch(word)]
    if not most or (rest and not written and not year):
        return
    found = [entry for entry, own in meant if len(own) == most and year in (0, entry.paper.details.year)]
    reason = "its author and year" if year else "its author"
    for entry in sorted(found, key=lambda one: -len(set(rest).intersection(plain_letters(one.title).split()))):
        yield Suggestion(entry.paper, reason)


def _holds(title: str, typed: str) -> bool:
    """Tell whether a title has all words typed; the last one may only be begun."""
    *whole, last = typed.split()
    words = title.split()
    return set(whole) <= set(words) and any(word.startswith(last) for word in words)


def _spelt(typed: str, names: Mapping[int, str]) -> Iterator[int]:
    """Yield the places of the names or titles that are spelt alike, the likest first."""
    if len(typed) >= LONG:
        yield from nearest_spellings(typed, names, ALIKE, NEAREST)


def _said(typed: str, text: str, search: Callable[[str], Reading]) -> Iterator[Suggestion]:
    """Yield the papers with a sentence that has the words typed, then the others found.

    One word that no paper has is near nothing.
    """
    words, reading = set(content_words(typed)), search(text)
    for result, own in zip(reading.results, reading.texts, strict=True):
        for sentence in result.sentences:
            held = words.issubset(own.words[sentence.number])
            if held or (len(words) == 1 and mentions(own.cleaned[sentence.number], typed)):
                yield Suggestion(result.paper, "a sentence says it", sentence)
                break
    near = [result for result in reading.results if result.keyword or " " in typed]
    yield from (Suggestion(r.paper, "near in meaning", r.sentences[0] if r.sentences else None) for r in near)


def find_paper(papers: Iterable[Paper], wanted: str, search: Callable[[str], Iterable[Paper]]) -> Paper:
    """Return the paper with this id or citation key or, case and punctuation aside, this title.

    Raises InputError that offers the nearest titles: those that hold the words given, that look like them, and that
    `search` finds.
    """
    if len(wanted) > MAX_TITLE:
        raise InputError(f"The title has {len(wanted):,} characters; {MAX_TITLE:,} is the most.", "Shorten it.")
    papers = tuple(papers)
    meant = keyed(papers, wanted)
    if len(meant) == 1:
        return meant[0]
    if len(meant) > 1:
        raise InputError(
            f"{len(meant)} papers have the key {printable(wanted)[:200]!r}.", f"Give a title: {_named(meant)}."
        )
    if found := Titles((paper.title, paper) for paper in papers).all(wanted.strip()):
        return _only(found)
    if not (title := plain_letters(wanted)):
        raise InputError(f"{printable(wanted)[:200]!r} is no title or id.", "See: paperchat papers")
    titles = {plain_letters(paper.title): paper for paper in papers}
    if title in titles:
        return titles[title]
    holding = [paper for name, paper in titles.items() if set(title.split()) <= set(name.split())]
    alike = [titles[name] for name in get_close_matches(title, titles, OFFERED, _LEAST_LIKENESS)]
    near = list(dict.fromkeys([*holding, *alike, *search(wanted)]))[:OFFERED]
    fix = f"Nearest: {_named(near)}." if near else "See: paperchat papers"
    raise InputError(f"No paper has the title, id or key {printable(wanted)[:200]!r}.", fix)


def _only(found: Sequence[Paper]) -> Paper:
    """Return the one paper with a title; raises InputError that offers the ids where several have it."""
    if len(found) > 1:
        ids = "; ".join(f"{paper.id} (“{' '.join(printable(clean(paper.abstract)).split())[:60]}…”)" for paper in found)
        raise InputError(
            f"{len(found)} papers have the title {printable(found[0].title)[:200]!r}.", f"Give an id: {ids}."
        )
    return found[0]


def _named(papers: Iterable[Paper]) -> str:
    return "; ".join(f"“{' '.join(printable(clean(paper.title)).split())}”" for paper in papers)
