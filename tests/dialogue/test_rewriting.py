"""From a question and its conversation to what is searched for."""

from pathlib import Path

import pytest

from paperchat.dialogue import rewriting
from paperchat.dialogue.conversation import Conversation
from paperchat.dialogue.rewriting import look_up_again, search_query
from paperchat.types import Turn
from tests.conftest import NO_OLLAMA
from tests.shipped import open_app


@pytest.mark.parametrize(
    ("question", "leans"),
    [
        ("What data do they use?", True),
        ("How much labelled data does it need?", True),
        ("Why do transformers become unstable when their attention is concentrated?", False),
        ("Is SimCLR any better when it has more negatives?", False),
        ("How does the masking work on bird song differ from the quake one?", False),
        ("how about the quake one?", True),
        ("Does softening one-hot labels help?", False),
        ("Which error rate has adaptive masking on test-other?", False),
    ],
)
def test_a_pronoun_for_something_of_the_question_itself_does_not_lean(question: str, leans: bool) -> None:
    assert (search_query(question, [Turn("What is HueNet?", "A net.")]) != question) is leans


def test_a_follow_up_of_a_follow_up_is_searched_with_the_first_question() -> None:
    history = [Turn("Which papers use masked image modelling?", "a"), Turn("and on audio?", "b")]
    assert search_query("which data?", history) == "Which papers use masked image modelling? and on audio? which data?"
    history = [Turn("and on audio?", "b"), Turn("Which papers use masked image modelling?", "a")]
    assert search_query("which data?", history) == "Which papers use masked image modelling? which data?"


@pytest.mark.parametrize(
    ("question", "leans"),
    [
        ("what about on audio?", True),
        ("how does it compare to the first?", True),
        ("can I download it", True),
        ("Which graph methods report accuracy on Cora above eighty percent?", False),
    ],
)
def test_a_question_that_leans_on_the_last_is_searched_with_it(question: str, leans: bool) -> None:
    query = search_query(question, [Turn("What is GraphMAE?", "A method.")])
    assert query.startswith("What is GraphMAE?") == leans
    assert search_query(question, []) == question


def test_the_last_question_is_looked_up_again_whatever_was_asked_of_its_answer_since(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts = {"shorter": "last.shorter", "in German": "last.translate"}
    monkeypatch.setattr(rewriting, "act_of", lambda question, _: acts.get(question, ""))
    question = "What accuracy does Mugs reach on ImageNet?"
    turns = (Turn(question, "82.1%.", (), "text"), Turn("shorter", "82.1%.", (), "text"))
    with open_app(data, NO_OLLAMA) as app:
        understood = look_up_again("in German", Conversation(turns, app.library))
        listed = look_up_again("shorter", Conversation((Turn("Which papers work on graphs?", "…"),), app.library))
    assert understood.reading.question == f"{question} (in German)"
    assert understood.reading.results[0].paper.title.startswith("Mugs")
    assert understood.judgement.answerable
    assert listed.reading.question == "Which papers work on graphs?"
