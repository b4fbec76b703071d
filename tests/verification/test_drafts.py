"""A draft traced to the papers that support or contradict it."""

import pytest

from paperchat.errors import InputError
from paperchat.text.abstracts import paper_sentences
from paperchat.types import Backing, Check, Paper
from paperchat.verification.drafts import MOST, UNCLEAR, Held, names, trace
from paperchat.verification.features import Features, Findings
from paperchat.verification.rules import ClaimFault

ONE = Paper("1", "First: A Method", "We beat ImageNet. It uses CutMix.", "f")
TWO = Paper("2", "Second", "A cut and a mix. More of it.", "f")


def held(paper: Paper, verdict: str, *kinds: str, near: float = 0.6, named: bool = False) -> Held:
    """Return a paper that a claim was held against, with this verdict, these faults, and the score but for them."""
    faults = tuple(ClaimFault(kind, 0, 1, f"{kind}!") for kind in kinds)  # type: ignore[arg-type]
    check = Check(verdict, 0.9 if verdict == "supported" else 0.1, "Why.")  # type: ignore[arg-type]
    return Held(paper, paper_sentences(paper)[0], check, Findings(Features(0.5, 0.5, 0.0), faults, (0,)), near, named)


def traced(claim: str, *pairs: Held) -> tuple[Backing, ...]:
    """Return what is found of a claim."""
    (only,) = trace(claim, lambda _: pairs)
    assert only.text == claim
    return only.found


def test_each_paper_that_supports_a_claim_is_told() -> None:
    found = traced("It does so.", held(ONE, "supported"), held(TWO, "supported"))
    assert [(b.paper.id, b.sentence.number, b.stance, b.score) for b in found] == [
        ("1", 0, "supports", 0.9), ("2", 0, "supports", 0.9),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "one", "stances"),
    [
        ("It does not.", held(ONE, "unsupported", "direction"), [("contradicts", "direction!")]),
        ("It does not.", held(ONE, "unsupported", "direction", near=0.4), []),
        ("It gains 9%.", held(ONE, "unsupported", "number"), []),  # of another paper, for all one knows
        ("First gains 9%.", held(ONE, "unsupported", "number", named=True), [("contradicts", "number!")]),
        ("First gains 9%.", held(ONE, "unsupported", "number", "name", named=True), [("unclear", UNCLEAR)]),
        ("Nothing is here.", held(ONE, "unsupported"), []),
    ],
)
def test_what_contradicts_is_said_of_what_is_near_or_named(
    claim: str, one: Held, stances: list[tuple[str, str]]
) -> None:
    assert [(b.stance, b.reason) for b in traced(claim, one)] == stances


def test_a_paper_that_is_named_and_says_neither_is_unclear() -> None:
    (found,) = traced("First is contrastive.", held(ONE, "unsure", named=True), held(TWO, "unsupported"))
    assert (found.paper.id, found.stance) == ("1", "unclear")


def test_a_claim_that_names_a_paper_is_about_that_one() -> None:
    found = traced("First does not.", held(TWO, "unsupported", "direction"), held(ONE, "supported", named=True))
    assert [(b.paper.id, b.stance) for b in found] == [("1", "supports")]


def test_no_stranger_contradicts_what_another_supports() -> None:
    found = traced("It does not.", held(TWO, "unsupported", "direction"), held(ONE, "supported"))
    assert [(b.paper.id, b.stance) for b in found] == [("1", "supports")]


def test_each_claim_of_a_draft_is_traced_without_its_marks() -> None:
    asked: list[str] = []
    draft = "# Words\n\nOne is here [3]. Two is there."
    found = list(trace(draft, lambda claim: asked.append(claim) or ()))  # type: ignore[func-returns-value]
    assert [one.text for one in found] == ["One is here [3].", "Two is there."]
    assert [draft[one.start : one.end] for one in found] == [one.text for one in found]
    assert asked == ["One is here.", "Two is there."]


@pytest.mark.parametrize("draft", ["", " \n", "a" * (MOST + 1)])
def test_a_draft_without_text_or_with_too_much_is_an_error(draft: str) -> None:
    with pytest.raises(InputError, match="draft"):
        list(trace(draft, lambda _: ()))


@pytest.mark.parametrize(
    ("claim", "named"), [("First gains 9%.", True), ("It uses CutMix on A first try.", True), ("Seconds pass.", False)]
)
def test_a_claim_names_a_paper_by_what_its_title_begins_with(claim: str, named: bool) -> None:
    assert names(claim, ONE) is named
