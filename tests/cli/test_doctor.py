"""What is there, what is not, and how to mend it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from paperchat.cli.doctor import examine
from paperchat.errors import StoreError
from paperchat.settings import Settings
from tests.conftest import NO_OLLAMA
from tests.samples import PAPERS
from tests.scripted_ollama import Model, ScriptedOllama


@contextmanager
def opened(_: Settings) -> Iterator[Any]:
    yield SimpleNamespace(papers=lambda: PAPERS)


@contextmanager
def broken(_: Settings) -> Iterator[Any]:
    raise StoreError("The index is damaged.", "Run: paperchat index")
    yield


def test_all_that_is_there_is_good(tmp_path: Path) -> None:
    with ScriptedOllama() as server:
        found = examine(Settings(tmp_path, ollama_host=server.url), opened)
    assert [(one.what, one.good) for one in found] == [("store", True), ("Ollama", True), ("chat model", True)]
    assert found[0].found == f"3 papers in {tmp_path}"
    assert "scripted:1b" in found[2].found


def test_without_ollama_or_a_model_the_fix_is_told_and_neither_is_needed(tmp_path: Path) -> None:
    store, ollama = examine(Settings(tmp_path, ollama_host=NO_OLLAMA), opened)
    assert (store.good, ollama.good, ollama.optional) == (True, False, True)
    assert ollama.fix
    with ScriptedOllama(models=[Model(capabilities=("embedding",))]) as server:
        *_, model = examine(Settings(tmp_path, ollama_host=server.url), opened)
    assert (model.what, model.good, model.optional) == ("chat model", False, True)
    assert "ollama pull" in model.fix


def test_a_store_that_cannot_be_opened_is_told_with_its_fix(tmp_path: Path) -> None:
    store, _ = examine(Settings(tmp_path, ollama_host=NO_OLLAMA), broken)
    told = {"what": "store", "found": "The index is damaged.", "good": False, "fix": "Run: paperchat index"}
    assert store.as_json() == {**told, "optional": False}
