"""The screen of papers: what it shows as pure views, what its address means, and how it behaves in Chromium."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest

from paperchat.bibliography import Details, Person, Scope
from paperchat.errors import InputError
from paperchat.retrieval import register
from paperchat.types import Paper
from paperchat.web import shelf
from paperchat.web.shelf import ALL, ORDERS, Shelf, Sought
from tests.fake_app import FakeLibrary, make_app, make_result
from tests.web.reader import Reader, Site, in_browser

NOTHING = Sought("", ALL, "", "As added", "1", "")
KNOWN = Details(
    authors=(Person("Bell", "Ana"), Person("Zhu", "Bo")), date=(2021, 3), venue="ICML", doi="10.1/x",
    arxiv="2101.00001", url="javascript:alert(1)", keywords=("trees",),
)  # fmt: skip
TWO = (
    Paper("a", "Trees of 5\\%", "We grow 5\\% more.", "f", KNOWN),
    Paper("b", "Graphs\u202e", "We join.", "f"),
)


def shelf_of(*papers: Paper) -> Shelf:
    library = FakeLibrary(tuple(make_result(paper, rank) for rank, paper in enumerate(papers, 1)), [])
    return Shelf(cast("Any", SimpleNamespace(library=library)))


def test_the_table_has_the_columns_in_which_any_paper_has_something():
    rows = shelf_of(*TWO).rows(NOTHING)
    assert rows.headers == ("Title", "Authors", "Year", "Venue", "Topic")
    assert rows.cells[0][1:4] == ("Bell and Zhu", "2021", "ICML")
    assert rows.cells[1][:4] == ("Graphs", "", "", "")
    assert shelf_of(TWO[1]).rows(NOTHING).headers == ("Title", "Topic")
    assert (shelf_of(*TWO).dated(), shelf_of(TWO[1]).dated()) == (True, False)


@pytest.mark.parametrize(
    ("sought", "found", "line"),
    [
        ({}, ["a", "b"], "1 to 2 of 2 papers"),
        ({"text": "bell"}, ["a"], "1 to 1 of 1 papers found among 2"),
        ({"years": "2021"}, ["a"], "1 to 1 of 1 papers found among 2"),
        ({"topic": "trees, graphs"}, ["b"], "1 to 1 of 1 papers found among 2"),
        ({"topic": "no such topic"}, ["a", "b"], "1 to 2 of 2 papers"),
        ({"region": "0 0 0.5 0.5"}, ["a"], "1 to 1 of 1 papers found among 2"),
        ({"region": "0.9 0.9 1 1", "text": "bell"}, [], "None of 2 papers"),
        ({"region": "0 0 1"}, ["a", "b"], "1 to 2 of 2 papers"),
        ({"order": "Title"}, ["b", "a"], "1 to 2 of 2 papers"),
        ({"order": "by magic", "page": "x"}, ["a", "b"], "1 to 2 of 2 papers"),
        ({"page": "99999999999"}, ["a", "b"], "1 to 2 of 2 papers"),
    ],
    ids=str,
)
def test_the_table_keeps_to_what_is_sought(sought: dict[str, str], found: list[str], line: str):
    rows = shelf_of(*TWO).rows(replace(NOTHING, **sought))
    assert (list(rows.papers), rows.line) == (found, line)
    assert rows.lit == (None if len(found) == 2 else tuple("ab".index(one) for one in found))


def test_pages_are_turned_and_stay_within_the_table(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(register, "ROWS", 3)
    eight = Shelf(cast("Any", make_app()))
    lines = [eight.rows(NOTHING.turned(step)).line for step in (-1, 0, 1, 2, 3)]
    assert lines == ["1 to 3 of 8 papers", "1 to 3 of 8 papers", "4 to 6 of 8 papers", *["7 to 8 of 8 papers"] * 2]
    assert replace(NOTHING, page="3").first == NOTHING


def test_a_row_opens_its_paper_each_time_it_is_clicked():
    two = shelf_of(*TWO)
    first, again = two.picked(replace(NOTHING, order="Title"), 0), two.picked(replace(NOTHING, order="Title"), 0)
    assert first["paper"] == again["paper"] == "b"
    assert first != again
    assert two.picked(NOTHING, 7)["paper"] == ""


@pytest.mark.parametrize(
    ("looked_for", "asked"),
    [
        ({}, ()),
        ({"text": "bell"}, ("a",)),
        ({"topic": "trees, graphs"}, ("b",)),
        ({"region": "0 0 0.5 0.5"}, ("a",)),
        ({"region": "0 0 1 1"}, ()),
    ],
    ids=["nothing", "words", "a topic", "a box", "a box around all"],
)
def test_what_was_found_is_what_is_asked(looked_for: dict[str, str], asked: tuple[str, ...]):
    assert shelf_of(*TWO).scope(replace(NOTHING, **looked_for)) == Scope(asked)


def test_an_empty_box_and_one_around_too_many_papers_are_told(monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(InputError, match="No paper is there"):
        shelf_of(*TWO).scope(replace(NOTHING, region="0.4 0.4 0.5 0.5"))
    monkeypatch.setattr(shelf, "MOST_CHOSEN", 0)
    with pytest.raises(InputError, match="1 papers are too many"):
        shelf_of(*TWO).scope(replace(NOTHING, text="bell"))


def test_each_way_of_sorting_is_one_that_the_register_has():
    assert set(ORDERS.values()) == set(register.ORDERS)


def test_a_papers_page_has_all_that_is_known_of_it_and_no_link_but_to_the_web():
    page = shelf_of(*TWO).page("a")
    assert page["title"] == "Trees of 5%"
    assert (page["authors"], page["published"]) == ("Ana Bell, Bo Zhu", "ICML, 2021")
    assert (page["abstract"], page["keywords"], page["topic"]) == ("We grow 5% more.", ["trees"], "pre-training")
    assert [link["href"] for link in page["links"]] == ["https://doi.org/10.1/x", "https://arxiv.org/abs/2101.00001"]
    assert page["alike"] == [{"paper": "b", "title": "Graphs"}]
    with pytest.raises(InputError):
        shelf_of(*TWO).page("nowhere")


def test_the_picture_has_a_point_for_each_paper_and_names_its_topics():
    picture = shelf_of(*TWO).picture()
    assert picture["points"] == [[0.0, 0.0, 0, 0], [1.0, 1.0, 1, 1]]
    assert (picture["ids"], picture["topics"]) == (["a", "b"], ["pre-training", "trees, graphs"])
    assert shelf_of(*TWO).topics() == (ALL, "pre-training", "trees, graphs")


# ---- in the browser


def opened(reader: Reader) -> list[str]:
    """Open the screen; return the titles of the papers."""
    reader.button("Papers").click()
    lists(reader, "1 to 8 of 8 papers")
    return [result.paper.title for result in reader.app.results]


def lists(reader: Reader, line: str) -> None:
    reader.page.wait_for_function("line => document.querySelector('#pc-listed')?.innerText.includes(line)", arg=line)


def shows(reader: Reader, title: str) -> None:
    reader.find(".pc-paper h3", has_text=title).wait_for()


@in_browser
def test_papers_are_found_opened_and_asked_about(reader: Reader):
    titles = opened(reader)
    assert not reader.box.is_visible()
    reader.find("#pc-table [data-row='1'][data-col='0']").click()
    shows(reader, titles[1])
    assert reader.page.url.endswith(f"#paper={reader.app.results[1].paper.id}")
    reader.page.keyboard.press("ArrowDown")
    shows(reader, titles[2])
    reader.page.keyboard.press("Enter")
    reader.until("document.activeElement.matches('.pc-paper h3')")
    reader.find(".pc-paper .pc-taken", has_text="title").wait_for()
    reader.page.get_by_label("Find", exact=True).fill(titles[4])
    lists(reader, "1 to 1 of 1 papers found among 8")
    reader.find("#pc-table [data-row='0'][data-col='0']", has_text=titles[4]).click()
    shows(reader, titles[4])
    reader.find(".pc-alike button").first.click()
    shows(reader, titles[0])
    reader.page.go_back()
    shows(reader, titles[4])
    reader.button("Ask about this").click()
    assert reader.box.input_value() == f"What is new in “{titles[4]}”?"
    reader.until("document.activeElement.matches('#pc-question textarea')")
    assert not reader.find("#pc-papers").is_visible()


@in_browser
def test_the_map_lights_up_the_papers_that_are_asked(reader: Reader):
    reader.ask()
    reader.find(".pc-card").first.get_by_role("button", name="Ask about this paper").click()
    reader.says("Asking 1 of 8 papers")
    opened(reader)
    reader.page.get_by_role("tab", name="Map").click()
    reader.until("document.querySelector('.pc-map canvas')?.dataset.lit === '1'")
    reader.button("Ask all papers").click()
    reader.until("document.querySelector('.pc-map canvas')?.dataset.lit === '8'")


@in_browser
def test_the_map_opens_a_paper_and_keeps_to_a_box(reader: Reader):
    reader.ask()
    titles = opened(reader)
    reader.page.get_by_role("tab", name="Map").click()
    reader.until("document.querySelector('.pc-map canvas')?.dataset.drawn === '8'")
    reader.find(".pc-map-line", has_text="Ringed: cited by the last answer").wait_for()
    assert reader.find(".pc-map-topics button").all_inner_texts() == ["pre-training\n4", "trees, graphs\n4"]
    canvas = reader.find(".pc-map canvas")
    size = canvas.bounding_box()
    canvas.click(position={"x": size["width"] - 18, "y": size["height"] - 18})
    shows(reader, titles[7])
    reader.page.mouse.move(size["x"] + 4, size["y"] + 4)
    reader.page.mouse.down()
    reader.page.mouse.move(size["x"] + size["width"] / 2, size["y"] + size["height"] / 2, steps=4)
    reader.page.mouse.up()
    lists(reader, "1 to 4 of 4 papers found among 8")
    reader.find(".pc-map-asked", has_text="Asking 4 of 8 papers: 4 chosen ones").wait_for()
    reader.button("Back to the conversation").click()
    reader.find(".pc-scope-line", has_text="Asking 4 of 8 papers: 4 chosen ones").wait_for()
    reader.button("Papers").click()
    reader.button("Ask all papers").click()
    lists(reader, "1 to 8 of 8 papers")
    reader.until("document.querySelector('.pc-scope-line').textContent === ''")
    assert not reader.button("Ask all papers").is_visible()
    reader.page.get_by_role("combobox", name="Topic").click()
    reader.page.get_by_role("option", name="trees, graphs").click()
    lists(reader, "1 to 4 of 4 papers found among 8")


@in_browser
def test_what_the_table_lists_is_asked_with_one_click(reader: Reader):
    titles = opened(reader)
    assert not reader.find("#pc-ask-listed").is_visible()
    reader.page.get_by_label("Find", exact=True).fill(titles[4])
    reader.button("Ask this one").click()
    reader.find(".pc-scope-line", has_text=f"Asking 1 of 8 papers: “{titles[4]}”").wait_for()
    reader.until("!document.body.classList.contains('pc-browsing')")
    reader.button("All papers").click()
    reader.until("document.querySelector('.pc-scope-line').textContent === ''")


@in_browser
def test_a_link_opens_a_paper_and_the_conversation_is_where_it_was(reader: Reader):
    reader.ask()
    paper = reader.app.results[5].paper
    reader.page.evaluate(f"location.hash = 'paper={paper.id}'")
    shows(reader, paper.title)
    reader.page.reload()
    shows(reader, paper.title)
    reader.find(".pc-paper .pc-taken", has_text="title").wait_for()
    assert reader.page.evaluate("document.querySelector('#pc-aside').scrollTop") == 0
    reader.button("Back to the conversation").click()
    reader.find(".pc-made").wait_for()
    assert reader.questions == ["What does pre-training learn?"]
    assert reader.page.evaluate("location.hash").startswith("#conversation=")


@in_browser
def test_a_paper_that_is_not_there_is_told(reader: Reader):
    reader.page.evaluate("location.hash = 'paper=nowhere'")
    reader.find(".pc-paper [role=alert]").wait_for()
    reader.faults.clear()  # the browser's own line on a request that was refused


@in_browser
def test_on_a_phone_a_paper_stands_alone_and_leads_back_to_all(browser: Any, site: Site):
    phone = Reader(browser.new_context(viewport={"width": 390, "height": 844}), site)
    titles = opened(phone)
    phone.find("#pc-table [data-row='1'][data-col='0']").click()
    shows(phone, titles[1])
    assert phone.find("#pc-table").is_hidden()
    assert phone.page.evaluate("document.documentElement.scrollWidth") == 390
    phone.button("All papers").click()
    phone.find("#pc-table").wait_for()
    assert phone.faults == []
    phone.context.close()


WORD = """(part, word) => {
  const text = document.createTreeWalker(part, NodeFilter.SHOW_TEXT), range = new Range();
  while (text.nextNode()) {
    const start = text.currentNode.data.indexOf(word);
    if (start < 0) continue;
    range.setStart(text.currentNode, start);
    range.setEnd(text.currentNode, start + word.length);
    return new Set([...range.getClientRects()].map(({ top }) => top)).size;
  }
}"""
"""On how many lines a word stands."""


@in_browser
@pytest.mark.parametrize("details", [Details(), KNOWN])
def test_on_a_phone_the_table_breaks_no_word(
    browser: Any, site: Site, monkeypatch: pytest.MonkeyPatch, details: Details
):
    named = replace(site.app.library.atlas(), names=("representation, trees", "representation, graphs"))
    monkeypatch.setattr(FakeLibrary, "atlas", lambda _: named)
    first, *others = site.app.results
    site.app.results = (replace(first, paper=replace(first.paper, details=details)), *others)
    phone = Reader(browser.new_context(viewport={"width": 390, "height": 844}), site)
    opened(phone)
    row = phone.find("#pc-table [data-row='0']")
    row.filter(has_text="representation").wait_for()
    for word in ("representation,", *(("2021", "ICML") if details.year else ())):
        assert row.filter(has_text=word).evaluate(WORD, word) == 1, word
    assert phone.page.evaluate("document.documentElement.scrollWidth") == 390
    phone.context.close()


def test_a_papers_page_tells_when_it_was_added():
    added = replace(TWO[0], imported="2026-11-27T14:03:05+01:00")
    assert shelf_of(added, TWO[1]).page("a")["published"] == "ICML, 2021 · added 2026-11-27"
    assert shelf_of(replace(TWO[1], imported=added.imported)).page("b")["published"] == "added 2026-11-27"
