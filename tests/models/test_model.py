"""The model that writes, as one value: chosen once, with the room that a prompt has."""

from dataclasses import replace

import pytest

from paperchat.errors import ModelError
from paperchat.models.model import Model
from paperchat.models.ollama import OllamaServer
from paperchat.types import Message
from tests.conftest import NO_OLLAMA
from tests.samples import silent_model
from tests.scripted_ollama import Model as Scripted
from tests.scripted_ollama import ScriptedOllama


def model_at(address: str) -> Model:
    return Model(OllamaServer(address, num_ctx=4096), {}, 100, {}, lambda: 0.0)


def test_a_model_is_chosen_once() -> None:
    with ScriptedOllama() as server:
        chosen = model_at(server.url).chosen()
        asked = len(server.requests)
        assert chosen.chosen() is chosen
        assert (chosen.known.name, len(server.requests)) == ("scripted:1b", asked)


def test_before_it_is_chosen_nothing_is_known_of_it() -> None:
    with pytest.raises(ValueError, match=r"call chosen\(\) first"):
        _ = model_at(NO_OLLAMA).known
    with pytest.raises(ModelError):
        model_at(NO_OLLAMA).chosen()


def test_a_prompt_has_the_room_that_the_reply_leaves() -> None:
    model = replace(silent_model({}, 1000), max_tokens=300)
    assert (model.context, model.room) == (1000, 700)


def test_a_reply_leaves_half_of_a_small_context_to_its_prompt() -> None:
    with ScriptedOllama(models=[Scripted(context_length=1000)]) as server:
        model = replace(model_at(server.url), max_tokens=900).chosen()
    assert (model.context, model.max_tokens, model.room) == (1000, 500, 500)


@pytest.mark.parametrize(("asked", "sent"), [(0, 100), (30, 30)], ids=["the longest allowed", "as asked"])
def test_a_reply_is_as_long_as_asked_or_allowed(asked: int, sent: int) -> None:
    with ScriptedOllama() as server:
        server.replies(["Yes."])
        pieces = list(model_at(server.url).chosen().chat([Message("user", "Is it so?")], None, asked))
        assert "Yes." in pieces
        assert server.chats[0]["options"]["num_predict"] == sent
