"""The papers of an answer as a table: what was asked and the usual parts; of a list, why each paper is on it."""

from dataclasses import replace

from paperchat.bibliography import Details
from paperchat.dialogue.layout import ASKED
from paperchat.generation.tabling import DATED, SAID, side_by_side, tabled
from paperchat.types import AnswerSentence
from paperchat.verification.answers import verbatim
from tests.samples import GRAPHS, IMAGES, SPEECH, paper_texts, reading

OF_2022 = replace(GRAPHS, details=Details(date=(2022,)))
(TEXT,) = paper_texts(GRAPHS)
FIRST, LAST = verbatim(GRAPHS, TEXT.sentences[0]), verbatim(GRAPHS, TEXT.sentences[-1])


def test_a_list_has_the_date_of_each_paper_and_its_sentence() -> None:
    table = side_by_side([OF_2022, IMAGES], [FIRST, LAST])
    assert table.aspects == (DATED, SAID)
    assert table.papers == (OF_2022, IMAGES)
    assert [cell and cell.text for cell in table.cells[0]] == ["2022", None]
    assert table.cells[1] == (FIRST, None)


def test_where_no_date_is_known_none_is_told() -> None:
    assert side_by_side([GRAPHS, IMAGES], [FIRST]).aspects == (SAID,)


def test_what_cites_nothing_says_nothing_of_a_paper() -> None:
    assert side_by_side([GRAPHS], [AnswerSentence("2022"), FIRST]).cells == ((FIRST,),)


def test_one_paper_is_told_by_the_parts_of_its_abstract() -> None:
    table = tabled(reading("What is GraphMAE?", (GRAPHS, 1.0)), False, ())
    assert table is not None
    assert table.papers == (GRAPHS,)
    assert "results" in table.aspects
    assert ASKED not in table.aspects


def test_what_an_answer_said_is_the_row_of_what_was_asked_unless_other_rows_have_it() -> None:
    asked = reading("What is GraphMAE?", (GRAPHS, 1.0), (IMAGES, 0.9))
    own = tabled(asked, False, [FIRST])
    assert own is not None
    assert own.cells[own.aspects.index(ASKED)] == (FIRST, None)
    told = next(row[0] for name, row in zip(own.aspects, own.cells, strict=True) if name != ASKED and row[0])
    again = tabled(asked, False, [told])
    assert again is not None
    assert ASKED not in again.aspects


def test_a_list_is_no_comparison_however_few_papers_it_has() -> None:
    table = tabled(reading("Which papers?", (GRAPHS, 1.0), (SPEECH, 0.9)), True, [FIRST])
    assert table is not None
    assert table.aspects == (SAID,)
