"""Years, authors, venues and keywords as they stand behind a noun for papers."""

import pytest

from paperchat.bibliography import ALL, Scope
from paperchat.query.catalogue import Catalogue
from paperchat.query.qualifiers import merged, qualified
from tests.samples import SHELF, dated, paper

CATALOGUE = Catalogue(SHELF)


@pytest.mark.parametrize(
    ("words", "scope"),
    [
        (" from 2023", Scope(since=2023, until=2023)),
        (" 2023", Scope(since=2023, until=2023)),
        (" published in 2023", Scope(since=2023, until=2023)),
        (" that were published between 2019 and 2022", Scope(since=2019, until=2022)),
        (" from 2019-2022", Scope(since=2019, until=2022)),
        (" from 2022 to 2019", Scope(since=2019, until=2022)),
        (" since 2019", Scope(since=2019)),
        (" from 2019 on", Scope(since=2019)),
        (" after 2019", Scope(since=2020)),
        (" before 2022", Scope(until=2021)),
        (" from before 2022", Scope(until=2021)),
        (" until 2022", Scope(until=2022)),
        (" from the 2010s", Scope(since=2010, until=2019)),
        (" by Ogden since 2019", Scope(authors=("Ogden",), since=2019)),
        (" by Paul Erd\u0151s and Li from 2022", Scope(authors=("Paul Erd\u0151s", "Li"), since=2022, until=2022)),
        (" by Ogden and Li", Scope(authors=("Ogden & Li",))),
        (" by Ogden et al. in Nature", Scope(authors=("Ogden",), venues=("Nature",))),
        (" written by A. Ogden", Scope(authors=("A. Ogden",))),
        (" at NeurIPS 2022", Scope(venues=("NeurIPS",), since=2022, until=2022)),
        (" in Nature Communications", Scope(venues=("Nature Communications",))),
        (" with the keywords \u201cdecision trees\u201d", Scope(keywords=("decision trees",))),
        (" tagged speech", Scope(keywords=("speech",))),
    ],
)
def test_what_is_said_behind_a_noun_is_read(words: str, scope: Scope) -> None:
    found = qualified(f"papers{words}?", len("papers"), CATALOGUE)
    assert found is not None
    assert (found.scope, f"papers{words}?"[found.end :]) == (scope, "?")


@pytest.mark.parametrize(
    "words",
    [
        " by masking nodes", " by long short term memory", " by an attack", " by Nobody", " in nature reserves",
        " in NLP", " at ICML", " of 30 km", " with 2023% more", " with trees", " in vision", " from Google",
        " with the keyword physics", " that use data from 2019",
    ],
)  # fmt: skip
def test_what_the_record_does_not_have_is_not_taken(words: str) -> None:
    assert qualified(f"papers{words}", len("papers"), CATALOGUE) is None


def test_a_year_counts_where_the_record_tells_years() -> None:
    undated = Catalogue(
        [paper("One", "It is so."), paper("Two", "It is so."), dated(paper("Three", "So."), "A B", 2001)]
    )
    assert qualified("papers from 2001", 6, undated) is not None
    assert qualified("papers from 2002", 6, undated) is None
    assert qualified("papers from 2031", 6, CATALOGUE) is not None


def test_what_is_said_of_a_kind_stands_in_the_place_of_what_was() -> None:
    before = Scope(authors=("Ogden",), since=2019)
    assert merged(before, Scope(since=2022, until=2022)) == Scope(authors=("Ogden",), since=2022, until=2022)
    assert merged(before, ALL) == before
    assert merged(before, Scope(authors=("Li",), once=True)) == Scope(authors=("Li",), since=2019, once=True)
