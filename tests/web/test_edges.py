"""At every width the page keeps within its edges, from a phone to a desk, and at a zoom of 200 %."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.web.reader import Reader, Site, in_browser

WIDTHS = {"phone": (390, 844), "zoom": (720, 450), "tablet": (820, 1180), "desk": (1440, 900)}

BEYOND = """() => {
  const scrolls = (node) =>
    node && (["auto", "scroll"].includes(getComputedStyle(node).overflowX) || scrolls(node.parentElement));
  const seen = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const out = [...document.querySelectorAll("body *")].filter((node) => {
    const { left, right, width } = node.getBoundingClientRect();
    return width > 2 && (left < -1 || right > innerWidth + 1) && seen(node) && !scrolls(node.parentElement);
  });
  return out.map((node) => `${node.tagName} ${node.className} ${node.textContent.slice(0, 40)}`);
}"""
"""What reaches over an edge, but for what one can scroll to within a part."""


def narrow(reader: Reader, name: str) -> None:
    if reader.page.viewport_size["width"] < 900:
        reader.button("More").click()
    reader.button(name).click()


def finds(reader: Reader) -> None:
    field = reader.page.get_by_role("combobox", name="Find a paper")
    field.fill("learning")
    reader.find("#pc-found [role=option]").first.wait_for()


def browses(reader: Reader) -> None:
    reader.page.keyboard.press("Escape")
    reader.button("Papers").click()
    reader.until("document.querySelector('#pc-listed')?.innerText.includes('of 8 papers')")


def settings(reader: Reader) -> None:
    narrow(reader, "Settings")
    reader.until("document.querySelector('#pc-setting-papers :is(input, textarea)')?.value")


def conversations(reader: Reader) -> None:
    reader.button("Conversations").click()
    reader.find(".pc-kept-row").first.wait_for()


def drafts(reader: Reader) -> None:
    reader.page.keyboard.press("Escape")
    narrow(reader, "Check a draft")
    reader.page.get_by_label("Text to check").wait_for()


STATES: tuple[Callable[[Reader], None], ...] = (
    lambda _: None, lambda reader: reader.ask(), finds, browses, settings, conversations, drafts,
)  # fmt: skip


@in_browser
@pytest.mark.parametrize("size", WIDTHS.values(), ids=WIDTHS)
def test_nothing_reaches_over_the_edge_of_the_page(browser: Any, site: Site, size: tuple[int, int]):
    width, height = size
    site.app.model, site.app.advice = None, "Ollama does not answer at http://127.0.0.1:11434. Run: `ollama serve`"
    reader = Reader(browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce"), site)
    reader.find(".pc-advice:not(:empty)").wait_for()
    for place, step in enumerate(STATES):
        step(reader)
        assert (place, reader.page.evaluate(BEYOND)) == (place, [])
        assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    reader.context.close()


APART = """() => [...document.querySelectorAll(".pc-thumbs")].some((both) =>
  new Set([...both.children].map((thumb) => thumb.getBoundingClientRect().top)).size > 1)"""


@in_browser
def test_what_belongs_together_stays_on_one_line_at_every_width(browser: Any, site: Site):
    reader = Reader(browser.new_context(viewport={"width": 1440, "height": 900}), site)
    reader.ask()
    reader.ask()
    apart = []
    for width in range(360, 1450, 20):
        reader.page.set_viewport_size({"width": width, "height": 900})
        if reader.page.evaluate(APART):
            apart.append(width)
    assert apart == []
    reader.context.close()


@in_browser
def test_one_screen_is_on_show_and_back_leads_to_the_conversation(reader: Reader):
    on = "document.querySelectorAll('.pc-bar [aria-pressed=true]')"
    pressed = f"[...{on}].map((one) => one.ariaLabel ?? one.textContent).join()"
    reader.ask()
    for name in ("Papers", "Settings", "Papers"):
        reader.button("Check a draft").click()
        reader.until(f"{pressed} === 'Check a draft'")
        reader.button(name).click()
        reader.until(f"{pressed} === '{name}'")
        reader.find("button:visible", has_text="Back to the conversation").click()
        reader.find(".pc-exchange").wait_for()
        reader.until(f"{pressed} === ''")


EDGELESS = """() => [...document.querySelectorAll("#pc-room :is(input, textarea):not([type=file])")].filter((field) => {
  if (!field.checkVisibility() || field.getBoundingClientRect().width < 3) return false;
  for (let node = field; node && node.id !== "pc-room"; node = node.parentElement) {
    const { boxShadow, borderTopWidth, borderTopColor } = getComputedStyle(node);
    if (boxShadow !== "none") return false;
    if (parseFloat(borderTopWidth) && !/, 0\\)$|transparent/.test(borderTopColor)) return false;
  }
  return true;
}).map((field) => field.ariaLabel || field.id || field.className)"""


@in_browser
def test_each_field_of_the_papers_shows_where_it_is(reader: Reader):
    browses(reader)
    assert reader.page.evaluate(EDGELESS) == []
