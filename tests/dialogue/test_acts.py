"""What is no question to the papers, by rule: nothing to read, or what is not there."""

import json
from pathlib import Path

import pytest

from paperchat.dialogue.acts import ABSENT, EMPTY, LACKING, TOLD, act_of, is_nothing, missing
from paperchat.dialogue.conversation import Conversation
from paperchat.types import Turn
from tests.samples import GRAPHS, IMAGES, SPEECH, Shelf

ROWS = Path(__file__).parent.parent / "reading"


def conversation(*turns: Turn) -> Conversation:
    return Conversation(turns, Shelf((GRAPHS, IMAGES, SPEECH)))


NEW = conversation()
TWO = conversation(Turn("Which papers learn without labels?", "Two.", (GRAPHS.title, IMAGES.title)))


@pytest.mark.parametrize("question", ["?", "a", "A", "...", "xxxx", "hhh?!", "-", "\N{GRINNING FACE}", "zz z"])
def test_a_question_without_a_word_says_nothing(question: str) -> None:
    assert is_nothing(question)
    assert act_of(question, NEW) == act_of(question, TWO) == EMPTY


@pytest.mark.parametrize("question", ["R2", "why", "7", "11", "\u56fe", "no", "GNN", "is it?"])
def test_a_short_question_says_something(question: str) -> None:
    assert not is_nothing(question)


@pytest.mark.parametrize(
    "question",
    [
        "the second one",
        "tell me more about the second paper",
        "What does the third one say about labels?",
        "and the last?",
    ],
)
def test_nothing_stands_above_in_a_new_conversation(question: str) -> None:
    assert missing(question, NEW) == "Nothing stands above yet."
    assert act_of(question, NEW) == ABSENT


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("[3]", "There is no [3]: the papers cited so far are [1] to [2]."),
        ("what about [0]?", "There is no [0]: the papers cited so far are [1] to [2]."),
        ("compare [1] with [7]", "There is no [7]: the papers cited so far are [1] to [2]."),
        ("the third one", "There is no third one: 2 papers stand above."),
        ("tell me more about the fifth paper", "There is no fifth one: 2 papers stand above."),
    ],
)
def test_a_number_or_place_that_does_not_exist_is_said_not_to(question: str, line: str) -> None:
    assert missing(question, TWO) == line


def test_a_number_is_said_not_to_exist_whatever_is_cited() -> None:
    assert missing("what about [2]?", NEW) == "There is no [2]: no paper has been cited yet."
    one = conversation(Turn("What is it?", "A graph.", (GRAPHS.title,)))
    assert missing("what about [2]?", one) == "There is no [2]: the only paper cited so far is [1]."


@pytest.mark.parametrize(
    "question",
    [
        "the second one", "compare [1] with [2]", "the last one", "Which is the first paper on speech?",
        "what is the third law of thermodynamics?", "which paper was the first to use labels?",
        "How many layers does the fifth one have?", ("What does the text in [12] mean, which says that graphs "
        "are everywhere in data and that masks of them are learned by networks?"),
    ],
)  # fmt: skip
def test_what_is_there_or_means_no_paper_above_is_a_question(question: str) -> None:
    assert missing(question, TWO) == ""


@pytest.mark.parametrize(
    "question",
    [
        "Which is the first paper on speech?",
        "what is the second law of thermodynamics",
        "at the first stage, what is used?",
    ],
)
def test_an_ordinal_of_another_thing_points_at_no_paper(question: str) -> None:
    assert act_of(question, NEW) == ""


def test_hardly_a_question_about_papers_is_taken_for_a_request() -> None:
    rows = [
        json.loads(line) for file in ROWS.glob("questions-*.jsonl") for line in file.read_text("utf-8").splitlines()
    ]
    asked = [row["question"] for row in rows if row["kind"] in ("one", "compare", "list", "count", "overview")]
    assert len(asked) > 1_000
    taken = [question for question in asked if act_of(question, NEW) not in ("", TOLD)]  # which need name a paper
    assert len(taken) < len(asked) / 500, taken


@pytest.mark.parametrize(
    "question",
    [
        "which papers have no abstract?", "How many papers are without a year?", "papers that lack a DOI",
        "which ones don't have an author?", "entries with no keywords",
    ],
)  # fmt: skip
def test_what_the_record_does_not_tell_is_asked_of_the_record(question: str) -> None:
    assert act_of(question, NEW) == LACKING


@pytest.mark.parametrize("question", ["which papers work without labels?", "Which papers report no year effect?"])
def test_what_papers_do_without_is_no_lack_of_the_record(question: str) -> None:
    assert act_of(question, NEW) == ""


@pytest.mark.parametrize(
    "question",
    [
        "list the reviews", "list reviews", "How many trials are there?", "Give me 3 papers on graphs",
        "the top three papers on graphs", "show me all the speech papers",
    ],
)  # fmt: skip
def test_papers_of_a_kind_or_on_a_topic_are_not_all_papers(question: str) -> None:
    assert act_of(question, NEW) == ""
    assert act_of("list the papers", NEW) == "set.list"
