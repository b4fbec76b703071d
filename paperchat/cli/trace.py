"""`paperchat trace`: finds the papers that support or contradict each sentence of a draft."""

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from paperchat.cli.files import check_place, write_file
from paperchat.cli.opening import open_app
from paperchat.cli.options import add_command, add_json, read_settings
from paperchat.errors import InputError
from paperchat.evaluation.questions import read_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperchat.cli.options import Commands
    from paperchat.types import Traced

LONGEST_PATH = 250
"""Characters from which on an argument is a text and no file's name."""

_SPACE = re.compile(r"\s")


def add_parser(commands: "Commands") -> None:
    """Add the command."""
    text = "find the papers that support or contradict each sentence of a draft"
    parser = add_command(commands, "trace", text, run)
    parser.add_argument("text", metavar="FILE_OR_TEXT")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write a report with references (.md or .html)")
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print what is found of each sentence, as it is found, and write the report of all where one is wanted."""
    from paperchat.cli.terminal import print_json, print_traced
    from paperchat.export.json_forms import traced_json

    text, settings, traced = _draft(arguments.text), read_settings(arguments), []
    if arguments.report:
        _check_report(arguments.report)
    with open_app(settings, asks=True, once=True) as app:
        for one in app.checker.trace(text):
            traced.append(one)
            if arguments.json:
                print_json(traced_json(one))
            else:
                print_traced(one)
    if arguments.report:
        _write_report(arguments.report, traced)
    return 0


def _check_report(path: Path) -> None:
    """Raise InputError for a report that could not be written."""
    from paperchat.export.draft_report import FORMS

    if path.suffix[1:] not in FORMS:
        raise InputError(f"{path} is no form of a report.", "Name a file that ends in .md or .html.")
    check_place(path)


def _write_report(path: Path, traced: "Sequence[Traced]") -> None:
    from paperchat.export.draft_report import STYLE, backing_papers, draft_report
    from paperchat.export.references import formatted

    references = formatted(backing_papers(traced), STYLE)
    write_file(path, draft_report(traced, references, path.suffix[1:]), "report")


def _draft(given: str) -> str:
    """Return the text of the file that has this name, or the text itself; what only can be a name has no space."""
    path = Path(given)
    is_name = not _SPACE.search(given) and ("/" in given or bool(path.suffix))
    return read_text(path) if len(given) < LONGEST_PATH and (is_name or path.is_file()) else given
