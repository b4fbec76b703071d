"""The connection to a model server: that host alone, bounded replies, and one ModelError for each way it can fail.

The one place that knows HTTP and the official client. It is imported where a server is first asked: it costs a second.
"""

import re
import ssl
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Generator, Iterator, Mapping, Sequence
from contextlib import aclosing, closing, contextmanager
from http import HTTPStatus
from typing import Any, TypeVar, cast

import httpx
import ollama

from paperchat.errors import ModelError
from paperchat.models.recommended import TABLE, best_at
from paperchat.models.streaming import read_aside
from paperchat.text.cleaning import printable
from paperchat.text.once import once

Read = TypeVar("Read")

LOOKUP_SECONDS = 20.0  # asking what is installed loads no model, so it takes milliseconds

BEAT = 0.2  # seconds of silence after which a reader gets control back

MOST_BYTES = 8_000_000  # of a reply: 32 vectors of 8,192 numbers have 6 million, 8,192 streamed tokens 2

LINE_BYTES = 1_000_000  # of a streamed record: one with the odds of 20 tokens has some 3,000

REFUSAL_BYTES = 64_000  # of what comes with an HTTP error: what follows is not read

SAID, TOLD = 2000, 200  # characters of the server's own words that are looked at, and those in a message

_ANY = re.compile("")
_MISSING = re.compile(r"model.{0,300}not found", re.IGNORECASE | re.DOTALL)
_TOO_LONG = re.compile(r"context (?:length|size|window)", re.IGNORECASE)
_TOO_LARGE = re.compile(r"(?:system|out of) memory|to allocate", re.IGNORECASE)

# HTTP status or None for any, pattern of Ollama's words, message, fix; the first match counts.
REFUSALS = (
    (503, _ANY, "Ollama at {host} is busy.", "Ask again in a moment."),
    (404, _MISSING, "The model {model} is not installed in Ollama.", "Run: ollama pull {model}"),
    (None, _TOO_LONG, "The prompt is too long for {model}.", "Set PAPERCHAT_NUM_CTX higher."),
    (None, _TOO_LARGE, "{model} does not fit in memory.", f"Run: ollama pull {TABLE[0].name}"),
)


class Connection:
    """A model server at `host`; `timeout` is its longest silence while a model works, in seconds."""

    def __init__(self, host: str, timeout: float) -> None:
        self._host, self._timeout = host, timeout

    def ask(self, path: str, read: Callable[[Any], Read], body: Mapping[str, str] | None = None) -> Read:
        """Return what `read` makes of the server's JSON: the official client's lookups drop `remote_host`."""
        seconds = min(self._timeout, LOOKUP_SECONDS)

        async def reply() -> AsyncGenerator[Any, None]:
            async with httpx.AsyncClient(base_url=self._host, **_options(self._host, seconds)) as client:
                response = await client.request("POST" if body else "GET", path, json=body)
                if not response.is_success:
                    raise ollama.ResponseError(response.text, response.status_code)
                yield response.json()

        with _translated(self._host, (body or {}).get("model", ""), seconds):
            return read(_first(reply, seconds))

    def embed(self, model: str, texts: Sequence[str], read: Callable[[Any], Read]) -> Read:
        """Return what `read` makes of the vectors of these texts."""

        async def reply() -> AsyncGenerator[Any, None]:
            async with ollama.AsyncClient(host=self._host, **_options(self._host, self._timeout)) as client:
                yield (await client.embed(model, texts)).embeddings

        with _translated(self._host, model, self._timeout):
            return read(_first(reply, self._timeout))

    def chat(
        self, request: Mapping[str, Any], think: bool | str | None = None
    ) -> Generator[ollama.ChatResponse | None, None, None]:
        """Yield the records of a reply, and None every BEAT of silence; a server that refuses `think` gets none."""
        with _translated(self._host, request["model"], self._timeout):
            try:
                yield from self._records({**request, "think": think})
            except ollama.ResponseError as error:
                refused = error.status_code == HTTPStatus.BAD_REQUEST and "think" in str(error.error)
                if think is None or not refused:
                    raise
                yield from self._records(request)

    def _records(self, request: Mapping[str, Any]) -> Generator[ollama.ChatResponse | None, None, None]:
        async def records() -> AsyncGenerator[ollama.ChatResponse, None]:
            async with ollama.AsyncClient(host=self._host, **_options(self._host, self._timeout)) as client:
                reply = cast("AsyncGenerator[ollama.ChatResponse, None]", await client.chat(**request, stream=True))
                async with aclosing(reply) as pieces:
                    async for record in pieces:
                        yield record

        with closing(read_aside(records, BEAT)) as pieces:
            silent = 0.0  # seconds; a record that says nothing is silence too
            while True:
                began = time.monotonic()
                try:
                    record = next(pieces)
                except StopIteration:
                    return
                silent = 0.0 if record and _says_something(record) else silent + time.monotonic() - began
                if silent > self._timeout:
                    raise httpx.ReadTimeout("nothing was said")
                yield record


def _first(source: Callable[[], AsyncGenerator[Any, None]], seconds: float) -> Any:
    """Return what `source` yields first, if it does within `seconds`: a byte now and then does not count."""
    ends = time.monotonic() + seconds
    with closing(read_aside(source, BEAT)) as pieces:
        for piece in pieces:
            if piece is not None:
                return piece
            if time.monotonic() > ends:
                raise httpx.ReadTimeout("no whole reply")
    raise ValueError("null")


def _says_something(record: ollama.ChatResponse) -> bool:
    return bool(record.message.content or record.message.thinking or record.logprobs or record.done)


class _Excess(Exception):  # noqa: N818 -- what the server sent
    """The server sent what no model server sends, and it was not read."""


class _Transport(httpx.AsyncHTTPTransport):
    """Sends no key, asks for plain bytes, and reads no more of a reply than it may have."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        request.headers.pop("authorization", None)  # the client sends OLLAMA_API_KEY, for ollama.com, to any host
        request.headers["accept-encoding"] = "identity"
        response = await super().handle_async_request(request)
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            await response.aclose()
            raise _Excess("a compressed reply, which was not asked for")
        response.headers["content-type"] = "application/json; charset=utf-8"  # it is nothing else, whatever it says
        stream = cast("httpx.AsyncByteStream", response.stream)
        response.stream = _Bounded(stream, not response.is_success, request.url.path.endswith("/chat"))
        return response


class _Bounded(httpx.AsyncByteStream):
    """The bytes of a reply up to its limits; those of a refusal end there, any other raises _Excess."""

    def __init__(self, stream: httpx.AsyncByteStream, refused: bool, in_lines: bool) -> None:
        self._stream, self._refused, self._in_lines = stream, refused, in_lines

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = line = 0
        async for chunk in self._stream:
            size += len(chunk)
            line = len(chunk) - end - 1 if (end := chunk.rfind(b"\n")) >= 0 else line + len(chunk)
            if self._refused and size > REFUSAL_BYTES:
                yield chunk[: REFUSAL_BYTES - size]
                return
            if size > MOST_BYTES or (self._in_lines and line > LINE_BYTES):
                raise _Excess("more than any reply has")
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()


def _options(host: str, timeout: float) -> dict[str, Any]:
    """Return the options of a client that talks to its host alone: no proxy, no redirect, nothing of .netrc."""
    limits = httpx.Limits(max_keepalive_connections=0)  # an idle connection breaks when Ollama restarts
    authorities = _authorities() if host.startswith("https:") else False  # reading them takes a while; http needs none
    transport = _Transport(verify=authorities, limits=limits, trust_env=False)
    wait = httpx.Timeout(timeout, connect=3)
    return {"transport": transport, "trust_env": False, "follow_redirects": False, "timeout": wait}


@once
def _authorities() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


@contextmanager
def _translated(host: str, model: str, timeout: float) -> Iterator[None]:
    """Turn every failure of the clients, and of what reads their replies, into a ModelError."""
    try:
        yield
    except ollama.ResponseError as error:
        raise _refusal(host, model, error.status_code, str(error.error)) from error
    except (httpx.ConnectError, httpx.ConnectTimeout, ConnectionError) as error:
        install = f"If it is not installed: https://ollama.com/download, then: ollama pull {best_at(host)}"
        fix = f"Run: ollama serve. {install}"
        raise ModelError(f"Ollama does not answer at {host}.", fix) from error
    except httpx.TimeoutException as error:
        fix = "The model may still be loading: ask again, or set PAPERCHAT_TIMEOUT higher." if model else "Restart it."
        raise ModelError(f"Ollama at {host} was silent for {timeout:g} s.", fix) from error
    except _Excess as error:
        raise ModelError(f"The server at {host} sent {error}.", "Set OLLAMA_HOST to Ollama's address.") from error
    except httpx.HTTPError as error:
        raise ModelError(f"Ollama at {host} broke off the connection.", "Ask again.") from error
    except (LookupError, TypeError, AttributeError, ValueError, ArithmeticError, RecursionError) as error:
        raise _not_ollama(host) from error


def _refusal(host: str, model: str, status: int, said: str) -> ModelError:
    for wanted, pattern, message, fix in REFUSALS:
        if wanted in (None, status) and pattern.search(said[:SAID]):
            return ModelError(message.format(host=host, model=model), fix.format(model=model))
    if status in (*range(300, 400), 404, 405) or said.lstrip().startswith("<"):
        return _not_ollama(host)
    words = " ".join(printable(said[:SAID]).split())[:TOLD].rstrip(" .") or f"HTTP status {status}"
    return ModelError(f"Ollama at {host} failed{model and ' for '}{model}: {words}.", "Its log says more.")


def _not_ollama(host: str) -> ModelError:
    return ModelError(f"The server at {host} does not answer as Ollama does.", "Set OLLAMA_HOST to Ollama's address.")
