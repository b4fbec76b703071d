"""The screen of settings: what it holds for each reader, what becomes of what is typed, how it behaves in Chromium."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import fields
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from paperchat.export.making import SETTINGS
from paperchat.settings import LIMITS, NO_MODEL, Choice, Settings
from paperchat.storage.conversations import History
from paperchat.storage.folder import READERS
from paperchat.web.preferences import FIELDS, Preferences, hint
from paperchat.web.view_model import Json
from tests.fake_app import FakeApp, make_app
from tests.web.reader import Reader, Site, in_browser


def of(app: Any) -> Preferences:
    return Preferences(app)


@pytest.fixture
def app() -> FakeApp:
    """An app with three models, started with two settings of its own."""
    return make_app(others=("thinker:4b", "other:1b"), settings=Settings(Path("nowhere"), papers=6, form="strict"))


def test_what_a_reader_changes_is_theirs_alone_and_goes_back_to_what_paperchat_was_started_with(app: FakeApp):
    assert of(app).change("me", "papers", " 12 ") == {"kept": "Papers retrieved is now: 12. Kept."}
    assert of(app).change("me", "think", "yes") == {"kept": "Think first is now: yes. Kept."}
    mine, yours = of(app).state("me"), of(app).state("you")
    assert (mine.texts["papers"], mine.texts["think"], set(mine.changed)) == ("12", "yes", {"papers", "think"})
    assert (yours.texts["papers"], yours.texts["think"], set(yours.changed)) == ("6", "no", set())
    assert of(app).change("me", "papers", "") == {"kept": "Papers retrieved is now: 6. Kept."}
    assert app.conversations.choices.settings("me") == Choice(think="yes")


def test_what_a_reader_changes_at_once_on_several_sets_is_all_kept(tmp_path: Path):
    typed = {"papers": "12", "think": "yes", "form": "free", "evidence_papers": "3"}
    together = Barrier(len(typed))

    def change(name: str) -> Json:
        """Change a setting on a set of its own."""
        with closing(History(tmp_path / name, readers=tmp_path / READERS)) as history:
            together.wait()
            return of(make_app(conversations=history)).change("me", name, typed[name])

    with ThreadPoolExecutor(len(typed)) as pool:
        assert all("kept" in told for told in pool.map(change, typed))
    with closing(History(tmp_path / "last", readers=tmp_path / READERS)) as last:
        assert last.choices.settings("me") == Choice(papers=12, think="yes", form="free", evidence_papers=3)


def test_what_is_so_already_is_no_change(app: FakeApp):
    assert of(app).change("me", "papers", "6") == {}
    assert of(app).change("me", "model", "") == {}


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("papers", "99", "Papers retrieved: '99' is not allowed. Use a number from 1 to 50."),
        ("num_ctx", "<b>", "Context: '<b>' is not allowed. Use a number from 1024 to 1048576."),
        ("max_tokens", "6000", "An answer of 6,000 tokens is too long for a context of 8,192."),
        ("model", "gone:1b", "No model 'gone:1b' that can answer is installed in Ollama."),
        ("form", "prose", "Form: 'prose' is not allowed. Use strict or free."),
    ],
)
def test_a_bad_value_is_named_with_its_limits_and_nothing_changes(app: FakeApp, name: str, text: str, says: str):
    before = of(app).state("me")
    assert of(app).change("me", name, text)["message"].startswith(says)
    assert of(app).state("me") == before


def test_a_reader_who_is_not_known_changes_nothing(app: FakeApp):
    assert "Reload the page" in of(app).change("", "papers", "12")["message"]
    assert app.conversations.choices.settings("") == Choice()


def test_the_models_are_those_installed_and_one_that_is_gone_stays_to_be_seen(app: FakeApp):
    app.conversations.choices.keep("me", Choice("gone:1b"))
    values = [value for _, value in of(app).state("me").models]
    assert values == ["", "qwen2.5:3b", "thinker:4b", "other:1b", "gone:1b", NO_MODEL]
    labels = dict((value, label) for label, value in of(app).state("me").models)  # noqa: C402  # pairs the other way
    assert labels["gone:1b"] == "gone:1b (not installed)"
    assert "can think" in labels["thinker:4b"]


def test_each_setting_tells_its_default(app: FakeApp):
    started = make_app(settings=Settings(Path("nowhere"), model="big:7b"))
    assert [of(started).default(name) for name in FIELDS] == [
        "big:7b", "8", *["by the model's size"] * 3, "no", "512", "8,192",
    ]  # fmt: skip
    assert of(make_app()).default("model") == "the best that is installed"
    assert of(app).default("form") == "one sentence on each paper, in order"
    assert [value for _, value in of(app).options("form")] == ["strict", "free"]


OF_THE_MACHINE = {"chroma", "data", "set", "embedder", "ollama_host", "timeout", "host", "port"}
"""Settings of the folder, the server and the model server: one of them holds for all readers."""


def test_each_setting_that_is_not_the_machines_is_on_the_screen():
    assert {one.name for one in fields(Settings)} == OF_THE_MACHINE | set(FIELDS)
    assert {one.name for one in fields(Choice)} == set(FIELDS)


def test_each_setting_is_known_to_what_tells_how_an_answer_was_made():
    assert set(FIELDS) - {"model"} <= set(SETTINGS)
    assert all(hint(name) for name in FIELDS if name in LIMITS)


def test_where_conversations_are_not_kept_settings_say_so(app: FakeApp):
    app.conversations.choices.unkept = "Cannot write it."
    assert of(app).change("me", "papers", "12")["kept"].endswith("They are kept until paperchat ends: Cannot write it.")


# ---- in Chromium


def field(reader: Reader, name: str) -> Any:
    return reader.page.get_by_label(name, exact=False)


def opened(reader: Reader) -> None:
    reader.button("Settings").click()
    reader.until("document.querySelector('#pc-setting-papers :is(input, textarea)')?.value")


def told(reader: Reader, text: str) -> None:
    reader.find(".pc-settings-head p", has_text=text).wait_for()


@in_browser
def test_a_setting_holds_for_the_next_questions_and_a_reload_keeps_it(reader: Reader):
    opened(reader)
    field(reader, "Papers retrieved").fill("3")
    field(reader, "Papers retrieved").press("Enter")
    told(reader, "Papers retrieved is now: 3. Kept.")
    field(reader, "Longest answer").fill("300")
    field(reader, "Context").click()  # to leave a field is enough
    told(reader, "Longest answer is now: 300. Kept.")
    reader.button("Back to the conversation").click()
    reader.ask()
    assert reader.app.choices[-1] == Choice(papers=3, max_tokens=300)
    opened(reader)
    reader.page.reload()
    reader.until("document.querySelector('#pc-setting-papers :is(input, textarea)')?.value === '3'")
    reader.button("Default: 8").click()
    told(reader, "Papers retrieved is now: 8. Kept.")
    reader.until("document.querySelector('#pc-setting-papers :is(input, textarea)').value === '8'")
    assert reader.button("Default: 8").is_disabled()
    assert reader.button("Default: 512").is_enabled()


@in_browser
def test_a_bad_value_is_told_stays_in_its_field_and_changes_nothing(reader: Reader):
    opened(reader)
    field(reader, "Papers retrieved").fill("<i>99</i>")
    field(reader, "Papers retrieved").press("Enter")
    told(reader, "Papers retrieved: '<i>99</i>' is not allowed. Use a number from 1 to 50.")
    assert reader.find(".pc-settings-head p").get_attribute("role") == "alert"
    assert field(reader, "Papers retrieved").input_value() == "<i>99</i>"
    reader.button("Back to the conversation").click()
    reader.ask()
    assert reader.app.choices[-1] == Choice()


@in_browser
def test_a_model_and_whether_it_thinks_are_picked_from_lists(desk: Any, site: Site):
    site.app.others = ("thinker:4b",)
    reader = Reader(desk, site)
    opened(reader)
    for name, option, says in (
        ("Model", "thinker:4b", "Model is now: thinker:4b. Kept."),
        ("Think first", "Yes", "Think first is now: yes. Kept."),
    ):
        reader.find(f"#pc-setting-{name.split()[0].lower()} input").click()
        reader.page.get_by_role("option").filter(has_text=option).first.click()
        told(reader, says)
    reader.find(".pc-writer", has_text="thinker:4b").wait_for()
    assert [reader.app.conversations.choices.settings(key) for key in readers(reader)] == [
        Choice("thinker:4b", think="yes")
    ]
    assert reader.faults == []
    reader.page.close()


def readers(reader: Reader) -> list[str]:
    """The secret of this browser, as the server knows it."""
    return [one["value"] for one in reader.context.cookies() if one["name"] == "paperchat-reader"]


@in_browser
@pytest.mark.parametrize("cookies", [True, False], ids=["with cookies", "without cookies"])
def test_the_settings_of_one_reader_are_not_anothers(browser: Any, site: Site, cookies: bool):
    def visit() -> Reader:
        context = browser.new_context()
        if not cookies:
            context.route("**/*", lambda route: route.continue_(headers={**route.request.headers, "cookie": ""}))
        return Reader(context, site)

    one, other = visit(), visit()
    opened(one)
    field(one, "Papers retrieved").fill("3")
    field(one, "Papers retrieved").press("Enter")
    told(one, "Papers retrieved is now: 3. Kept.")
    opened(other)
    assert field(other, "Papers retrieved").input_value() == "8"
    for reader in (one, other):
        reader.button("Back to the conversation").click()
        reader.ask()
    assert [choice.papers for choice in site.app.choices] == [3, 0]
    for reader in (one, other):
        reader.context.close()


@in_browser
def test_the_screen_and_the_papers_take_turns_and_the_address_opens_it(reader: Reader):
    reader.ask("Still there?")
    opened(reader)
    assert reader.page.url.endswith("#settings")
    reader.button("Papers").click()
    reader.find("#pc-papers").wait_for()
    assert reader.find("#pc-settings-screen").is_hidden()
    reader.button("Settings").click()
    reader.find("#pc-settings-screen").wait_for()
    assert reader.find("#pc-papers").is_hidden()
    reader.page.go_back()
    reader.find("#pc-papers").wait_for()
    reader.page.go_forward()
    reader.find("#pc-settings-screen").wait_for()
    reader.button("Back to the conversation").click()
    reader.find("#pc-question").wait_for()
    assert reader.questions == ["Still there?"]
    reader.button("Settings").click()
    reader.find("#pc-settings-screen").wait_for()
    reader.page.keyboard.press("Escape")
    reader.find("#pc-question").wait_for()
    assert reader.questions == ["Still there?"]
