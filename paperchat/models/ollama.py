"""The Ollama edge: chat and embedding models behind an Ollama server. No other module knows Ollama."""

import math
import re
from collections.abc import AsyncGenerator, Generator, Iterator, Mapping, Sequence
from contextlib import aclosing, closing, contextmanager
from dataclasses import dataclass, field
from functools import cached_property, partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from paperchat.errors import ModelError
from paperchat.models.streaming import read_aside
from paperchat.types import Message, ModelInfo, Usage, Vectors

if TYPE_CHECKING:
    import httpx
    import ollama

LOOKUP_SECONDS = 20.0  # asking what is installed loads no model, so it takes milliseconds

COMFORTABLE = 9.0  # billions of parameters that an ordinary machine (16 GB) runs at reading speed

SPECIAL = re.compile(r"code|vision|vl|math|guard|base", re.IGNORECASE)  # names of models not made for general answers

_SIZE = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)([KMBT])")

_THINKS = re.compile("<(think|thinking)>")

BATCH = 32

TOP_TOKENS = 20  # the most that Ollama gives the probabilities of

BEAT = 0.2  # seconds of silence after which a reader gets control back

RETRIEVE = "Given a web search query, retrieve relevant passages that answer the query"

# What each family was trained with, from the model cards of nomic-ai/nomic-embed-text-v1.5, google/embeddinggemma-300m,
# Qwen/Qwen3-Embedding-0.6B, mixedbread-ai/mxbai-embed-large-v1, Snowflake/snowflake-arctic-embed-l-v2.0 and -l,
# intfloat/e5-mistral-7b-instruct, -/multilingual-e5-large-instruct and -/e5-large-v2. The first match counts.
PREFIXES = (
    (re.compile("nomic-embed-text"), "search_document: ", "search_query: "),
    (re.compile("embeddinggemma"), "title: none | text: ", "task: search result | query: "),
    (re.compile("qwen3-embedding"), "", f"Instruct: {RETRIEVE}\nQuery:"),
    (re.compile("snowflake-arctic-embed2"), "", "query: "),
    (re.compile("snowflake-arctic-embed|mxbai-embed"), "", "Represent this sentence for searching relevant passages: "),
    (re.compile("e5-mistral|e5-large-instruct"), "", f"Instruct: {RETRIEVE}\nQuery: "),
    (re.compile("e5-"), "passage: ", "query: "),
)


def _said(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)


# HTTP status or None for any, pattern of Ollama's words, message, fix; the first match counts.
REFUSALS = (
    (503, _said(""), "Ollama at {host} is busy.", "Ask again in a moment."),
    (404, _said("model.{0,300}not found"), "The model {model} is not installed in Ollama.", "Run: ollama pull {model}"),
    (
        None,
        _said("context (length|size|window)"),
        "The prompt is too long for {model}.",
        "Set PAPERCHAT_NUM_CTX higher.",
    ),
    (
        None,
        _said("(system|out of) memory|to allocate"),
        "{model} does not fit in memory.",
        "Run: ollama pull qwen2.5:1.5b",
    ),
)


@dataclass(eq=False)
class OllamaServer:
    """A ChatModel: the chat models of a server, run with `num_ctx` tokens; `timeout` is its longest silence, in s."""

    host: str
    model: str = ""
    num_ctx: int = 8192
    timeout: float = 300.0
    _described: dict[tuple[str, str], ModelInfo | None] = field(default_factory=dict, init=False, repr=False)

    def version(self) -> str:
        """Return the server's version."""
        return str(self._ask("/api/version", "version"))

    def loaded(self) -> tuple[tuple[str, int], ...]:
        """Return name and allocated context, in tokens, of each model now in memory."""
        return tuple((entry["name"], int(entry.get("context_length") or 0)) for entry in self._ask("/api/ps", "models"))

    def models(self) -> tuple[ModelInfo, ...]:
        """Return the chat models installed on the server's machine; models that run in a cloud are left out."""
        local = (entry for entry in self._ask("/api/tags", "models") if not _is_remote(entry))
        return tuple(info for entry in local if (info := self._describe(entry)))

    def choose(self) -> ModelInfo:
        """Return the model of the settings, else the best one installed.

        Best is the largest one up to 9 billion parameters, because a larger one does not fit an ordinary machine, and
        a general model before one for code or images; if all are larger, the smallest. Raises ModelError when none is
        installed, or the one of the settings is not, cannot chat or runs in a cloud.
        """
        best = self._describe(self.find(self.model)) if self.model else max(self.models(), key=_merit, default=None)
        if best is None:
            problem = f"{self.model} cannot chat." if self.model else "Ollama has no chat model installed."
            raise ModelError(problem, "Run: ollama pull qwen2.5:3b")
        return best

    def context(self, model: ModelInfo) -> int:
        """Return the context that `model` is run with, in tokens."""
        return min(self.num_ctx, model.context_length or self.num_ctx)

    def chat(
        self, model: ModelInfo, messages: Sequence[Message], schema: Mapping[str, Any] | None, max_tokens: int
    ) -> Iterator[str | Usage]:
        """Yield the reply's text piece by piece without its thinking and, last, a Usage; `max_tokens` is its limit.

        While the server is silent (it loads the model, or reads the prompt) an empty piece comes every BEAT. With a
        JSON `schema` the text is JSON that fits it. Closing the iterator closes the connection, which ends the
        server's work. Raises ModelError for every failure of the server; an incomplete reply is one of them.
        """
        request = {**self._request(model, messages, max_tokens), "format": schema}
        visible = _Visible()
        with closing(self._stream(model, request)) as records:
            for record in records:
                if record is None:
                    yield ""
                    continue
                if text := visible.feed(record.message.content or "", last=bool(record.done)):
                    yield text
                if record.done:
                    reason = "length" if record.done_reason == "length" else "stop"
                    yield Usage(record.prompt_eval_count or 0, record.eval_count or 0, reason)
                    return
        raise ModelError("Ollama ended the reply early: the answer is incomplete.", "Ask again.")

    def yes_probability(self, model: ModelInfo, messages: Sequence[Message]) -> float | None:
        """Return the probability, 0..1, that the reply begins with "Yes" and not "No", or None.

        None: the server gives no token probabilities, or neither word is likely. Raises ModelError as `chat` does.
        """
        odds = {"logprobs": True, "top_logprobs": TOP_TOKENS}
        chances = {"yes": 0.0, "no": 0.0}
        with closing(self._stream(model, {**self._request(model, messages, 1), **odds})) as records:
            told = [record.logprobs[0].top_logprobs for record in records if record and record.logprobs]
        for token in (told and told[0]) or ():
            word = token.token.strip().lower()
            if word in chances:
                chances[word] += math.exp(token.logprob)
        total = chances["yes"] + chances["no"]
        return chances["yes"] / total if total else None

    def _request(self, model: ModelInfo, messages: Sequence[Message], max_tokens: int) -> dict[str, Any]:
        return {
            "model": model.name,
            "messages": [{"role": message.role, "content": message.content} for message in messages],
            "options": {"num_ctx": self.context(model), "num_predict": max_tokens, "temperature": 0, "seed": 1},
        }

    def _stream(
        self, model: ModelInfo, request: Mapping[str, Any]
    ) -> Generator["ollama.ChatResponse | None", None, None]:
        """Yield the records of a reply, with thinking off where the model has any, and None while it is silent."""
        import ollama

        async def records(**options: Any) -> "AsyncGenerator[ollama.ChatResponse, None]":
            async with ollama.AsyncClient(host=self.host, **_http(self.timeout, waits=True)) as client:
                reply = await client.chat(**request, **options, stream=True)
                async with aclosing(cast("AsyncGenerator[ollama.ChatResponse, None]", reply)) as pieces:
                    async for record in pieces:
                        yield record

        off = "low" if "gpt-oss" in model.name.lower() else False  # gpt-oss knows levels only
        with _translated(self.host, model.name, self.timeout):
            try:
                yield from read_aside(partial(records, think=off if model.thinking else None), BEAT)
            except ollama.ResponseError as error:
                if not model.thinking or error.status_code != HTTPStatus.BAD_REQUEST or "think" not in error.error:
                    raise
                yield from read_aside(records, BEAT)

    def find(self, name: str) -> Mapping[str, Any]:
        """Return what /api/tags says of an installed local model, which may omit ":latest"; raises ModelError."""
        wanted = (name.lower(), f"{name.lower()}:latest")
        tags = self._ask("/api/tags", "models")
        entry: Mapping[str, Any] = next((tag for tag in tags if tag["name"].lower() in wanted), {"name": name})
        if _is_remote(entry):
            raise ModelError(f"{name} runs in a cloud: it would send papers off this machine.", "Choose a local model.")
        if "digest" not in entry:
            raise ModelError(f"The model {name} is not installed in Ollama.", f"Run: ollama pull {name}")
        return entry

    def show(self, name: str) -> Mapping[str, Any]:
        """Return what /api/show says of an installed model; raises ModelError."""
        return dict(self._ask("/api/show", body={"model": name}))

    def _describe(self, entry: Mapping[str, Any]) -> ModelInfo | None:
        key = (entry["name"], entry["digest"])
        if key not in self._described:
            self._described[key] = _model_info(entry, self.show(entry["name"]))
        return self._described[key]

    def _ask(self, path: str, key: str = "", body: Mapping[str, str] | None = None) -> Any:
        """Return the server's JSON object, or its `key`: the client's own lookups drop `remote_host`."""
        import ollama

        with _translated(self.host, (body or {}).get("model", ""), min(self.timeout, LOOKUP_SECONDS)):
            response = self._lookups.request("POST" if body else "GET", path, json=body)
            if not response.is_success:
                raise ollama.ResponseError(response.text, response.status_code)
            return response.json()[key] if key else response.json()

    @cached_property
    def _lookups(self) -> "httpx.Client":
        import httpx

        return httpx.Client(base_url=self.host, **_http(min(self.timeout, LOOKUP_SECONDS)))

    @cached_property
    def client(self) -> "ollama.Client":
        """The official client, for work that runs a model: it waits for `timeout`."""
        import ollama

        return ollama.Client(host=self.host, **_http(self.timeout))


class OllamaEmbedder:
    """An Embedder: one embedding model of an Ollama server, with the prefixes that its family was trained with."""

    def __init__(self, server_host: str, model: str, timeout: float = 300.0) -> None:
        self._server = OllamaServer(server_host, model, timeout=timeout)
        self._passage, self._query = next((row[1:] for row in PREFIXES if row[0].search(model.lower())), ("", ""))

    @cached_property
    def name(self) -> str:
        """Model and start of its digest: a model pulled anew is another embedder. Raises ModelError."""
        entry = self._server.find(self._server.model)
        if "embedding" not in self._server.show(entry["name"]).get("capabilities", ["embedding"]):
            fix = "Run: ollama pull nomic-embed-text, and set PAPERCHAT_EMBEDDER=ollama:nomic-embed-text"
            raise ModelError(f"{entry['name']} cannot embed.", fix)
        return f"ollama:{entry['name']}@{entry['digest'].removeprefix('sha256:')[:12]}"

    @cached_property
    def dimension(self) -> int:
        """Length of a vector, from a probe. Raises ModelError."""
        return len(self._embed(["dimension"])[0])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, shape (n, dimension), in the order given. Raises ModelError."""
        prefixed = [self._passage + text for text in texts]
        batches = [self._embed(prefixed[start : start + BATCH]) for start in range(0, len(prefixed), BATCH)]
        return np.concatenate(batches) if batches else np.zeros((0, self.dimension), np.float32)

    def embed_parts(self, chunks: Sequence[Sequence[str]]) -> list[Vectors]:
        """Return for each chunk (title, then sentences) its vector and each sentence's, embedded apart with the title.

        A sentence has its neighbours beside it. Raises ModelError.
        """
        texts = [text for title, *sentences in chunks for text in _windows(title, sentences)]
        ends = np.cumsum([len(parts) for parts in chunks])[:-1]
        return list(np.split(self.embed_passages(texts), ends)) if chunks else []

    def embed_query(self, text: str) -> Vectors:
        """Return the vector of a question, shape (1, dimension). Raises ModelError."""
        return self._embed([self._query + text])

    def _embed(self, texts: Sequence[str]) -> Vectors:
        _ = self.name  # refuses a cloud model and one that cannot embed before any text is sent
        with _translated(self._server.host, self._server.model, self._server.timeout):
            vectors = np.asarray(self._server.client.embed(self._server.model, texts).embeddings, np.float32)
            if len(vectors) != len(texts):
                raise ValueError(f"{len(vectors)} vectors for {len(texts)} texts")
        unit: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        return unit


def _windows(title: str, sentences: Sequence[str]) -> list[str]:
    """Return the chunk's text, then each sentence with one neighbour on each side, all with the title."""
    runs = [sentences, *(sentences[max(0, n - 1) : n + 2] for n in range(len(sentences)))]
    return [f"{title}\n{' '.join(run)}" for run in runs]


class _Visible:
    """Lets a reply's text through, but not a `<think>` or `<thinking>` block that it opens with."""

    _held: str | None = ""

    def feed(self, piece: str, last: bool) -> str:
        """Return the text that is sure to be visible; the `last` piece settles what was held back."""
        if self._held is None:
            return piece
        self._held += piece
        text = self._held.lstrip()
        block = _THINKS.match(text)
        if not block and not last and any(tag.startswith(text) for tag in ("<think>", "<thinking>")):
            return ""
        shown = text.partition(f"</{block[1]}>")[2].lstrip() if block else self._held
        self._held = None if shown else self._held
        return shown


def _http(timeout: float, *, waits: bool = False) -> dict[str, Any]:
    """Return the options of an HTTP client that talks to the given host alone: no proxy, no redirect, no API key.

    `waits` is for a client of asyncio.
    """
    import httpx

    wait = httpx.Timeout(timeout, connect=3)
    pool = httpx.Limits(max_keepalive_connections=0)  # an idle connection breaks when Ollama restarts

    # The ollama client sends OLLAMA_API_KEY, which is for ollama.com, to any host.
    def without_key(request: httpx.Request) -> None:
        request.headers.pop("authorization", None)

    async def without_key_later(request: httpx.Request) -> None:
        without_key(request)

    hooks = {"request": [without_key_later if waits else without_key]}
    return {"trust_env": False, "follow_redirects": False, "timeout": wait, "limits": pool, "event_hooks": hooks}


@contextmanager
def _translated(host: str, model: str, timeout: float) -> Iterator[None]:
    """Turn every failure of the clients inside into a ModelError."""
    import httpx
    import ollama

    try:
        yield
    except ollama.ResponseError as error:
        raise _refusal(host, model, error) from error
    except (httpx.ConnectError, httpx.ConnectTimeout, ConnectionError) as error:
        fix = "Install it from https://ollama.com/download, run: ollama serve, then: ollama pull qwen2.5:3b"
        raise ModelError(f"Ollama does not answer at {host}.", fix) from error
    except httpx.TimeoutException as error:
        fix = "The model may still be loading: ask again, or set PAPERCHAT_TIMEOUT higher." if model else "Restart it."
        raise ModelError(f"Ollama at {host} was silent for {timeout:g} s.", fix) from error
    except httpx.HTTPError as error:
        raise ModelError(f"Ollama at {host} broke off the connection.", "Ask again.") from error
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise _not_ollama(host) from error


def _refusal(host: str, model: str, error: "ollama.ResponseError") -> ModelError:
    for status, pattern, message, fix in REFUSALS:
        if status in (None, error.status_code) and pattern.search(error.error):
            return ModelError(message.format(host=host, model=model), fix.format(model=model))
    if error.status_code in (*range(300, 400), 404, 405) or error.error.lstrip().startswith("<"):
        return _not_ollama(host)
    words = " ".join(error.error.split())[:200] or f"HTTP status {error.status_code}"
    return ModelError(f"Ollama at {host} failed{model and ' for '}{model}: {words}", "Its log says more.")


def _not_ollama(host: str) -> ModelError:
    return ModelError(f"The server at {host} does not answer as Ollama does.", "Set OLLAMA_HOST to Ollama's address.")


def _is_remote(entry: Mapping[str, Any]) -> bool:
    tagged: bool = entry["name"].lower().endswith((":cloud", "-cloud"))
    return tagged or bool(entry.get("remote_host") or entry.get("remote_model"))


def _model_info(entry: Mapping[str, Any], shown: Mapping[str, Any]) -> ModelInfo | None:
    """Return a chat model's record, None for a model that cannot chat; servers before 0.6.4 do not say which can."""
    capabilities = shown.get("capabilities", ["completion"])
    if "completion" not in capabilities:
        return None
    facts = shown.get("model_info") or {}
    context = int(facts.get(f"{facts.get('general.architecture')}.context_length", 0))
    size = _billions((entry.get("details") or {}).get("parameter_size") or "")
    return ModelInfo(entry["name"], entry["digest"], context, size, thinking="thinking" in capabilities)


def _billions(size: str) -> float:
    """Return Ollama's "630.17M" or "1.8B" in billions, 0 for anything else."""
    match = _SIZE.search(size)
    return float(match[1]) * {"K": 1e-6, "M": 1e-3, "B": 1.0, "T": 1e3}[match[2]] if match else 0.0


def _merit(model: ModelInfo) -> tuple[bool, bool, float, str]:
    fits = model.parameters <= COMFORTABLE
    return fits, not SPECIAL.search(model.name), model.parameters if fits else -model.parameters, model.name
