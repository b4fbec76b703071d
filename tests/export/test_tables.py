"""Tables to take away: Markdown, CSV, LaTeX."""

import csv
import io

from paperchat.export.tables import table_csv, table_latex, table_markdown
from paperchat.generation.comparison import ASKED
from paperchat.types import Paper, Table
from tests.tables import ALPHA, BETA, a_table, row_texts


def test_markdown_has_a_row_for_each_aspect() -> None:
    """Markup of the papers is escaped and an unstated cell says so."""
    table = Table(("data",), (ALPHA, Paper("d" * 12, "A | B", "x", "test")), ((None, None),))
    assert table_markdown(table).splitlines()[2] == "| data | not stated in the abstract | not stated in the abstract |"
    assert "A \\| B" in table_markdown(table)


def test_csv_computes_nothing() -> None:
    """A title that a spreadsheet would compute begins with an apostrophe; all else is read back as it was."""
    head, *rows = csv.reader(io.StringIO(table_csv(a_table())))
    assert head == ["", ALPHA.title, f"'{BETA.title}"]
    assert len(rows) == len(a_table().aspects)
    assert rows[0][1] == row_texts(a_table(), ASKED)[0]


def test_latex_escapes() -> None:
    """What LaTeX would read as markup is written as text."""
    text = table_latex(a_table())
    assert "with {\\&} without" in text
    assert "91.2{\\%}" in text
    assert text.count("\\\\\n") == len(a_table().aspects) + 1
