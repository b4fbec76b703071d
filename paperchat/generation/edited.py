"""The table above as a follow-up changes it: papers added and dropped, rows added and dropped, some rows only, sorted.

It is made of the record and the conversation, with a model or without.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from paperchat.dialogue.conversation import Conversation
from paperchat.dialogue.coreference import names_place, place_of
from paperchat.dialogue.edits import Edit, read_edit
from paperchat.dialogue.layout import Layout, changed, dropped_row, layout_of
from paperchat.export.ranking import ranked
from paperchat.export.tables import in_order
from paperchat.generation.comparison import MOST, Cells, laid_out, rows_of
from paperchat.generation.extractive import unranked
from paperchat.query.reading import Reading, read
from paperchat.retrieval.library import Library
from paperchat.text.mentions import mentions
from paperchat.types import Answer, AnswerSentence, Paper

FEWEST = 2
"""Papers of a comparison."""

STAYS = "It stays as it is."


def edited(question: str, conversation: Conversation) -> Answer | None:
    """Return the table above as a question changes it; None where it changes none."""
    edit = read_edit(question)
    if edit is None:
        return None
    conversation = conversation.standing
    points = edit.kind == "drop" and names_place(edit.what)
    if edit.kind == "sort" or points:
        conversation = conversation.tabled  # one of its papers may have been asked about since
    if conversation.above == "table":
        return _of_table(question, edit, conversation)
    papers = conversation.last_papers  # a list is changed by what asks for it (see `list_followups`)
    missing = points and place_of(edit.what, papers, conversation.order) is None
    return _refused(question, papers, edit) if missing and conversation.above == "list" else None


def _of_table(question: str, edit: Edit, conversation: Conversation) -> Answer | None:
    papers, layout = conversation.last_papers, layout_of(conversation)
    row = dropped_row(layout, edit, papers, conversation.order) if edit.kind == "drop" else None
    if edit.kind == "add" or (edit.kind == "drop" and row is None):
        return _with_papers(question, edit, layout, conversation)
    if edit.kind == "only" and place_of(edit.what, papers, conversation.order) is not None:
        return None  # "only the results of CroCo" asks about one paper
    if row and len(layout.rows) == 1:
        return _kept(question, papers, f"It has no row but “{row.name}”.")
    return _tabled(question, papers, changed(layout, edit, papers, conversation.order), conversation.library)


def _with_papers(question: str, edit: Edit, layout: Layout, conversation: Conversation) -> Answer | None:
    """Return the table with a paper more or less; None where what is to be dropped is nothing of it."""
    papers = list(conversation.last_papers)
    if edit.kind == "add":
        found = _to_add(edit, conversation.library)
        if found is None:
            return _refused(question, papers, edit)
        if found not in papers and len(papers) >= MOST:
            return _kept(question, papers, f"A table has {MOST} papers at most: drop one first.")
        papers += [found] if found not in papers else []
        return _tabled(question, papers, layout, conversation.library)
    place = place_of(edit.what, papers, conversation.order)
    if place is None:
        return _refused(question, papers, edit) if names_place(edit.what) else None
    del papers[place]
    return _tabled(question, papers, layout, conversation.library)


def _to_add(edit: Edit, library: Library) -> Paper | None:
    """Return the paper that is to be added to a table: the one named, in its title before its abstract."""
    found = library.search(edit.what).texts
    for one in found:
        if mentions(one.title, edit.what):
            return one.paper
    return next((one.paper for one in found if edit.is_any or mentions(one.whole, edit.what)), None)


def _refused(question: str, papers: Sequence[Paper], edit: Edit) -> Answer:
    why = f"No paper of the set mentions {edit.what}." if edit.kind == "add" else f"There is no {edit.what} above."
    return _kept(question, papers, why)


def _kept(question: str, papers: Sequence[Paper], why: str) -> Answer:
    """Return the answer that says why the table is not changed."""
    return Answer(question, unranked(papers), (AnswerSentence(f"{why} {STAYS}"),), abstained=True)


def _tabled(question: str, papers: Sequence[Paper], layout: Layout, library: Library) -> Answer:
    """Return the table of these papers as it is laid out; where one paper is left, what it says of what was asked."""
    results, texts = unranked(papers), library.read(papers)

    def reading(what: str) -> Reading:
        return library.fitted(library.guessed(read(what, what, results, texts)))

    if len(papers) < FEWEST:
        return _single(question, papers, rows_of(layout, texts, reading))
    table = laid_out(layout, texts, reading)
    if table is None:
        return _kept(question, papers, "Nothing of that is stated.")
    if not layout.by:
        return Answer(question, results, table=table)
    order, told = ranked(table, layout.by, layout.rising)
    if order:
        return Answer(question, results, lead=told, table=in_order(table, order, layout.by))
    asks = read_edit(question)
    refused = asks is not None and asks.kind == "sort"  # else it was sorted before, and too few are left for that
    return _kept(question, papers, told) if refused else Answer(question, results, table=table)


def _single(question: str, papers: Sequence[Paper], rows: Mapping[str, Cells]) -> Answer:
    """Return what the one paper that is left says in the rows: its sentences, each once."""
    said = dict.fromkeys(cell for (cell,) in rows.values() if cell and cell.citations)
    return Answer(question, unranked(papers), tuple(replace(cell, span=None) for cell in said))
