"""What a reader removed can be put back, whatever another tab removes meanwhile, and after a disk that was full."""

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
