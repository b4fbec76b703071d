"""Papers without an abstract are kept, embedded by their titles, found, listed, cited and counted; none is quoted."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from paperchat.app import App
from paperchat.settings import WITHOUT_MODEL, Settings
from paperchat.storage.chunking import chunk_paper
from paperchat.storage.incoming import Order
from paperchat.types import Answer, Turn
from tests.conftest import NO_OLLAMA
from tests.samples import paper

BIB = """
@article{a, title={Frobnication of Widgets at Scale}, author={Ogden, Maria}, year={2019}}
@article{b, title={Grommets: A Survey of Widgets}, author={Doe, Ann}, year={2020}}
@article{c, title={Sprockets in Practice}, author={Roe, Bob}, year={2021},
  abstract={We study sprockets in practice. Sprockets lower the error of widgets by 12 points on SprocketBench.}}
"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    folder = tmp_path_factory.mktemp("bare")
    (folder / "refs.bib").write_text(BIB)
    settings = Settings(folder / "store", ollama_host=NO_OLLAMA)
    with App(settings, lambda line: None, lambda done, total: None, Order((folder / "refs.bib",))) as made:
        yield made


def last(app: App, question: str) -> Answer:
    *_, answer = app.ask(question)
    assert all(sentence.text for sentence in answer.sentences)
    assert all(citation.quote for sentence in answer.said for citation in sentence.citations)
    return answer


def test_a_title_alone_is_one_chunk_of_no_sentence() -> None:
    ((chunk, sentences),) = chunk_paper(paper("Only a title", " \n"))
    assert (chunk.text, chunk.spans, sentences) == ("", (), ())


def test_they_are_counted_in_the_report_and_in_the_set(app: App) -> None:
    assert (app.imports.report.added, app.imports.report.without_abstract) == (3, 2)
    assert last(app, "How many papers are there?").text.startswith("3 papers")


@pytest.mark.parametrize("typed", ["frobnication of widgets", "Frobnication of Widgets at Scale", "Ogden 2019"])
def test_they_are_found_by_title_and_by_author(app: App, typed: str) -> None:
    assert app.library.suggest(typed, 3)[0].paper.title == "Frobnication of Widgets at Scale"
    assert app.search(typed, 3)[0].paper.title == "Frobnication of Widgets at Scale"


def test_they_are_listed_by_their_titles(app: App) -> None:
    answer = last(app, "Which papers are about widgets?")
    assert {"Frobnication of Widgets at Scale", "Grommets: A Survey of Widgets"} <= {
        result.paper.title for result in answer.results
    }
    assert "Frobnication of Widgets at Scale" in answer.text


def test_what_is_asked_about_one_is_answered_by_saying_that_it_has_no_abstract(app: App) -> None:
    answer = last(app, "What error does “Frobnication of Widgets at Scale” report?")
    assert answer.abstained
    assert not answer.cited
    answer = last(app, "Compare Frobnication of Widgets with Grommets")
    assert not answer.cited


def test_what_another_paper_tells_is_answered_from_that(app: App) -> None:
    answer = last(app, "By how much do sprockets lower the error of widgets?")
    assert [cited.title for cited in answer.cited] == ["Sprockets in Practice"]


def test_a_store_opens_again_with_them(app: App, tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text(BIB)
    for once in (False, True):
        settings = Settings(tmp_path / "store", ollama_host=NO_OLLAMA)
        order = Order() if once else Order((tmp_path / "refs.bib",))
        with App(settings, lambda line: None, lambda done, total: None, order, once) as again:
            assert len(again.library.papers) == len(app.library.papers)
            assert again.search("frobnication", 1)[0].sentences == ()


@pytest.mark.parametrize(
    "question",
    [
        "Summarise “Frobnication of Widgets at Scale”",
        "What are the limitations of “Grommets: A Survey of Widgets”?",
        "Write a related work paragraph on widgets",
        "Give me a reading list on widgets",
        "What is a widget?",
        "What is in here?",
        "Which papers are like Frobnication of Widgets at Scale?",
    ],
)
def test_no_request_trips_over_them(app: App, question: str) -> None:
    assert last(app, question).stage == "done"


@pytest.mark.parametrize("form", ["shorter", "longer", "simpler", "in other words", "in one sentence", "as a table"])
@pytest.mark.parametrize("question", ["What lowers the error of widgets?", "Write a related work paragraph on widgets"])
def test_an_answer_that_cites_one_has_other_forms(app: App, question: str, form: str) -> None:
    cited = ("Frobnication of Widgets at Scale", "Sprockets in Practice")
    turn = Turn(question, "Work on widgets found that their errors fall.", cited, "text")
    *_, answer = app.ask(form, (turn,), WITHOUT_MODEL)
    assert {citation.title for sentence in answer.said for citation in sentence.citations} == {cited[1]}
    assert answer.stage == "done"
