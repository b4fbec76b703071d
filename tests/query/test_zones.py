"""The usual parts of an abstract: how they are asked for, and the sentences that tell them."""

import pytest

from paperchat.query.zones import ASPECTS, asked_aspects, worded

TOLD = {
    "problem": "However, labels are expensive and scarce.",
    "idea": "We propose a masked autoencoder.",
    "data": "Experiments on ImageNet and COCO are run.",
    "results": "It outperforms all others by 3 points.",
    "limits": "A limitation of it is its need for memory.",
}


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("only the results", ["results"]),
        ("compare the data and the limitations", ["data", "limits"]),
        ("what problem does it solve, and how does it?", ["problem", "idea"]),
        ("who wrote it?", []),
    ],
)
def test_the_parts_that_a_question_names(question: str, names: list[str]) -> None:
    assert [aspect.name for aspect in asked_aspects(question)] == names


@pytest.mark.parametrize("aspect", ASPECTS, ids=lambda aspect: aspect.name)
def test_each_part_is_told_by_its_sentence(aspect) -> None:
    assert aspect.cues.search(TOLD[aspect.name])


def test_a_pattern_of_words_begins_where_a_word_does() -> None:
    assert worded("gains?").search("It GAINS much")
    assert not worded("gains?").search("it regains much")
