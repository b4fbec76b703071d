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

SHORTER = 0.9
"""Most room of a shorter answer, as a share of what the answer takes."""

CELLS = 2
"""Fewest cells of a table that says something."""

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
                self._tell(json.loads(kept) if kept else {**self._known(), "ready": False})
                if not kept:
                    threading.Thread(target=self._find_out, args=[papers], daemon=True).start()
        return self._told

    def _tell(self, told: Json) -> None:
        """Let this be told from now on, on the page and where an answer offers questions."""
        self._told = told
        self._app.library.tried[:] = told["examples"]

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
                self._tell(more)
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

        Where a step finds none, it gives an empty one: who takes them may stop there.
        `forms` are its other ones that need no model, each as what it is called and what asks for it.
        """
        return {"questions": self._onward(answers, turns, scope), "forms": self._forms(answers[-1], turns, scope)}

    def _onward(self, answers: Sequence[Answer], turns: Sequence[Turn], scope: Scope) -> Iterator[str]:
        key = tuple(part for answer in answers for part in (answer.question, answer.text))
        if key in self._after:
            yield from self._after[key]
            return
        known = frozenset(c.quote for answer in answers for one in answer.said for c in one.citations)
        found: list[str] = []
        for kind in self._app.library.follow_ups(answers):
            yield ""
            if one := self.trying.first(kind, turns, scope, known):
                found.append(one.question)
                yield one.question
            if len(found) == ON:
                break
        self._after[key] = found
        if len(self._after) > REMEMBERED:
            self._after.popitem(last=False)

    def _forms(self, answer: Answer, turns: Sequence[Turn], scope: Scope) -> Iterator[list[str]]:
        if answer.abstained or not answer.cited or answer.form not in ("text", "list", "table"):
            return
        for called, asked, serves in FORMS:
            if (made := self.trying.answer(asked, turns, scope)) and serves(made, answer):
                yield [called, asked]


def _is_shorter(made: Answer, answer: Answer) -> bool:
    """Tell whether an answer takes clearly less room than another one."""
    room, other = (sum(len(sentence.text) for sentence in one.said) for one in (made, answer))
    return 0 < room < SHORTER * other


def _says_more(made: Answer, answer: Answer) -> bool:
    """Tell whether an answer has a sentence of a paper that another one lacks."""
    more, known = ({c.quote for sentence in one.said for c in sentence.citations} for one in (made, answer))
    return not more <= known


def _is_filled(made: Answer, answer: Answer) -> bool:
    """Tell whether an answer that was none is a table with a row in which each paper says something, or several."""
    if answer.table or not made.table:
        return False
    full = sum(all(row) for row in made.table.cells)
    return full > 0 and full * len(made.table.papers) >= CELLS


FORMS = (
    ("Shorter", "Shorter, please", _is_shorter),
    ("More detail", "More detail, please", _says_more),
    ("As a table", "As a table, please", _is_filled),
)
"""Forms of an answer: what they are called, what asks for them, and what tells that one serves."""
