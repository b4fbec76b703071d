"""Every screen and state of the page, light and dark, passes all rules of axe, those of good practice too."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.fake_app import make_table
from tests.web.axe import violations
from tests.web.reader import Reader, Site, in_browser

Step = Callable[[Reader], object]


def press(name: str, within: str = "body", shown: str = "") -> Step:
    """Return a step that presses a button and waits for what it opens."""

    def step(reader: Reader) -> None:
        reader.button(name, within).click()
        if shown:
            reader.find(shown).first.wait_for()

    return step


def key(name: str) -> Step:
    return lambda reader: reader.page.keyboard.press(name)


def answers(reader: Reader) -> None:
    reader.ask()
    reader.find(".pc-chip").first.click()
    reader.until("document.activeElement.matches('mark.pc-cited')")


def writes(reader: Reader) -> None:
    reader.app.hold = 1
    reader.ask("And then?", wait=False)
    reader.find("[data-stage=writing]").wait_for()


def fails(reader: Reader) -> None:
    reader.app.hold = None
    reader.app.fails = "It broke off."
    reader.app.go_on.set()
    reader.find("[data-stage=failed]").wait_for()
    reader.app.fails = ""


def compares(reader: Reader) -> None:
    reader.app.table = make_table(reader.app.results)
    reader.ask("Compare.")
    reader.button("Copy or save the table").click()
    reader.find(".pc-compared .pc-taken:not(:empty)").wait_for()


def lists(reader: Reader) -> None:
    reader.app.table = None
    reader.app.lead = "2 of 8 papers."
    reader.ask("Which?")
    reader.app.lead = ""


def quotes(reader: Reader) -> None:
    reader.app.model = None
    reader.app.advice = "Ollama is not running. Start it: ollama serve"
    reader.ask("Quoted?")
    reader.find(".pc-advice:not(:empty)").wait_for()


def finds(reader: Reader) -> None:
    reader.page.get_by_role("combobox", name="Find a paper").fill("learning")
    reader.find("#pc-found [role=option]").first.wait_for()


def recalls(reader: Reader) -> None:
    reader.page.get_by_role("searchbox").fill("boosting")
    reader.find(".pc-recall mark").first.wait_for()


def checks(reader: Reader) -> None:
    reader.page.get_by_label("Text to check").fill("It mimics vision. It does not.")
    reader.button("Check").click()
    reader.find(".pc-traced-sentence").first.wait_for()


def browses(reader: Reader) -> None:
    reader.button("Papers").click()
    reader.until("document.querySelector('#pc-listed')?.innerText.includes('of 8 papers')")


def opens_a_paper(reader: Reader) -> None:
    reader.find("#pc-table [data-row='1'][data-col='0']").click()
    reader.find(".pc-paper .pc-taken:not(:empty)").wait_for()


def draws_the_map(reader: Reader) -> None:
    reader.page.get_by_role("tab", name="Map").click()
    reader.until("document.querySelector('.pc-map canvas')?.dataset.drawn === '8'")


def chooses_a_topic(reader: Reader) -> None:
    reader.page.get_by_role("combobox", name="Topic").click()
    reader.page.get_by_role("option").first.wait_for()


def sets(reader: Reader) -> None:
    reader.button("Settings").click()
    reader.find("#pc-settings-screen label").first.wait_for()
    reader.page.wait_for_timeout(300)  # the fields are filled


def unfolds(reader: Reader) -> None:
    reader.find(".pc-how summary").last.click()
    reader.find(".pc-how dl").first.wait_for()


def chooses_a_model(reader: Reader) -> None:
    reader.find(".pc-writer").click()
    reader.find(".pc-models .pc-model").first.wait_for()


def is_refused(reader: Reader) -> None:
    reader.page.evaluate("location.hash = 'conversation=nobodys'")
    reader.says("This conversation is not here.")


SCREENS: tuple[tuple[str, Step], ...] = (
    ("empty page", lambda _: None),
    ("answer with a source", answers),
    ("evidence with references", press("Cite: Gradient Boosting Reinforcement Learning", shown=".pc-card .pc-taken")),
    ("an answer's references", press("Cite", ".pc-log", ".pc-exchange > .pc-take .pc-taken")),
    ("editing", press("Edit", ".pc-log", ".pc-log .pc-edit")),
    ("editing left", key("Escape")),
    ("writing", writes),
    ("failed", fails),
    ("a thumb and a word", press("Bad answer", shown="[aria-label='What is wrong with it']")),
    ("how it was made", unfolds),
    ("models to retry with", press("Retry with\u2026", ".pc-log", "[aria-label='Retry with']")),
    ("models", chooses_a_model),
    ("models left", key("Escape")),
    ("comparison", compares),
    ("list", lists),
    ("search hits", finds),
    ("a paper looked up", key("Enter")),
    ("fields that choose papers", press("Choose papers", shown="#pc-filter")),
    ("fields left", press("Choose papers")),
    ("conversations", press("Conversations", shown=".pc-kept-open")),
    ("naming", press("Rename: What does pre-training learn?", shown=".pc-kept-row input")),
    ("naming left", key("Escape")),
    ("conversations searched", recalls),
    ("search left", key("Escape")),
    ("conversations left", key("Escape")),
    ("export", press("Export", shown=".pc-export .pc-taken:not(:empty)")),
    ("export left", key("Escape")),
    ("keys", press("all keys", shown=".pc-keys")),
    ("keys left", key("Escape")),
    ("draft", press("Check a draft", shown=".pc-draft")),
    ("draft checked", checks),
    ("a draft's report", press("Report", ".pc-draft", ".pc-report .pc-taken:not(:empty)")),
    ("draft left", press("Back to the conversation", ".pc-draft")),
    ("without a model", quotes),
    ("removed", press("Undo", shown=".pc-removed")),
    ("papers", browses),
    ("topics", chooses_a_topic),
    ("topics left", key("Escape")),
    ("paper", opens_a_paper),
    ("map", draws_the_map),
    ("papers left", press("Back to the conversation", ".pc-browse-head")),
    ("settings", sets),
    ("settings left", press("Back to the conversation", ".pc-settings-head")),
    ("not here", is_refused),
)

NARROW: tuple[tuple[str, Step], ...] = (
    ("answer in a sheet", answers),
    ("sheet left", key("Escape")),
    ("menu", press("More", shown=".pc-menu .pc-state")),
    ("menu left", key("Escape")),
    ("fields that choose papers", press("Choose papers", shown="#pc-filter")),
    ("papers", browses),
    ("paper", opens_a_paper),
)


@in_browser
@pytest.mark.parametrize(("width", "screens"), [(1440, SCREENS), (390, NARROW)], ids=["wide", "narrow"])
def test_axe_finds_nothing(browser: Any, site: Site, width: int, screens: tuple[tuple[str, Step], ...]):
    reader = Reader(browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce"), site)
    found = {}
    for name, step in screens:
        step(reader)
        if not name.endswith(" left"):
            found[name] = violations(reader)
    print(*(f"{name}: {fault}" for name, faults in found.items() for fault in faults), sep="\n")
    assert [name for name, faults in found.items() if faults] == []
    reader.context.close()
