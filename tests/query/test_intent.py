"""What a question asks for: one paper, several or a list, and what it demands of them."""

import pytest

from paperchat.query.intent import kind_of, read_demands
from tests.samples import QUESTIONS


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("which papers work with tables", "list"),
        ("anything on x-rays?", "list"),
        ("Which paper proposes SEENet?", "one"),
        ("How does A1 differ from B2?", "compare"),
        ("why are different views used?", "one"),
    ],
)
def test_how_many_papers_an_answer_takes(question: str, kind: str) -> None:
    assert kind_of(QUESTIONS.read(question)) == kind


def test_demands_of_a_question() -> None:
    demands = read_demands("what f1 does mugs get on How2Sign with the Swin Transformer?", ["We call it MUGS."])
    assert demands.names == ("mugs", "How2Sign", "Swin Transformer")
    assert [words for words, _ in demands.aspects] == ["f1"]
    assert demands.figure


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("What accuracy does GraphMAE reach?", True),
        ("graphmae accuracy?", True),
        ("How many points of accuracy are won?", True),
        ("How do they search faster without losing accuracy?", False),
        ("If the accuracy is higher, do people like it better?", False),
        ("Why does the BLEU fall?", False),
    ],
)
def test_a_measure_asks_for_its_number_unless_the_question_is_why_how_or_whether(question: str, figure: bool) -> None:
    assert read_demands(question).figure is figure


@pytest.mark.parametrize(
    "question",
    [
        "how many work on speech?",
        "any on graphs but not molecules?",
        "are there works that train without labels?",
        "Which methods avoid negative samples?",
        "show me everything on code generation",
        "what is there on reinforcement learning?",
        "Which of the papers deal with law?",
    ],
)
def test_requests_for_papers_are_lists(question: str) -> None:
    """Other ways to ask for all papers on something are understood as well."""
    assert kind_of(QUESTIONS.read(question)) == "list"


@pytest.mark.parametrize(
    "question",
    [
        "How many datasets was GraphMAE tested on?",
        "which paper introduced Barlow Twins?",
        "how many papers does it cite",
    ],
)
def test_questions_about_one_paper_are_no_lists(question: str) -> None:
    """A number asked of one paper is not a count of papers."""
    assert kind_of(QUESTIONS.read(question)) != "list"
