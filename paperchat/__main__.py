"""The command `paperchat`, and `python -m paperchat`: it can be stopped before the command line is even read."""

import sys

from paperchat.cli.stopping import run_stoppable

STOPPED = "paperchat: stopped; what was finished is kept."


def main() -> int:
    """Run one command and return its exit code."""

    def run() -> int:
        from paperchat.cli.main import main as run_command

        return run_command()

    return run_stoppable(run, STOPPED)


if __name__ == "__main__":
    sys.exit(main())
