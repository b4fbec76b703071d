"""Beside a page that has the set open: its command is run by that page, and what it prints is printed here.

A page writes where it is and a secret into the folder of each set that it opens (`storage/address.py`), which only its
user can read; with that its door for commands opens, on loopback alone. Who can read it could as well open the set.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

from paperchat.cli.outlet import Event, write
from paperchat.cli.progress import Bar
from paperchat.errors import PaperchatError, StoreError

if TYPE_CHECKING:
    from paperchat.storage.address import Address

PATIENCE = 3.0
"""Seconds that a page may take to say that it is there."""

TOKEN = "x-paperchat-token"  # the header that carries it

STANDARD_INPUT = "standard input"


class OpenElsewhereError(PaperchatError):
    """The set is open in a page of this machine, which can be asked."""

    def __init__(self, folder: Path, address: "Address") -> None:
        super().__init__(f"A page has {folder} open at {address.url}.")
        self.folder, self.address = folder, address


def check_page(folder: Path) -> None:
    """Raise OpenElsewhereError where a page has a set's folder open and answers."""
    if address := page_of(folder):
        raise OpenElsewhereError(folder, address)


def page_of(folder: Path) -> "Address | None":
    """Return where the page answers that has a set's folder open; one that is gone is not heeded."""
    from paperchat.storage.address import read_address

    address = read_address(folder)
    return address if address and is_there(address) else None


def is_there(address: "Address") -> bool:
    """Tell whether the page answers by its secret."""
    with suppress(OSError, HTTPException, ValueError), _replied(address, "ping", {}, PATIENCE) as reply:
        return bool(json.loads(reply.read(1000)) == {"process": address.process})
    return False


def ask_page(page: OpenElsewhereError, arguments: argparse.Namespace) -> int:
    """Let the page run the command, print what it prints, and return its exit code."""
    with ExitStack() as held:
        given, spooled = _given(arguments, held)
        try:
            reply = held.enter_context(_replied(page.address, "run", given, None))
            return _printed(map(json.loads, iter(reply.readline, b"")), spooled)
        except BrokenPipeError:  # nobody reads any more what is printed here
            raise
        except (OSError, HTTPException, ValueError):
            raise StoreError(
                f"The page at {page.address.url} has {page.folder} open and broke off.",
                "See whether it still runs, and ask again.",
            ) from None


@contextmanager
def _replied(address: "Address", name: str, value: Event, timeout: float | None) -> Iterator[HTTPResponse]:
    """Send a page something and give its reply. Raises OSError, HTTPException where it is not what it should be."""
    with closing(HTTPConnection(address.host, address.port, timeout=timeout)) as connection:
        headers = {"content-type": "application/json", TOKEN: address.token}
        connection.request("POST", f"/shell/{name}", json.dumps(value), headers)
        with closing(connection.getresponse()) as reply:
            if reply.status != HTTPStatus.OK:
                raise HTTPException(reply.reason)
            yield reply


def _printed(events: Iterator[Event], spooled: str) -> int:
    """Print what comes; return the exit code that comes last. Raises ValueError where none does."""
    with ExitStack() as held:
        bars: dict[str, Bar] = {}
        for event in events:
            if "code" in event:
                return int(event["code"])
            if "bar" in event:
                doing, unit, as_json, done, total = event["bar"]
                if doing not in bars:
                    bars[doing] = held.enter_context(Bar(doing, unit, as_json))
                bars[doing].update(done, total)
            for name, stream in (("out", sys.stdout), ("err", sys.stderr)):
                if name in event:
                    write(event[name].replace(spooled, STANDARD_INPUT) if spooled else event[name], stream)
    raise ValueError("it ended without an exit code")


# ---- the command as it is sent


def _given(arguments: argparse.Namespace, held: ExitStack) -> tuple[Event, str]:
    """Return the command and what it was given, paths whole; and the file into which standard input was put, or ""."""
    from paperchat.cli.options import FLAGS, read_settings
    from paperchat.settings import Settings

    values, spooled = dict(vars(arguments)), ""
    command = values.pop("run").__module__.rpartition(".")[2]
    settings = read_settings(arguments)
    usual = Settings(settings.data)
    for flag, _ in FLAGS:
        name = flag[2:].replace("-", "_")
        values.pop(name, None)
        if name == "data" or getattr(settings, name) != getattr(usual, name):
            values[name] = str(getattr(settings, name))
    if Path("-") in (values.get("files") or ()):
        spooled = _spool(held)
        values["files"] = [Path(spooled) if path == Path("-") else path for path in values["files"]]
    if command == "trace" and Path(values["text"][:250]).is_file():
        values["text"] = str(Path(values["text"]).absolute())
    if settings.ollama_host != usual.ollama_host:
        values["ollama_host"] = settings.ollama_host
    return {"command": command, "arguments": {name: packed(value) for name, value in values.items()}}, spooled


def _spool(held: ExitStack) -> str:
    """Put standard input into a file that goes when all is done; return its name."""
    file = held.enter_context(NamedTemporaryFile(prefix="paperchat-"))  # noqa: SIM115  # it goes with the others
    file.write(sys.stdin.buffer.read())
    file.flush()
    return file.name


def packed(value: Any) -> Any:
    """Return a value of the command line as JSON has it."""
    if isinstance(value, Path):
        return {"path": str(value.absolute())}
    return [packed(one) for one in value] if isinstance(value, list) else value


def unpacked(value: Any) -> Any:
    """Return a value of the command line as it was."""
    if isinstance(value, dict):
        return Path(value["path"])
    return [unpacked(one) for one in value] if isinstance(value, list) else value
