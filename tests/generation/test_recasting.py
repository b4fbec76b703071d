"""The last answer as a table, as points, in another language, and what a model writes anew and translates."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from paperchat.app import App
from paperchat.generation.recasting import MANY, TABLE_STAYS
from paperchat.settings import WITHOUT_MODEL
from paperchat.types import Answer, Turn
from paperchat.web.answering import remembered
from tests.conftest import NO_OLLAMA
from tests.scripted_ollama import Model, Reply, ScriptedOllama
from tests.shipped import last, open_app, said

FACT, MADE = "What accuracy does Mugs reach on ImageNet?", "Summarise Mugs"
LIST, COMPARED = "Which papers are about speech?", "compare GraphMAE with D-SLA"
SHORT = "Mugs reaches a linear probing accuracy of 82.1% on ImageNet-1K."
GERMAN = "Mugs erreicht mit linearem Probing auf ImageNet-1K eine Genauigkeit von 82.1%."


@pytest.fixture(scope="module")
def app(data: Path) -> Iterator[App]:
    with open_app(data, NO_OLLAMA) as opened:
        yield opened


@pytest.fixture
def own(data: Path, tmp_path: Path) -> Path:
    """A store of its own for a test that opens it with another server."""
    return Path(shutil.copytree(data, tmp_path / "store", ignore=shutil.ignore_patterns("*.lock")))


def after(app: App, question: str, *forms: str) -> tuple[Answer, Answer]:
    """Return the answer to a question without a model, and its last form."""
    answers = [last(app.ask(question, (), WITHOUT_MODEL))]
    for form in forms:
        answers.append(last(app.ask(form, remembered(answers), WITHOUT_MODEL)))
    return answers[0], answers[-1]


def translated(text: str) -> list[str]:
    return ['{"translation": "', text, '"}']


# ---- laid out


@pytest.mark.parametrize("question", [FACT, MADE, LIST, COMPARED, "What is self-supervised learning?"])
def test_a_table_has_the_papers_of_the_answer_and_what_it_says(app: App, question: str) -> None:
    whole, tabled = after(app, question, "as a table")
    assert tabled.table is not None
    assert set(tabled.table.papers) == set(whole.cited)
    assert (tabled.form, tabled.act, tabled.sentences, tabled.notices) == ("table", "last.table", (), ())
    quotes = {c.quote for sentence in tabled.said for c in sentence.citations}
    first = whole.sentences[0].text if whole.sentences else ""
    assert first in quotes or question in (MADE, COMPARED)


def test_points_are_what_the_answer_says_each_sentence_with_what_it_cites(app: App) -> None:
    whole, points = after(app, MADE, "as bullet points")
    assert (points.sentences, points.cited, points.act) == (whole.sentences, whole.cited, "last.points")
    whole, points = after(app, COMPARED, "bullets please")
    assert points.table is None
    assert set(points.sentences) == set(whole.said)


def test_what_was_said_comes_again(app: App) -> None:
    whole, again = after(app, LIST, "say that again")
    assert (again.sentences, again.lead, again.form) == (whole.sentences, whole.lead, "list")
    whole, again = after(app, COMPARED, "repeat that")
    assert again.table is not None
    assert set(again.table.papers) == set(whole.cited)


@pytest.mark.parametrize("form", ["shorter", "longer", "simpler", "as a table", "in German", "as bullet points"])
def test_of_what_was_not_answered_or_is_no_answer_there_is_no_other_form(app: App, form: str) -> None:
    assert "nothing was claimed" in after(app, "Who won the world cup in 1998?", form)[1].text
    assert "my own line" in after(app, "How many papers are there?", form)[1].text
    new = last(app.ask(form, (), WITHOUT_MODEL))
    assert new.form == "reply"


def test_an_answer_that_rests_on_no_sentence_has_no_other_form(app: App) -> None:
    answer = last(app.ask("shorter", (Turn("Hm?", "So it is.", (), "text"),), WITHOUT_MODEL))
    assert answer.text.startswith("The answer above rests on no sentence of a paper")
    assert answer.form == "reply"


# ---- without a model


@pytest.mark.parametrize("form", ["in German", "auf Deutsch bitte", "in French please"])
@pytest.mark.parametrize("question", [FACT, LIST])
def test_a_language_that_takes_a_model_leaves_the_answer_and_says_so(app: App, question: str, form: str) -> None:
    whole, kept = after(app, question, form)
    language = "French" if "French" in form else "German"
    assert (kept.sentences, kept.lead) == (whole.sentences, whole.lead)
    assert kept.notices[0] == f"To put it into {language} takes a language model: it stays in English."


def test_without_a_server_the_line_says_how_to_get_a_model_and_the_form_is_made(app: App) -> None:
    turns = remembered([last(app.ask(FACT, (), WITHOUT_MODEL))])
    german = last(app.ask("shorter, in German", turns))
    assert len(german.sentences[0].text) < len(turns[0].said[0].text)
    assert "ollama pull" in german.notices[-1]
    assert "German" in german.notices[0]
    tabled = last(app.ask("as a table", turns))
    assert (tabled.notices, tabled.stage) == ((), "done")


def test_a_table_in_another_language_says_that_it_stays(app: App) -> None:
    assert after(app, FACT, "as a table, in German")[1].notices == (TABLE_STAYS,)


# ---- with one


def test_a_model_writes_it_shorter_from_what_was_cited_and_each_sentence_is_checked(own: Path) -> None:
    with ScriptedOllama() as server, open_app(own, server.url) as app:
        turns = remembered([last(app.ask(MADE, (), WITHOUT_MODEL))])
        cited = {c.quote for sentence in turns[0].said for c in sentence.citations}
        label = "1abcd"[: 1 + len(cited)][-1]
        server.replies(said((SHORT, [f"1{label}"])))
        answer = last(app.ask("shorter", turns))
        prompt = server.chats[0]["messages"][-1]["content"]
    assert [sentence.text for sentence in answer.sentences] == [SHORT]
    assert answer.sentences[0].verdict == "supported"
    assert answer.sentences[0].citations[0].quote in cited
    assert "in one short sentence" in prompt
    assert f"Question: {MADE} (shorter)" in prompt
    assert {one.quote for one in answer.shown} == cited
    assert (answer.act, answer.form) == ("last.shorter", "text")


@pytest.mark.parametrize(
    ("form", "told"),
    [("longer", "Answer in full"), ("in plain words", "everyday words"), ("rephrase", "in other words")],
)
def test_each_form_has_a_prompt_of_its_own(own: Path, form: str, told: str) -> None:
    with ScriptedOllama() as server, open_app(own, server.url) as app:
        turns = remembered([last(app.ask(FACT, (), WITHOUT_MODEL))])
        server.replies(said((SHORT, ["1a"])))
        answer = last(app.ask(form, turns))
        assert told in server.chats[0]["messages"][-1]["content"]
    assert answer.model == "scripted:1b"
    assert answer.sentences


def test_where_nothing_that_a_model_wrote_held_what_is_made_without_one_stands_there(own: Path) -> None:
    with ScriptedOllama() as server, open_app(own, server.url) as app:
        turns = remembered([last(app.ask(FACT, (), WITHOUT_MODEL))])
        server.replies(said(("Mugs reaches 99.9% on CIFAR-10.", ["1a"])))
        answer = last(app.ask("shorter", turns))
        alone = last(app.ask("shorter", turns, WITHOUT_MODEL))
        server.replies(Reply(status=500, body="broken"))
        failed = last(app.ask("shorter", turns))
    assert answer.sentences == alone.sentences
    assert [one.verdict for one in answer.withheld] == ["unsupported"]
    assert failed.sentences == alone.sentences
    assert failed.stage == "failed"


def test_a_translation_keeps_what_is_cited_and_says_what_was_checked_and_english_brings_it_back(own: Path) -> None:
    with ScriptedOllama() as server, open_app(own, server.url) as app:
        answers = [last(app.ask(FACT, (), WITHOUT_MODEL))]
        server.replies(translated("Mugs erreicht 82.1% auf ImageNet-1K, 1.1% mehr als SoTA bisher."))
        answers.append(last(app.ask("auf Deutsch bitte", remembered(answers))))
        answers.append(last(app.ask("in English", remembered(answers))))
        assert len(server.bodies("/api/chat")) == 1
    (was,), (german,), (english,) = (answer.sentences for answer in answers)
    assert german.text.startswith("Mugs erreicht")
    assert german.citations == was.citations
    assert was.text in german.reason
    assert (english.text, english.citations) == (was.text, was.citations)
    assert answers[1].model == "scripted:1b"


def test_a_form_of_a_translated_answer_stays_in_its_language(own: Path) -> None:
    with ScriptedOllama() as server, open_app(own, server.url) as app:
        answers = [last(app.ask(FACT, (), WITHOUT_MODEL))]
        server.replies(translated("Mugs erreicht 82.1% auf ImageNet-1K, was 1.1% mehr ist als SoTA bisher erreichte."))
        answers.append(last(app.ask("in German", remembered(answers))))
        server.replies(said((SHORT, ["1a"])), translated(GERMAN))
        answers.append(last(app.ask("shorter", remembered(answers))))
    assert [sentence.text for sentence in answers[-1].sentences] == [GERMAN]


def test_shorter_and_in_german_is_both(own: Path) -> None:
    with ScriptedOllama() as server, open_app(own, server.url) as app:
        turns = remembered([last(app.ask(FACT, (), WITHOUT_MODEL))])
        server.replies(said((SHORT, ["1a"])), translated(GERMAN))
        answer = last(app.ask("shorter and in German", turns))
    assert [sentence.text for sentence in answer.sentences] == [GERMAN]
    assert SHORT in answer.sentences[0].reason


def test_a_list_is_translated_sentence_by_sentence_and_never_written_anew_of_too_many(own: Path) -> None:
    with ScriptedOllama((Model(parameters="0.5B"),)) as server, open_app(own, server.url) as app:
        turns = remembered([last(app.ask(LIST, (), WITHOUT_MODEL))])
        shorter = last(app.ask("shorter", turns))
        simpler = last(app.ask("in plain words", turns))
        assert server.bodies("/api/chat") == []
        server.default = Reply(translated("So ist es."))
        last(app.ask("in German", turns))
        assert len(server.bodies("/api/chat")) == len(turns[0].said)
    assert (shorter.model, simpler.model) == (None, None)
    assert simpler.notices == (MANY.format(len(turns[0].cited)),)


def test_a_table_asks_no_model(own: Path) -> None:
    with ScriptedOllama() as server, open_app(own, server.url) as app:
        turns = remembered([last(app.ask(FACT, (), WITHOUT_MODEL))])
        answer = last(app.ask("as a table", turns))
        assert server.bodies("/api/chat") == []
    assert (answer.model, answer.form) == (None, "table")
