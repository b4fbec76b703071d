"""LlamaIndex programs answer from our papers, and our answers from their retrievers. Nothing asks a real model."""

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import chromadb
import pytest
from llama_index.core import Settings as Globals
from llama_index.core import VectorStoreIndex
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.llms.types import CompletionResponse
from llama_index.core.llms.mock import MockLLM
from llama_index.core.query_engine import CitationQueryEngine, RetrieverQueryEngine
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.schema import MetadataMode, NodeWithScore, QueryBundle, TextNode
from llama_index.vector_stores.chroma import ChromaVectorStore

import paperchat.storage.chroma
from paperchat.app import App
from paperchat.errors import InputError
from paperchat.models.minilm import MiniLM
from paperchat.retrieval.llamaindex import BySentence, Face, PaperEmbedding, PaperNode
from paperchat.retrieval.search import search
from paperchat.settings import Settings
from paperchat.storage.chunking import chunk_paper, chunk_parts
from paperchat.storage.store import Store
from paperchat.types import Chunk, Vectors
from tests.conftest import NO_OLLAMA, ROOT
from tests.samples import GRAPHS, PAPERS, SPEECH, TREES, HashEmbedder, paper

QUESTION = "What accuracy does GraphMAE reach on Cora?"
LONG = paper("Endless Notes", " ".join(f"Note {n} tells of thing {n} and of nothing else at all." for n in range(50)))


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Face]:
    store = Store(tmp_path_factory.mktemp("papers"), HashEmbedder(), print, lambda done, total: None)
    store.add([*PAPERS, LONG])
    store.refresh()
    yield Face(store, HashEmbedder())
    store.close()
    assert (Globals._llm, Globals._embed_model) == (None, None)


class Citing(MockLLM):
    """Cites the source that has a figure, by its number, as a model is asked to."""

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:  # noqa: ARG002
        sources = re.findall(r"Source (\d+):\n(.*)", prompt.split("------")[1])
        (number,) = [number for number, text in sources if "84.2" in text]
        return CompletionResponse(text=f"It reaches 84.2% [{number}].")


class Fixed(BaseRetriever):
    """Finds the same nodes whatever is asked."""

    def __init__(self, *nodes: TextNode) -> None:
        super().__init__()
        self._nodes = nodes

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:  # noqa: ARG002
        return [NodeWithScore(node=node, score=None) for node in self._nodes]


def about(*names: str) -> list[TextNode]:
    return [TextNode(text="anything", metadata={"paper": name}) for name in names]


def open_app(folder: Path, monkeypatch: pytest.MonkeyPatch) -> App:
    monkeypatch.setattr("paperchat.app.make_embedder", lambda settings: HashEmbedder())
    return App(Settings(folder, ollama_host=NO_OLLAMA), print, lambda done, total: None)


def stored(folder: Path) -> Path:
    store = Store(folder, HashEmbedder(), print, lambda done, total: None)
    store.add(PAPERS)
    store.refresh()
    store.close()
    return folder


def test_another_program_answers_with_titles_and_exact_sentences_from_the_collection_alone(tmp_path: Path) -> None:
    stored(tmp_path)
    folder = json.loads((tmp_path / "manifest.json").read_text())["folder"]
    client: Any = chromadb.PersistentClient(str(tmp_path / folder / "chroma"))
    collection: Any = client.get_collection("papers", embedding_function=None)
    index = VectorStoreIndex.from_vector_store(
        ChromaVectorStore(chroma_collection=collection), embed_model=PaperEmbedding(HashEmbedder())
    )
    response = index.as_query_engine(llm=MockLLM(), similarity_top_k=1).query(QUESTION)
    ((node, score),) = [(found.node, found.score) for found in response.source_nodes]
    assert f"{GRAPHS.title}\n\n{GRAPHS.abstract}" in str(response)  # the mock model returns its prompt
    assert not re.search(r"sentences|\[\[", str(response))
    assert node.metadata["title"] == GRAPHS.title
    assert node.metadata["paper"] == node.ref_doc_id == GRAPHS.id
    assert isinstance(node, TextNode)
    assert node.text == GRAPHS.abstract[node.metadata["start"] : node.metadata["end"]]
    assert (node.start_char_idx, node.end_char_idx) == (node.metadata["start"], node.metadata["end"])
    spans = json.loads(node.metadata["sentences"])
    assert GRAPHS.abstract[slice(*spans[2])] == r"GraphMAE reaches 84.2\% accuracy on Cora."
    assert score
    index.delete_ref_doc(GRAPHS.id)
    assert {row["doc_id"] for row in collection.get()["metadatas"]} == {SPEECH.id, TREES.id}
    client.close()


def test_the_nodes_of_a_long_abstract_are_told_apart_by_their_offsets(papers: Face) -> None:
    first, second = sorted(papers.store.vectors.nodes([LONG.id]), key=lambda node: int(node.metadata["start"]))
    spans = [span for node in (first, second) for span in json.loads(node.metadata["sentences"])]
    assert [LONG.abstract[start:end] for start, end in spans] == [
        s.text for s in papers.store.read([LONG.id])[0].sentences
    ]
    assert first.metadata["end"] < second.metadata["start"]


def test_an_index_of_an_earlier_version_is_made_anew_without_embedding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def earlier(chunk: Chunk, vector: Vectors) -> TextNode:
        return TextNode(id_=chunk.id, text=chunk.text, metadata={"paper": chunk.paper_id}, embedding=vector.tolist())

    with monkeypatch.context() as before:
        before.setattr(paperchat.storage.chroma, "_node", earlier)
        stored(tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    del manifest["nodes"]
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    embedder = HashEmbedder()
    said: list[str] = []
    store = Store(tmp_path, embedder, said.append, lambda done, total: None)
    store.refresh()
    titles = {node.metadata["title"] for node in store.vectors.nodes(list(store.papers))}
    found = search(store, embedder, QUESTION, 1).results[0].paper
    store.close()
    assert embedder.embedded == 0
    assert len(said) == 1
    assert "made with nodes ''" in said[0]
    assert titles == {one.title for one in PAPERS}
    assert found == GRAPHS


def test_what_a_node_shows_an_embedder_has_the_vector_that_chroma_holds(papers: Face) -> None:
    nodes = papers.store.vectors.nodes([GRAPHS.id, SPEECH.id])
    vectors = papers.store.vectors.stored([node.node_id for node in nodes])
    made = papers.embedding().get_text_embedding_batch([node.get_content(MetadataMode.EMBED) for node in nodes])
    assert [made[at] == pytest.approx(vectors[node.node_id], abs=1e-3) for at, node in enumerate(nodes)] == [True] * 2


def test_a_long_node_is_embedded_to_its_end_by_the_real_model(papers: Face) -> None:
    first = min(papers.store.vectors.nodes([LONG.id]), key=lambda node: int(node.metadata["start"]))
    chunk, sentences = chunk_paper(LONG)[0]
    ours = MiniLM().embed_parts([chunk_parts(LONG.title, sentences)])[0][0]
    assert first.node_id == chunk.id
    made = PaperEmbedding(MiniLM()).get_text_embedding(first.get_content(MetadataMode.EMBED))
    assert float(ours @ made) > 0.999


def test_our_embedder_says_the_same_in_async_programs(papers: Face) -> None:
    ours = papers.embedding()
    assert ours.get_query_embedding(QUESTION) == HashEmbedder().embed_query(QUESTION)[0].tolist()
    assert asyncio.run(ours.aget_query_embedding(QUESTION)) == ours.get_query_embedding(QUESTION)
    assert asyncio.run(ours.aget_text_embedding("a graph")) == ours.get_text_embedding("a graph")
    assert asyncio.run(ours.aget_text_embedding_batch(["a", "b"])) == ours.get_text_embedding_batch(["a", "b"])


def test_our_retriever_finds_what_our_search_does_and_says_which_sentences_answer(papers: Face) -> None:
    found = papers.retriever(3).retrieve(QUESTION)
    results = search(papers.store, papers.embedder, QUESTION, 3).results
    assert [(one.node.metadata["title"], one.score) for one in found] == [(r.paper.title, r.score) for r in results]
    first = found[0].node
    assert isinstance(first, PaperNode)
    assert [GRAPHS.abstract[start:end] for start, end in first.best] == [s.text for s in results[0].sentences]
    again = asyncio.run(papers.retriever(3).aretrieve(QUESTION))
    assert [(one.node.node_id, one.score) for one in again] == [(one.node.node_id, one.score) for one in found]
    assert papers.retriever(3).retrieve("the of and") == []


def test_a_long_abstract_gives_the_nodes_that_answer_alone(papers: Face) -> None:
    found = papers.retriever(1).retrieve("Which note tells of thing 47?")
    assert {one.node.ref_doc_id for one in found} == {LONG.id}
    held = [one.node for one in found if isinstance(one.node, PaperNode)]
    assert all(node.best and node.metadata["start"] <= min(node.best)[0] for node in held)
    assert any("thing 47" in LONG.abstract[start:end] for node in held for start, end in node.best)


def test_our_retriever_works_inside_their_query_engine(papers: Face) -> None:
    engine = RetrieverQueryEngine.from_args(papers.retriever(1), llm=MockLLM())
    response = engine.query(QUESTION)
    assert f"{GRAPHS.title}\n\n{GRAPHS.abstract}" in str(response)
    assert [one.node.ref_doc_id for one in response.source_nodes] == [GRAPHS.id]
    assert str(asyncio.run(engine.aquery(QUESTION))) == str(response)


def test_our_retriever_inside_their_citation_engine_cites_single_sentences(papers: Face) -> None:
    engine = CitationQueryEngine(papers.retriever(2), llm=Citing(max_tokens=None), text_splitter=BySentence())
    response = engine.query(QUESTION)
    cited = re.search(r"\[(\d+)\]", str(response))
    assert cited
    source = response.source_nodes[int(cited[1]) - 1].node
    assert source.get_content().split("\n")[1] == r"GraphMAE reaches 84.2\% accuracy on Cora."
    assert source.metadata["title"] == GRAPHS.title


def test_a_paper_that_both_retrievers_find_is_found_once(papers: Face) -> None:
    fused = QueryFusionRetriever(
        [papers.retriever(4), papers.index().as_retriever(similarity_top_k=9)],
        llm=MockLLM(), num_queries=1, similarity_top_k=9, use_async=False,
    )  # fmt: skip
    found = [one.node.node_id for one in fused.retrieve(QUESTION)]
    assert len(found) == len(set(found))
    assert len({node.split(":")[0] for node in found}) == 4


def test_our_reranker_orders_their_nodes_and_keeps_the_best(papers: Face) -> None:
    worst_first = Fixed(*about(TREES.id, SPEECH.id, GRAPHS.id, TREES.id)).retrieve(QUESTION)
    ranked = papers.reranker(2).postprocess_nodes(worst_first, query_str=QUESTION)
    assert ranked[0].node.metadata["paper"] == GRAPHS.id
    assert len({one.node.metadata["paper"] for one in ranked}) == 2
    assert len(papers.reranker(9).postprocess_nodes(worst_first, query_str=QUESTION)) == 4
    again = asyncio.run(papers.reranker(2).apostprocess_nodes(worst_first, query_str=QUESTION))
    assert [one.node.node_id for one in again] == [one.node.node_id for one in ranked]
    assert papers.reranker(2).postprocess_nodes(worst_first, query_str="of the") == worst_first
    assert papers.reranker(2).postprocess_nodes([], query_str=QUESTION) == []
    with pytest.raises(InputError, match="there is none"):
        papers.reranker(2).postprocess_nodes(worst_first)


def test_their_index_of_our_documents_is_the_search_of_our_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_app(stored(tmp_path), monkeypatch) as app:
        papers = app.llamaindex
        index = VectorStoreIndex.from_documents(
            papers.documents(), embed_model=papers.embedding(), transformations=[BySentence()]
        )
        theirs = papers.searched_by(index.as_retriever(similarity_top_k=4))
        *_, answer = app.ask(QUESTION, search=theirs)
    (sentence,) = answer.sentences
    (citation,) = sentence.citations
    assert citation.title == GRAPHS.title
    assert sentence.text == GRAPHS.abstract[citation.start : citation.end]
    assert "84.2" in sentence.text
    assert not answer.abstained


def test_an_answer_is_drawn_from_what_their_retriever_finds_in_its_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_app(stored(tmp_path), monkeypatch) as app:
        theirs = app.llamaindex.searched_by(Fixed(*about(TREES.id, SPEECH.id, TREES.id)))
        *_, answer = app.ask(QUESTION, search=theirs)
        assert [(result.paper, result.rank) for result in answer.results] == [(TREES, 1), (SPEECH, 2)]
        assert answer.abstained
        *_, ours = app.ask(QUESTION)
        assert ours.results[0].paper == GRAPHS


def test_a_node_of_no_paper_is_named_with_what_to_do(papers: Face) -> None:
    with pytest.raises(InputError, match="no paper of the set: elsewhere") as error:
        papers.searched_by(Fixed(*about("elsewhere")))(QUESTION)
    assert "documents()" in str(error.value)


def test_opening_and_searching_a_store_imports_no_llamaindex(tmp_path: Path) -> None:
    stored(tmp_path)
    code = (
        "import sys, pathlib, paperchat.app\n"
        "from paperchat.retrieval.search import search\n"
        "from paperchat.storage.store import Store\n"
        "from tests.samples import HashEmbedder\n"
        "store = Store(pathlib.Path(sys.argv[1]), HashEmbedder(), print, print)\n"
        "store.refresh()\n"
        "assert search(store, HashEmbedder(), 'graphs', 3)\n"
        "store.close()\n"
        "sys.exit('llama_index' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-W", "ignore", "-c", code, str(tmp_path)], cwd=ROOT, check=False)
    assert run.returncode == 0
