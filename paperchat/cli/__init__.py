"""The command line."""

from typing import TYPE_CHECKING

from paperchat.faces import face

if TYPE_CHECKING:
    from paperchat.cli.examination import examine as examine
    from paperchat.cli.opening import open_app as open_app
    from paperchat.cli.stopping import run_stoppable as run_stoppable

__getattr__, __all__ = face(__name__, {"examine": "examination", "open_app": "opening", "run_stoppable": "stopping"})
