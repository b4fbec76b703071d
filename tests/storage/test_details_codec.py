"""Bibliographic details as the record keeps them."""

from dataclasses import fields

from paperchat.bibliography import Details, Person
from paperchat.storage.details_codec import decoded, encoded

FULL = Details(
    "article-journal", (Person("Erdős", "Pál"), Person("The Graph Group")), (Person("Rényi"),), (1960, 3), "Acta",
    "Akadémiai", "5", "1-2", "17-61", "10.1000/abc", "2101.00001", "https://example.org", ("graphs",), "en", "erdos60",
    (("note", "reprint"),),
)  # fmt: skip


def test_all_fields_come_back() -> None:
    assert all(getattr(FULL, field.name) for field in fields(Details))
    assert decoded(encoded(FULL)) == FULL


def test_no_details_are_no_text() -> None:
    assert encoded(Details()) == ""
    assert decoded("") == Details()


def test_what_a_later_version_keeps_is_passed_over() -> None:
    assert decoded('{"venue": "Acta", "impact": 3}') == Details(venue="Acta")
