"""Files that browsers upload: passed on to Gradio within limits, known as their reader's own, and soon removed."""

import json
import shutil
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from http import HTTPStatus
from itertools import count
from pathlib import Path

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from paperchat.errors import InputError
from paperchat.storage.readers.listing import MAX_BYTES

MOST_FILES = 1_000
"""Files that are taken in at once; Gradio's own limit for one upload."""

MOST_BYTES = MAX_BYTES + 1_000_000
"""Of an upload: of the largest file that is read, and of what stands around it."""

MOST_KEPT = 4 * MAX_BYTES
"""Bytes of all files that are uploaded and not yet read."""

AT_ONCE, OF_ONE = 4, 2
"""Uploads at once, and those of one reader."""

KEPT = 600.0
"""Seconds after which what was uploaded and not taken in is removed."""

COOKIES = "Files are taken from browsers that keep this page's cookie."

LARGE = f"Files of more than {MAX_BYTES:,} bytes are not taken: split them, or name their folder to paperchat index."

BUSY = "Too many files are being uploaded already. Try again in a minute."

BROKEN = "The files could not be kept: is the disk full?"


class Uploads:
    """The uploaded files of all readers, in a folder of their own, which is emptied first."""

    def __init__(self, folder: Path) -> None:
        self.folder = _emptied(folder)
        self._owners: dict[str, str] = {}
        self._under_way: list[str] = []
        self._turns = count()

    def remove(self) -> None:
        """Remove all of it."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def check(self, headers: Headers, reader: str) -> None:
        """Raise HTTPException for an upload that is not the page's own, or that there is no room for."""
        kind, _, rest = headers.get("content-type", "").partition(";")
        if kind.strip().lower() != "multipart/form-data" or "boundary=" not in rest:
            raise HTTPException(415, "Files are sent as a form.")
        if not headers.getlist("origin") or not reader:
            raise HTTPException(400, COOKIES)
        declared = headers.get("content-length", "")
        if not declared.isdecimal() or int(declared) > MOST_BYTES:
            raise HTTPException(413, LARGE)
        self._sweep()
        if len(self._under_way) >= AT_ONCE or self._under_way.count(reader) >= OF_ONE or self._size() > MOST_KEPT:
            raise HTTPException(503, BUSY)

    async def pass_on(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass an upload on that was checked, no more of it than is allowed, and note whose the files are."""
        reader = scope["paperchat.reader"]
        passing = _Passing(receive)
        self._under_way.append(reader)
        try:
            await app(scope, passing.receive, passing.send)
        except ClientDisconnect:
            if not passing.too_large:
                return
        except Exception:  # noqa: BLE001 -- the outer edge: whatever Gradio could not keep becomes a line
            passing.failed = True
        finally:
            self._under_way.remove(reader)
        reply = passing.reply()
        if reply.status_code == HTTPStatus.OK:
            self._owners.update(dict.fromkeys(json.loads(bytes(reply.body)), reader))
        await reply(scope, receive, send)

    def belong(self, paths: Sequence[str], reader: str) -> bool:
        """Tell whether these are files that a reader uploaded."""
        return bool(reader) and all(self._owners.get(path) == reader for path in paths)

    def take(self, paths: Sequence[str]) -> tuple[list[Path], Path]:
        """Return files that were uploaded, put where they are nobody's but whoever reads them, and the folder of that.

        Raises InputError when there are too many, or one is gone.
        """
        own = self.folder / f"taken-{next(self._turns)}"
        taken = list[Path]()
        for number, path in enumerate(paths):
            self._owners.pop(path, None)
            place = own / str(number) / Path(path).name
            place.parent.mkdir(mode=0o700, parents=True)
            try:
                Path(path).replace(place)
            except OSError:
                shutil.rmtree(own, ignore_errors=True)
                raise InputError(f"{Path(path).name[:80]} is no longer there.", "Drop it again.") from None
            taken.append(place)
        self._tidy()
        return taken, own

    def _tidy(self) -> None:
        """Remove what is left over of files that were taken: their folders, and empty files that Gradio makes."""
        for path in self.folder.iterdir():
            with suppress(OSError):
                if path.is_dir():
                    path.rmdir()  # which one with something in it withstands
                elif not self._under_way and path.stat().st_size == 0:
                    path.unlink()

    def _size(self) -> int:
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())

    def _sweep(self) -> None:
        """Remove what nobody took in; what is being read lies in a folder of its own, which its reader removes."""
        old = time.time() - KEPT
        for path in self.folder.iterdir():
            with suppress(OSError):
                if path.name.startswith("taken-") or path.stat().st_mtime > old:
                    continue
                if path.is_dir():
                    shutil.rmtree(path)
                else:
                    path.unlink()
        self._owners = {path: reader for path, reader in self._owners.items() if Path(path).exists()}


class _Passing:
    """A request that is passed on piece by piece, and the reply to it, kept until it is whole."""

    def __init__(self, receive: Receive) -> None:
        self._receive, self._size = receive, 0
        self._status, self._body = 0, b""
        self.too_large = self.failed = False

    async def receive(self) -> Message:
        message = await self._receive()
        self._size += len(message.get("body", b""))
        if self._size > MOST_BYTES:
            self.too_large = True
            return {"type": "http.disconnect"}
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
        else:
            self._body += message.get("body", b"")

    def reply(self) -> PlainTextResponse:
        """Return the reply: what Gradio says of files that it kept, or one line."""
        if self.too_large or self._status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return PlainTextResponse(LARGE, 413, {"connection": "close"})
        if self.failed or self._status >= HTTPStatus.INTERNAL_SERVER_ERROR or not self._status:
            return PlainTextResponse(BROKEN, 500, {"connection": "close"})
        if self._status != HTTPStatus.OK:
            return PlainTextResponse(self._body, self._status)
        return PlainTextResponse(self._body, media_type="application/json")


def _emptied(folder: Path) -> Path:
    """Return a folder for this user alone with nothing in it; another one where this one cannot be written."""
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.mkdtemp(prefix="paperchat-"))
    return folder.resolve()
