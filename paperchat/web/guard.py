"""The guard in front of the page: own hosts only, small requests only, nothing loaded from elsewhere.

It also gives each browser a secret of its own, by which its conversations are known.
"""

import ipaddress
import re
import secrets
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from paperchat.settings import LOOPBACK

Message = MutableMapping[str, Any]

Receive = Callable[[], Awaitable[Message]]

Send = Callable[[Message], Awaitable[None]]

Asgi = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

MAX_BODY = 1_000_000
"""Largest request, in bytes; the longest question is far smaller."""

CLOSED = ("/gradio_api/upload",)
"""Gradio takes files here whether or not a page asks for any; this one does not."""

# Gradio's page has inline scripts and styles, and gr.HTML makes functions of js_on_load: hence the three unsafe words.
POLICY = {
    "default-src": "'none'",
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'self'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}

HEADERS = {
    "content-security-policy": "; ".join(f"{name} {allowed}" for name, allowed in POLICY.items()),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}

COOKIE = "paperchat-reader"
"""Of the browser's secret: no script reads it, and no other site sends it."""

_COOKIE_VALUE = re.compile(rf"(?:^|;\s*){COOKIE}=([\w-]{{32}})(?:;|$)")

_DAYS_400 = 400 * 24 * 3600  # the longest that browsers keep a cookie; each visit begins anew


class Guard:
    """ASGI middleware: 400 for a Host or Origin that is not ours, 413 for a large request, a policy on every reply."""

    def __init__(self, app: Asgi, host: str) -> None:
        """Guard `app`, which is served on `host`; served on every address, it answers to every address but no name."""
        self._app = app
        self._hosts = {*LOOPBACK, host.lower()}
        self._any_address = is_wildcard(host)

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Pass a good request on, and answer a bad one."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        if not self._is_ours(headers.get("host", "")) or not _is_same(headers.get("origin"), headers["host"]):
            await _refuse(send, 400, "This address is not the page's own.")
        elif scope["path"].startswith(CLOSED):
            await _refuse(send, 404, "There is nothing here.")
        else:
            body = await _read(receive)
            if body is None:
                await _refuse(send, 413, f"A request has at most {MAX_BODY:,} bytes.")
            else:
                cookie = [_cookie(headers.get("cookie", ""))] if scope["path"] == "/" else []
                await self._app(scope, _replay(body, receive), _with_headers(send, cookie))

    def _is_ours(self, host: str) -> bool:
        """Tell whether a Host header names this machine; a page that rebinds its own name to it does not."""
        try:
            parts = urlsplit(f"//{host}")
            name = parts.hostname if parts.netloc == host and "@" not in host else None
        except ValueError:
            return False
        return name is not None and (name in self._hosts or (self._any_address and _address(name) is not None))


def is_wildcard(host: str) -> bool:
    """Tell whether a host to serve on stands for every address of this machine."""
    address = _address(host)
    return address is not None and address.is_unspecified


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _is_same(origin: str | None, host: str) -> bool:
    return origin is None or origin.partition("://")[2] == host


async def _read(receive: Receive) -> list[Message] | None:
    """Return all messages of a request, or None when they are too large; a declared length is not relied on."""
    messages: list[Message] = []
    size = 0
    while not messages or messages[-1].get("more_body"):
        messages.append(await receive())
        size += len(messages[-1].get("body", b""))
        if size > MAX_BODY:
            return None
    return messages


def _replay(messages: list[Message], receive: Receive) -> Receive:
    waiting = iter(messages)

    async def replayed() -> Message:
        return next(waiting, None) or await receive()

    return replayed


def _cookie(sent: str) -> tuple[str, str]:
    """Return the header that makes a browser keep its secret, or a new one when it sent none."""
    known = _COOKIE_VALUE.search(sent)
    value = known[1] if known else secrets.token_urlsafe(24)
    return "set-cookie", f"{COOKIE}={value}; Path=/; Max-Age={_DAYS_400}; HttpOnly; SameSite=Strict"


def _with_headers(send: Send, more: Sequence[tuple[str, str]]) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            ours = [(name.encode(), value.encode()) for name, value in (*HEADERS.items(), *more)]
            message["headers"] = [*message.get("headers", []), *ours]
        await send(message)

    return sent


async def _refuse(send: Send, status: int, reason: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": reason.encode()})
