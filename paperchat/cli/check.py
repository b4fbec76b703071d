"""`paperchat check`: checks whether papers support claims."""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paperchat.cli.files import check_place, write_file
from paperchat.cli.opening import open_app
from paperchat.cli.options import add_command, add_json, read_settings
from paperchat.cli.progress import Bar
from paperchat.errors import ModelError
from paperchat.evaluation.questions import read_claims

if TYPE_CHECKING:
    from paperchat.app import App
    from paperchat.cli.options import Commands
    from paperchat.models.model import Model
    from paperchat.types import Check


def add_parser(commands: "Commands") -> None:
    """Add the command."""
    parser = add_command(commands, "check", "check whether papers support claims", run)
    parser.add_argument(
        "claims", type=Path, help="JSONL file of rows with id, claim, title (and label, kind to sum up)"
    )
    add_json(parser)
    parser.add_argument("--plot", type=Path, metavar="FILE.svg", help="draw how calibrated the scores are")
    parser.add_argument("--no-model", action="store_true", help="do not ask a model")


def run(arguments: argparse.Namespace) -> int:
    """Print the verdict on each claim, then what they come to where they have labels."""
    from paperchat.cli.terminal import print_json, show
    from paperchat.evaluation.claims import curve_svg, labelled, tally
    from paperchat.export.json_forms import check_json

    rows, settings = read_claims(arguments.claims), read_settings(arguments)
    if arguments.plot:
        check_place(arguments.plot)
    checks: list[Check] = []
    with open_app(settings, asks=True, once=True) as app, Bar("Checking", "claims") as bar:
        model, advice = (None, "") if arguments.no_model else app.writers.now()
        if advice:
            bar.say(f"Checked without a model. {advice}")
        for row, check in zip(rows, _checked(app, rows, model, bar), strict=True):
            checks.append(check)
            if arguments.json:
                print_json(check_json(check), row)
            else:
                show(f"{row['id']}  {check.verdict} {check.score:.2f}  {check.reason}")
            bar.update(len(checks), len(rows))
    for line in tally(rows, checks):
        show(line, file=sys.stderr if arguments.json else sys.stdout)
    if arguments.plot:
        write_file(arguments.plot, curve_svg(labelled(rows, checks)), "picture")
    return 0


def _checked(app: "App", rows: Sequence[Mapping[str, Any]], model: "Model | None", bar: Bar) -> Iterator["Check"]:
    """Yield the verdict on each claim; a model that fails once is asked no more."""
    for row in rows:
        check, model = _check(app, row, model, bar)
        yield check


def _check(app: "App", row: Mapping[str, Any], model: "Model | None", bar: Bar) -> tuple["Check", "Model | None"]:
    try:
        return app.checker.check(row["claim"], row["title"], model), model
    except ModelError as error:
        bar.say(f"Claim {row['id']} and those after it are checked without a model. {error}")
        return app.checker.check(row["claim"], row["title"]), None
