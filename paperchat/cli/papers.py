"""`paperchat papers`: lists the papers."""

import argparse
from typing import TYPE_CHECKING

from paperchat.bibliography import ALL
from paperchat.cli.narrowing import add_narrowing, read_scope
from paperchat.cli.opening import open_app
from paperchat.cli.options import add_command, add_json, read_settings

if TYPE_CHECKING:
    from paperchat.cli.options import Commands


def add_parser(commands: "Commands") -> None:
    """Add the command."""
    parser = add_command(commands, "papers", "list the papers", run)
    add_json(parser)
    add_narrowing(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print each paper's id and title, and who wrote it when, as far as that is known."""
    from paperchat.cli.terminal import print_json, show, told
    from paperchat.export.json_forms import told_json
    from paperchat.text.plain import plain

    with open_app(read_settings(arguments), once=True) as app:
        for paper in app.library.narrowed(read_scope(arguments, app) or ALL).papers:
            if arguments.json:
                imported = {"imported": paper.imported} if paper.imported else {}
                print_json({"id": paper.id, "title": paper.title, **told_json(paper.details), **imported})
            else:
                show(f"{paper.id}  {plain(paper.title)}{told(paper)}")
    return 0
