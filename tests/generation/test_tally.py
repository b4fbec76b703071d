"""Authors, journals and keywords of the set are counted from the record."""

import pytest

from paperchat.generation.tally import MOST, told_of_set
from paperchat.types import Paper
from tests.samples import SHELF, Shelf, dated, paper


def told(question: str, *papers: Paper) -> tuple[str, tuple[str, ...]]:
    return told_of_set(question, Shelf(papers))


@pytest.mark.parametrize(
    ("question", "said", "first"),
    [
        ("Which authors are in here?", "4 of 5 papers, 4 authors:", "Ada Ogden: 2 papers"),
        (
            "which journals are there?",
            "4 of 5 papers, 4 journals:",
            "Advances in Neural Information Processing Systems",
        ),
        ("most common keywords?", "4 of 5 papers, 5 keywords:", "graphs: 1 paper"),
    ],
)
def test_the_most_frequent_come_first(question: str, said: str, first: str) -> None:
    line, lines = told(question, *SHELF)
    assert line == said
    assert lines[0].startswith(first)


def test_of_very_many_those_of_most_papers_are_told() -> None:
    many = [dated(paper(f"On {n}", "It is so."), f"Ada No{n}", 2020, "Nature") for n in range(40)]
    said, lines = told("who are the most frequent authors?", *many)
    assert said == "40 papers, 40 authors; those of most papers:"
    assert len(lines) == MOST
    assert told("which journals are there?", *many) == ("40 papers, 1 journal:", ("Nature: 40 papers",))


def test_what_the_record_does_not_tell_is_said() -> None:
    assert told("which authors are here?", paper("On", "It is.")) == ("The record tells no authors of this paper.", ())
    assert told("which authors are here?")[0].startswith("There are no papers")
