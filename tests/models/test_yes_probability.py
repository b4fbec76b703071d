"""How probable a model's Yes is."""

import pytest

from paperchat.models.ollama import OllamaServer
from paperchat.models.steps import result_of
from paperchat.types import Message
from tests.scripted_ollama import Reply, ScriptedOllama
from tests.tides import first_token


def test_yes_is_weighed_against_no() -> None:
    asked = [Message("user", "Is it so?")]
    with ScriptedOllama() as running:
        server = OllamaServer(running.url)
        running.replies(Reply(body=first_token(Maybe=0.9)), Reply(body='{"message": {"role": "assistant"}}'))
        model = server.choose()
        assert result_of(server.yes_probability(model, asked)) is None
        assert result_of(server.yes_probability(model, asked)) is None
        same = {"Yes": 0.1, " yes": 0.1, "NO": 0.1}
        running.replies(Reply(body=first_token(**same)))
        assert result_of(server.yes_probability(model, asked)) == pytest.approx(2 / 3)
        asked_last = running.bodies("/api/chat")[-1]
        assert (asked_last["logprobs"], asked_last["options"]["num_predict"]) == (True, 1)


@pytest.mark.ollama
def test_a_real_model_says_how_probable_its_yes_is(real_ollama: str) -> None:
    server = OllamaServer(real_ollama, num_ctx=2048)
    ask = "Evidence: The cat is black.\n\nClaim: The cat is {}.\n\nIs the claim true? Answer Yes or No."
    true, false = (
        result_of(server.yes_probability(server.choose(), [Message("user", ask.format(c))])) for c in ("black", "white")
    )
    assert true is not None
    assert false is not None
    assert 0 <= false < true <= 1
