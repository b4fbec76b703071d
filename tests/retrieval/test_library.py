"""The library: papers searched, read, listed and judged, over one store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from paperchat.bibliography import Scope
from paperchat.retrieval.library import Library
from paperchat.storage.store import Store
from tests.conftest import NO_OLLAMA
from tests.samples import GRAPHS, LESSONS, PAPERS, SHELF, SPEECH, HashEmbedder, paper_texts
from tests.shipped import open_app

GRAPHS_OF_SHELF = SHELF[0]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    embedder = HashEmbedder()
    store = Store(tmp_path_factory.mktemp("library"), embedder, lambda line: None, lambda done, total: None)
    store.add(PAPERS)
    store.refresh()
    yield Library(store, embedder, LESSONS, 2)
    store.close()


def test_a_search_finds_its_usual_number_or_as_many_as_told(library: Library) -> None:
    found = library.search("accuracy on Cora")
    assert (found.results[0].paper, len(found.results)) == (GRAPHS, 2)
    assert [text.paper for text in found.texts] == [result.paper for result in found.results]
    assert len(library.search("accuracy on Cora", 1).results) == 1
    assert library.search("the of and").results == ()


def test_the_library_that_finds_another_number_is_kept_and_leaves_this_one_as_it_is(shelf: Library) -> None:
    other = shelf.finding(1)
    assert len(other.search("graphs").results) == 1
    assert len(shelf.search("graphs").results) > 1
    assert (shelf.finding(1) is other, other.finding(1) is other) == (True, True)
    assert {paper.id for paper in other.narrowed(Scope(authors=("Wei Li",))).papers} < set(shelf.whole)


def test_papers_are_read_once_and_as_anyone_reads_them(library: Library) -> None:
    first, second = library.read([SPEECH]), library.read([SPEECH, GRAPHS])
    assert second[0] is first[0]
    assert second == paper_texts(SPEECH, GRAPHS)


def test_subjects_are_those_of_the_whole_set(library: Library) -> None:
    assert library.themes().judged == len(PAPERS)


def test_papers_are_known_by_their_titles(library: Library) -> None:
    assert library.titles.get("graphmae masked graphs") == GRAPHS
    assert "graphmae" not in library.titles


def test_what_was_found_is_judged_by_the_whole_set(library: Library) -> None:
    assert library.judge(library.search("What accuracy does GraphMAE reach on Cora?")).answerable
    assert library.judge(library.search("What accuracy does GraphMAE reach on PubMed?")).missing == ("PubMed",)


def test_a_survey_is_of_all_papers_or_of_those_given(library: Library) -> None:
    found = library.survey("which papers work on graphs?")
    assert ([result.paper for result in found.results], found.papers) == ([GRAPHS], len(PAPERS))
    assert library.survey("which papers work on graphs?", [SPEECH]).results == ()


def test_papers_are_suggested_by_what_is_typed(library: Library) -> None:
    (first, *_) = library.suggest("wav2", 5)
    assert first.paper == SPEECH
    assert [one.paper for one in library.suggest("edge devices", 1)] == [PAPERS[2]]


def test_the_examples_of_a_set_ask_for_its_papers(library: Library) -> None:
    examples = library.examples()
    assert len(examples) == len(PAPERS)
    for question, paper in zip(examples, library.papers, strict=True):
        assert paper.title in question
        assert library.search(question).results[0].paper == paper


def test_examples_that_were_tried_come_before_those_that_were_not(library: Library) -> None:
    try:
        library.tried[:] = ["What do speech tokens do?"]
        assert library.examples() == library.finding(3).examples() == ("What do speech tokens do?",)
    finally:
        library.tried.clear()


def test_with_and_without_a_not_a_list_has_other_papers(library: Library) -> None:
    told = {one.paper for one in library.survey("papers on graphs").results}
    left = library.survey("papers that are not on graphs?")
    rest = {one.paper for one in left.results}
    assert left.left_out == "on graphs"
    assert told == {GRAPHS}
    assert rest == set(PAPERS) - told
    assert not library.survey("papers on graphs, but not with masks").results


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    embedder = HashEmbedder()
    store = Store(tmp_path_factory.mktemp("shelf"), embedder, lambda line: None, lambda done, total: None)
    store.add(SHELF)
    store.refresh()
    yield Library(store, embedder, LESSONS, 8)
    store.close()


def test_some_papers_alone_are_searched_listed_counted_and_suggested(shelf: Library) -> None:
    part = shelf.narrowed(Scope(authors=("Ogden",)))
    assert part.papers == (GRAPHS_OF_SHELF, SHELF[2])
    assert {one.paper for one in part.search("walks and hue of graphs").results} == {*part.papers}
    listing = part.survey("papers on graphs")
    assert ([one.paper for one in listing.results], listing.judged, listing.papers) == ([GRAPHS_OF_SHELF], 2, 2)
    assert {one.paper for one in shelf.survey("papers on graphs").results} == {GRAPHS_OF_SHELF, SHELF[-1]}
    assert part.suggest("hue", 5) == ()
    assert part.themes().judged == 2
    assert all(one.title in part.titles for one in SHELF)


def test_a_scope_of_all_is_the_library_itself_and_one_is_narrowed_once(shelf: Library) -> None:
    assert shelf.narrowed(Scope(once=True)) is shelf
    assert shelf.narrowed(Scope(since=2022)) is shelf.narrowed(Scope(since=2022, once=True))
    assert shelf.narrowed(Scope(since=2022)).papers != shelf.narrowed(Scope(since=2023)).papers
    nobody = shelf.narrowed(Scope(authors=("Nobody",)))
    assert (nobody.papers, nobody.search("graphs").results, nobody.survey("papers on graphs").results) == ((), (), ())


def test_what_another_search_finds_is_narrowed_too(shelf: Library) -> None:
    other = shelf.searched_by(shelf.found).narrowed(Scope(until=2019))
    assert [one.paper for one in other.search("graphs and trees").results] == [SHELF[2]]


def test_a_list_over_some_papers_is_that_over_all_without_the_others(data: Path) -> None:
    with open_app(data, NO_OLLAMA) as app:
        half = Scope(papers=tuple(paper.id for paper in app.library.papers[::2]))
        part = app.library.narrowed(half)
        differ = of = 0
        for question in ("Which papers work on graphs?", "papers about contrastive learning", "who uses transformers?"):
            among = {one.paper for one in app.library.survey(question).results if one.paper.id in half.papers}
            found = {one.paper for one in part.survey(question).results}
            assert found & among, question
            differ, of = differ + len(found ^ among), of + len(among)
        assert differ <= 0.2 * of


def test_the_picture_is_made_once_for_the_papers_that_there_are(library: Library) -> None:
    assert library.atlas() is library.atlas() is library.drawn
    assert library.atlas().papers == PAPERS


def test_papers_are_listed_and_found_by_their_like(library: Library) -> None:
    assert library.listed("graphs", "", "title", 1, None).rows == (0,)
    assert SPEECH not in library.alike(SPEECH, 5)
