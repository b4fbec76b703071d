"""Where one is and how one gets about: links, keys, the search of conversations, and the sheet of a narrow page."""

from typing import Any

import pytest

from tests.web.reader import Reader, Site, in_browser


def address(reader: Reader) -> str:
    return str(reader.page.evaluate("location.hash"))


def go(reader: Reader, hash_: str) -> None:
    reader.page.evaluate("(hash) => { location.hash = hash; }", hash_)


def asks(reader: Reader, *questions: str) -> str:
    """Ask in a new conversation; return its address."""
    if reader.questions:
        reader.button("New").click()
        reader.find(".pc-welcome").wait_for()
    for question in questions:
        reader.ask(question)
    return address(reader)


def shows(reader: Reader, *questions: str) -> None:
    wanted = ", ".join(f'"{question}"' for question in questions)
    reader.until(
        f"[...document.querySelectorAll('.pc-asked')].map((one) => one.textContent).join() === [{wanted}].join()"
    )


TOP = "document.querySelectorAll('.pc-asked')[{}].getBoundingClientRect().top"
IN_SIGHT = f"{TOP} >= 0 && {TOP} < innerHeight / 2"


@in_browser
def test_the_address_names_the_conversation_and_reload_back_and_forward_come_to_it(browser: Any, site: Site):
    reader = Reader(browser.new_context(), site)
    assert address(reader) == ""
    first = asks(reader, "One?", "Two?")
    second = asks(reader, "Three?")
    assert first.startswith("#conversation=")
    assert first != second
    reader.page.go_back()  # the empty page became the second conversation: before it is the first
    shows(reader, "One?", "Two?")
    assert address(reader) == first
    reader.page.reload()
    reader.find(".pc-made").nth(1).wait_for()
    reader.page.go_forward()
    shows(reader, "Three?")
    reader.button("New").click()
    reader.find(".pc-welcome").wait_for()
    assert address(reader) == ""
    reader.page.go_back()
    shows(reader, "Three?")
    reader.page.go_forward()
    reader.find(".pc-welcome").wait_for()
    reader.ask("Four?")
    assert [turn.question for turn in site.app.asked[-1][1]] == []
    reader.context.close()


@in_browser
def test_the_link_of_an_answer_opens_its_conversation_at_it(browser: Any, site: Site):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    reader = Reader(context, site)
    site.app.script = tuple(site.app.script) * 8
    first = asks(reader, "One?", "Two?", "Three?")
    reader.find(".pc-exchange").nth(1).get_by_role("button", name="Copy link").click()
    reader.says("Copied")
    link = reader.page.evaluate("navigator.clipboard.readText()")
    assert link == f"{site.url}/{first.replace('conversation', 'answer')}/2"
    asks(reader, "Other?")
    other = Reader(context, site)  # another tab of the same browser
    for one in (reader, other):
        one.page.goto(link)
        shows(one, "One?", "Two?", "Three?")
        one.until(IN_SIGHT.format(1, 1))
        one.until("document.activeElement.textContent === 'Two?'")
    reader.page.reload()
    shows(reader, "One?", "Two?", "Three?")
    reader.until(IN_SIGHT.format(1, 1))
    go(reader, f"{link.partition('#')[2][:-1]}1")
    reader.until("document.activeElement.textContent === 'One?'")
    go(reader, f"{link.partition('#')[2][:-1]}9")
    reader.says("This conversation has no answer 9. Its last is 3.")
    reader.ask("Four?")
    assert address(reader) == first
    context.close()


@in_browser
def test_what_is_not_the_readers_own_is_said_not_to_be_here(browser: Any, site: Site):
    reader, other = Reader(browser.new_context(), site), Reader(browser.new_context(), site)
    link = asks(reader, "Mine?")
    for way in (lambda: go(other, link), other.page.reload):
        way()
        other.says("This conversation is not here.")
        other.find(".pc-welcome").wait_for()
        assert other.questions == []
    other.ask("Yours?")
    assert site.app.asked[-1] == ("Yours?", ())
    assert address(other) not in ("", link)
    go(other, link.replace("conversation", "answer") + "/1")
    other.says("This conversation is not here.")
    assert reader.questions == ["Mine?"]
    for one in (reader, other):
        assert one.faults == []
        one.context.close()


@in_browser
def test_papers_and_conversations_have_one_way_back(browser: Any, site: Site):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    reader = Reader(context, site)
    first = asks(reader, "One?")
    reader.button("Papers").click()
    paper = site.app.results[2].paper
    go(reader, f"#paper={paper.id}")
    reader.find(".pc-paper h3", has_text=paper.title).wait_for()
    reader.button("Copy link", ".pc-paper").click()
    reader.find(".pc-paper").get_by_text("Copied").wait_for()
    assert reader.page.evaluate("navigator.clipboard.readText()") == f"{site.url}/#paper={paper.id}"
    reader.page.go_back()
    reader.until("location.hash === '#papers'")
    reader.page.go_back()
    reader.find(".pc-made").wait_for()
    assert (address(reader), reader.questions) == (first, ["One?"])
    reader.button("Papers").click()
    reader.button("Conversations").click()
    reader.find(".pc-kept-open").click()
    reader.find(".pc-made").wait_for()
    assert (address(reader), reader.find("#pc-papers").is_visible()) == (first, False)
    context.close()


@in_browser
def test_a_tab_is_called_by_the_first_question_of_its_conversation(reader: Reader):
    assert reader.page.title() == "paperchat"
    reader.ask("One?")
    reader.ask("Two?")
    assert reader.page.title() == "One? \u00b7 paperchat"
    reader.button("New").click()
    reader.until("document.title === 'paperchat'")


# ---- keys


@in_browser
def test_keys_find_edit_explain_and_close_and_none_acts_while_one_types(reader: Reader):
    keys, find = reader.page.keyboard, "document.activeElement.getAttribute('aria-label') === 'Find a paper'"
    reader.until("document.activeElement.matches('#pc-question textarea')")
    keys.press("Tab")
    keys.press("/")
    reader.until(find)
    reader.box.click()
    keys.press("Control+k")
    reader.until(find)
    keys.type("/?")
    assert reader.page.evaluate("document.activeElement.value") == "/?"
    keys.press("Escape")
    keys.press("Escape")
    reader.box.click()
    keys.press("ArrowUp")  # nothing was asked
    keys.type("/?")
    assert reader.box.input_value() == "/?"
    reader.box.fill("")
    reader.ask("One?")
    reader.ask("Two?")
    keys.press("ArrowUp")
    reader.until("document.activeElement.value === 'Two?'")
    keys.press("Control+k")
    reader.until("document.activeElement.value === 'Two?'")
    keys.press("Escape")
    reader.box.fill("typed")
    keys.press("ArrowUp")
    assert reader.page.get_by_label("Edit the question").count() == 0
    reader.page.locator(".pc-chip").first.focus()
    keys.press("?")
    dialog = reader.page.get_by_role("dialog", name="Keys")
    dialog.wait_for()
    keys.press("/")
    assert dialog.is_visible()
    keys.press("Escape")
    dialog.wait_for(state="hidden")
    reader.until("document.activeElement.className === 'pc-chip'")
    reader.button("all keys").click()
    dialog.wait_for()
    reader.button("Close", ".pc-keys").click()
    reader.until("document.activeElement.className === 'pc-link'")


@in_browser
@pytest.mark.parametrize(
    ("opener", "shown"),
    [
        ("Choose papers", "#pc-filter"), ("Check a draft", ".pc-draft"),
        ("Papers", "#pc-papers"), ("Settings", "#pc-settings-screen"), ("Conversations", ".pc-drawer"),
    ],
)  # fmt: skip
def test_escape_closes_what_is_open(reader: Reader, opener: str, shown: str):
    reader.button(opener).click()
    reader.find(shown).wait_for()
    if opener == "Check a draft":
        reader.page.keyboard.press("Escape")
        assert reader.find(shown).is_visible()  # one types there
        reader.button("Check").focus()
    reader.page.keyboard.press("Escape")
    reader.find(shown).wait_for(state="hidden")
    reader.until("document.activeElement !== document.body")


@in_browser
def test_the_first_tab_leads_to_the_question_box(reader: Reader):
    reader.button("Conversations").focus()  # the second thing of the page
    reader.page.keyboard.press("Shift+Tab")
    link = reader.page.get_by_role("link", name="Skip to the question box")
    assert link.evaluate("(node) => node === document.activeElement && node.getBoundingClientRect().width > 100")
    reader.page.keyboard.press("Enter")
    reader.until("document.activeElement.matches('#pc-question textarea')")
    assert address(reader) == ""


# ---- conversations searched


@in_browser
def test_conversations_are_searched_and_a_place_opens_at_its_answer(browser: Any, site: Site):
    reader = Reader(browser.new_context(), site)
    asks(reader, "Of oaks?", "And of beeches?")
    first = address(reader)
    asks(reader, "Of larches?")
    reader.button("Conversations").click()
    field = reader.page.get_by_role("searchbox", name="Search conversations")
    field.fill("BEECH")
    reader.find(".pc-recall .pc-kept-open").wait_for()
    assert reader.find(".pc-recall mark").all_inner_texts() == ["beech"]
    assert "Question 2" in reader.find(".pc-recall .pc-kept-open").inner_text()
    assert reader.find(".pc-kept-title", has_text="larches").is_hidden()
    field.fill("no such word")
    reader.says("Not found in your conversations")
    field.fill("boosting")  # of each answer
    reader.says("3 places")
    field.press("Escape")
    reader.find(".pc-kept-title", has_text="larches").wait_for()
    field.fill("beech")
    reader.says("1 place")
    field.press("ArrowDown")
    reader.page.keyboard.press("Enter")
    shows(reader, "Of oaks?", "And of beeches?")
    reader.until("document.activeElement.textContent === 'And of beeches?'")
    assert address(reader) == first.replace("conversation", "answer") + "/2"
    reader.context.close()


# ---- a narrow page


def narrow(browser: Any, site: Site, width: int) -> Reader:
    return Reader(browser.new_context(viewport={"width": width, "height": 844}, has_touch=True), site)


@in_browser
@pytest.mark.parametrize("width", [390, 720, 820])  # 720: a window of 1440 pixels at 200 %
def test_a_narrow_pages_header_is_one_row_and_loses_nothing(browser: Any, site: Site, width: int):
    reader = narrow(browser, site, width)
    reader.ask()
    assert reader.find(".pc-bar").bounding_box()["height"] < 60
    assert reader.page.evaluate("document.documentElement.scrollWidth") == width
    reader.button("More").click()
    state = reader.find(".pc-state")
    for text in ("8 papers", "MiniLM", "qwen2.5:3b"):
        state.get_by_text(text).wait_for()
    assert state.evaluate("(node) => node.scrollWidth <= node.clientWidth")
    for name in ("Conversations", "Papers", "Check a draft", "Export", "New", "Settings", "Dark theme"):
        assert reader.page.get_by_role("button", name=name, exact=True).is_visible(), name
    reader.button("Export").click()
    reader.find(".pc-export").wait_for()
    reader.page.keyboard.press("Escape")
    assert reader.find(".pc-menu").is_hidden()
    reader.context.close()


@in_browser
@pytest.mark.parametrize("way", ["Escape", "button", "outside", "drag"])
def test_the_evidence_of_a_phone_is_a_sheet_that_keeps_the_focus_and_gives_it_back(browser: Any, site: Site, way: str):
    reader = narrow(browser, site, 390)
    reader.ask()
    assert reader.find(".pc-panel").is_hidden()
    reader.find(".pc-chip").first.click()
    reader.until("document.activeElement.matches('.pc-sheet mark.pc-cited')")
    reader.until(
        "(({ top, bottom }) => top >= 0 && bottom <= innerHeight)(document.activeElement.getBoundingClientRect())"
    )
    for _ in range(30):
        reader.page.keyboard.press("Tab")
        assert reader.page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('.pc-sheet')"
        )
    risen = "(sheet) => Promise.all(sheet.getAnimations().map((one) => one.finished))"
    reader.find(".pc-sheet").evaluate(risen)
    grip = reader.find(".pc-sheet-grip").bounding_box()
    if way == "button":
        reader.button("Close: Evidence").click()
    elif way == "outside":
        reader.page.mouse.click(195, grip["y"] - 40)
    elif way == "drag":
        reader.page.mouse.move(195, grip["y"] + 10)
        reader.page.mouse.down()
        reader.page.mouse.move(195, grip["y"] + 40, steps=3)
        reader.page.mouse.up()
        assert reader.find(".pc-panel").is_visible()  # not far enough
        reader.page.mouse.move(195, grip["y"] + 10)
        reader.page.mouse.down()
        reader.page.mouse.move(195, grip["y"] + 240, steps=5)
        reader.page.mouse.up()
    else:
        reader.page.keyboard.press("Escape")
    reader.find(".pc-panel").wait_for(state="hidden")
    reader.until("document.activeElement.className === 'pc-chip'")
    reader.button("Evidence: 8 papers").click()
    reader.find(".pc-sheet .pc-card").first.wait_for()
    reader.context.close()


@in_browser
def test_the_sheet_becomes_the_panel_of_a_wide_page_and_a_question_about_a_paper_leaves_it(browser: Any, site: Site):
    reader = narrow(browser, site, 390)
    reader.ask()
    reader.button("Evidence: 8 papers").click()
    reader.page.set_viewport_size({"width": 1440, "height": 844})
    reader.find("#pc-side .pc-card").first.wait_for()
    assert reader.find("dialog[open]").count() == 0
    assert reader.find(".pc-panel").bounding_box()["x"] > 700
    reader.page.set_viewport_size({"width": 390, "height": 844})
    reader.button("Evidence: 8 papers").click()
    reader.find(".pc-sheet").get_by_role("button", name="Ask about this paper").first.click()
    reader.find(".pc-is-narrowed").wait_for()
    reader.until("document.activeElement.matches('#pc-question textarea')")
    assert reader.find(".pc-panel").is_hidden()
    reader.context.close()
