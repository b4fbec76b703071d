"""What a reader removed can be put back, whatever another tab removes meanwhile, and after a disk that was full."""

import threading
from typing import TYPE_CHECKING, cast

import pytest

from paperchat.errors import InputError, UnwritableError
from paperchat.types import Answer
from paperchat.web.removals import Removals
from tests.fake_app import FakeApp, make_app

if TYPE_CHECKING:
    from paperchat.app import App


@pytest.fixture
def app() -> FakeApp:
    """An app with two conversations of two exchanges."""
    made = make_app()
    for key in "ab":
        for place in (0, 1):
            made.conversations.keep("me", key, place, Answer(f"{place} of {key}?", stage="done"))
    return made


def questions(app: FakeApp) -> list[str]:
    return [answer.question for key in "ab" for answer in app.conversations.answers("me", key)]


ALL = ["0 of a?", "1 of a?", "0 of b?", "1 of b?"]


def test_all_that_two_tabs_remove_comes_back(app: FakeApp):
    removals = Removals(cast("App", app))
    removals.empty("me")
    removals.empty("me")
    removals.refill("me")
    assert questions(app) == ALL
    with pytest.raises(InputError, match="nothing to put back"):
        removals.refill("me")


def failing(*_: object) -> None:
    raise UnwritableError("The disk is full.", "Free some space.")


def test_what_could_not_be_put_back_can_be_later(app: FakeApp, monkeypatch: pytest.MonkeyPatch):
    removals = Removals(cast("App", app))
    removals.cut("me", "a", 0)
    with monkeypatch.context() as full:
        full.setattr(app.conversations, "keep", failing)
        with pytest.raises(UnwritableError):
            removals.restore("me", "a")
    assert removals.count("me", "a") == 2
    removals.restore("me", "a")
    assert questions(app) == ALL


def test_all_that_could_not_be_put_back_can_be_later(app: FakeApp, monkeypatch: pytest.MonkeyPatch):
    removals = Removals(cast("App", app))
    removals.empty("me")
    with monkeypatch.context() as full:
        full.setattr(app.conversations.emptying, "refill", failing)
        with pytest.raises(UnwritableError):
            removals.refill("me")
    removals.refill("me")
    assert questions(app) == ALL


class Turn:
    """A lock of which one hears when another thread comes to it while it is held."""

    def __init__(self) -> None:
        self.lock, self.came = threading.RLock(), threading.Event()

    def __enter__(self) -> None:
        if not self.lock.acquire(blocking=False):
            self.came.set()
            self.lock.acquire()

    def __exit__(self, *_: object) -> None:
        self.lock.release()


def test_what_two_tabs_remove_at_once_leaves_nothing_that_cannot_come_back_whole(monkeypatch: pytest.MonkeyPatch):
    app = make_app()
    history, turn = app.conversations, Turn()
    removals = Removals(cast("App", app))
    removals._turn = turn  # type: ignore[assignment]
    for place, question in enumerate(("One?", "Two?", "Three?")):
        history.keep("me", "key", place, Answer(question, stage="done"))
    real = history.cut

    def other() -> None:
        removals.cut("me", "key", 0)
        turn.came.set()  # without a turn it is done at once

    thread = threading.Thread(target=other)

    def cut(reader: str, key: str, position: int) -> None:
        real(reader, key, position)
        if position:
            thread.start()
            assert turn.came.wait(30)

    monkeypatch.setattr(history, "cut", cut)
    removals.cut("me", "key", 1)
    thread.join()
    assert history.answers("me", "key") == ()
    removals.restore("me", "key")
    assert [answer.question for answer in history.answers("me", "key")] == ["One?"]
    assert [one.title for one in history.conversations("me")] == ["One?"]
