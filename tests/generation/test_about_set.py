"""What is said of the set is what its record has, and what it has not is said."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from paperchat.bibliography import Details, Person
from paperchat.generation import about_set
from paperchat.retrieval.library import Library
from paperchat.retrieval.themes import Theme, Themes
from paperchat.types import Paper
from tests.samples import many_papers


class Set(Library):
    """A library of these papers, in these groups."""

    def __init__(self, papers: Sequence[Paper], found: Themes | None = None) -> None:
        self._all, self._found = tuple(papers), found or Themes((), len(papers))

    @property
    def papers(self) -> tuple[Paper, ...]:
        return self._all

    def themes(self) -> Themes:
        return self._found


def paper(title: str, abstract: str = "Bees forage less after rain.", source: str = "a.txt") -> Paper:
    return Paper(title.lower(), title, abstract, source)


ONE = Set([paper("Bees")])
NONE = Set([])
THREE = Set([paper("Bees"), paper(r"Ice \& rain", "Ice melts."), paper("Courts", "Ice melts.", "b.txt")])


@pytest.mark.parametrize(
    ("library", "said"),
    [(ONE, "1 paper, from a.txt."), (Set(THREE.papers[:2]), "2 papers, all from a.txt."),
     (THREE, "3 papers, 2 from a.txt, 1 from b.txt.")],
    ids=["one", "one file", "two files"],
)  # fmt: skip
def test_the_papers_are_counted_with_their_files(library: Set, said: str) -> None:
    assert about_set.count(library) == (said, ())


def test_of_many_files_those_of_most_papers_are_told() -> None:
    papers = [paper(f"{n}", source=f"{file}.txt") for file in range(6) for n in range(6 - file)]
    assert about_set.count(Set(papers))[0].endswith("6 from 0.txt, 5 from 1.txt, 4 from 2.txt, 6 from 3 more files.")


def test_all_titles_are_listed_clean_and_in_order() -> None:
    said, lines = about_set.titles(THREE)
    assert (said, lines) == ("All 3 papers, in the order in which they came in:", ("Bees", "Ice & rain", "Courts"))


def test_of_thousands_the_first_are_listed_and_how_to_see_all_is_said() -> None:
    said, lines = about_set.titles(Set(many_papers(3_000, 1)))
    assert len(lines) == about_set.FIRST
    assert said.startswith("The first 100 of 3,000 papers; `paperchat papers` prints all")
    assert len(about_set.titles(Set(many_papers(about_set.WHOLE, 1)))[1]) == about_set.WHOLE


def test_subjects_are_told_with_their_number_and_examples() -> None:
    papers = many_papers(9, 1)
    found = Themes((Theme(("bees", "rain"), tuple(papers[:7])), Theme((), tuple(papers[7:]))), 9)
    said, lines = about_set.themes(Set(papers, found))
    assert said.startswith("9 papers, in 2 groups")
    assert lines == (
        "Bees, rain (7 papers), such as “Paper number 0”; “Paper number 1”",
        "Other subjects (2 papers), “Paper number 7”; “Paper number 8”",
    )


def test_that_only_a_sample_is_grouped_is_said() -> None:
    papers = many_papers(2_500, 1)
    said, _ = about_set.themes(
        Set(papers, Themes((Theme(("bees",), tuple(papers[:9])), Theme((), tuple(papers[9:]))), 1_250))
    )
    assert said.startswith("1,250 of 2,500 papers, taken evenly, in 2 groups by")


def test_a_few_papers_are_listed_instead_of_grouped() -> None:
    assert about_set.themes(THREE) == about_set.titles(THREE)


def test_the_record_has_no_dates_and_no_authors_and_says_so() -> None:
    assert "no date" in about_set.years(THREE)[0]
    said, lines = about_set.about(THREE)
    assert "no full text, figures, authors, journal or date" in said
    assert lines[-2:] == ("Without an abstract: 0", "The same abstract twice: 1 paper")


def test_years_authors_and_venues_are_told_as_far_as_they_are_known() -> None:
    known = Details(authors=(Person("Bell"),), venue="Acta", date=(2019,))
    told = Set(
        [replace(paper("Bees"), details=known), replace(paper("Ice"), details=Details(date=(2021, 3))), *THREE.papers]
    )
    assert about_set.years(told) == (
        "2 of 5 papers have a year in the record: 2019 to 2021. The newest:", ("2021: “Ice”", "2019: “Bees”"),
    )  # fmt: skip
    said, lines = about_set.about(told)
    assert said.endswith("no full text or figures.")
    assert lines[:3] == ("With authors: 1", "With journal: 1", "With date: 2")


def test_the_first_and_the_last_paper_that_came_in_are_told() -> None:
    said, lines = about_set.added(THREE)
    assert "not the day" in said
    assert lines == ("First: “Bees”", "Last: “Courts”", "The last file: b.txt, 1 paper")
    assert about_set.added(ONE)[1] == ("It is “Bees”",)


@pytest.mark.parametrize("tell", [about_set.count, about_set.titles, about_set.themes, about_set.years,
                                  about_set.added, about_set.about])  # fmt: skip
def test_of_an_empty_set_it_is_said_how_papers_come_in(tell: Callable[[Library], about_set.Said]) -> None:
    assert tell(NONE) == (about_set.EMPTY, ())


@pytest.mark.parametrize(
    ("question", "said", "lines"),
    [
        ("Which papers have no abstract?", "Of 1 of 2 papers the record has no abstract.", ("Ice",)),
        ("papers without a DOI", "Of 2 of 2 papers the record has no DOI.", ("Bees", "Ice")),
        ("How many lack an author?", "The record tells the author of all 2 papers.", ()),
    ],
)
def test_papers_are_named_of_which_something_is_not_told(question: str, said: str, lines: tuple[str, ...]) -> None:
    known = Details(authors=(Person("Ogden"),))
    two = Set([replace(paper("Bees"), details=known), replace(paper("Ice", " "), details=known)])
    told, named = about_set.lacking(question, two)
    assert (told.removesuffix(" They are found by title, listed and cited."), named) == (said, lines)


def test_of_very_many_without_an_abstract_the_first_are_named() -> None:
    many = Set([paper(f"Ice {n}", "") for n in range(300)])
    said, lines = about_set.lacking("papers with no abstract", many)
    assert said.endswith("The first 100:")
    assert len(lines) == 100
