"""A model server that sends garbage, too much, nothing, or a redirect: one clear line each, and little is read."""

import gzip
import json
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, repeat
from typing import Any

import pytest

from paperchat.errors import ModelError
from paperchat.models.connection import LINE_BYTES, MOST_BYTES
from paperchat.models.ollama import OllamaServer
from paperchat.models.ollama_embedder import OllamaEmbedder
from paperchat.models.steps import result_of
from paperchat.types import Message, ModelInfo
from tests.raw_server import Bytes, RawServer

MODEL = ModelInfo("m:1b", "d", 4096, 1.0, thinking=False)
ASKED = [Message("user", "What is known?")]
TAGS = {"models": [{"name": "m:1b", "digest": "d", "details": {"parameter_size": "1B"}}]}
GOOD = {"/api/tags": TAGS, "/api/show": {"capabilities": ["completion", "embedding"], "model_info": {}}}
BUFFERS = 8_000_000
"""Bytes that lie between two sockets, at most."""


def reply(body: bytes | str, status: str = "200 OK", length: int | None = None, headers: str = "") -> bytes:
    body = body.encode() if isinstance(body, str) else body
    size = len(body) if length is None else length
    return f"HTTP/1.1 {status}\r\nContent-Length: {size}\r\n{headers}\r\n".encode() + body


def endless(start: str, piece: str, status: str = "200 OK") -> Iterator[bytes]:
    """A reply that never ends."""
    body = piece.encode() * (65536 // len(piece.encode()) or 1)
    return chain([f"HTTP/1.1 {status}\r\n\r\n{start}".encode()], repeat(body))


CALLS: dict[str, tuple[str, Callable[[OllamaServer], object]]] = {
    "version": ("/api/version", OllamaServer.version),
    "models": ("/api/tags", OllamaServer.models),
    "show": ("/api/show", OllamaServer.choose),
    "chat": ("/api/chat", lambda server: list(server.chat(MODEL, ASKED, None, 64))),
    "yes": ("/api/chat", lambda server: result_of(server.yes_probability(MODEL, ASKED))),
    "embed": ("/api/embed", lambda server: OllamaEmbedder(server.host, "m:1b", server.timeout).embed_query("a")),
}


def outcome(call: str, bad: Bytes, timeout: float = 20.0) -> tuple[str, int]:
    """Return the message of a call that gets `bad`, and how many bytes the server got rid of."""
    path, ask = CALLS[call]
    sent = 0

    def counted() -> Iterator[bytes]:
        nonlocal sent
        for piece in [bad] if isinstance(bad, bytes) else bad:
            yield piece
            sent += len(piece)

    def script(asked: str) -> Bytes:
        return counted() if asked == path else reply(json.dumps(GOOD[asked]))

    with RawServer(script) as server, pytest.raises(ModelError) as caught:
        ask(OllamaServer(server.url, timeout=timeout))
    return str(caught.value), sent


def is_one_line(message: str) -> bool:
    return message.isprintable() and len(message) < 400 and "Traceback" not in message


HTML = "<html>" + "x" * 100_000
NOT_OLLAMA, TOO_MUCH, BROKEN = "does not answer as Ollama does", "sent more than any reply has", "broke off"


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    ("bad", "says"),
    [
        pytest.param(reply("<html>router</html>"), NOT_OLLAMA, id="HTML"),
        pytest.param(reply("null\n"), NOT_OLLAMA, id="null"),
        pytest.param(reply("[1]\n"), NOT_OLLAMA, id="list"),
        pytest.param(reply('"text"\n'), NOT_OLLAMA, id="string"),
        pytest.param(reply("7\n"), NOT_OLLAMA, id="number"),
        pytest.param(reply("NaN\n"), NOT_OLLAMA, id="NaN"),
        pytest.param(reply("9" * 5000 + "\n"), NOT_OLLAMA, id="huge number"),
        pytest.param(reply("[" * 200_000 + "\n"), NOT_OLLAMA, id="deeply nested"),
        pytest.param(reply(b"\xff\xfe\x00\n"), NOT_OLLAMA, id="no text"),
        pytest.param(reply('{"half": ', length=99), BROKEN, id="closes in the middle"),
        pytest.param(b"", BROKEN, id="closes at once"),
        pytest.param(b"SSH-2.0-OpenSSH\r\n", BROKEN, id="not HTTP"),
        pytest.param(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}", BROKEN, id="bad chunks"),
        pytest.param(reply(b"x", headers="Content-Encoding: gzip\r\n"), "compressed", id="compressed"),
        pytest.param(reply("", "302 Found", headers="Location: /api/x\r\n"), NOT_OLLAMA, id="redirect"),
        pytest.param(reply(HTML, "401 No"), NOT_OLLAMA, id="401 and HTML"),
        pytest.param(reply(HTML, "403 No"), NOT_OLLAMA, id="403 and HTML"),
        pytest.param(reply(HTML, "404 No"), NOT_OLLAMA, id="404 and HTML"),
        pytest.param(reply(HTML, "500 No"), NOT_OLLAMA, id="500 and HTML"),
        pytest.param(reply(HTML, "503 No"), "is busy", id="503 and HTML"),
        pytest.param(reply('{"error": {"a": [1]}}', "500 No"), "failed", id="error that is no text"),
        pytest.param(reply("[1]", "500 No"), NOT_OLLAMA, id="error that is a list"),
        pytest.param(reply('{"error": "\\u001b[2Jboo\\u202e"}', "500 No"), "[2Jboo", id="error that draws"),
        pytest.param(reply('{"error": "' + "e" * 1_000_000 + '"}', "500 No"), "eee", id="error of 1 MB"),
    ],
)
def test_garbage_is_one_clear_line(call: str, bad: bytes, says: str) -> None:
    message, _ = outcome(call, bad)
    assert is_one_line(message)
    assert says in message


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("status", ["200 OK", "500 No"])
def test_an_endless_line_is_read_to_a_limit(call: str, status: str) -> None:
    message, sent = outcome(call, endless('{"a": "', "x", status))
    assert is_one_line(message)
    assert ("failed" if status == "500 No" else TOO_MUCH) in message
    assert sent < BUFFERS + (MOST_BYTES if call not in ("chat", "yes") else LINE_BYTES)


def drip() -> Iterator[bytes]:
    """One byte now and then, so that the connection is never silent for long."""
    yield b"HTTP/1.1 200 OK\r\n\r\n"
    for _ in range(100):
        yield b" "
        time.sleep(0.05)


def nothing() -> Iterator[bytes]:
    time.sleep(2)
    yield b""


@pytest.mark.parametrize("call", ["models", "chat", "embed"])
@pytest.mark.parametrize("bad", [drip, nothing], ids=["a byte at a time", "nothing"])
def test_a_server_that_never_comes_to_an_end_is_silent(call: str, bad: Callable[[], Bytes]) -> None:
    message, _ = outcome(call, bad(), timeout=0.4)
    assert is_one_line(message)
    assert "was silent for 0.4 s" in message


def lines(message: dict[str, Any], pause: float = 0.0) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n\r\n"
    while True:
        yield json.dumps({"message": {"role": "assistant", **message}, "done": False}).encode() + b"\n"
        time.sleep(pause)


@pytest.mark.parametrize(
    ("stream", "timeout", "says"),
    [
        pytest.param(lambda: lines({"content": "word "}), 60, "more than the 64 tokens asked for", id="words"),
        pytest.param(lambda: lines({"thinking": "hmm " * 9}), 60, "more than the 64 tokens asked for", id="thoughts"),
        pytest.param(lambda: lines({"content": ""}, 0.05), 0.4, "was silent for 0.4 s", id="empty words"),
        pytest.param(lambda: lines({"role": "x" * 99_999}), 60, TOO_MUCH, id="anything else"),
    ],
)
def test_a_reply_without_end_is_ended(stream: Callable[[], Iterator[bytes]], timeout: float, says: str) -> None:
    """What ends by its size has time: on a busy machine 8 MB take longer than a short silence may."""
    message, _ = outcome("chat", stream(), timeout)
    assert is_one_line(message)
    assert says in message


NAMELESS = {"digest": "d"}
MODEL_TAG = {"name": "m", "digest": "d"}
NO_COUNT = ("x", [1], 1e999, float("nan"))


SHAPES: tuple[tuple[str, Callable[[Any], Any], Sequence[Any]], ...] = (
    ("version", lambda value: {"version": value}, (None, 1, ["1"], "1" * 1_000_000)),
    ("models", lambda value: {"models": value}, (None, 3, ["m"], [NAMELESS], [{"name": "m"}], [{"name": 7}])),
    ("models", lambda value: {"models": [{"name": "m", "digest": value}]}, (None, 7, [], "d" * 9999)),
    ("models", lambda value: {"models": [{"name": "m", "digest": "d", "details": value}]}, (["x"], "x", 3)),
    ("models", lambda value: {"models": [{**MODEL_TAG, "details": {"parameter_size": value}}]}, (7, ["7B"])),
    ("show", lambda value: {"capabilities": value}, (7, [7], [None], ["c" * 9999])),
    ("show", lambda value: {"model_info": value}, ([1], "x", 7)),
    ("show", lambda value: {"model_info": {"None.context_length": value}}, NO_COUNT),
    ("chat", lambda value: {"message": value}, (None, 7, "x", [])),
    ("chat", lambda value: {"message": {"role": "assistant", "content": value}}, (7, ["x"], {})),
    ("chat", lambda value: {"message": {"role": "a"}, "eval_count": value}, ("x", 1.5, float("nan"), [1])),
    ("chat", lambda value: {"error": value}, (7, ["x"], {"a": 1}, True)),
    ("yes", lambda value: {"message": {"role": "a"}, "logprobs": value}, (7, [7], [{"token": "Yes"}])),
    ("embed", lambda value: {"embeddings": value}, (None, 7, [], [[]], [["x"]], [[[1.0]]], [[1.0], [2.0]])),
    ("embed", lambda value: {"embeddings": [value]}, ([0.0, 0.0], [float("nan"), 1.0], [1e999, 1.0], [1e300])),
)


@pytest.mark.parametrize(
    ("call", "body"),
    [(call, shape(value)) for call, shape, values in SHAPES for value in values],
    ids=lambda value: value if isinstance(value, str) else json.dumps(value)[:60],
)
def test_json_of_another_shape_is_not_ollama_s(call: str, body: object) -> None:
    message, _ = outcome(call, reply(json.dumps(body) + "\n"))
    assert is_one_line(message)
    assert NOT_OLLAMA in message


def test_vectors_of_another_width_than_the_first_are_refused() -> None:
    rows = iter([[[1.0, 2.0]], [[1.0]]])

    def script(path: str) -> Bytes:
        return reply(json.dumps({"embeddings": next(rows)} if path == "/api/embed" else GOOD[path]))

    with RawServer(script) as server:
        embedder = OllamaEmbedder(server.url, "m:1b")
        assert (embedder.embed_query("a").shape, embedder.dimension) == ((1, 2), 2)
        with pytest.raises(ModelError, match=NOT_OLLAMA):
            embedder.embed_query("b")


@pytest.mark.parametrize("logprob", [1e9, -1e9, float("nan")])
def test_impossible_odds_are_no_probability_above_one(logprob: float) -> None:
    odds = [{"token": "Yes", "logprob": 0, "top_logprobs": [{"token": "Yes", "logprob": logprob}]}]
    record = {"message": {"role": "assistant"}, "logprobs": odds, "done": True}
    with RawServer(lambda _: reply(json.dumps(record) + "\n")) as server:
        assert result_of(OllamaServer(server.url).yes_probability(MODEL, ASKED)) in (None, 1.0)


def test_a_charset_that_is_none_changes_nothing() -> None:
    with RawServer(lambda _: reply('{"version": "1"}', headers="Content-Type: x; charset=rot13\r\n")) as server:
        assert OllamaServer(server.url).version() == "1"


@pytest.mark.parametrize("name", ["m\x1b[2J:1b", "<b>m</b>", "m\n:1b", "m\u202e", "m" * 400, ""])
def test_a_model_with_a_name_that_no_model_has_is_left_out(name: str) -> None:
    """Names are shown in terminals and on the page, and may be commands there."""
    tags = {"models": [{"name": name, "digest": "d"}, *TAGS["models"]]}
    with RawServer(lambda path: reply(json.dumps(tags if path == "/api/tags" else GOOD[path]))) as server:
        assert [model.name for model in OllamaServer(server.url).models()] == ["m:1b"]


@pytest.mark.parametrize("call", CALLS)
def test_a_redirect_is_not_followed_to_another_server(call: str) -> None:
    with RawServer(lambda _: reply("{}")) as other:
        message, _ = outcome(call, reply("", "307 Moved", headers=f"Location: {other.url}/api/tags\r\n"))
        assert other.paths == []
    assert NOT_OLLAMA in message


def test_a_compressed_reply_is_not_unpacked() -> None:
    """A gigabyte of zeros is a megabyte, compressed."""
    bomb = gzip.compress(b"0" * 100_000_000)
    message, _ = outcome("models", reply(bomb, headers="Content-Encoding: gzip\r\n"))
    assert "sent a compressed reply, which was not asked for" in message
