"""Words that mean papers of a conversation: numbers, "the other one", topics, "it"."""

import pytest

from paperchat.dialogue.conversation import Conversation
from paperchat.dialogue.coreference import by_number, described, others, pronoun
from paperchat.dialogue.rewriting import search_query
from paperchat.types import Paper, Turn
from tests.samples import GRAPHS, SPEECH, Shelf, paper, paper_texts

IMAGES = paper("Sorting Images by Hue", "We sort images by hue. Our HueNet is quick.")
PAPERS = (GRAPHS, SPEECH, IMAGES)


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
    ("question", "leans"),
    [
        ("What data do they use?", True),
        ("How much labelled data does it need?", True),
        ("Why do transformers become unstable when their attention is concentrated?", False),
        ("Is SimCLR any better when it has more negatives?", False),
    ],
)
def test_a_pronoun_for_something_of_the_question_itself_does_not_lean(question: str, leans: bool) -> None:
    assert (search_query(question, [Turn("What is HueNet?", "A net.")]) != question) is leans


def test_a_follow_up_of_a_follow_up_is_searched_with_the_first_question() -> None:
    history = [Turn("Which papers use masked image modelling?", "a"), Turn("and on audio?", "b")]
    assert search_query("which data?", history) == "Which papers use masked image modelling? and on audio? which data?"
    history = [Turn("and on audio?", "b"), Turn("Which papers use masked image modelling?", "a")]
    assert search_query("which data?", history) == "Which papers use masked image modelling? which data?"
