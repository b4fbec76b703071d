"""A name that no paper found has is looked for in the whole set."""

from collections.abc import Iterator

import pytest

from paperchat.retrieval.elsewhere import with_named
from paperchat.retrieval.search import search
from paperchat.storage.store import Store
from paperchat.types import Paper
from tests.samples import GRAPHS, HashEmbedder, many_papers, paper

NAMED = (
    paper("Big Models Are Strong", "We pretrain SimCLRv2 on images."),
    paper("Masks for Molecules", "We rebuild what a Graph-Mask hides."),
    paper("Adults at Risk", "Of all adults of the Third National Health and Nutrition Examination Survey, one is ill."),
    paper("Where Volunteers Live", "They live in Cabarrus County, NC."),
    paper("KestrelNet: Birds", "Birds are seen from afar."),
    paper("Birds at Night", "KestrelNet does not see them at night. So KestrelNet fails. KestrelNet is blind."),
    paper("Letters Apart", "We name it Q-T-Net for short."),
    paper("Letters by Letters", "We name it P-Q-R-S for short."),
    paper("Layers", "There is VGG16 in it."),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = Store(tmp_path_factory.mktemp("store"), HashEmbedder(), lambda line: None, lambda done, total: None)
    made.add((GRAPHS, *NAMED, *many_papers(30, 4)))
    made.refresh()
    yield made
    made.close()


def found(store: Store, question: str, limit: int = 2) -> list[Paper]:
    """What is added to the `limit` papers that a search finds."""
    reading = with_named(store, search(store, HashEmbedder(), question, limit))
    assert [result.rank for result in reading.results] == list(range(1, len(reading.results) + 1))
    assert [text.paper for text in reading.texts] == [result.paper for result in reading.results]
    return [result.paper for result in reading.results][limit:]


FINDINGS = "Finding 3 dash 1 and finding 4 dash 2 hold for set 3 or 8 of paper number 3 and 4"


@pytest.mark.parametrize(
    ("name", "paper"),
    [
        ("SimCLR v2", NAMED[0]),
        ("SimCLR-2", NAMED[0]),
        ("GraphMask", NAMED[1]),
        ("NHANES III", NAMED[2]),
        ("North Carolina", NAMED[3]),
        ("KestralNet", NAMED[4]),
        ("Graph MAE", GRAPHS),
        ("SimCLRv2s", NAMED[0]),
        ("QTNet", NAMED[6]),
        ("PQRS", NAMED[7]),
        ("VGG", NAMED[8]),
    ],
)
def test_a_name_is_found_however_it_is_written(store: Store, name: str, paper: Paper) -> None:
    assert found(store, f"{FINDINGS}, and what of {name}?") == [paper]


@pytest.mark.parametrize("name", ["SimCLR v3", "FooNet", "NHANES II", "SAM"])
def test_a_name_that_no_paper_has_adds_none(store: Store, name: str) -> None:
    assert found(store, f"{FINDINGS}, and what of {name}?") == []


def test_two_words_of_a_question_are_one_name_where_the_papers_write_one(store: Store) -> None:
    for question, names in (
        ("What does Sim CLRv2 pretrain?", ("Sim CLRv2",)),
        ("Does Kestrel Net see GraphMAE?", ("Kestrel Net", "GraphMAE")),
        ("What do Graphs and Foo Bar pretrain?", ("Graphs", "Foo Bar")),
    ):
        assert with_named(store, search(store, HashEmbedder(), question, 8)).demands.names == names


def test_a_work_that_is_compared_is_found_by_its_title(store: Store) -> None:
    assert NAMED[4] in found(store, f"Compare KestrelNet and GraphMAE: {FINDINGS}, KestrelNet fails at night", 1)


def test_nothing_is_added_where_nothing_was_found(store: Store) -> None:
    assert found(store, "the of and", 0) == []
