"""Only papers disagree: what asks where they do, and on what."""

import pytest

from paperchat.dialogue.conversation import Conversation
from paperchat.dialogue.tasks import TASKED, Wish, wished
from paperchat.types import Turn
from tests.samples import GRAPHS, PAPERS, SPEECH, Shelf

SHELF = Shelf(PAPERS, PAPERS)


def wish(question: str, *turns: Turn, act: str = "") -> Wish | None:
    return wished(question, Conversation(turns, SHELF), act) if TASKED.search(question) else None


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("Do the papers disagree on anything?", ""),
        ("do these papers contradict each other?", ""),
        ("Where do the papers disagree?", ""),
        ("Are there contradictions in the set?", ""),
        ("Any conflicting results?", ""),
        ("Do the papers agree on masked autoencoders?", "masked autoencoders"),
        ("Do the papers on soil erosion contradict one another?", "soil erosion"),
        ("Are there conflicting findings about vitamin D?", "vitamin D"),
        ("contradictions between the studies on tafenoquine", "tafenoquine"),
        ("Who else reports on contrastive learning, and do they agree?", "contrastive learning"),
        ("who writes about soil erosion and do they all agree?", "soil erosion"),
    ],
)
def test_papers_are_held_against_each_other(question: str, subject: str) -> None:
    assert wish(question) == Wish("conflict", subject)


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("Does any paper contradict that salt raises blood pressure?", "salt raises blood pressure"),
        ("Who else reports that irrigation saves water, and do they agree?", "irrigation saves water"),
        ("Which papers refute the claim that larger models learn faster?", "larger models learn faster"),
    ],
)
def test_a_claim_is_held_against_papers(question: str, claim: str) -> None:
    assert wish(question) == Wish("conflict", claim, claims=True)


@pytest.mark.parametrize(
    "question",
    [
        "Which papers handle conflicting gradients?",
        "Does GraphMAE agree with human judgement?",
        "What is a conflict of interest?",
        "How do annotators who disagree get paid?",
        "Who reports on soil erosion?",
        "Which papers study disagreement among annotators?",
    ],
)
def test_what_is_asked_of_a_topic_or_a_method_is_none(question: str) -> None:
    found = wish(question)
    assert found is None or found.task != "conflict"


def test_they_are_the_papers_above() -> None:
    turn = Turn("Which papers mask?", "Two.", (GRAPHS.title, SPEECH.title), "list")
    found = wish("Do they disagree?", turn)
    assert found is not None
    assert set(found.among) == {GRAPHS, SPEECH}
