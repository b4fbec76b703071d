"""Sets on the page: two tabs on two sets, made, renamed, deleted and put back, each with its own conversations."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from paperchat.errors import InputError, StoreError
from paperchat.sets import Sets
from paperchat.types import Answer, AnswerSentence
from paperchat.web.page import PAGE
from paperchat.web.server import address, build_server, listen
from paperchat.web.serving import Serving
from paperchat.web.set_choice import SetChoice
from paperchat.web.uploads import Uploads
from tests.fake_app import FakeApp, make_app, make_sets, shipped_results
from tests.web.reader import Reader, Site, in_browser

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from paperchat.app import App

SAID = "Said by the set of graphs."


@dataclass
class TwoSets(Site):
    """A running page over two sets: the first of eight papers, that of graphs with three."""

    graphs: FakeApp


@pytest.fixture
def site() -> Iterator[TwoSets]:
    app, graphs = make_app(), FakeApp(shipped_results()[3:6], (), meets=Answer("", (), (AnswerSentence(SAID),)))
    with listen("127.0.0.1", 0) as listening:
        running = build_server(make_sets(app, graphs=graphs), "127.0.0.1")
        thread = threading.Thread(target=running.run, args=[[listening]])
        thread.start()
        yield TwoSets(address("127.0.0.1", listening.getsockname()[1]), app, graphs)
        running.should_exit = True
        thread.join()


def state(reader: Reader, line: str) -> None:
    """Wait until the header says it."""
    reader.page.wait_for_function(
        "line => document.querySelector('.pc-state')?.innerText.includes(line)", arg=line, polling=50
    )


def choose(reader: Reader, name: str) -> None:
    reader.page.get_by_role("combobox", name="Set", exact=True).click()
    reader.page.get_by_role("option", name=name, exact=True).click()


def told(reader: Reader, line: str) -> None:
    reader.find("#pc-set-line", has_text=line).wait_for()


# ---- without a browser


def serving_of(sets: Sets) -> Serving:
    with sets.using() as app:
        return Serving(sets, Uploads(app.imports.lent))


def test_a_set_that_was_opened_again_is_served_by_its_new_app_and_what_was_removed_can_come_back():
    sets = make_sets(make_app(), graphs=make_app())
    serving = serving_of(sets)
    with serving.seat("graphs") as seat:
        seat.app.conversations.keep("me", "key", 0, Answer("Mine?", stage="done"))
        seat.removals.cut("me", "key", 0)
    sets.delete("graphs")
    sets.restore()
    with serving.seat("graphs") as again, serving.seat("graphs") as same:
        assert again is same
        assert again.removals.count("me", "key") == 1
    with serving.seat("") as first, serving.seat("first") as named:
        assert first is named


def test_of_two_sets_no_two_things_that_are_sent_are_alike():
    serving = serving_of(make_sets(make_app(), graphs=make_app()))
    with serving.seat("") as one, serving.seat("graphs") as other:
        assert one.answering.whole() != other.answering.whole()
    choice = SetChoice(serving)
    assert choice.header("graphs") != choice.header("graphs")


def test_a_tab_on_a_set_that_is_gone_is_sent_to_the_one_that_the_page_opens_with():
    choice = SetChoice(serving_of(make_sets(make_app(), graphs=make_app())))
    header, _ = choice.turned("nowhere")
    assert '"go": ""' in header
    with pytest.raises(InputError, match="The set 'nowhere' is not here"):
        choice.header("nowhere")


@pytest.mark.parametrize("show", [SetChoice.turned, SetChoice.headed], ids=["turned", "headed"])
def test_a_set_that_cannot_be_opened_is_tried_once(
    monkeypatch: pytest.MonkeyPatch, show: Callable[[SetChoice, str], object]
):
    sets, tried = make_sets(make_app(), graphs=make_app()), list[str]()
    serving, using = serving_of(sets), sets.using

    def refusing(key: str = "") -> "AbstractContextManager[App]":
        tried.append(key)
        if key:
            raise StoreError("Another paperchat is using it.")
        return using(key)

    monkeypatch.setattr(sets, "using", refusing)
    show(SetChoice(serving), "graphs")
    assert tried == ["graphs", ""]


def test_styles_of_the_sets_know_no_class_of_gradios():
    names = {rule for rule in (PAGE / "sets.css").read_text(encoding="utf-8").split() if rule.startswith(".")}
    assert all(name.startswith((".pc-", ".gradio-container")) for name in names)


# ---- in the browser


@in_browser
def test_two_tabs_are_on_two_sets(desk: Any, site: TwoSets):
    one, other = Reader(desk, site), Reader(desk, site)
    other.button("First set").click()
    choose(other, "graphs")
    state(other, "3 papers")
    other.find("#pc-listed", has_text="1 to 3 of 3 papers").wait_for()
    other.button("Back to the conversation").click()
    assert other.page.url.endswith("/?set=graphs")
    other.find(".pc-welcome", has_text="Ask 3 papers.").wait_for()
    assert other.box.get_attribute("placeholder") == "Ask 3 papers"
    state(one, "8 papers")
    one.ask("Of the first set?")
    other.ask("Of graphs?")
    other.says(SAID)
    assert one.find(".pc-log").get_by_text(SAID).count() == 0
    assert [question for question, _ in site.app.asked] == ["Of the first set?"]
    assert [question for question, _ in site.graphs.asked] == ["Of graphs?"]
    one.ask("And again?")
    assert one.questions == ["Of the first set?", "And again?"]
    state(one, "8 papers")
    state(other, "3 papers")
    for reader in (one, other):
        reader.page.close()
        assert reader.faults == []


@in_browser
def test_a_reload_back_and_forward_keep_to_the_sets_and_their_conversations(desk: Any, site: TwoSets):
    reader = Reader(desk, site)
    reader.ask("Of the first set?")
    reader.button("First set").click()
    choose(reader, "graphs")
    state(reader, "3 papers")
    reader.find("#pc-listed", has_text="1 to 3 of 3 papers").wait_for()
    reader.button("Back to the conversation").click()
    reader.find(".pc-welcome", has_text="Ask 3 papers.").wait_for()
    reader.ask("Of graphs?")
    reader.page.reload()
    state(reader, "3 papers")
    reader.says(SAID)
    assert reader.questions == ["Of graphs?"]
    reader.button("Conversations").click()
    reader.find(".pc-kept-row", has_text="Of graphs?").wait_for()
    assert reader.find(".pc-kept-row").count() == 1
    reader.page.keyboard.press("Escape")
    reader.button("graphs").click()
    choose(reader, "First set")
    state(reader, "8 papers")
    reader.find("#pc-listed", has_text="1 to 8 of 8 papers").wait_for()
    reader.button("Back to the conversation").click()
    reader.find(".pc-asked", has_text="Of the first set?").wait_for()
    while "graphs" not in reader.page.url:
        reader.page.go_back()
    state(reader, "3 papers")
    reader.find(".pc-asked", has_text="Of graphs?").wait_for(state="attached")  # the screen of papers lies over it
    reader.page.close()
    assert reader.faults == []


@in_browser
def test_a_set_is_made_renamed_deleted_and_put_back_on_the_page(desk: Any, site: TwoSets):
    reader = Reader(desk, site)
    reader.button("Papers").click()
    reader.find("#pc-listed", has_text="1 to 8 of 8 papers").wait_for()
    reader.find("#pc-set-acts > button").click()
    name = reader.page.get_by_label("Name", exact=True)
    name.fill("Reading <b>group</b>")
    reader.button("New set").click()
    told(reader, "The set 'Reading <b>group</b>' is made, and empty: put papers into it under Add papers.")
    state(reader, "Reading <b>group</b>")
    state(reader, "0 papers")
    reader.find("#pc-listed", has_text="There are no papers yet").wait_for(state="attached")
    reader.find("#pc-find").wait_for(state="hidden")  # there is nothing to find, to list or to choose
    reader.page.get_by_role("tab", name="Add papers", selected=True).wait_for()
    assert reader.find("#pc-aside").is_hidden()
    assert reader.box.get_attribute("placeholder") == "There are no papers to ask yet"
    name.fill("graphs")
    reader.button("Rename").click()
    told(reader, "There is a set 'graphs' already.")
    name.fill("Journal club")
    reader.button("Rename").click()
    told(reader, "The set is called 'Journal club' now.")
    state(reader, "Journal club")
    reader.button("Delete").click()
    told(reader, "The set 'Journal club' was deleted. It can be put back.")
    state(reader, "8 papers")
    reader.find("#pc-find").wait_for()
    reader.find("#pc-listed", has_text="1 to 8 of 8 papers").wait_for()
    reader.button("Delete").click()
    told(reader, "The set 'First set' was deleted. It can be put back.")
    state(reader, "3 papers")
    reader.button("Put back First set").click()
    told(reader, "The set 'First set' is back.")
    state(reader, "8 papers")
    reader.button("Put back Journal club").click()
    told(reader, "The set 'Journal club' is back.")
    state(reader, "0 papers")
    reader.page.close()
    assert reader.faults == []


@in_browser
def test_a_tab_whose_set_was_deleted_by_another_one_is_told_so_by_what_it_uses(desk: Any, site: TwoSets):
    reader, other = Reader(desk, site), Reader(desk, TwoSets(f"{site.url}/?set=graphs", site.app, site.graphs))
    other.button("Papers").click()
    other.find("#pc-listed", has_text="1 to 3 of 3 papers").wait_for()
    reader.page.goto(f"{site.url}/?set=graphs#papers")
    reader.find("#pc-set-acts > button").click()
    reader.button("Delete").click()
    told(reader, "The set 'graphs' was deleted. It can be put back.")
    state(reader, "8 papers")
    gone = "The set 'graphs' is not here. It may have been deleted: choose another."
    other.page.get_by_label("Find", exact=True).fill("graph")
    other.find("#pc-listed", has_text=gone).wait_for()
    other.button("Settings").click()
    other.find(".pc-settings-head", has_text=gone).wait_for()
    other.page.close()
    reader.page.close()
    assert other.faults == reader.faults == []


@in_browser
def test_a_link_to_a_conversation_of_another_set_turns_to_it(desk: Any, site: TwoSets):
    reader = Reader(desk, TwoSets(f"{site.url}/?set=graphs", site.app, site.graphs))
    reader.ask("Of graphs?")
    link = reader.page.url
    assert "/?set=graphs#conversation=" in link
    other = Reader(desk, TwoSets(site.url, site.app, site.graphs))
    other.page.goto(link.replace("?set=graphs", ""))
    state(other, "3 papers")
    other.says(SAID)
    assert other.page.url == link
    other.page.close()
    reader.page.close()


@in_browser
def test_an_address_with_a_set_that_is_gone_opens_another(desk: Any, site: TwoSets):
    reader = Reader(desk, TwoSets(f"{site.url}/?set=gone", site.app, site.graphs))
    state(reader, "8 papers")
    assert reader.page.evaluate("location.search") == ""
    reader.ask("Here?")
    assert reader.questions == ["Here?"]
    reader.page.close()
