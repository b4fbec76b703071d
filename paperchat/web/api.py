"""What the page's scripts ask for besides answers: JSON in, JSON out, each browser with its own conversations."""

import logging
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from paperchat.errors import InputError, PaperchatError
from paperchat.export.markdown import cited_papers, conversation_markdown
from paperchat.export.references import FORMATS, format_references, formatted
from paperchat.export.tables import FORMS
from paperchat.types import Answer
from paperchat.web.guard import COOKIE
from paperchat.web.view_model import Json, paper_view, shown, suggestion_view, traced_view

if TYPE_CHECKING:
    from fastapi import FastAPI, Request, Response

    from paperchat.app import App

log = logging.getLogger(__name__)

PATH = "/page/{name}"

SUGGESTED = 7
"""Papers offered while one types."""

LONGEST = 300
"""Characters of what is typed that are looked at."""


class Desk:
    """The requests by name. Each takes the reader's secret and what the script sent, and raises PaperchatError."""

    def __init__(self, app: "App") -> None:
        self._app = app

    def conversations(self, reader: str, _: Json) -> Json:
        """Return the reader's conversations, newest first."""
        kept = self._app.conversations.conversations(reader)
        return {"conversations": [{**asdict(one), "title": shown(one.title)} for one in kept]}

    def rename(self, reader: str, sent: Json) -> Json:
        """Name a conversation: {id, title}."""
        self._app.conversations.rename(reader, _text(sent, "id"), _text(sent, "title"))
        return self.conversations(reader, sent)

    def delete(self, reader: str, sent: Json) -> Json:
        """Delete a conversation: {id}."""
        self._app.conversations.cut(reader, _text(sent, "id"), 0)
        return self.conversations(reader, sent)

    def receipt(self, reader: str, sent: Json) -> Json:
        """Return the receipt of an exchange as a file: {id, exchange, form}, "md" or "json"."""
        form = "json" if sent.get("form") == "json" else "md"
        return {"name": f"paperchat-answer.{form}", "text": self._app.receipts.text(self._answer(reader, sent), form)}

    def table(self, reader: str, sent: Json) -> Json:
        """Return the table of an exchange as a file: {id, exchange, form}, one of FORMS."""
        table, form = self._answer(reader, sent).table, _text(sent, "form")
        if table is None or form not in FORMS:
            raise InputError("This answer has no such table.", f"Its forms are {', '.join(FORMS)}.")
        return {"name": f"paperchat-table.{form}", "text": FORMS[form](table)}

    def references(self, reader: str, sent: Json) -> Json:
        """Return references as a file, in one of FORMATS: of {paper}, of {id, exchange}, or of conversation {id}."""
        form = _text(sent, "form")
        if form not in FORMATS:
            raise InputError(f"{form[:40]!r} is no format.", f"Use one of {', '.join(FORMATS)}.")
        if "paper" in sent:
            papers = self._app.library.find([_text(sent, "paper")])
        elif "exchange" in sent:
            papers = self._answer(reader, sent).cited
        else:
            papers = cited_papers(self._answers(reader, sent))
        if not papers:
            raise InputError("No paper is cited here.")
        return {"name": f"paperchat-references.{ENDINGS.get(form, 'txt')}", "text": format_references(papers, form)}

    def export(self, reader: str, sent: Json) -> Json:
        """Return a conversation as a Markdown file: {id}."""
        answers, key = self._answers(reader, sent), _text(sent, "id")
        title = next(one.title for one in self._app.conversations.conversations(reader) if one.id == key)
        lines = formatted(cited_papers(answers), "ieee")
        return {"name": "paperchat-conversation.md", "text": conversation_markdown(title, answers, lines)}

    def suggest(self, _: str, sent: Json) -> Json:
        """Return the papers that {text}, as far as it is typed, may mean, best first."""
        return {
            "papers": [
                suggestion_view(one) for one in self._app.library.suggest(_text(sent, "text")[:LONGEST], SUGGESTED)
            ]
        }

    def trace(self, _: str, sent: Json) -> Json:
        """Return what supports or contradicts each sentence of a draft: {text}."""
        return {"sentences": [traced_view(one) for one in self._app.checker.trace(_text(sent, "text"))]}

    def paper(self, _: str, sent: Json) -> Json:
        """Return a paper as evidence: {paper, start, end} of the sentence to stand out, or nulls."""
        (paper,) = self._app.library.find([_text(sent, "paper")])
        return paper_view(paper, _place(sent, "start"), _place(sent, "end"))

    def _answers(self, reader: str, sent: Json) -> tuple[Answer, ...]:
        answers = self._app.conversations.answers(reader, _text(sent, "id"))
        if not answers:
            raise InputError("This conversation is not here.", "It was deleted, or made in another browser.")
        return answers

    def _answer(self, reader: str, sent: Json) -> Answer:
        answers, place = self._answers(reader, sent), sent.get("exchange")
        if not isinstance(place, int) or not 0 <= place < len(answers):
            raise InputError(f"This conversation has no answer {place!r}.", "Reload the page.")
        return answers[place]


ENDINGS = {"bibtex": "bib", "ris": "ris", "csl": "json"}

REQUESTS = frozenset(name for name in vars(Desk) if not name.startswith("_"))


def _text(sent: Json, name: str) -> str:
    value = sent.get(name)
    if not isinstance(value, str):
        raise InputError(f"The request has no text {name!r}.")
    return value


def _place(sent: Json, name: str) -> int | None:
    value = sent.get(name)
    return value if isinstance(value, int) else None


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
            sent = await _sent(request)
            return JSONResponse(await run_in_threadpool(getattr(desk, name), reader_of(request), sent))
        except PaperchatError as error:
            return JSONResponse({"error": str(error)}, 400)
        except Exception:  # the outer edge: the script must have something to show
            log.exception("paperchat failed on the request %s", name)
            return JSONResponse({"error": "paperchat failed on this; the terminal says why."}, 500)

    site.add_route(PATH, answer, methods=["POST"])


async def _sent(request: "Request") -> Json:
    try:
        sent = await request.json()
    except ValueError:
        sent = None
    if not isinstance(sent, dict):
        raise InputError("The request is no JSON object.")
    return sent


def reader_of(request: Any) -> str:
    """Return the secret of the browser that sent a request, empty when it takes no cookies."""
    return str(request.cookies.get(COOKIE, ""))
