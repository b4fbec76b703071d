"""`paperchat search`: finds papers and their sentences."""

import argparse
from typing import TYPE_CHECKING

from paperchat.cli.narrowing import add_narrowing, read_scope
from paperchat.cli.opening import open_app
from paperchat.cli.options import add_command, add_json, add_questions, read_asked, read_settings
from paperchat.errors import InputError

if TYPE_CHECKING:
    from paperchat.cli.options import Commands

MOST_RESULTS = 1000


def add_parser(commands: "Commands") -> None:
    """Add the command."""
    parser = add_command(commands, "search", "find papers and sentences", run)
    add_questions(parser)
    add_json(parser)
    add_narrowing(parser)
    parser.add_argument("-k", type=int, default=10, help="papers to return (default 10)")


def run(arguments: argparse.Namespace) -> int:
    """Print the papers found for each question."""
    from paperchat.cli.terminal import print_json, print_results
    from paperchat.export.json_forms import result_json

    if not 1 <= arguments.k <= MOST_RESULTS:
        raise InputError(f"-k {arguments.k} is not allowed.", f"Use a number from 1 to {MOST_RESULTS}.")
    rows, settings = read_asked(arguments), read_settings(arguments)
    with open_app(settings, asks=True, once=True) as app:
        scope = read_scope(arguments, app)
        for row in rows:
            results = app.search(row["question"], arguments.k, scope=scope)
            if arguments.json:
                print_json({"query": row["question"], "results": [result_json(r) for r in results]}, row)
            else:
                print_results(results)
    return 0
