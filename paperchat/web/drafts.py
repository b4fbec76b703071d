"""Drafts that readers check: what was found of the latest ones is kept for their reports. Knows no vendor."""

from collections import OrderedDict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from paperchat.errors import InputError
from paperchat.export.draft_report import FORMS, STYLE, backing_papers, draft_report
from paperchat.export.references import formatted
from paperchat.types import Traced
from paperchat.web.view_model import Json

if TYPE_CHECKING:
    from paperchat.app import App

KEPT = 8
"""Drafts whose findings are kept."""


class Drafts:
    """Checks drafts, and writes what was found down."""

    def __init__(self, app: "App") -> None:
        self._app = app
        self._found: OrderedDict[str, tuple[Traced, ...]] = OrderedDict()

    def trace(self, text: str) -> Iterator[Traced]:
        """Yield what is found of each sentence of a draft, as it is found. Raises InputError."""
        found = []
        for one in self._app.checker.trace(text):
            found.append(one)
            yield one
        self._keep(text, tuple(found))

    def report(self, text: str, form: str) -> Json:
        """Return the report of a draft as a file, in one of FORMS; one that was checked is not checked again."""
        if form not in FORMS:
            raise InputError(f"{form[:40]!r} is no form of a report.", f"Use one of {', '.join(FORMS)}.")
        if text not in self._found:
            self._keep(text, tuple(self._app.checker.trace(text)))
        traced = self._found[text]
        references = formatted(backing_papers(traced), STYLE)
        return {"name": f"paperchat-draft.{form}", "text": draft_report(traced, references, form)}

    def _keep(self, text: str, found: tuple[Traced, ...]) -> None:
        self._found[text] = found
        if len(self._found) > KEPT:
            self._found.popitem(last=False)
