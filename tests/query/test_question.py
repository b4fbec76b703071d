"""Questions as typed: what is no question is refused, and hostile characters are dropped."""

import pytest

from paperchat.errors import InputError
from paperchat.query.question import check_question


@pytest.mark.parametrize("question", ["", "  \n ", "\u200b\u202e", "x" * 10_001])
def test_an_empty_or_endless_question_is_refused(question: str) -> None:
    with pytest.raises(InputError):
        check_question(question)


def test_hostile_characters_of_a_question_are_dropped() -> None:
    assert check_question(" what\n\tis \u202eOBoW\ud800? ") == "what is OBoW?"
