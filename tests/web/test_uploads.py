"""What is uploaded: by the page alone, within limits, its reader's own, and soon gone."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException

from paperchat.errors import InputError
from paperchat.web import uploads as module
from paperchat.web.guard import COOKIE, Guard
from paperchat.web.server import build_server
from paperchat.web.uploads import BUSY, COOKIES, KEPT, LARGE, Uploads
from tests.fake_app import FakeApp, make_app, make_sets
from tests.web.test_guard import FILE, OWN, RUN, ask, call

UPLOAD = "/gradio_api/upload?upload_id=abc123"
OTHER = "B" * 32
FORM = {
    **OWN, "origin": "http://127.0.0.1:7860", "content-type": "multipart/form-data; boundary=xyz",
}  # fmt: skip


def form(name: str = "a.bib", text: str = "@misc{a, title={A}}", field: str = "files") -> bytes:
    """Return a body with one file."""
    head = f'--xyz\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
    return f"{head}Content-Type: text/plain\r\n\r\n{text}\r\n--xyz--\r\n".encode()


def send(page: Any, body: bytes | None = None, path: str = UPLOAD, **headers: str | None) -> tuple[int, str]:
    body = form() if body is None else body
    changed = {name.replace("_", "-"): value for name, value in headers.items()}
    given = {**FORM, "content-length": str(len(body)), **changed}
    return ask(page, "POST", path, {name: value for name, value in given.items() if value is not None}, body)


@pytest.fixture(scope="module")
def app() -> FakeApp:
    return make_app()


@pytest.fixture(scope="module")
def page(app: FakeApp) -> Guard:
    return cast("Guard", build_server(make_sets(app), "127.0.0.1").config.app)


@pytest.fixture(autouse=True)
def emptied(app: FakeApp) -> Iterator[None]:
    yield
    for path in sorted(app.imports.lent.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


def kept(app: FakeApp) -> list[str]:
    return sorted(path.name for path in app.imports.lent.rglob("*") if path.is_file())


def test_a_file_of_the_page_is_kept_for_its_user_alone(page: Guard, app: FakeApp) -> None:
    status, text = send(page)
    assert status == 200
    assert text.startswith(f'["{app.imports.lent.resolve()}/')
    assert kept(app) == ["a.bib"]
    assert app.imports.lent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"origin": None}, (400, COOKIES)),
        ({"cookie": None}, (400, COOKIES)),
        ({"cookie": f"{COOKIE}=short"}, (400, COOKIES)),
        ({"origin": "http://evil.example"}, (400, "This address is not the page's own.")),
        ({"origin": "null"}, (400, "This address is not the page's own.")),
        ({"host": "evil.example:7860"}, (400, "This address is not the page's own.")),
        ({"content_type": "application/json"}, (415, "Files are sent as a form.")),
        ({"content_type": "multipart/form-data"}, (415, "Files are sent as a form.")),
        ({"content_length": "999999999999"}, (413, LARGE)),
        ({"content_length": None}, (413, LARGE)),
        ({"content_length": "-1"}, (413, LARGE)),
    ],
    ids=str,
)
def test_what_is_not_the_pages_own_upload_is_refused_in_a_line(
    page: Guard, app: FakeApp, changes: dict[str, str | None], refused: tuple[int, str]
) -> None:
    assert send(page, form(), UPLOAD, **changes) == refused
    assert kept(app) == []


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/upload", "/gradio_api/upload?upload_id=", "/gradio_api/upload?upload_id=a/b",
        "/gradio_api/upload?upload_id=abc&x=1", f"/gradio_api/upload?upload_id={'a' * 33}", "/upload?upload_id=abc",
    ],
)  # fmt: skip
def test_no_other_address_takes_files(page: Guard, app: FakeApp, path: str) -> None:
    assert send(page, path=path) == (404, "There is nothing here.")
    assert kept(app) == []


def test_more_than_was_declared_and_is_allowed_is_cut_off(
    page: Guard, app: FakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 1_000)
    assert send(page, form(text="x" * 5_000), content_length="10") == (413, LARGE)
    assert "a.bib" not in kept(app)


def test_a_body_that_is_no_form_becomes_a_line(page: Guard, app: FakeApp) -> None:
    no_file = b'--xyz\r\nContent-Disposition: form-data; name="files"\r\n\r\nx\r\n--xyz--\r\n'
    for body in (b"", b"\x00" * 100, form(field="other"), no_file):
        status, text = send(page, body)
        assert status in (200, 400, 500)
        assert "\n" not in text
        assert "Traceback" not in text
    assert [name for name in kept(app) if name == "a.bib"] == []


@pytest.mark.parametrize("name", ["../../../etc/passwd", "/etc/passwd", "..", "a\\..\\b", ".hidden", "x" * 400])
def test_a_file_stays_in_its_folder_whatever_it_is_called(page: Guard, app: FakeApp, name: str) -> None:
    send(page, form(name))
    inside = app.imports.lent.resolve()
    assert all(inside in path.resolve().parents for path in inside.rglob("*"))


def test_nobody_reads_what_was_uploaded_by_its_address(page: Guard) -> None:
    path = send(page)[1].strip('[]"')
    for asked in (f"/gradio_api/file={path}", f"/gradio_api/file/{path}", f"/file={path}"):
        assert ask(page, "GET", asked) == (404, "There is nothing here.")


def taking(page: Guard) -> dict[str, Any]:
    """Return the call by which the page takes files in, without them."""
    number, one = next((n, f) for n, f in page._functions.items() if "files" in f.inputs)
    return {"event_data": None, "fn_index": number, "trigger_id": next(iter(one.triggers)), "session_hash": "s1"}


def test_a_reader_names_files_of_its_own_alone(page: Guard) -> None:
    path = send(page)[1].strip('[]"')
    named = {**taking(page), "data": ["", [{**FILE, "path": path}]]}
    assert call(page, named, RUN, cookie=f"{COOKIE}={OTHER}") == (404, "There is nothing here.")
    for other in ("/etc/passwd", f"{path}/../../x", path.upper(), ""):
        assert call(page, {**named, "data": ["", [{**FILE, "path": other}]]}, RUN)[0] == 404


@pytest.mark.parametrize(
    "data",
    [
        [FILE], [None], ["x"], [[None]], [["/etc/passwd"]], [[{**FILE, "is_stream": True}]], [[{"path": "x"}]],
        [[{**FILE, "meta": {"_type": "other"}}]], [[{**FILE, "more": 1}]], [[{**FILE, "path": "x" * 2001}]], [[], []],
    ],
    ids=str,
)  # fmt: skip
def test_what_is_no_list_of_files_is_refused(page: Guard, data: list[object]) -> None:
    assert call(page, {**taking(page), "data": ["", *data]}, RUN) == (400, "This is not what the page sends.")


def test_no_other_function_takes_files(page: Guard) -> None:
    assert [one.inputs for one in page._functions.values() if "files" in one.inputs] == [("text", "files")]


@pytest.fixture
def own(tmp_path: Path) -> Uploads:
    return Uploads(tmp_path / "uploads")


def test_the_folder_is_emptied_when_it_is_opened_and_removed_in_the_end(tmp_path: Path) -> None:
    (tmp_path / "uploads" / "old").mkdir(parents=True)
    (tmp_path / "uploads" / "old" / "a.bib").write_text("x")
    own = Uploads(tmp_path / "uploads")
    assert list(own.folder.iterdir()) == []
    own.remove()
    assert not own.folder.exists()


def test_taken_files_are_put_apart_and_what_is_gone_is_told(own: Uploads) -> None:
    (own.folder / "sha").mkdir()
    file = own.folder / "sha" / "a.bib"
    file.write_text("x")
    (own.folder / "tmpempty").touch()
    ((taken,), folder) = own.take([str(file)])
    assert (taken.read_text(), taken.name, folder in taken.parents) == ("x", "a.bib", True)
    assert [path.name for path in own.folder.iterdir()] == [folder.name]
    with pytest.raises(InputError, match=r"a\.bib is no longer there\. Drop it again\."):
        own.take([str(file)])


def test_what_nobody_took_in_is_removed_after_a_while(own: Uploads) -> None:
    for name in ("old", "new", "taken-0"):
        (own.folder / name).mkdir()
        (own.folder / name / "a.bib").write_text("x")
    long_ago = time.time() - KEPT - 1
    for name in ("old", "taken-0"):
        os.utime(own.folder / name, (long_ago, long_ago))
    own.check(Headers({**FORM, "content-length": "1"}), OTHER)
    assert sorted(path.name for path in own.folder.iterdir()) == ["new", "taken-0"]


def test_too_much_at_once_has_to_wait(own: Uploads, monkeypatch: pytest.MonkeyPatch) -> None:
    headers = Headers({**FORM, "content-length": "1"})
    own._under_way = [OTHER] * 2
    own.check(headers, "A" * 32)
    with pytest.raises(HTTPException, match=BUSY):
        own.check(headers, OTHER)
    own._under_way = []
    (own.folder / "a").write_text("xx")
    monkeypatch.setattr(module, "MOST_KEPT", 1)
    with pytest.raises(HTTPException, match=BUSY):
        own.check(headers, OTHER)
