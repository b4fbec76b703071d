"""The vector index in a Chroma server (`chroma run`), a collection an index, named in the index's folder.

Only the address that was given is asked: no proxy of the environment, no redirect, no telemetry.
"""

import json
import time
from collections.abc import Container, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import chromadb
import httpx
from chromadb.api import ServerAPI
from chromadb.config import DEFAULT_DATABASE, DEFAULT_TENANT, Settings, System
from chromadb.errors import NotFoundError

from paperchat.errors import StoreError, UnreachableError
from paperchat.storage.atomic import write_whole
from paperchat.storage.chroma import VectorIndex
from paperchat.storage.folder import COLLECTION, index_folders, remove_index
from paperchat.text.typed_json import ShapeError, read_json
from paperchat.types import Chunk, Vectors

PLACE = {"tenant": DEFAULT_TENANT, "database": DEFAULT_DATABASE}

SILENCE = httpx.Timeout(60.0, connect=5.0)
"""Seconds that a server may be silent, and that it may take to be reached."""

PATIENCE = 20.0
"""Seconds for which an index that is being made waits for a server that went: one that starts again."""

ONCE_MORE = 5.0
"""Seconds for which whatever else is asked does so."""

PAUSE = 0.2
"""Seconds between two tries."""


@dataclass(frozen=True, slots=True)
class Named:
    """What the folder of an index says of its collection; in a copy of that folder it is another's."""

    server: str
    name: str
    folder: str


class ServerSite:
    """The vectors of each index are a collection of the server at a URL."""

    def __init__(self, server: str) -> None:
        self._server = server

    def open(self, folder: Path, ids: Container[str], /) -> VectorIndex:
        """Open the collection of a folder, or make one; raises UnreachableError, StoreError where it is gone."""
        named = read_named(folder)
        index = ServerIndex(self._server, named.name if named else f"paperchat-{uuid4().hex}", ids)
        if named is None:
            _name(folder, Named(self._server, index.name, _store(folder)))  # first, so that no kill leaves one unnamed
        try:
            index.find(make=named is None)
        except StoreError:
            index.close()
            raise
        return index

    def try_out(self, folder: Path) -> None:
        """Raise no StoreError: a damaged index ends no process of ours."""

    def copy(self, source: Path, folder: Path) -> None:
        """Go on with the collection of another folder; raises StoreError where that is not this store's own."""
        named = read_named(source)
        if named is None or not self._is_own(named, source):
            raise StoreError("The collection is another store's.")
        _name(folder, named)

    def remove(self, folder: Path) -> None:
        """Delete the folder, and its collection with the last one that names it; later, where the server is away."""
        named = read_named(folder)
        others = (read_named(other) for other in index_folders(folder.parent) if other.name != folder.name)
        if named and self._is_own(named, folder) and named.name not in {one.name for one in others if one}:
            try:
                ServerIndex(self._server, named.name, ()).delete()
            except UnreachableError:
                return
            except StoreError:
                pass  # it is gone
        remove_index(folder)

    def _is_own(self, named: Named, folder: Path) -> bool:
        return (named.server, named.folder) == (self._server, _store(folder))


def _store(folder: Path) -> str:
    return str(folder.parent.resolve())


def _name(folder: Path, named: Named) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_whole(folder / COLLECTION, json.dumps(asdict(named)))


def read_named(folder: Path) -> Named | None:
    """Return what the folder of an index says of its collection, None where it says nothing that can be read."""
    try:
        return read_json(Named, (folder / COLLECTION).read_bytes())
    except (OSError, ShapeError):
        return None


def count_at(server: str, folder: Path | None) -> int:
    """Return how many chunks a server holds of the index of a folder, 0 of none; nothing is made.

    Raises UnreachableError, StoreError where the index is gone.
    """
    named = read_named(folder) if folder else None
    with closing(ServerIndex(server, named.name if named else "", ())) as index:
        if named is None:
            return 0
        index.find()
        return index.count()


class ServerIndex(VectorIndex):
    """Cosine nearest neighbours over the chunks of a collection; those alone are found that are `known`.

    More may be there: while papers are added, the collection is searched for the papers that there were.
    """

    def __init__(self, server: str, name: str, known: Container[str]) -> None:
        self.name, self._server, self._known = name, server, known
        with self._watched():
            self._line = _Line(httpx.Limits(keepalive_expiry=40.0))
            self._client: Any = _client(server, self._line)
        self._find_server()

    def find(self, make: bool = False) -> None:
        """Find the collection, or `make` it; raises StoreError where it is gone."""
        cosine: Any = {"hnsw": {"space": "cosine"}}
        with self._watched():
            if make:
                model = self._client.create_collection(self.name, configuration=cosine, get_or_create=True, **PLACE)
            else:
                model = self._client.get_collection(self.name, **PLACE)
            self._collection = chromadb.Collection(self._client, model, embedding_function=None)

    def add(self, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        """Add chunks with their vectors, shape (n, dimension), with patience for a server that starts again."""
        self._line.patience = PATIENCE
        super().add(chunks, vectors)

    def delete(self) -> None:
        """Delete the collection, and end; raises StoreError where it is gone."""
        try:
            with self._watched():
                self._client.delete_collection(self.name, **PLACE)
        finally:
            self.close()

    def search(self, vector: Vectors, limit: int, among: Sequence[str] | None = None) -> list[tuple[str, float]]:
        """Return at most `limit` (chunk id, cosine similarity) pairs, most similar first; those `among` these alone."""
        return [pair for pair in super().search(vector, limit, among) if pair[0] in self._known]

    def close(self) -> None:
        """Close the connections."""
        self._line.close()

    def _find_server(self) -> None:
        """Raise UnreachableError where no Chroma server answers."""
        try:
            with self._watched():
                self._client.heartbeat()
        except UnreachableError:
            self.close()
            raise
        except StoreError:
            self.close()
            message = f"What answers at {self._server} is no Chroma server."
            raise UnreachableError(message, "Give --chroma the address of one.") from None

    def _watched(self) -> AbstractContextManager[None]:
        return _Failure(self._server)


class _Line(httpx.HTTPTransport):
    """The connections to a server; one that starts again meanwhile is asked again, for which each question is fit."""

    def __init__(self, limits: httpx.Limits) -> None:
        super().__init__(limits=limits, trust_env=False)
        self.patience = ONCE_MORE

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and read the whole reply, again while the server is away and the patience lasts."""
        end = time.monotonic() + self.patience
        while True:
            try:
                response = super().handle_request(request)
                response.read()
            except (httpx.NetworkError, httpx.RemoteProtocolError):
                if time.monotonic() >= end:
                    raise
            else:
                return response
            time.sleep(PAUSE)


def _client(server: str, line: _Line) -> Any:
    """Return Chroma's client without what it does unasked: it would look up tenants, and take proxies as it finds them.

    Each setting that decides who is asked is given here, for else the environment, or a file `.env`, would.
    """
    parts = urlsplit(server)
    settings = Settings(
        chroma_api_impl="chromadb.api.fastapi.FastAPI",
        chroma_server_host=parts.netloc.rpartition(":")[0],
        chroma_server_http_port=parts.port,
        chroma_server_ssl_enabled=parts.scheme == "https",
        chroma_server_headers=None,
        chroma_client_auth_provider=None,
        chroma_otel_collection_endpoint="",
        anonymized_telemetry=False,
    )
    made: Any = ServerAPI  # an abstract class, for which the settings name another
    client: Any = System(settings).instance(made)
    session = client._session  # noqa: SLF001  # Chroma has no other way to say how it connects
    client._session = httpx.Client(transport=line, timeout=SILENCE, headers=session.headers, trust_env=False)  # noqa: SLF001
    session.close()
    return client


class _Failure:
    """Turns what Chroma's client raises into an UnreachableError, or a StoreError, that names the server."""

    def __init__(self, server: str) -> None:
        self._server = server

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if kind is None or not issubclass(kind, Exception) or issubclass(kind, StoreError):
            return
        server, parts = f"The Chroma server at {self._server}", urlsplit(self._server)
        if issubclass(kind, httpx.TransportError):
            raise UnreachableError(
                f"{server} {'is silent' if issubclass(kind, httpx.ReadTimeout) else 'does not answer'}.",
                f"Start it: chroma run --path FOLDER --host {parts.hostname} --port {parts.port}, or leave --chroma "
                "(PAPERCHAT_CHROMA) out: the index is then made in the store's own folder. Nothing is lost.",
            ) from None
        if issubclass(kind, ImportError):  # Chroma's client begins with the proxies of the environment
            raise UnreachableError(
                f"{server} cannot be asked: {str(error)[:200]}", "Unset ALL_PROXY, HTTP_PROXY and HTTPS_PROXY."
            ) from None
        if issubclass(kind, NotFoundError):
            raise StoreError(f"{server} has the index no more.", "Start paperchat again: it makes it anew.") from None
        raise StoreError(f"{server} failed: {str(error)[:200]}.", "Run: paperchat index") from None
