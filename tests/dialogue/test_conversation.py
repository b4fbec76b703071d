"""The papers of a conversation's turns."""

from paperchat.dialogue.conversation import Conversation, turn_papers
from paperchat.types import Turn
from tests.samples import GRAPHS, IMAGES, SPEECH, Shelf, paper

PAPERS = (GRAPHS, SPEECH, IMAGES)


def test_the_papers_of_a_turn_are_those_it_cited_in_that_order() -> None:
    assert turn_papers(Turn("q", "a", (SPEECH.title, GRAPHS.title)), Shelf(PAPERS)) == (SPEECH, GRAPHS)


def test_without_citations_they_are_those_that_the_answer_names() -> None:
    turn = Turn("what is quick?", "HueNet is; GraphMAE masks, and GraphMAEs are no name.")
    assert turn_papers(turn, Shelf(PAPERS, found=PAPERS)) == (IMAGES, GRAPHS)


def test_a_name_that_several_papers_have_names_none() -> None:
    other = paper("Another", "HueNet again.")
    assert turn_papers(Turn("q", "HueNet."), Shelf((IMAGES, other), found=(IMAGES, other))) == ()


def test_a_reply_is_nothing_to_go_on_from() -> None:
    asked = Turn("What is GraphMAE?", "…", (GRAPHS.title,), "text")
    reply = Turn("thanks", "You are welcome.", (), "reply")
    conversation = Conversation((asked, reply), Shelf((GRAPHS, SPEECH)))
    assert (conversation.turns, conversation.last_papers) == ((asked,), (GRAPHS,))
    assert not Conversation((reply,), Shelf((GRAPHS,)))


def test_titles_that_are_only_listed_have_no_number_but_a_place() -> None:
    listed = Turn("all papers", "…", (SPEECH.title, GRAPHS.title), "titles")
    asked = Turn("What is GraphMAE?", "…", (GRAPHS.title,), "text")
    conversation = Conversation((asked, listed), Shelf((GRAPHS, SPEECH)))
    assert conversation.last_papers == (SPEECH, GRAPHS)
    assert conversation.order == (GRAPHS,)


def test_an_answer_in_another_form_stands_in_the_place_of_that_answer() -> None:
    asked = Turn("What are they?", "Both.", (GRAPHS.title, SPEECH.title), "text")
    shorter = Turn("shorter", "One.", (SPEECH.title,), "text", act="last.shorter")
    again = Turn("noch kürzer bitte", "1.", (SPEECH.title,), "text", act="last.shorter")
    conversation = Conversation((asked, shorter, again), Shelf(PAPERS))
    (turn,) = conversation.turns
    assert (turn.question, turn.answer, turn.act) == ("What are they?", "1.", "")
    assert conversation.last_papers == (SPEECH,)
    assert conversation.order == (GRAPHS, SPEECH)  # the numbers of what was cited stay
    assert not conversation.earlier
    further = Conversation((asked, shorter, Turn("And images?", "Hues.", (IMAGES.title,), "text")), Shelf(PAPERS))
    assert further.earlier.last.answer == "One."
    assert further.order == (GRAPHS, SPEECH, IMAGES)


def test_what_stands_above_as_our_own_line_is_not_nothing() -> None:
    assert Conversation((), Shelf(())).is_new
    assert not Conversation((Turn("thanks", "You are welcome.", (), "reply"),), Shelf(())).is_new


def test_a_table_still_stands_where_the_record_was_asked_since() -> None:
    both = (GRAPHS.title, SPEECH.title)
    compared = Turn("compare them", "…", both, "table")
    recorded = Turn("who wrote them?", "…", both, "titles", act="cite.told")
    listed = Turn("all papers", "…", both, "titles", act="set.list")
    shelf = Shelf((GRAPHS, SPEECH))
    assert Conversation((compared, recorded), shelf).tabled.last == compared
    assert Conversation((compared, listed), shelf).tabled.last == listed
