"""The last answer shorter, longer or plainer, without a model: of the papers' own sentences, and no others."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from paperchat.app import App
from paperchat.generation.rewording import EACH, SHORTEST, WHOLE
from paperchat.settings import WITHOUT_MODEL
from paperchat.types import Answer
from paperchat.web.answering import remembered
from tests.conftest import NO_OLLAMA
from tests.shipped import last, open_app

FACT, MADE = "What accuracy does Mugs reach on ImageNet?", "Summarise Mugs"
LIST, COMPARED = "Which papers are about speech?", "compare GraphMAE with D-SLA"


@pytest.fixture(scope="module")
def app(data: Path) -> Iterator[App]:
    with open_app(data, NO_OLLAMA) as opened:
        yield opened


def asked(app: App, *questions: str) -> list[Answer]:
    """Ask one question after the other."""
    answers: list[Answer] = []
    for question in questions:
        answers.append(last(app.ask(question, remembered(answers), WITHOUT_MODEL)))
    return answers


def length(answer: Answer) -> int:
    return sum(len(sentence.text) for sentence in answer.sentences)


def test_one_sentence_gets_shorter_by_the_part_of_it_that_answers_and_then_no_more(app: App) -> None:
    whole, shorter, again = asked(app, FACT, "shorter", "even shorter please")
    assert shorter.sentences[0].text in whole.sentences[0].text
    assert length(shorter) < length(whole)
    assert "82.1%" in shorter.sentences[0].text
    assert (shorter.is_verbatim, shorter.notices) == (True, ())
    assert again.sentences == shorter.sentences
    assert again.notices == (SHORTEST,)


def test_several_sentences_get_shorter_by_the_one_that_says_most(app: App) -> None:
    whole, shorter, again = asked(app, MADE, "in one sentence", "shorter")
    assert len(whole.sentences) > 2
    assert len(shorter.sentences) == len(again.sentences) == 1
    assert shorter.sentences[0] in whole.sentences
    assert length(again) < length(shorter)
    assert len(asked(app, MADE, "in two sentences")[1].sentences) == 2


@pytest.mark.parametrize("question", [LIST, COMPARED])
def test_what_sets_papers_side_by_side_keeps_each(app: App, question: str) -> None:
    whole, shorter, one = asked(app, question, "shorter", "in one sentence")
    assert set(shorter.cited) == set(one.cited) == set(whole.cited)
    assert len(shorter.sentences) == len(shorter.cited)
    assert shorter.lead == whole.lead
    assert one.notices in ((EACH,), (SHORTEST,))


def test_longer_is_what_was_said_and_more_of_the_same_papers_until_that_is_all(app: App) -> None:
    answers = asked(app, FACT, "longer", *["more detail please"] * 3)
    for before, after in zip(answers, answers[1:], strict=False):
        assert set(before.sentences) <= set(after.sentences)
        assert after.cited == before.cited
    assert answers[1].sentences[0] == answers[0].sentences[0]  # what answered leads
    (text,) = app.library.read(answers[0].cited)
    assert len(answers[-1].sentences) == len(text.sentences)
    assert answers[-1].notices == (WHOLE,)
    assert [answer.notices for answer in answers[:3]] == [(), (), ()]


def test_a_summary_that_gets_longer_keeps_the_order_of_its_abstract(app: App) -> None:
    _, longer = asked(app, MADE, "longer")
    starts = [sentence.citations[0].start for sentence in longer.sentences]
    assert starts == sorted(starts)


def test_plain_words_that_are_not_to_be_had_are_said_not_to_be_and_the_plainest_sentences_stand_there(app: App) -> None:
    whole, simpler = asked(app, FACT, "in plain words")
    assert simpler.notices[0].startswith("Plain words take a language model.")
    assert "paperchat doctor" in simpler.notices[1]
    assert simpler.sentences[0].text in whole.sentences[0].text
    assert len(simpler.sentences) == 2
    assert (simpler.is_verbatim, simpler.cited) == (True, whole.cited)


@pytest.mark.parametrize("form", ["shorter", "longer", "in plain words", "as a table", "as bullet points"])
def test_a_conversation_goes_on_from_another_form(app: App, form: str) -> None:
    *_, answer = asked(app, FACT, form, "what data does it use?")
    assert answer.cited[0].title.startswith("Mugs")
    assert not answer.abstained
    *_, listed = asked(app, LIST, form, "the second one")
    assert listed.cited == (asked(app, LIST)[0].cited[1],)
