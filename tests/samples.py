"""Small papers, and an embedder that needs no model: words hashed into a vector."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from paperchat.storage.chunking import chunk_paper, chunk_parts
from paperchat.storage.reader import paper_id
from paperchat.text.paper_text import read_papers
from paperchat.types import Embedder, Paper, Vectors
from paperchat.verification.evidence import PaperEvidence


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
PAPERS = (GRAPHS, SPEECH, TREES)
