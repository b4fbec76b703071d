"""`paperchat eval`: measures answers on a file of questions, or compares two measurements."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from paperchat.cli.opening import open_app
from paperchat.cli.options import add_command, read_settings
from paperchat.cli.progress import Bar
from paperchat.errors import InputError
from paperchat.evaluation.questions import EXAMPLES, read_rows

if TYPE_CHECKING:
    from paperchat.cli.options import Commands


def add_parser(commands: "Commands") -> None:
    """Add the command."""
    text = "measure answers on a file of questions, or compare two measurements"
    parser = add_command(commands, "eval", text, run)
    parser.add_argument("questions", nargs="?", type=Path, help="JSONL file (default: an example set)")
    parser.add_argument("--output", type=Path, help="path of the results (default: eval-<name> in this folder)")
    parser.add_argument("--no-model", action="store_true", help="do not ask Ollama: measure retrieval and evidence")
    parser.add_argument("--fresh", action="store_true", help="ask again what was answered before")
    parser.add_argument("--compare", nargs=2, type=Path, metavar=("A.json", "B.json"), help="what B changed")


def run(arguments: argparse.Namespace) -> int:
    """Print the report of a measurement, or of a comparison of two."""
    from paperchat.cli.terminal import show
    from paperchat.evaluation.report import comparison_text, report_markdown
    from paperchat.evaluation.runner import Run, evaluate, output_path, read_results

    if arguments.compare and arguments.questions:
        raise InputError("Give a file of questions, or --compare A.json B.json.", "Not both.")
    if arguments.compare:
        show(comparison_text(*map(read_results, arguments.compare)))
        return 0
    questions, written = arguments.questions or EXAMPLES, not arguments.no_model
    read_rows(questions)
    output, settings = output_path(questions, arguments.output, written), read_settings(arguments)
    with open_app(settings, asks=True) as app, Bar("Asking", "questions") as bar:
        results = evaluate(app, settings, Run(questions, output, written, arguments.fresh), bar.say, bar.update)
    show(report_markdown(results))
    show(f"Written: {output}.json and {output}.md")
    return 0
