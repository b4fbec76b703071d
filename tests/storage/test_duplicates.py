"""Entries of one work become one paper; works that differ stay two."""

import pytest

from paperchat.bibliography import Details, Person
from paperchat.storage.duplicates import Works, free_id, may_be_one, merged, same
from paperchat.types import Paper

DOE, ROE = (Person("Doe", "A."),), (Person("Roe", "B."),)


def paper(name: str, title: str, abstract: str = "", source: str = "a.bib", **details: object) -> Paper:
    return Paper(name, title, abstract, source, Details(**details))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("title", "details", "key"),
    [
        ("Other words", {"doi": "10.1000/x"}, "1"),
        ("Other words", {"arxiv": "2101.00001"}, "2"),
        ("Other words", {"doi": "10.48550/arxiv.2101.00001"}, "2"),
        ("a title: of one", {"date": (2001,)}, "1"),
        ("A title of one", {}, "1"),
        ("A title of one", {"date": (2005,)}, None),
        ("A title of one", {"date": (2001,), "doi": "10.1000/y", "authors": ROE}, None),
        ("A title of one", {"date": (2001,), "doi": "10.1000/y", "authors": DOE}, "1"),
        ("Nothing like it", {"doi": "10.1000/z"}, None),
    ],
)
def test_a_work_is_known_by_its_identifiers_or_by_title_and_year(
    title: str, details: dict[str, object], key: str | None
) -> None:
    works = Works(
        [
            paper("1", "A title of one", doi="10.1000/x", date=(2001, 5), authors=DOE),
            paper("2", "Two", arxiv="2101.00001"),
        ]
    )
    found = works.find(Paper("", title, "", "", Details(**details)))  # type: ignore[arg-type]
    assert (found.id if found else None) == key


def test_what_a_paper_learns_is_known_from_then_on() -> None:
    works = Works([paper("1", "One")])
    works.put(paper("1", "One", doi="10.1000/x"))
    found = works.find(Paper("", "Anything", "", "", Details(doi="10.1000/x")))
    assert found
    assert found.id == "1"
    assert "1" in works
    assert len(works.papers()) == 1


def test_editorials_of_one_year_by_others_are_other_works() -> None:
    one, other = (
        Details(doi="10.1000/a", authors=DOE, date=(2001,)),
        Details(doi="10.1000/b", authors=ROE, date=(2001,)),
    )
    assert not may_be_one(one, other)
    assert may_be_one(one, Details(date=(2001,)))


def test_another_work_of_a_title_has_an_id_of_its_own_that_does_not_change() -> None:
    works = Works([])
    first = free_id(Paper("", "Editorial", "", "", Details(doi="10.1000/a")), works)
    works.put(Paper(first, "Editorial", "", "a.bib", Details(doi="10.1000/a")))
    second = [free_id(Paper("", "Editorial", "", "", Details(doi="10.1000/b")), works) for _ in range(2)]
    assert second[0] == second[1] != first


def test_the_better_record_wins_and_takes_what_it_lacks() -> None:
    bare = paper("1", "A Title", date=(2001, 5, 6), doi="10.1000/x", kind="article-journal", key="k")
    full = paper("2", "a title", "It says.", "b.ris", date=(2001,), kind="document", volume="7")
    made = merged(bare, full)
    assert (made.id, made.title, made.abstract, made.source) == ("1", "a title", "It says.", "b.ris")
    assert made.details == Details(kind="article-journal", date=(2001, 5, 6), doi="10.1000/x", key="k", volume="7")
    assert merged(full, bare).title == "a title"


def test_a_newer_record_of_the_same_paper_wins_but_loses_no_abstract() -> None:
    old = paper("1", "A title", "It says this.", volume="7", date=(2001,))
    new = paper("1", "A Title", "", volume="8", date=(2002,))
    made = merged(old, new, newer=True)
    assert (made.title, made.abstract, made.details.volume, made.details.year) == (
        "A Title",
        "It says this.",
        "8",
        2002,
    )


def test_where_a_record_is_from_makes_no_other_paper() -> None:
    assert same(paper("1", "A", "B."), paper("1", "A", "B.", "other.ris"))
    assert not same(paper("1", "A", "B."), paper("1", "A", "B.", volume="1"))
