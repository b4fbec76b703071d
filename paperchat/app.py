"""The one place that wires the parts: settings in, an App out that answers, searches and indexes."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from paperchat.align import Evidence
from paperchat.answer import check_question, stream_answer
from paperchat.check import question, read_checker
from paperchat.embed import MiniLM
from paperchat.errors import InputError, ModelError, StoreError
from paperchat.locations import CHECKER, prompts_folder
from paperchat.ollama import OllamaEmbedder, OllamaServer
from paperchat.papers import SHIPPED, read_page
from paperchat.retrieve import search
from paperchat.settings import Settings
from paperchat.store import Progress, Say, Store
from paperchat.text import normalised
from paperchat.types import Answer, Check, Embedder, ModelInfo, Paper, Result, Turn

OTHERS = 4
"""Papers whose sentences are held against a claim, to see whether another paper than the one cited says it."""

EXAMPLES = (
    "What ImageNet accuracy does Barlow Twins or OBoW report?",
    "Which papers use masked image modelling?",
    "How can reinforcement learning use gradient boosting trees?",
    "Compare GraphMAE with D-SLA",
)


@dataclass(frozen=True)
class Status:
    """What is there: papers indexed, the embedder, the chat model, and one line on what is missing (or empty)."""

    papers: int
    embedder: str
    model: str | None
    advice: str


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
        self._store.close()

    def papers(self) -> tuple[Paper, ...]:
        """Return all papers in the order they were added."""
        return tuple(self._store.papers.values())

    def search(self, query: str, limit: int) -> tuple[Result, ...]:
        """Return the best papers for a query, best first, each with its best sentences."""
        return search(self._store, self._embedder, check_question(query), limit)

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Iterator[Answer]:
        """Yield the answer to a question as it grows (see Answer); closing the iterator stops the model."""
        settings = self._settings
        return stream_answer(
            question,
            history,
            lambda query: search(self._store, self._embedder, query, settings.papers),
            self._model,
            self._prompts,
            settings.max_tokens,
            settings.evidence_tokens,
        )

    def checking_model(self) -> tuple[ModelInfo | None, str]:
        """Return the chat model that `check` can ask, or None and the line that says how to get one."""
        try:
            return self._model.choose(), ""
        except ModelError as error:
            return None, str(error)

    def check(self, claim: str, title: str, model: ModelInfo | None = None) -> Check:
        """Return whether the abstract of the paper with this title supports a claim; ask `model` too when given.

        Raises InputError for an empty or overlong claim, ModelError when the model fails.
        """
        claim = check_question(claim)
        wanted = normalised(title)
        paper = next((p for p in self._store.papers.values() if normalised(p.title) == wanted), None)
        if paper is None:
            return Check("unsupported", 0.0, f'No paper of the set has the title "{title}".')
        cited = tuple(sentence.text for sentence in self._store.sentences[paper.id])
        found = search(self._store, self._embedder, claim, OTHERS)
        elsewhere = tuple((r.paper.title, s.text) for r in found if r.paper.id != paper.id for s in r.sentences)
        evidence = Evidence(cited, paper.title, paper.abstract, elsewhere)
        findings = self._checker.find(claim, evidence, self._embedder)
        yes = None
        if model is not None:
            yes = self._model.yes_probability(model, question(self._prompts["check"], claim, evidence, findings))
        return self._checker.judge(findings, cited, yes)

    def status(self) -> Status:
        """Return what is there and what is not; asks the model server."""
        model, advice = model_status(self._model)
        return Status(len(self._store.papers), self._embedder.name, model, advice)

    def examples(self) -> tuple[str, ...]:
        """Return questions to begin with: made for the shipped papers, or from the titles of another set."""
        titles = [paper.title for paper in self._store.papers.values()]
        shipped = {paper.id for paper in read_page(SHIPPED)}
        if shipped <= set(self._store.papers):
            return EXAMPLES
        return tuple(f"What is new in “{title}”?" for title in titles[:4])


def make_embedder(settings: Settings) -> Embedder:
    """Return the embedder that the settings name."""
    if settings.embedder == "minilm":
        return MiniLM()
    return OllamaEmbedder(settings.ollama_host, settings.embedder.removeprefix("ollama:"), settings.timeout)


def read_prompts(folder: Path) -> dict[str, str]:
    """Return the text of every prompt file by its name without `.md`."""
    prompts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))}
    missing = {"system", "question", "check"} - set(prompts)
    if missing:
        raise StoreError(f"{folder} lacks the prompt {min(missing)}.md.", "Install paperchat again.")
    for mark in ("$evidence", "$question"):
        if mark not in prompts["question"]:
            raise InputError(f"{folder / 'question.md'} has no {mark}.", "Put it back where the text belongs.")
    return prompts


def model_status(server: OllamaServer) -> tuple[str | None, str]:
    """Return the chat model that would answer, or None and the line that says how to get one."""
    try:
        return server.choose().name, ""
    except ModelError as error:
        return None, str(error)
