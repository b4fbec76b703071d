"""The command line: arguments in, text out. Heavy packages are imported by the commands that need them."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paperchat import __version__
from paperchat.errors import InputError, PaperchatError
from paperchat.settings import Settings, load_settings

if TYPE_CHECKING:
    from paperchat.app import App
    from paperchat.types import Answer, Check, Result, Turn

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
EXIT_INPUT, EXIT_STOPPED = 1, 130
MOST_RESULTS = 1000


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 a clear error, 2 wrong usage, 130 stopped."""
    arguments = _parser().parse_args(argv)
    _quiet_environment()
    try:
        return int(arguments.run(arguments, _settings(arguments)))
    except PaperchatError as error:
        print(f"paperchat: {error}", file=sys.stderr)
        return EXIT_INPUT
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_INPUT
    except KeyboardInterrupt:
        print("\npaperchat: stopped; what was finished is kept.", file=sys.stderr)
        return EXIT_STOPPED


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
    for name, run, text in (("ask", _ask, "answer a question"), ("search", _search, "find papers and sentences")):
        one = command(name, run, text)
        one.add_argument("question", nargs="?", help="the question")
        one.add_argument("--questions", type=Path, help="JSONL file of rows with id, question, optional history")
        one.add_argument("--json", action="store_true", help="print one JSON object a line")
        if name == "ask":
            one.add_argument("--history", type=Path, help="JSON file: a list of {question, answer}")
        else:
            one.add_argument("-k", type=int, default=10, help="papers to return (default 10)")
    check = command("check", _check, "check whether papers support claims")
    check.add_argument("claims", type=Path, help="JSONL file of rows with id, claim, title (and label, kind to sum up)")
    check.add_argument("--json", action="store_true", help="print one JSON object a line")
    check.add_argument("--no-model", action="store_true", help="do not ask a model")
    command("index", _index, "add papers from saved listing pages").add_argument("files", nargs="*", type=Path)
    command("papers", _papers, "list the papers").add_argument("--json", action="store_true")
    command("doctor", _doctor, "say what is there, what is not, and how to mend it").add_argument(
        "--json", action="store_true"
    )
    return parser


def _settings(arguments: argparse.Namespace) -> Settings:
    from paperchat.locations import default_data

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
    from paperchat.progress import Bar

    with Bar() as bar:
        return App(settings, bar.say, bar.update, files)


def _web(arguments: argparse.Namespace, settings: Settings) -> int:
    from paperchat.web import check_port, serve

    check_port(settings.host, settings.port)
    with open_app(settings) as app:
        serve(app, settings.host, settings.port, open_browser=not getattr(arguments, "no_browser", False))
    return 0


def _ask(arguments: argparse.Namespace, settings: Settings) -> int:
    rows = _rows(arguments)
    with open_app(settings) as app:
        for row in rows:
            if arguments.json:
                answer = _last(app.ask(row["question"], _turns(row.get("history", []))))
                _print_json(row, answer_json(answer))
            else:
                _print_answer(app.ask(row["question"], _turns(row.get("history", []))))
    return 0


def _last(answers: Iterable["Answer"]) -> "Answer":
    *_, last = answers
    return last


def _search(arguments: argparse.Namespace, settings: Settings) -> int:
    if not 1 <= arguments.k <= MOST_RESULTS:
        raise InputError(f"-k {arguments.k} is not allowed.", f"Use a number from 1 to {MOST_RESULTS}.")
    rows = _rows(arguments)
    with open_app(settings) as app:
        for row in rows:
            results = app.search(row["question"], arguments.k)
            if arguments.json:
                _print_json(row, {"query": row["question"], "results": [result_json(r) for r in results]})
            else:
                _print_results(results)
    return 0


def _check(arguments: argparse.Namespace, settings: Settings) -> int:
    from paperchat.progress import Bar
    from paperchat.tally import tally

    rows = list(_read_claims(arguments.claims))
    checks: list[Check] = []
    with open_app(settings) as app, Bar("Checking claims", " claims") as bar:
        model, advice = (None, "") if arguments.no_model else app.checking_model()
        if advice:
            bar.say(f"Checked without a model. {advice}")
        for row in rows:
            checks.append(check := app.check(row["claim"], row["title"], model))
            if arguments.json:
                _print_json(row, check_json(check))
            else:
                print(f"{row['id']}  {check.verdict} {check.score:.2f}  {check.reason}", flush=True)
            bar.update(len(checks), len(rows))
    for line in tally(rows, checks):
        print(line, file=sys.stderr if arguments.json else sys.stdout)
    return 0


def _read_claims(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(_read(path).splitlines(), 1):
        if line.strip():
            row = _parse(line, f"{path}, line {number}")
            fields = row if isinstance(row, dict) else {}
            lacks = [name for name in ("id", "claim", "title") if name not in fields]
            lacks += [name for name in ("claim", "title") if name in fields and not str(fields[name] or "").strip()]
            if lacks or not all(isinstance(fields[name], str) for name in ("claim", "title")):
                raise InputError(
                    f"{path}, line {number}: no {lacks[0] if lacks else 'text as claim or title'}.",
                    'Use {"id": …, "claim": "…", "title": "…"}.',
                )
            yield fields


def check_json(check: "Check") -> dict[str, Any]:
    """Return a check in the documented form."""
    return {"verdict": check.verdict, "score": check.score, "reason": check.reason, "quote": check.quote}


def _index(arguments: argparse.Namespace, settings: Settings) -> int:
    with open_app(settings, arguments.files) as app:
        print(f"{len(app.papers())} papers are indexed in {settings.data}.")
    return 0


def _papers(arguments: argparse.Namespace, settings: Settings) -> int:
    with open_app(settings) as app:
        for paper in app.papers():
            print(
                json.dumps({"id": paper.id, "title": paper.title}) if arguments.json else f"{paper.id}  {paper.title}"
            )
    return 0


def _doctor(arguments: argparse.Namespace, settings: Settings) -> int:
    from paperchat.doctor import examine

    findings = examine(settings, open_app)
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
        return list(_read_questions(arguments.questions))
    row: dict[str, Any] = {"question": arguments.question}
    if getattr(arguments, "history", None):
        row["history"] = _read_json(arguments.history, arguments.history.name)
        _turns(row["history"])
    return [row]


def _read_questions(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(_read(path).splitlines(), 1):
        if line.strip():
            row = _parse(line, f"{path}, line {number}")
            if not isinstance(row, dict) or not isinstance(row.get("question"), str) or "id" not in row:
                raise InputError(f"{path}, line {number}: no id or question.", 'Use {"id": …, "question": "…"}.')
            _turns(row.get("history") or [])
            yield row


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"Cannot read {path}: {getattr(error, 'strerror', None) or 'not UTF-8 text'}.", "Check the file."
        ) from None


def _read_json(path: Path, name: str) -> Any:
    return _parse(_read(path), name)


def _parse(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise InputError(f"{where} is not JSON ({error}).", "Correct it.") from None


def _turns(history: Any) -> list["Turn"]:
    """Return earlier turns, given as {question, answer} or as chat messages {role, content}."""
    from paperchat.types import Turn

    turns: list[Turn] = []
    for row in history or []:
        if isinstance(row, dict) and isinstance(row.get("question"), str):
            turns.append(Turn(row["question"], str(row.get("answer") or "")))
        elif isinstance(row, dict) and row.get("role") == "user":
            turns.append(Turn(str(row.get("content")), ""))
        elif isinstance(row, dict) and row.get("role") == "assistant" and turns:
            turns[-1] = Turn(turns[-1].question, str(row.get("content")))
        else:
            raise InputError(f"history has {str(row)[:60]!r}.", 'Use [{"question": "…", "answer": "…"}].')
    return turns


def _print_json(row: dict[str, Any], value: dict[str, Any]) -> None:
    print(json.dumps({"id": row["id"], **value} if "id" in row else value), flush=True)


def result_json(result: "Result") -> dict[str, Any]:
    """Return a search result in the documented form."""
    return {
        "id": result.paper.id,
        "title": result.paper.title,
        "rank": result.rank,
        "score": round(result.score, 4),
        "dense": result.dense and {"rank": result.dense.rank, "score": round(result.dense.score, 4)},
        "keyword": result.keyword and {"rank": result.keyword.rank, "score": round(result.keyword.score, 4)},
        "sentences": [{"text": s.text, "start": s.start, "end": s.end} for s in result.sentences],
    }


def answer_json(answer: "Answer") -> dict[str, Any]:
    """Return an answer in the documented form."""
    return {
        "question": answer.question,
        "text": answer.text,
        "abstained": answer.abstained,
        "sentences": [
            {
                "text": sentence.text,
                "citations": [
                    {"id": c.paper_id, "title": c.title, "quote": c.quote, "start": c.start, "end": c.end}
                    for c in sentence.citations
                ],
            }
            for sentence in answer.sentences
        ],
        "cited": [paper.title for paper in answer.cited],
        "retrieved": [result.paper.title for result in answer.results],
        "model": answer.model,
        "stage": answer.stage,
        "notices": list(answer.notices),
        "prompt_tokens": answer.prompt_tokens,
        "timings": {name: round(seconds, 3) for name, seconds in answer.timings.items()},
    }


def _print_results(results: Sequence["Result"]) -> None:
    from paperchat.text import clean

    if not results:
        print("Nothing found.")
    for result in results:
        why = [f"meaning #{result.dense.rank}"] if result.dense else []
        why += [f"words #{result.keyword.rank}"] if result.keyword else []
        print(f"{result.rank:>2}. {clean(result.paper.title)}  ({', '.join(why)})")
        for sentence in result.sentences:
            print(f"    {clean(sentence.text)}")


def _print_answer(answers: Iterable["Answer"]) -> None:
    """Print an answer as it grows: text with citation numbers, then the cited titles and the notices."""
    from paperchat.text import clean, printable

    shown = ""
    answer = None
    for answer in answers:
        numbers = {paper.id: number for number, paper in enumerate(answer.cited, 1)}
        parts = []
        for sentence in answer.sentences:
            marks = "".join(f"[{n}]" for n in dict.fromkeys(numbers[c.paper_id] for c in sentence.citations))
            parts.append(f"{printable(clean(sentence.text))} {marks}".rstrip())
        text = "\n".join(parts)
        if text.startswith(shown):
            print(text[len(shown) :], end="", flush=True)
            shown = text
    if answer is None:
        return
    print("\n" if shown else "", end="")
    for number, paper in enumerate(answer.cited, 1):
        print(f"  [{number}] {clean(paper.title)}")
    for notice in answer.notices:
        print(f"  {notice}")
