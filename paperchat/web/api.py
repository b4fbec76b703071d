"""What the page's scripts ask for besides answers: JSON in, JSON out, each browser with its own conversations."""

import logging
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from paperchat.errors import InputError, PaperchatError
from paperchat.export.markdown import cited_papers, conversation_markdown
from paperchat.export.references import FORMATS, format_references, formatted
from paperchat.export.tables import FORMS
from paperchat.types import Answer
from paperchat.web.guard import COOKIE
from paperchat.web.view_model import Json, paper_view, shown, suggestion_view, traced_view

if TYPE_CHECKING:
    from fastapi import FastAPI, Response

    from paperchat.app import App

log = logging.getLogger(__name__)

PATH = "/page/{name}"

SUGGESTED = 7
"""Papers offered while one types."""

LONGEST = 300
"""Characters of what is typed that are looked at."""

Place = Annotated[int, Field(ge=0, lt=2**31)]


class Sent(BaseModel):
    """What a script sends: nothing that is looked at, or the fields of a subclass."""

    model_config = ConfigDict(strict=True, frozen=True)


class OfConversation(Sent):
    """A conversation."""

    id: str


class Naming(OfConversation):
    """A conversation and its new name."""

    title: str


class OfExchange(OfConversation):
    """An exchange of a conversation, as a file of this form."""

    exchange: Place
    form: str


class OfPapers(Sent):
    """A paper, or what an exchange cites, or what a conversation cites, in this form."""

    form: str
    paper: str | None = None
    id: str = ""
    exchange: Place | None = None


class Typed(Sent):
    """A text that was typed."""

    text: str


class OfPaper(Sent):
    """A paper, and the sentence of its abstract that is to stand out."""

    paper: str
    start: Place | None = None
    end: Place | None = None


AnySent = TypeVar("AnySent", bound=Sent)


class Desk:
    """The requests by name. Each takes the reader's secret and what the script sent, and raises PaperchatError."""

    def __init__(self, app: "App") -> None:
        self._app = app

    def conversations(self, reader: str, sent: Sent) -> Json:  # noqa: ARG002  # every request has both
        """Return the reader's conversations, newest first."""
        kept = self._app.conversations.conversations(reader)
        return {"conversations": [{**asdict(one), "title": shown(one.title)} for one in kept]}

    def rename(self, reader: str, sent: Naming) -> Json:
        """Name a conversation."""
        self._app.conversations.rename(reader, sent.id, sent.title)
        return self.conversations(reader, sent)

    def delete(self, reader: str, sent: OfConversation) -> Json:
        """Delete a conversation."""
        self._app.conversations.cut(reader, sent.id, 0)
        return self.conversations(reader, sent)

    def receipt(self, reader: str, sent: OfExchange) -> Json:
        """Return the receipt of an exchange as a file, "md" or "json"."""
        form, answer = "json" if sent.form == "json" else "md", self._answer(reader, sent.id, sent.exchange)
        return {"name": f"paperchat-answer.{form}", "text": self._app.receipts.text(answer, form)}

    def table(self, reader: str, sent: OfExchange) -> Json:
        """Return the table of an exchange as a file, in one of FORMS."""
        table, form = self._answer(reader, sent.id, sent.exchange).table, sent.form
        if table is None or form not in FORMS:
            raise InputError("This answer has no such table.", f"Its forms are {', '.join(FORMS)}.")
        return {"name": f"paperchat-table.{form}", "text": FORMS[form](table)}

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
        """Return what supports or contradicts each sentence of a draft."""
        return {"sentences": [traced_view(one) for one in self._app.checker.trace(sent.text)]}

    def paper(self, _: str, sent: OfPaper) -> Json:
        """Return a paper as evidence."""
        (paper,) = self._app.library.find([sent.paper])
        return paper_view(paper, sent.start, sent.end)

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
        return shape.model_validate_json(body)
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_input=False, include_context=False)[0]
    if not wrong["loc"]:
        raise InputError("The request is no JSON object.")
    raise InputError(f"The request's {str(wrong['loc'][0])[:40]!r} is wrong: {wrong['msg']}.")


def add_routes(site: "FastAPI", app: "App") -> None:
    """Serve the requests of a Desk under PATH; what it refuses is a 400 with {error}."""
    from fastapi import Request
    from fastapi.concurrency import run_in_threadpool
    from fastapi.responses import JSONResponse

    desk = Desk(app)

    async def answer(request: Request) -> "Response":
        name = request.path_params["name"]
        if name not in REQUESTS:
            return JSONResponse({"error": "There is nothing here."}, 404)
        try:
            sent = read_sent(await request.body(), REQUESTS[name])
            return JSONResponse(await run_in_threadpool(getattr(desk, name), reader_of(request), sent))
        except PaperchatError as error:
            return JSONResponse({"error": str(error)}, 400)
        except Exception:  # the outer edge: the script must have something to show
            log.exception("paperchat failed on the request %s", name)
            return JSONResponse({"error": "paperchat failed on this; the terminal says why."}, 500)

    site.add_route(PATH, answer, methods=["POST"])


def reader_of(request: Any) -> str:
    """Return the secret of the browser that sent a request, empty when it takes no cookies."""
    return str(request.cookies.get(COOKIE, ""))
