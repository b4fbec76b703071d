"""The vector index in Chroma: it holds LlamaIndex nodes and can always be built again."""

import json
import shutil
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from paperchat.errors import StoreError, UnwritableError
from paperchat.types import Chunk, Vectors

if TYPE_CHECKING:
    from llama_index.core.schema import BaseNode
    from llama_index.vector_stores.chroma import ChromaVectorStore

PAGE = 1000
"""Rows written or read at once; Chroma refuses more than 5,461."""

COLLECTION = "papers"

NODES = "title, offsets and source, v1"
"""Names what a node carries beside its text: an index of other nodes is stale."""

HIDDEN = ["paper", "start", "end", "sentences"]
"""What of a node's metadata neither a model nor an embedder reads: they read the title, then the text."""


class VectorIndex:
    """Cosine nearest neighbours over chunks in an embedded Chroma; damage raises StoreError.

    Written through LlamaIndex's ChromaVectorStore, so that any LlamaIndex program can open the collection. Its add()
    ignores ids that are there: ours name their content, so what it ignores is equal.
    """

    def __init__(self, folder: Path) -> None:
        import chromadb
        from chromadb.config import Settings

        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        settings = Settings(anonymized_telemetry=False, allow_reset=False)
        with self._watched():
            self._client: Any = chromadb.PersistentClient(path=str(folder.resolve()), settings=settings)
            self._collection = self._client.get_or_create_collection(
                COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
            )

    def add(self, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        """Add chunks with their vectors, shape (n, dimension)."""
        store = self.vector_store()
        nodes = [_node(chunk, vector) for chunk, vector in zip(chunks, vectors, strict=True)]
        with self._watched():
            for start in range(0, len(nodes), PAGE):
                store.add(nodes[start : start + PAGE])

    def vector_store(self) -> "ChromaVectorStore":
        """Return the collection as LlamaIndex has vector stores."""
        from llama_index.vector_stores.chroma import ChromaVectorStore

        return ChromaVectorStore(chroma_collection=self._collection)

    def nodes(self, paper_ids: Sequence[str]) -> "list[BaseNode]":
        """Return the nodes of these papers, in no order."""
        from llama_index.core.vector_stores import FilterOperator, MetadataFilter, MetadataFilters

        among = MetadataFilter(key="paper", value=list(paper_ids), operator=FilterOperator.IN)
        filters: Any = MetadataFilters(filters=[among])  # what get_nodes takes, whatever its annotation says
        with self._watched():
            return self.vector_store().get_nodes(None, filters) if paper_ids else []

    def count(self) -> int:
        """Return the number of chunks that Chroma says it holds."""
        with self._watched():
            return int(self._collection.count())

    def ids(self) -> set[str]:
        """Return the ids of all chunks."""
        with self._watched():
            return set(self._collection.get(include=[])["ids"])

    def stored(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """Return the vectors of these ids: reading them back is what shows a damaged index."""
        found: dict[str, Vectors] = {}
        with self._watched():
            for start in range(0, len(ids), PAGE):
                page = self._collection.get(ids=list(ids[start : start + PAGE]), include=["embeddings"])
                found.update(zip(page["ids"], np.asarray(page["embeddings"], np.float32), strict=True))
        return found

    def search(self, vector: Vectors, limit: int, among: Sequence[str] | None = None) -> list[tuple[str, float]]:
        """Return at most `limit` (chunk id, cosine similarity) pairs, most similar first; those `among` these alone."""
        among = None if among is None else list(among)
        with self._watched():
            limit = min(limit, self._collection.count() if among is None else len(among))
            if not limit:
                return []
            found: Any = self._collection.query(
                query_embeddings=[vector.tolist()], n_results=limit, ids=among, include=["distances"]
            )
        return [(key, 1.0 - float(far)) for key, far in zip(found["ids"][0], found["distances"][0], strict=True)]

    def close(self) -> None:
        """Write everything and release the files."""
        with self._watched():
            self._client.close()

    def _watched(self) -> AbstractContextManager[None]:
        """Return what is around each call of Chroma, and makes a StoreError of what it raises."""
        return _Damage(self._folder)


class ChunksOf:
    """Nearest neighbours among some chunks of an index alone: the others are left out before any is ranked."""

    def __init__(self, index: VectorIndex, ids: Sequence[str]) -> None:
        self._index, self._ids = index, ids

    def search(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        """Return at most `limit` (chunk id, cosine similarity) pairs, most similar first."""
        return self._index.search(vector, limit, self._ids)


def _node(chunk: Chunk, vector: Vectors) -> "BaseNode":
    """Return a chunk as a LlamaIndex node of its paper, offsets in characters of the abstract."""
    from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode

    start, end = (chunk.spans[0][0], chunk.spans[-1][1]) if chunk.spans else (0, 0)
    metadata = {"paper": chunk.paper_id, "title": chunk.title, "start": start, "end": end}
    return TextNode(
        id_=chunk.id,
        text=chunk.text,
        embedding=vector.tolist(),
        start_char_idx=start,
        end_char_idx=end,
        metadata={**metadata, "sentences": json.dumps(chunk.spans, separators=(",", ":"))},
        metadata_template="{value}",
        excluded_embed_metadata_keys=HIDDEN,
        excluded_llm_metadata_keys=HIDDEN,
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=chunk.paper_id)},
    )


FULL = ("is full", "no space left")
"""What SQLite and the system say, inside Chroma's message, when the disk is full."""

LITTLE = 4_000_000
"""Bytes: with less left on the disk Chroma's failures come from that, though not all of its messages say so."""


def _is_full(folder: Path) -> bool:
    return folder.exists() and shutil.disk_usage(folder).free < LITTLE


class _Damage:
    """Turns whatever Chroma raises, its Rust panics included, into a StoreError."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if kind is None or kind in (KeyboardInterrupt, SystemExit, GeneratorExit):
            return
        if any(words in str(error).lower() for words in FULL) or _is_full(self._folder):
            raise UnwritableError(
                f"The disk is full: {self._folder} cannot be written.",
                "Free some space; the papers and vectors are kept.",
            ) from error
        if issubclass(kind, Exception) or kind.__name__ == "PanicException":
            raise StoreError(f"The index in {self._folder} is damaged: {str(error)[:200]}.", "Run: paperchat index")
