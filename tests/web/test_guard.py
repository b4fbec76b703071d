"""The guard: which routes are open, what reaches Gradio of a request, and that nothing else does."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import httpx
import pytest
from starlette.types import Message, Receive, Scope, Send

from paperchat.types import Answer, Traced
from paperchat.web.answering import Answering, Wanted
from paperchat.web.api import REQUESTS
from paperchat.web.doors import Function
from paperchat.web.guard import COOKIE, Guard
from paperchat.web.offers import Offers
from paperchat.web.page import QUIET_GRADIO
from paperchat.web.removals import Removals
from paperchat.web.server import build_server, listen
from paperchat.web.uploads import Uploads
from tests.conftest import ROOT
from tests.fake_app import FakeApp, make_app, make_sets

if TYPE_CHECKING:
    from paperchat.app import App

OPEN = {
    "/": "GET HEAD",
    "/assets/{path:path}": "GET",
    "/favicon.ico": "GET",
    "/gradio_api/app_id": "GET",
    "/gradio_api/heartbeat/{session_hash}": "GET",
    "/gradio_api/queue/data": "GET",
    "/gradio_api/queue/join": "POST",
    "/gradio_api/run/{api_name}": "POST",
    "/gradio_api/upload": "POST",
    "/gradio_api/upload_progress": "GET",
    "/manifest.json": "GET",
    "/page/{name}": "POST",
    "/shell/{name}": "POST",
    "/pwa_icon": "GET",
    "/static/{path:path}": "GET",
    "/theme.css": "GET",
}
"""The routes of Gradio and our own that the guard lets through, with these methods."""
_SHUT = """
    /config /config/ /gradio_api/api/{api_name} /gradio_api/api/{api_name}/ /gradio_api/app_id/
    /gradio_api/call/v2/{api_name} /gradio_api/call/v2/{api_name}/ /gradio_api/call/v2/{api_name}/{event_id}
    /gradio_api/call/{api_name} /gradio_api/call/{api_name}/ /gradio_api/call/{api_name}/{event_id}
    /gradio_api/cancel /gradio_api/component_server /gradio_api/component_server/
    /gradio_api/custom_component/{id}/{environment}/{type}/{file_name} /gradio_api/deep_link /gradio_api/dev/reload
    /gradio_api/file/{path:path} /gradio_api/file={path_or_url:path} /gradio_api/info /gradio_api/info/
    /gradio_api/login_check /gradio_api/login_check/ /gradio_api/openapi.json /gradio_api/process_recording
    /gradio_api/queue/status
    /gradio_api/proxy={url_path:path} /gradio_api/reset /gradio_api/reset/
    /gradio_api/run-history/buckets /gradio_api/run-history/connect /gradio_api/run-history/records
    /gradio_api/run-history/records/{endpoint}/{record_id}/assets/{asset_id}
    /gradio_api/run/{api_name}/ /gradio_api/runs /gradio_api/runs/ /gradio_api/startup-events
    /gradio_api/stream/{event_id} /gradio_api/stream/{event_id}/close
    /gradio_api/stream/{session_hash}/{run}/{component_id}/playlist-file
    /gradio_api/stream/{session_hash}/{run}/{component_id}/playlist.m3u8
    /gradio_api/stream/{session_hash}/{run}/{component_id}/{segment_id}.{ext}
    /gradio_api/theme.css /gradio_api/token /gradio_api/token/ /gradio_api/undo-vibe-edit /gradio_api/undo-vibe-edit/
    /gradio_api/user /gradio_api/user/ /gradio_api/vibe-code
    /gradio_api/vibe-code/ /gradio_api/vibe-edit /gradio_api/vibe-edit/ /gradio_api/vibe-starter-queries
    /gradio_api/vibe-starter-queries/ /login /login/ /logout /monitoring /monitoring/summary /monitoring/{key}
    /pwa_icon/{size} /robots.txt /svelte/{path:path}
"""
SHUT = frozenset(_SHUT.split())
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
SECRET = "A" * 32
OWN = {"host": "127.0.0.1:7860", "content-type": "application/json", "cookie": f"{COOKIE}={SECRET}"}
FUNCTIONS = {
    0: Function(True, ("text", "text"), frozenset({10, 7}), frozenset({7})),
    2: Function(True, (), frozenset({10, 7})),
    3: Function(False, ("kept",), frozenset({12})),
    4: Function(False, ("text",), frozenset({20}), telling=frozenset({20})),
    5: Function(False, ("text",), frozenset({21}), picking=frozenset({21})),
    6: Function(False, (), frozenset({22}), opening=frozenset({22})),
    7: Function(False, ("files",), frozenset({23})),
}
TYPED = {"data": ["Why?", ""], "event_data": None, "fn_index": 0, "trigger_id": 10, "session_hash": "abc"}
WANTED: dict[str, object] = {
    "id": "", "question": "Why?", "keep": None, "shown": 0, "typed": True, "back": False, "model": "", "tab": "T" * 32,
    "set": "",
}  # fmt: skip
ASKED = {**TYPED, "trigger_id": 7, "event_data": WANTED}
STOP = {"data": [None], "event_data": None, "fn_index": 3, "trigger_id": 12, "session_hash": "abc"}
TOLD = {"data": ["gra"], "event_data": "gra", "fn_index": 4, "trigger_id": 20, "session_hash": "abc"}
CELL = {"index": [2, 0], "value": None}
PICKED = {"data": [""], "event_data": CELL, "fn_index": 5, "trigger_id": 21, "session_hash": "abc"}
OPENED: dict[str, object] = {"data": [], "event_data": {}, "fn_index": 6, "trigger_id": 22, "session_hash": "abc"}
JOIN, RUN = "/gradio_api/queue/join", "/gradio_api/run/predict"


class Spy:
    """An app that notes what reaches it."""

    def __init__(self) -> None:
        self.scopes: list[Scope] = []
        self.bodies: list[bytes] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scopes.append(scope)
        self.bodies.append((await receive())["body"])
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"reached"})


@pytest.fixture
def spy() -> Spy:
    return Spy()


@pytest.fixture
def guard(spy: Spy, tmp_path: Path) -> Guard:
    return Guard(spy, "127.0.0.1", FUNCTIONS, Uploads(tmp_path / "uploads"))


@pytest.fixture(scope="module")
def page() -> Any:
    """The real page behind its guard, over an app whose answers are at once there."""
    return build_server(make_sets(make_app()), "127.0.0.1", shell=lambda sent, tell: None).config.app


def ask(app: Any, method: str, path: str, headers: Any = OWN, body: bytes = b"") -> tuple[int, str]:
    """Return the status and the text of a reply; the path goes as it is written here."""
    return asyncio.run(reply(app, method, path, headers, body))


async def reply(app: Any, method: str, path: str, headers: Any = OWN, body: bytes = b"") -> tuple[int, str]:
    sent: list[Message] = []
    raw, _, query = path.partition("?")
    waiting = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def receive() -> Message:
        return next(waiting, {"type": "http.disconnect"})

    async def send(message: Message) -> None:
        sent.append(message)

    pairs = headers.items() if isinstance(headers, dict) else headers
    scope = {
        "type": "http", "method": method, "path": httpx.URL(f"http://h{raw}").path, "raw_path": raw.encode(),
        "query_string": query.encode(), "headers": [(name.encode(), value.encode()) for name, value in pairs],
        "root_path": "", "scheme": "http", "server": ("127.0.0.1", 7860), "client": ("127.0.0.1", 1),
        "http_version": "1.1",
    }  # fmt: skip
    await app(scope, receive, send)
    text = b"".join(message.get("body", b"") for message in sent[1:]).decode()
    return sent[0]["status"], text


def call(app: Any, sent: object, path: str = JOIN, **headers: str) -> tuple[int, str]:
    return calls(app, [(sent, path)], **headers)[0]


def calls(app: Any, asked: Iterable[tuple[object, str]], **headers: str) -> list[tuple[int, str]]:
    """Return the replies to bodies that are sent to paths one after another."""

    async def replies() -> list[tuple[int, str]]:
        bodies = [(sent if isinstance(sent, bytes) else json.dumps(sent).encode(), path) for sent, path in asked]
        return [await reply(app, "POST", path, {**OWN, **headers}, body) for body, path in bodies]

    return asyncio.run(replies())


# ---- routes


def paths(routes: Iterable[Any], before: str = "") -> Iterator[str]:
    """Yield the path of every route, those of mounts and included routers too."""
    for route in routes:
        inner: Any = getattr(route, "original_router", None) or getattr(route, "app", None)
        own = before + getattr(route, "path", "")
        if hasattr(route, "methods"):
            yield own
        elif hasattr(inner, "routes"):
            yield from paths(inner.routes, own.rstrip("/"))
        else:
            pytest.fail(f"a route of an unknown kind: {route!r}")


def test_every_route_that_is_served_is_known_to_be_open_or_shut(page: Any):
    served = set(paths(page._app.site.routes))
    assert set(OPEN) <= served
    assert served - set(OPEN) - SHUT == set()


@pytest.mark.parametrize("path", sorted({*SHUT, *OPEN}))
def test_a_shut_route_and_another_method_of_an_open_one_reach_nothing(guard: Guard, spy: Spy, path: str):
    asked = path.replace(":path", "").replace("{", "").replace("}", "")
    for method in METHODS:
        if method not in OPEN.get(path, "").split():
            assert ask(guard, method, asked) == (404, "There is nothing here."), method
    assert spy.scopes == []


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/passwd", "/gradio_api/file%3D/etc/passwd", "/gradio_api/%66ile=/etc/passwd",
        "//gradio_api/file=/etc/passwd", "/gradio_api//file=/etc/passwd", "/gradio_api/./app_id", "//",
        "/assets/../gradio_api/file=/etc/passwd", "/assets/%2e%2e/config", "/assets/..%2fconfig", "/assets//x.js",
        "/assets/.hidden", "/static/a%00.js", "/gradio_api/app_id/", "/Gradio_api/app_id", "/page/", "/page/a/b",
        "/gradio_api/app_id%0a", "/gradio_api/heartbeat/a%2fb", "/gradio_api/heartbeat/", "/assets/caf%C3%A9.js",
        f"/gradio_api/heartbeat/{'a' * 65}", "/gradio_api/queue/data", "/gradio_api/queue/data?session_hash=",
        "/gradio_api/queue/data?session_hash=abc&session_hash=b", "/gradio_api/queue/data?session_hash=a%62c",
        "/gradio_api/queue/data?session_hash=nobody", f"/assets/{'a' * 129}", f"/static/{'a/' * 8}b",
    ],
)  # fmt: skip
def test_no_other_spelling_of_a_path_reaches_anything(guard: Guard, spy: Spy, path: str):
    assert ask(guard, "GET", path) == (404, "There is nothing here.")
    assert spy.scopes == []


def test_a_websocket_is_refused(guard: Guard, spy: Spy):
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(guard({"type": "websocket", "path": "/", "headers": []}, cast("Receive", None), send))
    assert [message["type"] for message in sent] == ["websocket.close"]
    assert spy.scopes == []


@pytest.mark.parametrize("name", ["host", "origin"])
def test_two_hosts_or_origins_of_which_one_is_not_ours_are_refused(guard: Guard, spy: Spy, name: str):
    own = "127.0.0.1:7860" if name == "host" else "http://127.0.0.1:7860"
    for pair in ([own, "http://evil.example"], ["http://evil.example", own]):
        headers = [*{"host": "127.0.0.1:7860"}.items()] * (name == "origin") + [(name, value) for value in pair]
        assert ask(guard, "GET", "/", headers)[0] == 400
    assert spy.scopes == []


# ---- what reaches Gradio


def test_a_request_is_made_anew_of_what_was_understood(guard: Guard, spy: Spy):
    sent = b'{ "data":["first",""], "data":["Why?",null],"fn_index":0,"trigger_id":10,"session_hash":"abc" }'
    more = {
        "x-forwarded-host": "evil.example",
        "x-gradio-user": "app",
        "range": "bytes=0-",
        "cookie": f"a=b; {COOKIE}={SECRET}",
    }
    assert call(guard, sent, f"{JOIN}?deep_link=x", **more)[0] == 200
    assert json.loads(spy.bodies[0]) == TYPED
    assert spy.scopes[0]["query_string"] == b""
    assert dict(spy.scopes[0]["headers"]) == {
        b"host": b"127.0.0.1:7860", b"content-type": b"application/json", b"cookie": f"{COOKIE}={SECRET}".encode(),
        b"content-length": str(len(spy.bodies[0])).encode(),
    }  # fmt: skip


@pytest.mark.parametrize("secret", ["mine", "tab abc", "A" * 31 + "é", "A" * 33], ids=ascii)
def test_a_cookie_that_could_not_be_ours_is_not_passed_on(guard: Guard, spy: Spy, secret: str):
    assert call(guard, TYPED, cookie=f"{COOKIE}={secret}")[0] == 200
    assert b"cookie" not in dict(spy.scopes[0]["headers"])


@pytest.mark.parametrize(("sent", "path"), [(TYPED, JOIN), (ASKED, JOIN), (STOP, RUN)], ids=["typed", "asked", "stop"])
def test_what_the_page_sends_passes(guard: Guard, spy: Spy, sent: object, path: str):
    assert call(guard, sent, path) == (200, "reached")
    assert json.loads(spy.bodies[0]) == sent


def test_of_what_a_changed_part_tells_only_what_it_holds_is_passed_on(guard: Guard, spy: Spy):
    for told in ("gra", "other", None):
        assert call(guard, {**TOLD, "event_data": told}, RUN) == (200, "reached")
    assert [json.loads(body) for body in spy.bodies] == [{**TOLD, "event_data": None}] * 3


def test_of_a_cell_that_was_clicked_only_its_place_is_passed_on(guard: Guard, spy: Spy):
    more = {"value": FILE, "row_value": [FILE, "x"], "col_value": [FILE], "selected": True}
    assert call(guard, {**PICKED, "event_data": {**CELL, **more}}, RUN) == (200, "reached")
    assert json.loads(spy.bodies[0]) == PICKED


def test_that_a_screen_was_opened_is_passed_on(guard: Guard, spy: Spy):
    for tab in (None, "T" * 32):
        assert call(guard, {**OPENED, "event_data": {"tab": tab}}, RUN) == (200, "reached")
    assert call(guard, OPENED, RUN) == (200, "reached")
    assert [json.loads(body)["event_data"]["tab"] for body in spy.bodies] == [None, "T" * 32, None]


@pytest.mark.parametrize(
    "cell",
    [
        {},
        {"value": "x"},
        {"index": []},
        {"index": [1]},
        {"index": [1, 2, 3]},
        {"index": [-1, 0]},
        {"index": [1.5, 0]},
        {"index": ["1", 0]},
        {"index": [True, 0]},
        {"index": [None, 0]},
        {"index": [10**9, 0]},
        {"index": [[1], 0]},
        {"index": 1},
        {"index": {"path": "/etc/passwd"}},
        "x",
        None,
        WANTED,
    ],
    ids=str,
)
def test_what_is_no_cell_of_a_table_is_refused(guard: Guard, spy: Spy, cell: object):
    assert call(guard, {**PICKED, "event_data": cell}, RUN) == (400, "This is not what the page sends.")
    assert spy.scopes == []


@pytest.mark.parametrize(
    "sent",
    [
        {**TOLD, "event_data": CELL},
        {**TOLD, "event_data": {}},
        {**TOLD, "event_data": WANTED},
        {**TOLD, "event_data": 3},
        {**TOLD, "event_data": ["gra"]},
        {**OPENED, "event_data": None},
        {**OPENED, "event_data": "x"},
        {**OPENED, "event_data": {"x": 1}},
        {**OPENED, "event_data": CELL},
        {**ASKED, "event_data": CELL},
        {**ASKED, "event_data": {}},
        {**ASKED, "event_data": "x"},
        {**STOP, "event_data": "x"},
        {**TOLD, "trigger_id": 21},
    ],
    ids=str,
)
def test_a_part_sends_what_is_its_own_alone(guard: Guard, spy: Spy, sent: dict[str, object]):
    path = JOIN if sent["fn_index"] == 0 else RUN
    assert call(guard, sent, path) == (400, "This is not what the page sends.")
    assert spy.scopes == []


FILE = {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}


def event(**changes: object) -> dict[str, object]:
    return {**ASKED, "event_data": {**cast("dict[str, object]", ASKED["event_data"]), **changes}}


ODD: dict[str, object] = {
    "number": 3, "bool": True, "list": [], "object": {}, "file": FILE, "deep file": [[FILE]], "nan": float("nan"),
    "huge": 10**400, "surrogate": "\ud800",
}  # fmt: skip


def odd_calls() -> Iterator[tuple[str, object]]:
    for name, value in ODD.items():
        yield f"first {name}", {**TYPED, "data": [value, ""]}
        yield f"second {name}", {**TYPED, "data": ["", value]}
        for field, kind in (("id", ""), ("question", ""), ("tab", ""), ("set", ""), ("model", ""),
                            ("keep", "number"), ("shown", "number"), ("typed", "bool"), ("back", "bool")):  # fmt: skip
            if name != kind:
                yield f"{field} {name}", event(**{field: value})
        for field in ("event_data", "fn_index", "trigger_id", "session_hash", "data"):
            yield f"{field} {name}", {**TYPED, field: value}
        yield f"more {name}", {**TYPED, "more": value}
        yield f"more of an event {name}", event(more=value)
    for field in ("oauth_token", "event_id", "simple_format", "batched"):
        yield field, {**TYPED, field: None}
    yield "keep -1", event(keep=-1)
    yield "model with a space", event(model="qwen 3")
    yield "model too long", event(model="m" * 301)
    yield "opened by no tab", {**OPENED, "event_data": {"tab": "short"}}
    yield "shown -1", event(shown=-1)
    yield "a short tab", event(tab="T" * 31)
    for name, key in (("long", "x" * 65), ("of a path", "../x"), ("with an end of line", "x\n"), ("with a tag", "<b>")):
        yield f"id {name}", event(id=key)
    yield "fn -1", {**TYPED, "fn_index": -1}
    yield "an event without what it asks", {**ASKED, "event_data": None}
    yield "a typed one with what it asks", {**ASKED, "trigger_id": 10}
    yield "too many", {**TYPED, "data": ["", "", ""]}
    yield "not of the queue", STOP
    yield "a session with an end of line", {**TYPED, "session_hash": "abc\n"}
    good = json.dumps(TYPED)
    yield "empty", b""
    yield "cut", good[:-1].encode()
    yield "nested", b'{"data":' + b"[" * 400_000
    yield "bom", b"\xef\xbb\xbf" + good.encode()
    yield "utf-16", good.encode("utf-16")
    yield "latin-1", good.replace("Why", "é").encode("latin-1")


@pytest.mark.parametrize("sent", [pytest.param(sent, id=name) for name, sent in odd_calls()])
def test_what_the_page_does_not_send_is_refused_in_one_line(guard: Guard, spy: Spy, sent: object):
    for path in (JOIN,) if sent is STOP else (JOIN, RUN):
        assert call(guard, sent, path) == (400, "This is not what the page sends.")
    assert spy.scopes == []


def test_a_body_that_is_not_json_by_its_name_is_refused(guard: Guard, spy: Spy):
    for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
        assert call(guard, TYPED, **{"content-type": kind})[0] == 415
    assert spy.scopes == []


def test_a_session_is_its_first_readers_alone(guard: Guard, spy: Spy):
    stream, heartbeat = "/gradio_api/queue/data?session_hash=abc", "/gradio_api/heartbeat/abc"
    other = {**OWN, "cookie": f"{COOKIE}={'B' * 32}"}
    assert ask(guard, "GET", stream)[0] == 404
    assert call(guard, TYPED)[0] == 200
    assert [ask(guard, "GET", path)[0] for path in (stream, heartbeat)] == [200, 200]
    reached = len(spy.scopes)
    assert [ask(guard, "GET", path, other)[0] for path in (stream, heartbeat)] == [404, 404]
    assert call(guard, TYPED, cookie=other["cookie"])[0] == call(guard, STOP, RUN, cookie=other["cookie"])[0] == 404
    assert len(spy.scopes) == reached


# ---- the real page


def test_no_request_makes_gradio_copy_or_fetch(page: Any, tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    gradio_app = next(
        route.app for route in page._app.site.routes if hasattr(route, "app") and hasattr(route.app, "blocks")
    )
    cache = Path(gradio_app.get_blocks().GRADIO_CACHE)
    before = set(cache.rglob("*")) if cache.exists() else set()
    with closing(listen("127.0.0.1", 0)) as trap:
        trap.settimeout(0.2)
        url = f"http://127.0.0.1:{trap.getsockname()[1]}/x"
        for where in (str(secret), url, f"file:{secret}", f"file://{secret}"):
            for file in ({"path": where}, {"url": where}, {"path": where, "url": where}):
                marked = {**file, "meta": {"_type": "gradio.FileData"}}
                asked: list[tuple[object, str]] = []
                for number, function in page._functions.items():
                    for trigger in function.triggers:
                        base = {"fn_index": number, "trigger_id": trigger, "session_hash": "abc"}
                        datas = [["" if place != at else marked for place in range(2)] for at in range(2)]
                        for sent in (
                            *({**base, "data": data} for data in (*datas, [marked], marked)),
                            {**base, "data": ["", ""], "event_data": marked},
                            {**base, "data": ["", ""], "event_data": {**WANTED, "question": marked}},
                        ):
                            asked += [(sent, JOIN), (sent, RUN)]
                replies = calls(page, asked)
                assert [sent for sent, (status, _) in zip(asked, replies, strict=True) if status != 400] == []
        with pytest.raises(TimeoutError):
            trap.accept()
    assert (set(cache.rglob("*")) if cache.exists() else set()) == before
    assert capfd.readouterr() == ("", "")


VALUES = {
    **ODD, "null": None, "text": "x", "empty": "", "nul": "a\0b", "long": "x" * 100_000, "minus": -1, "big": 2**63,
    "tag": "<b>", "lines": "a\nb",
}  # fmt: skip
FIELDS = (
    "id",
    "title",
    "exchange",
    "form",
    "paper",
    "start",
    "end",
    "text",
    "tab",
    "papers",
    "author",
    "since",
    "more",
)


@pytest.fixture(scope="module")
def served() -> tuple[Any, FakeApp]:
    """A page for the requests of scripts, and the app behind it."""
    app = make_app()
    return build_server(make_sets(app), "127.0.0.1").config.app, app


@pytest.mark.parametrize("name", sorted(REQUESTS))
def test_a_script_request_with_odd_values_is_answered_in_one_line(
    name: str, served: tuple[Any, FakeApp], caplog: pytest.LogCaptureFixture
):
    page, kept = served
    kept.__dict__.update(make_app().__dict__)
    kept.conversations.keep(SECRET, "key", 0, Answer("Mine?", kept.results))
    good = {
        "id": "key",
        "title": "T",
        "exchange": 0,
        "form": "ris",
        "paper": "x",
        "start": 0,
        "end": 1,
        "text": "t",
        "tab": "T" * 32,
        "papers": ["x"],
    }
    own = {field: good.get(field, "") for field in REQUESTS[name].model_fields}
    bodies: list[object] = [{**own, field: value} for field in FIELDS for value in VALUES.values()]
    bodies += [
        {},
        [],
        None,
        3,
        "x",
        b"",
        b"{",
        b"[" * 400_000,
        b'{"id":' * 100_000,
        b"\xff",
        json.dumps(own).encode("utf-16"),
    ]
    replies = calls(page, [(sent, f"/page/{name}") for sent in bodies])
    for sent, (status, text) in zip(bodies, replies, strict=True):
        assert status in (200, 400), (sent, text)
        if status == 400:
            error = json.loads(text)["error"]
            assert error
            assert "\n" not in error
            assert len(error) < 500
    assert caplog.records == []


def test_a_draft_is_read_no_further_than_its_reader_waits(served: tuple[Any, FakeApp], monkeypatch: pytest.MonkeyPatch):
    (page, kept), taken = served, 0

    def endless(_: str) -> Iterator[Traced]:
        nonlocal taken
        while taken < 1000:
            taken += 1
            yield Traced("It learns.", (), 0, 10)

    monkeypatch.setattr(type(kept.checker), "trace", lambda _, text: endless(text))
    assert call(page, {"text": "x"}, "/page/trace") == (200, '{"sentences":[]}')
    assert taken == 1


@pytest.mark.parametrize("key", ["x" * 65, "../x", "x\n", "<b>", " "])
def test_what_can_be_no_key_of_a_conversation_is_refused(key: str):
    kept = make_app()

    async def first() -> list[Any]:
        answering = Answering(cast("App", kept), Removals(cast("App", kept)), Offers(cast("App", kept)))
        return [updates async for updates in answering.updates(Wanted(SECRET, key, "Why?"))]

    (said,) = asyncio.run(first())
    assert said["composer"]["message"] == f"{key[:40]!r} is no conversation. Reload the page."
    assert kept.conversations.conversations(SECRET) == ()


HOSTILE = {
    "GRADIO_ALLOWED_PATHS": "/", "GRADIO_ROOT_PATH": "http://evil.example", "GRADIO_MCP_SERVER": "true",
    "GRADIO_SHARE": "true", "GRADIO_DEBUG": "1", "GRADIO_PROFILING": "1", "GRADIO_VIBE_MODE": "1",
    "GRADIO_SSR_MODE": "true", "GRADIO_LOCAL_DEV_MODE": "1", "GRADIO_RUN_HISTORY": "true", "GRADIO_TEMP_DIR": "/",
}  # fmt: skip
BUILD = """
import os
from tests.fake_app import make_app, make_sets
from paperchat.web.page import build_page
from paperchat.web.serving import Serving
from paperchat.web.uploads import Uploads
app = make_app()
page = build_page(Serving(make_sets(app), Uploads(app.imports.lent)))
own = page.GRADIO_CACHE == str(app.imports.lent.resolve())
print(page.root_path, page.vibe_mode, own, [n for n in os.environ if n.startswith("GRADIO_")])
"""


def test_gradios_own_settings_in_the_environment_open_nothing():
    command = [sys.executable, "-c", BUILD]
    run = subprocess.run(command, cwd=ROOT, env={**os.environ, **HOSTILE}, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == f"False True {[*QUIET_GRADIO, 'GRADIO_TEMP_DIR']}"
