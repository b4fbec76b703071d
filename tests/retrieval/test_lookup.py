"""Papers found as one types, and what backs a draft."""

import pytest

from paperchat.query.reading import Reading, read
from paperchat.retrieval.lookup import entries_of, suggest
from paperchat.storage.reader import SHIPPED, read_page
from paperchat.text.paper_text import read_papers
from paperchat.text.sentences import paper_sentences
from paperchat.types import Backing, Check, Leg, Paper, Result, Sentence
from paperchat.verification.drafts import Held, trace
from paperchat.verification.features import Features, Findings
from paperchat.verification.rules import ClaimFault

ENTRIES = entries_of(read_page(SHIPPED))


def searched(*results: Result) -> Reading:
    """Return these results as a search finds them."""
    texts = read_papers((result.paper, paper_sentences(result.paper)) for result in results)
    return read("What?", "What?", results, texts)


GRAPHMAE = "GraphMAE: Self-Supervised Masked Graph Autoencoders"


@pytest.mark.parametrize(
    ("typed", "title", "reason"),
    [
        ("graphm", GRAPHMAE, "its name begins so"),
        ("whats the paper behind graphmae?", GRAPHMAE, "its name"),
        ("Self-supervised MASKED graph", GRAPHMAE, "words of its title"),
        ("grafmae paper", GRAPHMAE, "a name spelt alike"),
        ("barlov twins", "Barlow Twins: Self-Supervised Learning via Redundancy Reduction", "a name spelt alike"),
        ("SiT", "SiT: Self-supervised vIsion Transformer", "its name"),
        ("tip", "TIP: Tabular-Image Pre-training for Multimodal Classification with Incomplete Data", "its name"),
        ("tips", "TIPS: Text-Image Pretraining with Spatial Awareness", "its name"),
        ("trasformers can do baysian inferense", "Transformers Can Do Bayesian Inference", "a title spelt alike"),
    ],
)
def test_a_paper_is_found_though_its_title_is_begun_shortened_or_misspelt(typed: str, title: str, reason: str):
    first = suggest(typed, ENTRIES, lambda _: searched(), 5)[0]
    assert (first.paper.title, first.reason) == (title, reason)


def test_near_identical_names_are_both_offered():
    assert [one.paper.title[:4] for one in suggest("TIP", ENTRIES, lambda _: searched(), 5)[:2]] == ["TIP:", "TIPS"]


@pytest.mark.parametrize("typed", ["", "...", "zzz", "a poem about autumn leaves"])
def test_what_no_title_has_finds_none(typed: str):
    assert suggest(typed, ENTRIES, lambda _: searched(), 5) == ()


ONE = Paper("1", "First: A Method", "We beat ImageNet. It uses CutMix.", "f")
TWO = Paper("2", "Second", "A cut and a mix. More of it.", "f")


def test_a_name_that_stands_only_in_an_abstract_comes_before_what_is_only_near():
    results = [Result(paper, 1, 1.0, None, Leg(1, 1.0), paper_sentences(paper)) for paper in (TWO, ONE)]
    found = suggest("cutmix", entries_of((ONE, TWO)), lambda _: searched(*results), 5)
    assert [(one.paper.id, one.reason) for one in found] == [("1", "a sentence says it"), ("2", "near in meaning")]
    assert found[0].sentence == paper_sentences(ONE)[1]
    assert len(suggest("cutmix", entries_of((ONE, TWO)), lambda _: searched(*results), 1)) == 1


def test_one_word_that_no_paper_has_is_near_nothing():
    results = [Result(TWO, 1, 1.0, Leg(1, 0.2), None, paper_sentences(TWO))]
    assert suggest("zzz", entries_of((ONE, TWO)), lambda _: searched(*results), 5) == ()
    assert [one.reason for one in suggest("zzz and more", entries_of((ONE, TWO)), lambda _: searched(*results), 5)] == [
        "near in meaning"
    ]


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
