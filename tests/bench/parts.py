"""The parts of `python -m tests.bench PART`: measure paperchat side by side with what a user would pick instead."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from paperchat.app import App, make_embedder
from paperchat.errors import InputError, ModelError, PaperchatError
from paperchat.evaluation import questions
from paperchat.paths import CHECKOUT
from paperchat.settings import WITHOUT_MODEL, Settings, load_settings
from paperchat.storage.incoming import Order
from paperchat.storage.readers.listing import SHIPPED, read_page
from paperchat.types import Answer
from tests.bench import checkers, checks, data, lists, load, peers, report, retrieval, scale, start
from tests.bench.bars import Bars, say
from tests.bench.embedders import CachedEmbedder
from tests.bench.systems import LlamaIndex, Paperchat, close_all
from tests.bench.systems import peers as peer_systems
from tests.bench.wire import Wire

FOLDER = CHECKOUT / "vectorstore" / "bench"
SIZES = (1_000, 10_000, 100_000)
FLAGS = ("embedder", "model", "num_ctx", "max_tokens", "timeout")
Tables = dict[str, list[dict[str, Any]]]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one part and return its exit code: 0 done, 1 a clear error, 2 wrong usage."""
    arguments = _parser().parse_args(argv)
    os.environ.update(ANONYMIZED_TELEMETRY="False", HF_HUB_OFFLINE="1")
    try:
        settings = load_settings(arguments.folder, os.environ, {name: getattr(arguments, name) for name in FLAGS})
        arguments.run(arguments, settings)
    except PaperchatError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--folder", type=Path, default=FOLDER, help="where results and vectors go")
    for name in FLAGS:
        common.add_argument(f"--{name.replace('_', '-')}", help="as of paperchat")
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parts = parser.add_subparsers(title="parts", metavar="PART", required=True)

    def part(name: str, run: Callable[[Any, Settings], None], text: str) -> argparse.ArgumentParser:
        added = parts.add_parser(name, help=text, description=text, parents=[common])
        added.set_defaults(run=run)
        return added

    one = part("peers", _peers, "paperchat, LlamaIndex, Chroma and BM25 on the same questions")
    one.add_argument("--questions", type=Path, help="JSONL file (default: the shared dev questions, else the examples)")
    one.add_argument("--rounds", type=int, default=3, help="times each question is searched (default 3; 0: none)")
    one.add_argument("--answers", type=int, default=20, help="questions answered with a model (default 20; 0: none)")
    one = part("forms", _forms, "citations held to a schema beside citations written freely, with a model")
    one.add_argument("--questions", type=Path, help="JSONL file (default: the shared dev questions, else the examples)")
    one.add_argument("--count", type=_count, default=16, help="questions (default 16)")
    one = part("check", _check, "claims checked a second, without a model")
    one.add_argument("--claims", type=Path, help="JSONL file (default: the shared dev claims, else the project's own)")
    one.add_argument("--rounds", type=_count, default=2, help="times each claim is checked (default 2)")
    one = part("retrieval", _retrieval, "LitSearch over 20,000 (S) and 60,000 (M) papers, and SciFact")
    one.add_argument("--sets", nargs="+", choices=("scifact", *retrieval.SIZES), default=("scifact", "S", "M"))
    one.add_argument("--size", type=_count, help="the first papers of each set only")
    one = part("scale", _scale, "index time, memory, disk, start-up and query time at growing sizes")
    one.add_argument("--sizes", nargs="+", type=_count, default=SIZES, help="papers (default 1000 10000 100000)")
    one.add_argument("--vectors", choices=("random", "cached"), default="random", help="default: random")
    one = part("lists", _lists, "lists over 20,000 papers, against topics labelled by hand, without a model")
    one.add_argument("--store", type=Path, help="data folder that has the 20,000 (default: they are indexed)")
    one.add_argument("--topics", nargs="+", help="the ids of some topics only")
    one = part("load", _load, "50 readers at once and 500 questions one after another, without a model and with one")
    one.add_argument("--questions", type=Path, help="JSONL file (default: the shared dev questions, else the examples)")
    one.add_argument("--readers", type=_count, default=50, help="who ask at once (default 50)")
    one.add_argument("--count", type=_count, default=500, help="questions one after another (default 500)")
    one = part("start", _start, "a question from the shell beside the import of Chroma alone")
    one.add_argument("--rounds", type=_count, default=10, help="times both are run (default 10)")
    one = part("scale-step", _scale_step, "one step of `scale`, in this process; prints JSON")
    one.add_argument("--step", choices=("index", "serve"), required=True)
    one.add_argument("--size", type=_count, required=True)
    one.add_argument("--vectors", choices=("random", "cached", "real"), required=True)
    one.add_argument("--store", type=Path, required=True)
    return parser


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1.")
    return int(text)


def _peers(arguments: argparse.Namespace, settings: Settings) -> None:
    path = arguments.questions or data.default_questions()
    queries = data.read_questions(path, read_page(SHIPPED))
    if arguments.rounds > 0:
        _search(arguments, settings, path.name, queries)
    if arguments.answers > 0:
        _answers(arguments, settings, queries)


def _forms(arguments: argparse.Namespace, settings: Settings) -> None:
    from tests.bench import forms

    path = arguments.questions or data.default_questions()
    queries = [query for query in data.read_questions(path, read_page(SHIPPED)) if query.gold and query.type != "list"]
    chosen = queries[:: max(1, len(queries) // arguments.count)][: arguments.count]
    own = replace(settings, data=arguments.folder / "peers" / "paperchat")
    with Bars() as bars, App(own, say, bars.named("Indexing for paperchat")) as app:
        try:
            rows = forms.compare(app, own, chosen, bars.named("Answering"))
            facts = {"model": app.receipts.provenance(written=True).model, "questions": f"{path.name} ({len(chosen)})"}
        except ModelError as error:
            say(f"No answers: {error}")
            return
    _report(arguments.folder, "forms", facts, {"Citations": rows}, forms.NOTES)


def _check(arguments: argparse.Namespace, settings: Settings) -> None:
    path = arguments.claims or data.default_claims()
    claims = questions.read_claims(path)
    own = replace(settings, data=arguments.folder / "peers" / "paperchat")
    with Bars() as bars, App(own, say, bars.named("Indexing for paperchat")) as app:
        rows = checks.compare(app.checker, claims, arguments.rounds, bars.named("Checking"))
        facts = {"claims": f"{path.name} ({len(claims)})", "papers": len(app.library.papers), "embedder": own.embedder}
    tables = {"Checks": rows, "Beside other checkers: balanced accuracy": _checkers(arguments.folder, settings)}
    _report(arguments.folder, "check", facts, tables, (*checks.NOTES, *checkers.NOTES))


def _checkers(folder: Path, settings: Settings) -> list[dict[str, Any]]:
    """Return a row a checker, measured on the sets of claims that are there."""
    others = checkers.peers(folder / "checkers", say)
    measured: dict[str, dict[str, checkers.Called]] = {name: {} for name in ("paperchat", checkers.OVERLAP, *others)}
    sets = checkers.claim_sets(data.shared_folder())
    scored = {}
    with Bars() as bars:
        for one in sets:
            own = replace(settings, data=folder / "claims" / one.name)
            with App(own, say, bars.named(f"Indexing {one.name}"), Order(one.files)) as app:
                papers = {row["title"]: app.library.find([row["title"]])[0] for row in one.rows}
                for name, said in {"paperchat": checkers.ours(app.checker), **others}.items():
                    measured[name][one.name] = checkers.rows_of(one, papers, said, bars.named(f"{name}, {one.name}"))
                scored[one.name] = checkers.overlaps(one, papers)
    measured[checkers.OVERLAP] = checkers.called_by_overlap(scored)
    return checkers.table(measured) if sets else []


def _search(arguments: argparse.Namespace, settings: Settings, name: str, queries: Sequence[data.Query]) -> None:
    papers = read_page(SHIPPED)
    cache = CachedEmbedder(make_embedder(settings), arguments.folder / "vectors.sqlite3")
    with Bars() as bars, ExitStack() as closing:
        closing.callback(cache.close)
        systems = peer_systems(arguments.folder / "peers", cache, papers, say, bars.named("Indexing for paperchat"))
        closing.callback(close_all, systems)
        rows = peers.compare(systems, queries, arguments.rounds, bars.named("Searching"))
    facts = {
        "questions": f"{name} ({len(queries)}, {sum(bool(query.gold) for query in queries)} with gold papers)",
        "papers": len(papers),
        "embedder": cache.name,
        "rounds": arguments.rounds,
        "depth": peers.DEPTH,
    }
    tables = {"Retrieval": peers.quality(rows, queries), "Recall@5 by type": peers.by_type(rows, queries)}
    _report(arguments.folder, "peers", facts, tables, peers.NOTES)


def _answers(arguments: argparse.Namespace, settings: Settings, queries: Sequence[data.Query]) -> None:
    """Measure answers where a model answers; say what is missing otherwise."""
    if find_spec("llama_index.llms.ollama") is None:
        say(f"No answers: llama-index-llms-ollama is not installed. Run: {sys.executable} -m pip install -e '.[bench]'")
        return
    from tests.bench import answers

    folder = arguments.folder / "peers"
    cache = CachedEmbedder(make_embedder(settings), arguments.folder / "vectors.sqlite3")
    step = max(1, len(queries) // arguments.answers)
    chosen = queries[::step][: arguments.answers]
    with Bars() as bars, ExitStack() as closing:
        closing.callback(cache.close)
        theirs = LlamaIndex(folder / "llama_index_answers", cache, read_page(SHIPPED))
        closing.callback(theirs.close)
        wire = closing.enter_context(Wire(settings.ollama_host, settings.timeout))
        own = replace(settings, data=folder / "paperchat", ollama_host=wire.url)
        app = closing.enter_context(App(own, say, bars.named("Indexing for paperchat")))
        try:
            asked = answers.Answers(settings, wire, app, theirs.index, folder / "answers.jsonl")
        except ModelError as error:
            say(f"No answers: {error}")
            return
        closing.callback(asked.close)
        bar = bars.named("Answering")
        for turn, query in enumerate(chosen):
            bar(turn, len(chosen))
            asked.ask(query, turn)
        bar(len(chosen), len(chosen))
    rows = {key: row for key, row in asked.rows.items() if key[0] in {query.id for query in chosen}}
    facts = {
        "model": asked.key,
        "questions": len(chosen),
        "longest reply": own.max_tokens,
        "server": f"Ollama {asked.server_version}",
    }
    tables = {"Answers": answers.by_system(rows), "What paperchat adds to the bare call": [answers.added(rows)]}
    _report(arguments.folder, "answers", facts, tables, answers.NOTES)


def _retrieval(arguments: argparse.Namespace, settings: Settings) -> None:
    tables: Tables = {}
    embedder = make_embedder(settings)
    for name in arguments.sets:
        with Bars() as bars:
            tables |= retrieval.measure(name, arguments.size, arguments.folder, embedder, say, bars.named)
        facts = {"embedder": embedder.name, "sets": " ".join(arguments.sets), "size": arguments.size or "whole"}
        _report(arguments.folder, "retrieval", facts, tables, retrieval.NOTES)


def _scale(arguments: argparse.Namespace, settings: Settings) -> None:
    flags = [f"--embedder={settings.embedder}"]
    sample = scale.measure(scale.SAMPLE, "real", arguments.folder, flags, say)
    speed = {"Embedding, a sample embedded for real": [scale.embedding_speed(sample)]}
    facts = {"embedder": settings.embedder, "vectors": arguments.vectors}
    rows: list[dict[str, Any]] = []
    for size in sorted(set(arguments.sizes)):
        rows.append(scale.measure(size, arguments.vectors, arguments.folder, flags, say))
        tables = {**speed, "Sizes": rows, "Growth: exponent b of size ** b": scale.growth(rows)}
        _report(arguments.folder, "scale", facts, tables, scale.NOTES[arguments.vectors])


def _lists(arguments: argparse.Namespace, settings: Settings) -> None:
    try:
        papers = data.ml_papers(lists.PAPERS)
    except InputError as error:
        say(f"No lists: {error}")
        return
    topics = [one for one in lists.read_topics() if one.id in (arguments.topics or (one.id,))]
    store = arguments.store or retrieval.home_of(arguments.folder / "stores", "mlpapers", len(papers))
    with Bars() as bars:
        if not arguments.store:
            progress = bars.named("Indexing for paperchat")
            Paperchat(store, make_embedder(settings), papers, say, progress).close()
        with App(replace(settings, data=store), say, bars.named("Indexing for paperchat")) as app:
            known = lists.places(app.library.papers)

            def ask(question: str) -> Answer:
                return [*app.ask(question, choice=WITHOUT_MODEL)][-1]

            rows = lists.measure(topics, ask, known, bars.named("Listing"))
            facts = {"papers": len(app.library.papers), "labelled": len(known), "embedder": settings.embedder}
    _report(arguments.folder, "lists", facts, {"Topics": rows, "Halves": lists.means(rows)}, lists.NOTES)


def _load(arguments: argparse.Namespace, settings: Settings) -> None:
    path = arguments.questions or data.default_questions()
    questions = [query.text for query in data.read_questions(path, read_page(SHIPPED))]
    facts = {"embedder": settings.embedder, "questions": path.name, "readers": arguments.readers}
    tables: Tables = {}
    store = arguments.folder / "stores" / "load"
    for title, row in load.measure(store, questions, arguments.readers, arguments.count):
        tables.setdefault(title, []).append(row)
        _report(arguments.folder, "load", facts, tables, load.NOTES)


def _scale_step(arguments: argparse.Namespace, settings: Settings) -> None:
    made = scale.run_step(
        arguments.step, arguments.size, arguments.vectors, arguments.store, arguments.folder, settings
    )
    print(json.dumps(made))


def _start(arguments: argparse.Namespace, settings: Settings) -> None:
    own = replace(settings, data=arguments.folder / "peers" / "paperchat")
    with Bars() as bars:
        with App(own, say, bars.named("Indexing for paperchat")) as app:
            facts = {"question": start.QUESTION, "papers": len(app.library.papers), "rounds": arguments.rounds}
        rows = start.compare(own.data, arguments.rounds, bars.named("Starting"))
    _report(arguments.folder, "start", facts, {"Start": rows}, start.NOTES)


def _report(folder: Path, part: str, facts: dict[str, Any], tables: Tables, notes: Sequence[str]) -> None:
    path = report.write(folder, part, facts, tables, notes)
    print(path.read_text(encoding="utf-8"))
    say(f"Written: {path} and {path.with_suffix('.json').name}.")
