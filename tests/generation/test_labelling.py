"""Sentences under the labels that a model cites."""

from paperchat.generation.labelling import label_evidence
from paperchat.generation.prompting import evidence_text
from tests.samples import GRAPHS, SPEECH, whole_papers


def test_evidence_has_short_labels_within_the_budget() -> None:
    labelled = label_evidence(whole_papers(GRAPHS, SPEECH), False, 1000)
    assert list(labelled) == ["1a", "1b", "1c", "2a", "2b", "2c"]
    cited = labelled["1c"].citation
    assert cited.quote == GRAPHS.abstract[cited.start : cited.end]
    assert "[1c] GraphMAE reaches 84.2% accuracy on Cora." in evidence_text(labelled)
    assert list(label_evidence(whole_papers(GRAPHS, SPEECH), False, 1)) == ["1a"]
