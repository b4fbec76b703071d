"""What is known of a paper beside its title and abstract: who wrote it, when and where it came out; what to ask of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """An author or editor; an institution, or a name that its source does not split, is a `family` alone."""

    family: str
    given: str = ""

    @property
    def name(self) -> str:
        """The name as it is said, such as "Ada Lovelace"."""
        return f"{self.given} {self.family}".strip()


OTHERS = Person("others")
"""Who stands last among people of whom the source names some alone: "and others", "et al."."""


@dataclass(frozen=True, slots=True)
class Details:
    """The bibliographic record of a paper, as text that people read; what its source does not tell is empty.

    `kind` is a CSL type such as "article-journal", `date` year, month and day as far as they are known, `pages` a range
    such as "12-19" or the number of an article, `doi` and `arxiv` are bare and in lower case ("10.1000/xyz",
    "2101.00001"), `language` is a BCP 47 tag. `key` is the citation key that the source has, `others` its other fields
    by their names there, which an export in the same format gives back.
    """

    kind: str = ""
    authors: tuple[Person, ...] = ()
    editors: tuple[Person, ...] = ()
    date: tuple[int, ...] = ()
    venue: str = ""
    publisher: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    arxiv: str = ""
    url: str = ""
    keywords: tuple[str, ...] = ()
    language: str = ""
    key: str = ""
    others: tuple[tuple[str, str], ...] = ()

    @property
    def year(self) -> int | None:
        """The year in which it came out, None where that is not known."""
        return self.date[0] if self.date else None

    @property
    def by(self) -> str:
        """Who wrote it, in short, such as "Lovelace and Babbage" or "Lovelace et al."."""
        names = [person.family for person in self.authors]
        several = len(names) > TOGETHER or OTHERS in self.authors[1:]
        return f"{names[0]} et al." if several else " and ".join(names)

    @property
    def byline(self) -> str:
        """Who wrote it and when, in short, such as "Lovelace and Babbage 1843"; empty where neither is known."""
        return f"{self.by} {self.year or ''}".strip()

    def told(self, name: str) -> str:
        """Return what is known of one of RECORD but the title, as people read it; empty where nothing is."""
        if name == "published":
            return "-".join(f"{part:02}" for part in self.date)
        if name == "authors":
            return ", ".join(person.name for person in self.authors)
        return {"venue": self.venue, "DOI": self.doi}.get(name, "")

    @property
    def signed(self) -> str:
        """The family names of its authors and the year, as words by which it is searched."""
        names = [person.family for person in self.authors if person != OTHERS]
        return " ".join([*names, *([str(self.year)] if self.year else [])])


TOGETHER = 2
"""Most authors that a byline names."""

RECORD = ("title", "authors", "published", "venue", "DOI")
"""What the record tells of a paper beside its abstract, as a table calls it."""

UNTOLD = Details()
"""Of a paper of which nothing but title and abstract is known."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which papers of a set are asked: those that meet all that is given, of several names one; all where nothing is.

    `papers` are ids, `since` and `until` the first and the last year, `imported_since` and `imported_until` days on
    which papers came into the set, or times, as far as they are given (ISO 8601). One that is for `once` was said in a
    question, and holds for that one and for what leans on it.
    """

    papers: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    venues: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    imported_since: str = ""
    imported_until: str = ""
    once: bool = False

    def __bool__(self) -> bool:
        """Tell whether it leaves anything out."""
        named = (self.papers, self.authors, self.venues, self.keywords, self.imported_since, self.imported_until)
        return self.has_years or any(named)

    @property
    def has_years(self) -> bool:
        """Whether papers without a year are left out."""
        return self.since is not None or self.until is not None


ALL = Scope()
"""All papers of the set."""
