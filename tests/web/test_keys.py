"""Escape closes what is open and gives the focus back; each control shows that it is pointed at, and that it has it."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from tests.fake_app import make_table
from tests.web.reader import Reader, Site, in_browser


def focused(reader: Reader, name: str) -> None:
    """Wait until the control of this name has the focus."""
    reader.until(f"(document.activeElement.ariaLabel ?? document.activeElement.textContent) === {name!r}")


def opened(name: str, within: str, shown: str) -> Callable[[Reader], None]:
    """Return what opens something by a control, closes it by Escape and finds the focus on the control."""

    def close(reader: Reader) -> None:
        reader.button(name, within).click()
        reader.find(shown).first.wait_for()
        reader.find(shown).first.focus()
        reader.page.keyboard.press("Escape")
        reader.find(shown).first.wait_for(state="hidden")
        focused(reader, name)

    return close


CITE_CARD = "Cite: Gradient Boosting Reinforcement Learning"

CLOSED: dict[str, Callable[[Reader], None]] = {
    "an answer's references": opened("Cite", ".pc-log", ".pc-exchange > .pc-take select"),
    "what an answer is saved as": opened("Save", ".pc-log", ".pc-save button:nth-child(2)"),
    "models to retry with": opened("Retry with\u2026", ".pc-log", "[aria-label='Retry with'] button"),
    "a question that is edited": opened("Edit", ".pc-log", ".pc-question .pc-row button:nth-child(2)"),
    "a paper's references": opened(CITE_CARD, ".pc-panel", ".pc-card .pc-take select"),
    "a table to take along": opened("Copy or save the table", ".pc-log", ".pc-compared .pc-take select"),
    "the box of keys": opened("all keys", "#pc-composer", ".pc-keys button"),
    "models": opened("Model that writes the answers: qwen2.5:3b. Choose another", "body", ".pc-models button"),
    "the export": opened("Export", "body", ".pc-export select"),
    "conversations": opened("Conversations", "body", ".pc-drawer .pc-kept-open"),
}

NARROW: dict[str, Callable[[Reader], None]] = {
    "the menu": opened("More", "body", ".pc-menu button"),
    "the sheet": opened("Evidence: 8 papers", ".pc-log", ".pc-sheet button"),
}


@in_browser
@pytest.mark.parametrize(("width", "parts"), [(1440, CLOSED), (390, NARROW)], ids=["wide", "narrow"])
def test_escape_closes_what_was_opened_and_gives_the_focus_back(
    browser: Any, site: Site, width: int, parts: dict[str, Callable[[Reader], None]]
):
    reader = Reader(browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce"), site)
    site.app.table = make_table(site.app.results)
    reader.ask()
    for name, close in parts.items():
        try:
            close(reader)
        except Exception as error:
            raise AssertionError(name) from error
        assert reader.find(".pc-exchange").count() == 1
    reader.context.close()


@in_browser
def test_escape_keeps_what_was_to_be_deleted_and_the_list_stays_open(reader: Reader):
    reader.ask("One?")
    reader.button("Conversations").click()
    reader.button("Delete: One?").click()
    reader.until("document.activeElement.textContent === 'Keep'")
    reader.page.keyboard.press("Escape")
    reader.button("Delete: One?").wait_for()
    assert reader.find(".pc-drawer").is_visible()
    assert reader.page.evaluate("document.activeElement.closest('.pc-kept-row') !== null")


@in_browser
def test_escape_in_the_question_box_stops_the_answer_that_is_written(reader: Reader):
    reader.app.endless = True
    reader.ask("One?", wait=False)
    reader.find("[data-stage=writing]").wait_for()
    reader.box.focus()
    reader.page.keyboard.press("Escape")
    reader.find("[data-stage=stopped]").wait_for()
    reader.page.keyboard.press("Escape")  # nothing is open any more
    assert reader.questions == ["One?"]


@in_browser
def test_escape_takes_away_a_look_at_a_source(reader: Reader):
    reader.ask()
    reader.find(".pc-chip").first.hover()
    reader.find(".pc-peek").wait_for()
    reader.page.keyboard.press("Escape")
    reader.find(".pc-peek").wait_for(state="detached")


@in_browser
def test_a_paper_that_is_looked_up_opens_where_the_reader_is(reader: Reader):
    title = reader.app.results[1].paper.title
    reader.button("Papers").click()
    reader.until("document.querySelector('#pc-listed')?.innerText.includes('of 8 papers')")
    field = reader.page.get_by_role("combobox", name="Find a paper")
    for _ in range(2):  # the same one again, too
        field.fill(title)
        reader.find("#pc-found [role=option]").first.wait_for()
        field.press("Enter")
        reader.until(
            f"document.activeElement.matches('.pc-paper h3') && document.activeElement.innerText === {title!r}"
        )
        assert "#paper=" in reader.page.url
        reader.page.keyboard.press("Escape")
        focused(reader, "Find a paper")
    assert reader.find(".pc-sheet[open]").count() == 0


# ---- looks

CONTROLS = """(kinds) => {
  for (const node of document.querySelectorAll('[data-control]')) delete node.dataset.control;
  const seen = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && !node.disabled && node.getBoundingClientRect().width > 2 && !node.closest('#pc-table');
  return [...document.querySelectorAll(kinds)].filter(seen).map((node, place) => {
    node.dataset.control = place;
    return node.ariaLabel ?? (node.textContent || node.id || node.className);
  });
}"""

POINTED = "button:not([role=tab][aria-selected=true]), summary, a[href], select"
FOCUSED = f"{POINTED}, textarea:not(#pc-question *), input:not([type=hidden])"
"""Without the question box, whose focus the box around it shows."""

LOOK = """() => {
  const parts = (node) => [node, ...node.querySelectorAll('*'), node.parentElement, node.parentElement.parentElement];
  const names = ['background-color', 'color', 'border-color', 'box-shadow', 'outline', 'text-decoration', 'opacity',
    'filter', 'translate', 'transform'];
  const look = (node) => names.map((name) => getComputedStyle(node)[name]).join('|');
  return Object.fromEntries([...document.querySelectorAll('[data-control]')].map((node) => [
    node.dataset.control, parts(node).map(look).join('\\n'),
  ]));
}"""

CALM = "*, *::before, *::after { transition: none !important; animation: none !important; }"


def unmoved(reader: Reader, state: str, kinds: str) -> list[str]:
    """Return the controls whose look is the same when they are in this state; what is redrawn meanwhile is left out."""
    from playwright.sync_api import Error

    names = reader.page.evaluate(CONTROLS, kinds)
    page = reader.context.new_cdp_session(reader.page)
    page.send("DOM.enable")
    page.send("CSS.enable")
    page.send("DOM.getDocument", {"depth": 0})
    before = reader.page.evaluate(LOOK)
    root = page.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    nodes = page.send("DOM.querySelectorAll", {"nodeId": root, "selector": "[data-control]"})["nodeIds"]
    for node in nodes:
        with suppress(Error):  # it is there no more
            page.send("CSS.forcePseudoState", {"nodeId": node, "forcedPseudoClasses": state.split()})
    after = reader.page.evaluate(LOOK)
    page.send("CSS.disable")  # which takes the states back
    page.detach()
    return [names[int(place)] for place, look in before.items() if after.get(place) == look]


def answers(reader: Reader) -> None:
    reader.app.table = make_table(reader.app.results)
    reader.ask()
    reader.button("Cite", ".pc-log").click()
    reader.button("Bad answer").click()
    reader.find(".pc-opinion input").wait_for()
    reader.find(".pc-onward button").first.wait_for()


def drafts(reader: Reader) -> None:
    reader.button("Check a draft").click()
    reader.page.get_by_label("Text to check").fill("It mimics vision. It does not.")
    reader.button("Check").click()
    reader.find(".pc-traced-sentence").first.wait_for()


def browses(reader: Reader) -> None:
    reader.button("Papers").click()
    reader.until("document.querySelector('#pc-listed')?.innerText.includes('of 8 papers')")
    reader.find("#pc-table [data-row='1'][data-col='0']").click()
    reader.find(".pc-paper .pc-taken:not(:empty)").wait_for()


def settings(reader: Reader) -> None:
    reader.button("Settings").click()
    reader.until("document.querySelector('#pc-setting-papers :is(input, textarea)')?.value")


def conversations(reader: Reader) -> None:
    reader.button("Conversations").click()
    reader.find(".pc-kept-open").first.wait_for()


LOOKS = (lambda _: None, answers, drafts, browses, settings, conversations)


@in_browser
def test_each_control_shows_that_it_is_pointed_at_and_that_it_has_the_focus(reader: Reader):
    reader.page.add_style_tag(content=CALM)
    found: dict[str, list[str]] = {}
    for step in LOOKS:
        step(reader)
        reader.page.mouse.move(1436, 896)  # what was pressed last is pointed at no more
        for state, kinds in (("hover", POINTED), ("focus focus-visible focus-within", FOCUSED)):
            if same := unmoved(reader, state, kinds):
                found[f"{step.__name__}: {state}"] = same
    print(found)
    assert not found


def copied(reader: Reader) -> str:
    return str(reader.page.evaluate("navigator.clipboard.readText()"))


@in_browser
def test_a_key_copies_the_last_answer_that_is_there_also_while_one_types(browser: Any, site: Site):
    reader = Reader(browser.new_context(permissions=["clipboard-read", "clipboard-write"]), site)
    copy = "Control+Shift+C"
    reader.page.keyboard.press(copy)
    reader.says("There is no answer to copy yet")
    reader.ask("One?")
    reader.button("Copy").click()
    reader.find(".pc-save").get_by_text("Copied").wait_for()
    whole = copied(reader)
    assert "[1]" in whole
    for at in (reader.box.focus, reader.find(".pc-chip").first.focus):
        reader.page.evaluate("navigator.clipboard.writeText('')")
        at()
        reader.page.keyboard.press(copy)
        reader.says("The last answer is copied")
        assert reader.find(".pc-hint.pc-alert").count() == 0
        assert copied(reader) == whole
        reader.says("Enter sends")
    site.app.endless = True
    reader.ask("Two?", wait=False)  # one that is written is not there yet
    reader.find("[data-stage=writing]").wait_for()
    reader.page.evaluate("navigator.clipboard.writeText('')")
    reader.page.keyboard.press(copy)
    reader.says("The last answer is copied")
    assert copied(reader) == whole
    site.app.endless = False
    reader.find("[data-stage=done]").nth(1).wait_for()
    reader.button("all keys").click()
    assert "Ctrl+Shift+C" in reader.find(".pc-keys").inner_text()
    assert reader.faults == []
    reader.context.close()
