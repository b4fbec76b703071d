"""The systems that are measured side by side, each as its own documentation has it: papers in, a ranking of ids out."""

import shutil
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from paperchat.protocols import Embedder
from paperchat.retrieval.search import search
from paperchat.storage.embedding import Progress
from paperchat.storage.store import Say, Store
from paperchat.text.cleaning import clean
from paperchat.types import Paper
from tests.bench.embedders import CachedEmbedder


class System(Protocol):
    """A retriever over papers: `rank` returns at most k of their ids, best first."""

    name: str

    def rank(self, query: str, k: int) -> list[str]: ...

    def close(self) -> None: ...


def whole(paper: Paper) -> str:
    """Return a paper as one text: what every other system than paperchat is given."""
    return f"{clean(paper.title)}\n{clean(paper.abstract)}"


class Paperchat:
    """paperchat's own store and search: the one place here that knows how they are called."""

    name = "paperchat"

    def __init__(self, folder: Path, embedder: Embedder, papers: Sequence[Paper], say: Say, progress: Progress) -> None:
        """Open the store, add what is new, index. It keeps its vectors, so a stopped indexing goes on."""
        self._embedder = embedder
        self._store = Store(folder, embedder, say, progress)
        try:
            if papers:
                self._store.add(papers)
            self._store.refresh()
        except BaseException:
            self._store.close()
            raise

    def rank(self, query: str, k: int) -> list[str]:
        return [result.paper.id for result in search(self._store, self._embedder, query, k).results]

    def close(self) -> None:
        self._store.close()


class Bm25:
    """bm25s alone, Lucene variant, English stop words, Snowball stems, title and abstract, k1 = 0.9, b = 0.4."""

    name = "BM25"

    def __init__(self, papers: Sequence[Paper]) -> None:
        import bm25s
        import Stemmer

        self._ids = [paper.id for paper in papers]
        self._tokens = partial(
            bm25s.tokenize, stopwords="en", stemmer=Stemmer.Stemmer("english"), show_progress=False, return_ids=False
        )
        self._index = bm25s.BM25(k1=0.9, b=0.4, method="lucene")
        self._index.index(self._tokens([whole(paper) for paper in papers]), show_progress=False)

    def rank(self, query: str, k: int) -> list[str]:
        tokens = self._tokens([query])
        if not any(word in self._index.vocab_dict for word in tokens[0]):
            return []
        rows, scores = self._index.retrieve(tokens, k=min(k, len(self._ids)), show_progress=False)
        return [self._ids[row] for row, score in zip(rows[0], scores[0], strict=True) if score > 0]

    def close(self) -> None:
        return None


class WholeAbstract:
    """One vector a paper, exact cosine similarity."""

    name = "whole abstract, one vector"

    def __init__(self, embedder: Embedder, papers: Sequence[Paper], vectors: np.ndarray) -> None:
        self._ids, self._embedder, self._vectors = [paper.id for paper in papers], embedder, vectors

    def rank(self, query: str, k: int) -> list[str]:
        scores = self._vectors @ self._embedder.embed_query(clean(query))[0]
        return [self._ids[row] for row in np.argsort(-scores, kind="stable")[:k]]

    def close(self) -> None:
        return None


class Chroma:
    """Chroma's own collection and query, a document a paper; only the embedding is ours."""

    name = "Chroma"

    def __init__(self, folder: Path, embedder: Embedder, papers: Sequence[Paper]) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        self._embedder, self._client = embedder, chroma_client(folder)
        self._collection = self._client.create_collection("papers", embedding_function=None)
        texts = [whole(paper) for paper in papers]
        vectors = embedder.embed_passages(texts)
        self._collection.add(ids=[paper.id for paper in papers], documents=texts, embeddings=vectors)

    def rank(self, query: str, k: int) -> list[str]:
        vector = self._embedder.embed_query(clean(query))
        found: list[str] = self._collection.query(query_embeddings=vector, n_results=k)["ids"][0]
        return found

    def close(self) -> None:
        self._client.close()


class LlamaIndex:
    """LlamaIndex's VectorStoreIndex over its ChromaVectorStore, with the default SentenceSplitter and retriever."""

    name = "LlamaIndex"

    def __init__(self, folder: Path, embedder: Embedder, papers: Sequence[Paper]) -> None:
        from llama_index.core import Document, StorageContext, VectorStoreIndex
        from llama_index.core.node_parser import SentenceSplitter
        from llama_index.vector_stores.chroma import ChromaVectorStore

        shutil.rmtree(folder, ignore_errors=True)
        self._client = chroma_client(folder)
        store = ChromaVectorStore(chroma_collection=self._client.create_collection("quickstart"))
        self.index = VectorStoreIndex.from_documents(
            [Document(text=whole(paper), id_=paper.id) for paper in papers],
            storage_context=StorageContext.from_defaults(vector_store=store),
            embed_model=llama_embedding(embedder),
            transformations=[SentenceSplitter()],
        )
        self._retrievers: dict[int, Any] = {}

    def rank(self, query: str, k: int) -> list[str]:
        retriever = self._retrievers.setdefault(k, self.index.as_retriever(similarity_top_k=k))
        return list(dict.fromkeys(hit.node.ref_doc_id for hit in retriever.retrieve(query)))

    def close(self) -> None:
        self._client.close()


def chroma_client(folder: Path) -> Any:
    """Return an embedded Chroma in a folder, without telemetry."""
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))


def llama_embedding(embedder: Embedder) -> Any:
    """Return the embedder as LlamaIndex has embedders."""
    from llama_index.core.embeddings import BaseEmbedding

    class Adapter(BaseEmbedding):
        def _get_query_embedding(self, query: str) -> list[float]:
            return list(map(float, embedder.embed_query(clean(query))[0]))

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

        def _get_text_embedding(self, text: str) -> list[float]:
            return self._get_text_embeddings([text])[0]

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            rows: list[list[float]] = embedder.embed_passages(texts).tolist()
            return rows

    return Adapter(model_name=embedder.name, embed_batch_size=64)


def peers(
    folder: Path, embedder: CachedEmbedder, papers: Sequence[Paper], say: Say, progress: Progress
) -> list[System]:
    """Return all systems over the same papers with the same embedder, paperchat first."""
    return [
        Paperchat(folder / "paperchat", embedder, papers, say, progress),
        LlamaIndex(folder / "llama_index", embedder, papers),
        Chroma(folder / "chroma", embedder, papers),
        Bm25(papers),
    ]


def close_all(systems: Sequence[System]) -> None:
    """Close every system."""
    for system in systems:
        system.close()
