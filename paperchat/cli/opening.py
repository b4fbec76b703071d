"""Opening the app for a command, with progress on standard error. Heavy packages are imported from here on."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from paperchat.cli.progress import Bar
from paperchat.settings import Settings

if TYPE_CHECKING:
    from paperchat.app import App


def open_app(settings: Settings, files: Sequence[Path] = ()) -> "App":
    """Open the app; add the papers of these files."""
    from paperchat.app import App

    with Bar() as bar:
        return App(settings, bar.say, bar.update, files)
