"""What a question says of the papers to be asked, and what is left of it."""

from dataclasses import replace

import pytest

from paperchat.bibliography import ALL, Scope
from paperchat.query.catalogue import Catalogue
from paperchat.query.narrowing import read_narrowing
from tests.samples import GRAPHS, SHELF, paper

CATALOGUE = Catalogue(SHELF)
OGDEN, NEURIPS, OF_2023 = Scope(authors=("Ogden",)), Scope(venues=("NeurIPS",)), Scope(since=2023, until=2023)


@pytest.mark.parametrize(
    ("question", "left", "scope"),
    [
        ("Which papers by Ogden use graphs?", "Which papers use graphs?", OGDEN),
        ("Ogden's papers on graphs", "papers on graphs", OGDEN),
        ("papers about graphs by Ogden", "papers about graphs", OGDEN),
        ("What do NeurIPS papers say about masks?", "What do papers say about masks?", NEURIPS),
        ("In NeurIPS papers, what is reported on Cora?", "What is reported on Cora?", NEURIPS),
        ("Of the 2023 papers, how many use hue?", "How many papers use hue?", OF_2023),
        ("Which 2023 papers sort images?", "Which papers sort images?", OF_2023),
        ("Which papers on hue were published in 2023?", "Which papers on hue?", OF_2023),
        ("What did the 2023 paper find?", "What did the paper find?", OF_2023),
        ("What did Ogden et al. report?", "What did the papers report?", OGDEN),
        ("What did Ogden et al. report on trees?", "What did the paper report on trees?", OGDEN),
        ("What did Ogden find about trees?", "What did the paper find about trees?", OGDEN),
        ("what did ogden find about trees", "what did the paper find about trees", OGDEN),
        ("According to Ogden, what is a tree?", "According to the paper, what is a tree?", OGDEN),
        ("What do Ogden and Li report?", "What do the paper report?", Scope(authors=("Ogden & Li",))),
        ("What did Ogden and Li (2022) report?", "What did the paper report?", None),
        ("What has Ogden written about trees?", "What do the papers say about trees?", OGDEN),
    ],
)
def test_words_hold_for_the_question_that_they_stand_in(question: str, left: str, scope: Scope | None) -> None:
    said = read_narrowing(question, CATALOGUE)
    both = Scope(authors=("Ogden & Li",), since=2022, until=2022)
    assert (said.question, said.merely) == (left, "")
    assert said.scope == replace(scope or both, once=True)


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("Among the papers from 2023, which use hue?", "Which papers use hue?"),
        ("Among the papers from 2023 which use hue?", "Which papers use hue?"),
        ("Out of all papers from 2023, how is hue used?", "How is hue used?"),
        ("Within the 2023 papers, what is new?", "What is new?"),
    ],
)
def test_papers_among_which_is_asked_stay(question: str, left: str) -> None:
    assert read_narrowing(question, CATALOGUE).scope == OF_2023
    assert read_narrowing(question, CATALOGUE).question == left


@pytest.mark.parametrize(
    ("question", "merely"),
    [
        ("papers by Ogden", "list"),
        ("Which papers are by Ogden?", "list"),
        ("Show me all papers by Ogden please", "list"),
        ("How many papers are by Ogden?", "count"),
        ("How many papers by Ogden are there?", "count"),
        ("Compare the papers by Ogden", "compare"),
        ("only those by Ogden", "only"),
        ("Only papers by Ogden, please", "only"),
        ("limit this to papers by Ogden", "only"),
        ("only by Ogden", "only"),
        ("and by Ogden?", "part"),
        ("What about those by Ogden?", "part"),
        ("What about papers by Ogden", "part"),
    ],
)
def test_a_question_may_ask_nothing_but_which_papers(question: str, merely: str) -> None:
    said = read_narrowing(question, CATALOGUE)
    assert (said.merely, said.scope.authors) == (merely, ("Ogden",))
    assert said.scope.once == (merely != "only")


@pytest.mark.parametrize("question", ["all papers", "All papers again, please", "ask all papers", "back to all papers"])
def test_all_papers_are_asked_for_again(question: str) -> None:
    assert read_narrowing(question, CATALOGUE).merely == "all"


@pytest.mark.parametrize(
    ("question", "same", "merely"),
    [
        ("only those by this author", "one", "only"),
        ("other papers by the same authors", "all", ""),
        ("Which papers by this author use trees?", "one", ""),
    ],
)
def test_the_author_of_papers_spoken_of_is_left_to_the_conversation(question: str, same: str, merely: str) -> None:
    said = read_narrowing(question, CATALOGUE)
    assert (said.same, said.merely) == (same, merely)


@pytest.mark.parametrize(
    "question",
    [
        "What did the 2019 trial find?", "Which papers mention floods in 2019?", "Which studies use data from 2019?",
        "What is the best accuracy in 2022?", "Which papers work by masking nodes?", "What do Ogden and Li use?",
        "Which papers in nature reserves count birds?", "Who wrote about graphs in 2022?", "How does GraphMAE work?",
        "What does GraphMAE 2022 reach?", "Which papers use only images?", "only the results", "all of this is wrong",
        "What about trees?", "Compare GraphMAE with Wav2Tok", "Which of them use graphs?", "and from 84.2%?",
        "papers by nobody in particular", "Is the paper from ICML?", "Does Adam find minima?", "How long did Long run?",
    ],
)  # fmt: skip
def test_a_question_that_merely_holds_a_year_or_a_name_stays_as_it_is(question: str) -> None:
    said = read_narrowing(question, CATALOGUE)
    assert (said.question, said.scope, said.same, said.merely) == (question, ALL, "", "")
    assert not said


def test_what_an_author_says_is_not_asked_where_a_paper_has_the_name() -> None:
    known = Catalogue([*SHELF, paper("Ogden Grids", "An Ogden grid has rows.")])
    assert not read_narrowing("What does Ogden show about trees?", known)
    assert read_narrowing("What do Ogden et al. show about trees?", known).scope.authors == ("Ogden",)


@pytest.mark.parametrize(
    "question",
    [
        "papers by Ogden since 2019", "Among the papers from 2023, which use hue?", "only those by this author",
        "What did Ogden et al. (2022) report?", "In NeurIPS papers, what is new?", "papers tagged speech",
    ],
)  # fmt: skip
def test_a_record_without_details_is_asked_as_before(question: str) -> None:
    assert not read_narrowing(question, Catalogue([GRAPHS]))
