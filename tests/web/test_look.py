"""The look of each screen as numbers, and that one asks and reads: what `make test-gradio` runs on other Gradios."""

from importlib.metadata import version
from os import environ
from typing import Any, cast

import pytest

from tests.web.reader import Reader, Site, in_browser

WIDTHS = [1440, 390]

PAPER = {"light": "rgb(250, 249, 246)", "dark": "rgb(23, 22, 20)"}

RAISED = {"light": "rgb(255, 255, 255)", "dark": "rgb(32, 30, 27)"}

INK = {"light": "rgb(31, 29, 26)", "dark": "rgb(236, 232, 224)"}

ACCENT = {"light": "rgb(11, 106, 95)", "dark": "rgb(116, 205, 189)"}

CLEAR = "rgba(0, 0, 0, 0)"


class Look:
    """A person who measures."""

    def __init__(self, browser: Any, site: Site, width: int = 1440, theme: str = "light") -> None:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)
        self.reader = Reader(context, site)
        self.width, self.theme = width, theme
        self.find, self.button = self.reader.find, self.reader.button

    def style(self, selector: str, name: str) -> str:
        script = "(node, name) => getComputedStyle(node).getPropertyValue(name)"
        return cast("str", self.find(selector).first.evaluate(script, name))

    def box(self, selector: str) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom."""
        script = (
            "(node) => (({ left, top, right, bottom }) => [left, top, right, bottom])(node.getBoundingClientRect())"
        )
        return cast("tuple[float, float, float, float]", tuple(self.find(selector).first.evaluate(script)))

    def fits(self) -> None:
        """Nothing sticks out at the side, and of a wide page nothing at the end."""
        wide, high = self.reader.page.evaluate(
            "(({ scrollWidth, scrollHeight }) => [scrollWidth, scrollHeight])(document.scrollingElement)"
        )
        assert wide == self.width
        assert self.width < 900 or high == 900

    def close(self) -> None:
        assert self.reader.faults == []
        self.reader.context.close()


def test_it_is_the_gradio_that_was_asked_for():
    assert version("gradio") == environ.get("PAPERCHAT_GRADIO", version("gradio"))


@in_browser
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_empty_page(browser: Any, site: Site, width: int, theme: str):
    look = Look(browser, site, width, theme)
    for part in ("body", "gradio-app", "#pc-header", "#pc-body", "#pc-main"):
        assert look.style(part, "background-color") in (PAPER[theme], CLEAR), part
    left, top, right, bottom = look.box(".pc-bar")
    assert (left, top, right) == (0, 0, width)
    assert 44 <= bottom < 60
    left, top, right, bottom = look.box("#pc-ask")
    assert (left >= 4, right <= width - 4, bottom <= 900) == (True,) * 3
    assert 50 <= bottom - top <= 66
    assert top > 700
    assert look.style("#pc-ask", "background-color") == RAISED[theme]
    field = "#pc-question textarea"
    assert [look.style(field, name) for name in ("border-top-width", "background-color", "box-shadow")] == [
        "0px",
        CLEAR,
        "none",
    ]
    assert (look.style(field, "font-size"), look.style(field, "color")) == ("16px", INK[theme])
    assert look.style("#pc-send", "background-color") == ACCENT[theme]
    assert look.find("#pc-stop").is_hidden()
    assert look.find("#pc-papers").is_hidden()
    look.find(".pc-example").nth(1).wait_for()  # each comes once it was tried
    assert look.find(".pc-example").count() == 2
    assert look.style(".pc-welcome", "font-family").startswith("system-ui")
    look.fits()
    look.close()


@in_browser
@pytest.mark.parametrize("width", WIDTHS)
def test_an_answer_and_its_evidence(browser: Any, site: Site, width: int):
    look = Look(browser, site, width)
    site.app.hold = 1
    look.reader.ask(wait=False)
    look.find(".pc-sentence").first.wait_for()
    assert (look.find("#pc-stop").is_visible(), look.find("#pc-send").is_visible()) == (True, False)
    site.app.go_on.set()
    look.find(".pc-made").wait_for()
    assert look.style(".pc-sentence", "color") == INK["light"]
    assert look.style(".pc-sentence", "font-family").startswith("system-ui")
    assert look.style(".pc-chip", "background-color") == "rgb(224, 239, 236)"
    look.find(".pc-chip").first.click()
    look.reader.until("document.activeElement.matches('mark.pc-cited')")
    assert look.style("mark.pc-cited", "background-color") == "rgb(255, 224, 143)"
    if width < 900:
        look.reader.until("document.querySelector('.pc-sheet').getBoundingClientRect().bottom === innerHeight")
        left, top, right, bottom = look.box(".pc-sheet")
        assert (left, right, bottom) == (0, width, 900)
        assert 60 <= top < 400
        look.reader.page.keyboard.press("Escape")
    else:
        assert look.box("#pc-side")[0] == pytest.approx(width * 0.6, abs=2)
        assert look.box("#pc-side")[2] == look.box(".pc-bar")[2] == width
        for part in ("#pc-conversation", "#pc-side"):
            assert look.style(part, "overflow-y") == "auto"
    look.fits()
    look.close()


@in_browser
@pytest.mark.parametrize("width", WIDTHS)
def test_fields_that_choose_papers(browser: Any, site: Site, width: int):
    look = Look(browser, site, width)
    look.button("Choose papers").click()
    tops = set()
    for name in ("Author", "From", "To", "Venue", "Keyword"):
        field = look.find("#pc-filter").get_by_label(name)
        left, top, wide = (field.bounding_box()[side] for side in ("x", "y", "width"))
        assert left >= 0
        assert wide > 40
        assert left + wide <= width
        tops.add(round(top))
    assert width < 900 or len(tops) == 1
    assert look.box("#pc-filter")[3] <= look.box("#pc-ask")[1]
    look.find("#pc-filter").get_by_label("Author").fill("Nobody")
    look.find("#pc-filter-apply").click()
    look.reader.says("Nobody")
    look.fits()
    look.reader.faults.clear()  # the browser's own line on a request that was refused
    look.close()


@in_browser
@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (1440, "dark"), (390, "light")])
def test_papers_as_a_table_a_map_and_a_page(browser: Any, site: Site, width: int, theme: str):
    look = Look(browser, site, width, theme)
    look.button("Papers").click()
    look.reader.page.wait_for_function(
        "document.querySelector('#pc-listed')?.innerText.includes('1 to 8 of 8 papers')", polling=50
    )
    assert look.find("#pc-ask").is_hidden()
    cell = "#pc-table [data-row='1'][data-col='0']"
    assert look.style(cell, "color") == INK[theme]
    left, _, right, _ = look.box("#pc-table")
    assert left >= 4
    assert right <= width
    look.reader.page.get_by_role("combobox", name="Topic").click()
    option = look.reader.page.get_by_role("option", name="trees, graphs")
    option.wait_for()
    look.reader.page.keyboard.press("Escape")
    look.reader.page.get_by_role("tab", name="Map").click()
    look.reader.until("document.querySelector('.pc-map canvas')?.dataset.drawn === '8'")
    left, top, right, bottom = look.box(".pc-map canvas")
    assert right - left > min(width, 600) * 0.8
    assert bottom - top >= 300
    look.reader.page.get_by_role("tab", name="Table").click()
    look.find(cell).click()
    look.find(".pc-paper h3").wait_for()
    if width > 900:
        assert look.box("#pc-aside")[0] >= look.box("#pc-views")[2]
    look.fits()
    look.close()


@in_browser
def test_what_lies_over_the_page(browser: Any, site: Site):
    look = Look(browser, site)
    look.reader.ask()
    for opener, part in (("Conversations", ".pc-drawer"), ("Export", ".pc-export"), ("all keys", ".pc-keys")):
        look.button(opener).click()
        left, top, right, bottom = look.box(part)
        assert (left >= 0, top >= 0, right <= 1440, bottom <= 900) == (True,) * 4
        assert look.style(part, "background-color") == RAISED["light"]
        look.reader.page.keyboard.press("Escape")
        look.find(part).wait_for(state="hidden")
    look.button("Check a draft").click()
    look.reader.page.get_by_label("Text to check").fill("It mimics vision.")
    look.button("Check").click()
    look.find(".pc-traced-sentence").wait_for()
    look.fits()
    look.close()
