"""A store whose vectors a real Chroma server holds: killed, emptied, away, shared; the record stays the truth."""

import gc
import json
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

import paperchat.storage.chroma_server
from paperchat.cli.main import main
from paperchat.errors import StoreError, UnreachableError
from paperchat.models.minilm import MiniLM
from paperchat.protocols import Embedder
from paperchat.retrieval.search import search
from paperchat.storage.chroma_server import ServerIndex, count_at, read_named
from paperchat.storage.sites import Searching
from paperchat.storage.store import Store
from paperchat.types import Chunk, Vectors
from tests.chroma_server import ChromaServer
from tests.ports import free_port
from tests.samples import GRAPHS, PAPERS, SPEECH, TREES, HashEmbedder, many_papers

NOBODY = "http://127.0.0.1:9"  # the discard port

ASKED = (
    "What is GraphMAE?",
    "Which papers use masked image modelling?",
    "word errors on speech",
    "How are decision trees trained for control?",
    "contrastive learning without negative pairs",
)


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    """A Chroma server."""
    server = ChromaServer(tmp_path_factory.mktemp("chroma"))
    yield server
    server.kill()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for no server that went."""
    monkeypatch.setattr(paperchat.storage.chroma_server, "PATIENCE", 0.0)
    monkeypatch.setattr(paperchat.storage.chroma_server, "ONCE_MORE", 0.0)


@pytest.fixture
def server(started: ChromaServer) -> ChromaServer:
    """The server, with no collection."""
    started.kill()
    started.start()
    for name in started.collections():
        started.delete(name)
    return started


@contextmanager
def opened(
    folder: Path, url: str, *papers: object, embedder: Embedder | None = None, once: bool = False
) -> Iterator[tuple[Store, list[str]]]:
    """Open a store, with these papers too, over the server at a URL; give it, and what it said."""
    said: list[str] = []
    store = Store(folder, embedder or HashEmbedder(), said.append, lambda done, total: None, Searching(url, once))
    try:
        store.add(papers)  # type: ignore[arg-type]
        store.refresh()
        yield store, said
    finally:
        store.close()


def best(store: Store, asked: str) -> list[str]:
    """Return the ids of the papers found for a question, in their order."""
    return [result.paper.id for result in search(store, HashEmbedder(), asked, 3).results]


def name_of(folder: Path) -> str:
    """Return the name of the collection of the one index of a store."""
    (index,) = folder.glob("index-*")
    named = read_named(index)
    assert named
    return named.name


def test_what_is_nearest_is_what_the_index_in_a_folder_finds(server: ChromaServer, tmp_path: Path, data: Path) -> None:
    """Over the shipped papers, whose vectors the record has: none is embedded again."""
    shutil.copytree(data, tmp_path / "s")
    embedder = MiniLM()
    found: list[list[tuple[str, float]]] = []
    papers: list[list[str]] = []
    for url in ("", server.url):
        with opened(tmp_path / "s", url, embedder=embedder) as (store, said):
            for asked in ASKED:
                found.append(store.index.nearest.search(embedder.embed_query(asked)[0], 50))
                papers.append([one.paper.id for one in search(store, embedder, asked, 8).results])
            nodes = {node.node_id for node in store.vectors.nodes(papers[0])}
            assert nodes == {key for key in store.vectors.ids() if key.split(":")[0] in papers[0]}
    assert "it is 'http://127.0.0.1" in said[0]
    assert papers[: len(ASKED)] == papers[len(ASKED) :]
    for here, there in zip(found[: len(ASKED)], found[len(ASKED) :], strict=True):
        assert [key for key, _ in here[:5]] == [key for key, _ in there[:5]]
        assert [near for _, near in here[:5]] == pytest.approx([near for _, near in there[:5]], abs=1e-4)
    chunks = json.loads((tmp_path / "s" / "manifest.json").read_text())["chunks"]
    assert server.collections() == {name_of(tmp_path / "s"): chunks}


def test_a_second_start_opens_what_is_there(server: ChromaServer, tmp_path: Path) -> None:
    with opened(tmp_path / "s", server.url, *PAPERS):
        pass
    before = server.collections()
    assert list(before.values()) == [3]
    again = HashEmbedder()
    with opened(tmp_path / "s", server.url, embedder=again) as (store, said):
        assert (said, again.embedded, best(store, "edge devices")[0]) == ([], 0, TREES.id)
    assert server.collections() == before
    assert not list(tmp_path.glob("s/index-*/chroma"))


def test_new_papers_alone_are_sent_and_who_asks_meanwhile_sees_none_of_them(
    server: ChromaServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    write = ServerIndex.add

    def noted(index: ServerIndex, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        sent.extend(chunk.paper_id for chunk in chunks)
        write(index, chunks, vectors)

    with opened(tmp_path / "s", server.url, GRAPHS, SPEECH) as (store, _):
        monkeypatch.setattr(ServerIndex, "add", noted)
        name, draft = name_of(tmp_path / "s"), store.draft()
        store.hold()
        draft.add([TREES])
        draft.refresh()
        assert (sent, server.collections()) == ([TREES.id], {name: 3})
        assert TREES.id not in best(store, "edge devices")
        assert best(draft, "edge devices")[0] == TREES.id
        store.retire()
        draft.discard()
    del store, draft  # the files of one that retired go when nobody has it any more
    gc.collect()
    assert (name_of(tmp_path / "s"), server.collections()) == (name, {name: 3})


def test_a_changed_paper_makes_a_new_collection_and_the_old_one_goes(server: ChromaServer, tmp_path: Path) -> None:
    with opened(tmp_path / "s", server.url, *PAPERS):
        old = name_of(tmp_path / "s")
    changed = replace(GRAPHS, abstract="We colour graphs with three hues.")
    with opened(tmp_path / "s", server.url, changed) as (store, _):
        assert best(store, "three hues")[0] == GRAPHS.id
    assert server.collections() == {name_of(tmp_path / "s"): 3}
    assert old not in server.collections()


def test_a_server_that_is_killed_and_starts_again_is_asked_on(
    server: ChromaServer, tmp_path: Path, impatient: None
) -> None:
    del impatient
    with opened(tmp_path / "s", server.url, *many_papers(100, 2), *PAPERS) as (store, _):
        before = best(store, "edge devices")
        server.kill()
        server.start()
        assert best(store, "edge devices") == before
        server.kill()
        with pytest.raises(UnreachableError) as raised:
            best(store, "edge devices")
        server.start()
        assert best(store, "edge devices") == before
    line = str(raised.value)
    assert line.startswith(f"The Chroma server at {server.url} does not answer. Start it: chroma run --path ")
    assert f"--host 127.0.0.1 --port {server.port}" in line
    assert "\n" not in line


def test_a_question_waits_for_a_server_that_starts_again(server: ChromaServer, tmp_path: Path) -> None:
    with opened(tmp_path / "s", server.url, *PAPERS) as (store, _):
        server.kill()
        starts = threading.Timer(0.3, server.start)
        starts.start()
        assert best(store, "edge devices")[0] == TREES.id
        starts.join()


def killing(server: ChromaServer, after: int, then: Callable[[], None]) -> Callable[..., None]:
    """Return what adds to an index and kills the server before the page of chunks after so many, once."""
    write, pages = ServerIndex.add, [0]

    def add(index: ServerIndex, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        if pages[0] == after:
            server.kill()
            then()
        pages[0] += 1
        write(index, chunks, vectors)

    return add


def test_an_index_that_is_being_made_waits_for_a_server_that_starts_again(
    server: ChromaServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    starts = threading.Timer(0.5, server.start)
    monkeypatch.setattr(ServerIndex, "add", killing(server, 2, starts.start))
    with opened(tmp_path / "s", server.url, *many_papers(2100, 1)) as (store, said):
        assert (said, store.vectors.count(), len(store.vectors.ids())) == (["Building the index."], 2100, 2100)
    starts.join()
    assert list(server.collections().values()) == [2100]


@pytest.mark.parametrize("first", [(), PAPERS], ids=["the first papers", "more papers"])
def test_a_server_that_goes_as_it_is_written_to_loses_nothing(
    server: ChromaServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: Sequence[object], impatient: None
) -> None:
    del impatient
    embedder, papers = HashEmbedder(), many_papers(1100, 1)
    if first:
        with opened(tmp_path / "s", server.url, *first):
            pass
    with monkeypatch.context() as going:
        going.setattr(ServerIndex, "add", killing(server, 1, lambda: None))
        with pytest.raises(UnreachableError), opened(tmp_path / "s", server.url, *papers, embedder=embedder):
            pass
    with pytest.raises(UnreachableError), opened(tmp_path / "s", server.url, embedder=embedder):
        pass
    server.start()
    with opened(tmp_path / "s", server.url, embedder=embedder) as (store, _):
        assert (embedder.embedded, store.vectors.count()) == (1100, 1100 + len(first))
        assert best(store, "Paper number 1099")[0] == papers[1099].id
    assert server.collections() == {name_of(tmp_path / "s"): 1100 + len(first)}


def test_a_half_written_collection_is_never_opened_and_goes(
    server: ChromaServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed() -> None:
        server.start()
        raise KeyboardInterrupt

    with monkeypatch.context() as going:
        going.setattr(ServerIndex, "add", killing(server, 1, killed))
        with pytest.raises(KeyboardInterrupt), opened(tmp_path / "s", server.url, *many_papers(1100, 1)):
            pass
    assert list(server.collections().values()) == [1000]
    with opened(tmp_path / "s", server.url) as (store, _):
        assert store.vectors.count() == 1100
    assert server.collections() == {name_of(tmp_path / "s"): 1100}


@pytest.mark.parametrize("harm", ["the collection deleted", "a chunk deleted", "begun with an empty folder"])
def test_what_the_server_lost_is_made_anew_from_the_record(server: ChromaServer, tmp_path: Path, harm: str) -> None:
    with opened(tmp_path / "s", server.url, *PAPERS) as (store, _):
        one, *_ = store.vectors.ids()
        lost = name_of(tmp_path / "s")
        if harm == "a chunk deleted":
            server.drop(lost, [one])
        elif harm == "the collection deleted":
            server.delete(lost)
            with pytest.raises(StoreError, match=r"has the index no more\. Start paperchat again"):
                best(store, "edge devices")
        else:
            server.kill()
            shutil.rmtree(server.folder)
            server.start()
    embedder = HashEmbedder()
    with opened(tmp_path / "s", server.url, embedder=embedder) as (store, said):
        assert embedder.embedded == 0
        assert len(said) == 1
        assert "rebuilding it from the stored vectors" in said[0]
        assert best(store, "edge devices")[0] == TREES.id
    assert server.collections() == {name_of(tmp_path / "s"): 3}
    assert lost not in server.collections()


def test_sets_on_one_server_leave_each_other_alone(server: ChromaServer, tmp_path: Path) -> None:
    with opened(tmp_path / "a", server.url, GRAPHS, SPEECH), opened(tmp_path / "b", server.url, TREES) as (trees, _):
        before = name_of(tmp_path / "b")
        with opened(tmp_path / "c", server.url, GRAPHS):
            pass
        assert best(trees, "edge devices") == [TREES.id]
    with opened(tmp_path / "a", server.url, replace(GRAPHS, abstract="Graphs have hues.")) as (graphs, _):
        assert set(best(graphs, "hues of speech")) == {GRAPHS.id, SPEECH.id}
    names = [name_of(tmp_path / name) for name in "abc"]
    assert (server.collections(), names[1]) == (dict(zip(names, (2, 1, 1), strict=True)), before)


def test_the_copy_of_a_folder_takes_nothing_from_the_one_it_was_copied_from(
    server: ChromaServer, tmp_path: Path
) -> None:
    with opened(tmp_path / "a", server.url, GRAPHS, SPEECH):
        pass
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    with opened(tmp_path / "b", server.url) as (_, said):
        assert said == []
    with opened(tmp_path / "b", server.url, TREES) as (copied, _):
        assert best(copied, "edge devices")[0] == TREES.id
    assert server.collections() == {name_of(tmp_path / "a"): 2, name_of(tmp_path / "b"): 3}
    with opened(tmp_path / "a", server.url) as (_, said):
        assert said == []


def test_a_store_goes_to_a_server_and_back(server: ChromaServer, tmp_path: Path) -> None:
    embedder = HashEmbedder()
    lines = []
    for url in ("", server.url, ""):
        with opened(tmp_path / "s", url, *PAPERS, embedder=embedder) as (store, said):
            assert best(store, "edge devices")[0] == TREES.id
            lines += said
    assert embedder.embedded == 3
    assert lines[1:] == [
        f"The index was made with server '', now it is {server.url!r}: rebuilding it.",
        f"The index was made with server {server.url!r}, now it is '': rebuilding it.",
    ]


def test_a_small_set_that_is_asked_once_needs_no_server(server: ChromaServer, tmp_path: Path) -> None:
    with opened(tmp_path / "s", server.url, *PAPERS):
        pass
    server.kill()
    with opened(tmp_path / "s", server.url, once=True) as (store, said):
        assert (said, best(store, "edge devices")[0]) == ([], TREES.id)


def test_a_server_that_is_down_is_one_line_with_its_fix(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], impatient: None
) -> None:
    del impatient
    with opened(tmp_path / "s", "", *PAPERS):
        pass
    assert main(["search", "trees", "--data", str(tmp_path / "s"), "--chroma", NOBODY]) != 0
    told = capsys.readouterr().err
    assert f"The Chroma server at {NOBODY} does not answer. Start it: chroma run --path FOLDER" in told
    assert "Traceback" not in told


class Page(BaseHTTPRequestHandler):
    """A server that is no Chroma: it sends whoever asks elsewhere, or says something."""

    elsewhere = ""

    def do_GET(self) -> None:
        """Answer."""
        self.send_response(302 if self.elsewhere else 200)
        self.send_header("location", f"{self.elsewhere}{self.path}")
        self.send_header("content-length", "5")
        self.end_headers()
        self.wfile.write(b"hello")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.mark.parametrize("redirects", [False, True], ids=["a page", "a redirect to a server"])
def test_what_is_no_chroma_server_is_told(
    server: ChromaServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, redirects: bool
) -> None:
    monkeypatch.setattr(Page, "elsewhere", server.url if redirects else "")
    with HTTPServer(("127.0.0.1", 0), Page) as page:
        threading.Thread(target=page.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{page.server_port}"
        with (
            pytest.raises(UnreachableError, match=f"What answers at {url} is no Chroma server"),
            opened(tmp_path / "s", url, *PAPERS),
        ):
            pass
        page.shutdown()
    assert server.collections() == {}


def test_what_the_environment_says_of_chroma_and_proxies_changes_nothing(
    server: ChromaServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, NOBODY)
    monkeypatch.setenv("CHROMA_SERVER_HOST", "127.0.0.2")
    monkeypatch.setenv("CHROMA_SERVER_HTTP_PORT", str(free_port()))
    monkeypatch.setenv("CHROMA_SERVER_SSL_ENABLED", "true")
    with opened(tmp_path / "s", server.url, *PAPERS) as (store, _):
        assert best(store, "edge devices")[0] == TREES.id


def test_a_proxy_that_chromas_client_cannot_begin_with_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
    with (
        pytest.raises(UnreachableError, match=r"Unset ALL_PROXY|does not answer"),
        opened(tmp_path / "s", NOBODY, *PAPERS),
    ):
        pass


def test_how_many_chunks_a_server_holds_of_an_index(server: ChromaServer, tmp_path: Path) -> None:
    assert count_at(server.url, None) == 0
    with opened(tmp_path / "s", server.url, *PAPERS) as (store, _):
        assert count_at(server.url, tmp_path / "s" / store.index.folder) == 3
        server.delete(name_of(tmp_path / "s"))
        with pytest.raises(StoreError, match="has the index no more"):
            count_at(server.url, tmp_path / "s" / store.index.folder)
    assert server.collections() == {}
