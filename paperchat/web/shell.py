"""The door for commands of this machine: a command is run here, and told line by line what it prints."""

import asyncio
import json
import logging
import os
import threading
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fastapi import FastAPI, Response

    from paperchat.web.view_model import Json

    Run = Callable[[Json, Callable[[Json], None]], None]

log = logging.getLogger(__name__)

PATH = "/shell/{name}"

FAILED = {"err": "paperchat: the page failed on this; its terminal says why.\n"}


class GoneError(Exception):
    """Who asked does not wait any more."""


def add_shell(site: "FastAPI", run: "Run") -> None:
    """Serve commands under PATH: "ping" says that the page is there, "run" has `run` do what was sent, and tell."""
    from fastapi import Request
    from fastapi.responses import JSONResponse, StreamingResponse

    async def answer(request: Request) -> "Response":
        if request.path_params["name"] == "ping":
            return JSONResponse({"process": os.getpid()})
        if request.path_params["name"] != "run":
            return JSONResponse({"error": "There is nothing here."}, 404)
        return StreamingResponse(_lines(run, json.loads(await request.body())), media_type="application/x-ndjson")

    site.add_route(PATH, answer, methods=["POST"])


async def _lines(run: "Run", sent: "Json") -> AsyncIterator[str]:
    """Yield what is told as lines of JSON; the command runs in a thread and ends once nobody waits for it."""
    loop, told = asyncio.get_running_loop(), asyncio.Queue[Any]()
    gone = threading.Event()

    def tell(event: "Json | None") -> None:
        if gone.is_set():
            raise GoneError
        loop.call_soon_threadsafe(told.put_nowait, event)

    thread = threading.Thread(target=_run, args=[run, sent, tell], daemon=True)
    thread.start()
    try:
        while (event := await told.get()) is not None:
            yield json.dumps(event) + "\n"
    finally:
        gone.set()


def _run(run: "Run", sent: "Json", tell: "Callable[[Json | None], None]") -> None:
    try:
        try:
            run(sent, tell)
        except GoneError:
            return
        except Exception:  # the outer edge: who waits must be told
            log.exception("paperchat failed on a command of another process")
            tell(FAILED)
            tell({"code": 1})
        tell(None)
    except (GoneError, RuntimeError):  # nobody waits, or the program ends
        return
