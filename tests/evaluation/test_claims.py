"""Labelled claims, summed up."""

from paperchat.evaluation.claims import tally
from paperchat.types import Check


def test_rows_without_labels_are_not_summed_up() -> None:
    assert tally([{"id": 1}], [Check("supported", 0.9, "")]) == ()
