"""The keyword leg of retrieval: the one place that scores with bm25s."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from paperchat.bibliography import UNTOLD, Details
from paperchat.text.tokens import content_words_of
from paperchat.types import Leg

K1, B = 0.9, 0.4
"""BM25 parameters of the Lucene variant, as in the BEIR baselines."""

TITLE = 3
"""Times that a title's words are counted beside those of the abstract."""

FIELDS = f"title x{TITLE} + abstract + authors and year, k1 {K1}, b {B}, folded"
"""Names how the index is made: one made otherwise is stale."""


class Keywords:
    """BM25 over one document a paper, stemmed, accents folded; a paper without a word of the question has no rank."""

    def __init__(self, index: Any, paper_ids: Sequence[str]) -> None:
        self._index = index
        self._paper_ids = paper_ids
        self._asked: Any = None
        """Of a part of the papers: for each paper whether it is of them."""

    @classmethod
    def build(cls, paper_ids: Sequence[str], documents: Sequence[str]) -> "Keywords":
        """Index one document a paper (see `document`)."""
        import bm25s

        tokens = [tokens or [""] for tokens in content_words_of(documents)] or [[""]]  # bm25s takes no set of none
        index = bm25s.BM25(k1=K1, b=B, method="lucene")
        index.index(tokens, show_progress=False)
        return cls(index, paper_ids)

    @classmethod
    def load(cls, folder: Path, paper_ids: Sequence[str]) -> "Keywords":
        """Open an index that `save` wrote for these papers in this order."""
        import bm25s

        return cls(bm25s.BM25.load(folder, load_corpus=False), paper_ids)

    def save(self, folder: Path) -> None:
        """Write the index as JSON and npy files (no pickle)."""
        self._index.save(folder)

    def narrowed(self, paper_ids: Iterable[str]) -> "Keywords":
        """Return the index with these papers alone to be found; how rare a word is stays that of the whole set."""
        part = Keywords(self._index, self._paper_ids)
        part._rows = self._rows
        part._asked = np.zeros(len(self._paper_ids), bool)
        part._asked[[self._rows[key] for key in paper_ids]] = True
        return part

    def search(self, words: Sequence[str], limit: int, among: Collection[str] = ()) -> dict[str, Leg]:
        """Return the papers that share a word with the question, best first, with BM25 scores (> 0).

        At most the best `limit`, and all of `among`, wherever they rank.
        """
        words = [word for word in words if word in self._index.vocab_dict]
        if not words or not self._paper_ids:
            return {}
        scores = self._index.get_scores(words)
        if self._asked is not None:
            scores = np.where(self._asked, scores, 0)
        order = np.argsort(-scores, kind="stable")[: np.count_nonzero(scores > 0)]
        place = np.zeros(len(scores), np.int64)
        place[order] = np.arange(1, len(order) + 1)
        others = sorted(place[row] for row in (self._rows[key] for key in among) if place[row] > limit)
        ranks = [*range(1, min(limit, len(order)) + 1), *map(int, others)]
        return {self._paper_ids[order[rank - 1]]: Leg(rank, float(scores[order[rank - 1]])) for rank in ranks}

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {key: row for row, key in enumerate(self._paper_ids)}

    @cached_property
    def vocabulary(self) -> Mapping[int, str]:
        """The content words of all papers, each by its number."""
        return {number: word for word, number in self._index.vocab_dict.items()}

    def frequencies(self, words: Iterable[str]) -> dict[str, int]:
        """Return in how many papers each of these content words occurs."""
        return {word: self.frequency(word) for word in words}

    def frequency(self, word: str) -> int:
        """Return in how many papers a content word (see `content_words`) occurs."""
        row = self._index.vocab_dict.get(word)
        if row is None:
            return 0
        columns = self._index.scores["indptr"]  # of a sparse matrix with one column a word, one entry a paper
        return int(columns[row + 1] - columns[row])


def document(title: str, abstract: str, details: Details = UNTOLD) -> str:
    """Return the text that is indexed of a paper, from its cleaned title and abstract, and who wrote it when."""
    return f"{f'{title} ' * TITLE}{abstract} {details.signed}".rstrip()
