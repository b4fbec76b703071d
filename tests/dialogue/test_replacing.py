"""A follow-up that names another thing asks of it what was asked of the last one."""

import pytest

from paperchat.dialogue.conversation import Conversation
from paperchat.dialogue.replacing import replaced
from paperchat.types import Turn
from tests.samples import GRAPHS, IMAGES, SPEECH, Shelf


class Knowing(Shelf):
    """A library whose papers have these words."""

    def knows(self, word: str) -> bool:
        return word in ("graphma", "huenet", "wav2tok", "grid")


LIBRARY = Knowing((GRAPHS, IMAGES, SPEECH))
ASKED = Turn("What does GraphMAE reach?", "84.2%", (GRAPHS.title,), "text")


def conversation(*turns: Turn) -> Conversation:
    return Conversation(turns, LIBRARY)


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("and HueNet?", "What does HueNet reach?"),
        ("what about HueNet?", "What does HueNet reach?"),
        ("ok, and how about wav2tok then?", "What does wav2tok reach?"),
    ],
)
def test_the_thing_named_takes_the_place_of_the_last_one(question: str, meant: str) -> None:
    assert replaced(question, conversation(ASKED)) == meant


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("and on HueNet?", "What did they find on HueNet, and why?"),
        ("what about in HueNet?", ""),
        ("and on GraphMAE?", ""),
    ],
)
def test_behind_a_word_it_takes_the_place_of_what_stood_behind_the_same(question: str, meant: str) -> None:
    asked = Turn("What did they find on graphs, and why?", "…", (GRAPHS.title,), "text")
    assert replaced(question, conversation(asked)) == meant


def test_it_does_so_again() -> None:
    again = Turn("and HueNet?", "It is quick.", (IMAGES.title,), "text")
    assert replaced("and wav2tok?", conversation(ASKED, again)) == "What does wav2tok reach?"


@pytest.mark.parametrize(
    "question",
    [
        "and why?", "and the others?", "what about its data?", "and on images?", "and GraphMAE?",
        "and unheard-of things?",
        "does HueNet sort images?", "and one two three four five grid?", "and?",
    ],
)  # fmt: skip
def test_what_leans_on_the_last_answer_or_names_nothing_does_not(question: str) -> None:
    assert replaced(question, conversation(ASKED)) == ""


def test_nothing_is_replaced_where_nothing_was_asked_of_one_thing() -> None:
    listed = Turn("Which papers learn without labels?", "Two.", (GRAPHS.title,), "list")
    assert replaced("and HueNet?", conversation()) == replaced("and HueNet?", conversation(listed)) == ""
