"""The papers that a comparison sets side by side are found for each of its parts, not for the whole alone."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from paperchat.generation.selection import pick
from paperchat.query.reading import Reading
from paperchat.retrieval.search import search
from paperchat.retrieval.sides import on_one_topic, parts_of, together, with_sides
from paperchat.storage.store import Store
from paperchat.types import Paper
from tests.samples import HashEmbedder, paper

KITES = paper("Kites over the harbour", "Kites fly in the harbour wind. The harbour wind lifts kites well.")
MORE_KITES = paper("More kites in the wind", "Kites fly in the wind. Children like kites in the wind.")
BREAD = paper("Bread of rye", "Rye bread rises slowly. Warm dough rises faster.")
SNOW = paper("Snow on tram lines", "Snow stops trams. Salt melts snow.")
OTHERS = (paper("Owls by night", "Owls hear mice."), paper("Tin whistles", "Whistles are cheap."))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = Store(tmp_path_factory.mktemp("store"), HashEmbedder(), lambda line: None, lambda done, total: None)
    made.add((KITES, MORE_KITES, BREAD, SNOW, *OTHERS))
    made.refresh()
    yield made
    made.close()


def compared(store: Store, question: str) -> Reading:
    """What is found for a question that is read as a comparison, with its sides."""
    found = search(store, HashEmbedder(), question, 8)
    comparing = replace(found, demands=replace(found.demands, kind="compare"))
    return with_sides(comparing, store, HashEmbedder())


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("Kites in the harbour wind versus rye bread: what makes each rise?", {KITES, BREAD}),
        ("rye dough on one hand, salt and snow on the other", {BREAD, SNOW}),
        ("of these three: kites in the harbour wind, rye bread, salt and snow on trams", {KITES, BREAD, SNOW}),
    ],
)
def test_each_thing_compared_has_its_paper(store: Store, question: str, sides: set[Paper]) -> None:
    """The second paper on kites is nearer to the whole question than that on bread, and is left out."""
    reading = compared(store, question)
    assert set(reading.sides) == {one.id for one in sides}
    assert {result.paper.id for result in reading.results[: len(sides)]} == set(reading.sides)
    assert {reading.texts[place].paper.id for place in pick(reading)} == set(reading.sides)


def test_nothing_is_lost_and_what_is_nearest_stays_in_order(store: Store) -> None:
    question = "Kites in the harbour wind versus rye bread"
    before, after = search(store, HashEmbedder(), question, 8), compared(store, question)
    rest = [result.paper.id for result in before.results if result.paper.id not in after.sides]
    assert [result.paper.id for result in after.results] == [*after.sides, *rest]
    assert [result.rank for result in after.results] == list(range(1, len(after.results) + 1))


def test_where_no_more_are_found_than_compared_there_is_nothing_to_choose(store: Store) -> None:
    found = search(store, HashEmbedder(), "kites", 2)
    assert with_sides(found, store, HashEmbedder()) is found


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("GraphMAE vs D-SLA, which one is better?", ("GraphMAE", "D-SLA", "which one is better")),
        ("and, or", ()),
        ("How do kites differ from bread", ("How do kites differ", "bread")),
    ],
)
def test_a_question_is_parted_where_its_things_meet(question: str, parts: tuple[str, ...]) -> None:
    assert parts_of(question) == parts


def test_a_paper_for_each_part_beats_two_for_one() -> None:
    near = np.array([[0.7, 0.9, 0.1], [0.7, 0.9, 0.1], [0.6, 0.1, 0.8]], np.float32)
    assert together(near, np.zeros((3, 0), np.float32), 2) == (0, 2)


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("Tell me about the kite studies and how they differ", {KITES, MORE_KITES}),
        ("compare the papers on wind", {KITES, MORE_KITES}),
    ],
)
def test_papers_on_one_topic_are_set_side_by_side(store: Store, question: str, sides: set[Paper]) -> None:
    reading = compared(store, question)
    assert set(reading.sides) == {one.id for one in sides}
    assert {reading.texts[place].paper.id for place in pick(reading)} == set(reading.sides)


@pytest.mark.parametrize(
    "question", ["How do kites rise in the wind?", "compare the papers on rye", "which papers differ"]
)
def test_one_paper_or_none_on_a_topic_makes_no_comparison_of_it(store: Store, question: str) -> None:
    assert on_one_topic(search(store, HashEmbedder(), question, 8)) == ()
