"""Whether a question that may lean on the one before it stands on its own."""

import pytest

from paperchat.query.standing import may_stand, measure
from tests.samples import GRAPHS, LESSONS, SPEECH, reading


@pytest.mark.parametrize(
    ("question", "stands"), [("why?", False), ("and on audio?", False), ("How do speech tokens shrink audio?", True)]
)
def test_a_question_of_few_words_of_its_own_does_not_stand_alone(question: str, stands: bool) -> None:
    assert may_stand(reading(question, (SPEECH, 1.0))) is stands


def test_the_words_of_a_question_are_looked_for_in_what_the_question_before_found() -> None:
    question = "How do speech tokens shrink audio?"
    alone = reading(question, (SPEECH, 1.0), (GRAPHS, 0.5))
    with_own, with_other = (measure(alone, reading(question, (one, 1.0)), 100) for one in (SPEECH, GRAPHS))
    assert with_own["covered"] > with_other["covered"] == 0
    assert {name: value for name, value in with_own.items() if name != "covered"} == {
        name: value for name, value in with_other.items() if name != "covered"
    }


def test_where_no_paper_was_found_measures_are_told_all_the_same() -> None:
    bare = reading("How do speech tokens shrink audio?")
    assert measure(bare, bare, 2)["covered"] == 0


def test_a_whole_question_stands_alone_where_the_one_before_found_what_has_none_of_it() -> None:
    question = "How do the tokens of Wav2Tok shrink long and continuous speech so that errors fall on LibriSpeech?"
    alone, led = reading(question, (SPEECH, 1.0), (GRAPHS, 0.5)), reading(question, (GRAPHS, 1.0))
    assert LESSONS.stands_alone(alone, led, 118)
    few = "How large?"
    assert not LESSONS.stands_alone(reading(few, (SPEECH, 1.0)), reading(few, (GRAPHS, 1.0)), 118)
