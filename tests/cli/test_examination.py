"""What is there, what is not, and how to mend it."""

from contextlib import closing
from pathlib import Path

import pytest

from paperchat.cli.examination import examine
from paperchat.models.recommended import best_at
from paperchat.settings import Settings
from paperchat.storage.address import Address
from paperchat.storage.embedding import embed
from paperchat.storage.folder import open_record
from paperchat.storage.sites import Searching
from paperchat.storage.store import Store
from paperchat.types import Paper
from tests.chroma_server import ChromaServer
from tests.conftest import NO_OLLAMA
from tests.samples import PAPERS, HashEmbedder, paper
from tests.scripted_ollama import Model, ScriptedOllama


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store of three papers, closed."""
    store = Store(tmp_path / "store", HashEmbedder(), lambda line: None, lambda done, total: None)
    try:
        store.add(PAPERS)
        store.refresh()
    finally:
        store.close()
    return tmp_path / "store"


def test_all_that_is_there_is_good(folder: Path) -> None:
    with ScriptedOllama() as server:
        found = examine(Settings(folder, ollama_host=server.url))
    assert [one.what for one in found] == ["store", "index", "Ollama", "chat model", "recommended"]
    assert all(one.good for one in found)
    assert found[0].found == f"3 papers in {folder}"
    assert "scripted:1b" in found[-2].found
    assert found[-1].fix.startswith("Run: ollama pull ")


def wait(folder: Path, *papers: Paper, embedded: int) -> None:
    """Leave papers in a store that were taken in and not settled, the first so many embedded, and the oldest to go."""
    with closing(open_record(folder)) as record:
        record.waiting.put(papers, [PAPERS[0].id])
        embed(record, HashEmbedder(), papers[:embedded], waiting=True)


@pytest.mark.parametrize("page", [None, Address("127.0.0.1", 7860, "secret", 1)], ids=["closed", "on a page"])
def test_what_waits_since_an_import_was_stopped_is_told_with_the_command_that_goes_on(
    folder: Path, page: Address | None
) -> None:
    assert "import" not in [one.what for one in examine(Settings(folder, ollama_host=NO_OLLAMA), page)]
    wait(folder, paper("Later", "It waits."), paper("Last", "So does it."), embedded=1)
    found = next(
        one for one in examine(Settings(folder, ollama_host=NO_OLLAMA), page, " --set x") if one.what == "import"
    )
    assert found.found == "not at its end: 2 papers wait, of which 1 are embedded, and 1 are to go"
    assert (found.good, found.optional) == (False, True)
    assert found.fix.endswith("paperchat index --set x")


def test_a_first_import_that_was_stopped_lacks_no_index(tmp_path: Path) -> None:
    with closing(open_record(tmp_path)) as record:
        record.waiting.put([paper("First", "It waits.")])
    found = {one.what: one.found for one in examine(Settings(tmp_path, ollama_host=NO_OLLAMA))}
    assert found["import"] == "not at its end: 1 papers wait, of which 0 are embedded"
    assert "index" not in found


def test_without_ollama_or_a_model_the_fix_is_told_and_neither_is_needed(folder: Path) -> None:
    *_, ollama, _ = examine(Settings(folder, ollama_host=NO_OLLAMA))
    assert (ollama.what, ollama.good, ollama.optional) == ("Ollama", False, True)
    assert ollama.fix
    with ScriptedOllama(models=[Model(capabilities=("embedding",))]) as server:
        *_, model, recommended = examine(Settings(folder, ollama_host=server.url))
    assert (model.what, model.good, model.optional) == ("chat model", False, True)
    assert model.fix == recommended.fix
    assert model.fix.startswith("Run: ollama pull ")


def test_a_record_that_is_no_database_is_told_with_its_fix(folder: Path) -> None:
    (folder / "papers.sqlite3").write_bytes(b"no database at all " * 99)
    store = examine(Settings(folder, ollama_host=NO_OLLAMA))[0].as_json()
    assert (store["what"], store["good"], store["optional"]) == ("store", False, False)
    assert "papers.sqlite3" in store["found"]
    assert store["fix"]


def test_the_recommended_model_is_told_with_its_line_until_it_is_installed(folder: Path) -> None:
    *_, missing = examine(Settings(folder, ollama_host=NO_OLLAMA))
    assert (missing.what, missing.good, missing.fix) == ("recommended", True, f"Run: ollama pull {best_at(NO_OLLAMA)}")
    with ScriptedOllama(models=[Model(best_at(NO_OLLAMA))]) as server:
        *_, there = examine(Settings(folder, ollama_host=server.url))
    assert (there.found, there.fix) == (missing.found, "")


def vectors(settings: Settings) -> dict[str, tuple[str, bool]]:
    """Return what is found of the index and of its server, and whether that is good."""
    found = examine(settings)
    return {one.what: (one.found, one.good) for one in found if one.what in ("index", "Chroma server")}


def test_which_index_is_used_and_whether_its_server_answers_is_told(folder: Path, tmp_path: Path) -> None:
    server = ChromaServer(tmp_path / "chroma")
    try:
        settings = Settings(folder, chroma=server.url, ollama_host=NO_OLLAMA)
        other = f"its vectors are in its folder, not in the Chroma server at {server.url}"
        answers = f"answers at {server.url}, holds"
        assert vectors(settings) == {"index": (other, False), "Chroma server": (f"{answers} no index yet", True)}
        store = Store(folder, HashEmbedder(), lambda line: None, lambda done, total: None, Searching(server.url))
        store.refresh()
        store.close()
        whole = (f"{answers} 3 of 3 chunks of the index", True)
        assert vectors(settings) == {"index": ("as it was left", True), "Chroma server": whole}
        server.delete(*server.collections())
        assert vectors(settings)["Chroma server"] == (
            f"The Chroma server at {server.url} has the index no more.",
            False,
        )
    finally:
        server.kill()
    away = next(one for one in examine(settings) if one.what == "Chroma server")
    assert (away.good, away.optional) == (False, False)
    assert away.found == f"The Chroma server at {server.url} does not answer."
    assert f"chroma run --path FOLDER --host 127.0.0.1 --port {server.port}" in away.fix
