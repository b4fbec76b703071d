"""Every control of the page, in every state of an answer, does what it says."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.fake_app import make_table
from tests.web.reader import Reader, Site, in_browser

RUNNING: dict[str, dict[str, Any]] = {
    "evidence": {"hold": 0},
    "writing": {"endless": True},
    "checking": {"endless": True, "checks": True},
    "translating": {"endless": True, "checks": True, "translates": True},
}
"""What the app does so that its answer stays in a state."""

BROUGHT: dict[str, dict[str, Any]] = {"stopped": {"endless": True}, "failed": {"fails": "It broke off."}, **RUNNING}

STATES = ("done", "stopped", "failed", *RUNNING)


SHOWN = {"translating": "checking"}
"""What the page knows a state by, where that is not its name."""


def bring(reader: Reader, state: str) -> None:
    """Begin a conversation of two questions, the second of them in this state."""
    if reader.questions:
        reader.button("New").click()
        reader.find(".pc-welcome").wait_for()
    reader.ask("One?")
    app = reader.app
    app.go_on.clear()
    app.__dict__.update(BROUGHT.get(state, {}))
    reader.ask("Two?", wait=False)
    if state == "stopped":
        reader.find(".pc-exchange[data-stage=writing]").wait_for()
        reader.button("Stop").click()
    reader.find(f".pc-exchange:nth-of-type(2)[data-stage={SHOWN.get(state, state)}]").wait_for()
    if state == "translating":
        reader.says("Das hei\u00dft:")
    app.hold, app.fails = None, ""  # what is asked next comes to its end


def goes_on(reader: Reader, question: str, before: list[str]) -> None:
    """The next question belongs to the conversation that is on show."""
    reader.app.endless = reader.app.checks = False
    reader.app.go_on.set()
    reader.ask(question)
    assert reader.questions == [*before, question]
    assert [turn.question for turn in reader.app.asked[-1][1]] == before


def new(reader: Reader) -> None:
    reader.button("New").click()
    reader.find(".pc-welcome").wait_for()
    goes_on(reader, "Fresh?", [])


def reopen(reader: Reader) -> None:
    reader.button("Conversations").click()
    reader.find(".pc-kept-open", has_text="Kept?").click()
    reader.page.wait_for_function("document.querySelector('.pc-asked')?.textContent === 'Kept?'")
    goes_on(reader, "More?", reader.questions)
    new(reader)


def edit(reader: Reader) -> None:
    reader.find(".pc-exchange").first.get_by_role("button", name="Edit").click()
    field = reader.page.get_by_label("Edit the question")
    field.fill("Other?")
    reader.app.endless = reader.app.checks = False
    field.press("Enter")
    reader.page.wait_for_function("document.querySelector('.pc-asked')?.textContent === 'Other?'")
    reader.find(".pc-exchange[data-stage=done]").wait_for()
    assert reader.questions == ["Other?"]
    assert reader.app.asked[-1] == ("Other?", ())


def retry(reader: Reader) -> None:
    asked = len(reader.app.asked)
    reader.app.endless = reader.app.checks = False
    reader.button("Retry").click()
    for _ in range(600):  # what was being checked may end first, and stands there as done until it is asked again
        if len(reader.app.asked) > asked:
            break
        reader.page.wait_for_timeout(50)
    reader.find(".pc-exchange:nth-of-type(2)[data-stage=done]").wait_for()
    assert reader.questions == ["One?", "Two?"]
    assert [question for question, _ in reader.app.asked[asked:]] == ["Two?"]


def undo(reader: Reader) -> None:
    reader.button("Undo").click()
    reader.until("document.querySelectorAll('.pc-exchange').length === 1")
    goes_on(reader, "Three?", ["One?"])


def ask(reader: Reader) -> None:
    goes_on(reader, "Three?", ["One?", "Two?"])


ALWAYS: tuple[Callable[[Reader], None], ...] = (new, reopen, edit)
AFTER: tuple[Callable[[Reader], None], ...] = (retry, undo, ask)


@in_browser
@pytest.mark.parametrize("state", STATES)
def test_every_control_does_what_it_says_in_every_state(reader: Reader, state: str):
    reader.ask("Kept?")
    for control in (*ALWAYS, *(() if state in ("evidence", "writing") else AFTER)):
        bring(reader, state)
        control(reader)
        assert reader.find(".pc-hint.pc-alert").count() == 0, control.__name__


@in_browser
def test_what_is_wanted_while_the_connection_is_lost_is_done_when_it_is_back(browser: Any, site: Site):
    reader = Reader(browser.new_context(), site)
    bring(reader, "writing")
    reader.context.set_offline(True)
    reader.says("The connection to paperchat was lost; what was written until then is kept.")
    reader.box.fill("And then?")
    reader.button("New").click()
    reader.says("paperchat does not answer.")
    with reader.page.expect_navigation():  # Gradio sees that the server is back
        reader.context.set_offline(False)
    reader.find(".pc-welcome").wait_for()
    reader.until("document.querySelector('#pc-question textarea')?.value === 'And then?'")
    site.app.endless = False
    goes_on(reader, "And then?", [])
    reader.context.close()


@in_browser
def test_no_control_loses_anything_while_the_connection_is_lost(browser: Any, site: Site):
    reader = Reader(browser.new_context(), site)
    bring(reader, "writing")
    reader.context.set_offline(True)
    reader.says("The connection to paperchat was lost; what was written until then is kept.")
    for control in ("Retry", "Undo"):
        reader.page.evaluate("document.dispatchEvent(new CustomEvent('paperchat:hint', { detail: '' }))")
        reader.button(control).click()
        reader.until("document.querySelector('.pc-hint.pc-alert')?.textContent.includes('does not answer')")
        assert reader.questions == ["One?", "Two?"]
    reader.find(".pc-exchange").first.get_by_role("button", name="Edit").click()
    reader.page.get_by_label("Edit the question").fill("Other?")
    reader.page.keyboard.press("Enter")
    reader.page.keyboard.press("Escape")
    assert reader.questions == ["One?", "Two?"]
    site.app.endless = False
    with reader.page.expect_navigation():  # Gradio sees that the server is back
        reader.context.set_offline(False)
    reader.until("document.querySelectorAll('.pc-asked').length === 2")
    assert reader.box.input_value() == ""
    goes_on(reader, "Three?", ["One?", "Two?"])
    reader.context.close()


def put_back(reader: Reader, within: str) -> None:
    reader.button("Put back", within).click()


@in_browser
def test_what_is_put_back_after_a_reload_leaves_the_box(browser: Any, site: Site):
    reader = Reader(browser.new_context(), site)
    reader.ask("One?")
    reader.ask("Two?")
    reader.button("Undo").click()
    reader.until("document.querySelector('#pc-question textarea').value === 'Two?'")
    reader.page.reload()
    reader.until("document.querySelector('#pc-question textarea')?.value === 'Two?'")
    put_back(reader, ".pc-log")
    reader.find(".pc-exchange").nth(1).wait_for()
    assert reader.questions == ["One?", "Two?"]
    reader.until("document.querySelector('#pc-question textarea').value === ''")
    reader.context.close()


@in_browser
def test_what_is_removed_goes_back_into_the_box_and_can_be_put_back(browser: Any, site: Site):
    reader = Reader(browser.new_context(), site)
    reader.ask("One?")
    reader.ask("Two?")
    reader.button("Undo").click()
    reader.says("1 question removed")
    reader.until("document.querySelector('#pc-question textarea').value === 'Two?'")
    put_back(reader, ".pc-log")
    reader.find(".pc-exchange").nth(1).wait_for()
    assert reader.questions == ["One?", "Two?"]
    assert reader.box.input_value() == ""  # it stands in the conversation again
    reader.button("Undo").click()
    reader.until("document.querySelector('#pc-question textarea').value === 'Two?'")
    reader.box.fill("Two and more?")
    put_back(reader, ".pc-log")
    reader.find(".pc-exchange").nth(1).wait_for()
    assert reader.box.input_value() == "Two and more?"  # which is no more what was asked
    reader.box.fill("")
    reader.button("Retry").click()
    reader.until("document.querySelector('.pc-removed') !== null")
    reader.find(".pc-exchange[data-stage=done]").nth(1).wait_for()
    reader.find(".pc-exchange").first.get_by_role("button", name="Edit").click()
    reader.page.get_by_label("Edit the question").fill("Other?")
    reader.page.keyboard.press("Enter")
    reader.until("document.querySelector('.pc-asked').textContent === 'Other?'")
    reader.find(".pc-exchange[data-stage=done]").wait_for()
    put_back(reader, ".pc-log")
    reader.until("document.querySelectorAll('.pc-exchange').length === 2")
    assert reader.questions == ["One?", "Two?"]
    put_back(reader, ".pc-log")  # and what that replaced
    reader.until("document.querySelector('.pc-asked').textContent === 'Other?'")
    reader.page.reload()
    reader.says("removed")
    reader.ask("Three?")
    assert reader.questions == ["Other?", "Three?"]
    assert reader.find(".pc-removed").count() == 0
    reader.context.close()


@in_browser
@pytest.mark.parametrize("shown", [True, False], ids=["on show", "another"])
def test_a_deleted_conversation_is_put_back_with_its_name(browser: Any, site: Site, shown: bool):
    reader = Reader(browser.new_context(), site)
    reader.ask("One?")
    if not shown:
        reader.button("New").click()
        reader.find(".pc-welcome").wait_for()
    reader.button("Conversations").click()
    reader.button("Rename: One?").click()
    reader.page.get_by_label("Name of the conversation").fill("Named")
    reader.page.keyboard.press("Enter")
    reader.button("Delete: Named").click()
    reader.button("Delete", ".pc-drawer").click()
    reader.says("Deleted.")
    reader.find(".pc-kept-title").wait_for(state="detached")
    put_back(reader, ".pc-drawer")
    reader.find(".pc-kept-title", has_text="Named").wait_for()
    reader.find(".pc-kept-open").click()
    reader.find(".pc-made").wait_for()
    assert reader.questions == ["One?"]
    reader.context.close()


IN_SIGHT = """(node) => {
  const { top, bottom } = node.getBoundingClientRect();
  const below = document.querySelector("#pc-ask").getBoundingClientRect().top;
  return top >= 0 && bottom <= below;
}"""


@in_browser
@pytest.mark.parametrize("width", [1440, 390])
def test_what_opens_is_in_sight_and_what_closes_gives_the_focus_back(browser: Any, site: Site, width: int):
    reader = Reader(browser.new_context(viewport={"width": width, "height": 844}), site)
    site.app.script = tuple(site.app.script) * 8
    site.app.table = make_table(site.app.results)
    reader.ask()
    for button, place in (
        ("Cite", ".pc-log > article > .pc-take"),
        ("Copy or save the table", ".pc-compared .pc-take"),
    ):
        reader.button(button, ".pc-log").click()
        reader.find(f"{place} .pc-taken:not(:empty)").wait_for()
        reader.page.wait_for_function(IN_SIGHT, arg=reader.find(f"{place} .pc-taken").element_handle())
        reader.button(button, ".pc-log").click()
    for close in ("Escape", "Cancel"):
        reader.button("Edit").click()
        reader.page.wait_for_function(IN_SIGHT, arg=reader.page.get_by_label("Edit the question").element_handle())
        if close == "Escape":
            reader.page.keyboard.press("Escape")
        else:
            reader.button(close).click()
        reader.until("document.activeElement.textContent === 'Edit'")
    field = reader.page.get_by_role("combobox", name="Find a paper")
    field.fill("learning")
    field.press("Enter")
    reader.button("Back to the evidence").click()
    reader.until("document.activeElement.textContent === 'Evidence'")
    if width < 900:
        reader.page.keyboard.press("Escape")
    reader.button("New").click()
    reader.find(".pc-welcome").wait_for()
    field.fill("learning")
    field.press("Enter")
    reader.button("Close").click()
    reader.until("document.activeElement.getAttribute('role') === 'combobox'")
    reader.context.close()


@in_browser
def test_what_is_typed_outlives_a_reload(browser: Any, site: Site):
    reader = Reader(browser.new_context(), site)
    reader.box.fill("Half a ques")
    reader.button("Check a draft").click()
    reader.page.get_by_label("Text to check").fill("A sentence.")
    reader.page.reload()
    reader.until("document.querySelector('#pc-question textarea')?.value === 'Half a ques'")
    reader.button("Check a draft").click()
    assert reader.page.get_by_label("Text to check").input_value() == "A sentence."
    reader.button("Back to the conversation").click()
    reader.box.press("Enter")
    reader.find(".pc-made").wait_for()
    reader.page.reload()
    reader.find(".pc-made").wait_for()
    assert reader.box.input_value() == ""
    reader.context.close()
