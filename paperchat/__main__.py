"""Run paperchat as `python -m paperchat`."""

import sys

from paperchat.cli.main import main

sys.exit(main())
