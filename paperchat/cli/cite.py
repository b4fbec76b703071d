"""`paperchat cite`: prints references to papers."""

import argparse
from typing import TYPE_CHECKING

from paperchat.cli.opening import open_app
from paperchat.cli.options import add_command, read_settings
from paperchat.errors import InputError
from paperchat.export.references import FORMATS, format_references

if TYPE_CHECKING:
    from paperchat.cli.options import Commands


def add_parser(commands: "Commands") -> None:
    """Add the command."""
    parser = add_command(commands, "cite", "print references to papers", run)
    parser.add_argument("titles", nargs="*", metavar="TITLE_OR_ID")
    parser.add_argument("--format", choices=FORMATS, default="bibtex", help=f"{', '.join(FORMATS)} (default bibtex)")
    parser.add_argument("--all", action="store_true", help="all papers of the set")


def run(arguments: argparse.Namespace) -> int:
    """Print the references."""
    from paperchat.cli.terminal import show

    if arguments.all == bool(arguments.titles):
        raise InputError("Give titles or ids of papers, or --all.", 'For example: paperchat cite "…" --format apa')
    with open_app(read_settings(arguments), once=True) as app:
        papers = app.library.papers if arguments.all else app.library.find(arguments.titles)
        show(format_references(papers, arguments.format), end="")
    return 0
