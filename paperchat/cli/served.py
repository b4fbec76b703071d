"""A command that another process asks the page to run: over the page's own open sets, for who waits there."""

import argparse
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from paperchat.cli.beside import unpacked
from paperchat.cli.outlet import ELSEWHERE, Event
from paperchat.cli.progress import Bar, say
from paperchat.errors import InputError
from paperchat.settings import Choice, Settings

if TYPE_CHECKING:
    from paperchat.app import App
    from paperchat.sets import Sets
    from paperchat.storage.incoming import Order

_NAMES = "ask search find trace index evaluate check papers cite export replay sets"

COMMANDS = frozenset(_NAMES.split())
"""The commands that a page runs for others."""

AS_STARTED = ("check", "evaluate")
"""Those of them that use a model as the page was started with it."""

LOOK = 0.1
"""Seconds between two looks at how far an import is."""

AT_ONCE = 4
"""Commands that are run at once; others wait."""


@dataclass(frozen=True, slots=True)
class _Served:
    """The sets of the page, and the command that is run over them."""

    sets: "Sets"
    command: str


SERVED: ContextVar[_Served | None] = ContextVar("served", default=None)


class Runner:
    """Runs commands over the sets of a page."""

    def __init__(self, sets: "Sets") -> None:
        self._sets, self._places = sets, threading.BoundedSemaphore(AT_ONCE)

    def __call__(self, sent: Event, tell: Callable[[Event], None]) -> None:
        """Run the command that was sent in this thread, tell what it prints, and last its exit code."""
        from paperchat.cli.main import run_command

        with self._places:
            ELSEWHERE.set(tell)
            code = run_command(self._read(sent))
        tell({"code": code})

    def _read(self, sent: Event) -> argparse.Namespace:
        command = sent["command"]
        if command not in COMMANDS:
            raise InputError(f"{command!r} is no command that a page runs.")
        SERVED.set(_Served(self._sets, command))
        run = import_module(f"paperchat.cli.{command}").run
        return argparse.Namespace(run=run, **{name: unpacked(value) for name, value in sent["arguments"].items()})


def served_sets() -> "Sets | None":
    """Return the sets of the page that runs this command, None where it runs for itself."""
    served = SERVED.get()
    return served.sets if served else None


def served_app(settings: Settings, order: "Order | None", bar: Bar | None) -> "App | None":
    """Return the app of the set whose folder is the data of these settings, which takes in what the order asks for.

    None for a command that runs for itself, and opens its own.
    """
    served = SERVED.get()
    if served is None:
        return None
    key = next(one.key for one in served.sets.all() if one.folder == settings.data)
    return cast("App", _lent(served, key, _choice(settings, served), (order, bar)))


@contextmanager
def _lent(served: _Served, key: str, choice: Choice, taking: "tuple[Order | None, Bar | None]") -> Iterator["App"]:
    order, bar = taking
    with served.sets.using(key) as app:
        if order:
            _take_in(app, order, bar or Bar())
        yield cast("App", _Chosen(app, choice)) if choice != Choice() else app


def _take_in(app: "App", order: "Order", bar: Bar) -> None:
    """Take in what an order asks for, while the page goes on with the papers that were there. Raises InputError."""
    app.imports.carry_out(order)
    try:
        while (state := app.imports.state()).stage:
            if state.stage == "embedding" and state.total:
                bar.update(state.done, state.total)
            time.sleep(LOOK)
    except BaseException:  # nobody waits any more
        app.imports.stop()
        raise
    if state.wrong:
        raise InputError(state.wrong)
    if state.report.papers:
        say(f"{state.report.added + state.report.changed:,} new or changed papers of {state.report.papers:,}.")


def _choice(wanted: Settings, served: _Served) -> Choice:
    """Return what a command wants other than the page has it. Raises InputError for what cannot be had beside it."""
    usual, own = Settings(wanted.data), served.sets.settings
    other = {
        field.name: getattr(wanted, field.name)
        for field in fields(Settings)
        if getattr(wanted, field.name) not in (getattr(own, field.name), getattr(usual, field.name))
    }
    for name in ("data", "set", "host", "port"):
        other.pop(name, None)
    free = {field.name for field in fields(Choice)} if served.command not in AS_STARTED else set()
    fixed = sorted(set(other) - free)
    if fixed:
        name = fixed[0].replace("_", "-")
        raise InputError(
            f"The page that has the set open uses --{name} {getattr(own, fixed[0])!r}, not {other[fixed[0]]!r}.",
            "Stop the page, or leave that out.",
        )
    return replace(Choice(), **other)


class _Chosen:
    """An app whose answers are made with a choice."""

    def __init__(self, app: "App", choice: Choice) -> None:
        self._app, self._choice = app, choice

    def __getattr__(self, name: str) -> Any:
        return getattr(self._app, name)

    def ask(self, *asked: Any, **more: Any) -> Any:
        """Ask the app."""
        return self._app.ask(*asked, **{**more, "choice": self._choice})
