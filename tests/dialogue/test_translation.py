"""Questions in other languages: asked in English, answered as they were asked."""

import json
from pathlib import Path

import pytest

from paperchat.dialogue.translation import KEPT_ENGLISH, into_language
from paperchat.models.model import Model
from paperchat.models.ollama import OllamaServer
from paperchat.models.prompt_files import read_prompts
from paperchat.paths import prompts_folder
from paperchat.types import Answer, AnswerSentence, Citation, Fault
from tests.scripted_ollama import ScriptedOllama
from tests.shipped import last, open_app, said, shown_of

GERMAN = "Warum wird das Training von Transformern instabil, wenn die Aufmerksamkeit zu konzentriert ist?"
ENGLISH = "Why does the training of transformers become unstable when attention is too concentrated?"
COLLAPSE = "The attention entropy collapses in all layers of sigmaReparam, as 85.3% show."


def translated(text: str) -> str:
    return json.dumps({"translation": text}, ensure_ascii=False)


def test_a_question_in_another_language_is_answered_in_it(data: Path) -> None:
    written = (
        "The authors denote the pathologically low attention entropy, corresponding to highly concentrated attention "
        "scores, as entropy collapse, with which training becomes unstable."
    )
    german = "Die krankhaft geringe Entropie der Aufmerksamkeit nennen die Autoren den Zusammenbruch der Entropie."
    with ScriptedOllama() as server, open_app(data, server.url) as app:
        label = next(label for quote, label in shown_of(app, ENGLISH)[1].items() if "pathologically" in quote)
        server.replies(translated(ENGLISH), said((written, [label])), translated(german))
        answers = list(app.ask(GERMAN))
        asked = [body["messages"][-1]["content"] for body in server.chats]
    assert answers[-1].results[0].paper.title.startswith("Stabilizing Transformer Training")
    assert (GERMAN in asked[0], ENGLISH in asked[1], "into German" in asked[2]) == (True, True, True)
    checked = next(answer for answer in answers if answer.stage == "checking").sentences[0]
    sentence, *quoted = answers[-1].sentences
    assert all(one.is_quote for one in quoted)
    assert (sentence.text, sentence.verdict) == (german, checked.verdict)
    assert sentence.reason.endswith(f"In English: “{written}”")
    assert not answers[-1].abstained


def put_into_german(reply: str) -> tuple[Answer, str]:
    """Return an answer of one sentence with a wrong number as a model translates it, and what that was asked."""
    citation = Citation("p", "A Title", "Attention entropy collapses.", 0, 28)
    number = Fault(COLLAPSE.index("85"), COLLAPSE.index("85") + 5, "number")
    answer = Answer("q", sentences=(AnswerSentence(COLLAPSE, (citation,), "unsure", "Near.", (number,)),))
    with ScriptedOllama() as server:
        server.replies(translated(reply))
        model = Model(OllamaServer(server.url), read_prompts(prompts_folder()), 100, {}, lambda: 0.0).chosen()
        *_, put = into_language(answer, {COLLAPSE}, "German", model)
        return put, server.chats[0]["messages"][-1]["content"]


def test_a_translation_keeps_the_verdict_and_marks_the_wrong_number_where_it_stands_now() -> None:
    german = "Die Entropie der Aufmerksamkeit bricht in allen Schichten von sigmaReparam zusammen, wie 85,3 % zeigen."
    (sentence,) = put_into_german(german)[0].sentences
    assert (sentence.text, sentence.verdict) == (german, "unsure")
    assert sentence.reason == f"Near. In English: “{COLLAPSE}”"
    assert [german[fault.start : fault.end] for fault in sentence.faults] == ["85,3"]


def test_a_sentence_that_a_model_copies_is_translated_and_what_is_quoted_beside_it_is_not(data: Path) -> None:
    question = "Welches Problem loest HaLP, und was ist es?"
    with ScriptedOllama() as server, open_app(data, server.url) as app:
        _, labels = shown_of(app, "What is HaLP?")
        copied, label = next((quote, label) for quote, label in labels.items() if "HaLP" in quote)
        german = f"Auf Deutsch sagt das Paper: {copied[: len(copied) // 2]} und mehr davon, HaLP."
        server.replies(translated("What is HaLP?"), said((copied, [label])), translated(german))
        sentence, *quoted = last(app.ask(question)).sentences
    assert (sentence.text, sentence.verdict) == (german, "supported")
    assert all(one.is_quote for one in quoted)


@pytest.mark.parametrize(
    "lost", ["Die Entropie von sigmaReparam bricht zusammen.", "85,3 % der Entropie brechen zusammen."]
)
def test_a_sentence_that_loses_a_name_or_a_number_stays_in_english(lost: str) -> None:
    answer, _ = put_into_german(lost)
    assert answer.sentences[0].text == COLLAPSE
    assert KEPT_ENGLISH in answer.notices


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (
            "在SIGMAREPARAM的所有层中注意力熵都会崩溃，85.3%表明了这一点。",
            "在sigmaReparam的所有层中注意力熵都会崩溃，85.3%表明了这一点。",
        ),
        ("sigmaReparam, 85.3", COLLAPSE),
        (COLLAPSE, COLLAPSE),
    ],
)
def test_a_name_is_written_as_the_paper_has_it_and_a_stump_is_no_translation(written: str, shown: str) -> None:
    answer, asked = put_into_german(written)
    assert answer.sentences[0].text == shown
    assert "as they are: sigmaReparam, 85.3." in asked


def test_what_is_missing_is_said_in_the_language_of_the_question(data: Path) -> None:
    with ScriptedOllama() as server, open_app(data, server.url) as app:
        server.replies(
            translated("What does PatchTST report on ETTh1?"), translated("Kein Abstract nennt PatchTST, ETTh1.")
        )
        answer = last(app.ask("Was berichtet PatchTST über ETTh1, und welche Zahlen nennt die Arbeit?"))
    assert (answer.abstained, answer.text) == (True, "Kein Abstract nennt PatchTST, ETTh1.")


def test_what_a_model_does_not_translate_is_declined_as_without_it(data: Path) -> None:
    with ScriptedOllama() as server, open_app(data, server.url) as app:
        server.replies("no JSON at all")
        answer = last(app.ask("为什么注意力过于集中时训练会变得不稳定"))
    assert answer.abstained
    assert "English" in answer.text


def test_a_translation_can_be_stopped(data: Path) -> None:
    with ScriptedOllama() as server, open_app(data, server.url) as app:
        server.replies(["{", '"translation": ', '"never', " read"])
        answers = app.ask(GERMAN)
        first = next(answers)
        second = next(answers)
        answers.close()  # type: ignore[attr-defined]
    assert (first.stage, second.stage) == ("evidence", "evidence")
    assert len(server.bodies("/api/chat")) == 1
