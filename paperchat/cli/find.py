"""`paperchat find`: finds the paper that is meant by a name, a half-remembered title or a claim."""

import argparse
from typing import TYPE_CHECKING

from paperchat.bibliography import ALL
from paperchat.cli.narrowing import add_narrowing, read_scope
from paperchat.cli.opening import open_app
from paperchat.cli.options import add_command, add_json, read_settings

if TYPE_CHECKING:
    from paperchat.cli.options import Commands

SUGGESTED = 5
"""Papers offered for what is looked up."""


def add_parser(commands: "Commands") -> None:
    """Add the command."""
    text = "find the paper that is meant by a name, a half-remembered title or a claim"
    parser = add_command(commands, "find", text, run)
    parser.add_argument("text")
    add_json(parser)
    add_narrowing(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the papers that may be meant."""
    from paperchat.cli.terminal import print_json, print_suggestions
    from paperchat.export.json_forms import suggestion_json
    from paperchat.query.question import check_question

    text, settings = check_question(arguments.text), read_settings(arguments)
    with open_app(settings, asks=True, once=True) as app:
        found = app.library.narrowed(read_scope(arguments, app) or ALL).suggest(text, SUGGESTED)
    if arguments.json:
        for one in found:
            print_json(suggestion_json(one))
    else:
        print_suggestions(found)
    return 0
