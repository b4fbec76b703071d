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
        (Scope(imported_since="2026-11-23"), "added since 2026-11-23"),
        (Scope(imported_since="2026-11-23", imported_until="2026-11-23"), "added on 2026-11-23"),
        (Scope(imported_since="2026-11-16", imported_until="2026-11-22"), "added from 2026-11-16 to 2026-11-22"),
        (Scope(imported_until="2026-11-22", since=2020), "since 2020, added until 2026-11-22"),
        (Scope(imported_since="2026-11-27T14:03:05+01:00"), "added since 2026-11-27 14:03"),
        (Scope(papers=(SPEECH.id,)), "“Wav2Tok: Speech Tokens”"),
        (Scope(papers=(SPEECH.id, TREES.id), since=2020), "2 chosen ones, since 2020"),
    ],
)
def test_a_scope_is_told_by_all_that_is_given(scope: Scope, words: str) -> None:
    assert worded(scope, PAPERS) == words


def test_how_many_papers_are_asked_is_told_unless_all_are() -> None:
    assert asking(Scope(authors=("Ogden",)), 2, PAPERS, 0) == "asking 2 of 5 papers: by Ogden"
    assert asking(ALL, 5, PAPERS, 0) == ""
    assert none_of(Scope(authors=("Nobody",)), PAPERS, 0) == "None of the 5 papers is by Nobody."


def test_papers_that_only_lack_a_year_are_told() -> None:
    scope = Scope(since=2019)
    assert asking(scope, 2, PAPERS, 3) == "asking 2 of 5 papers: since 2019 (3 without a year were not asked)"
    assert none_of(scope, PAPERS, 1) == "None of the 5 papers is since 2019 (1 without a year was not asked)."
