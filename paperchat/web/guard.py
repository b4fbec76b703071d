"""The guard in front of the page: own hosts only, the page's own requests only, nothing loaded from elsewhere.

It also gives each browser a secret of its own, by which its conversations are known.
"""

import ipaddress
import re
import secrets
from collections import OrderedDict
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from paperchat.settings import LOOPBACK
from paperchat.web.doors import ASKED, JOIN, RUN, SHELL, STREAM, UPLOAD, UPLOADED, Door, Function, find_door, read_call
from paperchat.web.uploads import Uploads

MAX_BODY = 1_000_000
"""Largest request, in bytes; the longest question is far smaller."""

SESSIONS = 10_000
"""Most tabs whose reader is remembered."""

KEPT_HEADERS = ("host", "accept-encoding", "if-none-match", "if-modified-since")
"""What is passed on as it was sent; Gradio believes others too, such as X-Forwarded-Host."""

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
"""Of the browser's secret: no script reads it, and no other site sends it but by a link to the page, which must know
its reader: without it, it would be given another."""

TOKEN = "x-paperchat-token"  # the header that carries it
"""Of the secret that opens the door for commands."""

FULL = b"Too many questions wait already. Ask again in a minute."
"""Said where Gradio has no room for another event; who waits for a place is told by `places`."""

_SECRET = re.compile(r"[A-Za-z0-9_-]{32}")

_DAYS_400 = 400 * 24 * 3600  # the longest that browsers keep a cookie; each visit begins anew


class Guard:
    """ASGI middleware: passes on what the page itself asks for, made anew from what was understood of it.

    400 for a Host or Origin that is not ours and for a body that the page does not send, 404 for any other route and
    for another reader's session, 413 for a large request, 415 for one that is not JSON, 503 in a line of ours when
    too many events wait; a policy on every reply.
    """

    def __init__(
        self, app: ASGIApp, host: str, functions: Mapping[int, Function], uploads: Uploads, token: str = ""
    ) -> None:
        """Guard `app`, which is served on `host`; served on every address, it answers to every address but no name.

        Who sends the `token` from this machine may come to the door for commands; without one it is shut.
        """
        self._uploads, self._token = uploads, token
        self._app = app
        self._hosts = {*LOOPBACK, host.lower()}
        self._any_address = is_wildcard(host)
        self._functions = functions
        self._sessions = _Sessions()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a good request on, and answer a bad one."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] != "http":
            await WebSocketClose(1008)(scope, receive, send)
        else:
            request, send = Request(scope, receive), _with_policy(send)
            try:
                passed, body = await self._checked(request)
            except ClientDisconnect:
                return
            except HTTPException as refused:
                reply = PlainTextResponse(refused.detail, refused.status_code, {"connection": "close"})
                await reply(scope, receive, send)
                return
            if body is None:
                await self._uploads.pass_on(self._app, passed, receive, send)
                return
            cookie = _cookie(_secret(request)) if scope["path"] == "/" else ""
            await self._app(passed, _replay(body, receive), _with_cookie(_in_a_line(send), cookie))

    async def _checked(self, request: Request) -> tuple[Scope, bytes | None]:
        """Return what is passed on of a request, an upload without its body; raise HTTPException for a refused one."""
        self._check_address(request)
        door, session = find_door(request.method, _path(request.scope), request.scope["query_string"].decode("latin-1"))
        reader = _secret(request)
        if door is UPLOAD:
            self._uploads.check(request.headers, reader)
            return _made(request, f"{ASKED[door]}={session}", None, reader), None
        if door is SHELL:
            self._check_command(request)
        body = await _body(request)
        if request.method != "POST":
            body = b""
        elif request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise HTTPException(415, "A request is JSON.")
        if door in (JOIN, RUN):
            call = read_call(body, self._functions, door is JOIN)
            session, body = call.session_hash, call.body()
            if call.files and not self._uploads.belong(call.files, reader):
                raise HTTPException(404, "There is nothing here.")
        if door is not UPLOADED:
            self._check_session(door, session, reader)
        return _made(request, f"{ASKED[door]}={session}" if door in ASKED else "", body, reader), body

    def _check_address(self, request: Request) -> None:
        hosts, origins = request.headers.getlist("host"), request.headers.getlist("origin")
        if len(hosts) != 1 or not self._is_ours(hosts[0]) or any(not _is_same(origin, hosts[0]) for origin in origins):
            raise HTTPException(400, "This address is not the page's own.")

    def _check_command(self, request: Request) -> None:
        """A command comes from this machine, from no page of a browser, and knows the secret."""
        sent, client = request.headers.getlist(TOKEN), request.client
        known = len(sent) == 1 and self._token and secrets.compare_digest(sent[0].encode(), self._token.encode())
        here = client and (address := _address(client.host)) and _unmapped(address).is_loopback
        if not (known and here) or "origin" in request.headers:
            raise HTTPException(404, "There is nothing here.")

    def _check_session(self, door: Door, session: str, reader: str) -> None:
        """A session is the reader's who first called a function in it, and has no stream before."""
        if door in (JOIN, RUN):
            self._sessions.claim(session, reader)
        if session and self._sessions.owner(session, None if door is STREAM else reader) != reader:
            raise HTTPException(404, "There is nothing here.")

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


def _unmapped(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """Return an IPv4 address as one, though a socket for both kinds tells it as IPv6."""
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def _is_same(origin: str, host: str) -> bool:
    return origin.partition("://")[2] == host


class _Sessions:
    """The reader of each tab that asked something, the latest ones."""

    def __init__(self) -> None:
        self._readers: OrderedDict[str, str] = OrderedDict()

    def claim(self, session: str, reader: str) -> None:
        """Note whose a session is, unless it is somebody's."""
        self._readers.setdefault(session, reader)
        self._readers.move_to_end(session)
        if len(self._readers) > SESSIONS:
            self._readers.popitem(last=False)

    def owner(self, session: str, unclaimed: str | None) -> str | None:
        """Return whose a session is, or what is given for one that nobody claimed."""
        return self._readers.get(session, unclaimed)


def _path(scope: Scope) -> str:
    """Return the path of a request as it was sent; the page's own has nothing to encode."""
    path: str = scope["path"]
    if scope.get("raw_path", path.encode()) != path.encode():
        raise HTTPException(404, "There is nothing here.")
    return path


async def _body(request: Request) -> bytes:
    """Return the body of a request; a declared length is not relied on."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MAX_BODY:
            raise HTTPException(413, f"A request has at most {MAX_BODY:,} bytes.")
    return body


def _made(request: Request, query: str, body: bytes | None, reader: str) -> Scope:
    """Return a request made anew: nothing that was not looked at reaches the app but what is uploaded, body None."""
    headers = {name: request.headers[name] for name in KEPT_HEADERS if name in request.headers}
    if reader:
        headers["cookie"] = f"{COOKIE}={reader}"
    if body is None:
        headers |= {name: request.headers[name] for name in ("content-type", "content-length")}
    elif request.method == "POST":
        headers |= {"content-type": "application/json", "content-length": str(len(body))}
    return {
        **request.scope,
        "root_path": "",
        "query_string": query.encode(),
        "paperchat.reader": reader,
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers.items()],
    }


def _replay(body: bytes, receive: Receive) -> Receive:
    waiting = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def replayed() -> Message:
        return next(waiting, None) or await receive()

    return replayed


def _secret(request: Request) -> str:
    """Return the browser's secret, empty when it sent none that could be ours."""
    sent = request.cookies.get(COOKIE, "")
    return sent if _SECRET.fullmatch(sent) else ""


def _cookie(secret: str) -> str:
    """Return the header that makes a browser keep its secret, or a new one when it has none."""
    value = secret or secrets.token_urlsafe(24)
    return f"{COOKIE}={value}; Path=/; Max-Age={_DAYS_400}; HttpOnly; SameSite=Lax"


def _with_policy(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(HEADERS)
        await send(message)

    return sent


def _in_a_line(send: Send) -> Send:
    """Say in a line of ours that too many events wait: Gradio's own reply is for its script alone."""
    full = False

    async def sent(message: Message) -> None:
        nonlocal full
        if message["type"] == "http.response.start" and message["status"] == HTTPStatus.SERVICE_UNAVAILABLE:
            full = True
            length = str(len(FULL)).encode()
            headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", length)]
            await send({**message, "headers": headers})
            await send({"type": "http.response.body", "body": FULL})
        elif not full:
            await send(message)

    return sent


def _with_cookie(send: Send, cookie: str) -> Send:
    async def sent(message: Message) -> None:
        if cookie and message["type"] == "http.response.start":
            MutableHeaders(scope=message)["set-cookie"] = cookie
        await send(message)

    return sent
