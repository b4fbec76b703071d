"""The usual parts of an abstract: how they are asked for, and the sentences that tell them."""

import pytest

from paperchat.query.zones import ZONES, asked_zones, worded

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
    assert [zone.name for zone in asked_zones(question)] == names


@pytest.mark.parametrize("zone", ZONES, ids=lambda zone: zone.name)
def test_each_part_is_told_by_its_sentence(zone) -> None:
    assert zone.cues.search(TOLD[zone.name])


def test_a_pattern_of_words_begins_where_a_word_does() -> None:
    assert worded("gains?").search("It GAINS much")
    assert not worded("gains?").search("it regains much")
