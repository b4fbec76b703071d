"""The list of conversations: by day, and all of it deleted and put back."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from paperchat.errors import InputError
from paperchat.types import Answer
from paperchat.web.removals import MOST_EMPTIED, Removals
from tests.fake_app import make_app
from tests.web.reader import Reader, Site, in_browser


def begins(reader: Reader, *questions: str) -> None:
    """Ask each in a conversation of its own."""
    for question in questions:
        if reader.questions:
            reader.button("New").click()
            reader.find(".pc-welcome").wait_for()
        reader.ask(question)


def stand_under(reader: Reader, day: str) -> None:
    """Open the list, in which all stand under one day, once it is drawn; close it."""
    reader.button("Conversations").click()
    reader.find(".pc-kept-day", has_text=day).wait_for()
    assert reader.find(".pc-kept-day").count() == 1
    reader.page.keyboard.press("Escape")


@in_browser
def test_conversations_stand_under_their_days(reader: Reader):
    begins(reader, "One?", "Two?")
    now = datetime.now().astimezone().replace(hour=12)
    stand_under(reader, "Today")
    assert reader.find(".pc-kept-row").count() == 2
    for passed, day in ((1, "Yesterday"), (2, str(now.day)), (800, str(now.year))):
        reader.page.clock.set_fixed_time(now + timedelta(days=passed))
        stand_under(reader, day)


def empties(reader: Reader) -> None:
    reader.button("Delete all", ".pc-drawer").click()
    reader.button("Delete", ".pc-drawer").click()
    reader.says("All are deleted.")
    reader.find(".pc-kept-row").first.wait_for(state="detached")


@in_browser
@pytest.mark.parametrize("shown", [True, False], ids=["one on show", "none on show"])
def test_all_are_deleted_at_once_and_put_back(browser: Any, site: Site, shown: bool):
    reader, other = Reader(browser.new_context(), site), Reader(browser.new_context(), site)
    begins(other, "Theirs?")
    begins(reader, "One?", "Two?", "Three?")
    if not shown:
        reader.button("New").click()
        reader.find(".pc-welcome").wait_for()
    reader.button("Conversations").click()
    reader.button("Delete all", ".pc-drawer").click()
    reader.says("Delete all 3 conversations?")
    reader.page.keyboard.press("Escape")  # the drawer stays, and all of them
    reader.until("document.activeElement.textContent === 'Delete all'")
    assert reader.find(".pc-kept-row").count() == 3
    empties(reader)
    reader.find(".pc-welcome").wait_for(state="attached")
    assert reader.page.evaluate("location.hash") == ""
    reader.button("Put back", ".pc-drawer").click()
    reader.find(".pc-kept-row").nth(2).wait_for()
    assert reader.find(".pc-kept-title").all_inner_texts() == ["Three?", "Two?", "One?"]
    reader.find(".pc-kept-open").last.click()
    reader.find(".pc-made").wait_for()
    assert (reader.questions, other.questions) == (["One?"], ["Theirs?"])
    for one in (reader, other):
        assert one.faults == []
        one.context.close()


@in_browser
def test_an_answer_that_is_being_written_ends_before_all_are_deleted(reader: Reader):
    begins(reader, "One?", "Two?")
    reader.button("New").click()
    reader.find(".pc-welcome").wait_for()
    reader.app.endless = True
    reader.ask("Endless?", wait=False)
    reader.find("[data-stage=writing]").wait_for()
    reader.button("Conversations").click()
    reader.find(".pc-kept-row").nth(2).wait_for()
    empties(reader)
    reader.app.endless = False
    reader.page.keyboard.press("Escape")
    reader.ask("Four?")
    reader.button("Conversations").click()
    reader.find(".pc-kept-row").first.wait_for()
    assert reader.find(".pc-kept-title").all_inner_texts() == ["Four?"]
    assert reader.app.asked[-1] == ("Four?", ())


def test_so_many_readers_can_put_all_back_once_each():
    app = make_app()
    removals = Removals(app)  # type: ignore[arg-type]
    readers = [f"reader {number}" for number in range(MOST_EMPTIED + 1)]
    for reader in readers:
        app.conversations.keep(reader, reader.replace(" ", "-"), 0, Answer("Kept?", stage="done"))
        removals.empty(reader)
    for reader in readers[1:]:
        removals.refill(reader)
        assert [one.title for one in app.conversations.conversations(reader)] == ["Kept?"]
    for reader in (readers[0], readers[1], "who emptied nothing"):
        with pytest.raises(InputError, match="There is nothing to put back"):
            removals.refill(reader)


def titles(reader: Reader) -> list[str]:
    return list(reader.find(".pc-kept-title").all_inner_texts())


@in_browser
def test_what_is_pinned_stands_first_until_it_is_let_go_and_comes_back_pinned(reader: Reader):
    begins(reader, "One?", "Two?", "Three?")
    reader.button("Conversations").click()
    reader.button("Pin: One?").click()
    reader.find(".pc-kept-day", has_text="Pinned").wait_for()
    assert titles(reader) == ["One?", "Three?", "Two?"]
    reader.until("document.activeElement.ariaLabel === 'Pin: One?' && document.activeElement.ariaPressed === 'true'")
    reader.page.keyboard.press("Escape")
    reader.page.reload()
    reader.find(".pc-made").wait_for()
    reader.button("Conversations").click()
    reader.find(".pc-kept-row").nth(2).wait_for()
    assert titles(reader) == ["One?", "Three?", "Two?"]
    reader.button("Delete: One?").click()
    reader.button("Delete", ".pc-drawer").click()
    reader.find(".pc-kept-day", has_text="Pinned").wait_for(state="detached")
    reader.button("Put back", ".pc-drawer").click()
    reader.find(".pc-kept-day", has_text="Pinned").wait_for()
    assert titles(reader)[0] == "One?"
    reader.button("Pin: One?").click()
    reader.find(".pc-kept-day", has_text="Pinned").wait_for(state="detached")
    reader.until("document.activeElement.ariaPressed === 'false'")


@in_browser
def test_while_conversations_are_searched_that_is_said(reader: Reader):
    held: list[Any] = []
    begins(reader, "One?")
    reader.page.route("**/page/recall", lambda route: held.append(route))  # noqa: PLW0108  # it marks what it calls
    reader.button("Conversations").click()
    field = reader.page.get_by_role("searchbox", name="Search conversations")
    field.fill("one")
    reader.says("Searching\u2026")
    while not held:
        reader.page.wait_for_timeout(50)
    held.pop().continue_()
    reader.find(".pc-recall .pc-kept-open").wait_for()
    reader.says("1 place")
