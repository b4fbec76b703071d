"""What may write: the models of a server as the settings say, and as one reader chose, which changes no other's."""

from pathlib import Path

import pytest

from paperchat.errors import ModelError
from paperchat.models.writers import Writers, used_settings
from paperchat.settings import AS_STARTED, WITHOUT_MODEL, Choice, Settings
from tests.conftest import NO_OLLAMA
from tests.scripted_ollama import Model, ScriptedOllama

MODELS = (
    Model("small:1b", "1B", 2048),
    Model("thinker:4b", "4B", capabilities=("completion", "thinking")),
    Model("embed", capabilities=("embedding",)),
    Model("big:120b-cloud", "120B"),
)


def writers_at(address: str, **settings: object) -> Writers:
    return Writers(Settings(Path("nowhere"), ollama_host=address, **settings), {})  # type: ignore[arg-type]


def test_a_choice_changes_what_writes_and_how_and_nothing_for_others() -> None:
    with ScriptedOllama(models=MODELS) as server:
        writers = writers_at(server.url, form="strict")
        choice = Choice("small:1b", max_tokens=300, evidence_tokens=900, think="yes", num_ctx=1024)
        chosen, _ = writers.now(choice)
        usual, _ = writers.now()
    assert chosen is not None
    assert usual is not None
    assert (chosen.known.name, chosen.context, chosen.max_tokens) == ("small:1b", 1024, 300)
    assert chosen.asked == {"evidence_tokens": 900, "form": "strict", "think": "yes"}
    assert (usual.known.name, usual.context, usual.max_tokens) == ("thinker:4b", 8192, 512)
    assert usual.asked == {"form": "strict"}


def test_what_the_server_told_of_a_model_is_asked_once_for_all_readers() -> None:
    with ScriptedOllama(models=MODELS) as server:
        writers = writers_at(server.url)
        for choice in (AS_STARTED, Choice("small:1b"), Choice("thinker:4b", num_ctx=2048)):
            writers.now(choice)
        writers.installed()
        assert len(server.bodies("/api/show")) == 3


def test_the_installed_are_those_that_chat_on_this_machine_the_largest_first() -> None:
    with ScriptedOllama(models=MODELS) as server:
        installed, trouble = writers_at(server.url).installed()
    assert ([model.name for model in installed], trouble) == (["thinker:4b", "small:1b"], "")
    none, trouble = writers_at(NO_OLLAMA).installed()
    assert none == ()
    assert trouble.startswith(f"Ollama does not answer at {NO_OLLAMA}.")


def test_without_a_model_nothing_is_asked_and_nothing_is_missing() -> None:
    writers = writers_at(NO_OLLAMA)
    assert writers.model(WITHOUT_MODEL) is None
    assert writers.now(WITHOUT_MODEL) == (None, "")


@pytest.mark.parametrize("name", ["gone:3b", "embed", "big:120b-cloud"])
def test_a_model_that_cannot_answer_is_told(name: str) -> None:
    with ScriptedOllama(models=MODELS) as server:
        model, line = writers_at(server.url).now(Choice(name))
        assert model is None
        assert name in line
        writer = writers_at(server.url).model(Choice(name))
        assert writer is not None
        with pytest.raises(ModelError):
            writer.chosen()


def test_the_settings_used_are_those_that_an_answer_depends_on() -> None:
    settings = Choice(papers=5, think="yes").over(Settings(Path("nowhere"), evidence_papers=3))
    assert used_settings(settings) == {
        "num_ctx": 8192, "max_tokens": 512, "papers": 5, "evidence_papers": 3, "think": "yes",
    }  # fmt: skip


def test_what_is_recommended_comes_best_first_with_its_reason() -> None:
    line, fits = writers_at("http://gpu.example:11434").recommended()
    assert line.startswith(fits[0].name)
