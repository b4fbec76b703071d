"""Work in steps."""

from collections.abc import Generator

from paperchat.models.steps import meanwhile, result_of


def counted(closed: list[str]) -> Generator[int, None, str]:
    try:
        yield 1
        yield 2
        return "done"
    finally:
        closed.append("closed")


def test_something_is_shown_at_each_step_and_the_result_is_returned() -> None:
    ended: list[str] = []

    def waiting() -> Generator[str, None, None]:
        ended.append((yield from meanwhile("waiting", counted([]))))

    assert list(waiting()) == ["waiting", "waiting"]
    assert ended == ["done"]


def test_who_stops_waiting_ends_the_work() -> None:
    closed: list[str] = []
    steps = meanwhile("waiting", counted(closed))
    assert next(steps) == "waiting"
    steps.close()
    assert closed == ["closed"]


def test_the_result_comes_after_all_steps() -> None:
    closed: list[str] = []
    assert result_of(counted(closed)) == "done"
    assert closed == ["closed"]
