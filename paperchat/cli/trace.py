"""`paperchat trace`: finds the papers that support or contradict each sentence of a draft."""

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from paperchat.cli.opening import open_app
from paperchat.cli.options import add_command, add_json, read_settings
from paperchat.evaluation.questions import read_text

if TYPE_CHECKING:
    from paperchat.cli.options import Commands

LONGEST_PATH = 250
"""Characters from which on an argument is a text and no file's name."""

_SPACE = re.compile(r"\s")


def add_parser(commands: "Commands") -> None:
    """Add the command."""
    text = "find the papers that support or contradict each sentence of a draft"
    parser = add_command(commands, "trace", text, run)
    parser.add_argument("text", metavar="FILE_OR_TEXT")
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print what is found of each sentence, as it is found."""
    from paperchat.cli.terminal import print_json, print_traced
    from paperchat.export.json_forms import traced_json

    text, settings = _draft(arguments.text), read_settings(arguments)
    with open_app(settings, asks=True, once=True) as app:
        for one in app.checker.trace(text):
            if arguments.json:
                print_json(traced_json(one))
            else:
                print_traced(one)
    return 0


def _draft(given: str) -> str:
    """Return the text of the file that has this name, or the text itself; what only can be a name has no space."""
    path = Path(given)
    is_name = not _SPACE.search(given) and ("/" in given or bool(path.suffix))
    return read_text(path) if len(given) < LONGEST_PATH and (is_name or path.is_file()) else given
