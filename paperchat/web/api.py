"""What the page's scripts ask for besides answers: JSON in, JSON out, each browser with its own conversations.

These requests are routes of our own and not Gradio's `server_functions`, though gr.HTML would call those from a script.
Their one route takes any value of any JSON or form (a file too) for any function of any part, and reads no shape: the
guard would have to open it, and to know each part's number and functions beside the shapes that are here anyway. It
keeps a state for every session that a body names, also for one that no tab has, and what a function raises becomes
status 500 and a traceback, so that each would need a second way to say in one line why it refuses. That is a wider
door and more to guard, not less: it stays shut.
"""

import logging
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeVar, get_type_hints

from paperchat.errors import InputError, PaperchatError
from paperchat.export.markdown import cited_papers, conversation_markdown
from paperchat.export.references import FORMATS, format_references, formatted
from paperchat.export.tables import FORMS, in_order
from paperchat.text.typed_json import ShapeError, read_json
from paperchat.types import Answer
from paperchat.web.answering import remembered
from paperchat.web.bodies import (
    Choosing,
    Judging,
    Naming,
    Narrowing,
    OfAnswer,
    OfConversation,
    OfDraft,
    OfExchange,
    OfPaper,
    OfPapers,
    OfTable,
    Pinning,
    Sent,
    Typed,
)
from paperchat.web.choosing import choose_model, models_view
from paperchat.web.drafts import Drafts
from paperchat.web.feedback import Feedback
from paperchat.web.folded_view import shown
from paperchat.web.guard import COOKIE
from paperchat.web.narrowing import chosen, scope_view
from paperchat.web.offers import Offers
from paperchat.web.removals import Removals
from paperchat.web.shelf import Shelf, sought_by
from paperchat.web.view_model import Json, found_view, paper_view, suggestion_view, traced_view

if TYPE_CHECKING:
    from fastapi import FastAPI, Response

    from paperchat.app import App
    from paperchat.web.serving import Serving

log = logging.getLogger(__name__)

PATH = "/page/{name}"

SUGGESTED = 7
"""Papers offered while one types."""

PLACES = 50
"""Places in conversations that are shown at once."""

LONGEST = 300
"""Characters of what is typed that are looked at."""

AnySent = TypeVar("AnySent", bound=Sent)


class Desk:
    """The requests by name. Each takes the reader's secret and what the script sent, and raises PaperchatError."""

    def __init__(self, app: "App", removals: Removals, offers: Offers) -> None:
        self._app, self._removals, self._shelf, self._offers = app, removals, Shelf(app), offers
        self._feedback, self._drafts = Feedback(app), Drafts(app)

    def conversations(self, reader: str, sent: Sent) -> Json:  # noqa: ARG002  # every request has both
        """Return the reader's conversations, newest first."""
        kept, pinned = self._app.conversations.conversations(reader), self._app.conversations.pins.of(reader)
        return {
            "conversations": [{**asdict(one), "title": shown(one.title), "pinned": one.id in pinned} for one in kept]
        }

    def rename(self, reader: str, sent: Naming) -> Json:
        """Name a conversation."""
        self._app.conversations.rename(reader, sent.id, sent.title)
        return self.conversations(reader, sent)

    def pin(self, reader: str, sent: Pinning) -> Json:
        """Let a conversation stand first in the list, or no more."""
        self._app.conversations.pins.pin(reader, sent.id, sent.pinned)
        return self.conversations(reader, sent)

    def delete(self, reader: str, sent: OfConversation) -> Json:
        """Delete a conversation."""
        self._removals.cut(reader, sent.id, 0)
        return self.conversations(reader, sent)

    def restore(self, reader: str, sent: OfConversation) -> Json:
        """Put back what was last removed from a conversation."""
        self._removals.restore(reader, sent.id)
        return self.conversations(reader, sent)

    def empty(self, reader: str, sent: Sent) -> Json:
        """Delete all conversations of the reader."""
        self._removals.empty(reader)
        return self.conversations(reader, sent)

    def refill(self, reader: str, sent: Sent) -> Json:
        """Put back the conversations that the reader last deleted all at once."""
        self._removals.refill(reader)
        return self.conversations(reader, sent)

    def recall(self, reader: str, sent: Typed) -> Json:
        """Return where the reader's conversations have a text, newest first: the first places, and how many in all."""
        found = list(self._app.conversations.find(reader, sent.text[:LONGEST]))
        return {"places": [found_view(one) for one in found[:PLACES]], "count": len(found)}

    def scope(self, reader: str, sent: OfConversation) -> Json:
        """Return which papers a conversation is asked of."""
        return scope_view(self._app, self._app.conversations.scope(reader, sent.id))

    def narrow(self, reader: str, sent: Narrowing) -> Json:
        """Ask a conversation of these papers from now on; of all where nothing is given."""
        scope = chosen(self._app, sent) if sent.listed is None else self._shelf.scope(sought_by(sent.listed))
        self._app.conversations.choose(reader, sent.id, scope)
        return self.scope(reader, sent)

    def models(self, reader: str, sent: OfConversation) -> Json:
        """Return which model answers in a conversation, and which others there are."""
        return models_view(self._app, reader, sent.id)

    def choose(self, reader: str, sent: Choosing) -> Json:
        """Let a model answer in a conversation from now on; with an empty name what the reader's settings say."""
        choose_model(self._app, reader, sent.id, sent.model)
        return self.models(reader, sent)

    def receipt(self, reader: str, sent: OfExchange) -> Json:
        """Return the receipt of an exchange as a file, "md" or "json"."""
        form, answer = "json" if sent.form == "json" else "md", self._answer(reader, sent.id, sent.exchange)
        return {"name": f"paperchat-answer.{form}", "text": self._app.receipts.text(answer, form)}

    def table(self, reader: str, sent: OfTable) -> Json:
        """Return the table of an exchange as a file, in one of FORMS, its papers as the reader has sorted them."""
        table, form = self._answer(reader, sent.id, sent.exchange).table, sent.form
        if table is None or form not in FORMS:
            raise InputError("This answer has no such table.", f"Its forms are {', '.join(FORMS)}.")
        whole = sorted(sent.order) == list(range(len(table.papers)))
        return {"name": f"paperchat-table.{form}", "text": FORMS[form](in_order(table, sent.order) if whole else table)}

    def references(self, reader: str, sent: OfPapers) -> Json:
        """Return references as a file, in one of FORMATS."""
        form = sent.form
        if form not in FORMATS:
            raise InputError(f"{form[:40]!r} is no format.", f"Use one of {', '.join(FORMATS)}.")
        if sent.paper is not None:
            papers = self._app.library.find([sent.paper])
        elif sent.exchange is not None:
            papers = self._answer(reader, sent.id, sent.exchange).cited
        else:
            papers = cited_papers(self._answers(reader, sent.id))
        if not papers:
            raise InputError("No paper is cited here.")
        return {"name": f"paperchat-references.{ENDINGS.get(form, 'txt')}", "text": format_references(papers, form)}

    def export(self, reader: str, sent: OfConversation) -> Json:
        """Return a conversation as a Markdown file."""
        answers = self._answers(reader, sent.id)
        title = next(one.title for one in self._app.conversations.conversations(reader) if one.id == sent.id)
        lines = formatted(cited_papers(answers), "ieee")
        return {"name": "paperchat-conversation.md", "text": conversation_markdown(title, answers, lines)}

    def suggest(self, _: str, sent: Typed) -> Json:
        """Return the papers that a text, as far as it is typed, may mean, best first."""
        return {"papers": [suggestion_view(one) for one in self._app.library.suggest(sent.text[:LONGEST], SUGGESTED)]}

    def trace(self, _: str, sent: Typed) -> Json:
        """Return what supports or contradicts each sentence of a draft, found one by one as they are taken."""
        return {"sentences": map(traced_view, self._drafts.trace(sent.text))}

    def report(self, _: str, sent: OfDraft) -> Json:
        """Return what was found of a draft as a file, in one of its forms."""
        return self._drafts.report(sent.text, sent.form)

    def beginning(self, _: str, sent: Sent) -> Json:  # noqa: ARG002  # every request has both
        """Return what the empty page says and offers to ask, as far as it is known yet."""
        return self._offers.beginning()

    def onward(self, reader: str, sent: OfAnswer) -> Json:
        """Return what can be asked after an answer, tried one by one as long as the script waits."""
        answers = self._answers(reader, sent.id)[: sent.exchange + 1]
        return self._offers.after(answers, remembered(answers), self._app.conversations.scope(reader, sent.id))

    def judge(self, reader: str, sent: Judging) -> Json:
        """Keep what a reader thinks of an answer, or take it back."""
        self._answer(reader, sent.id, sent.exchange)
        answers = self._answers(reader, sent.id)
        self._feedback.judge(reader, sent.id, answers[: sent.exchange + 1], sent.good, sent.word)
        return self._feedback.of(reader, sent.id, answers)

    def judged(self, reader: str, sent: OfConversation) -> Json:
        """Return what a reader thinks of the answers of a conversation."""
        return self._feedback.of(reader, sent.id, self._app.conversations.answers(reader, sent.id))

    def feedback(self, reader: str, sent: Sent) -> Json:  # noqa: ARG002  # every request has both
        """Return all that a reader thinks of answers as a file of questions."""
        return self._feedback.file(reader)

    def paper(self, _: str, sent: OfPaper) -> Json:
        """Return a paper as evidence."""
        (paper,) = self._app.library.find([sent.paper])
        return paper_view(paper, sent.start, sent.end)

    def atlas(self, _: str, sent: Sent) -> Json:  # noqa: ARG002  # every request has both
        """Return the set as a picture."""
        return self._shelf.picture()

    def about(self, _: str, sent: OfPaper) -> Json:
        """Return a paper's page."""
        return self._shelf.page(sent.paper)

    def _answers(self, reader: str, key: str) -> tuple[Answer, ...]:
        answers = self._app.conversations.answers(reader, key)
        if not answers:
            raise InputError("This conversation is not here.", "It was deleted, or made in another browser.")
        return answers

    def _answer(self, reader: str, key: str, place: int) -> Answer:
        answers = self._answers(reader, key)
        if place >= len(answers):
            raise InputError(f"This conversation has no answer {place}.", "Reload the page.")
        return answers[place]


ENDINGS = {"bibtex": "bib", "ris": "ris", "csl": "json"}

REQUESTS = {name: get_type_hints(method)["sent"] for name, method in vars(Desk).items() if not name.startswith("_")}
"""What each of them takes."""


def read_sent(body: bytes, shape: type[AnySent]) -> AnySent:
    """Return what a script sent; raise InputError for what it does not send."""
    try:
        return read_json(shape, body)
    except ShapeError as error:
        if not error.place:
            raise InputError("The request is no JSON object.") from None
        raise InputError(f"The request's {error.place[:40]!r} is wrong: {error.problem}.") from None


def add_routes(site: "FastAPI", serving: "Serving") -> None:
    """Serve the requests of each set's Desk under PATH; what it refuses is a 400 with {error}."""
    from fastapi import Request
    from fastapi.concurrency import run_in_threadpool
    from fastapi.responses import JSONResponse

    async def answer(request: Request) -> "Response":
        name = request.path_params["name"]
        if name not in REQUESTS:
            return JSONResponse({"error": "There is nothing here."}, 404)
        try:
            sent = read_sent(await request.body(), REQUESTS[name])
            async with serving.opened(sent.set) as seat:
                found = await run_in_threadpool(getattr(seat.desk, name), reader_of(request, sent.tab), sent)
                return JSONResponse({key: await _waited_for(value, request) for key, value in found.items()})
        except PaperchatError as error:
            return JSONResponse({"error": str(error)}, 400)
        except Exception:  # the outer edge: the script must have something to show
            log.exception("paperchat failed on the request %s", name)
            return JSONResponse({"error": "paperchat failed on this; the terminal says why."}, 500)

    site.add_route(PATH, answer, methods=["POST"])


async def _waited_for(found: object, request: Any) -> object:
    """Return a value, or the list of what an iterator finds, but for what is empty, as long as somebody waits."""
    from fastapi.concurrency import run_in_threadpool

    if not isinstance(found, Iterator):
        return found
    rows: list[object] = []
    while (row := await run_in_threadpool(next, found, None)) is not None and not await request.is_disconnected():
        rows += [row] if row else []
    return rows


def reader_of(request: Any, tab: str | None) -> str:
    """Return the secret of the browser that sent a request, or where it takes no cookies, that of its tab."""
    return str(request.cookies.get(COOKIE, "")) or (f"tab {tab}" if tab else "")
