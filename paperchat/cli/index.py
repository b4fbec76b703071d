"""`paperchat index`: adds papers from listing pages saved as text."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from paperchat.cli.opening import open_app
from paperchat.cli.options import add_command, read_settings

if TYPE_CHECKING:
    from paperchat.cli.options import Commands


def add_parser(commands: "Commands") -> None:
    """Add the command."""
    parser = add_command(commands, "index", "add papers from saved listing pages", run)
    parser.add_argument("files", nargs="*", type=Path)


def run(arguments: argparse.Namespace) -> int:
    """Index the papers of the files and say how many there are now."""
    from paperchat.cli.terminal import show

    settings = read_settings(arguments)
    with open_app(settings, arguments.files) as app:
        show(f"{len(app.library.papers)} papers are indexed in {settings.data}.")
    return 0
