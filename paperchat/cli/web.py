"""`paperchat web`: opens the page."""

import argparse
from typing import TYPE_CHECKING

from paperchat.cli.opening import open_sets
from paperchat.cli.options import add_command, read_settings

if TYPE_CHECKING:
    from paperchat.cli.options import Commands


def add_parser(commands: "Commands") -> None:
    """Add the command."""
    add_page(add_command(commands, "web", "open the page", run))


def add_page(parser: argparse.ArgumentParser) -> None:
    """Give a parser the flags of the page."""
    parser.add_argument("--host", help="address to serve the page on (default 127.0.0.1)", default=argparse.SUPPRESS)
    parser.add_argument("--port", help="port to serve the page on (default 7860)", default=argparse.SUPPRESS)
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser", default=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """Serve the page until it is stopped; a port in use is told before anything is indexed."""
    from paperchat.cli.served import Runner
    from paperchat.cli.terminal import show
    from paperchat.web.server import check_port, serve

    settings = read_settings(arguments)
    check_port(settings.host, settings.port)
    with open_sets(settings) as sets:
        serve(sets, not getattr(arguments, "no_browser", False), show, Runner(sets))
    return 0
