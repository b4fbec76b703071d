"""The App is a facade over its parts, and understands a follow-up in one way."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from paperchat.app import App
from paperchat.settings import WITHOUT_MODEL
from paperchat.storage.answer_codec import VERSION, packed, unpacked
from paperchat.types import Turn
from tests.conftest import NO_OLLAMA
from tests.shipped import QUESTION, last, open_app

PAIR = ("GraphMAE: Self-Supervised Masked Graph Autoencoders", "Barlow Twins: Self-Supervised Learning via Redundancy")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, data: Path) -> Iterator[App]:
    own = Path(shutil.copytree(data, tmp_path_factory.mktemp("app") / "own"))
    with open_app(own, NO_OLLAMA) as opened:
        yield opened


def test_the_app_has_eleven_members_at_most(app: App) -> None:
    parts = {name for name in vars(app) if not name.startswith("_")}
    own = {name for name in vars(App) if not name.startswith("__")}
    assert len(parts | own) <= 11, sorted(parts | own)


@pytest.mark.parametrize(
    "question",
    [
        "which needs negative samples?", "What data was the second one evaluated on?", "do they need labels?",
        "Which papers use masked image modelling?", "and its loss?", "Does GBRL need a simulator?",
    ],
)  # fmt: skip
def test_a_follow_up_is_understood_alike_by_search_and_ask(app: App, question: str) -> None:
    titles = tuple(paper.title for paper in app.library.papers if paper.title.startswith(PAIR))
    assert len(titles) == 2
    history = [Turn("compare GraphMAE with Barlow Twins", "", titles)]
    *_, answer = app.ask(question, history, choice=WITHOUT_MODEL)
    found = app.search(question, 8, history)
    if not answer.lead:  # a list is of all papers that qualify
        assert [result.paper for result in found] == [result.paper for result in answer.results]
    deeper = app.search(question, 12, history)
    assert [result.rank for result in deeper] == list(range(1, 13))
    assert deeper[:8] == found
    assert app.search(question, 3, history) == found[:3]
    assert len({result.paper.id for result in deeper}) == 12


def test_an_answer_has_its_receipt_and_a_comparison_its_cells(app: App) -> None:
    *_, answer = app.ask("compare GraphMAE with D-SLA", choice=WITHOUT_MODEL)
    assert answer.table is not None
    receipt = app.receipts.make(answer)
    assert receipt.table is not None
    assert receipt.table.aspects == answer.table.aspects
    assert app.receipts.replay(receipt).holds
    assert f"| {answer.table.aspects[0]} |" in app.receipts.text(answer, "md")
    provenance = app.receipts.provenance(written=False)
    assert (provenance.papers, provenance.model) == (len(app.library.papers), None)


def test_papers_are_offered_as_one_types_and_a_draft_is_traced_to_their_sentences(data: Path) -> None:
    with open_app(data, NO_OLLAMA) as app:
        assert app.library.suggest(" ", 5) == ()
        assert app.library.suggest("grafmae", 5)[0].paper.title.startswith("GraphMAE")
        claim = app.library.suggest("a masked autoencoder that reconstructs graph features", 3)
        assert "GraphMAE" in claim[0].paper.title
        assert claim[0].sentence
        kept, bent = app.checker.trace(
            "GraphMAE focuses on feature reconstruction with a masking strategy and scaled cosine error. "
            "Barlow Twins requires large batches and asymmetry between the network twins."
        )
    assert [(one.stance, one.paper.title[:8]) for one in kept.found] == [("supports", "GraphMAE")]
    assert [(one.stance, one.paper.title[:6]) for one in bent.found] == [("contradicts", "Barlow")]
    (sentence,) = [one.sentence for one in bent.found]
    assert bent.found[0].paper.abstract[sentence.start : sentence.end] == sentence.text


def test_a_receipt_names_the_settings_that_the_answer_was_made_with(data: Path) -> None:
    with open_app(data, NO_OLLAMA, papers=3) as app:
        kept = unpacked(QUESTION, VERSION, packed(last(app.ask(QUESTION))))
    with open_app(data, NO_OLLAMA, papers=8) as app:
        assert app.receipts.make(kept).settings["papers"] == 3
        assert app.receipts.make(replace(kept, settings={})).settings["papers"] == 8  # kept by an older paperchat


EXAMPLES = {
    "What accuracy does Mugs reach on ImageNet?": ({"Mugs"}, "82.1"),
    "Which papers work on graphs?": ({"GraphMAE", "GraphGPT"}, "graph"),
    "How can reinforcement learning use gradient boosting trees?": (
        {"Gradient Boosting Reinforcement Learning"},
        "GBRL",
    ),
    "Compare GraphMAE with D-SLA": ({"GraphMAE"}, "discrepancy"),
}
"""The examples on the empty page: names of papers that an answer cites, and what it says."""


def test_each_example_has_its_answer(data: Path) -> None:
    with open_app(data, NO_OLLAMA) as app:
        assert set(app.library.examples()) == set(EXAMPLES)
        for question, (names, words) in EXAMPLES.items():
            answer = last(app.ask(question))
            assert names <= {paper.title.split(":")[0] for paper in answer.cited}, question
            assert (words in answer.text, answer.abstained) == (True, False), question
