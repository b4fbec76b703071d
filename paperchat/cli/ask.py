"""`paperchat ask`: answers a question, or a file of them; writes a receipt or a table where asked to."""

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from paperchat.cli.files import check_place, write_file
from paperchat.cli.narrowing import add_narrowing, read_scope
from paperchat.cli.opening import open_app
from paperchat.cli.options import add_command, add_json, add_questions, read_asked, read_settings
from paperchat.errors import InputError
from paperchat.evaluation.questions import read_turns

if TYPE_CHECKING:
    from paperchat.app import App
    from paperchat.cli.options import Commands
    from paperchat.types import Answer

RECEIPTS = (".json", ".md")

TABLES = (".md", ".csv", ".tex")


def add_parser(commands: "Commands") -> None:
    """Add the command."""
    parser = add_command(commands, "ask", "answer a question", run)
    add_questions(parser)
    add_json(parser)
    parser.add_argument("--unfold", action="store_true", help="print what is withheld and what the model thought, too")
    add_narrowing(parser)
    parser.add_argument("--history", type=Path, help="JSON file: a list of {question, answer}")
    parser.add_argument("--receipt", type=Path, help="write the answer and all it rests on to FILE.json or FILE.md")
    parser.add_argument("--table", type=Path, help="write the comparison to FILE.md, FILE.csv or FILE.tex")


def run(arguments: argparse.Namespace) -> int:
    """Print the answer to each question."""
    from paperchat.cli.terminal import print_answer, print_json
    from paperchat.export.json_forms import answer_json

    rows, settings = read_asked(arguments), read_settings(arguments)
    _check_output(arguments, "receipt", RECEIPTS)
    _check_output(arguments, "table", TABLES)
    with open_app(settings, asks=True, once=True) as app:
        scope = read_scope(arguments, app, tell=False)  # an answer says it
        for row in rows:
            answers = app.ask(row["question"], read_turns(row.get("history")), scope=scope)
            if arguments.json:
                answer = _last(answers)
                print_json(answer_json(answer), row)
            else:
                answer = print_answer(answers, arguments.unfold)
            _write_files(app, answer, arguments.receipt, arguments.table)
    return 0


def _last(answers: Iterable["Answer"]) -> "Answer":
    *_, last = answers
    return last


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
    check_place(path)


def _write_files(app: "App", answer: "Answer", receipt: Path | None, table: Path | None) -> None:
    from paperchat.export.tables import FORMS

    if receipt:
        write_file(receipt, app.receipts.text(answer, receipt.suffix.lower()[1:]), "receipt")
    if table and answer.table is None:
        raise InputError("The answer has no table.", 'Ask for a comparison: "compare GraphMAE with D-SLA".')
    if table and answer.table:
        write_file(table, FORMS[table.suffix.lower()[1:]](answer.table), "table")
