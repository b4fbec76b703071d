"""What the page offers to ask, what readers think of answers, how it leads the eye, and the report of a draft."""

import json
import re
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from paperchat.bibliography import ALL, Details
from paperchat.errors import InputError
from paperchat.evaluation.questions import read_questions
from paperchat.query.proposal import Proposal
from paperchat.types import Answer, AnswerSentence
from paperchat.web import offers as offering
from paperchat.web.drafts import Drafts
from paperchat.web.feedback import Feedback
from paperchat.web.offers import ON, Offers
from paperchat.web.page import PAGE
from paperchat.web.removals import Removals
from paperchat.web.server import STYLES
from paperchat.web.trying import Trying
from paperchat.web.view_model import best_start, evidence_view
from tests.fake_app import EXAMPLES, FakeApp, cite, make_app, make_result, make_table
from tests.web.reader import Reader, in_browser

if TYPE_CHECKING:
    from paperchat.app import App

UNTRIED = Proposal("What is not answered?", ("nothing",))


def answered(app: FakeApp, question: str = "Why?") -> Answer:
    said = tuple(AnswerSentence(f"So {n}.", (cite(one),)) for n, one in enumerate(app.results[:2]))
    return Answer(question, app.results, said, stage="done")


# ---- trying


def test_the_first_question_that_is_answered_is_offered():
    app = make_app()
    trying = Trying(cast("App", app))
    assert trying.first([UNTRIED, Proposal("B?"), Proposal("C?")]) == Proposal("B?")
    assert trying.first([UNTRIED]) is None
    assert app.tried == [UNTRIED.question, "B?", UNTRIED.question]
    assert app.asked == []


def test_a_question_that_fails_is_not_offered(monkeypatch: pytest.MonkeyPatch):
    app = make_app()

    def fail(*_: object, **__: object) -> Any:
        raise InputError("No.")

    monkeypatch.setattr(app, "ask", fail)
    assert Trying(cast("App", app)).first([Proposal("A?")]) is None


def test_nothing_is_tried_while_an_answer_is_made():
    app = make_app()
    trying = Trying(cast("App", app))
    with trying.standing_back():
        assert not trying.is_free(0)
        assert trying.first([Proposal("A?")], patience=0) is None
        with trying.standing_back():
            pass
        assert not trying.is_free(0)
    assert app.tried == []
    assert trying.first([Proposal("A?")], patience=0)


# ---- to begin with


def begun(app: FakeApp) -> dict[str, Any]:
    """Return what is offered once all was tried."""
    offers = Offers(cast("App", app))
    assert offers.beginning().keys() >= {"examples", "subjects", "years", "ready"}
    for thread in threading.enumerate():
        if thread.daemon and "_find_out" in thread.name:
            thread.join(20)
    return offers.beginning()


def test_an_empty_page_offers_what_was_tried_and_is_tried_once_for_a_set():
    app = make_app()
    told = begun(app)
    assert (told["ready"], told["examples"]) == (True, list(EXAMPLES))
    assert told["subjects"] == [
        {"name": "pre-training", "question": "Which papers are about pre-training?", "topic": "pre-training"},
        {"name": "trees, graphs", "question": "", "topic": "trees, graphs"},
    ]
    assert app.offered == list(EXAMPLES)
    tried = len(app.tried)
    app.offered.clear()  # paperchat began anew
    assert begun(app) == told
    assert app.offered == list(EXAMPLES)
    assert len(app.tried) == tried


def test_another_set_is_tried_anew(monkeypatch: pytest.MonkeyPatch):
    app = make_app()
    begun(app)
    tried = len(app.tried)
    monkeypatch.setattr(offering, "MADE", "another way")
    begun(app)
    assert len(app.tried) == 2 * tried


@pytest.mark.parametrize(
    ("years", "line"), [((), ""), ((2019,), "2019"), ((2021, 2019, 2023), "2019 to 2023"), ((2019, 2019), "2019")]
)
def test_the_years_of_a_set_are_said_as_far_as_they_are_known(years: tuple[int, ...], line: str):
    app = make_app()
    dated = [
        replace(one, paper=replace(one.paper, details=Details(date=(year,))))
        for one, year in zip(app.results, years, strict=False)
    ]
    app.results = (*dated, *app.results[len(years) :])
    assert Offers(cast("App", app)).beginning()["years"] == line


def test_what_fails_in_the_background_is_done_without(monkeypatch: pytest.MonkeyPatch, caplog: Any):
    app = make_app()

    def fail(_: object) -> Any:
        raise RuntimeError("boom")

    monkeypatch.setattr("tests.fake_app.FakeLibrary.starters", fail)
    told = begun(app)
    assert (told["ready"], told["examples"]) == (True, [])
    assert "paperchat failed on what to begin with" in caplog.text


# ---- after an answer


def test_what_can_be_asked_on_is_tried_once_and_at_most_a_few(monkeypatch: pytest.MonkeyPatch):
    app = make_app()
    offers, answer = Offers(cast("App", app)), answered(app)
    found = offers.after([answer], [], ALL)
    assert app.tried == []
    assert list(filter(None, found["questions"])) == ["What comes after 1?", "And what else after 1?"]
    assert [called for called, _ in found["forms"]] == ["More detail", "As a table"]
    tried = len(app.tried)
    again = offers.after([answer], [], ALL)["questions"]
    assert list(filter(None, again)) == ["What comes after 1?", "And what else after 1?"]
    assert len(app.tried) == tried
    kinds = tuple((Proposal(f"{n}?"),) for n in range(9))
    monkeypatch.setattr("tests.fake_app.FakeLibrary.follow_ups", lambda *_: kinds)
    assert len(list(filter(None, offers.after([answered(app, "Another?")], [], ALL)["questions"]))) == ON


def said(*texts: str, **changes: Any) -> Answer:
    """Return an answer of these sentences, each of another paper."""
    results = make_app().results
    sentences = tuple(AnswerSentence(text, (cite(one),)) for text, one in zip(texts, results, strict=False))
    return replace(Answer("Why?", results, sentences, stage="done"), **changes)


LONG, SHORT = said("So it is, in short and at length.", "And so."), said("So.")
TABLED = said("So.", table=make_table(make_app().results))


@pytest.mark.parametrize(
    ("form", "made", "answer", "serves"),
    [
        ("Shorter", SHORT, LONG, True),
        ("Shorter", LONG, SHORT, False),
        ("Shorter", SHORT, SHORT, False),
        ("More detail", LONG, SHORT, True),
        ("More detail", SHORT, LONG, False),
        ("As a table", TABLED, LONG, True),
        ("As a table", LONG, LONG, False),
        ("As a table", TABLED, TABLED, False),
    ],
)
def test_a_form_is_offered_that_changes_what_it_is_for(form: str, made: Answer, answer: Answer, serves: bool):
    assert {called: tells for called, _, tells in offering.FORMS}[form](made, answer) is serves


def test_of_what_is_no_answer_of_the_papers_no_form_is_tried():
    app = make_app()
    offers = Offers(cast("App", app))
    for none in (said("No.", abstained=True), said("Hello.", act="assistant.hello"), Answer("Why?", stage="done")):
        assert list(offers.after([none], [], ALL)["forms"]) == []
    assert app.tried == []


# ---- opinions


def test_an_opinion_is_of_an_answer_and_not_of_its_place(tmp_path: Path):
    app = make_app()
    feedback, answers = Feedback(cast("App", app)), [answered(app, "One?"), answered(app, "Two?")]
    feedback.judge("me", "key", answers, False, " Too short. ")
    assert feedback.of("me", "key", answers) == {"judged": {"1": {"good": False, "word": "Too short."}}, "all": 1}
    assert feedback.of("me", "key", answers[1:])["judged"] == {"0": {"good": False, "word": "Too short."}}
    assert feedback.of("you", "key", answers) == {"judged": {}, "all": 0}
    feedback.judge("me", "key", answers[:1], True, "")
    file = tmp_path / "kept.jsonl"
    file.write_text(feedback.file("me")["text"], encoding="utf-8")
    questions = read_questions(file, [one.paper.title for one in app.results])
    assert {(one.question, one.type, len(one.history), bool(one.gold)) for one in questions} == {
        ("Two?", "bad", 1, False), ("One?", "good", 0, True),
    }  # fmt: skip
    assert all(json.loads(line)["receipt"]["digest"] for line in file.read_text().splitlines())
    feedback.judge("me", "key", answers, None, "")
    assert feedback.of("me", "key", answers)["all"] == 1


def test_without_opinions_there_is_no_file():
    with pytest.raises(InputError, match="No answer was marked here"):
        Feedback(cast("App", make_app())).file("me")


def kept_and_marked(app: FakeApp) -> tuple[Answer, ...]:
    """Keep a conversation of two answers, of which a reader thinks something."""
    answers = (answered(app, "One?"), answered(app, "Two?"))
    for place, answer in enumerate(answers):
        app.conversations.keep("me", "key", place, answer)
    Feedback(cast("App", app)).judge("me", "key", answers[:1], True, "")
    Feedback(cast("App", app)).judge("me", "key", answers, False, "Too short.")
    return answers


@pytest.mark.parametrize("position", [0, 1], ids=["the whole conversation", "the last answer"])
def test_what_a_reader_thinks_of_answers_comes_back_with_them(position: int):
    app = make_app()
    answers, removals = kept_and_marked(app), Removals(cast("App", app))
    before = app.conversations.opinions.of("me")
    removals.cut("me", "key", position)
    if position == 0:
        assert app.conversations.opinions.of("me") == ()
    removals.restore("me", "key")
    assert app.conversations.opinions.of("me") == before
    assert Feedback(cast("App", app)).of("me", "key", answers)["judged"] == {
        "0": {"good": True, "word": ""}, "1": {"good": False, "word": "Too short."},
    }  # fmt: skip


def test_what_a_reader_thought_since_is_not_taken_back():
    app = make_app()
    answers, removals = kept_and_marked(app), Removals(cast("App", app))
    removals.cut("me", "key", 0)
    app.conversations.keep("me", "key", 0, answers[0])
    Feedback(cast("App", app)).judge("me", "key", answers[:1], False, "Not so good.")
    removals.restore("me", "key")
    judged = Feedback(cast("App", app)).of("me", "key", answers)["judged"]
    assert judged["0"] == {"good": False, "word": "Not so good."}
    assert judged["1"] == {"good": False, "word": "Too short."}


# ---- drafts


def test_the_report_of_a_draft_is_of_what_was_found_and_checks_nothing_twice(monkeypatch: pytest.MonkeyPatch):
    app = make_app()
    drafts, traced, trace = Drafts(cast("App", app)), list[str](), app.checker.trace

    def note(_: object, text: str) -> Any:
        traced.append(text)
        return trace(text)

    monkeypatch.setattr("tests.fake_app.FakeChecker.trace", note)
    assert len(list(drafts.trace("It is. So."))) == 2
    report = drafts.report("It is. So.", "md")
    assert report["name"] == "paperchat-draft.md"
    assert app.results[0].paper.title in report["text"]
    assert drafts.report("Another.", "html")["text"].startswith("<!DOCTYPE html>")
    assert traced == ["It is. So.", "Another."]
    with pytest.raises(InputError, match="'pdf' is no form of a report"):
        drafts.report("It is.", "pdf")


# ---- what leads


def test_of_a_paper_its_best_sentence_stands_out():
    result = make_result(make_app().results[0].paper, 1)
    cited = Answer("q", (result,), (AnswerSentence("A.", (cite(result, 1),)),))
    assert best_start(result, cited) == result.sentences[1].start
    assert best_start(result, Answer("q", (result,))) == result.sentences[0].start
    assert evidence_view(cited, {result.paper.id: 1})["cards"][0]["best"] == result.sentences[1].start


def test_there_are_five_sizes_of_type_and_one_family():
    css = "\n".join((PAGE / name).read_text(encoding="utf-8") for name in STYLES)
    tokens = re.findall(r"--pc-size-[a-z]+(?=:)", css)
    assert len(tokens) == 5
    used = set(re.findall(r"font-size: ([^;]+);", css))
    assert used <= {"inherit", *(f"var({token})" for token in tokens)}
    assert "serif" not in re.sub("sans-serif|Sans-serif", "", css)


# ---- in Chromium


@in_browser
def test_an_empty_page_says_what_the_set_is_about(reader: Reader):
    reader.find(".pc-welcome .pc-form").nth(1).wait_for()
    assert reader.find(".pc-welcome .pc-example").all_inner_texts() == list(EXAMPLES)
    assert reader.find(".pc-welcome .pc-form").all_inner_texts() == ["pre-training", "trees, graphs"]
    reader.button("pre-training").click()
    reader.find(".pc-made").wait_for()
    assert reader.questions == ["Which papers are about pre-training?"]


@in_browser
def test_the_years_of_a_set_are_seen_whole(reader: Reader):
    told = {"years": "1980 to 1987", "examples": [], "subjects": [], "ready": True}
    reader.page.route("**/page/beginning", lambda one: one.fulfill(json=told))
    reader.page.reload()
    reader.says("They are from 1980 to 1987.")
    line = reader.find("p.pc-set")
    assert line.evaluate("line => line.scrollWidth <= line.clientWidth")
    assert line.evaluate("line => line.lastChild.offsetTop < line.firstChild.offsetTop + line.firstChild.offsetHeight")


@in_browser
def test_a_new_conversation_is_offered_what_the_set_is_by_then(reader: Reader):
    reader.button(EXAMPLES[0]).click()
    reader.find(".pc-made").wait_for()
    reader.app.results = reader.app.results[:6]
    reader.button("New").click()
    reader.says("Ask 6 papers.")
    reader.find(".pc-welcome .pc-form").nth(1).wait_for()


@in_browser
def test_a_subject_without_a_list_opens_the_table_of_its_papers(reader: Reader):
    reader.button("trees, graphs").click()
    reader.until("document.querySelector('#pc-topic input')?.value === 'trees, graphs'")
    reader.says("1 to 4 of 4 papers found among 8")


@in_browser
def test_all_papers_are_one_click_from_an_empty_page(reader: Reader):
    reader.button("Browse all papers").click()
    reader.until("document.body.classList.contains('pc-browsing')")


@in_browser
def test_a_press_counts_though_what_the_papers_offer_comes_in_meanwhile(reader: Reader):
    held: list[Any] = []
    reader.page.route("**/page/beginning", lambda one: one.continue_() if held else held.append(one))
    reader.page.reload()
    reader.button("Browse all papers").hover()
    reader.page.mouse.down()
    while not held:
        reader.page.wait_for_timeout(20)
    assert reader.find(".pc-examples").count() == 0
    held[0].continue_()
    reader.find(".pc-examples").wait_for()
    reader.page.mouse.up()
    reader.until("document.body.classList.contains('pc-browsing')")


@in_browser
def test_what_was_tried_stands_under_the_last_answer_and_is_asked_by_a_click(reader: Reader):
    reader.ask("One?")
    reader.button("And what else after 1?").wait_for()
    assert reader.find(".pc-onward .pc-example").all_inner_texts() == ["What comes after 1?", "And what else after 1?"]
    reader.button("What comes after 1?").click()
    reader.find(".pc-made").nth(1).wait_for()
    assert reader.questions == ["One?", "What comes after 1?"]
    reader.button("What comes after 2?").wait_for()
    assert reader.find(".pc-exchange").first.locator(".pc-onward button").count() == 0


@in_browser
def test_who_asks_meanwhile_ends_the_look_for_more(reader: Reader):
    held = threading.Event()
    tried = reader.app.library.follow_ups

    def follow_ups(answers: Any) -> Any:
        held.wait(20)
        return tried(answers)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.fake_app.FakeLibrary.follow_ups", lambda _, answers: follow_ups(answers))
        reader.ask("One?")
        reader.ask("Two?")
        held.set()
        reader.button("What comes after 2?").wait_for()
    assert reader.questions == ["One?", "Two?"]
    assert "What comes after 1?" not in reader.app.tried


@in_browser
@pytest.mark.parametrize("model", ["qwen2.5:3b", None])
def test_an_answer_is_offered_in_the_forms_that_there_are(reader: Reader, model: str | None):
    reader.app.model = model
    reader.ask("One?")
    reader.button("As a table").wait_for()
    expected = ["Shorter", "More detail", "As a table", *(["In plain words", "In German"] if model else [])]
    shown = "[...document.querySelectorAll('.pc-onward .pc-form')].map((node) => node.textContent).join()"
    reader.until(f"{shown} === '{','.join(expected)}'")  # whether there is a model is told after the answer
    reader.button("Shorter").click()
    reader.find(".pc-made").nth(1).wait_for()
    assert reader.questions == ["One?", "Shorter, please"]


@in_browser
def test_an_answer_in_another_language_is_offered_in_english_again(reader: Reader):
    reader.ask("One?")
    reader.button("In German").click()
    reader.find(".pc-made").nth(1).wait_for()
    reader.button("In English").click()
    reader.find(".pc-made").nth(2).wait_for()
    assert reader.questions == ["One?", "In German, please", "In English, please"]


@in_browser
def test_sentences_as_points_are_a_list_with_their_numbers(reader: Reader):
    said = reader.app.script[:2]
    reader.app.meets = Answer("", reader.app.results, tuple(said), act="last.points")
    reader.ask("As bullet points, please")
    reader.find(".pc-points li").nth(1).wait_for()
    assert reader.find(".pc-points li .pc-chip").all_inner_texts() == ["1", "2", "3"]
    assert "written before" in reader.find(".pc-made").inner_text()  # no model, and no quotes
    assert reader.find(".pc-text").count() == 0


@in_browser
def test_a_table_is_offered_with_its_results_alone(reader: Reader):
    table = make_table(reader.app.results)
    reader.app.table = replace(table, aspects=("idea", "results"))
    reader.ask("One?")
    reader.button("Only the results").click()
    reader.find(".pc-made").nth(1).wait_for()
    assert reader.questions == ["One?", "Only the results"]


@in_browser
def test_an_opinion_is_kept_with_a_word_over_a_reload_and_taken_back(reader: Reader):
    reader.ask("One?")
    reader.button("Bad answer").click()
    field = reader.page.get_by_label("What is wrong with it")
    field.fill("It misses one.")
    field.press("Enter")
    reader.until("document.querySelector('.pc-opinion input')?.value === 'It misses one.'")
    with reader.page.expect_download() as download:
        reader.button("Save it as a question").click()
    (row,) = [json.loads(line) for line in Path(download.value.path()).read_text().splitlines()]
    assert (row["question"], row["good"], row["word"]) == ("One?", False, "It misses one.")
    reader.page.reload()
    reader.until("document.querySelector('.pc-thumb-down')?.getAttribute('aria-pressed') === 'true'")
    assert reader.page.get_by_label("What is wrong with it").input_value() == "It misses one."
    reader.button("Bad answer").click()
    reader.until("document.querySelector('.pc-thumb-down').getAttribute('aria-pressed') === 'false'")
    assert reader.find(".pc-opinion input").count() == 0


@in_browser
def test_a_thumb_comes_back_with_the_answer_that_was_removed(reader: Reader):
    reader.ask("One?")
    reader.button("Good answer").click()
    reader.until("document.querySelector('.pc-thumb-up').getAttribute('aria-pressed') === 'true'")
    reader.button("Undo").click()
    reader.find(".pc-exchange").wait_for(state="detached")
    reader.button("Put back", ".pc-log").click()
    reader.until("document.querySelector('.pc-thumb-up')?.getAttribute('aria-pressed') === 'true'")


@in_browser
def test_without_a_model_the_panel_shows_the_sentences_in_their_abstracts(reader: Reader):
    reader.app.model = None
    reader.ask()
    cited = reader.find(".pc-card.pc-is-cited")
    assert cited.locator(".pc-abstract").count() == cited.count() == 2
    assert cited.locator(".pc-quotes").count() == 0
    assert cited.locator("mark.pc-strong").count() == 2
    second = reader.app.results[0].sentences[1]
    reader.find(".pc-log .pc-quote", has_text=second.text).click()
    reader.until("document.activeElement.matches('mark.pc-strong')")
    assert reader.find("mark:focus").inner_text() == second.text
    assert reader.find(".pc-card").first.locator("mark.pc-strong").count() == 1
    reader.find(".pc-card").first.get_by_role("button", name=re.compile("^Hide abstract")).click()
    assert reader.find(".pc-card").first.locator(".pc-abstract").count() == 0


@in_browser
def test_the_answer_outweighs_its_question_and_the_titles_of_its_quotes(reader: Reader):
    reader.app.model = None
    reader.ask()
    size = "(name) => parseFloat(getComputedStyle(document.querySelector(name)).fontSize)"
    asked, title, quote = (reader.page.evaluate(size, name) for name in (".pc-asked", ".pc-title", ".pc-log .pc-quote"))
    assert quote > asked > title


@in_browser
def test_a_chip_is_large_enough_and_never_alone_on_a_line(reader: Reader):
    many = tuple(cite(one) for one in reader.app.results)
    reader.app.script = (AnswerSentence("Bees fly over many hills and rivers, as all say.", many),)
    reader.ask()
    for width in (1440, 390, 330):
        reader.page.set_viewport_size({"width": width, "height": 800})
        boxes = [one.bounding_box() for one in reader.find(".pc-log .pc-chip").all()]
        assert len(boxes) == len(many)
        assert all(box["width"] >= 24 and box["height"] >= 24 for box in boxes)
        lines = [round(box["y"]) for box in boxes]
        assert all(lines.count(line) > 1 for line in lines)


@in_browser
def test_a_draft_has_its_report_to_copy_and_to_save(reader: Reader):
    reader.button("Check a draft").click()
    reader.page.get_by_label("Text to check").fill("It is so. And so.")
    reader.button("Check").click()
    reader.button("Report").click()
    box = reader.find(".pc-report .pc-take")
    reader.until("document.querySelector('.pc-report .pc-taken')?.textContent.startsWith('# What the papers say')")
    box.get_by_label("Format").select_option("html")
    reader.until("document.querySelector('.pc-report .pc-taken').textContent.startsWith('<!DOCTYPE html>')")
    with reader.page.expect_download() as download:
        box.get_by_role("button", name="Save file").click()
    assert download.value.suggested_filename == "paperchat-draft.html"
