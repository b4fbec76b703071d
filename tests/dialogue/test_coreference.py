"""Follow-ups: the papers of a conversation, which of them a question means, and what a model restates."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from paperchat.dialogue.coreference import led_by, meant, referred, turn_papers
from paperchat.dialogue.translation import KEPT_ENGLISH
from paperchat.generation.prompting import label_evidence, narrow
from paperchat.text.cleaning import normalised
from paperchat.types import Paper, Result, Turn
from tests.conftest import NO_OLLAMA
from tests.generation.test_pipeline import data, last, open_app, said  # noqa: F401  # the fixture is used by its name
from tests.samples import GRAPHS, SPEECH, paper
from tests.scripted_ollama import ScriptedOllama

IMAGES = paper("Sorting Images by Hue", "We sort images by hue. Our HueNet is quick.")
PAPERS = (GRAPHS, SPEECH, IMAGES)
TITLES = {normalised(one.title): one for one in PAPERS}
OPEN_SET = Turn(
    "What can I use for semi-supervised learning if my unlabelled images include unknown classes?",
    "Two options: (1) IOMatch, which treats all outliers as one new class; (2) Weight-Aware Distillation (WAD).",
)


def nothing(_: str) -> Sequence[Result]:
    return ()


def results(*papers: Paper) -> tuple[Result, ...]:
    return tuple(Result(one, rank, 1 / rank, None, None, ()) for rank, one in enumerate(papers, 1))


def test_the_papers_of_a_turn_are_those_it_cited_in_that_order() -> None:
    assert turn_papers(Turn("q", "a", (SPEECH.title, GRAPHS.title)), TITLES, nothing) == (SPEECH, GRAPHS)


def test_without_citations_they_are_those_that_the_answer_names() -> None:
    turn = Turn("what is quick?", "HueNet is; GraphMAE masks, and GraphMAEs are no name.")
    assert turn_papers(turn, TITLES, lambda _: results(*PAPERS)) == (IMAGES, GRAPHS)


def test_a_name_that_several_papers_have_names_none() -> None:
    other = paper("Another", "HueNet again.")
    assert turn_papers(Turn("q", "HueNet."), {"a": IMAGES, "b": other}, lambda _: results(IMAGES, other)) == ()


def test_the_conversation_is_counted_when_the_last_turn_had_one_paper() -> None:
    history = [Turn("a", "b", (GRAPHS.title,)), Turn("c", "d", (SPEECH.title,))]
    assert referred("and the second one?", history, TITLES, nothing) == (SPEECH,)
    both = [*history, Turn("e", "f", (IMAGES.title, GRAPHS.title))]
    assert referred("and the second one?", both, TITLES, nothing) == (GRAPHS,)


@pytest.mark.parametrize(
    ("question", "papers"),
    [
        ("What data was the second one evaluated on?", (SPEECH,)),
        ("and the last?", (IMAGES,)),
        ("did the 2nd one use labels", (SPEECH,)),
        ("which errors does the latter paper report", (IMAGES,)),
        ("how does it compare to the first?", (GRAPHS, IMAGES)),
        ("what do these three do differently?", PAPERS),
        ("how do they differ?", PAPERS),
        ("which works without labels?", PAPERS),
        ("which papers use masks?", ()),
        ("which data?", ()),
        ("was it the first to mask graphs?", ()),
        ("what is the last layer?", ()),
        ("is the fourth one quicker?", ()),
    ],
)
def test_a_question_means_papers_by_their_place(question: str, papers: tuple[Paper, ...]) -> None:
    assert meant(question, PAPERS) == papers


def test_the_papers_meant_come_first_and_none_is_lost() -> None:
    led = led_by((IMAGES,), results(GRAPHS, SPEECH))
    assert [(one.paper, one.rank) for one in led] == [(IMAGES, 1), (GRAPHS, 2), (SPEECH, 3)]


def test_the_second_one_is_found_and_answers(data: Path) -> None:  # noqa: F811
    with open_app(data, NO_OLLAMA) as app:
        answer = last(app.ask("What data was the second one evaluated on?", [OPEN_SET]))
    assert [one.title[:44] for one in answer.cited] == ["Semi-Supervised Learning via Weight-aware Di"]
    assert "CIFAR" in answer.text


def test_a_comparison_is_edited_by_what_follows(data: Path) -> None:  # noqa: F811
    with open_app(data, NO_OLLAMA) as app:
        first = last(app.ask("compare GraphMAE with D-SLA"))
        turn = Turn(first.question, first.text, tuple(one.title for one in first.cited))
        added = last(app.ask("add GenView", [turn]))
        assert added.table is not None
        assert [one.title.split(":")[0] for one in added.table.papers][-1] == "GenView"
        turn = Turn("add GenView", added.text, tuple(one.title for one in added.table.papers))
        fewer = last(app.ask("drop the first one", [turn]))
        assert fewer.table is not None
        assert fewer.table.papers == added.table.papers[1:]
        results_alone = last(app.ask("only the results", [turn]))
        assert results_alone.table is not None
        assert results_alone.table.aspects == ("results",)


def test_which_of_those_compared_is_asked_of_these_alone(data: Path) -> None:  # noqa: F811
    titles = ("GraphMAE: Self-Supervised Masked Graph Autoencoders", "OBoW: Online Bag-of-Visual-Words Generation")
    with open_app(data, NO_OLLAMA) as app:
        compared = tuple(paper.title for paper in app.library.papers if paper.title.startswith(titles))
        answer = last(app.ask("which needs a teacher?", [Turn("compare GraphMAE with OBoW", "", compared)]))
    assert answer.table is not None
    assert {paper.title for paper in answer.table.papers} == set(compared)
    assert {paper.title for paper in answer.cited} == set(compared)
    assert "teacher" in answer.text


def test_they_are_answered_for_alone(data: Path) -> None:  # noqa: F811
    with open_app(data, NO_OLLAMA) as app:
        first = last(app.ask("compare GraphMAE with D-SLA"))
        turn = Turn(first.question, first.text, tuple(one.title for one in first.cited))
        answer = last(app.ask("do they need labels?", [turn]))
        assert set(answer.cited) <= set(first.cited)
        assert {one.paper for one in answer.results[:2]} == set(first.cited)


def test_a_list_is_of_the_whole_set_and_counted(data: Path) -> None:  # noqa: F811
    with open_app(data, NO_OLLAMA) as app:
        answer = last(app.ask("how many work on proteins?"))
    assert answer.lead == f"{len(answer.cited)} of 118 papers:"
    assert {"Evaluating Protein Transfer Learning with TAPE"} < {one.title for one in answer.cited}
    assert all(sentence.is_quote for sentence in answer.sentences)
    assert all(one.title in answer.text for one in answer.cited)


GERMAN = "Warum wird das Training von Transformern instabil, wenn die Aufmerksamkeit zu konzentriert ist?"
ENGLISH = "Why does the training of transformers become unstable when attention is too concentrated?"


COLLAPSE = "The attention entropy collapses in all layers of sigmaReparam, as 85.3% show."


def translated(text: str) -> str:
    return json.dumps({"translation": text}, ensure_ascii=False)


def test_a_question_in_another_language_is_answered_in_it(data: Path) -> None:  # noqa: F811
    german = "Die Entropie der Aufmerksamkeit bricht in allen Schichten von sigmaReparam zusammen, wie 85,3 % zeigen."
    with ScriptedOllama() as server, open_app(data, server.url) as app:
        server.replies(translated(ENGLISH), said((COLLAPSE, ["1a"])), translated(german))
        answers = list(app.ask(GERMAN))
        asked = [body["messages"][-1]["content"] for body in server.chats]
    assert answers[-1].results[0].paper.title.startswith("Stabilizing Transformer Training")
    assert (GERMAN in asked[0], ENGLISH in asked[1], "into German" in asked[2]) == (True, True, True)
    checked = next(answer for answer in answers if answer.stage == "checking").sentences[0]
    sentence, *quoted = answers[-1].sentences
    assert all(one.is_quote for one in quoted)
    assert (sentence.text, sentence.verdict) == (german, checked.verdict)
    assert sentence.reason.endswith(f"In English: “{COLLAPSE}”")
    assert [german[fault.start : fault.end] for fault in sentence.faults] == ["85,3"]
    assert not answers[-1].abstained


def test_a_sentence_that_a_model_copies_is_translated_and_what_is_quoted_beside_it_is_not(data: Path) -> None:  # noqa: F811
    question = "Welches Problem loest HaLP, und was ist es?"
    with ScriptedOllama() as server, open_app(data, server.url) as app:
        shown = label_evidence(narrow("What is HaLP?", "What is HaLP?", app.search("What is HaLP?", 8)), 700)
        label, copied = next((label, one.quote) for label, one in shown.items() if "HaLP" in one.quote)
        german = f"Auf Deutsch sagt das Paper: {copied[: len(copied) // 2]} und mehr davon, HaLP."
        server.replies(translated("What is HaLP?"), said((copied, [label])), translated(german))
        sentence, *quoted = last(app.ask(question)).sentences
    assert (sentence.text, sentence.verdict) == (german, "supported")
    assert all(one.is_quote for one in quoted)


@pytest.mark.parametrize(
    "lost", ["Die Entropie von sigmaReparam bricht zusammen.", "85,3 % der Entropie brechen zusammen."]
)
def test_a_sentence_that_loses_a_name_or_a_number_stays_in_english(lost: str, data: Path) -> None:  # noqa: F811
    with ScriptedOllama() as server, open_app(data, server.url) as app:
        server.replies(translated(ENGLISH), said((COLLAPSE, ["1a"])), translated(lost))
        answer = last(app.ask(GERMAN))
    assert answer.sentences[0].text == COLLAPSE
    assert KEPT_ENGLISH in answer.notices


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (
            "在SIGMAREPARAM的所有层中注意力熵都会崩溃，85.3%表明了这一点。",  # noqa: RUF001
            "在sigmaReparam的所有层中注意力熵都会崩溃，85.3%表明了这一点。",  # noqa: RUF001
        ),
        ("sigmaReparam, 85.3", COLLAPSE),
        (COLLAPSE, COLLAPSE),
    ],
)
def test_a_name_is_written_as_the_paper_has_it_and_a_stump_is_no_translation(
    written: str,
    shown: str,
    data: Path,  # noqa: F811
) -> None:
    with ScriptedOllama() as server, open_app(data, server.url) as app:
        server.replies(translated(ENGLISH), said((COLLAPSE, ["1a"])), translated(written))
        answer = last(app.ask(GERMAN))
        asked = server.chats[2]["messages"][-1]["content"]
    assert answer.sentences[0].text == shown
    assert "as they are: sigmaReparam, 85.3." in asked


def test_what_is_missing_is_said_in_the_language_of_the_question(data: Path) -> None:  # noqa: F811
    with ScriptedOllama() as server, open_app(data, server.url) as app:
        server.replies(
            translated("What does PatchTST report on ETTh1?"), translated("Kein Abstract nennt PatchTST, ETTh1.")
        )
        answer = last(app.ask("Was berichtet PatchTST über ETTh1, und welche Zahlen nennt die Arbeit?"))
    assert (answer.abstained, answer.text) == (True, "Kein Abstract nennt PatchTST, ETTh1.")


def test_what_a_model_does_not_translate_is_declined_as_without_it(data: Path) -> None:  # noqa: F811
    with ScriptedOllama() as server, open_app(data, server.url) as app:
        server.replies("no JSON at all")
        answer = last(app.ask("为什么注意力过于集中时训练会变得不稳定"))
    assert answer.abstained
    assert "English" in answer.text


def test_a_translation_can_be_stopped(data: Path) -> None:  # noqa: F811
    with ScriptedOllama() as server, open_app(data, server.url) as app:
        server.replies(["{", '"translation": ', '"never', " read"])
        answers = app.ask(GERMAN)
        first = next(answers)
        second = next(answers)
        answers.close()  # type: ignore[attr-defined]
    assert (first.stage, second.stage) == ("evidence", "evidence")
    assert len(server.bodies("/api/chat")) == 1
