"""Opening the app for a command, with progress on standard error. Heavy packages are imported from here on."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from paperchat.cli.progress import Bar
from paperchat.paths import QUESTION_MODEL
from paperchat.settings import Settings

if TYPE_CHECKING:
    from paperchat.app import App


def open_app(settings: Settings, files: Sequence[Path] = (), asks: bool = False, once: bool = False) -> "App":
    """Open the app; add the papers of these files. A command that `asks` has its models loaded meanwhile.

    One that asks `once`, and not for as long as a page is open, has a small set searched without Chroma.
    """
    from paperchat.models.minilm import load_session
    from paperchat.models.question_model import load_question_model

    if asks:  # what fails to load ahead fails again, and is told, where it is needed
        ahead = ThreadPoolExecutor(1)
        if settings.embedder == "minilm":
            ahead.submit(load_session)
        ahead.submit(load_question_model, QUESTION_MODEL)
    from paperchat.app import App

    with Bar() as bar:
        return App(settings, bar.say, bar.update, files, once)
