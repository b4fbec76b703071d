"""Opening the app for a command, with progress on standard error. Heavy packages are imported from here on."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from paperchat.cli.beside import check_page
from paperchat.cli.progress import Bar
from paperchat.cli.served import served_app
from paperchat.errors import StoreError
from paperchat.paths import QUESTION_MODEL, default_data
from paperchat.settings import LOOPBACK, Settings

if TYPE_CHECKING:
    from paperchat.app import App
    from paperchat.sets import Sets
    from paperchat.storage.address import Address
    from paperchat.storage.incoming import Order


def open_app(
    settings: Settings, order: "Order | None" = None, asks: bool = False, once: bool = False, bar: Bar | None = None
) -> "App":
    """Open the app of the set that is named; take in what the order asks for. See `load_ahead` and `in_set`.

    One that asks `once`, and not for as long as a page is open, has a small set searched without Chroma.
    """
    settings = in_set(settings, makes=order is not None)
    if app := served_app(settings, order, bar):
        return app
    check_page(settings.data)
    if asks:
        load_ahead(settings)
    from paperchat.app import App
    from paperchat.storage.incoming import NOTHING

    with bar or Bar() as shown:
        return App(settings, shown.say, shown.update, order or NOTHING, once)


def open_sets(settings: Settings) -> "Sets":
    """Return the sets of the data folder, for a page; the one that is named is opened at once."""
    load_ahead(settings)
    from paperchat.app import App
    from paperchat.sets import Sets

    def opened(one: Settings) -> App:
        with Bar() as bar:
            return App(one, bar.say, bar.update)

    sets = Sets(settings, opened, own_address(settings))
    with sets.using():
        return sets


def own_address(settings: Settings) -> "Address | None":
    """Return where commands of this machine ask the page that is served with these settings; None where none can."""
    from paperchat.storage.address import Address

    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104  # where it listens
    return Address(here, settings.port, token_urlsafe(32), os.getpid()) if here in LOOPBACK else None


def load_ahead(settings: Settings) -> None:
    """Load the models of a command that asks while the rest is imported; what fails is told where it is needed."""
    from paperchat.models.minilm import load_session
    from paperchat.models.question_model import load_question_model

    ahead = ThreadPoolExecutor(1)
    if settings.embedder == "minilm":
        ahead.submit(load_session)
    ahead.submit(load_question_model, QUESTION_MODEL)


def in_set(settings: Settings, makes: bool = False) -> Settings:
    """Return the settings with the folder of the set that they name as their data.

    Raises StoreError for a folder that was named and is not there, unless the command `makes` one, and InputError
    where there is no such set.
    """
    from paperchat.storage.set_folders import find_set

    data = settings.data
    if not (makes or data.exists() or data == default_data().resolve()):
        fix = f"To make it: paperchat index FILES --data {data}, or for its page: paperchat --data {data}"
        raise StoreError(f"There is no folder {data}.", fix)
    return replace(settings, data=find_set(data, settings.set).folder, set="")
