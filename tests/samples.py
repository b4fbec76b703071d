"""Small papers, how they are found and read, a library of them, and an embedder that needs no model."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from unittest.mock import patch

import numpy as np

from paperchat.app import App
from paperchat.bibliography import Details, Person
from paperchat.generation.labelling import Shown
from paperchat.generation.selection import Chosen
from paperchat.logistic import Logistic
from paperchat.models.claim_model import ClaimModel
from paperchat.models.model import Model
from paperchat.models.question_model import QuestionModel
from paperchat.paths import CLAIM_MODEL, LEARNED, QUESTION_MODEL
from paperchat.protocols import ChatModel, Embedder, Guess
from paperchat.query.learned import read_learned
from paperchat.query.reading import Reading, read
from paperchat.retrieval.library import Library
from paperchat.settings import Settings
from paperchat.storage.chunking import chunk_paper, chunk_parts
from paperchat.storage.identity import paper_id
from paperchat.storage.store import Store
from paperchat.text.abstracts import paper_sentences
from paperchat.text.paper_text import PaperText, read_papers
from paperchat.text.titles import Titles
from paperchat.text.tokens import content_words
from paperchat.types import Answer, Citation, Leg, ModelInfo, Paper, Result, Vectors
from paperchat.verification.evidence import PaperEvidence
from paperchat.verification.opposition import Opposing

QUESTIONS = QuestionModel(QUESTION_MODEL)
"""What reads questions; it is loaded when first asked."""

CLAIMS = ClaimModel(CLAIM_MODEL)
"""What reads claims; it is loaded when first asked."""

LESSONS = read_learned(QUESTIONS, json.loads(LEARNED.read_text(encoding="utf-8")))
"""All that was learned."""


class SayingNothing:
    """Reads claims, and tells nothing of any."""

    def entailment(self, *_: str) -> float:
        return 0.0

    def contradiction(self, *_: str) -> float:
        return 0.0


class HashEmbedder:
    """A bag of hashed words as a unit vector; `log` gets one line a text embedded."""

    dimension = 384

    def __init__(self, name: str = "hash", log: Path | None = None) -> None:
        self.name = name
        self.log = log
        self.embedded = 0

    def embed_query(self, text: str) -> Vectors:
        return self._embed([text])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.embedded += len(texts)
        if self.log:
            with self.log.open("a") as file:
                file.writelines(f"{hashlib.sha256(text.encode()).hexdigest()}\n" for text in texts)
        return self._embed(texts)

    def embed_parts(self, chunks: Sequence[Sequence[str]]) -> list[Vectors]:
        made = self.embed_passages([" ".join(parts) for parts in chunks])
        sentences = [self._embed([f"{parts[0]} {text}" for text in parts[1:]]) for parts in chunks]
        return [np.vstack([row, each]) for row, each in zip(made, sentences, strict=True)]

    def _embed(self, texts: Sequence[str]) -> Vectors:
        vectors = np.full((len(texts), self.dimension), 1e-3, np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                vectors[row, int(hashlib.md5(word.encode()).hexdigest(), 16) % self.dimension] += 1
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit


def paper(title: str, abstract: str) -> Paper:
    return Paper(paper_id(title), title, abstract, "test")


def paper_texts(*papers: Paper) -> list[PaperText]:
    """Papers as the store reads them."""
    return read_papers((one, paper_sentences(one)) for one in papers)


def reading(question: str, *found: tuple[Paper, float], similarity: float = 0.5) -> Reading:
    """A question for which these papers were found, with these scores, all as similar; no sentence of them is ranked.

    They are put in no other order.
    """
    results = [Result(one, rank, score, Leg(rank, similarity), None, ()) for rank, (one, score) in enumerate(found, 1)]
    made = read(question, question, results, paper_texts(*(one for one, _ in found)))
    return made.guessed(QUESTIONS.read(made.asked))


def results(*papers: Paper) -> tuple[Result, ...]:
    """Papers as they are found, each with a score below the one before."""
    return tuple(Result(one, rank, 1 / rank, None, None, ()) for rank, one in enumerate(papers, 1))


class Shelf(Library):
    """A library over no store: it has these papers, and every search finds the same ones."""

    def __init__(self, papers: Sequence[Paper], found: Sequence[Paper] = ()) -> None:
        self._papers, self._found = papers, found

    @property
    def papers(self) -> tuple[Paper, ...]:
        return tuple(self._papers)

    @property
    def is_part(self) -> bool:
        return False

    @property
    def only(self) -> None:
        return None

    @cached_property
    def titles(self) -> Titles[Paper]:
        return Titles((one.title, one) for one in self._papers)

    def knows(self, word: str) -> bool:
        return any(word in content_words(f"{one.title} {one.abstract}") for one in self._papers)

    def search(self, query: str, limit: int = 0) -> Reading:
        found = self._found[: limit or None]
        return self.guessed(read(query, query, results(*found), paper_texts(*found)))

    def found(self, query: str, limit: int = 0) -> Reading:
        return self.search(query, limit)

    def guess(self, question: str) -> Guess:
        return QUESTIONS.read(question)

    def guessed(self, reading: Reading) -> Reading:
        return reading.guessed(QUESTIONS.read(reading.asked))

    def fitted(self, reading: Reading, *_asked: str) -> Reading:
        return reading

    def fit(self, question: str, sentences: Sequence[tuple[str, str]]) -> list[float]:
        return [*map(float, QUESTIONS.fit(question, sentences))] if sentences else []

    def read(self, papers: Sequence[Paper]) -> list[PaperText]:
        return paper_texts(*papers)


def whole_papers(*papers: Paper) -> tuple[Chosen, ...]:
    """Papers of which every sentence is chosen, the first as the best."""
    return tuple(Chosen(text, text.sentences, text.sentences[0]) for text in paper_texts(*papers))


def shown(paper: str, quote: str, start: int) -> Shown:
    """A sentence of the paper with this id, from this place on, as a model is shown it."""
    citation = Citation(paper, paper.upper(), quote, start, start + len(quote))
    return Shown(citation, citation.title, quote, frozenset(content_words(quote)))


LABELLED = {"1a": shown("p", "quote one", 0), "1b": shown("p", "quote two", 10), "2a": shown("q", "quote three", 0)}


def silent_model(prompts: Mapping[str, str], room: int) -> Model:
    """A model that takes a prompt of so many tokens and cannot write; its time stands still."""
    info = ModelInfo("silent:1b", "sha256:0", room, 1.0, thinking=False)
    server = SimpleNamespace(choose=lambda: info, context=lambda model: room)
    return Model(cast("ChatModel", server), prompts, 0, {}, lambda: 0.0).chosen()


def as_evidence(one: Paper, embedder: Embedder) -> PaperEvidence:
    """A paper as the checker reads it, with vectors as the store has them."""
    chunks = [sentences for _, sentences in chunk_paper(one)]
    vectors = embedder.embed_parts([chunk_parts(one.title, sentences) for sentences in chunks])
    (text,) = read_papers([(one, [sentence for sentences in chunks for sentence in sentences])])
    return PaperEvidence(text, np.concatenate([rows[1:] for rows in vectors]))


def many_papers(count: int, sentences: int) -> list[Paper]:
    """Papers that differ in every sentence."""
    return [
        paper(
            f"Paper number {n}",
            " ".join(f"Finding {n} dash {s} holds for set {n * s} of them." for s in range(sentences)),
        )
        for n in range(count)
    ]


GRAPHS = paper(
    "GraphMAE: Masked Graphs",
    "Graphs are everywhere in data. We mask node features and rebuild them. GraphMAE reaches 84.2\\% accuracy on Cora.",
)
SPEECH = paper(
    "Wav2Tok: Speech Tokens",
    "Speech is long and continuous. Our tokens shrink it ten times. Word errors fall by 3.1 points on LibriSpeech.",
)
TREES = paper(
    "Boosted Trees for Control",
    "Trees suit edge devices well. Policy and value share one tree ensemble. The method matches neural networks.",
)
IMAGES = paper("Sorting Images by Hue", "We sort images by hue. Our HueNet is quick.")
PAPERS = (GRAPHS, SPEECH, TREES)


def dated(one: Paper, authors: str, year: int, venue: str = "", keywords: str = "") -> Paper:
    """A paper with details: its authors as "Ada Ogden; Wei Li", its keywords as "graphs; masks"."""
    names = (name.rpartition(" ") for name in authors.split("; "))
    persons = tuple(Person(family, given) for given, _, family in names)
    words = tuple(keywords.split("; ")) if keywords else ()
    return replace(one, details=Details(authors=persons, date=(year,) if year else (), venue=venue, keywords=words))


NEURIPS = "Advances in Neural Information Processing Systems"
SHELF = (
    dated(GRAPHS, "Ada Ogden; Wei Li", 2022, NEURIPS, "graphs; self-supervision"),
    dated(SPEECH, "Paul Erd\u0151s", 2023, "Speech Letters", "speech"),
    dated(TREES, "Ada Ogden", 2019, "Nature", "decision trees"),
    dated(IMAGES, "Bo Long; Wei Li", 2023, "Nature Communications", "images"),
    paper("Walks on Graphs", "Walks tell graphs apart. We count the walks of each graph by their length."),
)
"""Papers with authors, year, venue and keywords; of the last one nothing is known."""


@contextmanager
def opened_shelf(folder: Path, papers: Sequence[Paper] = SHELF) -> Iterator[App]:
    """An App over these papers, as a record keeps them, without a model."""
    store = Store(folder, HashEmbedder(), lambda line: None, lambda done, total: None)
    store.add(papers)
    store.refresh()
    store.close()
    with patch("paperchat.app.make_embedder", lambda settings: HashEmbedder()):
        settings = Settings(folder, ollama_host="http://127.0.0.1:9")
        with App(settings, lambda line: None, lambda done, total: None) as app:
            yield app


class Unchecked:
    """Checks nothing of an answer, and judges by even weights whether sentences oppose each other."""

    opposing = Opposing({}, Logistic(0.0, {}))

    def settle(self, answer: Answer, model: Model) -> Iterator[Answer]:
        del model
        yield answer
