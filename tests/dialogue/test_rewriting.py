"""From a question and its conversation to what is searched for."""

from collections.abc import Iterator

import pytest

from paperchat.app import App
from paperchat.dialogue.conversation import Conversation
from paperchat.dialogue.rewriting import as_one, look_up, search_query
from paperchat.types import Turn
from tests.samples import opened_shelf, paper

OWLS = paper(
    "Owls that hunt at night",
    "Owls hunt voles by ear. We fitted forty owls with tags for two winters. Their tags weighed five grams. "
    "Most of them hunted over meadows.",
)
BATS = paper(
    "Bats that hunt at dusk",
    "Bats hunt moths by echo. We fitted twelve bats with tags for one summer. Their tags weighed one gram. "
    "Most of them hunted over rivers.",
)
COD = paper("Cod in seagrass", "Young cod hide in seagrass. We released cod into bays. They survived longer there.")


@pytest.fixture(scope="module")
def animals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with opened_shelf(tmp_path_factory.mktemp("animals"), (OWLS, BATS, COD)) as app:
        yield app


@pytest.mark.parametrize(
    ("question", "kept"),
    [("how heavy were tags?", True), ("over which places?", True), ("for how long?", True), ("what of moths?", False)],
)
def test_what_leans_on_an_answer_keeps_to_its_papers_unless_others_say_it_better(
    animals: App, question: str, kept: bool
) -> None:
    turn = Turn("How were owls followed?", "Forty owls were fitted with tags.", (OWLS.title,))
    found = look_up(question, Conversation([turn], animals.library))
    assert (found.meant, [text.paper for text in found.among.texts] == [OWLS]) == (int(kept), kept)


def test_only_what_may_ask_one_paper_is_taken_for_a_question_to_one(animals: App) -> None:
    asked = "How many real-life events are covered by the library of video concepts that was put together from WikiHow?"
    unsure, sure = (look_up(question, Conversation((), animals.library)) for question in (asked, "papers on owls?"))
    assert {one.reading.demands.kind for one in (unsure, sure)} == {"list"}
    taken = as_one(unsure, animals.library)
    assert taken is not None
    assert (taken.reading.demands.kind, taken.judgement.answerable) == ("one", False)
    assert as_one(sure, animals.library) is None


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
