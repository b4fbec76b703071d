"""How an answer was made, in words."""

import pytest

from paperchat.export.making import ALONE, STEPS, TOGETHER, steps

FOUND, FIRST, WRITTEN, CHECKED = (name for _, name in STEPS)


@pytest.mark.parametrize(
    ("timings", "is_written", "told"),
    [
        ({"evidence": 1.0, "first_token": 3.0, "checking": 6.0, "total": 10.0}, True,
         [(FOUND, 1.0), (FIRST, 2.0), (WRITTEN, 3.0), (CHECKED, 4.0)]),
        ({"evidence": 1.0, "first_token": 3.0, "total": 10.0}, True, [(FOUND, 1.0), (FIRST, 2.0), (TOGETHER, 7.0)]),
        ({"evidence": 1.0, "total": 2.0}, False, [(FOUND, 1.0), (ALONE, 1.0)]),
        ({"evidence": 1.0, "total": 0.5}, False, [(FOUND, 1.0), (ALONE, 0.0)]),
        ({}, False, []),
    ],
    ids=["whole", "not checked", "no model", "a clock that went back", "nothing known"],
)  # fmt: skip
def test_each_step_is_told_with_its_own_seconds(
    timings: dict[str, float], is_written: bool, told: list[tuple[str, float]]
) -> None:
    assert list(steps(timings, is_written)) == told
