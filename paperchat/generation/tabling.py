"""The papers of an answer as a table: what was asked and the usual parts, or of a list why each is on it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from paperchat.dialogue.layout import ASKED, first_layout
from paperchat.generation.comparison import MOST, rows_of, table_of
from paperchat.query.reading import Reading
from paperchat.types import AnswerSentence, Paper, Table

DATED, SAID = "published", "what it says"
"""The rows of a list."""


def tabled(reading: Reading, is_list: bool, said: Sequence[AnswerSentence]) -> Table | None:
    """Return the papers of a reading as a table; `said` are quotes of an answer, which tell what was asked."""
    papers = [text.paper for text in reading.texts]
    first = _first(said)
    if is_list or len(papers) > MOST:
        return side_by_side(papers, said)
    table = table_of(reading, range(len(papers))) if len(papers) > 1 else _of_one(reading)
    return _asked(table, first) if table and first else table or side_by_side(papers, said)


def _first(quotes: Sequence[AnswerSentence]) -> Mapping[str, AnswerSentence]:
    """Return the first quote of each paper, by its id."""
    found: dict[str, AnswerSentence] = {}
    for quote in quotes:
        if quote.citations:
            found.setdefault(quote.citations[0].paper_id, quote)
    return found


def side_by_side(papers: Sequence[Paper], quotes: Sequence[AnswerSentence]) -> Table:
    """Return papers with when they were published, where that is known of any, and what is said of each."""
    said, rows = _first(quotes), dict[str, tuple[AnswerSentence | None, ...]]()
    dates = [paper.details.told(DATED) for paper in papers]
    if any(dates):
        rows[DATED] = tuple(AnswerSentence(date) if date else None for date in dates)
    rows[SAID] = tuple(said.get(paper.id) for paper in papers)
    return Table(tuple(rows), tuple(papers), tuple(rows.values()))


def _of_one(reading: Reading) -> Table:
    """Return one paper by the usual parts of its abstract."""
    rows = rows_of(first_layout(""), reading.texts, lambda _: reading)
    return Table(tuple(rows), tuple(text.paper for text in reading.texts), tuple(rows.values()))


def _asked(table: Table, first: Mapping[str, AnswerSentence]) -> Table:
    """Return a table with what an answer says of each paper as the row of what was asked, unless other rows have it."""
    rows = {name: row for name, row in zip(table.aspects, table.cells, strict=True) if name != ASKED}
    own = {cell.citations for row in rows.values() for cell in row if cell}
    said = tuple(first.get(paper.id) for paper in table.papers)
    if any(cell and cell.citations not in own for cell in said):
        rows = {ASKED: said, **rows}
    return replace(table, aspects=tuple(rows), cells=tuple(rows.values()))
