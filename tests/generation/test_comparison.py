"""Comparisons: which sentence tells an aspect, what a follow-up changes, and the table's forms."""

import csv
import io

import pytest

from paperchat.dialogue.coreference import place_of
from paperchat.export.tables import table_csv, table_latex, table_markdown
from paperchat.generation.comparison import ASKED, table_of
from paperchat.types import Paper, Table
from tests.samples import reading

ALPHA = Paper(
    "a" * 12,
    "ALPHA: Learning with & without Teachers",
    "Labels are expensive and training suffers from a lack of them. We propose ALPHA, which learns from a "
    "teacher network. We evaluate it on the ImageNet and COCO datasets. "
    "It outperforms earlier work by 3.1 points of accuracy.",
    "test",
)
BETA = Paper(
    "b" * 12,
    "=BETA: Learning from Noise",
    "However, previous methods fail when the images are noisy. In this paper we introduce BETA, which needs no "
    "teacher. Experiments on the CIFAR-10 dataset show that BETA achieves 91.2% accuracy.",
    "test",
)


def a_table(question: str = "compare ALPHA and BETA: which one needs a teacher?") -> Table:
    """Return both papers side by side."""
    table = table_of(reading(question, (ALPHA, 1.0), (BETA, 1.0)), (0, 1))
    assert table is not None
    return table


def texts(table: Table, aspect: str) -> list[str]:
    """Return a row's texts, empty where nothing is stated."""
    return [cell.text if cell else "" for cell in table.cells[table.aspects.index(aspect)]]


def test_each_cell_is_a_sentence_of_its_own_paper() -> None:
    """The quote of a cell stands in the abstract of its column, and the cell cites nothing else."""
    table = a_table()
    for row in table.cells:
        for paper, cell in zip(table.papers, row, strict=True):
            for citation in cell.citations if cell else ():
                assert citation.paper_id == paper.id
                assert paper.abstract[citation.start : citation.end] == citation.quote == cell.text  # type: ignore[union-attr]


def test_aspects_are_told_by_the_sentences_that_state_them() -> None:
    """Problem, idea, data and results are found; what no abstract states has no row."""
    table = a_table()
    assert texts(table, "problem")[0].startswith("Labels are expensive")
    assert [text.split(",")[0] for text in texts(table, "idea")] == [
        "We propose ALPHA",
        "In this paper we introduce BETA",
    ]
    assert "ImageNet" in texts(table, "data")[0]
    assert "3.1 points" in texts(table, "results")[0]
    assert "teacher" in texts(table, ASKED)[0]
    assert "no teacher" in texts(table, ASKED)[1]
    assert "limits" not in table.aspects


def test_what_was_asked_and_is_not_told_is_not_stated() -> None:
    """The row of what was asked has no sentence without a word of it, however often it names its own method."""
    told = texts(a_table("ALPHA or BETA: which one is for noisy images?"), ASKED)
    assert told == ["", "However, previous methods fail when the images are noisy."]


def test_only_the_aspects_asked_for() -> None:
    """A question for one of the usual aspects gets that row alone."""
    assert a_table("only the results").aspects == ("results",)


def test_one_paper_is_no_comparison() -> None:
    """A table has at least two columns."""
    assert table_of(reading("what is ALPHA?", (ALPHA, 1.0)), (0,)) is None


@pytest.mark.parametrize(
    ("what", "place"),
    [
        ("second one", 1),
        ("last", 1),
        ("2nd one", 1),
        ("third", None),
        ("alpha", 0),
        ("gamma", None),
        ("[2]", 0),
        ("[3]", None),
    ],
)
def test_which_paper_is_meant(what: str, place: int | None) -> None:
    """A paper is meant by its place, its name or its citation number."""
    assert place_of(what, (ALPHA, BETA), (BETA, ALPHA)) == place


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
    assert rows[0][1] == texts(a_table(), ASKED)[0]


def test_latex_escapes() -> None:
    """What LaTeX would read as markup is written as text."""
    text = table_latex(a_table())
    assert "with {\\&} without" in text
    assert "91.2{\\%}" in text
    assert text.count("\\\\\n") == len(a_table().aspects) + 1
