"""Answers side by side: paperchat, LlamaIndex's CitationQueryEngine, and a bare call with paperchat's own request.

Every system talks to Ollama through a Wire, so times and tokens are taken at the same place for all.
"""

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import httpx

from paperchat.app import App
from paperchat.errors import ModelError
from paperchat.models.ollama import OllamaServer
from paperchat.settings import Settings
from paperchat.storage.atomic import Journal
from paperchat.types import Message
from tests.bench.data import Query
from tests.bench.measures import mean, percentile
from tests.bench.report import code_digest
from tests.bench.wire import CHAT, Wire

SYSTEMS = PAPERCHAT, BARE, CITATION = "paperchat", "bare call", "CitationQueryEngine"
SOURCES = 3
"""Nodes retrieved for CitationQueryEngine, as in its documentation."""

BREAKER = "Name a colour that is not in a rainbow."
"""What the server reads before each measured answer, so that no prompt finds itself in the prompt cache."""

NOTES = (
    (
        "Same model, context, longest reply, temperature 0 and seed. CitationQueryEngine as documented (3 "
        "sources). Times are medians of seconds since the question; all requests pass one relay that takes them."
    ),
    (
        "The bare call repeats the very request of paperchat's answer. Before every measured answer the server "
        "reads another prompt, so that none is found in its prompt cache: see the seconds of reading the prompt."
    ),
    (
        "`total` and `first token` of what is added compare two calls and hold the server's noise (a share: 0.05 "
        "is 5 %); `own work` is within one answer: time not spent waiting for the model, by time spent waiting."
    ),
)


@dataclass(frozen=True)
class Row:
    """One answer of one system, in seconds since the question, and in tokens as the server counted them.

    `evidence` is None where nothing is retrieved; `waited` are the seconds that requests to the model were under way.
    """

    id: str
    system: str
    evidence: float | None
    first: float | None
    total: float
    waited: float
    calls: int
    prompt_tokens: int
    output_tokens: int
    prompt_seconds: float
    text: str


class Answers:
    """Asks each system in turn; every finished row is kept in a file, and not asked for again by the same code."""

    def __init__(self, settings: Settings, wire: Wire, app: App, index: Any, file: Path) -> None:
        """`app` and `wire` lead to the server of `settings`; `index` is LlamaIndex's over the same papers.

        Raises ModelError where no model answers.
        """
        self._server = OllamaServer(settings.ollama_host, settings.model, settings.num_ctx, settings.timeout)
        self.server_version = self._server.version()
        self._model, self._wire, self._app = self._server.choose(), wire, app
        self._context = self._server.context(self._model)
        self.key = f"{self._model.name}@{self._model.digest.removeprefix('sha256:')[:12]}, context {self._context}"
        self._timeout = settings.timeout
        self._engine = self._citation_engine(settings, index)
        file.parent.mkdir(parents=True, exist_ok=True)
        conditions = {"model": self.key, "server": self.server_version, "longest_reply": settings.max_tokens}
        self._journal = Journal(file, {**conditions, "embedder": settings.embedder, "code": code_digest()}, fresh=False)
        self.rows = {(row["id"], row["system"]): Row(**row) for row in self._journal.rows}

    def close(self) -> None:
        """Close the file of rows."""
        self._journal.__exit__()

    def ask(self, query: Query, turn: int) -> None:
        """Ask all systems one question; CitationQueryEngine comes first at every second turn."""
        steps = [self._paperchat_and_bare, self._citation]
        for step in reversed(steps) if turn % 2 else steps:
            step(query)

    def _paperchat_and_bare(self, query: Query) -> None:
        """Ask paperchat, then repeat its request: both in one go, so that they met the same machine."""
        if (query.id, BARE) not in self.rows and (asked := self._paperchat(query)):
            ours, request = asked
            for row in (ours, self._bare(query, request)):
                self._keep(row)

    def _paperchat(self, query: Query) -> tuple[Row, bytes] | None:
        """Return paperchat's answer and its request, or None for what it answers from the record alone."""
        began = self._begin()
        *_, last = self._app.ask(query.question, query.history)
        row = self._row(query, PAPERCHAT, began, last.timings["evidence"])
        written = self._wire.longest()
        if written is None and last.stage == "done" and last.model is None:
            return None
        if written is None or last.stage != "done":
            raise ModelError(f"paperchat wrote no answer to {query.id}: {' '.join(last.notices)}")
        return row, written.body

    def _bare(self, query: Query, request: bytes) -> Row:
        """Send the very bytes with which paperchat asked for its answer, and read the reply."""
        began = self._begin()
        url = self._wire.url + CHAT
        with httpx.stream("POST", url, content=request, timeout=self._timeout, trust_env=False) as response:
            for _ in response.iter_raw():
                pass
        return self._row(query, BARE, began, None)

    def _citation(self, query: Query) -> None:
        from llama_index.core.schema import QueryBundle

        if (query.id, CITATION) in self.rows:
            return
        began = self._begin()
        bundle = QueryBundle(query.text)
        nodes = self._engine.retrieve(bundle)
        evidence = time.perf_counter() - began
        for _ in self._engine.synthesize(bundle, nodes).response_gen:
            pass
        self._keep(self._row(query, CITATION, began, evidence))

    def _begin(self) -> float:
        """Let the server read another prompt, so that its cache helps nobody; return when the question begins."""
        for _ in self._server.chat(self._model, [Message("user", BREAKER)], None, 1):
            pass
        self._wire.exchanges.clear()
        return time.perf_counter()

    def _row(self, query: Query, system: str, began: float, evidence: float | None) -> Row:
        total = time.perf_counter() - began
        exchanges, written = self._wire.exchanges, self._wire.longest()
        return Row(
            query.id, system, evidence,
            first=written.first - began if written and written.first else None,
            total=total,
            waited=sum(exchange.ended - exchange.began for exchange in exchanges),
            calls=len(exchanges),
            prompt_tokens=sum(exchange.prompt_tokens for exchange in exchanges),
            output_tokens=sum(exchange.output_tokens for exchange in exchanges),
            prompt_seconds=sum(exchange.prompt_seconds for exchange in exchanges),
            text=written.text if written else "",
        )  # fmt: skip

    def _keep(self, row: Row) -> None:
        self.rows[row.id, row.system] = row
        self._journal.append(asdict(row))

    def _citation_engine(self, settings: Settings, index: Any) -> Any:
        from llama_index.core.query_engine import CitationQueryEngine
        from llama_index.llms.ollama import Ollama

        model = Ollama(
            model=self._model.name,
            base_url=self._wire.url,
            temperature=0,
            context_window=self._context,
            request_timeout=settings.timeout,
            additional_kwargs={"num_predict": settings.max_tokens, "seed": 1},
        )
        return CitationQueryEngine.from_args(
            index, llm=model, similarity_top_k=SOURCES, citation_chunk_size=512, streaming=True
        )


def by_system(rows: Mapping[tuple[str, str], Row]) -> list[dict[str, Any]]:
    """Return a row a system: prompt and reply in tokens (means), and seconds (medians) from the question on."""
    table = []
    for system in SYSTEMS:
        own = [row for (_, name), row in rows.items() if name == system]
        table.append(
            {
                "system": system,
                "n": len(own),
                "prompt tokens": mean([row.prompt_tokens for row in own]),
                "reply tokens": mean([row.output_tokens for row in own]),
                "evidence s": percentile([row.evidence for row in own if row.evidence is not None], 50),
                "first token s": percentile([row.first for row in own if row.first is not None], 50),
                "total s": percentile([row.total for row in own], 50),
                "of it reading the prompt s": percentile([row.prompt_seconds for row in own], 50),
            }
        )
    return table


def added(rows: Mapping[tuple[str, str], Row]) -> dict[str, Any]:
    """Return what paperchat adds to the bare call, as shares of the call's time (medians over the questions).

    `total` and `first token` compare with the bare call beside it, so they hold the server's noise. `own work` is what
    passed in paperchat's answer while it was not waiting for the model, by the time it waited: it has none.
    """
    pairs = [
        (row, rows[key, BARE]) for (key, system), row in rows.items() if system == PAPERCHAT and (key, BARE) in rows
    ]
    first = [ours.first / bare.first - 1 for ours, bare in pairs if ours.first and bare.first]
    return {
        "questions": len(pairs),
        "same reply": sum(ours.text == bare.text for ours, bare in pairs),
        "total": percentile([ours.total / bare.total - 1 for ours, bare in pairs], 50),
        "first token": percentile(first, 50),
        "own work": percentile([(ours.total - ours.waited) / ours.waited for ours, _ in pairs], 50),
    }
