"""Run paperchat as `python -m paperchat`."""

import sys

from paperchat.cli import main

sys.exit(main())
