"""What stands between the network and the page: only our own host names, small requests, and a strict policy."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

MAX_BODY = 2_000_000
"""Largest request, in bytes: a question is far smaller."""

# Gradio's own scripts are inline, and gr.HTML starts its script with Function(): hence the two "unsafe" words.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; "
    "form-action 'none'; frame-ancestors 'none'"
)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class Guard:
    """ASGI middleware: refuses foreign hosts (DNS rebinding), other origins and large bodies, adds the policy."""

    def __init__(self, app: Any, allowed: frozenset[str] | None) -> None:
        """Wrap an ASGI app; `allowed` holds host names, None allows any."""
        self._app, self._allowed = app, allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it with 400 or 413."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        host = headers.get("host", "")
        if not self._ours(host) or headers.get("origin", f"//{host}").partition("//")[2] != host:
            await _refuse(send, 400, b"This host name is not served.")
        elif "transfer-encoding" in headers or int(headers.get("content-length") or 0) > MAX_BODY:
            await _refuse(send, 413, b"The request is too large.")
        else:
            await self._app(scope, receive, _with_policy(send))

    def _ours(self, address: str) -> bool:
        if self._allowed is None:
            return True
        try:
            return urlsplit(f"//{address}").hostname in self._allowed
        except ValueError:
            return False


def _with_policy(send: Send) -> Send:
    async def send_with_policy(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            extra = [
                (b"content-security-policy", POLICY.encode()),
                (b"referrer-policy", b"no-referrer"),
                (b"x-content-type-options", b"nosniff"),
            ]
            message = {**message, "headers": [*message.get("headers", []), *extra]}
        await send(message)

    return send_with_policy


async def _refuse(send: Send, status: int, text: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": text})
