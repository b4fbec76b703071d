"""A question as it is read with what was found for it."""

import pytest

from paperchat.query.reading import read
from paperchat.text.tokens import content_words
from tests.samples import GRAPHS, QUESTIONS, SPEECH, TREES, paper_texts, reading, results

QUESTION = "What does GraphMAE mask?"


def test_a_question_has_its_words_and_demands() -> None:
    found = reading(QUESTION, (GRAPHS, 2.0), (SPEECH, 1.0))
    assert (found.demands.kind, found.demands.names) == ("one", ("GraphMAE",))
    assert found.words == found.searched == tuple(content_words(QUESTION))
    assert [text.paper for text in found.texts] == [result.paper for result in found.results] == [GRAPHS, SPEECH]


def test_what_was_searched_has_words_of_its_own() -> None:
    found = read("and on speech?", f"{QUESTION} and on speech?", results(GRAPHS), paper_texts(GRAPHS))
    assert set(found.words) < set(found.searched)
    assert "mask" in found.searched
    assert found.demands.names == ()


def test_a_request_to_drop_the_papers_is_no_part_of_what_is_asked() -> None:
    found = reading("Forget the abstracts, what does GraphMAE mask?", (GRAPHS, 1.0))
    assert "Forget" in found.question
    assert "forget" not in found.words
    assert "Forget" not in found.asked


def test_the_first_papers_alone_are_read_as_they_were() -> None:
    found = reading(QUESTION, (GRAPHS, 2.0), (SPEECH, 1.0), (TREES, 0.5))
    assert found.first(2).texts == found.texts[:2]
    assert found.first(2).results == found.results[:2]
    assert found.first(2).demands is found.demands


def test_another_question_may_be_asked_of_what_was_found() -> None:
    found = reading(QUESTION, (GRAPHS, 2.0)).asking("Which accuracy on Cora?")
    assert (found.question, found.query) == ("Which accuracy on Cora?", QUESTION)
    assert found.demands.names == ("Cora",)
    assert found.texts[0].paper == GRAPHS


def test_without_names_the_rest_of_a_question_is_left() -> None:
    bare = reading(QUESTION, (GRAPHS, 2.0)).without(content_words("GraphMAE"))
    assert bare.demands.names == ()
    assert "mask" in bare.words
    assert not set(content_words("GraphMAE")) & {*bare.words, *bare.searched}


@pytest.mark.parametrize(
    ("question", "figure"),
    [("How thick is the shell of a mussel?", True), ("How many eggs are laid?", True), ("Why do eggs break?", False)],
)
def test_a_number_is_wanted_in_whatever_words(question: str, figure: bool) -> None:
    found = reading(question, (GRAPHS, 1.0)).guessed(QUESTIONS.read(question))
    assert found.demands.figure == figure
