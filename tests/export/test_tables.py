"""Tables to take away: Markdown, CSV, LaTeX."""

import csv
import io
from dataclasses import replace

from paperchat.dialogue.layout import ASKED
from paperchat.export.tables import heads, in_order, table_csv, table_latex, table_markdown, table_text
from paperchat.types import AnswerSentence, Paper, Table
from tests.tables import ALPHA, BETA, a_table, row_texts


def test_markdown_has_a_row_for_each_aspect() -> None:
    """Markup of the papers is escaped and an unstated cell says so."""
    table = Table(("data",), (ALPHA, Paper("d" * 12, "A | B", "x", "test")), ((None, None),))
    assert table_markdown(table).splitlines()[2] == "| data | not stated in the abstract | not stated in the abstract |"
    assert "A \\| B" in table_markdown(table)


def test_csv_computes_nothing() -> None:
    """A title that a spreadsheet would compute begins with an apostrophe; all else is read back as it was."""
    table = a_table()
    head, *rows, titles = csv.reader(io.StringIO(table_csv(table)))
    assert head == ["", "ALPHA", "'=BETA"]
    assert titles == ["title", ALPHA.title, f"'{BETA.title}"]
    assert len(rows) == len(table.aspects)
    assert rows[0][1] == words(table, ASKED)[0]
    assert rows[0][1] in row_texts(table, ASKED)[0]


def test_latex_escapes() -> None:
    """What LaTeX would read as markup is written as text."""
    text = table_latex(a_table())
    assert "with {\\&} without" in text
    assert "91.2{\\%}" in text
    assert text.count("\\\\\n") == len(a_table().aspects) + 2


def words(table: Table, aspect: str) -> list[str]:
    return [cell.few if cell else "" for cell in table.cells[table.aspects.index(aspect)]]


def test_columns_are_called_by_short_names_and_a_last_row_has_the_titles() -> None:
    """In an answer that has references these have the titles; a paper without a name has its title above."""
    plain = Paper("c" * 12, "Learning from few labels", "x", "test")
    table = Table(("data",), (ALPHA, plain), ((None, None),), ("ALPHA", ""))
    assert heads(table) == ("ALPHA", plain.title)
    assert table_markdown(table).splitlines()[0] == "| | ALPHA | Learning from few labels |"
    assert table_markdown(table).splitlines()[-1].startswith("| title | ALPHA: Learning with ")
    assert "| title |" not in table_markdown(table, titled=False)
    assert "| title |" not in table_markdown(replace(table, papers=(plain, plain), names=("", "")))


def test_a_table_has_few_words_of_each_sentence_and_says_where_the_record_tells_nothing() -> None:
    cell = AnswerSentence("However, labels are costly.", span=(9, 26))
    table = Table(("problem", "published"), (ALPHA, BETA), ((cell, None), (AnswerSentence("2021"), None)))
    rows = [line.split(" | ") for line in table_markdown(table, titled=False).splitlines()[2:]]
    assert rows == [
        ["| problem", "labels are costly", "not stated in the abstract |"],
        ["| published", "2021", "not in the record |"],
    ]  # fmt: skip
    assert table_text(table, {ALPHA.id: 1}).splitlines()[:2] == ["PROBLEM", "  [1] labels are costly"]


def test_a_table_is_put_in_another_order_with_all_that_belongs_to_its_papers() -> None:
    one, other = AnswerSentence("One."), AnswerSentence("Other.")
    table = Table(("data",), (ALPHA, BETA), ((one, other),), ("A", "B"))
    turned = in_order(table, (1, 0), "data")
    assert (turned.papers, turned.cells) == ((BETA, ALPHA), ((other, one),))
    assert (turned.names, turned.ordered) == (("B", "A"), "data")
