"""Comparisons: which sentence tells an aspect, and what a follow-up changes."""

from paperchat.dialogue.layout import ASKED
from paperchat.generation.comparison import table_of
from tests.samples import GRAPHS, paper, reading
from tests.tables import ALPHA, BETA, a_table, row_texts


def test_each_cell_is_a_sentence_of_its_own_paper() -> None:
    """The quote of a cell stands in the abstract of its column, and the cell cites nothing else."""
    table = a_table()
    for row in table.cells:
        for one, cell in zip(table.papers, row, strict=True):
            for citation in cell.citations if cell else ():
                assert citation.paper_id == one.id
                assert one.abstract[citation.start : citation.end] == citation.quote == cell.text  # type: ignore[union-attr]


def test_aspects_are_told_by_the_sentences_that_state_them() -> None:
    """Problem, idea, data and results are found; what no abstract states has no row."""
    table = a_table()
    assert row_texts(table, "problem")[0].startswith("Labels are expensive")
    assert [text.split(",")[0] for text in row_texts(table, "idea")] == [
        "We propose ALPHA",
        "In this paper we introduce BETA",
    ]
    assert "ImageNet" in row_texts(table, "data")[0]
    assert "3.1 points" in row_texts(table, "results")[0]
    assert "teacher" in row_texts(table, ASKED)[0]
    assert "no teacher" in row_texts(table, ASKED)[1]
    assert "limits" not in table.aspects


def test_what_was_asked_and_is_not_told_is_not_stated() -> None:
    """The row of what was asked has no sentence without a word of it, however often it names its own method."""
    told = row_texts(a_table("ALPHA or BETA: which one is for noisy images?"), ASKED)
    assert told == ["", "However, previous methods fail when the images are noisy."]


def test_a_question_that_names_papers_by_their_titles_asks_no_more_than_to_compare() -> None:
    table = a_table(f"compare “{ALPHA.title}” with “{BETA.title}”")
    assert ASKED not in table.aspects
    more = a_table(f"compare “{ALPHA.title}” with “{BETA.title}”: which one is for noisy images?")
    assert row_texts(more, ASKED)[1].startswith("However, previous methods fail when the images are noisy")


def test_only_the_aspects_asked_for() -> None:
    """A question for one of the usual aspects gets that row alone."""
    assert a_table("only the results").aspects == ("results",)


def test_one_paper_is_no_comparison() -> None:
    """A table has at least two columns."""
    assert table_of(reading("what is ALPHA?", (ALPHA, 1.0)), (0,)) is None


def test_a_head_is_a_name_whole_as_the_title_has_it() -> None:
    twins = paper("Barlow Twins: Redundancy Reduction", "We reduce redundancy. It reaches 73.2% on ImageNet.")
    question = "Barlow Twins or GraphMAE: which one is better?"
    table = table_of(reading(question, (twins, 1.0), (GRAPHS, 0.9)), (0, 1))
    assert table is not None
    assert table.names == ("Barlow Twins", "GraphMAE")
