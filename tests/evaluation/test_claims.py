"""Labelled claims, summed up."""

from xml.etree import ElementTree as ET

import pytest

from paperchat.evaluation.claims import at_most, bar, calibration, curve_svg, labelled, tally, upper_bound
from paperchat.types import Check

ROWS: list[dict[str, object]] = [
    {"id": 1, "label": "supported", "kind": "plain", "field": "a"},
    {"id": 2, "label": "supported", "kind": "plain", "field": "b"},
    {"id": 3, "label": "unsupported", "kind": "number", "field": "a"},
    {"id": 4, "label": "contradicted", "kind": "number", "field": "b"},
    {"id": 5},
]
CHECKS = [
    Check("supported", 0.95, ""),
    Check("unsure", 0.4, ""),
    Check("unsupported", 0.05, ""),
    Check("supported", 0.97, ""),
    Check("supported", 0.9, ""),
]


def test_rows_without_labels_are_not_summed_up() -> None:
    assert tally([{"id": 1}], [Check("supported", 0.9, "")]) == ()


def test_claims_are_summed_up_by_kind_and_field() -> None:
    lines = tally(ROWS, CHECKS)
    assert lines[:2] == ("false alarms, plain: 1 of 2", "misses, number: 1 of 2")
    assert "a: balanced accuracy: 1.000 of 2 labelled claims" in lines
    assert "b: balanced accuracy: 0.000 of 2 labelled claims" in lines
    assert lines[-4:] == (
        "said 'supported' of 2, wrongly 1, at most 97.5% with 95% confidence",
        "said 'unsupported' of 1, wrongly 0, at most 95.0% with 95% confidence",
        "right claims marked supported: 1 of 2; unsure: 1 of 4",
        "balanced accuracy: 0.500 of 4 labelled claims",
    )


@pytest.mark.parametrize(
    ("wrong", "count", "bound"), [(0, 149, 0.0199), (0, 10, 0.2589), (1, 20, 0.2161), (3, 3, 1.0)]
)  # the first three from tables of the binomial distribution
def test_the_bound_is_that_of_clopper_and_pearson(wrong: int, count: int, bound: float) -> None:
    assert upper_bound(wrong, count) == pytest.approx(bound, abs=2e-4)


def test_nothing_is_wrong_where_none_can_be() -> None:
    assert at_most(0, 5, 0.0) == 1.0
    assert at_most(2, 5, 1.0) == 0.0
    assert at_most(5, 5, 0.5) == 1.0


def test_scores_are_held_against_what_is_supported() -> None:
    pairs = labelled(ROWS, CHECKS)
    assert [(low, share, count) for low, _, share, count in calibration(pairs)] == [
        (0.0, 0.0, 1), (0.4, 1.0, 1), (0.9, 0.5, 2),
    ]  # fmt: skip
    assert calibration(pairs)[-1][1] == pytest.approx(0.96)


def test_the_curve_is_a_picture_with_a_dot_for_each_part() -> None:
    picture = ET.fromstring(curve_svg(labelled(ROWS, CHECKS)))
    assert len(picture.findall("{http://www.w3.org/2000/svg}circle")) == 3


def labelled_rows(count: int, score: float, label: str) -> list[tuple[dict[str, str], Check]]:
    return [({"label": label}, Check("supported", score, ""))] * count


def test_a_bar_is_where_at_most_two_in_a_hundred_are_wrong_for_sure() -> None:
    sure, doubtful = labelled_rows(150, 0.9, "supported"), labelled_rows(50, 0.6, "contradicted")
    assert bar([*sure, *doubtful], side=True) == (0.9, 150)
    assert bar([*sure[:100], *doubtful], side=True) is None
    assert bar([*sure, *doubtful], side=False) is None
    assert "at most 2% wrongly 'not supported': at no score" in tally(*zip(*[*sure, *doubtful], strict=True))
