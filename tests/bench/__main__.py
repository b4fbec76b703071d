"""`python -m tests.bench PART`: it can be stopped while its libraries are still being imported."""

import sys

from paperchat.cli.stopping import run_stoppable

STOPPED = "bench: stopped; what was embedded or answered is kept, and the same command goes on."


def run() -> int:
    """Run the part that the arguments name."""
    from tests.bench.parts import main

    return main()


if __name__ == "__main__":
    sys.exit(run_stoppable(run, STOPPED))
