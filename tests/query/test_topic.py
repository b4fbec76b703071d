"""What a request for papers is about."""

import pytest

from paperchat.query.topic import read_topic, told
from tests.samples import QUESTIONS


@pytest.mark.parametrize(
    ("question", "wanted", "unwanted"),
    [
        ("which papers use masked image modelling?", (("mask", "imag", "model"),), ()),
        ("any on graphs but not molecules?", (("graph",),), (("molecul",),)),
        ("How many papers are about point clouds or 3D scenes?", (("point", "cloud"), ("3d", "scene")), ()),
        ("list everything on multi-task learning", (("multi", "task", "learn"),), ()),
        ("what is there in this collection on x-rays?", (("x", "ray"),), ()),
        ("papers on speech, excluding emotion", (("speech",),), (("emot",),)),
        ("papers on graphs, not molecules", (("graph",),), (("molecul",),)),
        ("which contrastive methods need no negatives?", (("contrast", "need", "negat"),), ()),
    ],
)
def test_the_topic_is_what_remains_without_the_frame(
    question: str, wanted: tuple[tuple[str, ...], ...], unwanted: tuple[tuple[str, ...], ...]
) -> None:
    """Words that frame the request are dropped, alternatives split, exclusions set apart."""
    topic = read_topic(question)
    assert (topic.wanted, topic.unwanted) == (wanted, unwanted)


@pytest.mark.parametrize(
    ("question", "wanted", "unwanted"),
    [
        ("Which papers do not use contrastive learning?", (), (("contrast", "learn"),)),
        ("Which papers about graphs aren't contrastive?", (("graph",),), (("contrast",),)),
        ("which papers are not about vision, and use transformers?", (("transform",),), (("vision",),)),
        ("which papers show that pretraining does not help?", (("pretrain",),), ()),
        ("who else, apart from the tide people, looked at moons?", (("moon",),), (("tide",),)),
        ("papers on graph networks but not on contrastive learning", (("graph", "network"),), (("contrast", "learn"),)),
    ],
)
def test_what_a_request_leaves_out_is_told_apart(
    question: str, wanted: tuple[tuple[str, ...], ...], unwanted: tuple[tuple[str, ...], ...]
) -> None:
    topic = read_topic(question, QUESTIONS.read(question))
    held = {word for part in topic.wanted for word in part}
    assert {word for part in wanted for word in part} <= held
    assert not held & {word for part in unwanted for word in part}
    assert topic.unwanted == unwanted


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Which papers are about sleep, or about dreams?", "sleep, or about dreams"),
        ("Papers on pruning trees", "pruning trees"),
        ("Which papers?", "Which papers"),
    ],
    ids=["a question", "a phrase", "about nothing"],
)
def test_a_request_is_told_from_the_first_word_of_its_topic(question: str, expected: str) -> None:
    assert told(question) == expected
