"""The usual parts of an abstract: how they are asked for, and the sentences that tell them."""

import pytest

from paperchat.query.zones import ZONE, ZONES, asked_zones, worded, zone_score

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


def test_a_sentence_scores_by_its_cues_its_place_and_its_numbers() -> None:
    """Fewer than nine words lean on the sentence before; what proposes is no problem."""
    results = zone_score(ZONE["results"], "On all of the data sets it outperforms the others by 3 points.", 1.0)
    assert results > zone_score(ZONE["results"], "On all of the data sets it outperforms all of the others.", 1.0)
    assert results > zone_score(ZONE["results"], "It outperforms others by 3 points.", 1.0)
    assert zone_score(ZONE["problem"], "Labels are scarce, and so are the people who make them.", 0.0) > 1.0
    assert zone_score(ZONE["data"], "We like rivers.", 0.5) == 0.0
