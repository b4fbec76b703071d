"""What serves a set is made once, however many come for it at once."""

import threading
from typing import Any, cast

import pytest

from paperchat.web import serving as module
from paperchat.web.serving import Seat, Serving
from paperchat.web.uploads import Uploads
from tests.fake_app import make_app, make_sets

WAIT = 30
"""Seconds that only a failing test waits."""


class Watched:
    """A lock that tells how many have come to it."""

    def __init__(self) -> None:
        self.came = threading.Semaphore(0)
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        self.came.release()
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def test_two_who_come_first_get_the_same_seat(monkeypatch: pytest.MonkeyPatch):
    app = make_app()
    serving = Serving(make_sets(app), Uploads(app.imports.lent))
    watched: Any = Watched()
    serving._making = watched
    made: list[Seat] = []

    def slow(*parts: Any) -> Seat:
        for _ in range(2):
            assert watched.came.acquire(timeout=WAIT), "the other one does not wait for its turn"
        made.append(Seat(*parts))
        return made[-1]

    monkeypatch.setattr(module, "Seat", slow)
    got: list[Seat] = []

    def come() -> None:
        with serving.seat("") as seat:
            got.append(seat)

    threads = [threading.Thread(target=come) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert got == [made[0], made[0]]


def test_a_set_that_was_opened_again_is_served_anew_and_what_was_removed_comes_back(monkeypatch: pytest.MonkeyPatch):
    app, again = make_app(), make_app()
    sets = make_sets(app)
    serving = Serving(sets, Uploads(app.imports.lent))
    with serving.seat("") as first:
        pass
    with serving.seat("") as same:
        assert same is first
    monkeypatch.setattr(sets, "_opened", type(sets._opened)())
    monkeypatch.setattr(sets, "_open_app", lambda _: again)
    with serving.seat("") as other:
        assert other is not first
        assert cast("Any", other.app) is again
        assert other.removals._removed is first.removals._removed
