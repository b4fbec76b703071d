"""What the page offers to ask: to begin with, with what the set is about, and after an answer. Knows no vendor."""

import json
import logging
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from paperchat import __version__
from paperchat.bibliography import Scope
from paperchat.errors import PaperchatError
from paperchat.types import Answer, Turn
from paperchat.web.folded_view import shown
from paperchat.web.trying import Trying
from paperchat.web.view_model import Json

if TYPE_CHECKING:
    from paperchat.app import App

EXAMPLES = 4
"""Questions that an empty page offers."""

ON = 3
"""Questions that an answer offers."""

MADE = "1"
"""Of how these are made and chosen: with another one they are tried anew."""

REMEMBERED = 200
"""Answers whose further questions are remembered, the latest ones."""

log = logging.getLogger(__name__)


class Offers:
    """Makes questions of the set and of answers, and tries them in the background (see `trying`)."""

    def __init__(self, app: "App") -> None:
        self.trying = Trying(app)
        self._app = app
        self._begun = threading.Lock()
        self._told: Json = {}
        self._set: tuple[str, ...] = ()
        self._after: OrderedDict[tuple[str, ...], list[str]] = OrderedDict()

    # ---- to begin with

    def beginning(self) -> Json:
        """Return what an empty page says of the set as it is, as far as it is known, and begin to find out the rest.

        It is `ready` when nothing more comes.
        """
        with self._begun:
            papers = tuple(self._app.library.whole)
            if not self._told or self._set != papers:
                self._set, kept = papers, self._app.conversations.tried.get(self._digest())
                self._told = json.loads(kept) if kept else {**self._known(), "ready": False}
                if not kept:
                    threading.Thread(target=self._find_out, args=[papers], daemon=True).start()
        return self._told

    def _digest(self) -> str:
        made_from = self._app.receipts.provenance(written=False)
        return f"{made_from.papers_digest} {made_from.embedder} {__version__} {MADE}"

    def _known(self) -> Json:
        years = [paper.details.year for paper in self._app.library.papers if paper.details.year]
        span = f"{min(years)} to {max(years)}" if years else ""
        return {"years": span if len(set(years)) > 1 else span[:4], "examples": [], "subjects": []}

    def _find_out(self, papers: tuple[str, ...]) -> None:
        """Find out what these papers offer, as long as they are the set."""
        try:
            for more in self._found(self._told):
                if self._set != papers:
                    return
                self._told = more
            self._told = {**self._told, "ready": True}
            self._app.conversations.tried.keep(self._digest(), json.dumps(self._told))
        except PaperchatError:  # the set was closed meanwhile; it is tried when it is opened again
            self._told = {}
        except Exception:  # the outer edge of a thread: the page does without
            log.exception("paperchat failed on what to begin with")
            self._told = {**self._told, "ready": True}

    def _found(self, told: Json) -> Iterator[Json]:
        """Yield what is told with one example more, or one subject."""
        for kind in self._app.library.starters():
            if len(told["examples"]) < EXAMPLES and (one := self.trying.first(kind, patience=None)):
                told = {**told, "examples": [*told["examples"], shown(one.question)]}
                yield told
        for subject in self._app.library.subjects():
            names = {proposal.question: name for name, proposal in subject.asked}
            one = self.trying.first([proposal for _, proposal in subject.asked], patience=None)
            asked = {"name": shown(names[one.question]), "question": shown(one.question)} if one else {}
            row = {"name": shown(subject.called), "question": "", "topic": shown(subject.called), **asked}
            told = {**told, "subjects": [*told["subjects"], row]}
            yield told

    # ---- after an answer

    def after(self, answers: Sequence[Answer], turns: Sequence[Turn], scope: Scope) -> Json:
        """Return `questions` to ask on with after the last of these answers, each found when it is taken.

        `table` is at most one, which puts what the answer cites side by side.
        """
        return {"questions": self._onward(answers, turns, scope), "table": self._table(answers[-1], turns, scope)}

    def _onward(self, answers: Sequence[Answer], turns: Sequence[Turn], scope: Scope) -> Iterator[str]:
        key = tuple(part for answer in answers for part in (answer.question, answer.text))
        if key in self._after:
            yield from self._after[key]
            return
        known = frozenset(c.quote for answer in answers for one in answer.said for c in one.citations)
        found: list[str] = []
        for kind in self._app.library.follow_ups(answers):
            if one := self.trying.first(kind, turns, scope, known):
                found.append(one.question)
                yield one.question
            if len(found) == ON:
                break
        self._after[key] = found
        if len(self._after) > REMEMBERED:
            self._after.popitem(last=False)

    def _table(self, answer: Answer, turns: Sequence[Turn], scope: Scope) -> Iterator[str]:
        asked = self._app.library.as_table(answer)
        if asked and (one := self.trying.first([asked], turns, scope)):
            yield one.question
