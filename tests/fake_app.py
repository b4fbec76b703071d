"""A paperchat.app.App without store or model: tests say what it answers and when each part of the answer comes."""

import tempfile
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import cast

import numpy as np

from paperchat.app import App, Status
from paperchat.bibliography import ALL, Scope
from paperchat.export.receipts import Index, Receipt, make_receipt
from paperchat.models.model import Model
from paperchat.models.ollama import OllamaServer
from paperchat.models.recommended import Recommended, fitting, why
from paperchat.provenance import Provenance
from paperchat.query.catalogue import Catalogue
from paperchat.query.proposal import Proposal
from paperchat.retrieval.atlas import Atlas
from paperchat.retrieval.lookup import find_paper
from paperchat.retrieval.register import Listed, Register, Wanted
from paperchat.retrieval.starters import Subject
from paperchat.sets import Sets
from paperchat.settings import AS_STARTED, NO_MODEL, WITHOUT_MODEL, Choice, Settings
from paperchat.storage.conversations import History
from paperchat.storage.importing import State
from paperchat.storage.readers.listing import SHIPPED, read_page
from paperchat.storage.set_folders import create_set
from paperchat.text.sentences import split_sentences
from paperchat.types import (
    Answer,
    AnswerSentence,
    Backing,
    Citation,
    Fault,
    Leg,
    ModelInfo,
    Paper,
    Result,
    Sentence,
    Stage,
    Suggestion,
    Table,
    Traced,
    Turn,
)

EXAMPLES = ("What does masked image modelling learn?", "How does GBRL use trees?")
"""Questions to begin with that are answered."""

WAIT = 30.0
"""Seconds after which a held answer goes on, so that a failing test ends."""


def make_result(paper: Paper, rank: int, numbers: Sequence[int] = (0, 2)) -> Result:
    """Return a paper as retrieved at `rank`, with the sentences of these numbers."""
    spans = list(split_sentences(paper.abstract))
    used = [Sentence(paper.id, n, *spans[n], paper.abstract[slice(*spans[n])]) for n in numbers if n < len(spans)]
    keyword = Leg(rank + 1, 12.345 / rank) if rank % 3 else None
    return Result(paper, rank, 2 / rank, Leg(rank, 0.8 / rank), keyword, tuple(used))


def cite(result: Result, index: int = 0) -> Citation:
    """Return the citation of one of a result's sentences, of the last where it has fewer."""
    sentence = result.sentences[: index + 1][-1]
    return Citation(result.paper.id, result.paper.title, sentence.text, sentence.start, sentence.end)


@dataclass
class FakeLibrary:
    """The papers of these results; `typed` is what suggestions were asked for, `tried` what answers may offer."""

    results: tuple[Result, ...]
    typed: list[str]
    tried: list[str] = field(default_factory=list)
    undated = 0

    def today(self) -> date:
        """Return a Friday."""
        return date(2026, 11, 27)

    @property
    def papers(self) -> tuple[Paper, ...]:
        """All papers."""
        return tuple(result.paper for result in self.results)

    @property
    def whole(self) -> Mapping[str, Paper]:
        """All papers by their ids."""
        return {paper.id: paper for paper in self.papers}

    def narrowed(self, scope: Scope) -> "FakeLibrary":
        """Return the papers of a scope."""
        ids = Catalogue(self.papers).ids(scope)
        return FakeLibrary(tuple(result for result in self.results if result.paper.id in ids), self.typed)

    def atlas(self) -> Atlas:
        """Return the papers in a row, the first half about one thing, the others about another."""
        count = len(self.results)
        row = np.linspace(0, 1, count, dtype=np.float32)
        subjects = tuple(int(2 * place >= count) for place in range(count))
        return Atlas(self.papers, np.stack([row, row], axis=1), subjects, ("pre-training", "trees, graphs"))

    @property
    def drawn(self) -> Atlas | None:
        """Return the same."""
        return self.atlas()

    def listed(self, text: str, years: str, order: str, page: int, among: Collection[int] | None) -> Listed:
        """Return a page of the papers as a table."""
        return Register(self.papers).listed(Wanted(text, years, order, page, among))

    def alike(self, paper: Paper, limit: int) -> tuple[Paper, ...]:
        """Return the other papers."""
        return tuple(other for other in self.papers if other is not paper)[:limit]

    def starters(self) -> tuple[tuple[Proposal, ...], ...]:
        """Return questions to begin with, each cited as the app answers what it tries."""
        return tuple((Proposal("What is not answered?", ("nothing",)), Proposal(one)) for one in EXAMPLES)

    def subjects(self) -> tuple[Subject, ...]:
        """Return two subjects: papers of the first are listed, those of the other are not."""
        listed = Proposal("Which papers are about pre-training?")
        return (
            Subject("pre-training", (("pre-training", listed),)),
            Subject("trees, graphs", (("trees", Proposal("Which papers are about trees?", ("nothing",))),)),
        )

    def follow_ups(self, answers: Sequence[Answer]) -> tuple[tuple[Proposal, ...], ...]:
        """Return what to ask on with: of two kinds, the second of which is answered by its second question."""
        number = len(answers)
        return (
            (Proposal(f"What comes after {number}?"),),
            (Proposal("What is not answered?", ("nothing",)), Proposal(f"And what else after {number}?")),
        )

    def find(self, wanted: Sequence[str]) -> tuple[Paper, ...]:
        """Return the papers with these ids or titles."""
        return tuple(find_paper(self.papers, one, lambda _: []) for one in wanted)

    def suggest(self, text: str, limit: int) -> tuple[Suggestion, ...]:
        """Return the papers whose titles hold the text; the first with the sentence that says so."""
        self.typed.append(text)
        found = [result for result in self.results if text.casefold() in result.paper.title.casefold()]
        return tuple(
            Suggestion(result.paper, "title", result.sentences[0] if place == 0 else None)
            for place, result in enumerate(found[:limit])
        )


@dataclass
class FakeChecker:
    """Knows the first two of these results."""

    results: tuple[Result, ...]

    def trace(self, text: str) -> tuple[Traced, ...]:
        """Return that the first paper supports the first sentence, the next contradicts it, and nothing the others."""
        one, two = self.results[:2]
        found = (
            Backing(one.paper, one.sentences[0], "supports", 0.9),
            Backing(two.paper, two.sentences[-1], "contradicts", 0.8),
        )
        spans = split_sentences(text)
        return tuple(Traced(text[a:b], found if place == 0 else (), a, b) for place, (a, b) in enumerate(spans))


@dataclass
class FakeWriters:
    """The model that `app.model` names, and `others`; `app.advice` says what is missing."""

    app: "FakeApp"

    @property
    def settings(self) -> Settings:
        """What the app was started with."""
        return self.app.settings

    def installed(self) -> tuple[tuple[ModelInfo, ...], str]:
        """Return the models that there are, none where there is no server."""
        names = [*([self.app.model] if self.app.model else []), *self.app.others]
        return tuple(ModelInfo(name, "d1", 32768, 3.1, "think" in name) for name in names), ""

    def now(self, choice: Choice = AS_STARTED) -> tuple[Model | None, str]:
        """Return the model that would answer."""
        name = choice.model or self.app.model
        if name == NO_MODEL or not name:
            return None, "" if name else self.app.advice
        if name not in [one.name for one in self.installed()[0]]:
            return None, f"The model {name} is not installed in Ollama. Run: ollama pull {name}"
        (info,) = [one for one in self.installed()[0] if one.name == name]
        return Model(OllamaServer("http://127.0.0.1:9"), {}, 0, {}, lambda: 0.0, info), self.app.advice

    def recommended(self) -> tuple[str, tuple[Recommended, ...]]:
        """Return what is recommended for 16 GB."""
        fits = fitting(16)
        return why(16, fits[0]), fits


@dataclass
class FakeImports:
    """Takes no papers in; what a page was lent lies in a folder of its own."""

    lent: Path = field(default_factory=lambda: Path(tempfile.mkdtemp()) / "uploads")

    def state(self) -> State:
        """Return that nothing is done."""
        return State()


class FakeReceipts:
    """Receipts that only say of what they are, but for those kept with what a reader thinks of an answer."""

    def text(self, answer: Answer, form: str) -> str:
        """Return what is saved of an answer."""
        return f"{form} of {answer.question}"

    def make(self, answer: Answer) -> Receipt:
        """Return the receipt of an answer."""
        return make_receipt(answer, Index(8, "d" * 64, "hashes"), {}, "0", "2026-01-01T00:00:00+00:00")

    def provenance(self, written: bool) -> Provenance:  # noqa: ARG002  # as the receipts of an app
        """Return what answers come from."""
        return Provenance("hashes", None, "", "p", 8, "d")


@dataclass
class FakeApp:
    """Answers every question from the same papers; `hold` stops each answer before its sentence of that number.

    `scopes` are the papers that each question was asked of; words of the next ones narrow these to `narrows`.
    `meets` is the answer that it gives at once instead, as to a request.
    `choices` are what was chosen for each question.
    `tried` are the questions asked without a model, each of which its last two papers answer; `offered` are those of
    them that answers may offer.
    `finished` tells whether the last answer came to its end by itself; `endless` keeps it from that, in its check if it
    `checks`, of which its sentences are put into another language if it `translates`.
    """

    results: tuple[Result, ...]
    script: Sequence[AnswerSentence]
    model: str | None = "qwen2.5:3b"
    advice: str = ""
    others: Sequence[str] = ()
    settings: Settings = field(default_factory=lambda: Settings(Path("nowhere")))
    choices: list[Choice] = field(default_factory=list)
    fails: str = ""
    hold: int | None = None
    asked: list[tuple[str, tuple[Turn, ...]]] = field(default_factory=list)
    go_on: threading.Event = field(default_factory=threading.Event)
    closed: threading.Event = field(default_factory=threading.Event)
    endless: bool = False
    checks: bool = False
    translates: bool = False
    finished: bool = False
    table: Table | None = None
    lead: str = ""
    meets: Answer | None = None
    conversations: History = field(default_factory=lambda: History(":memory:"))
    typed: list[str] = field(default_factory=list)
    narrows: Scope = ALL
    scopes: list[Scope] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)
    receipts: FakeReceipts = field(default_factory=FakeReceipts)
    imports: FakeImports = field(default_factory=FakeImports)

    @property
    def library(self) -> FakeLibrary:
        """The papers of its results."""
        return FakeLibrary(self.results, self.typed, self.offered)

    @property
    def checker(self) -> FakeChecker:
        """Drafts are checked against its results."""
        return FakeChecker(self.results)

    @property
    def writers(self) -> FakeWriters:
        """The models that may write."""
        return FakeWriters(self)

    def ask(
        self, question: str, history: Sequence[Turn] = (), choice: Choice = AS_STARTED, scope: Scope = ALL
    ) -> Iterator[Answer]:
        """Yield evidence, then one more sentence at a time, as the App does."""
        if choice is WITHOUT_MODEL:  # the page's own: what a reader asks without a model comes as a choice of its own
            self.tried.append(question)
            said = tuple(AnswerSentence(f"{question} {n}", (cite(r),)) for n, r in enumerate(self.results[-2:]))
            table = make_table(self.results) if "table" in question else None
            yield Answer(question, self.results, said, stage="done", table=table)
            return
        self.asked.append((question, tuple(history)))
        self.scopes.append(scope)
        self.choices.append(choice)
        writer = self.writers.now(choice)[0]
        if self.meets:
            yield replace(self.meets, question=question, stage="done")
            return
        answer = Answer(question, self.results, timings={"evidence": 0.1}, scope=self.narrows or scope)
        try:
            yield answer
            if writer is None:
                quotes = tuple(AnswerSentence(c.quote, (c,)) for r in self.results[:2] for c in _all(r))
                yield replace(answer, sentences=quotes, stage="done", notices=(self.advice,))
                return
            for count in range(len(self.script)):
                if self.hold == count:
                    self.go_on.wait(WAIT)
                answer = replace(answer, sentences=tuple(self.script[: count + 1]), stage="writing")
                answer = replace(answer, model=writer.known.name)
                yield answer
            turn = 0
            while self.endless:
                threading.Event().wait(0.05)
                turn += 1
                answer = self._translated(answer, turn) if self.translates else answer
                yield replace(answer, stage="checking" if self.checks else "writing")
            self.finished = True
            stage: Stage = "failed" if self.fails else "done"
            notices = (self.fails,) if self.fails else ()
            last = replace(answer, stage=stage, notices=notices, timings={"total": 4.2})
            yield replace(last, table=self.table, lead=self.lead)
        finally:
            self.closed.set()

    def _translated(self, answer: Answer, turn: int) -> Answer:
        """Return an answer of which so many sentences are in another language."""
        said = [replace(one, text=f"Das hei\u00dft: {one.text}") for one in self.script[:turn]]
        return replace(answer, sentences=(*said, *self.script[turn:]))

    def close(self) -> None:
        """Let it go on being used: it has no files."""

    def status(self) -> Status:
        """Return what the header shows."""
        return Status(len(self.results), "all-MiniLM-L6-v2-int8")


def _all(result: Result) -> list[Citation]:
    return [cite(result, index) for index in range(len(result.sentences))]


def shipped_results() -> tuple[Result, ...]:
    """Return eight of the shipped papers as retrieved."""
    return tuple(make_result(paper, rank) for rank, paper in enumerate(read_page(SHIPPED)[:8], 1))


def make_table(results: Sequence[Result]) -> Table:
    """Return a comparison of two papers: the second states no data, and what is said of it fails the check."""
    one, two = results[:2]
    wrong = AnswerSentence(
        "It gains 9%.", (cite(two, 1),), "unsupported", "9% is not there.", (Fault(9, 11, "number"),)
    )
    rows = (
        (AnswerSentence("It mimics vision.", (cite(one, 1),)), wrong),
        (AnswerSentence("Images.", (cite(one),)), None),
    )
    return Table(("idea", "data"), (one.paper, two.paper), rows)


def make_sets(app: object, **others: object) -> Sets:
    """Return sets of which the first has this app, each of the others, by its key, another one; new ones are empty."""
    data = Path(tempfile.mkdtemp()) if others else Path("/no/such/folder")
    apps: dict[Path, object] = {data: app}
    for key, other in others.items():
        apps[create_set(data, key).folder] = other
    return Sets(Settings(data), lambda settings: cast("App", apps.get(settings.data) or FakeApp((), ())))


def make_app(**changes: object) -> FakeApp:
    """Return an app over shipped papers, whose answer cites the first, the third and again the first."""
    results = shipped_results()
    script = (
        AnswerSentence("Multi-task pre-training learns more of an image than labels alone.", (cite(results[0]),)),
        AnswerSentence(
            "Gradient boosting can learn a policy, and pre-training can follow a curriculum.",
            (cite(results[3]), cite(results[2], 1)),
        ),
        AnswerSentence("It keeps the details of pixels.", (cite(results[0], 1),)),
        AnswerSentence("What this means for video is not said."),
    )
    return FakeApp(results, script, **changes)  # type: ignore[arg-type]
