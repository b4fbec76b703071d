"""Words that mean papers of a conversation: places, numbers, "the other one", topics, "it"."""

from pathlib import Path

import pytest

from paperchat.dialogue.conversation import Conversation
from paperchat.dialogue.coreference import (
    by_name,
    by_number,
    described,
    led_by,
    meant,
    others,
    place_of,
    pronoun,
    referred,
)
from paperchat.query.intent import kind_of
from paperchat.types import Paper, Turn
from tests.conftest import NO_OLLAMA
from tests.samples import GRAPHS, IMAGES, QUESTIONS, SPEECH, Shelf, paper_texts, reading
from tests.shipped import last, open_app
from tests.tables import ALPHA, BETA

PAPERS = (GRAPHS, SPEECH, IMAGES)
OPEN_SET = Turn(
    "What can I use for semi-supervised learning if my unlabelled images include unknown classes?",
    "Two options: (1) IOMatch, which treats all outliers as one new class; (2) Weight-Aware Distillation (WAD).",
)


def test_the_conversation_is_counted_when_the_last_turn_had_one_paper() -> None:
    history = [Turn("a", "b", (GRAPHS.title,)), Turn("c", "d", (SPEECH.title,))]
    assert referred("and the second one?", Conversation(history, Shelf(PAPERS))) == (SPEECH,)
    both = [*history, Turn("e", "f", (IMAGES.title, GRAPHS.title))]
    assert referred("and the second one?", Conversation(both, Shelf(PAPERS))) == (GRAPHS,)


@pytest.mark.parametrize(
    ("question", "papers"),
    [
        ("What data was the second one evaluated on?", (SPEECH,)),
        ("and the last?", (IMAGES,)),
        ("did the 2nd one use labels", (SPEECH,)),
        ("which errors does the latter paper report", (IMAGES,)),
        ("how does it compare to the first?", (GRAPHS, IMAGES)),
        ("what do these three do differently?", PAPERS),
        ("how do they differ?", PAPERS),
        ("which works without labels?", PAPERS),
        ("which papers use masks?", ()),
        ("which data?", ()),
        ("was it the first to mask graphs?", ()),
        ("what is the last layer?", ()),
        ("is the fourth one quicker?", ()),
    ],
)
def test_a_question_means_papers_by_their_place(question: str, papers: tuple[Paper, ...]) -> None:
    assert meant(question, PAPERS, kind_of(QUESTIONS.read(question))) == papers


def test_the_papers_meant_come_first_and_none_is_lost() -> None:
    led = led_by((IMAGES,), reading("which is quick?", (GRAPHS, 1.0), (SPEECH, 0.5)), Shelf(PAPERS))
    assert [(one.paper, one.rank) for one in led.results] == [(IMAGES, 1), (GRAPHS, 2), (SPEECH, 3)]
    assert [one.paper for one in led.texts] == [IMAGES, GRAPHS, SPEECH]


def test_the_second_one_is_found_and_answers(data: Path) -> None:
    with open_app(data, NO_OLLAMA) as app:
        answer = last(app.ask("What data was the second one evaluated on?", [OPEN_SET]))
    assert [one.title[:44] for one in answer.cited] == ["Semi-Supervised Learning via Weight-aware Di"]
    assert "CIFAR" in answer.text


def test_which_of_those_compared_is_asked_of_these_alone(data: Path) -> None:
    titles = ("GraphMAE: Self-Supervised Masked Graph Autoencoders", "OBoW: Online Bag-of-Visual-Words Generation")
    with open_app(data, NO_OLLAMA) as app:
        compared = tuple(paper.title for paper in app.library.papers if paper.title.startswith(titles))
        answer = last(app.ask("which needs a teacher?", [Turn("compare GraphMAE with OBoW", "", compared)]))
    assert answer.table is not None
    assert {paper.title for paper in answer.table.papers} == set(compared)
    assert {paper.title for paper in answer.cited} == set(compared)
    assert "teacher" in answer.text


def test_they_are_answered_for_alone(data: Path) -> None:
    with open_app(data, NO_OLLAMA) as app:
        first = last(app.ask("compare GraphMAE with D-SLA"))
        turn = Turn(first.question, first.text, tuple(one.title for one in first.cited))
        answer = last(app.ask("do they need labels?", [turn]))
        assert set(answer.cited) <= set(first.cited)
        assert {one.paper for one in answer.results[:2]} == set(first.cited)


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


def conversation(*turns: tuple[str, tuple[Paper, ...]], found: tuple[Paper, ...] = ()) -> Conversation:
    """Return a conversation of these questions, whose answers cited these papers; a search finds `found`."""
    said = [Turn(question, "An answer.", tuple(paper.title for paper in papers)) for question, papers in turns]
    return Conversation(said, Shelf(PAPERS, found))


@pytest.mark.parametrize(
    ("question", "papers"),
    [
        ("what does [2] report?", (SPEECH,)),
        ("compare [1] with [3]", (GRAPHS, IMAGES)),
        ("what about number two?", (SPEECH,)),
        ("which data does paper 3 use?", (IMAGES,)),
        ("tell me more about no. 1", (GRAPHS,)),
        ("and [7]?", ()),
        ("is there no 3D data?", ()),
    ],
)
def test_a_number_is_that_of_the_citation(question: str, papers: tuple[Paper, ...]) -> None:
    assert by_number(question, PAPERS) == papers


def test_the_other_one_is_that_of_several_which_was_not_meant_last() -> None:
    asked = ("compare them", "what does the first one mask?")
    both = conversation((asked[0], (GRAPHS, SPEECH)), (asked[1], (GRAPHS,)))
    assert others("and the other one?", both) == (SPEECH,)
    assert others("and the other two?", conversation((asked[0], PAPERS), (asked[1], (SPEECH,)))) == (GRAPHS, IMAGES)
    assert others("and the other one?", conversation(("compare them", (GRAPHS, SPEECH)))) == ()
    assert others("is there another one?", both) == ()


def test_the_one_about_a_topic_is_the_only_paper_with_it() -> None:
    assert described("what data does the one about images use?", paper_texts(*PAPERS)) == (IMAGES,)
    assert described("and the one about cooking?", paper_texts(*PAPERS)) == ()


@pytest.mark.parametrize(
    ("question", "means"),
    [
        ("do they need labels?", True),
        ("does it need labels?", True),
        ("and their results?", True),
        ("what are its limits?", True),
        ("which data does this one use?", True),
        ("on what data was it tested?", True),
        ("compare them on images", True),
        ("and compare this with HueNet", True),
        ("Is SimCLR better when it has more negatives?", False),
        ("is it true that masks help?", False),
        ("Does it beat SimCLR?", False),
        ("why do transformers lose their focus?", False),
    ],
)
def test_a_pronoun_means_the_papers_of_the_last_answer_as_its_subject(question: str, means: bool) -> None:
    assert pronoun(question, conversation(("what is quick?", (IMAGES,)))) == ((IMAGES,) if means else ())


def test_it_differs_from_a_work_that_is_named() -> None:
    turn = ("what is quick?", (IMAGES,))
    found = conversation(turn, found=(SPEECH, GRAPHS))
    assert pronoun("How does it differ from GraphMAE?", found) == (IMAGES, GRAPHS)
    assert pronoun("How does it differ from GraphMAE?", conversation(turn, found=(SPEECH,))) == ()
    assert pronoun("Does it mention GraphMAE?", found) == ()


@pytest.mark.parametrize(
    ("question", "name", "asked"),
    [
        ("What data was the second one evaluated on?", "WAD", "What data was WAD evaluated on?"),
        ("does [2] need labels?", "", "does it need labels?"),
        ("what about that paper's limits", "OBoW", "what about OBoW's limits"),
        ("How many labels are there?", "OBoW", "How many labels are there?"),
        ("does the first one need labels?", r"\psi-Net", r"does \psi-Net need labels?"),
        ("what data does [1] use?", r"Q\1A", r"what data does Q\1A use?"),
        ("and the other one?", "Tail\\", "and Tail\\?"),
    ],
)
def test_a_paper_that_is_pointed_at_is_asked_about_by_its_name(question: str, name: str, asked: str) -> None:
    assert by_name(question, name) == asked
