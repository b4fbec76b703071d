"""The library that answers are drawn from: papers searched, read, listed and judged, over one store and embedder."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property
from threading import Lock

from paperchat.bibliography import ALL, Scope
from paperchat.protocols import Day, Embedder, Guess
from paperchat.query.answerability import Judgement, judge
from paperchat.query.catalogue import Catalogue
from paperchat.query.intent import Kind, kind_of
from paperchat.query.learned import Learned
from paperchat.query.proposal import Proposal
from paperchat.query.reading import Reading, likeliest
from paperchat.retrieval.alike import alike
from paperchat.retrieval.atlas import Atlas, kept_atlas
from paperchat.retrieval.elsewhere import with_named
from paperchat.retrieval.follow_ups import Around, follow_ups
from paperchat.retrieval.lookup import Entry, entries_of, find_paper, suggest
from paperchat.retrieval.register import Listed, Register, Wanted
from paperchat.retrieval.search import search
from paperchat.retrieval.sides import MAY_COMPARE, with_sides
from paperchat.retrieval.starters import EXAMPLES, Set, Subject, on_theme, short_name, starters
from paperchat.retrieval.survey import Listing, list_papers
from paperchat.retrieval.themes import Themes, themes_of
from paperchat.storage.readers.listing import SHIPPED, read_page
from paperchat.storage.store import Store
from paperchat.text.paper_text import PaperText
from paperchat.text.plain import plain
from paperchat.text.titles import Titles
from paperchat.text.tokens import content_words
from paperchat.types import Answer, Form, Paper, Suggestion, Vectors

OFFERED = 3
"""Papers found for a title that no paper has."""

BESIDE = 8
"""Papers like a paper of an answer."""

Clock = Callable[[], Day | None]


class Library:
    """The papers of an open store, or some of them; a search finds `limit` of these unless told otherwise.

    `today` tells the day, for questions about papers that were added on some. `undated` papers are left out of these
    for nothing but that their year is not known. `tried` are questions to begin with that are known to be answered.
    """

    def __init__(
        self, store: Store, embedder: Embedder, learned: Learned, limit: int, today: Clock = lambda: None
    ) -> None:
        self._store, self._embedder, self._learned, self._limit = store, embedder, learned, limit
        self.today = today
        self.undated, self.tried = 0, list[str]()
        self._other: Callable[[str], Reading] | None = None
        self._themes: tuple[Mapping[str, Paper], Themes] | None = None
        self._catalogue: tuple[Mapping[str, Paper], Catalogue] | None = None
        self._part: tuple[Mapping[str, Paper], Scope, Library] | None = None
        self._atlas: tuple[Mapping[str, Paper], Atlas] | None = None
        self._drawing = Lock()
        self._register: tuple[Mapping[str, Paper], Register] | None = None
        self._finding: dict[int, Library] = {}

    def searched_by(self, search: Callable[[str], Reading]) -> "Library":
        """Return this library with the papers for a query found by another search."""
        other = Library(self._store, self._embedder, self._learned, self._limit, self.today)
        other._other, other._catalogue = search, self._catalogue
        return other

    def finding(self, limit: int) -> "Library":
        """Return this library with so many papers found by a search; it is kept, with what it makes of the papers."""
        if limit == self._limit:
            return self
        if limit not in self._finding:
            other = Library(self._store, self._embedder, self._learned, limit)
            other._other, other._catalogue, other.tried = self._other, self._catalogue, self.tried
            self._finding[limit] = other
        return self._finding[limit]

    def narrowed(self, scope: Scope) -> "Library":
        """Return this library with the papers of a scope alone to be found, listed and counted; the last one is kept.

        Papers that were spoken of are known by their titles as before.
        """
        scope = replace(scope, once=False)
        if scope == ALL:
            return self
        papers = self._store.papers
        if self._part is None or self._part[0] is not papers or self._part[1] != scope:
            store = self._store.narrowed(self.catalogue.ids(scope))
            part = Library(store, self._embedder, self._learned, self._limit, self.today)
            part._other, part.undated = self._other, self.catalogue.undated(scope)
            self._part = papers, scope, part
        return self._part[2]

    @property
    def catalogue(self) -> Catalogue:
        """What the record tells of the papers, by which they are chosen; made once a day for those that there are."""
        papers, today = self._store.papers, self.today()
        if self._catalogue is None or self._catalogue[0] is not papers or self._catalogue[1].today != today:
            self._catalogue = papers, Catalogue(self.papers, today)
        return self._catalogue[1]

    @property
    def papers(self) -> tuple[Paper, ...]:
        """All papers in the order they were added."""
        return tuple(self._store.papers.values())

    @property
    def only(self) -> Paper | None:
        """The paper that alone is asked, of several in the set."""
        papers = self._store.papers
        return next(iter(papers.values())) if len(papers) == 1 < len(self._store.whole) else None

    @property
    def is_part(self) -> bool:
        """Whether some papers of the set alone are asked, more than one."""
        return 1 < len(self._store.papers) < len(self._store.whole)

    @property
    def whole(self) -> Mapping[str, Paper]:
        """All papers of the set by their ids, of which `papers` may be some."""
        return self._store.whole

    @cached_property
    def titles(self) -> Titles[Paper]:
        """The papers of the whole set by their titles."""
        return Titles((paper.title, paper) for paper in self._store.whole.values())

    def search(self, query: str, limit: int = 0) -> Reading:
        """Return the best papers for a query, best first, read as the question that it is."""
        if self._other:
            return self.guessed(self._kept(self._other(query)))
        found = self.found(query, limit)
        guess = self.guess(found.asked)
        named = with_named(self._store, found.guessed(guess))
        may_compare = named.demands.kind == "compare" or guess.kinds.get("compare", 0.0) >= MAY_COMPARE
        return with_sides(named, self._store, self._embedder) if may_compare else named

    def found(self, query: str, limit: int = 0) -> Reading:
        """Return the best papers for a query that is no question, best first: sooner, as nothing of it is learned."""
        if self._other:
            return self._kept(self._other(query))
        return search(self._store, self._embedder, query, limit or self._limit)

    def _kept(self, reading: Reading) -> Reading:
        """Return what another search found with the papers alone that are asked."""
        return reading.in_order([n for n, one in enumerate(reading.results) if one.paper.id in self._store.papers])

    def guessed(self, reading: Reading) -> Reading:
        """Return what was found with how its question reads."""
        return reading.guessed(self.guess(reading.asked))

    def fitted(self, reading: Reading, *asked: str) -> Reading:
        """Return the reading with how well the likeliest sentences answer (see `likeliest`); of a list none are read.

        They are read beside the question, or beside each way in which it is `asked`, for the mean.
        """
        if reading.demands.kind == "list":
            return reading
        sentences = likeliest(reading)
        odds = [self.fit(one, [(title, text) for title, text, _ in sentences]) for one in asked or (reading.asked,)]
        means = (sum(each) / len(each) for each in zip(*odds, strict=True))
        return replace(reading, fits=dict(zip((key for _, _, key in sentences), means, strict=True)))

    def fit(self, question: str, sentences: Sequence[tuple[str, str]]) -> list[float]:
        """Return the log odds that sentences, each with its paper's title before it, answer a question."""
        return [*map(float, self._learned.questions.fit(question, sentences))] if sentences else []

    def guess(self, question: str) -> Guess:
        """Return how a question reads."""
        return self._learned.questions.read(question)

    def kind(self, question: str) -> Kind:
        """Return how many papers an answer to a question takes, as it reads alone."""
        return kind_of(self.guess(question))

    def judge(self, reading: Reading) -> Judgement:
        """Judge whether the papers found for a question answer it."""
        return judge(reading, len(self._store.whole), self._learned.answerable)

    def stands_alone(self, alone: Reading, led: Reading) -> bool:
        """Tell whether a question is better read `alone` than `led` by the one before it."""
        return self._learned.stands_alone(alone, led, len(self._store.whole))

    def survey(self, asked: str, among: Sequence[Paper] = ()) -> Listing:
        """Return all papers of the set that a request for papers is about, or those `among` these."""
        return list_papers(self._store, self._embedder, self._learned, asked, among)

    def read(self, papers: Sequence[Paper]) -> list[PaperText]:
        """Return papers of the set as they are read."""
        return self._store.read([paper.id for paper in papers])

    def vectors(self, papers: Sequence[Paper]) -> list[Vectors]:
        """Return the unit vectors of each paper's sentences, as they were embedded when it was indexed."""
        found = self._store.sentence_vectors([paper.id for paper in papers])
        return [found[paper.id] for paper in papers]

    def themes(self) -> Themes:
        """Return the subjects of the set, its papers in groups by meaning; found once for the papers that there are."""
        papers = self._store.papers
        if self._themes is None or self._themes[0] is not papers:
            self._themes = papers, themes_of(self.papers, self.vectors)
        return self._themes[1]

    def atlas(self) -> Atlas:
        """Return the set as a picture, found once for the papers that there are; who comes meanwhile waits for it."""
        with self._drawing:
            papers = self._store.papers
            if self._atlas is None or self._atlas[0] is not papers:
                self._atlas = papers, kept_atlas(self._store, self.themes, self.vectors)
            return self._atlas[1]

    @property
    def drawn(self) -> Atlas | None:
        """The picture of the papers that there are, if it was asked for before."""
        return self._atlas[1] if self._atlas and self._atlas[0] is self._store.papers else None

    def listed(self, text: str, years: str, order: str, page: int, among: Collection[int] | None) -> Listed:
        """Return a page of the set as a table (see Wanted)."""
        papers = self._store.papers
        if self._register is None or self._register[0] is not papers:
            self._register = papers, Register(self.papers)
        return self._register[1].listed(Wanted(text, years, order, page, among))

    def alike(self, paper: Paper, limit: int) -> tuple[Paper, ...]:
        """Return at most `limit` other papers that are about what this one is about, the nearest first."""
        return alike(self._store, paper, limit)

    def embed(self, text: str) -> Vectors:
        """Return the unit vector of a text, shape (dimension,)."""
        vector: Vectors = self._embedder.embed_passages([text])[0]
        return vector

    def knows(self, word: str) -> bool:
        """Tell whether any paper has a content word."""
        return self._store.keywords.frequency(word) > 0

    def suggest(self, text: str, limit: int) -> tuple[Suggestion, ...]:
        """Return at most `limit` papers that what is typed may mean, the surest first; for a search box."""
        return suggest(text, self._entries, lambda query: self.found(query, limit), limit)

    def find(self, wanted: Sequence[str]) -> tuple[Paper, ...]:
        """Return the papers with these ids or titles; raises InputError that offers the nearest titles."""

        def near(query: str) -> list[Paper]:
            return [result.paper for result in self.found(query, OFFERED).results]

        return tuple(find_paper(self._store.papers.values(), title, near) for title in wanted)

    def examples(self) -> tuple[str, ...]:
        """Return questions to begin with: `tried`, else made for the shipped papers, or from the titles of others."""
        if self.tried or _shipped() <= set(self._store.papers):
            return tuple(self.tried) or EXAMPLES
        return tuple(f"What is new in “{plain(paper.title)}”?" for paper in self.papers[:4])

    def starters(self) -> tuple[tuple[Proposal, ...], ...]:
        """Return questions to begin with, kind by kind, to be tried before they are offered."""
        made = starters(Set(self.themes().themes, self.read, self.short_name))
        if not _shipped() <= set(self._store.papers):
            return made
        forms: tuple[Form, ...] = ("text", "list", "text", "table")
        return (*((Proposal(one, form=form),) for one, form in zip(EXAMPLES, forms, strict=True)), *made)

    def subjects(self) -> tuple[Subject, ...]:
        """Return the subjects of the set that have names, largest first."""
        return tuple(on_theme(theme, self.themes().themes) for theme in self.themes().themes if theme.names)

    def follow_ups(self, answers: Sequence[Answer]) -> tuple[tuple[Proposal, ...], ...]:
        """Return what can be asked after the last of these answers, kind by kind, to be tried; see `follow_ups`."""
        return follow_ups(answers, self._around(answers[-1]))

    def _around(self, answer: Answer) -> Around:
        about = self.guess(answer.question).about if answer.abstained else ""
        about = about if about in answer.question and all(map(self.knows, content_words(about))) else ""
        return Around(self.read, self.short_name, lambda paper: self.alike(paper, BESIDE), self.themes().themes, about)

    def short_name(self, paper: Paper) -> str:
        """Return what a paper alone is called in short; an empty string where it has no such name."""
        (text,) = self.read([paper])
        return short_name(text, lambda name: all(map(self._is_rare, content_words(name))))

    def _is_rare(self, word: str) -> bool:
        return self._store.keywords.frequency(word) == 1

    @cached_property
    def _entries(self) -> tuple[Entry, ...]:
        return entries_of(self._store.papers.values())


@cache
def _shipped() -> frozenset[str]:
    """Return the ids of the papers that come with paperchat, which a page or a greeting asks for again and again."""
    return frozenset(paper.id for paper in read_page(SHIPPED))
