"""The store: papers in, an index out, whole at every moment. The record is the truth; Chroma and BM25 follow it."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from paperchat.errors import StoreError
from paperchat.storage.atomic import write_whole
from paperchat.storage.bm25 import FIELDS, Keywords, document
from paperchat.storage.chroma import PAGE, VectorIndex, file_sizes
from paperchat.storage.chunking import CHUNKING, chunk_id, chunk_paper, chunk_parts, text_hash
from paperchat.storage.records import Record, Spans
from paperchat.text.cleaning import clean
from paperchat.text.paper_text import PaperText, read_papers
from paperchat.types import Chunk, Embedder, Paper, Sentence, Vectors

if TYPE_CHECKING:
    from filelock import BaseFileLock

Say = Callable[[str], None]

Progress = Callable[[int, int], None]
"""Called with (papers done, papers in all) while papers are embedded."""

PAPERS_AT_ONCE = 8
"""Papers embedded between two commits: what a kill can cost."""

HALF = 1e-3
"""What keeping a unit vector in half precision can change, with room to spare."""

PROBED = 5000
"""Chunks read back from Chroma at start to see whether its index is sound."""

READ = 2000
"""Most papers that are kept as they were read: about 20 kB each."""

RECIPE = ("embedder", "dimension", "chunking", "chroma", "keywords")
"""The fields of a manifest in which an index must agree with what would be built now."""


@dataclass(frozen=True)
class Manifest:
    """What the index was made of; another embedder, recipe or set of chunks makes it stale."""

    folder: str
    embedder: str
    dimension: int
    chunking: str
    papers: int
    chunks: int
    digest: str
    chroma: str
    files: dict[str, int]
    keywords: str = ""


class Store:
    """Papers, their sentences and both indexes, in one folder that one process owns."""

    def __init__(self, folder: Path, embedder: Embedder, say: Say, progress: Progress) -> None:
        self._folder, self._embedder, self._say, self._progress = folder, embedder, say, progress
        self._lock = _locked(folder)
        try:
            self._record = Record(folder / "papers.sqlite3")
        except StoreError:
            self._lock.release()
            raise
        self._vectors: VectorIndex | None = None
        self._keywords: Keywords | None = None
        self.papers: dict[str, Paper] = {}
        self._texts: dict[str, PaperText] = {}

    @property
    def vectors(self) -> VectorIndex:
        """The open vector index."""
        if self._vectors is None:
            raise StoreError("The store is not open.", "Run: paperchat index")
        return self._vectors

    @property
    def keywords(self) -> Keywords:
        """The open keyword index."""
        if self._keywords is None:
            raise StoreError("The store is not open.", "Run: paperchat index")
        return self._keywords

    def close(self) -> None:
        """Close the files and give the folder up."""
        self._close_vectors()
        self._record.close()
        self._lock.release()

    def _close_vectors(self) -> None:
        index, self._vectors = self._vectors, None
        if index is not None:
            with suppress(StoreError):  # a damaged index may fail to close; all it holds can be made again
                index.close()

    def holds_papers(self) -> bool:
        """Tell whether any paper was ever added."""
        return self._record.holds_papers()

    def digest(self) -> str:
        """Return the digest of what is indexed, empty before the first `refresh`."""
        manifest = self._read_manifest()
        return manifest.digest if manifest else ""

    def add(self, papers: Sequence[Paper]) -> int:
        """Keep new and changed papers in the record; return how many there were. `refresh` indexes them."""
        known = {paper.id: paper for paper in self._record.papers()}
        fresh = [paper for paper in papers if paper.id not in known or not _same(paper, known[paper.id])]
        if fresh:
            self._record.save_papers(fresh)
        return len(fresh)

    def sentences(self, paper_id: str) -> tuple[Sentence, ...]:
        """Return the sentences of a paper's abstract, in order."""
        return self.read([paper_id])[0].sentences

    def read(self, paper_ids: Sequence[str]) -> list[PaperText]:
        """Return these papers as they are read; each is read once and kept, as long as there is room (READ)."""
        known = self._texts
        missing = [key for key in dict.fromkeys(paper_ids) if key not in known]
        if missing:
            if len(known) + len(missing) > READ:  # whoever reads at this moment keeps the old one
                known = {key: known[key] for key in paper_ids if key in known}
            spans = self._record.spans(CHUNKING, missing)
            made = read_papers((self.papers[key], _sentences(self.papers[key], spans[key])) for key in missing)
            self._texts = known = {**known, **{text.paper.id: text for text in made}}
        return [known[key] for key in paper_ids]

    def similarities(self, vector: Vectors, paper_ids: Sequence[str]) -> dict[str, tuple[float, list[float]]]:
        """Return the cosine of a vector, shape (dimension,), to each paper's nearest window and to each sentence."""
        embedder = self._embedder
        found = self._record.paper_vectors(CHUNKING, embedder.name, embedder.dimension, paper_ids)
        similar = {}
        for paper_id, chunks in found.items():
            nearest = max(float((windows(rows[1:]) @ vector).max()) for rows in chunks)
            similar[paper_id] = (nearest, [score for rows in chunks for score in (rows[1:] @ vector).tolist()])
        return similar

    def sentence_vectors(self, paper_ids: Sequence[str]) -> dict[str, Vectors]:
        """Return the unit vectors of each paper's sentences, shape (sentences, dimension), in their order."""
        embedder = self._embedder
        found = self._record.paper_vectors(CHUNKING, embedder.name, embedder.dimension, paper_ids)
        return {paper_id: np.concatenate([rows[1:] for rows in chunks]) for paper_id, chunks in found.items()}

    def refresh(self) -> None:
        """Bring the index up to the record: embed what has no vector, then open, extend or rebuild the indexes."""
        self.papers, self._texts = {paper.id: paper for paper in self._record.papers()}, {}
        self._embed_missing()
        rows = self._record.chunks(CHUNKING)
        ids = {chunk_id(paper_id, number, key): (paper_id, number, key) for paper_id, number, key in rows}
        stale = self._open_index(ids)
        if stale:
            self._say(stale)
            self._build(ids, self._extendable(ids))

    def _embed_missing(self) -> None:
        """Embed the papers whose chunks or vectors are not in the record."""
        todo = self._record.unembedded(CHUNKING, self._embedder.name)
        for start in range(0, len(todo), PAPERS_AT_ONCE):
            self._progress(start, len(todo))
            self._embed([self.papers[key] for key in todo[start : start + PAPERS_AT_ONCE]])
        if todo:
            self._progress(len(todo), len(todo))

    def _embed(self, papers: Sequence[Paper]) -> None:
        cut = [
            (chunk, chunk_parts(paper.title, sentences), sentences)
            for paper in papers
            for chunk, sentences in chunk_paper(paper)
        ]
        parts = {text_hash(parts): parts for _, parts, _ in cut}
        known = self._record.known(self._embedder.name, list(parts))
        missing = {key: texts for key, texts in parts.items() if key not in known}
        if missing:
            vectors = self._embedder.embed_parts(list(missing.values()))
            self._record.save_vectors(self._embedder.name, list(missing), vectors)
        self._record.save_chunks(CHUNKING, [(chunk, text_hash(parts), own) for chunk, parts, own in cut])

    def _open_index(self, ids: Mapping[str, tuple[str, int, str]]) -> str:
        """Open the index that the manifest names; return why it cannot be used, or an empty string."""
        manifest = self._read_manifest()
        if manifest is None:
            return "Building the index."
        want = self._manifest(manifest.folder, ids, manifest.files)
        for name in RECIPE:
            if getattr(manifest, name) != getattr(want, name):
                was, now = getattr(manifest, name), getattr(want, name)
                return f"The index was made with {name} {was!r}, now it is {now!r}: rebuilding it."
        if manifest.digest != want.digest:
            return "The set of papers has changed: bringing the index up to date."
        try:
            chroma = self._folder / manifest.folder / "chroma"
            _check_sizes(file_sizes(chroma), manifest.files)
            self._vectors = VectorIndex(chroma)
            self._probe(ids)
            self._keywords = Keywords.load(self._folder / manifest.folder / "bm25", tuple(self.papers))
        except (StoreError, OSError, ValueError) as error:
            self._close_vectors()
            return f"The index is damaged ({str(error)[:120]}): rebuilding it from the stored vectors."
        return ""

    def _probe(self, ids: Mapping[str, tuple[str, int, str]]) -> None:
        """Raise StoreError unless Chroma holds as many chunks as expected and gives back a sample's very vectors."""
        if self.vectors.count() != len(ids):
            raise StoreError(f"it holds {self.vectors.count()} of {len(ids)} chunks")
        step = max(1, len(ids) // PROBED)
        sample = list(ids)[::step]
        hashes = {key: ids[key][2] for key in sample}
        cached = self._cached(list(hashes.values()))
        stored = self.vectors.stored(sample)
        for key in sample:
            if key not in stored or not np.allclose(stored[key], cached[hashes[key]], atol=HALF):
                raise StoreError(f"chunk {key} has no or a wrong vector")
        if ids and len(self.vectors.search(cached[hashes[sample[0]]], min(len(ids), 100))) < min(len(ids), 100):
            raise StoreError("a search does not reach every chunk")

    def _extendable(self, ids: Mapping[str, object]) -> Manifest | None:
        """Return the manifest of an index that differs from what would be built now in its papers alone, or None."""
        manifest = self._read_manifest()
        if manifest is None:
            return None
        want = self._manifest(manifest.folder, ids, manifest.files)
        if manifest.digest == want.digest:
            return None  # it was found damaged
        return manifest if all(getattr(manifest, name) == getattr(want, name) for name in RECIPE) else None

    def _build(self, ids: Mapping[str, tuple[str, int, str]], base: Manifest | None) -> None:
        """Build both indexes in a new folder, then switch to it by one atomic write of the manifest.

        What is new is added to a copy of the index that `base` names, if that is sound: a kill costs the copy alone.
        """
        folder = self._new_folder()
        chroma = self._folder / folder / "chroma"
        held = self._copy(base, chroma, ids) if base else set()
        if base and not held:
            return self._build(ids, None)
        index = VectorIndex(chroma)
        for chunks, vectors in self._chunks_with_vectors({key: ids[key] for key in ids if key not in held}):
            index.add(chunks, vectors)
        index.close()
        files = file_sizes(chroma)
        self._vectors = VectorIndex(chroma)
        try:
            self._probe(ids)
        except StoreError:
            self._close_vectors()
            if not held:
                raise
            return self._build(ids, None)
        documents = [document(clean(paper.title), clean(paper.abstract)) for paper in self.papers.values()]
        self._keywords = Keywords.build(tuple(self.papers), documents)
        self._keywords.save(self._folder / folder / "bm25")
        self._write_manifest(self._manifest(folder, ids, files))
        for old in self._folder.glob("index-*"):
            if old.name != folder:
                shutil.rmtree(old, ignore_errors=True)
        return None

    def _copy(self, base: Manifest, chroma: Path, ids: Mapping[str, object]) -> set[str]:
        """Copy the vector index that `base` names; return its ids, none when it cannot be built upon.

        One that holds what is no longer wanted cannot: Chroma may lose sight of neighbours when rows are deleted.
        """
        try:
            _check_sizes(file_sizes(self._folder / base.folder / "chroma"), base.files)
            shutil.copytree(self._folder / base.folder / "chroma", chroma)
            index = VectorIndex(chroma)
            held = index.ids()
            index.close()
        except (StoreError, OSError):
            return set()
        return held if held <= set(ids) else set()

    def _cached(self, hashes: Sequence[str]) -> dict[str, Vectors]:
        return self._record.chunk_vectors(self._embedder.name, self._embedder.dimension, hashes)

    def _chunks_with_vectors(self, ids: Mapping[str, tuple[str, int, str]]) -> Iterator[tuple[list[Chunk], Vectors]]:
        """Yield pages of chunks, with their vectors, for Chroma."""
        keys = list(ids)
        for start in range(0, len(keys), PAGE):
            page = keys[start : start + PAGE]
            cached = self._cached([ids[key][2] for key in page])
            spans = self._record.spans(CHUNKING, [ids[key][0] for key in page])
            chunks = [self._chunk(key, *ids[key][:2], spans) for key in page]
            yield chunks, np.stack([cached[ids[key][2]] for key in page])

    def _chunk(self, key: str, paper_id: str, number: int, spans: Mapping[str, Sequence[Spans]]) -> Chunk:
        own = spans[paper_id][number]
        return Chunk(key, paper_id, number, self.papers[paper_id].abstract[own[0, 0] : own[-1, 1]])

    def _new_folder(self) -> str:
        numbers = [int(path.name[6:]) for path in self._folder.glob("index-*") if path.name[6:].isdigit()]
        return f"index-{max(numbers, default=0) + 1}"

    def _manifest(self, folder: str, ids: Mapping[str, object], files: dict[str, int]) -> Manifest:
        from importlib.metadata import version

        digest = hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()
        embedder = self._embedder
        papers, chroma = len(self.papers), version("chromadb")
        return Manifest(
            folder, embedder.name, embedder.dimension, CHUNKING, papers, len(ids), digest, chroma, files, FIELDS
        )

    def _read_manifest(self) -> Manifest | None:
        try:
            return Manifest(**json.loads((self._folder / "manifest.json").read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def _write_manifest(self, manifest: Manifest) -> None:
        write_whole(self._folder / "manifest.json", json.dumps(asdict(manifest), indent=1))


def _sentences(paper: Paper, chunks: Sequence[Spans]) -> tuple[Sentence, ...]:
    spans = (span for chunk in chunks for span in chunk.tolist())
    return tuple(Sentence(paper.id, n, a, b, paper.abstract[a:b]) for n, (a, b) in enumerate(spans))


def _check_sizes(found: Mapping[str, int], written: Mapping[str, int]) -> None:
    if any(found.get(name, -1) < size for name, size in written.items()):
        raise StoreError("a file is missing or cut")


def _same(paper: Paper, other: Paper) -> bool:
    return (paper.title, paper.abstract) == (other.title, other.abstract)


def _locked(folder: Path) -> "BaseFileLock":
    from filelock import FileLock, Timeout

    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(folder / ".lock", timeout=0)
        lock.acquire()
    except Timeout:
        raise StoreError(
            f"Another paperchat is using {folder}.",
            "Stop it (or ask in its page), or choose another folder with --data.",
        ) from None
    except OSError as error:
        raise StoreError(
            f"Cannot write {folder}: {error.strerror}.", "Make it writable, or choose another with --data."
        ) from None
    return lock


def windows(sentences: Vectors) -> Vectors:
    """Return for each sentence of a chunk, shape (n, dimension), the unit mean of its vector and its neighbours'."""
    mean = sentences.copy()
    mean[1:] += sentences[:-1]
    mean[:-1] += sentences[1:]
    unit: Vectors = mean / np.linalg.norm(mean, axis=1, keepdims=True).clip(1e-12)
    return unit
