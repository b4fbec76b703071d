"""Names are parted as far as their source tells."""

import pytest

from paperchat.bibliography import OTHERS, Person
from paperchat.storage.readers.people import MOST, inverted, listed, natural, people, with_initials


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Ada Lovelace", Person("Lovelace", "Ada")),
        ("Vincent van Gogh", Person("van Gogh", "Vincent")),
        ("Oscar de la Renta", Person("de la Renta", "Oscar")),
        ("Sammy Davis Jr.", Person("Davis Jr.", "Sammy")),
        ("Plato", Person("Plato")),
        ("The Lens Collaboration", Person("The Lens Collaboration")),
        ("Lovelace, Ada", Person("Lovelace", "Ada")),
        ("", Person("")),
    ],
)
def test_a_name_as_it_is_said_is_parted(text: str, person: Person) -> None:
    assert natural(text) == person


def test_a_name_with_a_comma_is_parted_there() -> None:
    assert inverted("van Gogh,  Vincent") == Person("van Gogh", "Vincent")
    assert inverted("Davis, Sammy, Jr") == Person("Davis Jr", "Sammy")
    assert inverted("World Health Organization") == Person("World Health Organization")


def test_initials_behind_a_name_are_the_given_name() -> None:
    assert with_initials("Barros B.J.") == Person("Barros", "B.J.")
    assert with_initials("van der Berg JH") == Person("van der Berg", "JH")
    assert with_initials("Barros, Bea") == Person("Barros", "Bea")
    assert with_initials("World Bank") == Person("World Bank")


def test_people_without_a_name_are_none_and_no_list_is_endless() -> None:
    assert people([Person("A"), None, Person(""), Person("A"), Person("x" * 400)]) == (Person("A"),)
    assert len(people(Person(str(n)) for n in range(MOST + 5))) == MOST


@pytest.mark.parametrize("text", ["et al.", "et al", "others", "and others"])
def test_what_says_that_there_are_more_people_is_one_of_them(text: str) -> None:
    assert people([Person("Doe", "Ann"), natural(text)]) == (Person("Doe", "Ann"), OTHERS)


@pytest.mark.parametrize("text", ["[No author name available]", "[No authors listed]"])
def test_what_says_that_there_is_nobody_is_nobody(text: str) -> None:
    assert people(listed(text)) == ()


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("Doe, Ann; van Roe, Bob", ["Doe", "van Roe"]),
        ("Barros B.J.; Cunha J.P.S.", ["Barros", "Cunha"]),
        ("Barros, Bea (59277033000); Cunha, J. (57216759664)", ["Barros", "Cunha"]),
        ("Wu D, Zou C, Cao W.", ["Wu", "Zou", "Cao"]),
        ("Ann Doe, Bob Roe and Cy Poe", ["Doe", "Roe", "Poe"]),
        ("Ann Doe and Bob Roe", ["Doe", "Roe"]),
        ("Doe, Ann and Roe, Bob", ["Doe", "Roe"]),
        ("Doe, Ann", ["Doe"]),
        ("de la Cruz, Ana Maria;", ["de la Cruz"]),
        ("", []),
    ],
)
def test_a_list_of_people_that_is_one_text_is_parted(text: str, families: list[str]) -> None:
    assert [person.family for person in listed(text)] == families
