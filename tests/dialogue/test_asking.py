"""Which papers a question of a conversation is asked of, and what is asked of them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from paperchat.app import App
from paperchat.bibliography import ALL, Scope
from paperchat.dialogue.asking import WHOLE_COUNT, WHOLE_LIST, Asking, read_asking
from paperchat.generation.extractive import without_any
from paperchat.retrieval.survey import Listing
from paperchat.types import Answer, Turn
from tests.samples import GRAPHS, IMAGES, SHELF, SPEECH, TREES, opened_shelf, paper

OF_2023, OGDEN = Scope(since=2023, until=2023), Scope(authors=("Ogden",))
ABOUT_GRAPHMAE = Turn("What accuracy does GraphMAE reach on Cora?", "84.2%.", (GRAPHS.title,), "text")
LIST_OF_2023 = Turn("Among the papers from 2023, which use hue?", "1 of 2", (IMAGES.title,), "list")
ONCE_OF_2023 = Turn("Which papers from 2023 use hue?", "1 of 2", (IMAGES.title,), "list")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with opened_shelf(tmp_path_factory.mktemp("asking")) as opened:
        yield opened


def asked(app: App, question: str, *turns: Turn, chosen: Scope | None = None) -> Asking:
    return read_asking(question, turns, app.library, chosen)


@pytest.mark.parametrize(
    ("turns", "question", "left", "scope"),
    [
        ((), "What is GraphMAE?", "What is GraphMAE?", ALL),
        ((), "papers by Ogden", WHOLE_LIST, Scope(authors=("Ogden",), once=True)),
        ((), "How many papers are from 2023?", WHOLE_COUNT, Scope(since=2023, until=2023, once=True)),
        ((), "only papers by Ogden", WHOLE_LIST, OGDEN),
        ((LIST_OF_2023,), "Which papers are about speech?", "Which papers are about speech?", OF_2023),
        ((LIST_OF_2023,), "all papers again", WHOLE_COUNT, ALL),
        ((), "back to all papers", WHOLE_COUNT, ALL),
        ((LIST_OF_2023, Turn("all papers", "5")), "What is GraphMAE?", "What is GraphMAE?", ALL),
        ((ONCE_OF_2023,), "Which papers are about speech of people?", "Which papers are about speech of people?", ALL),
        ((ONCE_OF_2023,), "and which use speech?", "and which use speech?", Scope(since=2023, until=2023, once=True)),
        ((ONCE_OF_2023,), "What is GraphMAE?", "What is GraphMAE?", ALL),
        ((ONCE_OF_2023,), "and from 2022?", "Which papers use hue?", Scope(since=2022, until=2022, once=True)),
        ((ONCE_OF_2023,), "only those by Li", "Which papers use hue?", Scope(authors=("Li",), since=2023, until=2023)),
        ((ABOUT_GRAPHMAE,), "what about 2019?", "what about 2019?", ALL),
        ((ABOUT_GRAPHMAE,), "only those by this author", ABOUT_GRAPHMAE.question, Scope(authors=("Ada Ogden",))),
        (
            (ABOUT_GRAPHMAE,), "papers by the same authors", WHOLE_LIST,
            Scope(authors=("Ada Ogden", "Wei Li"), once=True),
        ),
        ((), "only those by this author", "only those by this author", ALL),
        ((), "and from 2022?", "and from 2022?", ALL),
    ],
)  # fmt: skip
def test_a_question_is_asked_of_the_papers_that_words_say(
    app: App, turns: tuple[Turn, ...], question: str, left: str, scope: Scope
) -> None:
    asking = asked(app, question, *turns)
    assert (asking.question, asking.scope) == (left, scope)


def test_a_question_asked_again_of_others_can_be_asked_again(app: App) -> None:
    later = Turn("only those by Li", "1 of 1", (IMAGES.title,), "list")
    asking = asked(app, "and from 2022?", ONCE_OF_2023, later)
    assert asking.question == "Which papers use hue?"
    assert asking.scope == Scope(authors=("Li",), since=2022, until=2022, once=True)
    assert asking.turns[0].question == "Which papers use hue?"


def test_what_is_chosen_by_hand_stands_and_words_narrow_it_further(app: App) -> None:
    assert asked(app, "What is hue?", chosen=OF_2023).scope == OF_2023
    assert asked(app, "papers by Li", chosen=OF_2023).library.papers == (SHELF[3],)
    assert asked(app, "papers by Li from 2022", chosen=OF_2023).library.papers == (SHELF[0],)
    assert asked(app, "all papers", chosen=OF_2023).scope == ALL
    assert asked(app, "Which papers are there?", LIST_OF_2023, chosen=ALL).scope == ALL


def test_papers_are_asked_by_when_they_were_added(app: App) -> None:
    found = asked(app, "Which of the papers I added today are about trees?")
    assert (found.line[:27], len(found.library.papers)) == ("Asking 5 of 5 papers: added", 5)
    assert "added" not in found.question
    assert asked(app, "Which papers did I add yesterday?").line.startswith("None of the 5 papers is added on ")
    assert asked(app, "List the papers I added last").scope.imported_since
    assert not asked(app, "Which papers add noise?").scope


def test_this_week_in_an_earlier_turn_is_the_week_in_which_it_was_asked(app: App) -> None:
    then = Scope(imported_since="2020-03-02", imported_until="2020-03-08", once=True)
    turn = Turn("Which of the papers I added this week use hue?", "1 of 2", (), "list", scope=then)
    assert asked(app, "and which use speech?", turn).scope == then
    stays = replace(then, once=False)
    assert (
        asked(app, "What is hue?", replace(turn, question="only the papers I added this week", scope=stays)).scope
        == stays
    )
    assert asked(app, "and which use speech?", replace(turn, scope=ALL)).scope.imported_since > "2020-03-08"


def test_how_many_papers_are_asked_is_told(app: App) -> None:
    line = "Asking 2 of 5 papers: from 2023 (1 without a year was not asked)"
    assert asked(app, "What is hue?", chosen=OF_2023).line == line
    assert asked(app, "papers from 2031").line == "None of the 5 papers is from 2031 (1 without a year was not asked)."
    assert asked(app, "What is hue?").line == ""


def test_papers_that_are_compared_by_their_author_are_named(app: App) -> None:
    asking = asked(app, "Compare the papers by Ogden")
    assert asking.question == f"Compare “{GRAPHS.title}” and “{TREES.title}”"


def test_answers_lists_counts_and_comparisons_keep_to_the_papers_asked(app: App) -> None:
    def answer(question: str, scope: Scope | None = None) -> tuple[set[str], str]:
        *_, last = app.ask(question, scope=scope)
        assert last.question == question
        return {one.paper.title for one in last.results}, f"{last.text} {' '.join(last.notices)}"

    found, text = answer("Among the papers from 2023, which sort images?")
    assert found <= {SPEECH.title, IMAGES.title}
    assert "1 of 2 papers" in text
    assert "Asking 2 of 5 papers: from 2023 (1 without a year was not asked)." in text
    assert answer("How many papers are there?", OGDEN)[1].startswith("2 papers")
    assert answer("What are the papers by Ogden about?")[0] <= {GRAPHS.title, TREES.title}
    assert answer("Compare the papers by Ogden")[0] == {GRAPHS.title, TREES.title}
    assert "The other 3 were not asked." in answer("What accuracy does GraphMAE reach on Cora?", OF_2023)[1]
    assert answer("papers from 2031")[1].startswith("None of the 5 papers")


def test_a_list_of_some_papers_that_has_none_says_so() -> None:
    answer = without_any(Answer("Which papers are about trees?"), Listing((), 2, 2))
    assert (answer.text, answer.abstained) == ("None of the 2 papers asked seems to be about this.", True)
    many = without_any(Answer("Which papers are about trees?"), Listing((), 1200, 60_000))
    assert many.text == "None of the 1,200 likeliest of 60,000 papers asked seems to be about this."


def test_one_paper_that_is_chosen_is_what_a_question_means(app: App) -> None:
    *_, answer = app.ask("What are the main results?", scope=Scope(papers=(SPEECH.id,)))
    assert [paper.title for paper in answer.cited] == [SPEECH.title]
    *_, answer = app.ask("What is it about?", scope=Scope(papers=(SPEECH.id,)))
    assert [paper.title for paper in answer.cited] == [SPEECH.title]
    assert app.search("What is told of ten times?", 5, scope=Scope(papers=(SPEECH.id,)))[0].paper.id == SPEECH.id


def test_one_paper_whose_title_has_a_backslash_is_asked_about_by_it(tmp_path: Path) -> None:
    written = paper(r"X\cal and Q\1: Masks of Graphs", "We mask graphs. Masked graphs need few labels.")
    with opened_shelf(tmp_path, (written, SPEECH)) as opened:
        asking = asked(opened, "What is it about?", chosen=Scope(papers=(written.id,)))
    assert asking.question == rf"What is “{written.title}” about?"


def test_a_search_keeps_to_the_papers_asked(app: App) -> None:
    assert {one.paper.title for one in app.search("graphs and trees", 9, scope=OGDEN)} == {GRAPHS.title, TREES.title}
    assert {one.paper.title for one in app.search("papers by Ogden on graphs", 9)} == {GRAPHS.title, TREES.title}
