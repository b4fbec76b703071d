"""The bar at the top: on a narrow page, which scrolls as one, it stays in sight, and nothing hides below it."""

from typing import Any

import pytest

from tests.web.reader import Reader, Site, in_browser

BAR = "document.querySelector('.pc-bar').getBoundingClientRect()"
ASKED = "[...document.querySelectorAll('.pc-asked')].at(-1).getBoundingClientRect()"
TO_THE_END = "scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' })"


@in_browser
@pytest.mark.parametrize(("width", "height"), [(390, 844), (720, 450), (820, 1180)])
def test_the_bar_stays_in_sight_and_what_is_asked_stands_below_it(browser: Any, site: Site, width: int, height: int):
    site.app.model, site.app.advice = "", "Run: ollama pull qwen2.5:3b"
    size = {"width": width, "height": height}
    reader = Reader(browser.new_context(viewport=size, reduced_motion="reduce"), site)
    reader.until(f"document.querySelector('.pc-advice').getBoundingClientRect().top >= {BAR}.bottom - 1")
    assert reader.find(".pc-advice").is_visible()
    site.app.script = tuple(site.app.script) * 8
    reader.ask("One?")
    reader.ask("Two?")
    reader.until(f"{ASKED}.top >= {BAR}.bottom && {ASKED}.top < {BAR}.bottom + 60")
    reader.page.evaluate(TO_THE_END)
    reader.until(f"{BAR}.top === 0")
    assert reader.page.evaluate("document.querySelector('.pc-advice').getBoundingClientRect().bottom") < 0
    reader.button("Conversations").click()
    reader.find(".pc-kept-row").first.wait_for()
    reader.page.keyboard.press("Escape")
    reader.button("New").click()
    reader.find(".pc-welcome").wait_for()
    assert reader.faults == []
    reader.context.close()


@in_browser
def test_a_page_that_is_very_low_is_left_to_what_is_read(browser: Any, site: Site):
    reader = Reader(browser.new_context(viewport={"width": 640, "height": 320}, reduced_motion="reduce"), site)
    reader.ask()
    reader.page.evaluate(TO_THE_END)
    reader.until(f"{BAR}.bottom < 0")
    reader.context.close()
