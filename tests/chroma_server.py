"""A real Chroma server (`chroma run`) of a test, which can be killed and started again."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from tests.ports import free_port

LONGEST = 60.0
"""Seconds that a server may take to answer, which only a failing one does."""

_DATABASE = "/tenants/default_tenant/databases/default_database"


class ChromaServer:
    """A server over a folder, on a port of its own; the test is skipped where none can be started."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        beside = Path(sys.executable).with_name("chroma")
        self._program = str(beside) if beside.exists() else shutil.which("chroma")
        self._process: subprocess.Popen[bytes] | None = None
        self._ask = build_opener(ProxyHandler({}))
        self.start()

    def start(self) -> None:
        """Start it over what is in its folder."""
        if self._program is None:
            pytest.skip("needs `chroma run`: there is no program chroma")
        self.folder.mkdir(parents=True, exist_ok=True)
        command = [self._program, "run", "--path", str(self.folder), "--host", "127.0.0.1", "--port", str(self.port)]
        with (self.folder / "log.txt").open("ab") as log:
            self._process = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log)
        end = time.monotonic() + LONGEST
        while time.monotonic() < end and self._process.poll() is None:
            with suppress(URLError, ConnectionError):
                self.get("/heartbeat")
                return
            time.sleep(0.05)
        self.kill()
        pytest.skip(f"needs `chroma run`: {(self.folder / 'log.txt').read_text(errors='replace')[-300:]}")

    def kill(self) -> None:
        """Kill it, without a chance to write anything."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def get(self, path: str) -> Any:
        """Return what it says at a path of its API."""
        return self._asked(path, "GET")

    def collections(self) -> dict[str, int]:
        """Return the names of its collections, each with how many chunks it holds."""
        rows: Sequence[Mapping[str, str]] = self.get(f"{_DATABASE}/collections")
        return {row["name"]: self.get(f"{_DATABASE}/collections/{row['id']}/count") for row in rows}

    def delete(self, name: str) -> None:
        """Delete a collection."""
        self._asked(f"{_DATABASE}/collections/{name}", "DELETE")

    def drop(self, name: str, ids: Sequence[str]) -> None:
        """Delete chunks of a collection."""
        number = self.get(f"{_DATABASE}/collections/{name}")["id"]
        self._asked(f"{_DATABASE}/collections/{number}/delete", "POST", {"ids": list(ids)})

    def _asked(self, path: str, method: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = Request(f"{self.url}/api/v2{path}", data, {"content-type": "application/json"}, method=method)
        with self._ask.open(request, timeout=LONGEST) as reply:
            return json.loads(reply.read() or b"null")
