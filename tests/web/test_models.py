"""Which model answers: what the page tells of it, how another is chosen, and what an answer says of its making."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from paperchat.bibliography import Scope
from paperchat.errors import InputError
from paperchat.settings import NO_MODEL, Choice
from paperchat.types import Answer, AnswerSentence, ModelInfo
from paperchat.web.choosing import about, choice_of, choose_model, models_view
from paperchat.web.made_view import NOT_KEPT, made_view
from paperchat.web.removals import Removals
from tests.fake_app import cite, make_app, make_table, shipped_results
from tests.web.reader import Reader, Site, in_browser

RESULTS = shipped_results()[:2]
WRITTEN = Answer(
    "Why?", RESULTS, (AnswerSentence("So.", (cite(RESULTS[0]),)),), stage="done", model="m:1b", model_digest="d" * 64,
    timings={"evidence": 0.4, "first_token": 2.0, "checking": 5.5, "total": 6.0}, prompt_tokens=1234,
    settings={"num_ctx": 8192, "papers": 8, "think": "yes"},
    shown=(cite(RESULTS[0]), cite(RESULTS[0], 1), cite(RESULTS[1])),
)  # fmt: skip


def app_with(*others: str, **changes: object) -> Any:
    return make_app(others=others, **changes)


# ---- views


def test_a_model_is_told_by_its_size_its_context_and_whether_it_can_think():
    assert about(ModelInfo("m", "d", 40960, 7.62, thinking=True)) == "7.6B · 40,960 tokens of context · can think"
    assert about(ModelInfo("m", "d", 0, 0.63, thinking=False)) == "0.63B"
    assert about(ModelInfo("m", "d", 0, 0, thinking=False)) == ""


def test_the_view_tells_what_answers_what_else_may_and_what_is_worth_installing():
    view = models_view(app_with("thinker:4b"), "me", "a")
    assert (view["model"], view["usual"], view["chosen"], view["advice"]) == ("qwen2.5:3b", "qwen2.5:3b", "", "")
    assert [one["name"] for one in view["installed"]] == ["qwen2.5:3b", "thinker:4b"]
    assert "qwen2.5:3b" not in [one["name"] for one in view["missing"]]
    assert view["missing"][0] == {
        "name": "qwen2.5:7b", "about": "4.7 GB to download", "command": "ollama pull qwen2.5:7b",
    }  # fmt: skip


def test_a_model_is_chosen_for_a_conversation_over_the_settings_of_its_reader():
    app = app_with("thinker:4b", "other:1b")
    app.conversations.choices.keep("me", Choice("other:1b", papers=5))
    choose_model(app, "me", "a", "thinker:4b")
    assert choice_of(app, "me", "a") == Choice("thinker:4b", papers=5)
    assert choice_of(app, "me", "b") == Choice("other:1b", papers=5)
    assert choice_of(app, "you", "a") == Choice()
    assert choice_of(app, "me", "a", NO_MODEL).model == NO_MODEL
    view = models_view(app, "me", "a")
    assert (view["model"], view["usual"], view["chosen"]) == ("thinker:4b", "other:1b", "thinker:4b")
    choose_model(app, "me", "a", "")
    assert models_view(app, "me", "a")["model"] == "other:1b"


def test_without_a_model_by_choice_nothing_is_missing():
    app = app_with()
    choose_model(app, "me", "a", NO_MODEL)
    view = models_view(app, "me", "a")
    assert (view["model"], view["advice"], view["usual"]) == (None, "", "qwen2.5:3b")


def test_only_what_can_answer_may_be_chosen_and_the_line_that_installs_it_is_told():
    with pytest.raises(InputError, match="No model 'gone:1b' that can answer is installed in Ollama") as raised:
        choose_model(app_with(), "me", "a", "gone:1b")
    assert raised.value.fix.endswith("run: `ollama pull gone:1b`")


def test_a_model_that_was_chosen_and_is_gone_is_told():
    app = app_with("other:1b")
    choose_model(app, "me", "a", "other:1b")
    app.others = ()
    view = models_view(app, "me", "a")
    assert (view["model"], view["chosen"], view["usual"]) == (None, "other:1b", "qwen2.5:3b")
    assert "ollama pull other:1b" in view["advice"]


def test_a_conversation_that_comes_back_has_what_was_chosen_for_it():
    app = app_with("other:1b")
    scope = Scope(authors=("Bell",))
    for reader in ("me", "you"):
        app.conversations.keep(reader, f"of {reader}", 0, WRITTEN)
    choose_model(app, "me", "of me", "other:1b")
    app.conversations.choose("me", "of me", scope)
    removals = Removals(app)
    removals.cut("me", "of me", 0)
    assert app.conversations.choices.model("me", "of me") == ""
    removals.restore("me", "of me")
    assert (app.conversations.choices.model("me", "of me"), app.conversations.scope("me", "of me")) == (
        "other:1b",
        scope,
    )


def test_how_an_answer_was_made_is_told_with_what_the_model_was_shown():
    view = made_view(WRITTEN, {RESULTS[0].paper.id: 1})
    assert view is not None
    assert (view["model"], view["digest"], view["prompt"], view["line"]) == ("m:1b", "d" * 12, "1,234 tokens", "")
    assert [seconds for _, seconds in view["steps"]] == [
        f"{one}\N{NO-BREAK SPACE}s" for one in ("0.4", "1.6", "3.5", "0.5")
    ]
    assert view["settings"] == [["context, in tokens", "8,192"], ["papers retrieved", "8"], ["thinks first", "yes"]]
    assert [(one["number"], one["paper"]) for one in view["shown"]] == [
        (1, RESULTS[0].paper.id),
        (0, RESULTS[1].paper.id),
    ]
    assert [[one["cited"] for one in paper["sentences"]] for paper in view["shown"]] == [[True, False], [False]]


@pytest.mark.parametrize(
    ("changes", "line", "steps"),
    [
        ({"shown": (), "timings": {"evidence": 0.4, "total": 2.0}}, NOT_KEPT, 2),
        ({"shown": (), "model": None, "timings": {"total": 0.2}}, "", 1),
        ({"stage": "failed", "timings": {}}, "", 0),
    ],
    ids=["kept by an older paperchat", "without a model", "failed at once"],
)
def test_what_is_not_known_of_an_answer_is_left_out(changes: dict[str, Any], line: str, steps: int):
    view = made_view(replace(WRITTEN, **changes), {})
    assert view is not None
    assert (view["line"], len(view["steps"])) == (line, steps)


@pytest.mark.parametrize("stage", ["evidence", "writing", "checking"])
def test_while_an_answer_is_made_nothing_is_told_of_its_making(stage: Any):
    assert made_view(replace(WRITTEN, stage=stage), {}) is None


# ---- in Chromium


def writer(reader: Reader, name: str) -> None:
    """The header says that this model answers."""
    reader.find(".pc-writer", has_text=name).wait_for()


def choose(reader: Reader, title: str) -> None:
    reader.find(".pc-writer").click()
    reader.find(".pc-model", has=reader.find(".pc-model-name").get_by_text(title, exact=True)).click()
    reader.find(".pc-model[aria-pressed=true]", has_text=title).wait_for()
    reader.page.keyboard.press("Escape")


@pytest.fixture
def several(desk: Any, site: Site) -> Any:
    """A tab where several models are installed."""
    site.app.others = ("thinker:4b", "other:1b")
    one = Reader(desk, site)
    yield one
    one.page.close()
    assert one.faults == []


def asked(reader: Reader) -> list[str]:
    return [choice.model for choice in reader.app.choices]


@in_browser
def test_a_model_is_chosen_for_one_conversation_and_a_reload_keeps_it(several: Reader):
    writer(several, "qwen2.5:3b")
    choose(several, "thinker:4b")
    writer(several, "thinker:4b")
    several.ask("One?")
    several.page.reload()
    several.find(".pc-asked").wait_for()
    writer(several, "thinker:4b")
    several.ask("Two?")
    several.button("New").click()
    several.find(".pc-welcome").wait_for()
    writer(several, "qwen2.5:3b")
    several.ask("Three?")
    assert asked(several) == ["thinker:4b", "thinker:4b", ""]
    several.button("Conversations").click()
    several.find(".pc-kept-open", has_text="One?").click()
    writer(several, "thinker:4b")


@in_browser
def test_the_box_lists_what_is_installed_and_copies_the_line_for_what_is_not(several: Reader):
    several.context.grant_permissions(["clipboard-read", "clipboard-write"])
    several.find(".pc-writer").click()
    several.find(".pc-model").nth(4).wait_for()
    titles = several.find(".pc-model .pc-model-name").all_inner_texts()
    assert titles == ["As in Settings", "qwen2.5:3b", "thinker:4b", "other:1b", "Without a model"]
    assert "can think" in several.find(".pc-model", has_text="thinker:4b").inner_text()
    several.button("Copy: ollama pull qwen2.5:7b").click()
    several.find(".pc-is-copied").wait_for()
    assert several.page.evaluate("navigator.clipboard.readText()") == "ollama pull qwen2.5:7b"
    assert "suits 16 GB of memory" in several.find(".pc-models").inner_text()
    several.page.keyboard.press("Escape")
    assert several.find(".pc-models[open]").count() == 0


@in_browser
def test_an_answer_is_made_again_by_another_model_or_without_one(several: Reader):
    several.ask("One?")
    several.ask("Two?")
    several.button("Retry with\u2026").click()
    several.find(".pc-again").get_by_role("button", name="thinker:4b").click()
    several.find(".pc-exchange:nth-of-type(2) .pc-made", has_text="thinker:4b").wait_for()
    assert several.questions == ["One?", "Two?"]
    several.find(".pc-exchange").first.get_by_role("button", name="Retry with\u2026").click()
    several.says("Later questions will be removed.")
    several.find(".pc-again").get_by_role("button", name="without a model").click()
    several.find(".pc-exchange:first-of-type .pc-made", has_text="quotes only").wait_for()
    assert several.questions == ["One?"]
    several.button("Retry").click()
    several.find(".pc-made", has_text="qwen2.5:3b").wait_for()
    assert asked(several) == ["", "", "thinker:4b", NO_MODEL, ""]
    writer(several, "qwen2.5:3b")


@in_browser
def test_what_is_awaited_names_the_model_that_was_asked_for(several: Reader, monkeypatch: pytest.MonkeyPatch):
    app, ask = several.app, several.app.ask

    def compared(*asked: Any, **how: Any) -> Iterator[Answer]:
        for answer in ask(*asked, **how):
            yield replace(answer, table=make_table(app.results))

    several.ask()
    monkeypatch.setattr(app, "ask", compared)
    app.hold = 0
    several.button("Retry with\u2026").click()
    several.find(".pc-again").get_by_role("button", name="thinker:4b").click()
    several.says("The table is made of the abstracts alone. thinker:4b reads 8 papers\u2026")
    app.go_on.set()
    several.find(".pc-made", has_text="thinker:4b").wait_for()


@in_browser
def test_escape_closes_the_models_of_an_answer_and_gives_the_focus_back(several: Reader):
    several.ask("One?")
    several.button("Retry with\u2026").click()
    several.until("document.activeElement.closest('.pc-again')")
    several.page.keyboard.press("Escape")
    several.until("document.activeElement.textContent === 'Retry with\u2026'")
    assert several.find(".pc-again button").count() == 0


@in_browser
def test_without_a_model_by_choice_the_page_says_so_and_misses_none(several: Reader):
    choose(several, "Without a model")
    writer(several, "no model")
    several.says("Answers are the papers\u2019 own sentences: as you chose, no model writes.")
    assert several.find(".pc-advice").inner_text() == ""
    several.ask()
    several.find(".pc-made", has_text="quotes only").wait_for()


@in_browser
def test_how_an_answer_was_made_opens_under_it_and_leads_to_the_sentences(reader: Reader):
    shown = tuple(cite(result) for result in reader.app.results[:2])
    made = Answer("q", reader.app.results, shown=shown, model="m:1b", prompt_tokens=999, timings={"total": 2.0})
    reader.app.meets = replace(made, sentences=(AnswerSentence("So.", (shown[0],)),), settings={"papers": 8})
    reader.ask()
    reader.find(".pc-how summary").click()
    for text in ("999 tokens", "papers retrieved", "2.0\N{NO-BREAK SPACE}s", "beside the question: 2 sentences"):
        reader.says(text)
    assert reader.find(".pc-how li").all_inner_texts()[0].startswith(shown[0].quote)
    assert reader.find(".pc-how li.pc-is-cited").count() == 1
    reader.find(".pc-how li button").nth(1).click()
    reader.until("document.activeElement.matches('.pc-panel mark')")
    reader.page.reload()
    reader.find(".pc-how summary").click()
    reader.says("999 tokens")
