"""`paperchat replay`: checks a receipt against the store and says what changed."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from paperchat.cli.opening import open_app
from paperchat.cli.options import add_command, read_settings
from paperchat.evaluation.questions import read_text

if TYPE_CHECKING:
    from paperchat.cli.options import Commands

CHANGED = 1
"""The exit code for a receipt that does not hold any more."""


def add_parser(commands: "Commands") -> None:
    """Add the command."""
    parser = add_command(commands, "replay", "check a receipt against the store and say what changed", run)
    parser.add_argument("receipt", type=Path, metavar="RECEIPT.json")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Print what became of each citation."""
    from paperchat.cli.terminal import print_json, print_replay
    from paperchat.export.receipts import read_receipt

    receipt = read_receipt(read_text(arguments.receipt), str(arguments.receipt))
    with open_app(read_settings(arguments), once=True) as app:
        replay = app.receipts.replay(receipt)
    if arguments.json:
        print_json({"holds": replay.holds, **asdict(replay)})
    else:
        print_replay(replay)
    return 0 if replay.holds else CHANGED
