"""What a tab asks for, done: a question answered as it grows, or a conversation opened. Knows no vendor."""

from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from paperchat.errors import PaperchatError
from paperchat.export.numbering import numbering
from paperchat.query.question import check_question
from paperchat.storage.conversations import Growing, History, check_key, new_key
from paperchat.types import Answer, Paper, Turn
from paperchat.web.live_answer import Reply
from paperchat.web.places import Places, Ticket
from paperchat.web.view_model import Json, conversation_view, evidence_view, panels_view

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from paperchat.app import App

Updates = dict[str, Any]
"""New values of parts of the page, by their names; of none when all is as it was."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a tab asks for: an answer to a text in the conversation `key` (empty: a new one), or without one to see it.

    `keep` are the earlier exchanges to keep, None for all; what is `typed` stands in the question box.
    """

    reader: str
    key: str
    text: str
    keep: int | None = None
    typed: bool = False


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
    """Answers the tabs of all readers, as many at once as there are places."""

    def __init__(self, app: "App") -> None:
        self._app, self._places = app, Places()
        self._examples, self.papers = app.library.examples(), len(app.library.papers)

    def conversation(self, answers: Sequence[Answer] = (), key: str = "", line: int = 0) -> Json:
        """Return what the conversation shows; `line` is the number in line of a question that waits."""
        return {**conversation_view(answers, self._examples, self.papers, key), "line": line}

    async def updates(self, wanted: Wanted) -> AsyncIterator[Updates]:
        """Yield what changes on the page until what is wanted is done; closing this stops the answer."""
        try:
            check_key(wanted.key)
            if not (wanted.typed or wanted.text):
                yield self._opened(wanted)
                return
            exchange = self._begun(wanted)
        except PaperchatError as error:
            yield {"composer": {"message": str(error)}}
            return
        try:
            async with aclosing(cast("AsyncGenerator[Updates]", self._answered(exchange, wanted.typed))) as answered:
                async for updates in answered:
                    yield updates
        finally:
            exchange.end()

    def _opened(self, wanted: Wanted) -> Updates:
        kept = opened(self._app.conversations, wanted.reader, wanted.key, wanted.keep)
        panels = {"panels": panels_view(kept)}
        return {**self._shown(kept, wanted.key), "evidence": panels, "composer": {"message": ""}}

    def _begun(self, wanted: Wanted) -> _Exchange:
        """Return the exchange once it has a place or one in the line; raises PaperchatError where it cannot be."""
        question, history = check_question(wanted.text), self._app.conversations
        kept = history.answers(wanted.reader, wanted.key)[: wanted.keep]
        turns, key = remembered(kept), wanted.key or new_key()
        growing = Growing(history, wanted.reader, key, len(kept))
        ticket = self._places.join(wanted.reader)
        return _Exchange(question, kept, key, ticket, Reply(self._app, question, turns, ticket), growing)

    async def _answered(self, exchange: _Exchange, typed: bool) -> AsyncIterator[Updates]:
        kept, key, ticket = exchange.kept, exchange.key, exchange.ticket
        waiting, number = Answer(exchange.question), ticket.number
        asked: Updates = {"running": exchange.reply, "composer": {"message": ""}, **({"box": ""} if typed else {})}
        yield {**self._shown([*kept, waiting], key, number), **asked}
        if number:
            exchange.growing.keep(waiting)
        panels, panel = panels_view(kept), Json()
        before = (waiting, number)
        async for answer in exchange.reply.answers():
            if before == (before := (answer, ticket.number)):
                yield {}
                continue
            updates = self._shown([*kept, answer], key, ticket.number)
            if wrong := exchange.growing.keep(answer):
                updates["composer"] = {"message": f"This conversation is not kept: {wrong}"}
            if answer != waiting and panel != (panel := evidence_view(answer, numbering([*kept, answer]))):
                updates["evidence"] = {"panels": [*panels, panel]}
            yield updates

    def _shown(self, answers: Sequence[Answer], key: str, line: int = 0) -> Updates:
        return {"current": key, "conversation": self.conversation(answers, key, line)}


def remembered(answers: Sequence[Answer]) -> list[Turn]:
    """Return the earlier exchanges that have an answer, for the next question."""
    return [
        Turn(answer.question, answer.text, tuple(paper.title for paper in _papers(answer)), answer.form, answer.said)
        for answer in answers
        if answer.sentences or answer.lines
    ]


def _papers(answer: Answer) -> tuple[Paper, ...]:
    """Return the papers that an answer cites, or those that it only names."""
    return tuple(result.paper for result in answer.results) if answer.form == "titles" else answer.cited


def opened(history: History, reader: str, key: str, keep: int | None) -> tuple[Answer, ...]:
    """Return the answers of a conversation, after all but the first `keep` were dropped; None drops none."""
    return history.answers(reader, key) if keep is None else history.shorten(reader, key, keep)
