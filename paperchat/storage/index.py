"""Both indexes over the chunks of the record: opened when they are as they were left, else built anew from it."""

import hashlib
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np

from paperchat.errors import DroppedError, StoreError, UnreachableError, UnwritableError
from paperchat.protocols import Embedder
from paperchat.storage.bm25 import FIELDS, Keywords, document
from paperchat.storage.chroma import NODES, PAGE, ChunksOf, VectorIndex
from paperchat.storage.chunking import CHUNKING, chunk_id
from paperchat.storage.exact import MOST, ExactIndex
from paperchat.storage.folder import OPENING, free_index, index_folders
from paperchat.storage.manifest import Manifest, is_known, read_manifest, write_manifest
from paperchat.storage.records import Record, Spans
from paperchat.storage.seal import seal_files
from paperchat.storage.sites import FOLDER, Searching, site_of
from paperchat.text.cleaning import clean
from paperchat.types import Chunk, Paper, Vectors

Say = Callable[[str], None]

Ids = Mapping[str, tuple[str, int, str]]
"""Of each chunk's id: its paper, its number there, and the hash of what was embedded."""

HALF = 1e-3
"""What keeping a unit vector in half precision can change, with room to spare."""

LASTING = (UnwritableError, UnreachableError, DroppedError)
"""What building an index again does not mend."""

PROBED = 5000
"""Chunks read back from Chroma at start to see whether its index is sound."""


class Index:
    """Chroma and BM25 of a store. With a `scratch` folder the store is only read, and a copy there is opened.

    A small set whose files are as they were left is searched without Chroma where it is searched `once`.
    """

    def __init__(
        self, folder: Path, record: Record, embedder: Embedder, scratch: Path | None = None, how: Searching = FOLDER
    ) -> None:
        self._folder, self._record, self._embedder, self._scratch = folder, record, embedder, scratch
        self._how, self._site, self._spared = how, site_of(how), ""
        self.folder = ""
        """The name of the folder of the open index."""
        self._vectors: VectorIndex | None = None
        self._exact: ExactIndex | ChunksOf | None = None
        self._keywords: Keywords | None = None
        self._papers: Mapping[str, Paper] = {}
        self._ids: Ids = {}
        self.is_current = False
        """Whether an index of these papers is there, so that a store that cannot be written can be read."""

    @property
    def vectors(self) -> VectorIndex:
        """The open vector index."""
        if self._vectors is None:
            raise StoreError("The store is not open.", "Run: paperchat index")
        return self._vectors

    @property
    def nearest(self) -> VectorIndex | ExactIndex | ChunksOf:
        """What finds the chunks nearest to a vector."""
        return self._exact or self.vectors

    @property
    def keywords(self) -> Keywords:
        """The open keyword index."""
        if self._keywords is None:
            raise StoreError("The store is not open.", "Run: paperchat index")
        return self._keywords

    def narrowed(self, papers: Mapping[str, Paper]) -> "Index":
        """Return the open index with these papers alone to be found, which both legs know before they rank."""
        part = Index(self._folder, self._record, self._embedder, self._scratch, self._how)
        part._papers, part._keywords = papers, self.keywords.narrowed(papers)
        part._ids = {key: row for key, row in self._ids.items() if row[0] in papers}
        few = len(part._ids) <= MOST
        part._vectors = self._vectors
        part._exact = part._from_record() if few else ChunksOf(self.vectors, tuple(part._ids))
        return part

    def close(self) -> None:
        """Close the files."""
        index, self._vectors, self._exact = self._vectors, None, None
        if index is not None:
            with suppress(StoreError):  # a damaged index may fail to close; all it holds can be made again
                index.close()

    def beside(self, record: Record) -> "Index":
        """Return another index of the same folder, over this record, which leaves the files of this one."""
        other = Index(self._folder, record, self._embedder, None, self._how)
        other._spared = self.folder
        return other

    def leave(self) -> Callable[[], None]:
        """Return what closes the files and deletes them, once nobody searches them and another index is there."""
        index, folder, site = self._vectors, self._folder / self.folder, self._site

        def close() -> None:
            with suppress(StoreError):
                if index is not None:
                    index.close()
            site.remove(folder)

        return close

    def refresh(self, papers: Mapping[str, Paper], say: Say, fewer: bool = False) -> None:
        """Open the index of these papers, all embedded; extend or rebuild one that is not of them, maybe of `fewer`."""
        self._papers = papers
        rows = self._record.chunks(CHUNKING)
        self._ids = {chunk_id(paper_id, number, key): (paper_id, number, key) for paper_id, number, key in rows}
        manifest = read_manifest(self._folder)
        stale = self._compare(manifest, fewer)
        self.is_current = not stale
        damaged = "" if stale or manifest is None else self._open(manifest)
        self.is_current = not (stale or damaged)
        if not (stale or damaged):
            return
        if self._scratch:
            raise UnwritableError(f"{stale or damaged} But {self._folder} cannot be written.", "Make it writable.")
        say(stale or damaged)
        extendable = manifest and not damaged and not manifest.differs(self._manifest(manifest.folder))
        try:
            self._build(manifest if extendable else None)
        except OSError as error:
            self.close()
            raise UnwritableError(
                f"The index cannot be written to {self._folder}: {error.strerror or error}.",
                "Free some space; the papers and vectors are kept.",
            ) from None

    def _compare(self, manifest: Manifest | None, fewer: bool) -> str:
        """Return why the index that the manifest names is not the one of these papers, or an empty string."""
        if manifest is None:
            return "Building the index."
        want = self._manifest(manifest.folder)
        if name := manifest.differs(want):
            was, now = getattr(manifest, name), getattr(want, name)
            return f"The index was made with {name} {was!r}, now it is {now!r}: rebuilding it."
        if want.papers < manifest.papers and not fewer:
            return (
                f"The record holds {want.papers:,} papers, {manifest.papers:,} were indexed: was it put back from an "
                "older backup? The index is made to match it; index again what is missing."
            )
        if manifest.digest != want.digest:
            return "The set of papers has changed: bringing the index up to date."
        return ""

    def _open(self, manifest: Manifest) -> str:
        """Open the index that the manifest names; return why it cannot be used, or an empty string."""
        source, opening = self._folder / manifest.folder, self._folder / OPENING
        self.folder = manifest.folder
        try:
            known = is_known(source, manifest, opening.exists())
            if known and self._how.once and len(self._ids) <= MOST:
                self._keywords = Keywords.load(source / "bm25", tuple(self._papers))
                self._exact = self._from_record()
                return ""
            if self._scratch:
                source = Path(shutil.copytree(source, self._scratch / manifest.folder))
            else:
                opening.touch()
            if not known:
                self._site.try_out(source)
            self._vectors = self._site.open(source, self._ids)
            self._probe(strict=not known)
            self._keywords = Keywords.load(source / "bm25", tuple(self._papers))
            if not self._scratch:
                write_manifest(self._folder, replace(manifest, files=seal_files(source, manifest.files)))
                opening.unlink(missing_ok=True)
        except LASTING:
            self.close()
            raise
        except (StoreError, OSError, ValueError) as error:
            self.close()
            return f"The index is damaged ({str(error)[:120]}): rebuilding it from the stored vectors."
        return ""

    def _from_record(self) -> ExactIndex:
        hashes = [key for _, _, key in self._ids.values()]
        cached = self._cached(hashes)
        rows = np.array([cached[key] for key in hashes], np.float32)
        return ExactIndex(tuple(self._ids), rows.reshape(len(hashes), self._embedder.dimension))

    def _probe(self, strict: bool) -> None:
        """Raise StoreError unless Chroma holds as many chunks as expected and gives back a sample's very vectors.

        A `strict` probe wants a search to reach every chunk, too. One search is made anyway: Chroma writes then.
        """
        ids = self._ids
        if self.vectors.count() != len(ids):
            raise StoreError(f"it holds {self.vectors.count()} of {len(ids)} chunks")
        sample = list(ids)[:: max(1, len(ids) // PROBED)]
        hashes = {key: ids[key][2] for key in sample}
        cached = self._cached(list(hashes.values()))
        stored = self.vectors.stored(sample)
        for key in sample:
            if key not in stored or not np.allclose(stored[key], cached[hashes[key]], atol=HALF):
                raise StoreError(f"chunk {key} has no or a wrong vector")
        reached = len(self.vectors.search(cached[hashes[sample[0]]], 100)) if ids else 0
        if strict and reached < min(len(ids), 100):
            raise StoreError("a search does not reach every chunk")

    def _build(self, base: Manifest | None) -> None:
        """Build both indexes in a new folder, then switch to it by one atomic write of the manifest.

        What is new is added to a copy of the index that `base` names, if that is sound: a kill costs the copy alone.
        """
        name = free_index(self._folder)
        folder = self._folder / name
        try:
            held = self._copy(base, folder) if base else set()
            if base is None or held:
                self._fill(folder, held)
                write_manifest(self._folder, replace(self._manifest(name), files=seal_files(folder)))
        except (StoreError, OSError) as error:
            self.close()
            self._site.remove(folder)
            if base is None or isinstance(error, (OSError, *LASTING)):
                raise
            held = set()
        if base and not held:
            self._site.remove(folder)
            return self._build(None)
        self.folder = name
        for old in (old for old in index_folders(self._folder) if old.name not in (name, self._spared)):
            self._site.remove(old)
        with suppress(OSError):
            (self._folder / OPENING).unlink(missing_ok=True)
        return None

    def _fill(self, folder: Path, held: set[str]) -> None:
        """Add to the vector index in a folder what it does not hold, and make the keyword index; both are then open."""
        self._vectors = index = self._site.open(folder, self._ids)
        for chunks, vectors in self._chunks_with_vectors([key for key in self._ids if key not in held]):
            index.add(chunks, vectors)
        index.close()
        self._vectors = self._site.open(folder, self._ids)
        self._probe(strict=bool(held))
        papers = self._papers.values()
        documents = [document(clean(paper.title), clean(paper.abstract), paper.details) for paper in papers]
        self._keywords = Keywords.build(tuple(self._papers), documents)
        self._keywords.save(folder / "bm25")

    def _copy(self, base: Manifest, folder: Path) -> set[str]:
        """Begin a folder with the vector index that `base` names; return its ids, none when it cannot be built upon.

        One that holds what is no longer wanted cannot: Chroma may lose sight of neighbours when rows are deleted.
        """
        source = self._folder / base.folder
        try:
            known = is_known(source, base, (self._folder / OPENING).exists())
            self._site.copy(source, folder)
            if not known:
                self._site.try_out(folder)
            self._vectors = index = self._site.open(folder, self._ids)
            held = index.ids()
            index.close()
        except LASTING:
            raise
        except (StoreError, OSError):
            self.close()
            return set()
        return held if held <= set(self._ids) else set()

    def _cached(self, hashes: Sequence[str]) -> dict[str, Vectors]:
        return self._record.chunk_vectors(self._embedder.name, self._embedder.dimension, hashes)

    def _chunks_with_vectors(self, keys: Sequence[str]) -> Iterator[tuple[list[Chunk], Vectors]]:
        """Yield pages of chunks, with their vectors, for Chroma."""
        ids = self._ids
        for start in range(0, len(keys), PAGE):
            page = keys[start : start + PAGE]
            cached = self._cached([ids[key][2] for key in page])
            spans = self._record.spans(CHUNKING, [ids[key][0] for key in page])
            chunks = [self._chunk(key, *ids[key][:2], spans) for key in page]
            yield chunks, np.stack([cached[ids[key][2]] for key in page])

    def _chunk(self, key: str, paper_id: str, number: int, spans: Mapping[str, Sequence[Spans]]) -> Chunk:
        paper, own = self._papers[paper_id], spans[paper_id][number].tolist()
        text = paper.abstract[own[0][0] : own[-1][1]] if own else ""
        return Chunk(key, paper_id, number, paper.title, text, tuple((start, end) for start, end in own))

    def _manifest(self, folder: str) -> Manifest:
        """Return the manifest, but for the seals, of an index of these papers that would be made now."""
        from importlib.metadata import version

        digest = hashlib.sha256("\n".join(sorted(self._ids)).encode()).hexdigest()
        embedder, chroma = self._embedder, version("chromadb")
        made = (embedder.name, embedder.dimension, CHUNKING, len(self._papers), len(self._ids), digest, chroma)
        return Manifest(folder, *made, keywords=FIELDS, nodes=NODES, server=self._how.server)
