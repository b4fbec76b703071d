"""How fast something gets on, told without a clock."""

import pytest

from paperchat.storage.pace import SPAN, Pace, duration


def test_a_pace_is_told_once_two_times_are_known() -> None:
    pace = Pace()
    assert (pace.per_second, pace.left) == (0.0, None)
    pace.tell(0, 100, 5.0)
    assert (pace.per_second, pace.left) == (0.0, None)
    pace.tell(20, 100, 7.0)
    assert (pace.done, pace.total, pace.per_second, pace.left) == (20, 100, 10.0, 8.0)


def test_a_pace_is_that_of_the_last_half_minute() -> None:
    pace = Pace()
    pace.tell(0, 1000, 0.0)
    pace.tell(100, 1000, 100.0)
    pace.tell(200, 1000, 100.0 + SPAN / 2)
    pace.tell(400, 1000, 101.0 + SPAN)
    assert pace.per_second == pytest.approx(300 / (SPAN + 1))


def test_another_whole_begins_anew() -> None:
    pace = Pace()
    pace.tell(0, 100, 0.0)
    pace.tell(50, 100, 1.0)
    pace.tell(0, 10, 2.0)
    assert (pace.per_second, pace.left) == (0.0, None)


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.4, "0 s"), (59.4, "59 s"), (59.6, "1 min 0 s"), (250, "4 min 10 s"), (7500, "2 h 5 min")]
)
def test_a_duration_is_said_as_people_say_it(seconds: float, said: str) -> None:
    assert duration(seconds) == said
