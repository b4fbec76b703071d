"""What commands share on the command line: the settings as flags, questions as an argument or a file."""

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paperchat.errors import InputError
from paperchat.evaluation.questions import parse_json, read_rows, read_text, read_turns
from paperchat.settings import Settings, load_settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  # it has no public name

FLAGS = (
    ("--data", "folder of the store"),
    ("--set", "set of papers in it (default: the first; see: paperchat sets)"),
    ("--model", "Ollama chat model (default: the best installed)"),
    ("--embedder", "minilm (default) or ollama:<model>"),
    ("--chroma", "Chroma server that holds the vector index, HOST:PORT or URL (default: the folder of the store)"),
    ("--num-ctx", "context asked of the model, in tokens"),
    ("--max-tokens", "longest answer, in tokens"),
    ("--evidence-tokens", "most evidence shown to the model, in tokens (default: by its size)"),
    ("--evidence-papers", "most papers that an answer from several is written from (default: by the model's size)"),
    ("--form", "strict or free: one sentence on each paper, or as the model joins them (default: by its size)"),
    ("--think", "yes lets a model that can think do so first (default: no)"),
    ("--papers", "papers retrieved for a question"),
    ("--timeout", "longest silence of the model server, in seconds"),
)


def add_command(
    commands: "Commands", name: str, text: str, run: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    """Return the parser of a new command, which has the flags of the settings; `run` is what it does."""
    parser = commands.add_parser(name, help=text, description=text)
    add_settings(parser)
    parser.set_defaults(run=run)
    return parser


def add_settings(parser: argparse.ArgumentParser) -> None:
    """Give a parser the flags of the settings; one that is not given leaves no trace."""
    for flag, text in FLAGS:
        parser.add_argument(flag, help=text, default=argparse.SUPPRESS)


def add_json(parser: argparse.ArgumentParser) -> None:
    """Give a parser the flag --json."""
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")


def add_questions(parser: argparse.ArgumentParser) -> None:
    """Give a parser a question, or a file of them."""
    parser.add_argument("question", nargs="?", help="the question")
    parser.add_argument("--questions", type=Path, help="JSONL file of rows with id, question, optional history")


def read_settings(arguments: argparse.Namespace) -> Settings:
    """Return the settings of the command line and the environment; raises SettingsError."""
    from paperchat.paths import default_data

    names = {flag[2:].replace("-", "_") for flag, _ in FLAGS} | {"host", "port", "ollama_host"}
    return load_settings(default_data(), os.environ, {name: getattr(arguments, name, None) for name in names})


def same_set(arguments: argparse.Namespace) -> str:
    """Return the flags by which another command is about the set of this one, as a shell reads them."""
    from shlex import quote

    named = {flag: getattr(arguments, flag, None) for flag in ("data", "set")}
    return "".join(f" --{flag} {quote(str(value))}" for flag, value in named.items() if value)


def read_asked(arguments: argparse.Namespace) -> list[dict[str, Any]]:
    """Return the questions asked, each a row: the argument with its --history, or the rows of --questions."""
    if (arguments.question is None) == (arguments.questions is None):
        raise InputError("Give one question, or --questions FILE.", 'For example: paperchat ask "What is OBoW?"')
    if arguments.questions is not None:
        return [row for _, row in read_rows(arguments.questions)]
    row: dict[str, Any] = {"question": arguments.question}
    if getattr(arguments, "history", None):
        row["history"] = parse_json(read_text(arguments.history), arguments.history.name)
        read_turns(row["history"])
    return [row]
