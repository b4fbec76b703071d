"""A scope in words."""

import pytest

from paperchat.bibliography import ALL, Scope
from paperchat.query.scope import asking, none_of, worded
from tests.samples import SHELF, SPEECH, TREES

PAPERS = {one.id: one for one in SHELF}


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        (Scope(authors=("Ogden",), since=2019), "by Ogden, since 2019"),
        (Scope(since=2023, until=2023, venues=("NeurIPS",)), "from 2023, in NeurIPS"),
        (Scope(since=2019, until=2021), "from 2019 to 2021"),
        (Scope(until=2021, keywords=("speech",)), "until 2021, with the keyword speech"),
        (Scope(authors=("A", "B", "C", "D")), "by A, B, C or 1 more"),
        (Scope(papers=(SPEECH.id,)), "“Wav2Tok: Speech Tokens”"),
        (Scope(papers=(SPEECH.id, TREES.id), since=2020), "2 chosen ones, since 2020"),
    ],
)
def test_a_scope_is_told_by_all_that_is_given(scope: Scope, words: str) -> None:
    assert worded(scope, PAPERS) == words


def test_how_many_papers_are_asked_is_told_unless_all_are() -> None:
    assert asking(Scope(authors=("Ogden",)), 2, PAPERS) == "asking 2 of 5 papers: by Ogden"
    assert asking(ALL, 5, PAPERS) == ""
    assert none_of(Scope(authors=("Nobody",)), PAPERS) == "None of the 5 papers is by Nobody."
