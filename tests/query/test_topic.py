"""What a request for papers is about."""

import pytest

from paperchat.query.topic import read_topic


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
