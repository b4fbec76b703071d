"""The library that answers are drawn from: papers searched, read, listed and judged, over one store and embedder."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from paperchat.query.answerability import Judgement, judge
from paperchat.query.reading import Reading
from paperchat.retrieval.lookup import Entry, entries_of, suggest
from paperchat.retrieval.search import search
from paperchat.retrieval.survey import Listing, list_papers
from paperchat.storage.store import Store
from paperchat.text.cleaning import normalised
from paperchat.text.paper_text import PaperText
from paperchat.types import Embedder, Paper, Suggestion


class Library:
    """The papers of an open store; a search finds `limit` of them unless told otherwise."""

    def __init__(self, store: Store, embedder: Embedder, limit: int) -> None:
        self._store, self._embedder, self._limit = store, embedder, limit
        self._other: Callable[[str], Reading] | None = None

    def searched_by(self, search: Callable[[str], Reading]) -> "Library":
        """Return this library with the papers for a query found by another search."""
        other = Library(self._store, self._embedder, self._limit)
        other._other = search
        return other

    @cached_property
    def titles(self) -> Mapping[str, Paper]:
        """The papers by normalised title."""
        return {normalised(paper.title): paper for paper in self._store.papers.values()}

    def search(self, query: str, limit: int = 0) -> Reading:
        """Return the best papers for a query, best first, read as the question that it is."""
        if self._other:
            return self._other(query)
        return search(self._store, self._embedder, query, limit or self._limit)

    def judge(self, reading: Reading) -> Judgement:
        """Judge whether the papers found for a question answer it."""
        return judge(reading, len(self._store.papers), self._store.keywords.frequency)

    def survey(self, asked: str, among: Sequence[Paper] = ()) -> Listing:
        """Return all papers of the set that a request for papers is about, or those `among` these."""
        return list_papers(self._store, self._embedder, asked, among)

    def read(self, papers: Sequence[Paper]) -> list[PaperText]:
        """Return papers of the set as they are read."""
        return self._store.read([paper.id for paper in papers])

    def suggest(self, text: str, limit: int) -> tuple[Suggestion, ...]:
        """Return at most `limit` papers that what is typed may mean, the surest first; for a search box."""
        return suggest(text, self._entries, lambda query: self.search(query, limit), limit)

    @cached_property
    def _entries(self) -> tuple[Entry, ...]:
        return entries_of(self._store.papers.values())
