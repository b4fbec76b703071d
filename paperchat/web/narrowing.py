"""Which papers a conversation is asked of, as the page tells and changes it; its fields are Gradio's own."""

import re
from typing import TYPE_CHECKING

from paperchat.bibliography import Scope
from paperchat.errors import InputError
from paperchat.query.additions import typed_days
from paperchat.query.scope import asking, none_of
from paperchat.web.bodies import Narrowing
from paperchat.web.folded_view import shown
from paperchat.web.view_model import Json

if TYPE_CHECKING:
    from paperchat.app import App

FIELDS = (
    ("author", "Author"),
    ("since", "From year"),
    ("until", "To year"),
    ("venue", "Venue"),
    ("keyword", "Keyword"),
    ("imported", "Added since"),
)
"""The fields by their names, with what stands above each; names in one are parted by semicolons."""

LIT = 5_000
"""Most papers asked that the map lights up."""

_YEAR = re.compile(r"[12]\d{3}")


def add_fields() -> None:
    """Put the fields on the page; static/scope.js reads them and asks the server."""
    import gradio as gr

    with gr.Row(elem_id="pc-filter"):
        for name, label in FIELDS:
            gr.Textbox(
                label=label, elem_id=f"pc-filter-{name}", min_width=90, max_lines=1, scale=2 - name.endswith("l")
            )
        gr.Button("Ask these", elem_id="pc-filter-apply", size="sm", min_width=90)


def scope_view(app: "App", scope: Scope) -> Json:
    """Return how many papers are asked, which, and what stands in the fields; `papers` are their ids, for the map."""
    library = app.library
    part, whole = library.narrowed(scope), library.whole
    asked = len(part.papers)
    line = asking(scope, asked, whole, part.undated) if asked else none_of(scope, whole, part.undated)
    fields = {
        "author": "; ".join(scope.authors),
        "since": str(scope.since or ""),
        "until": str(scope.until or ""),
        "venue": "; ".join(scope.venues),
        "keyword": "; ".join(scope.keywords),
        "imported": _days(scope),
    }
    papers = [paper.id for paper in part.papers] if scope and asked <= LIT else None
    return {"line": shown(f"{line[0].upper()}{line[1:]}") if scope else "", "fields": fields, "papers": papers}


def chosen(app: "App", sent: Narrowing) -> Scope:
    """Return the scope that was sent; raise InputError where it has no paper, or a year is none."""
    library = app.library
    papers = tuple(paper.id for paper in library.find(sent.papers))
    names = (tuple(filter(None, map(str.strip, text.split(";")))) for text in (sent.author, sent.venue, sent.keyword))
    authors, venues, keywords = names
    imported = typed_days(sent.imported, library.today())
    scope = Scope(papers, authors, venues, keywords, _year(sent.since), _year(sent.until), *imported)
    part = library.narrowed(scope)
    if scope and not part.papers:
        raise InputError(none_of(scope, library.whole, part.undated), "All stays as it was.")
    return scope


def _days(scope: Scope) -> str:
    """Return the days of imports as they stand in their field: one, or two where papers came until the second."""
    until = f" to {scope.imported_until}" if scope.imported_until else ""
    return f"{scope.imported_since}{until}".strip()


def _year(text: str) -> int | None:
    text = text.strip()
    if text and not _YEAR.fullmatch(text):
        raise InputError(f"{text[:40]!r} is no year.", "For example: 2019")
    return int(text) if text else None
