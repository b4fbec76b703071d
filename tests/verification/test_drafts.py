"""A draft traced to the sentences that support or contradict it."""

import pytest

from paperchat.text.sentences import paper_sentences
from paperchat.types import Backing, Check, Paper, Sentence
from paperchat.verification.drafts import Held, trace
from paperchat.verification.features import Features, Findings
from paperchat.verification.rules import ClaimFault

ONE = Paper("1", "First: A Method", "We beat ImageNet. It uses CutMix.", "f")
TWO = Paper("2", "Second", "A cut and a mix. More of it.", "f")


def traced(claim: str, *kinds: str, verdict: str = "unsupported", near: float = 0.9) -> tuple[Backing, ...]:
    """Return what is found of a claim beside each paper's sentences, when the checker finds these faults of it."""
    faults = tuple(ClaimFault(kind, 0, 1, f"{kind}!") for kind in kinds)  # type: ignore[arg-type]
    findings = Findings(Features(0.5, 0.5), faults, (0,))

    def held(paper: Paper, sentence: Sentence) -> Held:
        score = 0.9 if sentence.number else 0.6 + 0.1 * (paper is TWO)
        return Held(paper, sentence, Check(verdict, score, ""), findings, near)  # type: ignore[arg-type]

    pairs = [held(paper, sentence) for paper in (ONE, TWO) for sentence in paper_sentences(paper)]
    (only,) = trace(claim, lambda _: pairs)
    assert only.text == claim
    return only.found


def test_the_surest_sentence_of_each_paper_supports_a_claim():
    found = traced("It does.", verdict="supported")
    assert [(b.paper.id, b.sentence.number, b.stance, b.score) for b in found] == [
        ("1", 1, "supports", 0.9), ("2", 1, "supports", 0.9),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "kinds", "near", "papers"),
    [
        ("It does not.", ["direction"], 0.9, ["1", "2"]),
        ("It does not.", ["direction"], 0.4, []),
        ("It gains 9%.", ["number"], 0.9, []),  # of another paper, for all one knows
        ("First gains 9%.", ["number"], 0.9, ["1"]),
        ("First gains 9%.", ["number", "name"], 0.9, []),
        ("Nothing here.", [], 0.9, []),
    ],
)
def test_a_fault_of_a_claim_near_a_sentence_contradicts_it(
    claim: str, kinds: list[str], near: float, papers: list[str]
):
    found = traced(claim, *kinds, near=near)
    assert [backing.paper.id for backing in found] == papers
    assert all((b.stance, b.score, b.reason) == ("contradicts", near, f"{kinds[0]}!") for b in found)


def test_each_sentence_of_a_draft_is_traced():
    assert [one.text for one in trace("One is. Two is.", lambda _: ())] == ["One is.", "Two is."]
