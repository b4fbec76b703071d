"""The page in a real browser, over a scripted app: what people see, click and read, and what hostile text can do."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import httpx
import pytest

from paperchat.app import Status
from paperchat.chunk import chunk_paper
from paperchat.errors import InputError, SettingsError
from paperchat.types import Answer, AnswerSentence, Citation, Leg, Paper, Result, Turn
from paperchat.web import build_page, check_port, conversation_view, evidence_view, launch
from tests.samples import GRAPHS, SPEECH, paper

EVIL = "http://evil.example"
PAYLOADS = (
    "<script>window.PWN=1</script>",
    f"<img src={EVIL}/a.png onerror='window.PWN=1'>",
    f"![x]({EVIL}/b.png)",
    f"<form action={EVIL}><input name=q></form>",
    "<div style='position:fixed;inset:0;z-index:9999'>overlay</div>",
    f"[click](javascript:alert(1)) <a href='{EVIL}'>there</a>",
    f"<svg onload=alert(1)><image href={EVIL}/c.svg></svg>",
    f"<meta http-equiv=refresh content='0;url={EVIL}'>",
    f"```mermaid\ngraph TD; A[<img src={EVIL}/d.png>]\n```",
)
HOSTILE = paper(" ".join(PAYLOADS), f"First {' '.join(PAYLOADS)} sentence. Second one here.")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DONE = ".pc-done, .pc-stopped, .pc-failed"


def result_of(one: Paper, rank: int) -> Result:
    sentences = tuple(sentence for sentence, _ in chunk_paper(one))
    return Result(one, rank, 2.0 / rank, Leg(rank, 0.8), Leg(rank, 3.0) if rank == 1 else None, sentences[::-1])


def citation(one: Paper, number: int) -> Citation:
    sentence, _ = chunk_paper(one)[number]
    return Citation(one.id, one.title, sentence.text, sentence.start, sentence.end)


class FakeApp:
    """Answers from a script: "slow" waits to be stopped, "hostile" is hostile, "quiet" has no model."""

    def __init__(self) -> None:
        self.closed = threading.Event()
        self.asked: list[tuple[str, int]] = []

    def status(self) -> Status:
        return Status(2, "hash", "tiny:1b", "")

    def examples(self) -> tuple[str, ...]:
        return ("What does GraphMAE reach on Cora?", "Which papers are about speech?")

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Iterator[Answer]:
        if len(question) > 10_000:
            raise InputError("The question has too many characters.", "Shorten it.")
        self.asked.append((question, len(history)))
        papers = (HOSTILE, GRAPHS) if "hostile" in question else (GRAPHS, SPEECH)
        answer = Answer(question, tuple(result_of(one, rank) for rank, one in enumerate(papers, 1)))
        yield answer
        if "quiet" in question:
            quotes = tuple(AnswerSentence(c.quote, (c,)) for c in (citation(GRAPHS, 2), citation(SPEECH, 1)))
            yield replace(answer, sentences=quotes, stage="done", notices=("Install Ollama for written answers.",))
            return
        text = " ".join(PAYLOADS) if "hostile" in question else "It reaches 84.2% on Cora."
        written = replace(answer, model="tiny:1b", stage="writing")
        try:
            for end in range(5, len(text) + 5, 5):
                yield replace(written, sentences=(AnswerSentence(text[:end]),))
                if "slow" in question:
                    threading.Event().wait(0.1)
                    text += " more"
        finally:
            self.closed.set()
        cited = AnswerSentence(text, (citation(papers[0], len(chunk_paper(papers[0])) - 1),))
        yield replace(written, sentences=(cited,), stage="done")


@pytest.fixture(scope="module")
def fake() -> FakeApp:
    return FakeApp()


@pytest.fixture(scope="module")
def address(fake: FakeApp) -> Iterator[str]:
    port = 7941
    while True:
        try:
            check_port("127.0.0.1", port)
            break
        except SettingsError:
            port += 1
    page = build_page(fake)  # type: ignore[arg-type]
    launch(page, "127.0.0.1", port, open_browser=False)
    yield f"http://127.0.0.1:{port}"
    page.close(verbose=False)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        if os.environ.get("PAPERCHAT_REQUIRE_BROWSER"):
            pytest.fail("PAPERCHAT_REQUIRE_BROWSER is set and there is no Chromium")
        pytest.skip("needs Chromium: none of chromium, chromium-browser, google-chrome is on the PATH")
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Callable[..., Any]]:
    """Open the page in a browser of its own; afterwards nothing may have been asked of another host."""
    foreign: list[str] = []
    with ExitStack() as stack:

        def opened(width: int = 1440, height: int = 900) -> Any:
            context = browser.new_context(viewport={"width": width, "height": height})
            stack.callback(context.close)
            page = context.new_page()
            page.on(
                "request", lambda r: None if r.url.startswith((address, "data:", "blob:")) else foreign.append(r.url)
            )
            page.on("dialog", lambda dialog: foreign.append(f"dialog {dialog.message}"))
            page.goto(address)
            page.wait_for_selector(".pc-example")
            return page

        yield opened
    assert foreign == []


def ask(page: Any, question: str, wait: str = DONE) -> None:
    page.fill("#pc-question textarea", question)
    page.keyboard.press("Enter")
    page.wait_for_selector(wait)


browser_test = pytest.mark.browser


def test_a_view_numbers_citations_in_the_order_of_first_use() -> None:
    answer = Answer(
        "q",
        (result_of(GRAPHS, 1), result_of(SPEECH, 2)),
        (
            AnswerSentence("S.", (citation(SPEECH, 0),)),
            AnswerSentence("G.", (citation(GRAPHS, 2), citation(SPEECH, 0))),
        ),
        model="m",
        stage="done",
    )
    turn = conversation_view([answer], ())["turns"][0]
    assert [[c["n"] for c in s["cites"]] for s in turn["sentences"]] == [[1], [2, 1]]
    assert [c["title"] for c in turn["cited"]] == [SPEECH.title, GRAPHS.title]
    assert [one["n"] for one in evidence_view([answer])[0]] == [1, 2]


def test_a_view_marks_exactly_the_sentences_and_loses_nothing() -> None:
    answer = Answer("q", (result_of(GRAPHS, 1),), (AnswerSentence("x", (citation(GRAPHS, 2),)),))
    pieces = evidence_view([answer])[0][0]["segments"]
    assert [piece["text"] for piece in pieces if piece["mark"] == "cited"] == [
        "GraphMAE reaches 84.2% accuracy on Cora."
    ]
    assert "".join(piece["text"] for piece in pieces) == GRAPHS.abstract.replace("\\%", "%")


def test_a_port_in_use_is_named(address: str) -> None:
    with pytest.raises(SettingsError, match="choose another with --port"):
        check_port("127.0.0.1", int(address.rpartition(":")[2]))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "evil.example"}, 400),
        ({"Origin": EVIL}, 400),
        ({"Origin": "null"}, 400),
        ({"Origin": "http://127.0.0.1:9"}, 400),
    ],
)
def test_foreign_hosts_are_refused(address: str, headers: dict[str, str], status: int) -> None:
    with httpx.Client(trust_env=False) as client:
        response = client.get(address, headers=headers)
    assert response.status_code == status
    if status == 200:
        assert "form-action 'none'" in response.headers["content-security-policy"]


def test_a_large_request_is_refused(address: str) -> None:
    with httpx.Client(trust_env=False) as client:
        assert client.post(f"{address}/gradio_api/upload", content=b"x" * 3_000_000).status_code == 413


@browser_test
def test_a_citation_opens_the_abstract_at_the_cited_sentence(visit: Any) -> None:
    page = visit()
    ask(page, "What does GraphMAE reach?")
    assert "It reaches 84.2% on Cora." in page.inner_text(".pc-prose")
    assert page.inner_text(".pc-cited li").endswith(GRAPHS.title)
    page.click(".pc-chip")
    assert page.inner_text("details[open] mark.pc-now") == "GraphMAE reaches 84.2% accuracy on Cora."
    assert page.evaluate("document.activeElement.tagName") == "MARK"
    assert page.locator(".pc-card").count() == 2


@browser_test
def test_stop_keeps_what_was_written_and_closes_the_answer(visit: Any, fake: FakeApp) -> None:
    page = visit()
    fake.closed.clear()
    ask(page, "a slow one", ".pc-prose")
    page.click("#pc-stop")
    page.wait_for_selector(".pc-stopped")
    assert "It re" in page.inner_text(".pc-prose")
    assert fake.closed.wait(20)
    page.wait_for_selector("#pc-send")


@browser_test
def test_retry_edit_and_undo_act_on_the_conversation(visit: Any, fake: FakeApp) -> None:
    page = visit()
    page.click(".pc-example >> nth=0")
    page.wait_for_selector(DONE)
    ask(page, "And the second question?", ".pc-turn:nth-of-type(2).pc-done")
    assert fake.asked[-1] == ("And the second question?", 1)
    page.click(".pc-turn:nth-of-type(2) >> text=Retry")
    page.wait_for_function("() => document.querySelectorAll('.pc-turn.pc-done').length === 2")
    page.click(".pc-turn:nth-of-type(1) >> text=Edit")
    page.fill(".pc-editor", "An edited question?")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelectorAll('.pc-turn.pc-done').length === 1")
    assert page.inner_text(".pc-asked") == "An edited question?"
    assert fake.asked[-1] == ("An edited question?", 0)
    page.click("text=Undo")
    page.wait_for_selector(".pc-example")
    assert page.input_value("#pc-question textarea") == "An edited question?"


@browser_test
def test_copy_gives_the_text_with_numbers_and_titles(visit: Any) -> None:
    page = visit()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, "What does GraphMAE reach?")
    page.click(".pc-actions >> text=Copy")
    page.wait_for_selector("text=Copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"It reaches 84.2% on Cora.[1]\n\n[1] {GRAPHS.title}"


@browser_test
def test_without_a_model_the_quotes_stand_under_their_papers(visit: Any) -> None:
    page = visit()
    ask(page, "a quiet one")
    assert page.locator(".pc-quoted").count() == 2
    assert "GraphMAE reaches 84.2% accuracy on Cora." in page.inner_text(".pc-quoted >> nth=0")
    assert "Install Ollama" in page.inner_text(".pc-notice")


@browser_test
def test_the_keyboard_alone_asks_and_opens_a_citation(visit: Any) -> None:
    page = visit()
    page.focus("#pc-question textarea")
    page.keyboard.type("What does GraphMAE reach?")
    page.keyboard.press("Enter")
    page.wait_for_selector(DONE)
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.className") == "pc-chip":
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("mark.pc-now")


@browser_test
def test_at_a_phones_width_nothing_overflows_and_evidence_is_under_the_answer(visit: Any) -> None:
    page = visit(390, 844)
    ask(page, "What does GraphMAE reach?")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    answer, evidence = (page.locator(name).bounding_box() for name in (".pc-turn", ".pc-evidence"))
    assert evidence["y"] >= answer["y"] + answer["height"]


@browser_test
def test_hostile_text_is_only_text(visit: Any) -> None:
    page = visit()
    ask(page, f"hostile {' '.join(PAYLOADS)}")
    page.click(".pc-chip")
    page.wait_for_selector("mark.pc-now")
    assert page.evaluate("window.PWN") is None
    ours = "#pc-conversation, #pc-evidence"
    for tag in ("script", "img", "form", "iframe", "a", "svg", "meta", "input", "[style*=fixed]"):
        assert page.locator(f":is({ours}) {tag}").count() == 0
    assert "<script>window.PWN=1</script>" in page.inner_text(".pc-asked")
    assert "<script>window.PWN=1</script>" in page.inner_text(".pc-prose")
    assert "<script>window.PWN=1</script>" in page.inner_text("mark.pc-used >> nth=0")


@browser_test
def test_a_question_that_is_too_long_is_refused_in_words(visit: Any) -> None:
    page = visit()
    ask(page, "x" * 10_001, ".pc-warning")
    assert "too many characters" in page.inner_text(".pc-warning")


@browser_test
def test_two_visitors_do_not_see_each_other(visit: Any) -> None:
    one, other = visit(), visit()
    ask(one, "What does GraphMAE reach?")
    other.reload()
    other.wait_for_selector(".pc-example")
    assert other.locator(".pc-turn").count() == 0
