"""The end of a long conversation: the way to it, and that it costs no more than that of a short one."""

import json
from typing import Any

import pytest

from tests.web.reader import Reader, Site, in_browser

TAIL = "[...document.querySelectorAll('.pc-tail')].at(-1).getBoundingClientRect()"
END_IN_SIGHT = f"{TAIL}.top > 0 && {TAIL}.bottom <= document.querySelector('#pc-scope').getBoundingClientRect().top"
TO_START = "document.querySelector('.pc-exchange').scrollIntoView({ block: 'start', behavior: 'instant' })"


def at_the_end(reader: Reader) -> None:
    reader.until(END_IN_SIGHT)
    reader.button("To the end").wait_for(state="hidden")


@in_browser
@pytest.mark.parametrize("width", [1440, 820, 390])
def test_a_button_and_a_key_lead_to_the_end_while_that_is_out_of_sight(browser: Any, site: Site, width: int):
    reader = Reader(browser.new_context(viewport={"width": width, "height": 1000}, reduced_motion="reduce"), site)
    button = reader.button("To the end")
    assert not button.is_visible()  # an empty page ends where it begins
    reader.ask("Short?")
    at_the_end(reader)
    site.app.script = tuple(site.app.script) * 24
    reader.ask("Long?")
    reader.page.evaluate(TO_START)
    button.wait_for()
    button.click()
    at_the_end(reader)
    reader.until("document.activeElement.closest('#pc-question') !== null")
    for press in (
        lambda: button.press("Enter"),
        lambda: (reader.find("h1").click(), reader.page.keyboard.press("End")),
    ):
        reader.page.evaluate(TO_START)
        button.wait_for()
        press()
        at_the_end(reader)
    reader.page.evaluate(TO_START)
    reader.box.fill("One two")
    reader.box.press("Home")
    reader.box.press("End")  # of the line, while one types
    assert reader.page.evaluate("document.activeElement.selectionStart") == 7
    button.wait_for()
    assert reader.faults == []
    reader.context.close()


@in_browser
def test_a_key_begins_a_new_conversation_wherever_one_is_and_the_box_of_keys_tells_it(reader: Reader):
    reader.ask("One?")
    for at in (
        reader.box.focus,
        lambda: reader.button("Papers").click(),
        lambda: reader.button("Settings").click(),
    ):
        at()
        reader.page.keyboard.press("Control+Shift+O")
        reader.find(".pc-welcome").wait_for()
        assert reader.page.evaluate("location.hash") == ""
        reader.until("document.activeElement.closest('#pc-question') !== null")
        reader.ask("Next?")
        assert reader.questions == ["Next?"]
    reader.button("all keys").click()
    told = reader.find(".pc-keys").inner_text()
    assert "Ctrl+Shift+O" in told
    assert "End" in told


WORDS = """async () => {
  const text = [...document.querySelectorAll(".pc-exchange")].at(-1).querySelector(".pc-text");
  for (let place = 0; place < 8; place++) {
    text.append(" word");
    text.getBoundingClientRect();
    await new Promise((done) => setTimeout(done, 30));
  }
}"""


def styled(browser: Any, reader: Reader) -> int:
    """Return of how many elements the style is worked out while words come: the least of three."""
    return min(_styled(browser, reader) for _ in range(3))


def _styled(browser: Any, reader: Reader) -> int:
    driven = browser._browser  # what traces
    driven.start_tracing(page=reader.page, categories=["devtools.timeline", "blink"])
    reader.page.evaluate(WORDS)
    events = json.loads(driven.stop_tracing())["traceEvents"]
    counts = [
        one["args"].get("elementCount", 0)
        for one in events
        if one["name"] in ("UpdateLayoutTree", "Document::recalcStyle")
    ]
    assert counts
    return sum(counts)


@in_browser
@pytest.mark.parametrize("width", [1440, 390])
def test_a_word_that_comes_costs_no_more_in_a_long_conversation(browser: Any, site: Site, width: int):
    reader = Reader(browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce"), site)
    reader.ask()
    reader.ask()
    short = styled(browser, reader)
    for _ in range(8):
        reader.ask()
    assert styled(browser, reader) < 2 * short + 40
    reader.context.close()
