"""The store: papers in, an index out, whole at every moment. The record is the truth; Chroma and BM25 follow it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from copy import copy
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from paperchat.errors import DroppedError, UnwritableError
from paperchat.protocols import Embedder
from paperchat.storage.bm25 import Keywords
from paperchat.storage.chroma import VectorIndex
from paperchat.storage.chunking import CHUNKING
from paperchat.storage.duplicates import same
from paperchat.storage.embedding import PAPERS_AT_ONCE, Progress, embed
from paperchat.storage.folder import MAP, RECORD, lock_folder, open_record
from paperchat.storage.incoming import Incoming, local_time
from paperchat.storage.index import Index
from paperchat.storage.manifest import read_manifest
from paperchat.storage.sites import FOLDER, Searching
from paperchat.text.paper_text import PaperText, read_papers
from paperchat.text.sentences import sentences_at
from paperchat.types import Paper, Vectors

Say = Callable[[str], None]

READ = 2000
"""Most papers that are kept as they were read: about 20 kB each."""


class Store:
    """Papers, their sentences and both indexes, in one folder that one process owns."""

    def __init__(self, folder: Path, embedder: Embedder, say: Say, progress: Progress, how: Searching = FOLDER) -> None:
        """Open the record, to read alone where it cannot be written; raises StoreError.

        `how` it will be searched: where its vectors are, and whether once.
        """
        self._folder, self._embedder, self._say, self._progress = folder, embedder, say, progress
        self._how = how
        self._scratch: TemporaryDirectory[str] | None = None
        self._lock = None
        self.papers: dict[str, Paper] = {}
        self.whole: Mapping[str, Paper] = self.papers
        """All papers of the set, where `papers` are some of them (see `narrowed`)."""
        self._texts: dict[str, PaperText] = {}
        try:
            self._lock = lock_folder(folder)
            self._record = open_record(folder)
        except UnwritableError as error:
            self._only_read(error)
        except BaseException:
            self._release()
            raise
        self.index = self._make_index()

    def _only_read(self, error: UnwritableError) -> None:
        """Open what is there without writing to the folder, and say so; raise the error when nothing is there."""
        if not (self._folder / RECORD).exists():
            self._release()
            raise error
        try:
            self._record = open_record(self._folder, writable=False)
            self._scratch = TemporaryDirectory(prefix="paperchat-")
        except BaseException:
            self._release()
            raise
        if not self.holds_papers():
            self._record.close()
            self._release()
            raise error
        self._say(f"{error.message} Answers come from what is there; nothing new is kept.")

    def _make_index(self) -> Index:
        scratch = Path(self._scratch.name) if self._scratch else None
        return Index(self._folder, self._record, self._embedder, scratch, self._how)

    def draft(self) -> "Store":
        """Return this store as another one that papers can be taken into, unseen by this one; raises StoreError.

        Once it is refreshed it can take the place of this one.
        """
        if self._scratch is not None:
            raise UnwritableError(f"{self._folder} is read-only.", "Make it writable, and start paperchat again.")
        other = copy(self)
        other.__dict__["_record"] = record = open_record(self._folder)
        other.index = self.index.beside(record)
        return other

    def hold(self) -> None:
        """Go on with the papers that there are now, whatever a draft makes of them."""
        self._record.hold()

    def discard(self) -> None:
        """Close the files of a draft that took no place."""
        self.index.close()
        self._record.close()

    def retire(self) -> None:
        """Close the files as soon as nobody asks this store any more: another one has taken its place."""
        self._record.close_unused(self.index.leave())

    def narrowed(self, paper_ids: Collection[str]) -> "Store":
        """Return the open store as if it had these papers alone, in their order here; it is closed with this one."""
        part, wanted = copy(self), set(paper_ids)
        part.papers = {key: paper for key, paper in self.papers.items() if key in wanted}
        part.index = self.index.narrowed(part.papers)
        return part

    @property
    def vectors(self) -> VectorIndex:
        """The open vector index."""
        return self.index.vectors

    @property
    def keywords(self) -> Keywords:
        """The open keyword index."""
        return self.index.keywords

    def close(self) -> None:
        """Close the files and give the folder up."""
        self.index.close()
        self._record.close()
        self._release()

    def _release(self) -> None:
        if self._scratch is not None:
            self._scratch.cleanup()
        if self._lock is not None:
            self._lock.release()

    def holds_papers(self) -> bool:
        """Tell whether any paper was ever added."""
        return self._record.count() > 0

    @property
    def incoming(self) -> Incoming:
        """What was taken in and is not yet part of the set."""
        return Incoming(self._record, self._embedder, self._progress)

    def digest(self) -> str:
        """Return the digest of what is indexed, empty before the first `refresh`."""
        manifest = read_manifest(self._folder)
        return manifest.digest if manifest else ""

    @property
    def map_file(self) -> Path | None:
        """Where the picture of all papers is kept; None for some of them, and where nothing can be written."""
        return None if self._scratch is not None or self.papers is not self.whole else self._folder / MAP

    def add(self, papers: Sequence[Paper]) -> int:
        """Keep new and changed papers in the record; return how many there were. `refresh` indexes them."""
        known = {paper.id: paper for paper in self._record.sound_papers()}
        fresh = [paper for paper in papers if paper.id not in known or not same(paper, known[paper.id])]
        if fresh:
            now = local_time()
            self._record.save_papers([replace(paper, imported=paper.imported or now) for paper in fresh])
        return len(fresh)

    def read(self, paper_ids: Sequence[str]) -> list[PaperText]:
        """Return these papers as they are read; each is read once and kept, as long as there is room (READ)."""
        known = self._texts
        missing = [key for key in dict.fromkeys(paper_ids) if key not in known]
        if missing:
            if len(known) + len(missing) > READ:  # whoever reads at this moment keeps the old one
                known = {key: known[key] for key in paper_ids if key in known}
            spans = self._record.spans(CHUNKING, missing)
            places = {key: [span for chunk in spans[key] for span in chunk.tolist()] for key in missing}
            made = read_papers([(self.papers[key], sentences_at(self.papers[key], places[key])) for key in missing])
            self._texts = known = {**known, **{text.paper.id: text for text in made}}
        return [known[key] for key in paper_ids]

    def similarities(self, vector: Vectors, paper_ids: Sequence[str]) -> dict[str, tuple[float, list[float]]]:
        """Return the cosine of a vector, shape (dimension,), to each paper's nearest window and to each sentence."""
        embedder = self._embedder
        found = self._record.paper_vectors(CHUNKING, embedder.name, embedder.dimension, paper_ids)
        similar = {}
        for paper_id, chunks in found.items():
            nearest = max(float((windows(rows[1:] if len(rows) > 1 else rows) @ vector).max()) for rows in chunks)
            similar[paper_id] = (nearest, [score for rows in chunks for score in (rows[1:] @ vector).tolist()])
        return similar

    def sentence_vectors(self, paper_ids: Sequence[str]) -> dict[str, Vectors]:
        """Return the unit vectors of each paper's sentences, shape (sentences, dimension), in their order."""
        embedder = self._embedder
        found = self._record.paper_vectors(CHUNKING, embedder.name, embedder.dimension, paper_ids)
        return {paper_id: np.concatenate([rows[1:] for rows in chunks]) for paper_id, chunks in found.items()}

    def centres(self, paper_ids: Sequence[str]) -> dict[str, Vectors]:
        """Return the unit mean of each paper's sentences, or of its title alone, shape (dimension,)."""
        embedder = self._embedder
        found = self._record.paper_vectors(CHUNKING, embedder.name, embedder.dimension, paper_ids)
        means = {
            paper_id: np.concatenate([rows[1:] if len(rows) > 1 else rows for rows in chunks]).mean(axis=0)
            for paper_id, chunks in found.items()
        }
        return {paper_id: mean / max(float(np.linalg.norm(mean)), 1e-9) for paper_id, mean in means.items()}

    def refresh(self, fewer: bool = False) -> None:
        """Bring the index up to the record: embed what has no vector, then open, extend or rebuild the indexes.

        There may be `fewer` papers than before where some were to go.
        """
        self.papers, self._texts = {paper.id: paper for paper in self._record.papers()}, {}
        self.whole = self.papers
        try:
            self._refresh_index(fewer)
        except UnwritableError as error:
            if self._scratch is not None or not self.index.is_current:
                raise
            self.index.close()
            self._record.close()
            self._only_read(error)
            self.index = self._make_index()
            self.index.refresh(self.papers, self._say)

    def _refresh_index(self, fewer: bool) -> None:
        """Embed what has no vector and bring the index up to it, again while damaged vectors come to light."""
        while True:
            self._embed_missing()
            try:
                return self.index.refresh(self.papers, self._say, fewer)
            except DroppedError as error:
                self.index.close()
                self._say(f"{error.message} It is made anew.")

    def _embed_missing(self) -> None:
        """Embed the papers whose chunks or vectors are not in the record."""
        todo = self._record.unembedded(CHUNKING, self._embedder.name)
        for start in range(0, len(todo), PAPERS_AT_ONCE):
            self._progress(start, len(todo))
            embed(self._record, self._embedder, [self.papers[key] for key in todo[start : start + PAPERS_AT_ONCE]])
        if todo:
            self._progress(len(todo), len(todo))


def windows(sentences: Vectors) -> Vectors:
    """Return for each sentence of a chunk, shape (n, dimension), the unit mean of its vector and its neighbours'."""
    mean = sentences.copy()
    mean[1:] += sentences[:-1]
    mean[:-1] += sentences[1:]
    unit: Vectors = mean / np.linalg.norm(mean, axis=1, keepdims=True).clip(1e-12)
    return unit
