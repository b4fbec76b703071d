"""The people of a field of BibTeX are parted as those who write it mean them."""

from pathlib import Path

import pytest

from paperchat.bibliography import OTHERS, Person
from paperchat.storage.readers import bibtex
from paperchat.storage.readers.bibtex_names import named_people
from tests.storage.readers.reading import library


@pytest.mark.parametrize(
    ("written", "people"),
    [
        pytest.param(
            r"Moe, A. and \"Ostlund, X. and \v{C}apek, K. AND \AA{}s, B. and {\O}rsted, C.",
            [
                Person("Moe", "A."),
                Person("Östlund", "X."),
                Person("Čapek", "K."),
                Person("Ås", "B."),
                Person("Ørsted", "C."),
            ],
            id="an accent behind and",
        ),
        pytest.param(
            "family=Berg, given=Jan, given-i=J, prefix=van den, useprefix=true and Doe, Ann and "
            "family={Roe and Co}, given={C., D.}, suffix=Jr. and given=Plato",
            [
                Person("van den Berg", "Jan"),
                Person("Doe", "Ann"),
                Person("Roe and Co Jr.", "C., D."),
                Person("Plato"),
            ],
            id="parts by their names",
        ),
        pytest.param("Doe, Ann and others", [Person("Doe", "Ann"), OTHERS], id="and others"),
        pytest.param("Doe, Ann, Jr.", [Person("Doe Jr.", "Ann")], id="a suffix last"),
        pytest.param("Doe, Jr., Ann", [Person("Doe Jr.", "Ann")], id="a suffix in the middle"),
        pytest.param("Vu, N. and Nguy{\\~\\^e}n, T.", [Person("Vu", "N."), Person("Nguyễn", "T.")], id="two accents"),
        pytest.param("{" * 12 + "Doe" + "}" * 12, [], id="too many braces"),
        pytest.param("", [], id="nobody"),
    ],
)
def test_names_are_parted(written: str, people: list[Person]) -> None:
    assert list(named_people(written)) == people


def test_no_name_of_a_real_export_has_the_names_of_its_parts(shared: Path) -> None:
    entries, _ = library(shared, bibtex, "better-bibtex.bib")
    people = [person for entry in entries for person in (*entry.details.authors, *entry.details.editors)]
    assert Person("van Erp", "Sara") in people
    assert not any("=" in person.name for person in people)
