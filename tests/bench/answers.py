"""Answers side by side: paperchat, LlamaIndex's CitationQueryEngine, and a bare call with paperchat's own request.

Every system's request to Ollama passes through a Meter, so times and tokens are taken at the same place for all.
"""

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from paperchat.app import App
from paperchat.errors import ModelError
from paperchat.ollama import OllamaServer
from paperchat.settings import Settings
from tests.bench.data import Query
from tests.bench.measures import mean, percentile

SYSTEMS = PAPERCHAT, BARE, CITATION = "paperchat", "bare call", "CitationQueryEngine"
SOURCES = 3
"""Nodes retrieved for CitationQueryEngine, as in its documentation."""

BREAKER = "Name a colour that is not in a rainbow."
"""What the server reads before each measured answer, so that no prompt finds itself in the prompt cache."""

NOTES = (
    (
        "Same model, context, longest reply, temperature 0 and seed. CitationQueryEngine as documented (3 "
        "sources). Times are medians of seconds since the question, taken where the reply leaves Ollama's client."
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
class Call:
    """One streamed reply as the client saw it, in seconds since the question, and as the server counted it."""

    first: float | None
    total: float
    waited: float
    prompt_tokens: int
    output_tokens: int
    prompt_seconds: float
    text: str


@dataclass(frozen=True)
class Row:
    """One answer of one system; `evidence` is None where there is no retrieval. `calls` are all requests it made."""

    id: str
    system: str
    model: str
    evidence: float | None
    total: float
    calls: int
    call: Call


class Meter:
    """Takes the place of an ollama.Client's `chat`: passes on, and keeps each streamed request and what came of it."""

    def __init__(self, client: Any) -> None:
        self.client, self._chat = client, client.chat
        client.chat = self
        self.start()

    def start(self) -> None:
        """Begin a question: times count from here."""
        self.requests: list[Mapping[str, Any]] = []
        self.calls: list[Call] = []
        self.count = 0
        self.began = time.perf_counter()

    def __call__(self, **request: Any) -> Any:
        self.count += 1
        return self._streamed(request) if request.get("stream") else self._chat(**request)

    def _streamed(self, request: Mapping[str, Any]) -> Iterator[Any]:
        self.requests.append(request)
        call = Call(None, 0.0, 0.0, 0, 0, 0.0, "")
        with closing(self._chat(**request)) as records:
            while True:
                asked = time.perf_counter()
                record = next(records, None)
                now = time.perf_counter()
                call = replace(call, waited=call.waited + now - asked)
                if record is None:
                    break
                call = _counted(call, record, now - self.began)
                if record.done:
                    self.calls.append(call)
                yield record


def _counted(call: Call, record: Any, now: float) -> Call:
    text = record.message.content or ""
    call = replace(call, text=call.text + text, total=now, first=call.first if call.first or not text else now)
    if not record.done:
        return call
    return replace(
        call,
        prompt_tokens=record.prompt_eval_count or 0,
        output_tokens=record.eval_count or 0,
        prompt_seconds=(record.prompt_eval_duration or 0) / 1e9,
    )


class Answers:
    """Asks each system in turn; every finished row is kept in a JSONL file, and not asked for again."""

    def __init__(self, settings: Settings, app: App, index: Any, file: Path) -> None:
        """`index` is LlamaIndex's over the same papers. Raises ModelError where no model answers."""
        server = OllamaServer(settings.ollama_host, settings.model, settings.num_ctx, settings.timeout)
        self._model, self._app, self._file = server.choose(), app, file
        self._context = server.context(self._model)
        self.key = f"{self._model.name}@{self._model.digest.removeprefix('sha256:')[:12]}, context {self._context}"
        self._ours = Meter(app._model.client)
        self._theirs, self._plain = Meter(server.client), Meter(replace(server).client)
        self.server_version = server.version()
        self._engine = self._citation_engine(settings, index)
        self.rows = {(row.id, row.system): row for row in _read(file) if row.model == self.key}

    def ask(self, query: Query, turn: int) -> None:
        """Ask all systems one question; CitationQueryEngine comes first at every second turn."""
        steps = [self._ours_and_bare, self._citation]
        for step in reversed(steps) if turn % 2 else steps:
            step(query)

    def _ours_and_bare(self, query: Query) -> None:
        """Ask paperchat, then repeat its request: both in one go, so that they met the same machine."""
        if (query.id, BARE) not in self.rows:
            for row in (self._paperchat(query), self._bare(query)):
                self._keep(row)

    def _paperchat(self, query: Query) -> Row:
        self._begin(self._ours)
        *_, last = self._app.ask(query.question, query.history)
        if not self._ours.calls:
            raise ModelError(f"paperchat wrote no answer to {query.id}: {' '.join(last.notices)}")
        return self._row(query, PAPERCHAT, self._ours, last.timings["evidence"])

    def _bare(self, query: Query) -> Row:
        """Send the very request with which paperchat wrote its answer, and read the reply."""
        self._begin(self._plain)
        for _ in self._plain(**self._ours.requests[-1]):
            pass
        return self._row(query, BARE, self._plain, None)

    def _citation(self, query: Query) -> None:
        from llama_index.core.schema import QueryBundle

        if (query.id, CITATION) in self.rows:
            return
        self._begin(self._theirs)
        bundle = QueryBundle(query.text)
        nodes = self._engine.retrieve(bundle)
        evidence = time.perf_counter() - self._theirs.began
        for _ in self._engine.synthesize(bundle, nodes).response_gen:
            pass
        self._keep(self._row(query, CITATION, self._theirs, evidence))

    def _begin(self, meter: Meter) -> None:
        options = {"num_ctx": self._context, "num_predict": 1, "temperature": 0, "seed": 1}
        meter.client.chat(model=self._model.name, messages=[{"role": "user", "content": BREAKER}], options=options)
        meter.start()

    def _row(self, query: Query, system: str, meter: Meter, evidence: float | None) -> Row:
        total = time.perf_counter() - meter.began
        return Row(query.id, system, self.key, evidence, total, meter.count, meter.calls[-1])

    def _keep(self, row: Row) -> None:
        self.rows[row.id, row.system] = row
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")

    def _citation_engine(self, settings: Settings, index: Any) -> Any:
        from llama_index.core.query_engine import CitationQueryEngine
        from llama_index.llms.ollama import Ollama

        model = Ollama(
            model=self._model.name,
            client=self._theirs.client,
            temperature=0,
            context_window=self._context,
            request_timeout=settings.timeout,
            additional_kwargs={"num_predict": settings.max_tokens, "seed": 1},
        )
        return CitationQueryEngine.from_args(
            index, llm=model, similarity_top_k=SOURCES, citation_chunk_size=512, streaming=True
        )


def _read(file: Path) -> list[Row]:
    if not file.is_file():
        return []
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [Row(**{**row, "call": Call(**row["call"])}) for row in rows]


def by_system(rows: Mapping[tuple[str, str], Row]) -> list[dict[str, Any]]:
    """Return a row a system: prompt and reply in tokens (means), and seconds (medians) from the question on."""
    table = []
    for system in SYSTEMS:
        own = [row for (_, name), row in rows.items() if name == system]
        table.append(
            {
                "system": system,
                "n": len(own),
                "prompt tokens": mean([row.call.prompt_tokens for row in own]),
                "reply tokens": mean([row.call.output_tokens for row in own]),
                "evidence s": percentile([row.evidence for row in own if row.evidence is not None], 50),
                "first token s": percentile([row.call.first for row in own if row.call.first is not None], 50),
                "total s": percentile([row.total for row in own], 50),
                "of it reading the prompt s": percentile([row.call.prompt_seconds for row in own], 50),
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
    first = [ours.call.first / bare.call.first - 1 for ours, bare in pairs if ours.call.first and bare.call.first]
    return {
        "questions": len(pairs),
        "same reply": sum(ours.call.text == bare.call.text for ours, bare in pairs),
        "total": percentile([ours.total / bare.total - 1 for ours, bare in pairs], 50),
        "first token": percentile(first, 50),
        "own work": percentile([(ours.total - ours.call.waited) / ours.call.waited for ours, _ in pairs], 50),
    }
