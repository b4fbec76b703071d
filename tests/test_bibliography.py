"""The names and the year of a paper."""

from paperchat.bibliography import Details, Person


def test_a_person_is_said_given_name_first_and_an_institution_as_it_is() -> None:
    assert Person("Lovelace", "Ada").name == "Ada Lovelace"
    assert Person("The Graph Group").name == "The Graph Group"


def test_the_year_is_that_of_the_date() -> None:
    assert Details(date=(2021, 5)).year == 2021
    assert Details().year is None
