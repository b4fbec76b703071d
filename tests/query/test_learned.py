"""What was learned, as it is kept."""

from dataclasses import fields

from tests.samples import LESSONS, QUESTIONS


def test_all_weights_are_there() -> None:
    kept = {field.name: getattr(LESSONS, field.name) for field in fields(LESSONS)}
    assert kept.pop("questions") is QUESTIONS
    assert all(one.features for one in kept.values())
