"""Papers found as one types, and what backs a draft."""

import pytest

from paperchat.faults import Fault
from paperchat.features import Features, Findings
from paperchat.lookup import Titles, named, suggestions
from paperchat.papers import SHIPPED, read_page
from paperchat.sentences import split_sentences
from paperchat.trace import trace
from paperchat.types import Backing, Check, Paper, Result, Sentence, Suggestion

PAPERS = read_page(SHIPPED)
TITLES = Titles(PAPERS)
GRAPHMAE = "GraphMAE: Self-Supervised Masked Graph Autoencoders"


@pytest.mark.parametrize(
    ("typed", "title", "reason"),
    [
        ("graphm", GRAPHMAE, "title"),
        ("masked graph auto", GRAPHMAE, "title"),
        ("Self-supervised MASKED graph", GRAPHMAE, "title"),
        ("grafmae autoencoders", GRAPHMAE, "title, spelt otherwise"),
        ("barlov twins", "Barlow Twins: Self-Supervised Learning via Redundancy Reduction", "title, spelt otherwise"),
        ("SiT", "SiT: Self-supervised vIsion Transformer", "title"),
    ],
)
def test_a_title_is_found_though_begun_shortened_or_misspelt(typed: str, title: str, reason: str):
    first = TITLES.near(typed)[0]
    assert (first.paper.title, first.reason) == (title, reason)


@pytest.mark.parametrize("typed", ["", "...", "zzz", "a poem about autumn leaves"])
def test_what_no_title_has_finds_none(typed: str):
    assert TITLES.near(typed) == []


def sentences_of(paper: Paper) -> tuple[Sentence, ...]:
    spans = enumerate(split_sentences(paper.abstract))
    return tuple(Sentence(paper.id, n, start, end, paper.abstract[start:end]) for n, (start, end) in spans)


ONE = Paper("1", "First: A Method", "We beat ImageNet. It uses CutMix.", "f")
TWO = Paper("2", "Second", "A cut and a mix. More of it.", "f")


def test_a_name_is_found_as_a_whole_word_of_an_abstract():
    rows = [(paper, sentences_of(paper)) for paper in (ONE, TWO)]
    assert [(paper.id, sentence.text) for paper, sentence in named("cutmix ", rows)] == [("1", "It uses CutMix.")]
    assert [paper.id for paper, _ in named("cut", rows)] == ["2"]


def test_each_paper_is_offered_once_and_what_is_only_alike_for_a_claim_only():
    results = [Result(TWO, 1, 1.0, None, None, sentences_of(TWO)), Result(ONE, 2, 0.5, None, None, sentences_of(ONE))]
    title, name = Suggestion(ONE, "title"), (ONE, sentences_of(ONE)[1])
    assert suggestions("one word", [title], results, [name], 5) == (title,)
    offered = suggestions("three words typed", [], results, [name], 5)
    assert [(one.paper.id, one.reason) for one in offered] == [("1", "“It uses CutMix.”"), ("2", "“A cut and a mix.”")]
    assert len(suggestions("three words typed", [], results, [name], 1)) == 1


def traced(claim: str, *kinds: str, verdict: str = "unsupported", near: float = 0.9) -> tuple[Backing, ...]:
    """Return what is found of a claim beside each paper's sentences, when the checker finds these faults of it."""
    faults = tuple(Fault(kind, 0, 1, f"{kind}!") for kind in kinds)  # type: ignore[arg-type]
    findings = Findings(Features(0.5, 0.5), faults, (0,))

    def judge(_: str, paper: Paper, sentence: Sentence) -> tuple[Check, Findings, float]:
        score = 0.9 if sentence.number else 0.6 + 0.1 * (paper is TWO)
        return Check(verdict, score, ""), findings, near  # type: ignore[arg-type]

    results = [Result(paper, 1, 1.0, None, None, sentences_of(paper)) for paper in (ONE, TWO)]
    (only,) = trace(claim, lambda _: results, judge)
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
    assert [one.text for one in trace("One is. Two is.", lambda _: (), lambda *_: None)] == ["One is.", "Two is."]  # type: ignore[arg-type]
