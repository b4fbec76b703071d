"""What a reader removed can be put back, whatever another tab removes meanwhile."""

from typing import TYPE_CHECKING, cast

import pytest

from paperchat.errors import InputError
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
