"""What was learned of questions, in this process: how one reads, and how well a sentence answers it."""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from paperchat.models.minilm import BEGIN, COLON, END, grouped, load_tokenizer
from paperchat.models.onnx import load_network, padded
from paperchat.protocols import Guess
from paperchat.types import Vectors

ASKED, ALONE, TITLE, SAID = 48, 128, 24, 72
"""Most tokens that are read of a question beside a sentence and alone, of a title, and of a sentence."""

REMEMBERED = 1000

_WORD = re.compile(r"[^\W_]+(?:[-'\u2019+#.][^\W_]+)*[+#]*|[,/]")

_JOINING = re.compile(r"or|and|nor|,|/", re.IGNORECASE)


class QuestionModel:
    """all-MiniLM-L6-v2 tuned to read questions, as int8 ONNX: made by `python -m tests.train.question_model`.

    The file tells its own labels. Token ids are those of all-MiniLM-L6-v2. Safe to use from several threads.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._turn = path, Lock()
        self.read = lru_cache(REMEMBERED)(self._read)

    @property
    def _session(self) -> Any:
        return load_question_model(self._path)

    @cached_property
    def _labels(self) -> Mapping[str, list[str]]:
        labels: dict[str, list[str]] = json.loads(self._session.get_modelmeta().custom_metadata_map["labels"])
        return labels

    def _read(self, question: str) -> Guess:
        """Return how a question reads."""
        encoding = load_tokenizer().encode(question)
        whole = len(encoding.ids) <= ALONE
        ids = encoding.ids if whole else [*encoding.ids[: ALONE - 1], END]
        kinds, wants, tags = self._run(["kinds", "wants", "tags"], [ids])
        words = _tagged(question, encoding.offsets[: len(ids)], tags[0].argmax(axis=1))
        return Guess(
            dict(zip(self._labels["kinds"], map(float, _softmax(kinds[0])), strict=True)),
            dict(zip(self._labels["wants"], map(float, _softmax(wants[0])), strict=True)),
            " ".join(word for word, tag in words if tag == 1),
            " ".join(word for word, tag in words if tag == 2),  # noqa: PLR2004  # the third tag
        )

    def fit(self, question: str, passages: Sequence[tuple[str, str]]) -> Vectors:
        """Return the log odds that each sentence, given with its paper's title, answers a question; shape (n,)."""
        tokenizer = load_tokenizer()
        asked = tokenizer.encode(question, add_special_tokens=False).ids[:ASKED]
        texts = list(dict.fromkeys(text for passage in passages for text in passage))
        ids = {text: one.ids for text, one in zip(texts, _encoded(texts), strict=True)}
        rows = [
            [BEGIN, *asked, END, *ids[title][:TITLE], COLON, *ids[sentence][:SAID], END] for title, sentence in passages
        ]
        odds = np.zeros(len(rows), np.float32)
        for batch in grouped([len(row) for row in rows]):
            odds[batch] = self._run(["fit"], [rows[at] for at in batch])[0]
        return odds

    def _run(self, outputs: Sequence[str], rows: Sequence[Sequence[int]]) -> list[Any]:
        ids, mask = padded(rows)
        with self._turn:
            found: list[Any] = self._session.run(outputs, {"ids": ids, "mask": mask})
        return found


def load_question_model(path: Path) -> Any:
    """Return the session of a model file; see `load_network`."""
    return load_network(path, "paperchat")


def _encoded(texts: Sequence[str]) -> list[Any]:
    encodings: list[Any] = load_tokenizer().encode_batch(list(texts), add_special_tokens=False)
    return encodings


def _softmax(odds: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    shares = np.exp(odds - odds.max())
    softened: npt.NDArray[np.float32] = shares / shares.sum()
    return softened


def _tagged(question: str, offsets: Sequence[tuple[int, int]], tags: Sequence[int]) -> list[tuple[str, int]]:
    """Return the words of a question as typed, each with the tag of its first token; words that join keep the last."""
    starts = {start: int(tag) for (start, end), tag in zip(offsets, tags, strict=True) if end > start}
    words, last = [], 0
    for word in _WORD.finditer(question):
        tag = starts.get(word.start(), 0)
        if _JOINING.fullmatch(word[0]):
            tag = last
        words.append((word[0], tag))
        last = tag or last
    return words
