"""The table of the set: found by words, filtered by years and places, sorted, and cut into pages."""

from typing import Any

import pytest

from paperchat.bibliography import Details, Person
from paperchat.retrieval import register
from paperchat.retrieval.register import Register, Wanted, years
from paperchat.types import Paper


def entry(title: str, *names: str, **known: Any) -> Paper:
    people = tuple(Person(*reversed(name.rsplit(" ", 1))) for name in names)
    return Paper(title, title, "We show it.", "test", Details(authors=people, **known))


PAPERS = (
    entry("Beta nets", "Søren Möller", date=(2021,), venue="NeurIPS"),
    entry("alpha nets", "Ana Bell", "Bo Zhu", date=(2019, 5), venue="ICML", keywords=("graphs",)),
    entry("Élan vital", date=(2019, 11)),
    entry("Delta {BERT} trees", "Ana Bell"),
)
TABLE = Register(PAPERS)


def titles(wanted: Wanted) -> list[str]:
    return [PAPERS[place].title.split()[0] for place in TABLE.listed(wanted).rows]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["Beta", "alpha", "Élan", "Delta"]),
        ("nets", ["Beta", "alpha"]),
        ("ELAN", ["Élan"]),
        ("moller 2021", ["Beta"]),
        ("bell", ["alpha", "Delta"]),
        ("icml graphs", ["alpha"]),
        ("ana trees", ["Delta"]),
        ("bert", ["Delta"]),
        ("abc", []),
        ("   ", ["Beta", "alpha", "Élan", "Delta"]),
    ],
)
def test_papers_are_found_by_words_of_what_is_known_of_them(text: str, found: list[str]) -> None:
    assert titles(Wanted(text)) == found


@pytest.mark.parametrize(
    ("order", "found"),
    [
        ("title", ["alpha", "Beta", "Delta", "Élan"]),
        ("author", ["Delta", "alpha", "Beta", "Élan"]),
        ("newest", ["Beta", "Élan", "alpha", "Delta"]),
        ("oldest", ["alpha", "Élan", "Beta", "Delta"]),
        ("added", ["Beta", "alpha", "Élan", "Delta"]),
        ("by magic", ["Beta", "alpha", "Élan", "Delta"]),
    ],
)
def test_papers_are_sorted_with_those_of_which_it_is_not_known_last(order: str, found: list[str]) -> None:
    assert titles(Wanted(order=order)) == found


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("", 0, 9999),
        ("2019", 2019, 2019),
        ("2019-2021", 2019, 2021),
        (" 2019 \u2013 2021 ", 2019, 2021),
        ("2019-", 2019, 9999),
        ("-2019", 0, 2019),
        ("-", 0, 9999),
        ("soon", 0, 9999),
        ("20190", 0, 9999),
    ],
)
def test_years_are_read_as_people_write_them(text: str, first: int, last: int) -> None:
    assert years(text) == (first, last)


@pytest.mark.parametrize(
    ("text", "found"), [("2019", ["alpha", "Élan"]), ("2020-", ["Beta"]), ("-2018", []), ("2022-2018", [])]
)
def test_years_leave_out_papers_of_others_and_of_none(text: str, found: list[str]) -> None:
    assert titles(Wanted(years=text)) == found


def test_papers_are_listed_among_those_that_are_given() -> None:
    assert titles(Wanted("nets", among=[1, 2, 99])) == ["alpha"]
    assert titles(Wanted(among=[])) == []


@pytest.mark.parametrize(
    ("page", "rows", "shown"), [(1, (0, 1), 1), (2, (2, 3), 2), (9, (2, 3), 2), (0, (0, 1), 1), (-3, (0, 1), 1)]
)
def test_a_page_beyond_the_last_is_the_last(monkeypatch, page: int, rows: tuple[int, ...], shown: int) -> None:
    monkeypatch.setattr(register, "ROWS", 2)
    found = TABLE.listed(Wanted(page=page))
    assert (found.rows, found.page, found.pages, found.all) == (rows, shown, 2, (0, 1, 2, 3))


def test_an_empty_set_has_one_empty_page() -> None:
    found = Register(()).listed(Wanted("x"))
    assert (found.rows, found.all, found.page, found.pages) == ((), (), 1, 1)
