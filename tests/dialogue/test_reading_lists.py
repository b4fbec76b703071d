"""Papers in an order to read them are asked for in many words, over any field; other questions use the same words."""

import pytest

from paperchat.dialogue.reading_lists import asked_to_read, count_of, says_to_read
from paperchat.protocols import Guess
from tests.samples import QUESTIONS


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("where do I start with contrastive learning?", "contrastive learning"),
        ("what should I read first about graph transformers", "graph transformers"),
        ("I'm new to coral bleaching, which papers first?", "coral bleaching"),
        ("Where would a beginner start with gravity waves?", "gravity waves"),
        ("best order to read the papers on perovskites?", "perovskites"),
        ("I want to get into malaria vaccines, what should I read?", "malaria vaccines"),
        ("readings on cancer immunotherapy, easy ones first", "cancer immunotherapy"),
        ("which papers would you recommend to someone new to CRISPR?", "CRISPR"),
        ("what's a good introduction to soil erosion here?", "soil erosion"),
        ("how do I get started with lattice structures", "lattice structures"),
        ("what are the must-read papers on wind turbines", "wind turbines"),
        ("where to start w robot grasping", "robot grasping"),
        ("What ought I read before anything else on protein folding?", "protein folding"),
    ],
)
def test_what_the_papers_are_to_be_about_is_as_typed(question: str, about: str) -> None:
    asked = asked_to_read(question, QUESTIONS.read(question))
    assert asked is not None
    assert asked.about == about


@pytest.mark.parametrize(
    "question",
    [
        "Which papers use contrastive learning?",
        "What is known about the gut in obesity?",
        "Where does the training start in GraphMAE?",
        "Do children who start with phonics read better?",
        "What did readers read first in the eye-tracking study?",
        "Where should treatment start in patients with HIV?",
        "What should patients read before surgery?",
        "Alpine plants followed for more than twenty years: where would I read about that?",
        "Which papers try to read somebody's emotional state from their voice?",
        "Which models start from a checkpoint?",
        "What are the open problems in speech?",
        "Explain attention to a beginner",
        "What's new in oncology?",
    ],
)
def test_a_question_about_what_papers_say_asks_for_no_order(question: str) -> None:
    assert asked_to_read(question, QUESTIONS.read(question)) is None


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("give me five papers to read on drones", 5),
        ("ten items", 10),
        ("6 readings on owls", 6),
        ("two good papers to start with", 2),
        ("papers of 2019", 0),
        ("99 papers", 0),
        ("one of the papers", 0),
    ],
)
def test_a_small_number_of_papers_is_how_many_are_wanted(question: str, count: int) -> None:
    assert count_of(question) == count


def test_words_between_those_on_a_topic_stay_and_what_is_far_off_does_not() -> None:
    guess = Guess({"overview": 1.0}, {"papers": 1.0}, "SSL ECG signals", "")
    asked = asked_to_read("I want to start with SSL for the ECG. Then, if there is time left, signals", guess)
    assert asked is not None
    assert asked.about == "SSL for the ECG"


def test_to_read_is_what_somebody_is_to_do() -> None:
    assert says_to_read("what do i read next")
    assert says_to_read("papers to start with")
    assert not says_to_read("papers that try to read it")
    assert not says_to_read("where can I read about it")
