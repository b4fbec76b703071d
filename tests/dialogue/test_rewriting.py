"""From a question and its conversation to what is searched for."""

import pytest

from paperchat.dialogue.rewriting import search_query
from paperchat.types import Turn


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
