"""Each request is met by its act, at once, with a model and without; none is declined as if it asked the papers."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from paperchat.app import App
from paperchat.dialogue.conversation import Conversation
from paperchat.dialogue.recasting import wanted_by
from paperchat.generation import pipeline
from paperchat.generation.recasting import recast_of
from paperchat.generation.requests import acted, from_record
from paperchat.settings import WITHOUT_MODEL
from paperchat.types import RECAST, Answer, Turn
from paperchat.web.answering import remembered
from tests.conftest import NO_OLLAMA
from tests.scripted_ollama import ScriptedOllama
from tests.shipped import last, open_app, said, shown_of

ROWS = Path(__file__).parent.parent / "reading"
QUESTION = "What accuracy does Mugs reach on ImageNet?"


def acts() -> dict[str, list[str]]:
    """The questions of each act, as they were written to learn from."""
    files = sorted(ROWS.glob("questions-*.jsonl"))
    rows = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    told = {row["id"]: row["act"] for row in map(json.loads, (ROWS / "acts.jsonl").read_text("utf-8").splitlines())}
    found: dict[str, list[str]] = {}
    for row in rows:
        if act := row.get("act", told.get(row["id"])):
            found.setdefault(act, []).append(row["question"])
    return found


ACTS = acts()


@pytest.fixture(scope="module")
def app(data: Path) -> Iterator[App]:
    with open_app(data, NO_OLLAMA) as opened:
        yield opened


@pytest.fixture
def own(data: Path, tmp_path: Path) -> Path:
    """A store of its own for a test that opens it with another server."""
    return Path(shutil.copytree(data, tmp_path / "store", ignore=shutil.ignore_patterns("*.lock")))


@pytest.fixture(scope="module")
def answered(app: App) -> tuple[Turn, ...]:
    return tuple(remembered([last(app.ask(QUESTION, choice=WITHOUT_MODEL))]))


@pytest.mark.parametrize("act", sorted(ACTS))
@pytest.mark.parametrize("new", [True, False], ids=["new", "after an answer"])
def test_every_act_is_answered_and_only_an_order_declined(
    app: App, answered: tuple[Turn, ...], act: str, new: bool
) -> None:
    conversation = Conversation(() if new else answered, app.library)
    for question in ACTS[act][: 3 if act.startswith("set.") else None]:  # where the question hardly matters
        answer = acted(act, question, conversation)
        if act in RECAST:
            assert answer is None
            answer = recast_of(wanted_by(question, act), conversation).answer
            assert answer.act in RECAST, question
            assert (answer.form == "reply") is new, question
            assert answer.said, question
            continue
        assert answer is not None, question
        assert answer.sentences, question
        assert answer.abstained == (act == "order"), question
        assert answer.act == act
        assert answer.form in ("reply", "titles"), question
        if act.startswith(("set.", "assistant.", "order", "empty")):
            assert answer.cited == (), question
        if act.startswith(("assistant.", "order", "empty")):
            assert answer.results == (), question


def test_a_question_to_the_papers_is_none_of_them(app: App) -> None:
    assert acted("", QUESTION, Conversation((), app.library)) is None
    assert acted("no.such", QUESTION, Conversation((), app.library)) is None


def test_the_papers_of_a_whole_list_are_its_results_and_its_lines(app: App) -> None:
    answer = acted("set.list", "list everything", Conversation((), app.library))
    assert answer is not None
    assert len(answer.lines) == len(answer.results) == len(app.library.papers)
    assert answer.form == "titles"


def test_after_a_whole_list_a_place_means_a_paper_of_it_and_numbers_stay_those_of_citations(
    app: App, answered: tuple[Turn, ...]
) -> None:
    listed = acted("set.list", "list everything", Conversation((), app.library))
    assert listed is not None
    conversation = Conversation((*answered, *remembered([listed])), app.library)
    assert conversation.last_papers[1] == app.library.papers[1]
    assert [paper.title.split(":")[0] for paper in conversation.order] == ["Mugs"]


def test_a_change_of_the_table_above_is_made_before_any_request(app: App) -> None:
    turns = remembered([last(app.ask("compare GraphMAE with D-SLA", choice=WITHOUT_MODEL))])
    answer = from_record("add GenView", Conversation(turns, app.library), "last.longer")
    assert answer is not None
    assert answer.table is not None


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("the second one", "Nothing stands above yet. Ask about the papers first, for example: "),
        ("what about [4]?", "There is no [4]: no paper has been cited yet. Ask about"),
        ("?", "That does not look like a question yet."),
    ],
)
def test_what_is_not_there_is_said_in_a_new_conversation(app: App, question: str, begins: str) -> None:
    answer = last(app.ask(question))
    assert answer.text.startswith(begins)
    assert (answer.stage, answer.abstained, answer.results, answer.form) == ("done", False, (), "reply")


def test_a_number_that_does_not_exist_is_said_not_to_and_changes_nothing(app: App, answered: tuple[Turn, ...]) -> None:
    answer = last(app.ask("what does [7] say?", answered))
    assert answer.text == "There is no [7]: the only paper cited so far is [1]."
    after = Conversation((*answered, *remembered([answer])), app.library)
    assert after.last == answered[-1]


def ask(app: App, act: str, question: str, turns: tuple[Turn, ...], patch: pytest.MonkeyPatch) -> Answer:
    patch.setattr(pipeline, "act_of", lambda asked, _: act if asked == question else "")
    return last(app.ask(question, turns))


def test_a_request_is_met_without_a_model_being_asked(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ScriptedOllama() as server, open_app(own, server.url) as app:
        answer = ask(app, "set.count", "number of papers", (), monkeypatch)
        assert (answer.text, answer.stage, answer.model) == ("118 papers, all from trending-papers.txt.", "done", None)
        assert server.chats == []


def test_a_model_writes_the_last_answer_in_another_form(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ScriptedOllama() as server, open_app(own, server.url) as app:
        ((chosen,), _) = shown_of(app, QUESTION)
        text = "Mugs reaches a linear probing accuracy of 82.1% on ImageNet-1K."
        server.replies(said((text, ["1a"])))
        turns = (Turn(QUESTION, "It reaches 82.1%.", (chosen.text.paper.title,), "text"),)
        answer = ask(app, "last.simpler", "in plainer words please", turns, monkeypatch)
    assert answer.sentences[0].text == text
    assert (answer.question, answer.act, answer.form) == ("in plainer words please", "last.simpler", "text")
    assert not answer.abstained


def test_a_model_that_is_not_there_leaves_the_evidence_of_the_last_question(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_app(own, NO_OLLAMA) as app:
        turns = tuple(remembered([last(app.ask(QUESTION, choice=WITHOUT_MODEL))]))
        answer = ask(app, "last.shorter", "shorter please", turns, monkeypatch)
    assert answer.is_verbatim
    assert answer.cited[0].title.startswith("Mugs")
