"""The papers for LlamaIndex programs, and their retrievers for our answers. Importing this costs seconds.

    with App(settings, print, lambda done, total: None) as app:
        papers = app.llamaindex
        engine = CitationQueryEngine(papers.retriever(5), llm=llm, text_splitter=BySentence())
        print(engine.query("Which papers mask graphs?"))  # [3] is one sentence of a paper
        theirs = papers.index().as_retriever(similarity_top_k=20)
        *_, answer = app.ask("Which papers mask graphs?", search=papers.searched_by(theirs))

A program that has no open App reads the same nodes from Chroma: the collection "papers" in the folder that
`manifest.json` names, with `PaperEmbedding(MiniLM())` as its `embed_model`. LlamaIndex's global Settings are left
alone.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from llama_index.core import Document, VectorStoreIndex
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import Field, PrivateAttr
from llama_index.core.node_parser import TextSplitter
from llama_index.core.postprocessor.types import BaseNodePostprocessor
from llama_index.core.schema import BaseNode, NodeWithScore, QueryBundle, TextNode

from paperchat.errors import InputError
from paperchat.protocols import Embedder
from paperchat.query.reading import Reading
from paperchat.retrieval.search import rank_among, search
from paperchat.storage.chroma import HIDDEN
from paperchat.storage.store import Store
from paperchat.text.cleaning import clean
from paperchat.text.sentences import split_sentences
from paperchat.types import Result


class PaperEmbedding(BaseEmbedding):
    """Our embedder: the text that a node shows, title first, has the vector that Chroma holds of it."""

    _embedder: Any = PrivateAttr()

    def __init__(self, embedder: Embedder, **settings: Any) -> None:
        super().__init__(model_name=embedder.name, **settings)
        self._embedder = embedder

    @classmethod
    def class_name(cls) -> str:
        """Return the name that LlamaIndex keeps of it."""
        return "PaperEmbedding"

    def _get_query_embedding(self, query: str) -> list[float]:
        return [float(value) for value in self._embedder.embed_query(clean(query))[0]]

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        chunks = [[clean(sentence) for sentence in BySentence().split_text(text)] for text in texts]
        return [[float(value) for value in rows[0]] for rows in self._embedder.embed_parts(chunks)]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)

    async def _aget_text_embedding(self, text: str) -> list[float]:
        return await asyncio.to_thread(self._get_text_embedding, text)

    async def _aget_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return await asyncio.to_thread(self._get_text_embeddings, texts)


class BySentence(TextSplitter):
    """Cuts a text into the sentences that paperchat cites: a CitationQueryEngine then numbers single sentences."""

    @classmethod
    def class_name(cls) -> str:
        """Return the name that LlamaIndex keeps of it."""
        return "BySentence"

    def split_text(self, text: str) -> list[str]:
        """Return the sentences of a text."""
        return [text[start:end] for start, end in split_sentences(text)] or [text]


class PaperNode(TextNode):
    """A node as Chroma holds it, equal hash and all, with the (start, end) of its sentences that answer, best first."""

    best: list[tuple[int, int]] = Field(default_factory=list)


class PaperRetriever(BaseRetriever):
    """Our search: the nodes of at most `limit` papers, best first, each with the score of its paper, 0..3."""

    def __init__(self, store: Store, embedder: Embedder, limit: int) -> None:
        super().__init__()
        self._store, self._embedder, self._limit = store, embedder, limit

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        results = search(self._store, self._embedder, query_bundle.query_str, self._limit).results
        nodes = self._store.vectors.nodes([result.paper.id for result in results])
        nodes.sort(key=lambda node: int(node.metadata["start"]))
        return [
            NodeWithScore(node=node, score=result.score) for result in results for node in _answering(result, nodes)
        ]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)


def _answering(result: Result, nodes: Sequence[BaseNode]) -> list[PaperNode]:
    """Return the nodes of a result's paper that hold any of its best sentences."""
    found = []
    for node in nodes:
        start, end = node.metadata["start"], node.metadata["end"]
        best = [(s.start, s.end) for s in result.sentences if start <= s.start and s.end <= end]
        if node.ref_doc_id == result.paper.id and best:
            found.append(PaperNode(**node.model_dump(exclude={"class_name"}), best=best))
    return found


class PaperReranker(BaseNodePostprocessor):
    """Our ranking of the papers of any nodes, by the question alone: the scores they come with are replaced.

    At most `limit` papers are kept; nodes of one paper stay together, in their order. A question without a word to
    rank by leaves all as it was.
    """

    limit: int
    _store: Any = PrivateAttr()
    _embedder: Any = PrivateAttr()

    def __init__(self, store: Store, embedder: Embedder, limit: int, **settings: Any) -> None:
        super().__init__(**{**settings, "limit": limit})
        self._store, self._embedder = store, embedder

    @classmethod
    def class_name(cls) -> str:
        """Return the name that LlamaIndex keeps of it."""
        return "PaperReranker"

    def _postprocess_nodes(
        self, nodes: list[NodeWithScore], query_bundle: QueryBundle | None = None
    ) -> list[NodeWithScore]:
        if query_bundle is None:
            raise InputError("Papers are ranked by a question, and there is none.", "Pass query_str or query_bundle.")
        ids = [paper_id_of(self._store, one.node) for one in nodes]
        ranked = rank_among(self._store, self._embedder, query_bundle.query_str, ids).results[: self.limit]
        held: dict[str, list[BaseNode]] = {}
        for one, paper_id in zip(nodes, ids, strict=True):
            held.setdefault(paper_id, []).append(one.node)
        return [
            NodeWithScore(node=node, score=result.score) for result in ranked for node in held[result.paper.id]
        ] or nodes


def paper_id_of(store: Store, node: BaseNode) -> str:
    """Return the id of the paper that a node is of; raises InputError when the set has none such."""
    paper_id = str(node.metadata.get("paper") or node.ref_doc_id or node.node_id)
    if paper_id not in store.papers:
        raise InputError(
            f"A node is of no paper of the set: {paper_id}.",
            'Make its index of documents(), or give its nodes the paper\'s id as metadata "paper".',
        )
    return paper_id


@dataclass(frozen=True)
class Face:
    """An open store as LlamaIndex programs see it."""

    store: Store
    embedder: Embedder

    def embedding(self) -> PaperEmbedding:
        """Return our embedder."""
        return PaperEmbedding(self.embedder)

    def documents(self) -> list[Document]:
        """Return the papers, each a document that has the paper's id and its abstract, verbatim, as text."""
        return [
            Document(
                text=paper.abstract,
                id_=paper.id,
                metadata={"paper": paper.id, "title": paper.title},
                metadata_template="{value}",
                excluded_embed_metadata_keys=HIDDEN,
                excluded_llm_metadata_keys=HIDDEN,
            )
            for paper in self.store.papers.values()
        ]

    def index(self) -> VectorStoreIndex:
        """Return their index over our collection in Chroma, which is to be read only."""
        return VectorStoreIndex.from_vector_store(self.store.vectors.vector_store(), embed_model=self.embedding())

    def retriever(self, limit: int) -> PaperRetriever:
        """Return our search, as a retriever of at most `limit` papers."""
        return PaperRetriever(self.store, self.embedder, limit)

    def reranker(self, limit: int) -> PaperReranker:
        """Return our ranking, as a postprocessor that keeps at most `limit` papers."""
        return PaperReranker(self.store, self.embedder, limit)

    def searched_by(self, retriever: BaseRetriever) -> Callable[[str], Reading]:
        """Return a search for our answers that finds the papers which a retriever does, in its order.

        Their sentences are chosen, and their scores given, by our own ranking.
        """

        def found(query: str) -> Reading:
            ids = [paper_id_of(self.store, one.node) for one in retriever.retrieve(query)]
            reading = rank_among(self.store, self.embedder, query, ids)
            ranked = {result.paper.id: place for place, result in enumerate(reading.results)}
            return reading.in_order([ranked[paper_id] for paper_id in dict.fromkeys(ids) if paper_id in ranked])

        return found
