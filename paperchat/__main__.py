"""The command `paperchat`, and `python -m paperchat`: it can be stopped before the command line is even read."""

import gc
import sys

from paperchat.cli.stopping import end, run_stoppable

STOPPED = "paperchat: stopped; what was finished is kept."


COLLECTED = 50_000
"""Objects made between two garbage collections: with 700, as Python has it, they are 7 % of an import."""


def main() -> int:
    """Run one command; the process ends with its exit code."""

    def run() -> int:
        from paperchat.cli.main import main as run_command

        return run_command()

    gc.set_threshold(COLLECTED)
    return end(run_stoppable(run, STOPPED))


if __name__ == "__main__":
    sys.exit(main())
