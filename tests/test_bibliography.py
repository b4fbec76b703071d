"""The names and the year of a paper."""

import pytest

from paperchat.bibliography import OTHERS, Details, Person


def test_a_person_is_said_given_name_first_and_an_institution_as_it_is() -> None:
    assert Person("Lovelace", "Ada").name == "Ada Lovelace"
    assert Person("The Graph Group").name == "The Graph Group"


def test_the_year_is_that_of_the_date() -> None:
    assert Details(date=(2021, 5)).year == 2021
    assert Details().year is None


def test_a_byline_says_who_and_when_in_short() -> None:
    names = [Person("Lovelace", "Ada"), Person("Babbage"), Person("Menabrea")]
    assert [Details(authors=tuple(names[:count]), date=(1843,)).byline for count in range(4)] == [
        "1843",
        "Lovelace 1843",
        "Lovelace and Babbage 1843",
        "Lovelace et al. 1843",
    ]
    assert Details(authors=(names[0],)).byline == "Lovelace"
    assert Details().byline == ""


def test_the_words_by_which_it_is_searched_are_names_and_year() -> None:
    names = (Person("Lovelace", "Ada"), Person("van Berg"))
    assert Details(authors=names, date=(1843,)).signed == "Lovelace van Berg 1843"
    assert Details().signed == ""


@pytest.mark.parametrize(
    ("families", "line"),
    [("", ""), ("Bell", "Bell"), ("Bell Zhu", "Bell and Zhu"), ("Bell Zhu Kim", "Bell et al.")],
)
def test_of_many_authors_the_first_is_named(families: str, line: str) -> None:
    assert Details(authors=tuple(Person(family) for family in families.split())).by == line


def test_others_of_whom_no_name_is_known_are_said_and_not_searched() -> None:
    known = Details(authors=(Person("Bell"), OTHERS), date=(1876,))
    assert (known.byline, known.signed) == ("Bell et al. 1876", "Bell 1876")
