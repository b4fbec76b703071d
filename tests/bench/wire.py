"""A relay in front of Ollama that measures: every system talks through it, so all are timed at the same place."""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx

CHAT = "/api/chat"
CONNECT_SECONDS = 3.0


@dataclass
class Exchange:
    """One chat request and its reply, as they passed; times are those of `time.perf_counter`, the rest the server's."""

    body: bytes
    began: float
    first: float | None = None
    ended: float = 0.0
    text: str = ""
    prompt_tokens: int = 0
    output_tokens: int = 0
    prompt_seconds: float = 0.0

    def read(self, line: bytes) -> None:
        """Take one line of the reply, before the client sees it."""
        self.ended = time.perf_counter()
        record = json.loads(line)
        piece = (record.get("message") or {}).get("content") or ""
        if piece and self.first is None:
            self.first = self.ended
        self.text += piece
        if record.get("done"):
            self.prompt_tokens = record.get("prompt_eval_count", 0)
            self.output_tokens = record.get("eval_count", 0)
            self.prompt_seconds = record.get("prompt_eval_duration", 0) / 1e9


class Wire:
    """Relays to the Ollama server at `host` while open; `url` is where it listens, on this machine only."""

    def __init__(self, host: str, timeout: float) -> None:
        self._client = httpx.Client(
            base_url=host,
            trust_env=False,
            timeout=httpx.Timeout(timeout, connect=CONNECT_SECONDS),
            headers={"Accept-Encoding": "identity"},
        )
        self.exchanges: list[Exchange] = []

    def longest(self) -> Exchange | None:
        """Return the chat with the longest reply: where a system makes more than one, it is the answer."""
        return max(self.exchanges, key=lambda exchange: len(exchange.text), default=None)

    def __enter__(self) -> "Wire":
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Relay", (_Relay,), {"wire": self}))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._client.close()

    def relay(self, method: str, path: str, body: bytes, handler: BaseHTTPRequestHandler) -> None:
        """Pass a request on and its reply back, line by line as it comes; keep it when it is a chat."""
        exchange = Exchange(body, time.perf_counter())
        if path == CHAT:
            self.exchanges.append(exchange)
        with self._client.stream(method, path, content=body) as response:
            handler.send_response(response.status_code)
            handler.send_header("Content-Type", response.headers.get("Content-Type", "application/json"))
            handler.end_headers()
            for line in _lines(response):
                if path == CHAT and response.is_success:
                    exchange.read(line)
                handler.wfile.write(line)
                handler.wfile.flush()


class _Relay(BaseHTTPRequestHandler):
    wire: Wire

    def do_GET(self) -> None:
        self._pass_on(b"")

    def do_POST(self) -> None:
        self._pass_on(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def _pass_on(self, body: bytes) -> None:
        try:
            self.wire.relay(self.command, self.path, body, self)
        except httpx.HTTPError as error:
            self.send_error(502, str(error))
        except ConnectionError:  # the client went away, which ends the server's work
            return

    def log_message(self, *_: Any) -> None:
        return


def _lines(response: httpx.Response) -> Iterator[bytes]:
    """Yield the reply's lines, each with its end, as soon as it is whole."""
    rest = b""
    for block in response.iter_raw():
        *whole, rest = (rest + block).split(b"\n")
        yield from (line + b"\n" for line in whole)
    if rest:
        yield rest
