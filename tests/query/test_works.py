"""The works that a question names side by side, and the papers that they are of."""

from dataclasses import replace

import pytest

from paperchat.query.intent import Demands, kind_of, read_demands
from paperchat.query.works import are_several, beside, home, is_called, namesakes, subjects
from tests.samples import GRAPHS, QUESTIONS, SPEECH, paper, paper_texts


def demands(question: str) -> Demands:
    return replace(read_demands(question), kind=kind_of(QUESTIONS.read(question)))


@pytest.mark.parametrize(
    ("question", "groups"),
    [
        ("Compare GraphMAE, D-SLA and GraphGPT", (("GraphMAE", "D-SLA", "GraphGPT"),)),
        ("How does GraphMAE differ from D-SLA?", (("GraphMAE", "D-SLA"),)),
        ("What ImageNet accuracy do SimCLR and ReMix report?", (("SimCLR", "ReMix"),)),
        ("Is the GraphMAE paper or the D-SLA one better?", (("GraphMAE", "D-SLA"),)),
        ("GraphMAE \u548c D-SLA \u6709\u4ec0\u4e48\u4e0d\u540c\uff1f", (("GraphMAE", "D-SLA"),)),
        ("Was unterscheidet GraphMAE und D-SLA?", (("GraphMAE", "D-SLA"),)),
        ("Does GraphMAE beat D-SLA?", ()),
        ("Which COCO AP does GraphMAE reach with R-CNN?", ()),
        ("GraphMAE on CiteSeer and PubMed?", (("CiteSeer", "PubMed"),)),
    ],
)
def test_names_stand_side_by_side(question: str, groups: tuple[tuple[str, ...], ...]) -> None:
    assert beside(question, demands(question)) == groups


def test_works_are_compared_only_by_a_comparison() -> None:
    question = "Compare GraphMAE with D-SLA"
    compared = demands(question)
    assert subjects(question, compared) == ("GraphMAE", "D-SLA")
    assert subjects(question, replace(compared, kind="one")) == ()


def test_a_name_is_of_the_paper_that_is_called_so_and_else_of_the_one_that_has_it_most() -> None:
    uses = paper("Masks with GraphMAE", "We use GraphMAE. GraphMAE is quick. GraphMAE and Mira win.")
    other = paper("On masks", "Mira is new. Mira masks.")
    texts = paper_texts(uses, GRAPHS, other, SPEECH)
    assert [home(name, texts) for name in ("GraphMAE", "Mira", "FooNet")] == [1, 2, None]


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("What do GraphMAE and Wav2Tok report?", True),
        ("What accuracy do GraphMAE and Mira reach on PubMed?", True),
        ("What accuracy does GraphMAE reach on LibriSpeech?", False),
        ("Which accuracy on Cora and LibriSpeech?", False),
    ],
)
def test_works_of_several_papers_are_asked_each_of_its_own(question: str, several: bool) -> None:
    texts = paper_texts(GRAPHS, SPEECH, paper("On masks", "Mira is new."))
    assert are_several(question, read_demands(question), texts) is several


def test_papers_of_one_name_are_called_so_before_the_colon() -> None:
    other = paper("Graph-MAE: Another One", "We mask edges.")
    texts = paper_texts(GRAPHS, SPEECH, other)
    assert is_called(texts[2], "GraphMAE")
    assert not is_called(texts[1], "GraphMAE")
    assert namesakes(("Cora", "graphmae"), texts) == (0, 2)
    assert namesakes(("Wav2Tok",), texts) == ()
