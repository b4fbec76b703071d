"""`paperchat index`: adds papers from files and folders."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from paperchat.cli.opening import in_set, open_app
from paperchat.cli.options import add_command, add_json, read_settings, same_set
from paperchat.cli.outlet import ELSEWHERE
from paperchat.cli.progress import Bar
from paperchat.cli.stopping import Farewell
from paperchat.errors import InputError

if TYPE_CHECKING:
    from paperchat.cli.options import Commands


STOPPED = "paperchat: stopped; what was taken in is kept. Go on with: paperchat index"


def add_parser(commands: "Commands") -> None:
    """Add the command."""
    text = "add papers from exports of reference managers, PDFs, listing pages"
    parser = add_command(commands, "index", text, run)
    parser.add_argument("files", nargs="*", type=Path, help='files and folders; "-" is standard input')
    parser.add_argument(
        "--sync",
        action="store_true",
        help="follow these files and folders, or all that are followed already: papers that left them go, too",
    )
    parser.add_argument("--shipped", action="store_true", help="add the papers that come with paperchat")
    parser.add_argument("--yes", action="store_true", help="with --sync: remove papers however many they are")
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Index the papers of the files, and say what became of each and how many there are now."""
    from paperchat.cli.terminal import print_json, show
    from paperchat.storage.following import Following
    from paperchat.storage.incoming import Order
    from paperchat.storage.readers.listing import SHIPPED

    if arguments.sync and arguments.shipped:
        raise InputError("--shipped is of no files that could be followed.", "Leave --sync or --shipped out.")
    settings = in_set(read_settings(arguments), makes=True)
    files = (*arguments.files, *([SHIPPED] if arguments.shipped else []))
    if not ELSEWHERE.get():
        Farewell.line = f"{STOPPED}{same_set(arguments)}"
    if arguments.yes and not arguments.sync:
        raise InputError("--yes belongs to --sync.", "Leave it out.")
    following = Following(files, arguments.yes) if arguments.sync else None
    order = Order(() if following else files, following, goes_on=True)
    with open_app(settings, order, bar=Bar(as_json=arguments.json)) as app:
        report = app.imports.report
        if arguments.json:
            print_json(report.as_json())
            return 0
        for line in report.lines() if files or following else ():
            show(line)
        count = len(app.library.papers)
        show(f"{count:,} paper{' is' if count == 1 else 's are'} indexed in {settings.data}.")
    return 0
