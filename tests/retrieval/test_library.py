"""The library: papers searched, read, listed and judged, over one store."""

from collections.abc import Iterator

import pytest

from paperchat.retrieval.library import Library
from paperchat.storage.store import Store
from tests.samples import GRAPHS, LESSONS, PAPERS, SPEECH, HashEmbedder, paper_texts


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


def test_with_and_without_a_not_a_list_has_other_papers(library: Library) -> None:
    told = {one.paper for one in library.survey("papers on graphs").results}
    left = library.survey("papers that are not on graphs?")
    rest = {one.paper for one in left.results}
    assert left.left_out == "on graphs"
    assert told == {GRAPHS}
    assert rest == set(PAPERS) - told
    assert not library.survey("papers on graphs, but not with masks").results
