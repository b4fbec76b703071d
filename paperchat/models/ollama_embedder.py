"""The embedder behind an Ollama server, and the prefixes that each family of models was trained with."""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from paperchat.errors import ModelError
from paperchat.models.ollama import OllamaServer
from paperchat.types import Vectors

BATCH = 32

RETRIEVE = "Given a web search query, retrieve relevant passages that answer the query"

# What each family was trained with, from the model cards of nomic-ai/nomic-embed-text-v1.5, google/embeddinggemma-300m,
# Qwen/Qwen3-Embedding-0.6B, mixedbread-ai/mxbai-embed-large-v1, Snowflake/snowflake-arctic-embed-l-v2.0 and -l,
# intfloat/e5-mistral-7b-instruct, -/multilingual-e5-large-instruct and -/e5-large-v2. The first match counts.
PREFIXES = (
    (re.compile("nomic-embed-text"), "search_document: ", "search_query: "),
    (re.compile("embeddinggemma"), "title: none | text: ", "task: search result | query: "),
    (re.compile("qwen3-embedding"), "", f"Instruct: {RETRIEVE}\nQuery:"),
    (re.compile("snowflake-arctic-embed2"), "", "query: "),
    (re.compile("snowflake-arctic-embed|mxbai-embed"), "", "Represent this sentence for searching relevant passages: "),
    (re.compile("e5-mistral|e5-large-instruct"), "", f"Instruct: {RETRIEVE}\nQuery: "),
    (re.compile("e5-"), "passage: ", "query: "),
)


class OllamaEmbedder:
    """An Embedder: one embedding model of an Ollama server, with the prefixes that its family was trained with."""

    def __init__(self, server_host: str, model: str, timeout: float = 300.0) -> None:
        self._server = OllamaServer(server_host, model, timeout=timeout)
        self._passage, self._query = next((row[1:] for row in PREFIXES if row[0].search(model.lower())), ("", ""))

    @cached_property
    def name(self) -> str:
        """Model and start of its digest: a model pulled anew is another embedder. Raises ModelError."""
        found = self._server.find(self._server.model)
        can = self._server.capabilities(found.name)
        if can is not None and "embedding" not in can:
            fix = "Run: ollama pull nomic-embed-text, and set PAPERCHAT_EMBEDDER=ollama:nomic-embed-text"
            raise ModelError(f"{found.name} cannot embed.", fix)
        return f"ollama:{found.name}@{found.digest.removeprefix('sha256:')[:12]}"

    @cached_property
    def dimension(self) -> int:
        """Length of a vector, from a probe. Raises ModelError."""
        return len(self._embed(["dimension"])[0])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, shape (n, dimension), in the order given. Raises ModelError."""
        prefixed = [self._passage + text for text in texts]
        batches = [self._embed(prefixed[start : start + BATCH]) for start in range(0, len(prefixed), BATCH)]
        return np.concatenate(batches) if batches else np.zeros((0, self.dimension), np.float32)

    def embed_parts(self, chunks: Sequence[Sequence[str]]) -> list[Vectors]:
        """Return for each chunk (title, then sentences) its vector and each sentence's, embedded apart with the title.

        A sentence has its neighbours beside it. Raises ModelError.
        """
        texts = [text for title, *sentences in chunks for text in _windows(title, sentences)]
        ends = np.cumsum([len(parts) for parts in chunks])[:-1]
        return list(np.split(self.embed_passages(texts), ends)) if chunks else []

    def embed_query(self, text: str) -> Vectors:
        """Return the vector of a question, shape (1, dimension). Raises ModelError."""
        return self._embed([self._query + text])

    def _embed(self, texts: Sequence[str]) -> Vectors:
        _ = self.name  # refuses a cloud model and one that cannot embed before any text is sent

        def read(rows: Any) -> Vectors:
            with np.errstate(over="ignore"):  # what is too large becomes infinite, and is refused
                vectors = np.asarray(rows, np.float32)
                lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
            width = self.__dict__.setdefault("dimension", vectors.shape[1])
            if vectors.shape != (len(texts), width) or not (np.isfinite(lengths) & (lengths > 0)).all():
                raise ValueError(f"{vectors.shape} for {len(texts)} texts, or a vector that points nowhere")
            unit: Vectors = vectors / lengths
            return unit

        return self._server.connection.embed(self._server.model, texts, read)


def _windows(title: str, sentences: Sequence[str]) -> list[str]:
    """Return the chunk's text, then each sentence with one neighbour on each side, all with the title."""
    runs = [sentences, *(sentences[max(0, n - 1) : n + 2] for n in range(len(sentences)))]
    return [f"{title}\n{' '.join(run)}" for run in runs]
