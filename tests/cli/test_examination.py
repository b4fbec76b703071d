"""What is there, what is not, and how to mend it."""

from pathlib import Path

import pytest

from paperchat.cli.examination import examine
from paperchat.models.recommended import best_at
from paperchat.settings import Settings
from paperchat.storage.store import Store
from tests.conftest import NO_OLLAMA
from tests.samples import PAPERS, HashEmbedder
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
