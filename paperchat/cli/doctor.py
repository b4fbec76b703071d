"""`paperchat doctor`: says what is there, what is not, and how to mend it."""

import argparse
from typing import TYPE_CHECKING

from paperchat.cli.beside import page_of
from paperchat.cli.opening import in_set
from paperchat.cli.options import add_command, add_json, read_settings, same_set

if TYPE_CHECKING:
    from paperchat.cli.options import Commands

MISSING = 1
"""The exit code when something is missing that is needed."""


def add_parser(commands: "Commands") -> None:
    """Add the command."""
    add_json(add_command(commands, "doctor", "say what is there, what is not, and how to mend it", run))


def run(arguments: argparse.Namespace) -> int:
    """Print each finding, with its fix."""
    from paperchat.cli.examination import examine, examine_sets
    from paperchat.cli.terminal import print_json, show

    settings = read_settings(arguments)
    own = in_set(settings, makes=True)
    findings = [*examine(own, page_of(own.data), same_set(arguments)), *examine_sets(settings.data)]
    for finding in findings:
        if arguments.json:
            print_json(finding.as_json())
            continue
        line = f"{'ok     ' if finding.good else 'missing'}  {finding.what}: {finding.found}"
        show("\n         ".join(filter(None, [line, finding.fix])))
    return 0 if all(finding.good or finding.optional for finding in findings) else MISSING
