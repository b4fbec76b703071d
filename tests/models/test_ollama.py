"""The Ollama edge: which model is chosen, how a reply streams, and one clear message for each failure."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from paperchat.errors import ModelError
from paperchat.models.ollama import OllamaServer
from paperchat.models.ollama_embedder import OllamaEmbedder
from paperchat.models.recommended import best_at
from paperchat.protocols import Thought
from paperchat.types import Message, ModelInfo, Usage
from tests.scripted_ollama import Model, Reply, ScriptedOllama

THINKER = Model("thinker:4b", parameters="4B", capabilities=("completion", "thinking"))
EMBEDDER = Model("nomic-embed-text:latest", parameters="137M", capabilities=("embedding",))
BEST = best_at("http://127.0.0.1:11434")
QUESTION = [Message("system", "Be brief."), Message("user", "What is known?")]


@pytest.fixture
def server() -> Iterator[ScriptedOllama]:
    """A scripted server with the one model scripted:1b."""
    with ScriptedOllama() as running:
        yield running


def parts(server: OllamaServer, model: ModelInfo | None = None, max_tokens: int = 64) -> list[str | Thought | Usage]:
    return [part for part in server.chat(model or server.choose(), QUESTION, None, max_tokens) if part]  # no heartbeats


def shown(*pieces: str) -> str:
    with ScriptedOllama() as server:
        server.replies(pieces)
        return "".join(part for part in parts(OllamaServer(server.url)) if isinstance(part, str))


def failure(host: str, **settings: Any) -> ModelError:
    with pytest.raises(ModelError) as caught:
        parts(OllamaServer(host, **settings))
    return caught.value


def chosen(*models: Model, model: str = "") -> str:
    with ScriptedOllama(models=models) as server:
        return OllamaServer(server.url, model=model).choose().name


# What is installed


def test_models_lists_local_chat_models_with_their_facts() -> None:
    """Embedding models and cloud models are left out; sizes are in billions."""
    cloud = (Model("gpt-oss:120b-cloud"), Model("kimi:cloud"), Model("mine:latest", remote_host="https://ollama.com"))
    small = Model("small:latest", parameters="630.17M", context_length=2048)
    with ScriptedOllama(models=[THINKER, EMBEDDER, small, *cloud]) as server:
        found = OllamaServer(server.url).models()
    assert [(m.name, m.context_length, m.thinking) for m in found] == [
        ("thinker:4b", 32768, True),
        ("small:latest", 2048, False),
    ]
    assert [m.parameters for m in found] == pytest.approx([4.0, 0.63017])


def test_a_model_is_described_once_until_its_digest_changes(server: ScriptedOllama) -> None:
    """/api/show is asked once a digest."""
    ollama = OllamaServer(server.url)
    ollama.choose(), ollama.models()
    assert len(server.bodies("/api/show")) == 1
    server.models = [Model(digest="another", context_length=4096)]
    assert ollama.choose().context_length == 4096


def test_a_server_too_old_to_tell_capabilities_is_taken_to_chat(server: ScriptedOllama) -> None:
    """Ollama before 0.6.4 has no capabilities in /api/show, and may have no facts either."""
    server.overrides["/api/show"] = Reply(body="{}")
    assert OllamaServer(server.url).choose().context_length == 0


@pytest.mark.parametrize(
    ("sizes", "best"),
    [
        pytest.param({"a": "1.5B", "b": "7.6B", "c": "14B"}, "b", id="largest up to 9B"),
        pytest.param({"a": "70B", "b": "14B"}, "b", id="smallest when all are larger"),
        pytest.param({"a-coder": "7B", "b": "3B"}, "b", id="general before code"),
        pytest.param({"a-vision": "7B", "b-code": "8B"}, "b-code", id="special when there is no other"),
        pytest.param({"a-coder": "7B", "b": "70B"}, "a-coder", id="comfortable before general"),
        pytest.param({"a": "", "b": "494M"}, "b", id="unknown size last"),
    ],
)
def test_choose_takes_the_best_installed_model(sizes: dict[str, str], best: str) -> None:
    """Without a model in the settings: comfortable, then general, then large."""
    assert chosen(*(Model(name, parameters=size) for name, size in sizes.items())) == best


@pytest.mark.parametrize("name", ["other", "other:latest", "Other"])
def test_choose_takes_the_model_of_the_settings(name: str) -> None:
    """ ":latest" may be left out, and capitals do not count."""
    assert chosen(Model("big:7b", parameters="7B"), Model("other:latest"), model=name) == "other:latest"


@pytest.mark.parametrize(
    ("model", "installed", "words", "fix"),
    [
        pytest.param("qwen3:4b", [Model()], "qwen3:4b is not installed", "ollama pull qwen3:4b", id="not installed"),
        pytest.param("", [EMBEDDER], "no chat model installed", f"ollama pull {BEST}", id="none that chats"),
        pytest.param("nomic-embed-text", [EMBEDDER], "nomic-embed-text cannot chat", BEST, id="embedder"),
        pytest.param("kimi:cloud", [], "send papers off this machine", "local", id="cloud by its tag"),
        pytest.param("x:120b-cloud", [Model("x:120b-cloud")], "off this machine", "local", id="cloud, installed"),
        pytest.param("mine", [Model("mine", remote_host="https://ollama.com")], "off this", "local", id="remote"),
    ],
)
def test_choose_names_the_line_that_mends_it(model: str, installed: list[Model], words: str, fix: str) -> None:
    """A model that cannot be used is a ModelError with its fix."""
    with pytest.raises(ModelError) as caught:
        chosen(*installed, model=model)
    assert words in caught.value.message
    assert fix in caught.value.fix


def test_context_is_never_more_than_the_model_has() -> None:
    """The smaller of setting and model counts; an unknown context is the setting."""
    ollama = OllamaServer("http://unused", num_ctx=8192)
    lengths = {length: ollama.context(ModelInfo("m", "d", length, 1, thinking=False)) for length in (2048, 131072, 0)}
    assert lengths == {2048: 2048, 131072: 8192, 0: 8192}


def test_the_version_is_the_server_s(server: ScriptedOllama) -> None:
    """`paperchat doctor` shows it."""
    assert OllamaServer(server.url).version() == "0.35.0"


# A reply


def test_a_reply_streams_its_pieces_and_then_what_was_counted(server: ScriptedOllama) -> None:
    """The last part is the Usage; a full reply and one cut by its limit differ in `reason`."""
    server.replies(Reply(["Hel", "lo"], prompt_tokens=12), Reply(["Hel"], prompt_tokens=12, reason="length"))
    assert parts(OllamaServer(server.url)) == ["Hel", "lo", Usage(12, 2, "stop")]
    assert parts(OllamaServer(server.url)) == ["Hel", Usage(12, 1, "length")]


def test_a_request_fixes_context_length_and_chance(server: ScriptedOllama) -> None:
    """Greedy decoding with a fixed seed; no format and no think unless they are wanted."""
    parts(OllamaServer(server.url, num_ctx=4096), max_tokens=99)
    (body,) = server.chats
    assert body["options"] == {"num_ctx": 4096, "num_predict": 99, "temperature": 0, "seed": 1}
    assert body["messages"] == [{"role": m.role, "content": m.content} for m in QUESTION]
    assert body["stream"] is True
    assert not {"format", "think"} & set(body)


def test_a_schema_is_sent_as_the_format(server: ScriptedOllama) -> None:
    """The server constrains the reply, so the schema goes there as it is."""
    ollama, schema = OllamaServer(server.url), {"type": "object", "properties": {"a": {"type": "integer"}}}
    list(ollama.chat(ollama.choose(), QUESTION, schema, 10))
    assert server.chats[0]["format"] == schema


@pytest.mark.parametrize(
    ("model", "think"),
    [(Model(), None), (THINKER, False), (Model("gpt-oss:20b", "20B", 8192, THINKER.capabilities), "low")],
)
def test_thinking_is_turned_off_only_where_there_is_any(model: Model, think: object) -> None:
    """gpt-oss cannot be turned off, it knows levels."""
    with ScriptedOllama(models=[model]) as server:
        parts(OllamaServer(server.url))
    assert server.chats[0].get("think") == think


def test_thinking_is_never_shown() -> None:
    """What comes in the `thinking` field is not text of the reply."""
    with ScriptedOllama(models=[THINKER]) as server:
        server.replies(Reply(["Yes."], thinking=["Let me", " see"]))
        assert parts(OllamaServer(server.url))[:-1] == ["Yes."]


@pytest.mark.parametrize(
    ("pieces", "visible"),
    [
        pytest.param(["<think>a</think>", "Yes."], "Yes.", id="whole"),
        pytest.param(["\n<th", "ink>", "a <b", "> </thi", "nk>", "\n\n", "Yes", "."], "Yes.", id="split"),
        pytest.param(["<thinking>a</think></thinking> Yes."], "Yes.", id="thinking"),
        pytest.param(["<think>never closed"], "", id="never closed"),
        pytest.param(["<", "t", "d> is", " a cell"], "<td> is a cell", id="another tag"),
        pytest.param([" ", "Yes <think>", " no"], " Yes <think> no", id="not at the start"),
        pytest.param(["<th"], "<th", id="ends within what may be a tag"),
    ],
)
def test_a_think_block_at_the_start_is_removed(pieces: list[str], visible: str) -> None:
    """However the block is cut into pieces; anywhere else it is text."""
    assert shown(*pieces) == visible


@pytest.mark.parametrize("words", ['"thinker:4b" does not support thinking', 'think value "low" is not supported'])
def test_a_model_that_refuses_think_is_asked_once_without(words: str) -> None:
    """The server's list of capabilities may be wrong about thinking."""
    with ScriptedOllama(models=[THINKER]) as server:
        server.replies(Reply(status=400, body=json.dumps({"error": words})), ["Yes."])
        assert parts(OllamaServer(server.url))[0] == "Yes."
    assert [body.get("think") for body in server.chats] == [False, None]


def test_think_is_retried_only_once() -> None:
    """A server that refuses twice is a failure."""
    with ScriptedOllama(models=[THINKER]) as server:
        server.default = Reply(status=400, body='{"error": "does not support thinking"}')
        assert "does not support thinking" in failure(server.url).message
    assert len(server.chats) == 2


def test_closing_the_reply_closes_the_connection_at_once(server: ScriptedOllama) -> None:
    """The server sees it between two pieces, so it stops its work."""
    server.replies(Reply(["a "] * 1000, delay=600))
    ollama = OllamaServer(server.url)
    reply = cast("Any", ollama.chat(ollama.choose(), QUESTION, None, 1000))
    assert next(filter(None, reply)) == "a "
    reply.close()
    assert server.disconnected.wait(30)
    assert server.sent == 1


def test_a_silent_server_can_be_left_before_its_first_byte(server: ScriptedOllama) -> None:
    """An empty piece gives control back while the model loads; closing then is seen by the server."""
    server.replies(Reply(["late"], wait=600))
    ollama = OllamaServer(server.url)
    with closing(cast("Any", ollama.chat(ollama.choose(), QUESTION, None, 10))) as reply:
        assert next(reply) == ""
    assert server.disconnected.wait(30)
    assert server.sent == 0


# Failures


def test_a_server_that_is_not_there_is_named_with_how_to_get_it() -> None:
    """The discard port answers nobody."""
    error = failure("http://127.0.0.1:9")
    assert error.message == "Ollama does not answer at http://127.0.0.1:9."
    assert "https://ollama.com/download" in error.fix
    assert "ollama serve" in error.fix


def refused(status: int, words: str) -> Reply:
    return Reply(status=status, body=json.dumps({"error": words}))


@pytest.mark.parametrize(
    ("reply", "message", "fix"),
    [
        pytest.param(refused(404, "model 'x' not found"), "not installed", "ollama pull scripted:1b", id="removed"),
        pytest.param(
            refused(400, "the prompt is longer than the context length currently available"),
            "too long for scripted:1b",
            "PAPERCHAT_NUM_CTX",
            id="context",
        ),
        pytest.param(refused(503, "server busy, please try again."), "busy", "again", id="busy"),
        pytest.param(
            refused(500, "model requires more system memory (5.6 GiB) than is available (3.1 GiB)"),
            "scripted:1b does not fit in memory",
            "ollama pull qwen2.5:1.5b",
            id="memory",
        ),
        pytest.param(
            refused(500, "llama runner process has terminated: cudaMalloc failed: out of memory"),
            "does not fit in memory",
            "ollama pull",
            id="graphics memory",
        ),
        pytest.param(refused(500, "unexpected\n EOF"), "failed for scripted:1b: unexpected EOF.", "log", id="other"),
        pytest.param(refused(500, "it has ended."), "failed for scripted:1b: it has ended.", "log", id="a sentence"),
        pytest.param(Reply(status=403, body=""), "HTTP status 403", "log", id="without a word"),
        pytest.param(Reply(["Hel"], ending="boom {x}"), "boom {x}", "log", id="error line"),
        pytest.param(Reply(["Hel"], ending="cut"), "broke off the connection", "again", id="cut"),
        pytest.param(Reply(["Hel"], ending="early"), "the answer is incomplete", "again", id="no done record"),
        pytest.param(Reply(body="<html>hello</html>"), "does not answer as Ollama does", "OLLAMA_HOST", id="HTML"),
        pytest.param(Reply(body='["a"]\n'), "does not answer as Ollama does", "OLLAMA_HOST", id="other JSON"),
        pytest.param(Reply(status=404, body='{"detail": "Not Found"}'), "as Ollama does", "OLLAMA_HOST", id="no path"),
        pytest.param(Reply(status=302, body=""), "as Ollama does", "OLLAMA_HOST", id="redirect"),
    ],
)
def test_each_failure_of_a_reply_has_its_own_message(
    server: ScriptedOllama, reply: Reply, message: str, fix: str
) -> None:
    """One line says what happened, another what to do."""
    server.replies(reply)
    error = failure(server.url)
    assert message in error.message
    assert fix in error.fix
    assert "Traceback" not in str(error)


@pytest.mark.parametrize("ending", ["cut", "early", "boom"])
def test_the_text_before_a_failure_is_kept(server: ScriptedOllama, ending: str) -> None:
    """The pieces were yielded before the error is raised."""
    server.replies(Reply(["Hel", "lo"], ending=ending))
    ollama = OllamaServer(server.url)
    reply = filter(None, ollama.chat(ollama.choose(), QUESTION, None, 10))
    assert [next(reply), next(reply)] == ["Hel", "lo"]
    with pytest.raises(ModelError):
        next(reply)


@pytest.mark.parametrize("reply", [Reply(["a"], wait=5), Reply(["a", "b"], delay=5)], ids=["loading", "mid-stream"])
def test_a_silent_server_is_given_up_after_the_timeout(server: ScriptedOllama, reply: Reply) -> None:
    """The message says that a model may be loading, and which setting waits longer."""
    server.replies(reply)
    error = failure(server.url, timeout=0.3)
    assert "silent for 0.3 s" in error.message
    assert "loading" in error.fix
    assert "PAPERCHAT_TIMEOUT" in error.fix


def test_a_lookup_does_not_blame_the_model_for_silence(server: ScriptedOllama) -> None:
    """Asking what is installed loads nothing."""
    server.overrides["/api/tags"] = Reply(wait=5)
    error = failure(server.url, timeout=0.3)
    assert "silent" in error.message
    assert "loading" not in str(error)


@pytest.mark.parametrize("body", ["<html>router</html>", "[]", "{}", "null", "plain"])
@pytest.mark.parametrize("path", ["/api/tags", "/api/version"])
def test_another_server_on_the_port_is_recognised(server: ScriptedOllama, path: str, body: str) -> None:
    """Whatever it answers to a lookup, it is not a traceback."""
    server.overrides[path] = Reply(body=body)
    ollama = OllamaServer(server.url)
    ask = {"/api/tags": ollama.models, "/api/version": ollama.version}[path]
    with pytest.raises(ModelError, match="does not answer as Ollama does"):
        ask()


def test_a_model_that_the_server_cannot_describe_is_named(server: ScriptedOllama) -> None:
    """A broken download is told from a broken server."""
    server.overrides["/api/show"] = refused(500, "unable to read blob")
    assert "failed for scripted:1b: unable to read blob" in failure(server.url).message


# What leaves this machine


def test_no_key_of_the_environment_is_sent_and_no_proxy_is_used(
    server: ScriptedOllama, monkeypatch: pytest.MonkeyPatch
) -> None:
    """OLLAMA_API_KEY is for ollama.com, and a proxy is none of 127.0.0.1's."""
    monkeypatch.setenv("OLLAMA_API_KEY", "secret")
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server.models = [Model(), EMBEDDER]
    parts(OllamaServer(server.url))
    OllamaEmbedder(server.url, "nomic-embed-text").embed_query("a")
    assert {request.path for request in server.requests} == {"/api/tags", "/api/show", "/api/chat", "/api/embed"}
    assert "secret" not in str(server.requests)


def test_importing_the_module_is_cheap() -> None:
    """The client is imported where a server is first asked."""
    code = "import paperchat.models.ollama, sys; assert not {'ollama', 'httpx', 'pydantic'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parent.parent.parent)


# Embedding


@pytest.fixture
def embedding() -> Iterator[ScriptedOllama]:
    """A scripted server with an embedding model."""
    with ScriptedOllama(models=[Model(), EMBEDDER]) as running:
        yield running


def test_vectors_are_unit_rows_in_the_order_given(embedding: ScriptedOllama) -> None:
    """More texts than a batch take several requests of 32."""
    texts = [f"word{number}" for number in range(70)]
    embedder = OllamaEmbedder(embedding.url, "nomic-embed-text")
    vectors = embedder.embed_passages(texts)
    assert vectors.shape == (70, embedder.dimension) == (70, 32)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(70))
    assert vectors[69] == pytest.approx(embedder.embed_passages(["word69"])[0])
    assert [len(body["input"]) for body in embedding.bodies("/api/embed")][:3] == [32, 32, 6]
    assert "truncate" not in embedding.bodies("/api/embed")[0]


def test_no_text_is_no_row(embedding: ScriptedOllama) -> None:
    """The width is still the model's."""
    assert OllamaEmbedder(embedding.url, "nomic-embed-text").embed_passages([]).shape == (0, 32)


def test_a_model_pulled_anew_is_another_embedder(embedding: ScriptedOllama) -> None:
    """The name holds the start of the digest, and does not depend on how the settings spell the model."""
    name = OllamaEmbedder(embedding.url, "nomic-embed-text").name
    assert name == OllamaEmbedder(embedding.url, "nomic-embed-text:latest").name
    assert name == f"ollama:nomic-embed-text:latest@{EMBEDDER.tag()['digest'][:12]}"
    embedding.models = [Model(EMBEDDER.name, capabilities=("embedding",), digest="sha256:" + "f" * 64)]
    assert OllamaEmbedder(embedding.url, "nomic-embed-text").name == f"ollama:nomic-embed-text:latest@{'f' * 12}"


SEARCH = "Represent this sentence for searching relevant passages: "
INSTRUCT = "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:"


@pytest.mark.parametrize(
    ("model", "passage", "query"),
    [
        ("nomic-embed-text-v2-moe", "search_document: ", "search_query: "),
        ("embeddinggemma:300m", "title: none | text: ", "task: search result | query: "),
        ("qwen3-embedding:0.6b", "", INSTRUCT),
        ("mxbai-embed-large", "", SEARCH),
        ("snowflake-arctic-embed:s", "", SEARCH),
        ("snowflake-arctic-embed2", "", "query: "),
        ("hf.co/x/E5-Mistral-7b-instruct", "", f"{INSTRUCT} "),
        ("jeffh/intfloat-multilingual-e5-large:f16", "passage: ", "query: "),
        ("bge-m3", "", ""),
        ("all-minilm", "", ""),
    ],
)
def test_texts_have_the_prefix_that_the_model_was_trained_with(model: str, passage: str, query: str) -> None:
    """By the family that the model's name tells."""
    with ScriptedOllama(models=[Model(model, capabilities=("embedding",))]) as server:
        embedder = OllamaEmbedder(server.url, model)
        embedder.embed_passages(["text"])
        embedder.embed_query("question")
    assert [body["input"] for body in server.bodies("/api/embed")] == [[f"{passage}text"], [f"{query}question"]]


@pytest.mark.parametrize(
    ("model", "words", "fix"),
    [
        pytest.param("bge-m3", "bge-m3 is not installed", "ollama pull bge-m3", id="not installed"),
        pytest.param("scripted:1b", "scripted:1b cannot embed", "ollama pull nomic-embed-text", id="a chat model"),
        pytest.param("x:cloud", "off this machine", "local", id="cloud"),
    ],
)
def test_a_model_that_cannot_embed_is_refused_before_any_text_is_sent(
    embedding: ScriptedOllama, model: str, words: str, fix: str
) -> None:
    """Each with the line that mends it."""
    with pytest.raises(ModelError) as caught:
        OllamaEmbedder(embedding.url, model).embed_passages(["secret"])
    assert words in caught.value.message
    assert fix in caught.value.fix
    assert not embedding.bodies("/api/embed")


@pytest.mark.parametrize("vectors", [[], [[1.0], [2.0]], [[1.0, 2.0], [1.0]]], ids=["none", "too many", "ragged"])
def test_a_wrong_number_of_vectors_is_refused(embedding: ScriptedOllama, vectors: list[list[float]]) -> None:
    """A row must not go to another text."""
    embedding.overrides["/api/embed"] = Reply(body=json.dumps({"embeddings": vectors}))
    with pytest.raises(ModelError, match="does not answer as Ollama does"):
        OllamaEmbedder(embedding.url, "nomic-embed-text").embed_query("a")


def test_an_embedding_failure_names_the_model(embedding: ScriptedOllama) -> None:
    """Embedding fails by the same messages as chat."""
    embedding.overrides["/api/embed"] = refused(500, "failed to encode response")
    with pytest.raises(ModelError, match="failed for nomic-embed-text: failed to encode response"):
        OllamaEmbedder(embedding.url, "nomic-embed-text").embed_query("a")


# A real server


def ask(
    server: OllamaServer, text: str, schema: dict[str, Any] | None = None, tokens: int = 40
) -> Iterator[str | Thought | Usage]:
    return server.chat(server.choose(), [Message("user", text)], schema, tokens)


@pytest.mark.ollama
def test_a_real_reply_streams_to_its_usage(real_ollama: str) -> None:
    """Text in pieces, then counts that respect the limit."""
    *text, usage = ask(OllamaServer(real_ollama, num_ctx=2048), "Count from one to fifty in words.", tokens=12)
    assert len(text) > 3
    assert isinstance(usage, Usage)
    assert usage.prompt_tokens > 5
    assert (usage.output_tokens, usage.reason) == (12, "length")


@pytest.mark.ollama
def test_closing_a_real_reply_frees_the_server(real_ollama: str) -> None:
    """A following short question does not wait, silent, for the long answer that was left."""
    server = OllamaServer(real_ollama, num_ctx=2048, timeout=15)
    with closing(cast("Any", ask(server, "Write a long story about the sea.", tokens=1500))) as reply:
        next(filter(None, reply))
    assert len(list(ask(server, "Say yes.", tokens=2))) > 1


@pytest.mark.ollama
def test_a_real_reply_fits_its_schema(real_ollama: str) -> None:
    """The constrained text parses and has the fields asked for."""
    schema = {"type": "object", "properties": {"colour": {"type": "string"}}, "required": ["colour"]}
    *text, usage = ask(OllamaServer(real_ollama, num_ctx=2048), "Which colour is the sky?", schema)
    assert set(json.loads("".join(str(part) for part in text))) == {"colour"}
    assert cast("Usage", usage).reason == "stop"
