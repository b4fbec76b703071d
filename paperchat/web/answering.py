"""What a tab asks for, done: a question answered as it grows, or a conversation opened. Knows no vendor."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any, cast

from paperchat.bibliography import ALL
from paperchat.errors import PaperchatError
from paperchat.export.numbering import numbering
from paperchat.query.question import check_question
from paperchat.storage.conversations import Growing, check_key, new_key
from paperchat.types import Answer, Turn
from paperchat.web.choosing import choice_of
from paperchat.web.live_answer import Reply
from paperchat.web.offers import Offers
from paperchat.web.places import Places, Ticket
from paperchat.web.removals import Removals
from paperchat.web.view_model import Json, evidence_view, exchanges_view, panels_view

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from paperchat.app import App

NOT_HERE = "This conversation is not here. It was deleted, or made in another browser."

Updates = dict[str, Any]
"""New values of parts of the page, by their names; of none when all is as it was."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a tab asks for: an answer in the conversation `key` (empty: a new one), or without a question to see it.

    `keep` are the earlier exchanges to keep, None for all, and `shown` those that the tab shows. What is `typed` stands
    in the question box. With `back`, what was removed comes back first. A `model` is for this question alone.
    """

    reader: str
    key: str
    question: str | None = None
    keep: int | None = None
    shown: int = 0
    typed: bool = False
    back: bool = False
    model: str = ""


@dataclass(frozen=True, slots=True)
class _Exchange:
    """A question that is being answered, and the exchanges before it."""

    question: str
    kept: tuple[Answer, ...]
    key: str
    ticket: Ticket
    reply: Reply
    growing: Growing

    def end(self) -> None:
        """Stop the answer where it is, free its place and keep what there is."""
        self.reply.stop()
        self.ticket.leave()
        self.growing.flush()


class Answering:
    """Answers the tabs of all readers of a set, as many at once as there are places.

    Places, and the numbers by which no two things that are sent are alike, may be those of several sets.
    """

    def __init__(
        self,
        app: "App",
        removals: Removals,
        offers: Offers,
        places: Places | None = None,
        turns: Iterator[int] | None = None,
    ) -> None:
        self._app, self._places, self._removals, self._offers = app, places or Places(), removals, offers
        self._turns = turns or count()

    def whole(self, answers: Sequence[Answer] = (), key: str = "", removed: int = 0) -> Json:
        """Return a conversation as it is shown anew."""
        return {**exchanges_view(answers, 0), "id": key, "removed": removed, "turn": next(self._turns)}

    async def updates(self, wanted: Wanted) -> AsyncIterator[Updates]:
        """Yield what changes on the page until what is wanted is done; closing this stops the answer."""
        try:
            check_key(wanted.key)
            if wanted.question is None:
                yield self._opened(wanted)
                return
            exchange = self._begun(wanted, wanted.question)
        except PaperchatError as error:
            yield {"composer": {"message": str(error), "turn": next(self._turns)}}
            return
        try:
            with self._offers.trying.standing_back():
                async with aclosing(cast("AsyncGenerator[Updates]", self._answered(exchange, wanted))) as answered:
                    async for updates in answered:
                        yield updates
        finally:
            exchange.end()

    def _opened(self, wanted: Wanted) -> Updates:
        reader, key = wanted.reader, wanted.key
        if wanted.back:
            self._removals.restore(reader, key)
        kept = self._app.conversations.answers(reader, key)
        if wanted.keep is not None and kept:
            kept = self._removals.cut(reader, key, wanted.keep)
        removed = self._removals.count(reader, key)
        if key and not kept and not removed:  # the link of another reader, or an old one
            return {**self._anew((), ""), "composer": {"message": NOT_HERE, "turn": next(self._turns)}}
        return {**self._anew(kept, key, removed), "composer": {"message": ""}}

    def _begun(self, wanted: Wanted, asked: str) -> _Exchange:
        """Return the exchange once it has a place or one in the line; raises PaperchatError where it cannot be."""
        question, history, reader = check_question(asked), self._app.conversations, wanted.reader
        before = history.answers(reader, wanted.key)
        kept = before[: wanted.keep]
        turns, key = remembered(kept), wanted.key or new_key()
        growing = Growing(history, reader, key, len(kept))
        ticket = self._places.join(reader)
        self._removals.note(reader, key, len(kept), before)
        scope = history.scope(reader, wanted.key)
        choice = choice_of(self._app, reader, wanted.key, wanted.model)
        if key != wanted.key:  # what was chosen before there was a conversation is its own
            history.choices.begin(reader, key)
        if key != wanted.key and scope:
            history.choose(reader, key, scope)
            history.choose(reader, wanted.key, ALL)
        ask = partial(self._app.ask, question, turns, choice, scope=scope)
        return _Exchange(question, kept, key, ticket, Reply(question, ask, ticket), growing)

    async def _answered(self, exchange: _Exchange, wanted: Wanted) -> AsyncIterator[Updates]:
        kept, key, ticket = exchange.kept, exchange.key, exchange.ticket
        waiting, number = Answer(exchange.question), ticket.number
        removed = self._removals.count(wanted.reader, key)
        if wanted.keep is None and wanted.shown != len(kept):
            yield self._anew(kept, key)  # another tab went on with it
        asked: Updates = {
            "running": exchange.reply,
            "composer": {"message": ""},
            **({"box": ""} if wanted.typed else {}),
        }
        growing = {"id": key, "removed": removed}
        yield {"conversation": {**exchanges_view([*kept, waiting], len(kept)), **growing, "line": number}, **asked}
        if number:
            exchange.growing.keep(waiting)
        panel = Json()
        before = (waiting, number)
        async for answer in exchange.reply.answers():
            if before == (before := (answer, ticket.number)):
                yield {}
                continue
            view = exchanges_view([*kept, answer], len(kept))
            updates: Updates = {"conversation": {**view, **growing, "line": ticket.number}}
            if wrong := exchange.growing.keep(answer):
                updates["composer"] = {"message": f"This conversation is not kept: {wrong}"}
            if answer != waiting and panel != (panel := evidence_view(answer, numbering([*kept, answer]))):
                updates["evidence"] = {"first": len(kept), "panels": [panel]}
            if answer.stage == "done" and not answer.scope.once:  # words may have narrowed it
                self._app.conversations.choose(wanted.reader, key, answer.scope)
            yield updates

    def _anew(self, answers: Sequence[Answer], key: str, removed: int = 0) -> Updates:
        evidence = {"first": 0, "panels": panels_view(answers), "turn": next(self._turns)}
        return {"conversation": self.whole(answers, key, removed), "evidence": evidence}


def remembered(answers: Sequence[Answer]) -> list[Turn]:
    """Return the earlier exchanges that have an answer, for the next question."""
    return [
        Turn(one.question, one.text, _titles(one), one.form, one.said, one.scope, one.act)
        for one in answers
        if one.said or one.lines or one.table
    ]


def _titles(answer: Answer) -> tuple[str, ...]:
    """Return the titles of the papers that an answer cites, or that it only names."""
    papers = (result.paper for result in answer.results) if answer.form == "titles" else answer.cited
    return tuple(paper.title for paper in papers)
