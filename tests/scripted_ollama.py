"""A small server that speaks Ollama's API from a script, for tests.

    with ScriptedOllama() as server:
        server.replies(["Hel", "lo"], Reply(status=503, body="busy"))
        ...  # ask server.url
        assert server.chats[0]["model"] == "scripted:1b"

Each chat takes the next reply of the script, then `server.default`. One that asks for the odds of a word takes only a
plain reply: a script says what answers are, and not how they are checked. Like the real server it answers 404 for a
model it does not have and 400 for `think` to a model without thinking, and it stops when the client goes away.
"""

import json
import select
import socket
import threading
import zlib
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, ClassVar, final


@dataclass(frozen=True)
class Model:
    """A model that the server has. `digest` follows from the other fields unless given."""

    name: str = "scripted:1b"
    parameters: str = "1.5B"
    context_length: int = 32768
    capabilities: tuple[str, ...] = ("completion",)
    remote_host: str = ""
    digest: str = ""

    def tag(self) -> dict[str, Any]:
        """What /api/tags says of it."""
        digest = self.digest or sha256(repr(self).encode()).hexdigest()
        tag = {"name": self.name, "model": self.name, "digest": digest, "details": {"parameter_size": self.parameters}}
        return tag | ({"remote_host": self.remote_host} if self.remote_host else {})

    def shown(self) -> dict[str, Any]:
        """What /api/show says of it."""
        facts = {"general.architecture": "llama", "llama.context_length": self.context_length}
        return {"capabilities": list(self.capabilities), "model_info": facts, "details": self.tag()["details"]}


@dataclass(frozen=True)
class Reply:
    """One scripted answer: a stream of pieces, or a plain `body` when that or another `status` than 200 is given.

    `ending` is what follows the last piece: "done" as it should be, "cut" drops the connection, "early" ends the
    stream without its done record, and any other text is sent as an error line. `wait` and `delay` are seconds before
    the first byte and before each further piece.
    """

    pieces: Sequence[str] = ()
    thinking: Sequence[str] = ()
    status: int = 200
    body: str | None = None
    ending: str = "done"
    reason: str = "stop"
    prompt_tokens: int | None = None
    wait: float = 0.0
    delay: float | None = None

    @property
    def plain(self) -> bool:
        """Whether it is one body, not a stream."""
        return self.status != 200 or self.body is not None


@dataclass(frozen=True)
class Request:
    """One request as the server got it; header names are in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    json: Any


@final
@dataclass
class ScriptedOllama:
    """The server, running inside `with`. `delay` is the pause between pieces, in seconds."""

    models: Sequence[Model | str] = (Model(),)
    delay: float = 0.0
    dimension: int = 32
    version: str = "0.35.0"
    default: Reply = field(default_factory=lambda: Reply(["A scripted ", "reply."]))
    requests: list[Request] = field(default_factory=list)
    overrides: dict[str, Reply] = field(default_factory=dict)
    """Reply by path, instead of what the path answers otherwise: `server.overrides["/api/tags"] = Reply(...)`."""
    disconnected: threading.Event = field(default_factory=threading.Event)
    """Set when a client went away before its reply was over."""
    gone: int = 0
    """Replies that a client left before they were over."""
    sent: int = 0
    """Pieces written by all chats, thinking included."""

    def __enter__(self) -> "ScriptedOllama":
        self._script: deque[Reply] = deque()
        self._connections: set[socket.socket] = set()
        handler = type("Handler", (_Handler,), {"owner": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        for connection in list(self._connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._server.server_close()

    @property
    def url(self) -> str:
        """The server's address."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def chats(self) -> list[Any]:
        """The JSON bodies of the chats asked so far, without those for the odds of a word."""
        return [body for body in self.bodies("/api/chat") if not body.get("logprobs")]

    def bodies(self, path: str) -> list[Any]:
        """The JSON bodies of the requests to a path."""
        return [request.json for request in self.requests if request.path == path]

    def replies(self, *replies: Reply | Sequence[str]) -> None:
        """Add to the script, one reply a chat: a Reply, its pieces, or its text as one string."""
        for reply in replies:
            pieces = [reply] if isinstance(reply, str) else reply
            self._script.append(pieces if isinstance(pieces, Reply) else Reply(pieces))

    def next_reply(self) -> Reply:
        """Take the next reply of the script."""
        return self._script.popleft() if self._script else self.default

    def next_word(self) -> Reply:
        """Take the next reply to a question of one word: the script's if it is plain, else "Yes" without its odds."""
        if self._script and self._script[0].plain:
            return self._script.popleft()
        return Reply(body='{"message": {"role": "assistant", "content": "Yes"}, "done": true}')

    def find(self, name: str) -> Model | None:
        """Return the model that a request means."""
        return next((model for model in self._models() if model.name in (name, f"{name}:latest")), None)

    def state(self, path: str) -> dict[str, Any]:
        """What /api/version and /api/tags say."""
        if path == "/api/version":
            return {"version": self.version}
        return {"models": [model.tag() for model in self._models()]}

    def vector(self, text: str) -> list[float]:
        """Return the vector of a text, not of unit length: texts that share words are near."""
        counts = [0.0] * self.dimension
        for word in text.lower().split() or [""]:
            counts[zlib.crc32(word.encode()) % self.dimension] += 2.0
        return counts

    def _models(self) -> list[Model]:
        return [Model(model) if isinstance(model, str) else model for model in self.models]


class _Gone(Exception):  # noqa: N818 -- an event, not an error
    """The client went away."""


class _Handler(BaseHTTPRequestHandler):
    owner: ClassVar[ScriptedOllama]
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        super().setup()
        self.owner._connections.add(self.connection)

    def handle(self) -> None:
        with suppress(OSError):  # a client that resets its connection between two requests
            super().handle()

    def finish(self) -> None:
        self.owner._connections.discard(self.connection)
        with suppress(OSError):
            super().finish()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the base class's name
        """Say nothing."""

    def do_GET(self) -> None:
        self._serve(None)

    def do_POST(self) -> None:
        self._serve(json.loads(self.rfile.read(int(self.headers.get("content-length", 0))) or b"{}"))

    def _serve(self, body: Any) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.owner.requests.append(Request(self.command, self.path, headers, body))
        try:
            self._answer(body or {})
        except (_Gone, OSError):
            self.close_connection = True
            self.owner.gone += 1
            self.owner.disconnected.set()

    def _answer(self, body: Mapping[str, Any]) -> None:
        model = self.owner.find(body.get("model", ""))
        if reply := self.owner.overrides.get(self.path):
            self._reply(reply, body)
        elif self.command == "GET":
            self._json(self.owner.state(self.path))
        elif model is None:
            self._json({"error": f"model '{body.get('model')}' not found"}, 404)
        elif self.path == "/api/show":
            self._json(model.shown())
        elif self.path == "/api/embed":
            self._json({"model": model.name, "embeddings": [self.owner.vector(text) for text in body["input"]]})
        else:
            self._chat(model, body)

    def _chat(self, model: Model, body: Mapping[str, Any]) -> None:
        if body.get("think") and "thinking" not in model.capabilities:
            return self._json({"error": f'"{model.name}" does not support thinking'}, 400)
        owner = self.owner
        return self._reply(owner.next_word() if body.get("logprobs") else owner.next_reply(), body)

    def _reply(self, reply: Reply, body: Mapping[str, Any]) -> None:
        self._pause(reply.wait)
        if reply.plain:
            return self._send(reply.body or "", reply.status)
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ndjson")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self._pieces(reply)
        return self._end(reply, len(json.dumps(body.get("messages"))) // 4)

    def _pieces(self, reply: Reply) -> None:
        messages = [{"content": "", "thinking": piece} for piece in reply.thinking]
        messages += [{"content": piece} for piece in reply.pieces]
        for number, message in enumerate(messages):
            if number:
                self._pause(self.owner.delay if reply.delay is None else reply.delay)
            self._line({"message": {"role": "assistant", **message}, "done": False})
            self.owner.sent += 1

    def _end(self, reply: Reply, guessed_tokens: int) -> None:
        if reply.ending == "cut":
            self.close_connection = True
            return
        if reply.ending == "done":
            prompt = guessed_tokens if reply.prompt_tokens is None else reply.prompt_tokens
            counts = {"prompt_eval_count": prompt, "eval_count": len(reply.pieces), "done_reason": reply.reason}
            self._line({"message": {"role": "assistant", "content": ""}, "done": True, **counts})
        elif reply.ending != "early":
            self._line({"error": reply.ending})
        self.wfile.write(b"0\r\n\r\n")

    def _line(self, record: Mapping[str, Any]) -> None:
        line = json.dumps({"model": "scripted", **record}).encode() + b"\n"
        self.wfile.write(b"%x\r\n%s\r\n" % (len(line), line))

    def _pause(self, seconds: float) -> None:
        """Wait; raise _Gone as soon as the client goes away."""
        if select.select([self.connection], [], [], seconds)[0] and not self.connection.recv(1, socket.MSG_PEEK):
            raise _Gone

    def _json(self, answer: Mapping[str, Any], status: int = 200) -> None:
        self._send(json.dumps(answer), status)

    def _send(self, body: str, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json" if body.startswith("{") else "text/html")
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())
