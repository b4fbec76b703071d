"""The one place that wires the parts: settings in, an App out that answers, searches and indexes."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from functools import cached_property, partial
from pathlib import Path
from typing import Any, cast

from paperchat import __version__
from paperchat.dialogue.rewriting import Library, search_query
from paperchat.errors import InputError, ModelError, StoreError
from paperchat.export.receipts import Index, Receipt, Replay, cited_ids, make_receipt, replay, to_json, to_markdown
from paperchat.export.references import find_paper, formatted
from paperchat.generation.pipeline import Writing, stream_answer
from paperchat.generation.prompting import shortened
from paperchat.models.minilm import MiniLM
from paperchat.models.ollama import OllamaEmbedder, OllamaServer
from paperchat.paths import CHECKER, prompts_folder
from paperchat.query.answerability import judge
from paperchat.query.question import check_question
from paperchat.retrieval.lookup import Entry, entries_of, suggest
from paperchat.retrieval.search import search
from paperchat.retrieval.survey import list_papers
from paperchat.settings import Settings
from paperchat.storage.conversations import History
from paperchat.storage.reader import SHIPPED, read_page
from paperchat.storage.store import Progress, Say, Store
from paperchat.text.cleaning import known_text, normalised
from paperchat.text.language_id import is_english
from paperchat.text.sentences import LONGEST
from paperchat.text.tokens import content_words
from paperchat.types import (
    Answer,
    AnswerSentence,
    Check,
    Embedder,
    ModelInfo,
    Paper,
    Result,
    Sentence,
    Suggestion,
    Traced,
    Turn,
)
from paperchat.verification.alignment import Evidence
from paperchat.verification.answers import settle
from paperchat.verification.checker import judge_numbers, question, read_checker
from paperchat.verification.drafts import trace
from paperchat.verification.features import Findings, Remembering

OTHERS = 4
"""Papers whose sentences are held against a claim, to see whether another paper than the one cited says it."""

TRACED = 4
"""Papers that are held against each sentence of a draft."""

EXAMPLES = (
    "What ImageNet accuracy does Barlow Twins or OBoW report?",
    "Which papers use masked image modelling?",
    "How can reinforcement learning use gradient boosting trees?",
    "Compare GraphMAE with D-SLA",
)


@dataclass(frozen=True)
class Found:
    """A claim, its evidence, and what the checker found of them."""

    claim: str
    evidence: Evidence
    findings: Findings


@dataclass(frozen=True)
class Status:
    """What is there: papers indexed, the embedder, the chat model, and one line on what is missing (or empty)."""

    papers: int
    embedder: str
    model: str | None
    advice: str


@dataclass(frozen=True)
class Provenance:
    """What answers come from, beside the settings; each digest is of the content, so an equal one is equal content."""

    embedder: str
    model: str | None
    model_digest: str
    prompts_digest: str
    papers: int
    papers_digest: str


class App:
    """paperchat over one open store; close it to give the store up."""

    def __init__(self, settings: Settings, say: Say, progress: Progress, files: Sequence[Path] = ()) -> None:
        """Open the store, add the papers of `files` (a new store gets the shipped set when there are none), index."""
        self._settings = settings
        self._model = OllamaServer(settings.ollama_host, settings.model, settings.num_ctx, settings.timeout)
        self._prompts = read_prompts(prompts_folder())
        self._checker = read_checker(json.loads(CHECKER.read_text(encoding="utf-8")))
        papers = [paper for path in files for paper in read_page(path)]
        self._embedder = make_embedder(settings)
        self._store = Store(settings.data, self._embedder, say, progress)
        try:
            if files:
                say(f"{self._store.add(papers)} new or changed papers of {len(papers)}.")
            elif not self._store.holds_papers():
                self._store.add(read_page(SHIPPED))
            self._store.refresh()
        except BaseException:
            self._store.close()
            raise

    def __enter__(self) -> "App":
        """Return the app."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the store."""
        if "history" in self.__dict__:
            self.history.close()
        self._store.close()

    @cached_property
    def history(self) -> History:
        """The conversations kept beside the papers; raises StoreError."""
        return History(self._settings.data / "conversations.sqlite3")

    @cached_property
    def _titles(self) -> dict[str, Paper]:
        return {normalised(paper.title): paper for paper in self._store.papers.values()}

    def papers(self) -> tuple[Paper, ...]:
        """Return all papers in the order they were added."""
        return tuple(self._store.papers.values())

    def search(self, query: str, limit: int, history: Sequence[Turn] = ()) -> tuple[Result, ...]:
        """Return the best papers for a query after these turns, best first, each with its best sentences."""
        return search(self._store, self._embedder, search_query(check_question(query), shortened(history)), limit)

    def ask(self, question: str, history: Sequence[Turn] = (), written: bool = True) -> Iterator[Answer]:
        """Yield the answer to a question as it grows (see Answer); closing the iterator stops the model.

        An answer that is not to be `written` is the evidence, whether there is a model or not.
        """
        settings = self._settings
        answers = stream_answer(
            question,
            history,
            self._library,
            self._model if written else None,
            Writing(self._prompts, settings.max_tokens, settings.evidence_tokens),
            self._settle,
        )
        used = self._used
        with closing(cast("Any", answers)):
            for answer in answers:
                yield replace(answer, settings=used)

    @property
    def _used(self) -> dict[str, int | str]:
        """What an answer depends on beside the papers, the prompts and the model."""
        settings = self._settings
        return {
            "num_ctx": settings.num_ctx,
            "max_tokens": settings.max_tokens,
            "evidence_tokens": settings.evidence_tokens,
            "papers": settings.papers,
        }

    @cached_property
    def _library(self) -> Library:
        store, embedder = self._store, self._embedder
        return Library(
            lambda query: search(store, embedder, query, self._settings.papers),
            lambda asked, query, found: judge(asked, query, found, len(store.papers), store.keywords.frequency),
            lambda asked, among: list_papers(store, embedder, asked, among),
            lambda: self._titles,
        )

    def _settle(self, answer: Answer, model: ModelInfo) -> Iterator[Answer]:
        """Yield a written answer as the verdicts on its sentences settle."""
        read = known_text([answer.question, *(result.paper.abstract for result in answer.results)])

        def is_title(words: str) -> bool:
            return normalised(words) in self._titles or f" {normalised(words)} " in read

        return settle(answer, partial(self._find, answer.results), self._judge, model, is_title)

    def _find(self, results: Sequence[Result], sentence: AnswerSentence) -> Found:
        """Return what is found of an answer's sentence beside what it cites, and beside the other papers found."""
        papers = [self._store.papers[key] for key in dict.fromkeys(c.paper_id for c in sentence.citations)]
        cited = tuple(dict.fromkeys(citation.quote for citation in sentence.citations))
        texts = tuple((paper.title, paper.abstract) for paper in papers)
        titles, abstracts = (" ".join(part) for part in zip(*texts, strict=True))
        return self._found(sentence.text, Evidence(cited, titles, abstracts, _others(results, papers), texts))

    def _found(self, claim: str, evidence: Evidence) -> Found:
        return Found(claim, evidence, self._checker.find(claim, evidence, self._embedder))

    def _judge(self, found: Found, model: ModelInfo | None) -> Check:
        if self._is_foreign(found.claim):
            return judge_numbers(found.findings, found.evidence.cited)
        yes = None
        if model is not None and self._checker.is_open(found.findings):
            asked = question(self._prompts["check"], found.claim, found.evidence, found.findings)
            yes = self._model.yes_probability(model, asked)
        return self._checker.judge(found.findings, found.evidence.cited, yes)

    def _is_foreign(self, claim: str) -> bool:
        """Tell whether a claim is in another language than the papers: few of its words are theirs, or English."""
        words = content_words(claim)
        known = sum(self._store.keywords.frequency(word) > 0 for word in words)
        return 2 * known < len(words) and not is_english(claim)

    def suggest(self, text: str, limit: int) -> tuple[Suggestion, ...]:
        """Return at most `limit` papers that what is typed may mean, the surest first; for a search box."""
        return suggest(text, self._entries, lambda query: search(self._store, self._embedder, query, limit), limit)

    @cached_property
    def _entries(self) -> tuple[Entry, ...]:
        return entries_of(self.papers())

    def trace(self, text: str) -> Iterator[Traced]:
        """Yield what supports or contradicts each sentence of a draft, by rule; raises InputError for a bad one."""
        embedder = Remembering(self._embedder)

        def judged(claim: str, paper: Paper, sentence: Sentence) -> tuple[Check, Findings, float]:
            evidence = Evidence((sentence.text,), paper.title, paper.abstract)
            found = Found(claim, evidence, self._checker.find(claim, evidence, embedder))
            return self._judge(found, None), found.findings, self._checker.nearness(found.findings)

        return trace(text, lambda claim: search(self._store, self._embedder, claim, TRACED), judged)

    def find(self, wanted: Sequence[str]) -> tuple[Paper, ...]:
        """Return the papers with these ids or titles; raises InputError that offers the nearest titles."""
        papers = self.papers()
        return tuple(
            find_paper(papers, title, lambda query: [result.paper for result in self.search(query, 3)])
            for title in wanted
        )

    def receipt(self, answer: Answer) -> Receipt:
        """Return the receipt of a finished answer, saved now."""
        now = datetime.now(timezone.utc).isoformat(timespec="seconds")
        return make_receipt(answer, self._index(), answer.settings or self._used, __version__, now)

    def receipt_text(self, answer: Answer, form: str) -> str:
        """Return the receipt of a finished answer as "json", or as "md" with its references at the end."""
        receipt = self.receipt(answer)
        if form == "json":
            return to_json(receipt)
        cited = {paper.id: paper for paper in answer.cited}
        papers = [cited[paper_id] for paper_id in cited_ids(receipt)]
        return to_markdown(receipt, formatted(papers, "ieee"))

    def replay(self, receipt: Receipt) -> Replay:
        """Return what changed since a receipt was made; asks the model server for the digest of its model."""
        digest, why = None, ""
        if receipt.model:
            try:
                digest = self._model.find(receipt.model.name)["digest"]
            except ModelError as error:
                why = str(error)
        return replay(receipt, self._store.papers, self._index(), digest, why)

    def _index(self) -> Index:
        return Index(len(self._store.papers), self._store.digest(), self._embedder.name)

    def model(self) -> tuple[ModelInfo | None, str]:
        """Return the chat model that would be asked now, or None and the line that says how to get one."""
        try:
            return self._model.choose(), ""
        except ModelError as error:
            return None, str(error)

    def check(self, claim: str, title: str, model: ModelInfo | None = None) -> Check:
        """Return whether the abstract of the paper with this title supports a claim; ask `model` too when given.

        Raises InputError for an empty or overlong claim, ModelError when the model fails.
        """
        claim = check_question(claim, LONGEST, "claim")
        paper = self._titles.get(normalised(title))
        if paper is None:
            return Check("unsupported", 0.0, f'No paper of the set has the title "{title}".')
        cited = tuple(sentence.text for sentence in self._store.sentences(paper.id))
        found = search(self._store, self._embedder, claim, OTHERS)
        evidence = Evidence(cited, paper.title, paper.abstract, _others(found, [paper]))
        return self._judge(self._found(claim, evidence), model)

    def status(self) -> Status:
        """Return what is there and what is not; asks the model server."""
        model, advice = self.model()
        return Status(len(self._store.papers), self._embedder.name, model.name if model else None, advice)

    def provenance(self, written: bool) -> Provenance:
        """Return what answers come from now; with `written` ones the chat model, or raise ModelError."""
        model = self._model.choose() if written else None
        papers = sorted((paper.title, paper.abstract) for paper in self.papers())
        return Provenance(
            self._embedder.name,
            model.name if model else None,
            model.digest if model else "",
            _digest(self._prompts),
            len(papers),
            _digest(papers),
        )

    def examples(self) -> tuple[str, ...]:
        """Return questions to begin with: made for the shipped papers, or from the titles of another set."""
        titles = [paper.title for paper in self._store.papers.values()]
        shipped = {paper.id for paper in read_page(SHIPPED)}
        if shipped <= set(self._store.papers):
            return EXAMPLES
        return tuple(f"What is new in “{title}”?" for title in titles[:4])


def _others(results: Sequence[Result], papers: Sequence[Paper]) -> tuple[tuple[str, str], ...]:
    """Return (title, sentence) of the best sentences of the results that are none of these papers."""
    return tuple((r.paper.title, s.text) for r in results if r.paper not in papers for s in r.sentences)


def _digest(value: Mapping[str, str] | Sequence[tuple[str, str]]) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:12]


def make_embedder(settings: Settings) -> Embedder:
    """Return the embedder that the settings name."""
    if settings.embedder == "minilm":
        return MiniLM()
    return OllamaEmbedder(settings.ollama_host, settings.embedder.removeprefix("ollama:"), settings.timeout)


def read_prompts(folder: Path) -> dict[str, str]:
    """Return the text of every prompt file by its name without `.md`."""
    prompts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))}
    needed = {"system", "question", "check", "restate", "translate", "task-one", "task-each", "task-title"}
    missing = needed - set(prompts)
    if missing:
        raise StoreError(f"{folder} lacks the prompt {min(missing)}.md.", "Install paperchat again.")
    for mark in ("$evidence", "$question"):
        if mark not in prompts["question"]:
            raise InputError(f"{folder / 'question.md'} has no {mark}.", "Put it back where the text belongs.")
    return prompts
