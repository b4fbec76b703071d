"""Opening the app for a command, with progress on standard error. Heavy packages are imported from here on."""

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from paperchat.cli.progress import Bar
from paperchat.paths import QUESTION_MODEL
from paperchat.settings import Settings

if TYPE_CHECKING:
    from paperchat.app import App
    from paperchat.storage.incoming import Order


def open_app(
    settings: Settings, order: "Order | None" = None, asks: bool = False, once: bool = False, bar: Bar | None = None
) -> "App":
    """Open the app; take in what the order asks for. A command that `asks` has its models loaded meanwhile.

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
    from paperchat.storage.incoming import NOTHING

    with bar or Bar() as shown:
        return App(settings, shown.say, shown.update, order or NOTHING, once)
