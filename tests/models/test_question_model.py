"""What reads questions: kinds, what they are about, and which sentence answers."""

from pathlib import Path

import pytest

from paperchat.errors import StoreError
from paperchat.models.question_model import QuestionModel
from tests.samples import QUESTIONS


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("which orchards were sprayed? list all studies", "list"),
        ("How do the Harrow and the Fen trials differ?", "compare"),
        ("At what depth did the divers find the amphorae?", "one"),
        ("HOW MANY PAPERS HAVE YOU GOT", "set.count"),
        ("hello", "assistant.hello"),
        ("are you sure?", "last.sure"),
    ],
)
def test_a_question_reads_as_what_it_is(question: str, kind: str) -> None:
    kinds = QUESTIONS.read(question).kinds
    assert max(kinds, key=lambda name: kinds[name]) == kind
    assert sum(kinds.values()) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("which paper was it that put sensors on beehives?", "papers"),
        ("How many hives were lost over the winter?", "number"),
        ("did the hives survive the winter?", "yesno"),
        ("Why did the queens leave?", "reason"),
    ],
)
def test_what_would_answer_a_question_is_told(question: str, wanted: str) -> None:
    wants = QUESTIONS.read(question).wants
    assert max(wants, key=lambda name: wants[name]) == wanted
    assert sum(wants.values()) == pytest.approx(1, abs=1e-4)


def test_the_words_of_the_topic_are_told_from_the_frame() -> None:
    guess = QUESTIONS.read("could you please list whatever papers you have on snowy owls or bats?")
    assert guess.about == "snowy owls or bats"
    assert guess.left_out == ""


def test_what_is_left_out_is_told_apart() -> None:
    guess = QUESTIONS.read("papers on owls but not on bats")
    assert (guess.about, guess.left_out) == ("owls", "bats")


def test_the_sentence_that_answers_fits_better_than_its_neighbours() -> None:
    title = "Amphorae off the coast of Lindal"
    told = [
        (title, "Amphorae were raised by divers in 2014."),
        (title, "They lay at 38 metres, below the reef."),
        (title, "The work was supported by local clubs."),
    ]
    odds = QUESTIONS.fit("How deep did the amphorae lie?", told)
    assert odds.shape == (3,)
    assert odds.argmax() == 1


def test_odds_do_not_depend_on_what_else_is_read() -> None:
    one, other = ("Owls", "Owls hunt at night."), ("Bats", "Bats, which hunt insects, do so at dusk and later too.")
    alone = QUESTIONS.fit("When do owls hunt?", [one])
    assert QUESTIONS.fit("When do owls hunt?", [other, one])[1] == pytest.approx(alone[0], abs=0.3)


def test_odds_are_the_same_on_every_processor() -> None:
    """The number is of this file of weights; products that overflow on a processor without VNNI give 3.18."""
    odds = QUESTIONS.fit("When do owls hunt?", [("Owls", "Owls hunt at night.")])
    assert odds[0] == pytest.approx(2.744, abs=0.05)


@pytest.mark.parametrize("question", ["?", "\u4f60\u597d", "a" * 5000, "\N{OWL}"])
def test_whatever_is_typed_reads_as_something(question: str) -> None:
    assert sum(QUESTIONS.read(question).kinds.values()) == pytest.approx(1, abs=1e-4)


def test_a_model_that_is_missing_is_an_error_with_its_fix(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="missing") as error:
        QuestionModel(tmp_path / "question_model.onnx").read("who?")
    assert "pip install" in error.value.fix
