"""`paperchat index`: adds papers from files and folders."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from paperchat.cli.opening import open_app
from paperchat.cli.options import add_command, add_json, read_settings

if TYPE_CHECKING:
    from paperchat.cli.options import Commands


def add_parser(commands: "Commands") -> None:
    """Add the command."""
    text = "add papers from exports of reference managers, PDFs, listing pages"
    parser = add_command(commands, "index", text, run)
    parser.add_argument("files", nargs="*", type=Path, help='files and folders; "-" is standard input')
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Index the papers of the files, and say what became of each and how many there are now."""
    from paperchat.cli.terminal import print_json, show

    settings = read_settings(arguments)
    with open_app(settings, arguments.files) as app:
        if arguments.json:
            print_json(app.report.as_json())
            return 0
        for line in app.report.lines() if arguments.files else ():
            show(line)
        show(f"{len(app.library.papers):,} papers are indexed in {settings.data}.")
    return 0
