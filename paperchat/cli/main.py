"""The command line: arguments in, text out. Heavy packages are imported by the commands that need them."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paperchat import __version__
from paperchat.cli.progress import say
from paperchat.errors import InputError, ModelError, PaperchatError
from paperchat.evaluation.questions import EXAMPLES, parse_json, read_claims, read_rows, read_text, read_turns
from paperchat.export.references import FORMATS, format_references
from paperchat.settings import Settings, load_settings

if TYPE_CHECKING:
    from paperchat.app import App
    from paperchat.types import Answer, Check

FLAGS = (
    ("--data", "folder of the store"),
    ("--model", "Ollama chat model (default: the best installed)"),
    ("--embedder", "minilm (default) or ollama:<model>"),
    ("--num-ctx", "context asked of the model, in tokens"),
    ("--max-tokens", "longest answer, in tokens"),
    ("--evidence-tokens", "most evidence shown to the model, in tokens"),
    ("--papers", "papers retrieved for a question"),
    ("--timeout", "longest silence of the model server, in seconds"),
)

EXIT_INPUT = 1

MOST_RESULTS = 1000

SUGGESTED = 5
"""Papers offered for what is looked up."""

LONGEST_PATH = 250
"""Characters from which on an argument is a text and no file's name."""

RECEIPTS = (".json", ".md")

TABLES = (".md", ".csv", ".tex")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 a clear error, 2 wrong usage."""
    arguments = _parser().parse_args(argv)
    _quiet_environment()
    try:
        return int(arguments.run(arguments, _settings(arguments)))
    except PaperchatError as error:
        say(str(error))
        return EXIT_INPUT
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_INPUT


def _parser() -> argparse.ArgumentParser:
    settings = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    for flag, text in FLAGS:
        settings.add_argument(flag, help=text)
    page = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    page.add_argument("--host", help="address to serve the page on (default 127.0.0.1)")
    page.add_argument("--port", help="port to serve the page on (default 7860)")
    page.add_argument("--no-browser", action="store_true", help="do not open a browser")
    parser = argparse.ArgumentParser(
        prog="paperchat",
        description="Ask research papers on this machine. Without a command: open the page.",
        parents=[settings, page],
    )
    parser.add_argument("--version", action="version", version=f"paperchat {__version__}")
    parser.set_defaults(run=_web)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def command(name: str, run: Callable[[Any, Settings], int], text: str, *more: Any) -> argparse.ArgumentParser:
        added: argparse.ArgumentParser = commands.add_parser(
            name, help=text, description=text, parents=[settings, *more]
        )
        added.set_defaults(run=run)
        return added

    command("web", _web, "open the page", page)
    for name, run, text, argument in (
        ("find", _find, "find the paper that is meant by a name, a half-remembered title or a claim", "text"),
        ("trace", _trace, "find the papers that support or contradict each sentence of a draft", "FILE_OR_TEXT"),
    ):
        one = command(name, run, text)
        one.add_argument("text", metavar=argument)
        one.add_argument("--json", action="store_true", help="print one JSON object a line")
    for name, run, text in (("ask", _ask, "answer a question"), ("search", _search, "find papers and sentences")):
        one = command(name, run, text)
        one.add_argument("question", nargs="?", help="the question")
        one.add_argument("--questions", type=Path, help="JSONL file of rows with id, question, optional history")
        one.add_argument("--json", action="store_true", help="print one JSON object a line")
        if name == "ask":
            one.add_argument("--history", type=Path, help="JSON file: a list of {question, answer}")
            one.add_argument(
                "--receipt", type=Path, help="write the answer and all it rests on to FILE.json or FILE.md"
            )
            one.add_argument("--table", type=Path, help="write the comparison to FILE.md, FILE.csv or FILE.tex")
        else:
            one.add_argument("-k", type=int, default=10, help="papers to return (default 10)")
    measure = command("eval", _eval, "measure answers on a file of questions, or compare two measurements")
    measure.add_argument("questions", nargs="?", type=Path, help="JSONL file (default: an example set)")
    measure.add_argument("--output", type=Path, help="path of the results (default: eval-<name> in this folder)")
    measure.add_argument("--no-model", action="store_true", help="do not ask Ollama: measure retrieval and evidence")
    measure.add_argument("--fresh", action="store_true", help="ask again what was answered before")
    measure.add_argument("--compare", nargs=2, type=Path, metavar=("A.json", "B.json"), help="what B changed")
    check = command("check", _check, "check whether papers support claims")
    check.add_argument("claims", type=Path, help="JSONL file of rows with id, claim, title (and label, kind to sum up)")
    check.add_argument("--json", action="store_true", help="print one JSON object a line")
    check.add_argument("--no-model", action="store_true", help="do not ask a model")
    command("index", _index, "add papers from saved listing pages").add_argument("files", nargs="*", type=Path)
    command("papers", _papers, "list the papers").add_argument("--json", action="store_true")
    cite = command("cite", _cite, "print references to papers")
    cite.add_argument("titles", nargs="*", metavar="TITLE_OR_ID")
    cite.add_argument("--format", choices=FORMATS, default="bibtex", help=f"{', '.join(FORMATS)} (default bibtex)")
    cite.add_argument("--all", action="store_true", help="all papers of the set")
    check = command("replay", _replay, "check a receipt against the store and say what changed")
    check.add_argument("receipt", type=Path, metavar="RECEIPT.json")
    check.add_argument("--json", action="store_true", help="print one JSON object")
    command("doctor", _doctor, "say what is there, what is not, and how to mend it").add_argument(
        "--json", action="store_true"
    )
    return parser


def _settings(arguments: argparse.Namespace) -> Settings:
    from paperchat.paths import default_data

    flags = {flag[2:].replace("-", "_") for flag, _ in FLAGS} | {"host", "port"}
    given = {name: getattr(arguments, name, None) for name in flags}
    return load_settings(default_data(), os.environ, given)


def _quiet_environment() -> None:
    """Keep libraries from phoning out and from sending loopback traffic to a proxy; must precede their imports."""
    os.environ.update(GRADIO_ANALYTICS_ENABLED="False", ANONYMIZED_TELEMETRY="False", HF_HUB_OFFLINE="1")
    for name in ("NO_PROXY", "no_proxy"):
        os.environ[name] = ",".join(filter(None, [os.environ.get(name), "127.0.0.1,localhost,::1"]))


def open_app(settings: Settings, files: Sequence[Path] = ()) -> "App":
    """Open the app, with progress on standard error."""
    from paperchat.app import App
    from paperchat.cli.progress import Bar

    with Bar() as bar:
        return App(settings, bar.say, bar.update, files)


def _web(arguments: argparse.Namespace, settings: Settings) -> int:
    from paperchat.web.server import check_port, serve

    check_port(settings.host, settings.port)
    with open_app(settings) as app:
        serve(app, settings.host, settings.port, open_browser=not getattr(arguments, "no_browser", False))
    return 0


def _ask(arguments: argparse.Namespace, settings: Settings) -> int:
    from paperchat.cli.terminal import print_answer
    from paperchat.export.json_forms import answer_json

    rows = _rows(arguments)
    _check_output(arguments, "receipt", RECEIPTS)
    _check_output(arguments, "table", TABLES)
    with open_app(settings) as app:
        for row in rows:
            answers = app.ask(row["question"], read_turns(row.get("history")))
            if arguments.json:
                answer = _last(answers)
                _print_json(row, answer_json(answer))
            else:
                answer = print_answer(answers)
            if arguments.receipt:
                text = app.receipts.text(answer, arguments.receipt.suffix.lower()[1:])
                _write(arguments.receipt, text, "receipt")
            if arguments.table:
                _write_table(answer, arguments.table)
    return 0


def _check_output(arguments: argparse.Namespace, name: str, endings: Sequence[str]) -> None:
    """Raise InputError for a file that could not be written, before the question is asked."""
    path: Path | None = getattr(arguments, name)
    if path is None:
        return
    if arguments.questions is not None:
        raise InputError(f"--{name} is for one question, not for --questions.", "Leave one of them out.")
    if path.suffix.lower() not in endings:
        names = " or ".join(f"FILE{ending}" for ending in endings)
        raise InputError(f"--{name} {path} does not end in {' or '.join(endings)}.", f"Name it {names}.")
    if not path.parent.is_dir() or path.is_dir():
        raise InputError(f"Cannot write {path}: no such folder, or a folder itself.", "Choose another place.")


def _write_table(answer: "Answer", path: Path) -> None:
    from paperchat.export.tables import FORMS

    if answer.table is None:
        raise InputError("The answer has no table.", 'Ask for a comparison: "compare GraphMAE with D-SLA".')
    _write(path, FORMS[path.suffix.lower()[1:]](answer.table), "table")


def _write(path: Path, text: str, name: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise InputError(f"Cannot write {path}: {error.strerror}.", "Choose another place.") from None
    say(f"The {name} is in {path}.")


def _cite(arguments: argparse.Namespace, settings: Settings) -> int:
    if arguments.all == bool(arguments.titles):
        raise InputError("Give titles or ids of papers, or --all.", 'For example: paperchat cite "…" --format apa')
    with open_app(settings) as app:
        papers = app.library.papers if arguments.all else app.library.find(arguments.titles)
        print(format_references(papers, arguments.format), end="")
    return 0


def _replay(arguments: argparse.Namespace, settings: Settings) -> int:
    from dataclasses import asdict

    from paperchat.cli.terminal import print_replay
    from paperchat.export.receipts import read_receipt

    receipt = read_receipt(read_text(arguments.receipt), str(arguments.receipt))
    with open_app(settings) as app:
        replay = app.receipts.replay(receipt)
    if arguments.json:
        print(json.dumps({"holds": replay.holds, **asdict(replay)}))
    else:
        print_replay(replay)
    return 0 if replay.holds else EXIT_INPUT


def _last(answers: Iterable["Answer"]) -> "Answer":
    *_, last = answers
    return last


def _search(arguments: argparse.Namespace, settings: Settings) -> int:
    from paperchat.cli.terminal import print_results
    from paperchat.export.json_forms import result_json

    if not 1 <= arguments.k <= MOST_RESULTS:
        raise InputError(f"-k {arguments.k} is not allowed.", f"Use a number from 1 to {MOST_RESULTS}.")
    rows = _rows(arguments)
    with open_app(settings) as app:
        for row in rows:
            results = app.search(row["question"], arguments.k)
            if arguments.json:
                _print_json(row, {"query": row["question"], "results": [result_json(r) for r in results]})
            else:
                print_results(results)
    return 0


def _find(arguments: argparse.Namespace, settings: Settings) -> int:
    from paperchat.cli.terminal import print_suggestions
    from paperchat.export.json_forms import suggestion_json
    from paperchat.query.question import check_question

    text = check_question(arguments.text)
    with open_app(settings) as app:
        found = app.library.suggest(text, SUGGESTED)
    if arguments.json:
        for one in found:
            print(json.dumps(suggestion_json(one)))
    else:
        print_suggestions(found)
    return 0


def _trace(arguments: argparse.Namespace, settings: Settings) -> int:
    from paperchat.cli.terminal import print_traced
    from paperchat.export.json_forms import traced_json

    path = Path(arguments.text)
    is_file = len(arguments.text) < LONGEST_PATH and path.is_file()
    text = read_text(path) if is_file else arguments.text
    with open_app(settings) as app:
        for one in app.checker.trace(text):
            if arguments.json:
                print(json.dumps(traced_json(one)), flush=True)
            else:
                print_traced(one)
    return 0


def _eval(arguments: argparse.Namespace, settings: Settings) -> int:
    from paperchat.cli.progress import Bar
    from paperchat.evaluation.report import comparison_text, report_markdown
    from paperchat.evaluation.runner import Run, evaluate, output_path, read_results

    if arguments.compare and arguments.questions:
        raise InputError("Give a file of questions, or --compare A.json B.json.", "Not both.")
    if arguments.compare:
        print(comparison_text(*map(read_results, arguments.compare)))
        return 0
    questions, written = arguments.questions or EXAMPLES, not arguments.no_model
    read_rows(questions)
    output = output_path(questions, arguments.output, written)
    with open_app(settings) as app, Bar("Asking", "questions") as bar:
        run = Run(questions, output, written, arguments.fresh)
        results = evaluate(app, settings, run, bar.say, bar.update)
    print(report_markdown(results))
    print(f"Written: {output}.json and {output}.md")
    return 0


def _check(arguments: argparse.Namespace, settings: Settings) -> int:
    from paperchat.cli.progress import Bar
    from paperchat.evaluation.claims import tally
    from paperchat.export.json_forms import check_json

    rows = read_claims(arguments.claims)
    checks: list[Check] = []
    with open_app(settings) as app, Bar("Checking", "claims") as bar:
        model, advice = (None, "") if arguments.no_model else app.model()
        if advice:
            bar.say(f"Checked without a model. {advice}")
        for row in rows:
            try:
                check = app.checker.check(row["claim"], row["title"], model)
            except ModelError as error:
                model = None
                bar.say(f"Claim {row['id']} and those after it are checked without a model. {error}")
                check = app.checker.check(row["claim"], row["title"])
            checks.append(check)
            if arguments.json:
                _print_json(row, check_json(check))
            else:
                print(f"{row['id']}  {check.verdict} {check.score:.2f}  {check.reason}", flush=True)
            bar.update(len(checks), len(rows))
    for line in tally(rows, checks):
        print(line, file=sys.stderr if arguments.json else sys.stdout)
    return 0


def _index(arguments: argparse.Namespace, settings: Settings) -> int:
    with open_app(settings, arguments.files) as app:
        print(f"{len(app.library.papers)} papers are indexed in {settings.data}.")
    return 0


def _papers(arguments: argparse.Namespace, settings: Settings) -> int:
    with open_app(settings) as app:
        for paper in app.library.papers:
            print(
                json.dumps({"id": paper.id, "title": paper.title}) if arguments.json else f"{paper.id}  {paper.title}"
            )
    return 0


def _doctor(arguments: argparse.Namespace, settings: Settings) -> int:
    from paperchat.cli.doctor import examine

    findings = examine(settings)
    for finding in findings:
        line = f"{'ok     ' if finding.good else 'missing'}  {finding.what}: {finding.found}"
        print(
            json.dumps(finding.as_json()) if arguments.json else "\n         ".join(filter(None, [line, finding.fix]))
        )
    return 0 if all(finding.good or finding.optional for finding in findings) else EXIT_INPUT


def _rows(arguments: argparse.Namespace) -> list[dict[str, Any]]:
    """Return the questions asked: the argument, or the rows of --questions."""
    if (arguments.question is None) == (arguments.questions is None):
        raise InputError("Give one question, or --questions FILE.", 'For example: paperchat ask "What is OBoW?"')
    if arguments.questions is not None:
        return [row for _, row in read_rows(arguments.questions)]
    row: dict[str, Any] = {"question": arguments.question}
    if getattr(arguments, "history", None):
        row["history"] = parse_json(read_text(arguments.history), arguments.history.name)
        read_turns(row["history"])
    return [row]


def _print_json(row: dict[str, Any], value: dict[str, Any]) -> None:
    print(json.dumps({"id": row["id"], **value} if "id" in row else value), flush=True)
