"""The papers of a set by what the record tells of them: who wrote them, when, where, on what. Pure."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache

from paperchat.bibliography import OTHERS, Person, Scope
from paperchat.protocols import Day
from paperchat.text import lexicon
from paperchat.text.cleaning import clean
from paperchat.types import Paper

Ids = Collection[str]

Search = Callable[[str], frozenset[str]]

_WORD = re.compile(r"[^\W_]+")

_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "\u0131": "i", "æ": "ae", "œ": "oe"})
"""Letters that are no letter with a mark on it, as they are typed without them."""

_JOINING = lexicon.words("stop_words.searching")

_GROUP = re.compile(r"[A-Z][a-z]{0,40}|\d{1,9}")
"""What a capital of an acronym stands for the beginning of: Neur, I, P, S."""

_ACRONYM = re.compile(r"[A-Z][A-Za-z]{0,20}[A-Z][A-Za-z]{0,20}")


@lru_cache(maxsize=65_536)
def folded(text: str) -> tuple[str, ...]:
    """Return the words of a name as they are compared: case, accents and punctuation do not matter."""
    plain = unicodedata.normalize("NFKD", clean(text)).casefold().translate(_LETTERS)
    return tuple(_WORD.findall("".join(c for c in plain if not unicodedata.combining(c))))


class Catalogue:
    """The papers by author, year, venue, keyword and import; each index is made when it is first asked for.

    `today` is the day on which it is made, for what is said of imports; None where that is not known.
    """

    def __init__(self, papers: Iterable[Paper], today: Day | None = None) -> None:
        self._papers = tuple(papers)
        self._said: dict[tuple[str, ...], bool] = {}
        self.today = today

    def ids(self, scope: Scope) -> frozenset[str]:
        """Return the ids of the papers that a scope has."""
        found = [self._by(names, search) for names, search in self._searches(scope) if names]
        if scope.papers:
            found.append(frozenset(scope.papers))
        if scope.has_years:
            found.append(self.from_years(scope.since, scope.until))
        if scope.imported_since or scope.imported_until:
            found.append(self.imported(scope.imported_since, scope.imported_until))
        whole = frozenset(paper.id for paper in self._papers)
        return whole.intersection(*found)

    def _searches(self, scope: Scope) -> Iterator[tuple[Sequence[str], Search]]:
        yield scope.authors, self.by_author
        yield scope.venues, self.in_venue
        yield scope.keywords, self.with_keyword

    @staticmethod
    def _by(names: Sequence[str], search: Search) -> frozenset[str]:
        return frozenset().union(*map(search, names))

    # ---- when they came into the set

    @cached_property
    def latest(self) -> str:
        """The time of the last import, empty where the record tells of none."""
        return max((paper.imported for paper in self._papers), default="")

    def imported(self, since: str, until: str) -> frozenset[str]:
        """Return the papers that came into the set between these days or times, both included; empty: without end."""
        known = [(paper.id, paper.imported) for paper in self._papers if paper.imported]
        ended = [(key, time) for key, time in known if not until or time[: len(until)] <= until]
        return frozenset(key for key, time in ended if time[: len(since)] >= since)

    # ---- years

    def undated(self, scope: Scope) -> int:
        """Return how many papers a scope leaves out for nothing but that their year is not known."""
        if not scope.has_years:
            return 0
        others = self.ids(replace(scope, since=None, until=None))
        return len(others - self.from_years(None, None))

    @cached_property
    def years(self) -> Mapping[int, Ids]:
        """The ids of the papers of each year that the record tells."""
        found = defaultdict[int, list[str]](list)
        for paper in self._papers:
            if (year := paper.details.year) is not None:
                found[year].append(paper.id)
        return found

    @property
    def is_dated(self) -> bool:
        """Whether the record tells the year of most papers."""
        return 2 * sum(map(len, self.years.values())) > len(self._papers)

    def from_years(self, since: int | None, until: int | None) -> frozenset[str]:
        """Return the papers that came out in these years, both included, as far as the record tells theirs."""
        first, last = since if since is not None else -(10**6), until if until is not None else 10**6
        return frozenset().union(*(ids for year, ids in self.years.items() if first <= year <= last))

    # ---- authors

    @cached_property
    def _persons(self) -> Mapping[Person, Ids]:
        found = defaultdict[Person, list[str]](list)
        for paper in self._papers:
            for person in paper.details.authors:
                if person != OTHERS:
                    found[person].append(paper.id)
        return found

    @cached_property
    def _families(self) -> Mapping[str, Sequence[Person]]:
        """The persons that have a word in their family name."""
        found = defaultdict[str, list[Person]](list)
        for person in self._persons:
            for word in set(folded(person.family)):
                found[word].append(person)
        return found

    def by_author(self, name: str) -> frozenset[str]:
        """Return the papers by whoever is called so: "Ogden", "Ada Ogden", "A. Ogden"; by both, "Ogden & Li"."""
        if "&" in name:
            return frozenset.intersection(*map(self.by_author, name.split("&")))
        words = folded(name)
        persons = {person for word in words for person in self._families.get(word, ())}
        return frozenset().union(*(self._persons[one] for one in persons if _is_called(one, words)))

    def written(self, name: str) -> str:
        """Return a family name that is typed in small letters as the record writes it; any other as it is."""
        words = folded(name)
        known = self._families.get(words[0], ()) if name.islower() and len(words) == 1 else ()
        return next((person.family for person in known if folded(person.family) == words), name)

    def says(self, names: Iterable[str]) -> bool:
        """Tell whether a title or an abstract has all words of one of these names; it is looked for once."""
        return any(self._says(folded(name)) for name in names)

    def _says(self, words: tuple[str, ...]) -> bool:
        if words not in self._said:
            texts = (f"{paper.title} {paper.abstract}".casefold() for paper in self._papers)
            self._said[words] = any(
                all(word in text for word in words) and set(words).issubset(_WORD.findall(text)) for text in texts
            )
        return self._said[words]

    @property
    def has_authors(self) -> bool:
        """Whether the record tells of any paper who wrote it."""
        return bool(self._persons)

    # ---- venues and keywords

    @cached_property
    def _venues(self) -> Mapping[tuple[str, ...], tuple[str, Ids]]:
        return _listed((paper.details.venue, paper.id) for paper in self._papers)

    @cached_property
    def _keywords(self) -> Mapping[tuple[str, ...], tuple[str, Ids]]:
        return _listed((word, paper.id) for paper in self._papers for word in paper.details.keywords)

    def in_venue(self, name: str) -> frozenset[str]:
        """Return the papers of a venue: of that name, else with it in theirs, or of what an acronym is short for."""
        exact = self.named_venue(name)
        return exact or frozenset().union(*(ids for key, (_, ids) in self._venues.items() if _runs(folded(name), key)))

    def named_venue(self, name: str) -> frozenset[str]:
        """Return the papers of the venue that is called just so, or that an acronym is short for."""
        words = folded(name)
        own = frozenset(self._venues[words][1]) if words in self._venues else frozenset[str]()
        if not _ACRONYM.fullmatch(name.strip()):
            return own
        acronym = tuple(group.lower() for group in _GROUP.findall(name))
        meant = (ids for key, (_, ids) in self._venues.items() if words[0] in key or _is_short_for(acronym, key))
        return own.union(*meant)

    def with_keyword(self, name: str) -> frozenset[str]:
        """Return the papers with a keyword: with just that one, else with one that has it in it."""
        words = folded(name)
        if words in self._keywords:
            return frozenset(self._keywords[words][1])
        return frozenset().union(*(ids for key, (_, ids) in self._keywords.items() if _runs(words, key)))


def _listed(pairs: Iterable[tuple[str, str]]) -> Mapping[tuple[str, ...], tuple[str, Ids]]:
    """Return by the words of each name how it is first written, and the ids of those with it."""
    found = dict[tuple[str, ...], tuple[str, list[str]]]()
    for name, paper_id in pairs:
        if name:
            found.setdefault(folded(name), (name, []))[1].append(paper_id)
    return found


def _runs(words: Sequence[str], key: Sequence[str]) -> bool:
    """Tell whether words stand together in a name."""
    return bool(words) and any(tuple(key[at : at + len(words)]) == tuple(words) for at in range(len(key)))


def _is_called(person: Person, words: Sequence[str]) -> bool:
    """Tell whether each word typed is of a person's name; an initial is of what begins with it."""
    family, given = folded(person.family), folded(person.given)
    return all(word in family or any(_is_given(word, own) for own in given) for word in words)


def _is_given(word: str, own: str) -> bool:
    return word == own or (min(len(word), len(own)) == 1 and word[0] == own[0])


def _is_short_for(acronym: Sequence[str], words: Sequence[str]) -> bool:
    """Tell whether the parts of an acronym begin words that follow each other, those that only join left out."""
    own = [word for word in words if word not in _JOINING]
    count = len(acronym)
    return any(
        all(word.startswith(part) for word, part in zip(own[at : at + count], acronym, strict=True))
        for at in range(len(own) - count + 1)
    )
