"""What follows a comma that is missing in BibTeX is read all the same."""

import pytest

from paperchat.bibliography import Person
from paperchat.storage.readers import bibtex
from paperchat.storage.readers.bibtex_commas import MOST, apart, with_commas
from tests.storage.readers.reading import read


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("@book{k,\n author = {Doe, A.}\n title = {A, p = 5}\n year = 2001\n month = jan\n}", id="braces"),
        pytest.param('@book{k, author = "Doe, A." title = {A, p = 5} year = "2001" month = jan}', id="quotes"),
        pytest.param("@book{k\n author = {Doe, A.},\n title = {A, p = 5}, year = 2001, month = jan\n}", id="key"),
    ],
)
def test_a_comma_that_is_missing_costs_nothing(text: str) -> None:
    entries, faults = read(bibtex, f"{text}\n@book{{l, title = {{B}}}}")
    assert [(entry.title, entry.details.key) for entry in entries] == [("A, p = 5", "k"), ("B", "l")]
    assert (entries[0].details.authors, entries[0].details.date) == ((Person("Doe", "A."),), (2001, 1))
    assert faults == []


@pytest.mark.parametrize("raw", ["{A = {b} = c}", '"a = b" # c', "{Of $p = 5$} # j", "2001", "", "{open", "= {b}"])
def test_a_field_that_swallowed_none_is_one(raw: str) -> None:
    assert list(apart("note", raw)) == [("note", raw)]


def test_no_field_is_taken_apart_without_end() -> None:
    assert len(list(apart("note", "{x} a = " * 5000 + "{x}"))) == MOST + 1


def test_nothing_else_of_a_file_gets_a_comma() -> None:
    text = '@string{and = " and "}\n@comment{key\nword}\n@book{k,\n title = {A}\n}'
    assert with_commas(text) == text
