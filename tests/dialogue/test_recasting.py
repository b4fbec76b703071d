"""What asks for the last answer in another form, in other people's words, and what only has words of that."""

import json
from pathlib import Path

import pytest

from paperchat.dialogue.acts import act_of
from paperchat.dialogue.conversation import Conversation
from paperchat.dialogue.recasting import is_recast, merely, read_recast, wanted_by
from paperchat.types import RECAST, Turn
from tests.samples import GRAPHS, IMAGES, Shelf

ROWS = Path(__file__).parent.parent / "reading"
ABOVE = Conversation((Turn("What is GraphMAE?", "It masks.", (GRAPHS.title,), "text"),), Shelf((GRAPHS, IMAGES)))


@pytest.mark.parametrize(
    ("question", "act"),
    [
        ("shorter", "shorter"), ("even shorter please", "shorter"), ("Can you say it with less words?", "shorter"),
        ("in one sentence", "shorter"), ("just one sentence", "shorter"), ("too long", "shorter"),
        ("could you say that more briefly?", "shorter"), ("give me a shorter version", "shorter"),
        ("boil it down", "shorter"), ("In brief?", "shorter"), ("noch kürzer bitte", "shorter"),
        ("longer", "longer"), ("a bit longer?", "longer"), ("more detail please", "longer"), ("too short", "longer"),
        ("I want the long version", "longer"), ("can you elaborate?", "longer"), ("in more depth", "longer"),
        ("flesh that out", "longer"), ("ausführlicher", "longer"),
        ("simpler", "simpler"), ("in plain words", "simpler"), ("explain it more simply", "simpler"),
        ("can you explain that in plain English?", "simpler"), ("Less jargon.", "simpler"), ("dumb it down", "simpler"),
        ("make it easier to understand, please", "simpler"), ("in einfachen Worten", "simpler"),
        ("rephrase", "again"),
        ("put it differently", "again"), ("in other words", "again"), ("say that again", "again"),
        ("as a table", "table"), ("And in a table?", "table"), ("make a table of that", "table"), ("tabulate", "table"),
        ("put the above into a table", "table"), ("as a table, in German", "table"), ("als Tabelle bitte", "table"),
        ("as bullet points", "points"), ("bullets pls", "points"), ("as a list please", "points"),
        ("can u make that a bullet list instead", "points"), ("in bullet points, shorter", "points"),
        ("in German", "translate"), ("auf Deutsch bitte", "translate"), ("en français, s'il vous plaît", "translate"),
        ("Chinese pls", "translate"), ("translate that into Welsh", "translate"), ("Now in English", "translate"),
        ("give it to me in Spanish", "translate"), ("same in Italian", "translate"),
    ],
)  # fmt: skip
def test_what_asks_for_another_form_and_nothing_else_is_told_by_its_words(question: str, act: str) -> None:
    wanted = merely(question)
    assert wanted is not None
    assert wanted.act == f"last.{act}"
    assert act_of(question, ABOVE) == wanted.act


@pytest.mark.parametrize(
    "question",
    [
        "Explain Mugs in simple words", "what's self-supervised learning in simple terms?", "Is German speech longer?",
        "compare them in a table", "which paper is about tables?", "Which papers are on German speech?", "polish it",
        "dutch too?", "and in mice?", "does it take longer?", "a short paper on graphs", "more", "which is simpler?",
        "summarise the first one in one sentence", "only the results", "add a column for the data", "list the papers",
    ],
)  # fmt: skip
def test_what_asks_for_something_else_is_a_question(question: str) -> None:
    assert merely(question) is None


@pytest.mark.parametrize(
    ("question", "worded", "layout", "language", "most"),
    [
        ("shorter and in German", "shorter", "", "German", 0),
        ("as a table, in French", "", "table", "French", 0),
        ("auf Französisch bitte", "", "", "French", 0),
        ("in one sentence, in Polish", "shorter", "", "Polish", 1),
        ("Shorter. Two sentences.", "shorter", "", "", 2),
        ("plainer, two lines", "simpler", "", "", 2),
        ("shorter and simpler", "simpler", "", "", 2),
        ("in bullet points, shorter", "shorter", "points", "", 0),
        ("in German please", "", "", "German", 0),
    ],
)
def test_several_wishes_are_read_together(question: str, worded: str, layout: str, language: str, most: int) -> None:
    wanted = read_recast(question)
    assert wanted is not None
    assert (wanted.worded, wanted.layout, wanted.language, wanted.most) == (worded, layout, language, most)


@pytest.mark.parametrize(
    ("question", "act", "worded", "language"),
    [
        ("blimey, that's a mouthful, just give me the headline", "last.shorter", "shorter", ""),
        ("say it again as if I failed science twice", "last.simpler", "simpler", ""),
        ("rewrit it without the numbers", "last.again", "again", ""),
        ("repeat that", "last.again", "", ""),
        ("Tradúcelo al español, por favor", "last.translate", "", "Spanish"),
        ("my gran only reads Welsh, could you give her that in Welsh", "last.translate", "", "Welsh"),
    ],
)
def test_where_its_words_do_not_say_it_the_act_does(question: str, act: str, worded: str, language: str) -> None:
    wanted = wanted_by(question, act)
    assert (wanted.worded, wanted.language) == (worded, language)


def test_of_all_that_people_asked_nothing_but_requests_for_another_form_is_taken_for_one() -> None:
    rows = [json.loads(line) for file in ROWS.glob("*.jsonl") for line in file.read_text("utf-8").splitlines()]
    told = {row["id"]: row["act"] for row in rows if "act" in row and "question" not in row}
    asked = {row["question"]: row.get("act", told.get(row.get("id"), "")) for row in rows if "kind" in row}
    taken = [question for question, act in asked.items() if merely(question) and act not in RECAST]
    assert len(asked) > 2_000
    assert taken == ["can you answer in French?"]  # which asks the same where an answer stands above
    assert sum(merely(question) is not None for question in asked) > 60


def test_a_language_asks_for_a_translation_where_an_answer_stands_above() -> None:
    assert act_of("can you answer in French?", ABOVE) == "last.translate"
    assert act_of("can you answer in French?", Conversation((), Shelf(()))) == "assistant.languages"


def test_a_turn_is_another_form_by_its_act_or_where_that_is_not_known_by_its_words() -> None:
    assert is_recast(Turn("any words", "…", (), "text", act="last.shorter"))
    assert is_recast(Turn("shorter", "…"))
    assert not is_recast(Turn("in Italian?", "…", (), "text"))
    assert not is_recast(Turn("What is it?", "…"))
