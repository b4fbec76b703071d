"""The command line: its parser, and the one edge where errors become a line and an exit code."""

import argparse
import os
import sys
from collections.abc import Sequence

from paperchat import __version__
from paperchat.cli import (
    ask,
    check,
    cite,
    doctor,
    evaluate,
    export,
    find,
    index,
    papers,
    replay,
    search,
    sets,
    trace,
    web,
)
from paperchat.cli.beside import OpenElsewhereError, ask_page
from paperchat.cli.options import add_settings
from paperchat.cli.progress import say
from paperchat.errors import PaperchatError

COMMANDS = (web, ask, search, find, trace, index, evaluate, check, papers, sets, cite, export, replay, doctor)
"""The modules of the commands, in the order of the help; each has `add_parser` and `run`."""

EXIT_INPUT = 1


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 a clear error, 2 wrong usage."""
    arguments = make_parser().parse_args(argv)
    _quiet_environment()
    try:
        code = run_command(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_INPUT
    return code


def run_command(arguments: argparse.Namespace) -> int:
    """Run a command, beside a page that has its set open where there is one; an error is a line."""
    try:
        try:
            return int(arguments.run(arguments))
        except OpenElsewhereError as page:
            return ask_page(page, arguments)
    except PaperchatError as error:
        say(str(error))
        return EXIT_INPUT


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line; without a command it opens the page."""
    text = "Ask research papers on this machine. Without a command: open the page."
    parser = argparse.ArgumentParser(prog="paperchat", description=text)
    add_settings(parser)
    web.add_page(parser)
    parser.add_argument("--version", action="version", version=f"paperchat {__version__}")
    parser.set_defaults(run=web.run)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for command in COMMANDS:
        command.add_parser(commands)
    return parser


def _quiet_environment() -> None:
    """Keep libraries from phoning out and from sending loopback traffic to a proxy; must precede their imports."""
    os.environ.update(GRADIO_ANALYTICS_ENABLED="False", ANONYMIZED_TELEMETRY="False", HF_HUB_OFFLINE="1")
    for name in ("NO_PROXY", "no_proxy"):
        os.environ[name] = ",".join(filter(None, [os.environ.get(name), "127.0.0.1,localhost,::1"]))
