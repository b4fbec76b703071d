"""What a comparison shows, as its conversation has made it: its rows, and by which of them it is sorted. Pure.

It is told by the questions since it was asked for: none of what they changed is lost to the next change.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from paperchat.dialogue.conversation import Conversation, declined
from paperchat.dialogue.coreference import names_place, place_of
from paperchat.dialogue.edits import Edit, is_figure, read_edit
from paperchat.query.aspects import asked_aspects, in_record
from paperchat.query.zones import ZONE, ZONES, asked_zones, worded
from paperchat.text.cleaning import normalised
from paperchat.text.tokens import content_words
from paperchat.types import Paper

ASKED = "what was asked"
"""The row of a question that asks for more than the usual parts."""

_ONLY = worded(r"only\b|just\b|compare the\b|by (?:their )?\w+\??$|in terms of|side by side")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: a usual `part` of an abstract, `what` is asked, of which figures may tell, or else a detail of the record.

    One that was asked for by itself (`wanted`) stays where nothing tells it.
    """

    name: str
    part: str = ""
    what: str = ""
    figures: bool = False
    wanted: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The rows of a table, and by which of them its papers are sorted, the least first where that is `rising`."""

    rows: tuple[Row, ...]
    by: str = ""
    rising: bool = False

    def find(self, what: str) -> Row | None:
        """Return the row that words mean: by its name, or as a usual part or detail is asked for."""
        same = [row for row in self.rows if normalised(row.name) == normalised(what)]
        words = set(content_words(what))
        like = [row for row in self.rows if row.what and words and words <= set(content_words(row.name))]
        named = _row(what)
        known = [row for row in self.rows if not named.what and (row.part or row.name) == (named.part or named.name)]
        return next(iter((*same, *like, *known)), None)


def first_layout(question: str) -> Layout:
    """Return what a comparison shows at first: what was asked and the usual parts, or those alone asked for."""
    zones = asked_zones(question) if _ONLY.search(question) else ()
    asked = (Row(ASKED, what=question),) if question and not zones else ()
    return Layout((*asked, *(Row(zone.name, zone.name) for zone in zones or ZONES)))


def layout_of(conversation: Conversation) -> Layout:
    """Return what the table above shows."""
    turns, papers = conversation.turns, conversation.papers
    edits = [read_edit(turn.question) for turn in turns]
    tables = [at for at, turn in enumerate(turns) if turn.form in ("", "table") and not declined(turn)]
    begun = max((at for at in tables if edits[at] is None), default=-1)
    layout = first_layout(turns[begun].question if begun >= 0 else "")
    for at in tables:
        edit = edits[at]
        if edit and at > begun:
            layout = changed(layout, edit, papers[at - 1] if at else (), conversation.order)
    return layout


def changed(layout: Layout, edit: Edit, papers: Sequence[Paper], order: Sequence[Paper]) -> Layout:
    """Return what a table shows after an edit; one that takes a paper in or out leaves the rows as they are."""
    if edit.kind == "row":
        return _with_rows(layout, edit.rows)
    if edit.kind == "sort":
        row = layout.find(edit.what) or _row(edit.what)
        whole = layout if row in layout.rows else _with_rows(layout, (edit.what,))
        return replace(whole, by=row.name, rising=edit.rising)
    if edit.kind == "only":
        zones = {zone.name for zone in asked_zones(edit.what)}
        kept = [row for row in layout.rows if row.part in zones or (row.wanted and row is layout.find(edit.what))]
        parts = {row.part for row in kept}
        return replace(layout, rows=(*kept, *(Row(name, name) for name in ZONE if name in zones - parts)))
    if edit.kind == "drop" and (dropped := dropped_row(layout, edit, papers, order)):
        by = "" if layout.by == dropped.name else layout.by
        return replace(layout, rows=tuple(one for one in layout.rows if one is not dropped), by=by)
    return layout


def dropped_row(layout: Layout, edit: Edit, papers: Sequence[Paper], order: Sequence[Paper]) -> Row | None:
    """Return the row that is to be dropped; None where a paper is meant."""
    row, said = layout.find(edit.row), edit.row != edit.what
    if row is None or (names_place(edit.what) and not said):
        return None
    exact = normalised(row.name) == normalised(edit.row)
    return row if said or exact or place_of(edit.what, papers, order) is None else None


def _with_rows(layout: Layout, asked: Sequence[str]) -> Layout:
    """Return a layout with rows for what is asked before those that were not asked for, each once."""
    added = [_row(what) for what in asked]
    names, parts = {normalised(row.name) for row in added}, {row.part for row in added if row.part}
    left = [row for row in layout.rows if normalised(row.name) not in names and row.part not in parts]
    wanted = [row for row in left if row.wanted]
    return replace(layout, rows=(*wanted, *added, *(row for row in left if not row.wanted)))


def _row(what: str) -> Row:
    name = in_record(what)
    if name:
        return Row(name, wanted=True)
    part = next((zone.name for zone in ZONES if zone.asked.fullmatch(what)), "")
    if part and not is_figure(what) and not asked_aspects(what):
        return Row(what, part, wanted=True)
    return Row(what, what=what, figures=is_figure(what), wanted=True)
