"""The page: what it shows as pure views, what its guard refuses, and how it behaves in Chromium."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from PIL import Image

from paperchat.bibliography import ALL, Details, Person, Scope
from paperchat.errors import PaperchatError
from paperchat.export.markdown import cited_papers, conversation_markdown
from paperchat.export.numbering import numbering
from paperchat.export.references import format_references
from paperchat.export.tables import FORMS
from paperchat.query.question import MAX_QUESTION
from paperchat.types import Answer, AnswerSentence, Fault, Leg, Paper, Result, Sentence, Stage, Table
from paperchat.web import places
from paperchat.web.answering import remembered
from paperchat.web.folded_view import shown
from paperchat.web.guard import COOKIE, FULL, MAX_BODY
from paperchat.web.live_answer import Reply
from paperchat.web.page import PAGE, TEMPLATES
from paperchat.web.places import Places
from paperchat.web.server import address, check_port, listen
from paperchat.web.view_model import (
    evidence_view,
    exchange_view,
    exchanges_view,
    panels_view,
    pieces,
    reasons,
    text_parts,
)
from tests.conftest import ROOT
from tests.fake_app import EXAMPLES, FakeApp, cite, make_app, make_result, make_table, shipped_results
from tests.ports import free_port
from tests.web.reader import Reader, Site, in_browser

ADVICE = (
    "Ollama does not answer at http://127.0.0.1:9. Run: ollama serve. If it is not installed: "
    "https://ollama.com/download, then: `ollama pull qwen2.5:3b`"
)
# ---- views


def test_an_abstract_is_cut_into_its_sentences_exactly_and_cited_ones_stand_out():
    paper = Paper("p", "T", r"It has 85.3\% top-1. Second \% one. Third.", "f")
    spans = ((0, 20), (21, 35), (36, 42))
    sentences = tuple(Sentence("p", n, a, b, paper.abstract[a:b]) for n, (a, b) in enumerate(spans))
    result = Result(paper, 1, 1.0, None, None, sentences[:2])
    answer = Answer("q", (result,), (AnswerSentence("So.", (cite(result, 1),)),))
    cut = pieces(result, answer)
    assert "".join(paper.abstract[piece["start"] : piece["end"]] for piece in cut) == paper.abstract
    assert [piece["text"] for piece in cut if piece["leading"]] == ["Second % one."]
    uncited = pieces(result, Answer("q", (result,)))
    assert [piece["text"] for piece in uncited if piece["leading"]] == ["It has 85.3% top-1.", "Second % one."]
    assert [(piece["text"], piece["kind"]) for piece in cut] == [
        ("It has 85.3% top-1.", "used"), (" ", ""), ("Second % one.", "cited"), (" Third.", ""),
    ]  # fmt: skip


def test_cited_papers_come_first_by_number_then_the_others_by_rank():
    results = shipped_results()[:4]
    answer = Answer(
        "q", results, (AnswerSentence("A.", (cite(results[2]),)), AnswerSentence("B.", (cite(results[0]),)))
    )
    cards = evidence_view(answer, numbering([answer]))["cards"]
    assert [card["paper"] for card in cards] == [results[index].paper.id for index in (2, 0, 1, 3)]
    assert [card["number"] for card in cards] == [1, 2, 0, 0]


def test_an_exchange_numbers_sentences_as_the_answer_numbers_its_papers():
    results = shipped_results()[:2]
    twice = AnswerSentence("A.", (cite(results[1]), cite(results[1]), cite(results[0])))
    answer = Answer("q", results, (twice, AnswerSentence("B.")), stage="writing", model="m", timings={"total": 1.5})
    view = exchange_view(answer, numbering([answer]))
    assert [[chip["number"] for chip in s["chips"]] for s in view["sentences"]] == [[1, 2], []]
    assert [source["paper"] for source in view["cited"]] == [paper.id for paper in answer.cited]
    assert (view["stage"], view["found"], view["seconds"], view["verbatim"]) == ("writing", 2, 1.5, False)


@pytest.mark.parametrize(
    ("stage", "text", "seen"),
    [
        ("stopped", "It masks feat", "It masks feat\u2026"),
        ("failed", "It masks ", "It masks\u2026"),
        ("failed", "It masks features.", "It masks features."),
        ("stopped", "It says \u201cmasked.\u201d", "It says \u201cmasked.\u201d"),
        ("writing", "It masks feat", "It masks feat"),
        ("done", "It masks features", "It masks features"),
    ],
)
def test_where_an_answer_broke_off_is_seen(stage: Stage, text: str, seen: str):
    results = shipped_results()[:1]
    quote = AnswerSentence(cite(results[0]).quote, (cite(results[0]),))
    written = (AnswerSentence("One."), AnswerSentence(text, (cite(results[0], 1),)), quote)
    answer = Answer("q", results, written, model="m", stage=stage)
    views = exchange_view(answer, numbering([answer]))["sentences"]
    assert [view["text"] for view in views] == ["One.", seen, quote.text]
    assert ["".join(part["text"] for part in view["parts"]) for view in views] == ["One.", seen, quote.text]


def test_an_answer_of_quotes_is_known_whether_or_not_a_model_was_asked():
    results = shipped_results()[:1]
    quotes = tuple(AnswerSentence(cite(results[0], n).quote, (cite(results[0], n),)) for n in (0, 1))
    quoting = Answer("q", results, quotes, model="m", stage="failed")
    assert exchange_view(quoting, numbering([quoting]))["verbatim"]
    assert not exchange_view(Answer("q", results), {})["verbatim"]


def test_a_paper_keeps_its_number_through_the_conversation():
    results = shipped_results()[:3]
    first = Answer("q", results, (AnswerSentence("A.", (cite(results[2]),)),))
    second = Answer(
        "r", results, (AnswerSentence("B.", (cite(results[0]),)), AnswerSentence("C.", (cite(results[2]),)))
    )
    exchanges = exchanges_view([first, second], 0)["exchanges"]
    assert [[s["chips"][0]["number"] for s in exchange["sentences"]] for exchange in exchanges] == [[1], [2, 1]]
    assert [[card["number"] for card in panel["cards"]] for panel in panels_view([first, second])] == [
        [1, 0, 0],
        [1, 2, 0],
    ]


def test_faults_cut_a_sentence_into_parts_that_are_together_the_whole():
    sentence = AnswerSentence(
        "It reaches 99% with Made Up Title.", faults=(Fault(11, 14, "number"), Fault(20, 33, "title"))
    )
    parts = text_parts(sentence)
    assert [(part["text"], part["kind"]) for part in parts] == [
        ("It reaches ", ""), ("99%", "number"), (" with ", ""), ("Made Up Title", "title"), (".", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [(r" 85.3\% ", " 85.3% "), ("a\u202eb\u200bc\ud800", "abc"), ("a\nb", "a\nb"), ("<b>&amp;", "<b>&")],
)
def test_text_is_cleaned_for_display_and_nothing_else(text: str, expected: str):
    assert shown(text) == expected


def test_why_a_paper_is_there_names_both_legs_or_the_one_that_found_it():
    result = Result(Paper("p", "T", "A.", "f"), 2, 1.25, Leg(1, 0.71234), Leg(3, 9.87), ())
    assert reasons(result)[0] == "Found by its words and its meaning"
    assert "score 1.25 of 3" in reasons(result)[1]
    assert "rank 3, score 9.87" in reasons(result)[1]
    assert reasons(replace(result, dense=None))[0] == "Found by its words"
    assert reasons(replace(result, dense=None, keyword=None))[0] == ""


def test_only_answers_with_words_are_remembered():
    said = Answer("q", sentences=(AnswerSentence("A."), AnswerSentence("B.")))
    assert [(turn.question, turn.answer) for turn in remembered([said, Answer("lost")])] == [("q", "A. B.")]


def test_no_template_has_a_place_where_data_would_become_html():
    assert not re.search(r"\$\{|\{\{|@children", "".join(TEMPLATES.values()))
    scripts = "".join(path.read_text(encoding="utf-8") for path in PAGE.glob("*.js"))
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|DOMParser|https?:", scripts)


@pytest.mark.parametrize("selector", [":root", ".dark"])
def test_text_has_enough_contrast_in_both_themes(selector: str):
    css = (PAGE / "tokens.css").read_text(encoding="utf-8")
    block = re.search(rf"^{re.escape(selector)} \{{(.*?)^\}}", css, re.DOTALL | re.MULTILINE)
    assert block
    colours = dict(re.findall(r"--pc-([\w-]+): (#\w{6});", block[1]))
    for text, ground in [
        *((text, ground) for text in ("ink", "soft") for ground in ("paper", "raised", "sunk")),
        ("accent", "accent-soft"), ("on-accent", "accent"), ("ink", "cited"), ("ink", "used"), ("bad", "bad-soft"),
        ("bad", "paper"), ("paper", "ink"), ("ink", "accent-soft"),
    ]:  # fmt: skip
        assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, by WCAG 2."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


# ---- replies


def run_reply(app: FakeApp, stop_at: str = "") -> list[Answer]:
    """Return the answers of a reply, which is stopped at the first of stage `stop_at`."""

    async def collect() -> list[Answer]:
        reply = Reply("Why?", lambda: app.ask("Why?"), Places().join("A"))
        seen = []
        async for answer in reply.answers():
            seen.append(answer)
            if answer.stage == stop_at:
                reply.stop()
        return seen

    return asyncio.run(collect())


def test_a_stopped_reply_ends_though_the_model_is_silent_and_then_closes_the_app_iterator():
    app = make_app(hold=1)
    assert [s.text for s in run_reply(app, stop_at="writing")[-1].sentences] == [app.script[0].text]
    assert not app.closed.is_set()
    app.go_on.set()
    assert app.closed.wait(30)
    assert not app.finished


@pytest.mark.parametrize(
    ("error", "notice"),
    [(PaperchatError("the store is gone.", "Index again."), "the store is gone. Index again."),
     (RuntimeError("boom"), "paperchat failed on this question; the terminal says why.")],
)  # fmt: skip
def test_an_error_becomes_a_failed_answer_that_keeps_its_evidence(error: Exception, notice: str):
    app = make_app()

    def ask(question: str, *_: object, **__: object) -> Iterator[Answer]:
        yield Answer(question, app.results)
        raise error

    app.ask = ask  # type: ignore[method-assign]
    last = run_reply(app)[-1]
    assert (last.stage, last.notices, last.results) == ("failed", (notice,), app.results)


# ---- serving


def test_a_port_in_use_is_said_before_any_work():
    with closing(listen("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(
            PaperchatError, match=rf"^port {port} is in use\. Stop the other program or choose another with --port\.$"
        ):
            check_port("127.0.0.1", port)
    check_port("127.0.0.1", port)


def test_an_address_that_is_not_of_this_machine_is_named():
    with pytest.raises(PaperchatError, match=r"cannot be served on 192\.0\.2\.1, port 7860"):
        check_port("192.0.2.1", 7860)


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", "http://127.0.0.1:80"), ("::1", "http://[::1]:80"), ("0.0.0.0", "http://127.0.0.1:80")],
)
def test_the_address_is_one_a_browser_can_open(host: str, expected: str):
    assert address(host, 80) == expected


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:7860"}, 200),
        ({"Host": "[::1]:7860"}, 200),
        ({"Host": "evil.example"}, 400),
        ({"Host": "127.0.0.1.evil.example"}, 400),
        ({"Host": "evil.example:7860@127.0.0.1"}, 400),
        ({"Host": "[::1"}, 400),
        ({"Host": ""}, 400),
        ({"Origin": "http://evil.example"}, 400),
        ({"Origin": "http://127.0.0.1:1"}, 400),
        ({"Origin": "null"}, 400),
        ({"Host": "evil.example", "Origin": "http://evil.example"}, 400),
    ],
    ids=str,
)
def test_only_own_hosts_and_origins_are_served(site: Site, headers: dict[str, str], status: int):
    assert httpx.get(site.url, headers=headers, trust_env=False).status_code == status


def test_every_reply_forbids_what_comes_from_elsewhere(site: Site):
    policy = httpx.get(site.url, trust_env=False).headers["content-security-policy"]
    for part in ("default-src 'none'", "img-src 'self' data:", "connect-src 'self'", "form-action 'none'"):
        assert part in policy


@pytest.mark.parametrize("declared", [True, False], ids=["content-length", "chunked"])
def test_a_large_request_is_refused(site: Site, declared: bool):
    body = b"x" * (MAX_BODY + 1)
    content = body if declared else iter([body])
    reply = httpx.post(f"{site.url}/gradio_api/queue/join", content=content, trust_env=False)
    assert reply.status_code == 413


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json", "/gradio_api/upload", "/gradio_api/runs"])
def test_what_a_page_does_not_need_is_not_served(site: Site, path: str):
    assert httpx.post(site.url + path, files={"files": b"x"}, trust_env=False).status_code in (404, 405)
    if "upload" not in path:
        assert httpx.get(site.url + path, trust_env=False).status_code == 404


SERVE = """
import sys
from dataclasses import replace
from tests.fake_app import make_app, make_sets
from paperchat.web.server import serve
own = lambda args: "127.0.0.1" in str(args)
out = lambda event, args: event in ("socket.connect", "socket.getaddrinfo") and not own(args) and print(event, args)
sys.addaudithook(out)
sets = make_sets(make_app())
sets.settings = replace(sets.settings, port=int(sys.argv[1]))
serve(sets, False)
"""


def test_the_server_calls_nobody_needs_no_proxy_and_ends_cleanly_on_ctrl_c():
    port = free_port()
    command = [sys.executable, "-c", SERVE, str(port)]
    proxy = {"HTTP_PROXY": "http://127.0.0.1:9", "NO_PROXY": "", "PYTHONUNBUFFERED": "1"}
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, **proxy}, **pipes) as process:
        url = until_it_listens(port, process)
        assert httpx.get(url, timeout=60, trust_env=False).status_code == 200
        with httpx.stream("GET", f"{url}/gradio_api/heartbeat/someone", trust_env=False):  # an open page
            process.send_signal(signal.SIGINT)
            said, errors = process.communicate(timeout=30)
    expected = f"paperchat is open at http://127.0.0.1:{port} (Ctrl-C ends it)\n"
    assert (process.returncode, said, errors) == (0, expected, "")


def until_it_listens(port: int, process: "subprocess.Popen[str]") -> str:
    """Return the address once something listens there."""
    while process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return address("127.0.0.1", port)
    pytest.fail(f"the server ended with {process.returncode}")


# ---- in Chromium


@in_browser
def test_evidence_comes_before_the_first_word_and_the_answer_after(reader: Reader):
    reader.app.hold = 0
    reader.ask(wait=False)
    reader.says("Reading 8 papers…")
    assert reader.find(".pc-card").count() == 8
    assert reader.find(".pc-sentence").count() == 0
    reader.app.go_on.set()
    reader.find(".pc-made").wait_for()
    assert reader.find(".pc-sentence").count() == 4
    assert reader.find(".pc-chip").all_inner_texts() == ["1", "2", "3", "1"]
    cited = [reader.app.results[index].paper.title for index in (0, 3, 2)]
    assert [text.split("\n")[-1] for text in reader.find(".pc-sources .pc-title").all_inner_texts()] == cited
    assert reader.find(".pc-group").first.locator(".pc-card").count() == 3
    assert reader.find(".pc-why").first.inner_text() == "Found by its words and its meaning"


@in_browser
def test_verdicts_settle_in_place_and_nobody_waits_for_them(reader: Reader):
    cited = cite(reader.app.results[0])
    faults = (Fault(11, 14, "number"), Fault(20, 33, "title"))
    reader.app.script = (
        AnswerSentence("It reaches 99% with Made Up Title.", (cited,), "unsupported", "99% is not there.", faults),
        AnswerSentence("It learns.", (cited,), "unsure", "Only near."),
        AnswerSentence("It is fast.", (cited,), "supported", "It says this."),
    )
    reader.app.endless, reader.app.checks = True, True
    reader.ask()
    reader.says("Of 3 written sentences, 1 not supported and 1 not surely supported by what is cited.")
    reader.says("checking citations…")
    assert reader.find(".pc-verdict").all_inner_texts() == ["not supported", "not surely supported"]
    assert reader.find(".pc-fault-number").inner_text() == "99%"
    assert reader.find("s.pc-fault-title").inner_text() == "Made Up Title"
    reader.find(".pc-verdict").first.hover()
    reader.says("99% is not there.")
    reader.box.fill("and next?")
    reader.box.press("Enter")
    reader.find(".pc-exchange").nth(1).wait_for()
    reader.app.endless = False
    reader.find(".pc-made").nth(1).wait_for()
    assert reader.questions == ["What does pre-training learn?", "and next?"]


@in_browser
def test_quotes_after_what_was_written_stand_apart_and_open_their_sentence(reader: Reader):
    cited = [cite(reader.app.results[0], index) for index in (0, 1)]
    written = AnswerSentence("It learns.", (cited[0],), "supported", "It says this.")
    reader.app.script = (written, *(AnswerSentence(one.quote, (one,), "supported") for one in cited))
    reader.ask()
    assert reader.find(".pc-answer").inner_text().startswith("It learns.")
    assert reader.find(".pc-words .pc-label").inner_text() == "In the paper\u2019s words"
    assert reader.find(".pc-words blockquote").all_inner_texts() == [one.quote for one in cited]
    assert reader.find(".pc-answer .pc-sentence").count() == 1
    reader.find(".pc-words button").nth(1).click()
    reader.until("document.activeElement.matches('mark.pc-cited')")
    assert reader.find("mark:focus").inner_text() == cited[1].quote


@in_browser
@pytest.mark.parametrize(("label", "form"), [("Markdown", "md"), ("JSON", "json")])
def test_an_answer_is_saved_as_a_file(reader: Reader, label: str, form: str):
    reader.ask()
    reader.button("Save").click()
    with reader.page.expect_download() as download:
        reader.button(label).click()
    assert download.value.suggested_filename == f"paperchat-answer.{form}"
    assert Path(download.value.path()).read_text() == f"{form} of What does pre-training learn?"


@in_browser
def test_a_citation_opens_its_paper_at_exactly_the_cited_sentence(reader: Reader):
    reader.ask()
    reader.find(".pc-chip").nth(2).click()
    cited, used = reader.app.results[2].sentences[1], reader.app.results[2].sentences[0]
    reader.until("document.activeElement.tagName === 'MARK'")
    focused = reader.find("mark:focus")
    assert focused.inner_text() == cited.text
    assert (focused.get_attribute("data-start"), focused.get_attribute("class")) == (
        str(cited.start), "pc-cited pc-strong pc-found",
    )  # fmt: skip
    card = reader.find(".pc-card", has=reader.page.locator("mark"))
    assert card.count() == 1
    assert card.locator(".pc-abstract").inner_text() == reader.app.results[2].paper.abstract
    assert card.locator("mark.pc-used").all_inner_texts() == [used.text]
    reader.until("document.querySelector('.pc-said').textContent.startsWith('Source 3, BIOptimus')")
    reader.page.keyboard.press("Escape")
    reader.until("document.activeElement.textContent === '3' && document.activeElement.className === 'pc-chip'")


@in_browser
def test_a_source_being_read_stays_where_it_is_while_the_answer_goes_on_citing(reader: Reader):
    reader.app.hold = 1
    reader.ask(wait=False)
    reader.find(".pc-chip").click()
    reader.until("document.activeElement.matches('mark.pc-cited')")
    reader.until("document.activeElement.getAnimations().length === 0")
    top = reader.page.evaluate("document.activeElement.getBoundingClientRect().top")
    reader.app.go_on.set()
    reader.find(".pc-made").wait_for()
    assert reader.find(".pc-is-cited").count() == 3
    assert reader.find("mark:focus").inner_text() == reader.app.results[0].sentences[0].text
    assert reader.page.evaluate("document.activeElement.getBoundingClientRect().top") == pytest.approx(top, abs=2)


@in_browser
def test_a_cited_title_opens_its_paper_and_the_card_closes_again(reader: Reader):
    reader.ask()
    reader.find(".pc-sources .pc-title").nth(1).click()
    reader.until("document.activeElement.matches('mark.pc-cited')")
    reader.find("[aria-expanded=true]").click()
    assert reader.find(".pc-abstract").count() == 0
    reader.until("document.activeElement.getAttribute('aria-expanded') === 'false'")


@in_browser
def test_stop_keeps_what_was_written_and_ends_the_model(reader: Reader):
    reader.app.hold = 2
    reader.ask(wait=False)
    reader.find(".pc-sentence").nth(1).wait_for()
    reader.button("Stop").click()
    reader.says("Stopped. What was written is kept.")
    assert reader.find(".pc-sentence").count() == 2
    reader.button("Send").wait_for()
    reader.app.go_on.set()
    assert reader.app.closed.wait(30)
    assert not reader.app.finished
    reader.ask("And then?")
    assert reader.app.asked[-1][1][0].answer == " ".join(s.text for s in reader.app.script[:2])


@in_browser
def test_a_question_during_an_answer_is_held_back_with_a_reason(reader: Reader):
    reader.app.hold = 1
    reader.ask(wait=False)
    reader.find(".pc-sentence").first.wait_for()
    reader.ask("Too early?", wait=False)
    reader.says("An answer is being written.")
    assert reader.box.input_value() == "Too early?"
    reader.app.go_on.set()
    reader.find(".pc-made").wait_for()
    assert len(reader.app.asked) == 1


@in_browser
def test_leaving_the_page_ends_the_model(desk: Any, site: Site):
    site.app.endless = True
    leaving = Reader(desk, site)
    leaving.ask(wait=False)
    leaving.find(".pc-sentence").first.wait_for()
    leaving.page.close()
    assert site.app.closed.wait(20)


@in_browser
def test_who_waits_sees_the_line_may_stop_or_reload_and_a_full_line_leaves_the_question_in_the_box(
    browser: Any, reader: Reader, site: Site, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(places, "AT_ONCE", 1)
    monkeypatch.setattr(places, "WAITING", 2)
    site.app.hold = 1
    reader.ask("First?", wait=False)
    reader.find(".pc-sentence").first.wait_for()
    second, third, fourth = (Reader(browser.new_context(), site) for _ in range(3))
    for late, line in ((second, "your question is next"), (third, "your question is number 2 in line")):
        late.ask("And I?", wait=False)
        late.says(f"Waiting: {line}…")
        assert late.find(".pc-card").count() == 0
    fourth.ask("And I?", wait=False)
    fourth.says("Too many questions wait already: 2. Ask again in a minute.")
    assert (fourth.box.input_value(), fourth.questions, fourth.faults) == ("And I?", [], [])
    second.button("Stop").click()
    second.says("Stopped before the first word.")
    third.says("Waiting: your question is next…")
    third.page.reload()
    third.says("Stopped before the first word.")
    third.page.wait_for_timeout(2000)  # the pulse at which it is seen that the tab left the line
    site.app.go_on.set()
    reader.find(".pc-made").wait_for()
    assert [question for question, _ in site.app.asked] == ["First?"]
    third.button("Retry").click()
    third.find(".pc-text").wait_for()
    for late in (second, third, fourth):
        late.context.close()


@in_browser
def test_retry_asks_the_last_question_again_with_what_came_before(reader: Reader):
    reader.ask("One?")
    reader.ask("Two?")
    reader.app.hold = 0
    reader.button("Retry").click()
    reader.says("Reading 8 papers…")
    reader.app.go_on.set()
    reader.find(".pc-made").nth(1).wait_for()
    assert reader.questions == ["One?", "Two?"]
    assert [(question, len(turns)) for question, turns in reader.app.asked] == [("One?", 0), ("Two?", 1), ("Two?", 1)]


@in_browser
def test_an_edited_question_is_asked_from_its_place_on(reader: Reader):
    reader.ask("One?")
    reader.ask("Two?")
    reader.find(".pc-exchange").first.get_by_role("button", name="Edit").click()
    reader.says("Later questions will be removed.")
    field = reader.page.get_by_label("Edit the question")
    assert field.input_value() == "One?"
    field.fill("Other?")
    field.press("Enter")
    reader.until("document.querySelectorAll('.pc-exchange').length === 1")
    reader.find(".pc-made").wait_for()
    assert reader.questions == ["Other?"]
    assert reader.app.asked[-1] == ("Other?", ())


@in_browser
def test_escape_leaves_an_edited_question_as_it_was(reader: Reader):
    reader.ask("One?")
    reader.button("Edit").click()
    reader.page.get_by_label("Edit the question").fill("Other?")
    reader.page.keyboard.press("Escape")
    assert reader.questions == ["One?"]


@in_browser
def test_undo_removes_the_last_exchange_and_its_evidence(reader: Reader):
    reader.ask("One?")
    reader.ask("Two?")
    reader.button("Undo").click()
    reader.until("document.querySelectorAll('.pc-exchange').length === 1")
    assert reader.questions == ["One?"]
    reader.button("Undo").click()
    reader.find(".pc-welcome").wait_for()
    assert reader.find(".pc-card").count() == 0
    reader.ask("Three?")
    assert reader.app.asked[-1] == ("Three?", ())


@in_browser
def test_new_begins_another_conversation(reader: Reader):
    reader.ask("One?")
    reader.button("New").click()
    reader.find(".pc-welcome").wait_for()
    assert reader.questions == []


def copied(reader: Reader, kind: str = "text/plain") -> str:
    """Return what is on the clipboard as a kind of text."""
    script = "async (kind) => (await (await navigator.clipboard.read())[0].getType(kind)).text()"
    return cast("str", reader.page.evaluate(script, kind))


@in_browser
def test_what_is_copied_keeps_quotes_as_quotes_doubts_tables_and_references(reader: Reader):
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    results = reader.app.results
    one, two, three = (cite(results[n]) for n in (0, 1, 2))
    reader.app.script = (
        AnswerSentence("It is <x>*fast*</x>.", (one, two)),
        AnswerSentence("It gains 9%.", (three,), "unsupported", "9% is not there."),
        AnswerSentence(one.quote, (one,), "supported"),
    )
    reader.app.table, reader.app.lead = make_table(results), "Two of them."
    reader.ask()
    reader.button("Copy").click()
    reader.says("Copied")
    titles = [result.paper.title for result in results]
    gist = cite(results[0]).quote
    numbers = reader.find(".pc-sources .pc-number").all_inner_texts()
    order = [reader.app.results[n].paper.title for n in (0, 1, 2)]
    references = [f"[{number}] {title}" for number, title in zip(numbers, order, strict=True)]
    assert numbers == ["1", "2", "3"]
    assert copied(reader).split("\n") == [
        "Two of them.", "", "It is <x>*fast*</x>. [1][2] It gains 9%. [3] (not supported)", "", f"“{gist}” [1]", "",
        f"\t{titles[0]} [1]\t{titles[1]} [2]",
        "idea\tIt mimics vision. [1]\tIt gains 9%. [2] (not supported)",
        "data\tImages. [1]\tnot stated in the abstract", "", *references,
    ]  # fmt: skip
    html = copied(reader, "text/html")
    assert f"<blockquote><p>“{gist}” [1]</p></blockquote>" in html
    assert "It is &lt;x&gt;*fast*&lt;/x&gt;. [1][2]" in html
    assert html.count("<tr>") == 3
    assert f"<p>[3] {titles[2]}</p>" in html
    reader.button("as Markdown").click()
    reader.find(".pc-exchange").get_by_text("Copied").nth(1).wait_for()
    text = copied(reader)
    assert f"> “{gist}” \\[1\\]" in text
    assert "It is \\<x\\>\\*fast\\*\\</x\\>. \\[1\\]\\[2\\]" in text
    assert "| idea | It mimics vision. \\[1\\] |" in text
    reader.button("as HTML").click()
    reader.find(".pc-exchange").get_by_text("Copied").nth(2).wait_for()
    assert f"<blockquote><p>“{gist}” [1]</p></blockquote>" in copied(reader)
    reader.find(".pc-card").nth(1).get_by_role("button", name="Copy quote").click()
    reader.find(".pc-card").nth(1).get_by_text("Copied").wait_for()
    result = results[1]
    assert copied(reader).startswith(f"{result.paper.title}\n“{result.sentences[0].text}”")


@in_browser
def test_an_answer_of_quotes_is_copied_under_its_papers(reader: Reader):
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.app.model = None
    reader.ask()
    reader.button("Copy").click()
    reader.says("Copied")
    expected = [
        line
        for number, result in enumerate(reader.app.results[:2], 1)
        for line in (f"{result.paper.title} [{number}]:", *(f"“{one.text}” [{number}]" for one in result.sentences))
    ]
    assert [line for line in copied(reader).split("\n") if line][: len(expected)] == expected


@in_browser
def test_an_example_question_is_asked_by_a_click(reader: Reader):
    example = EXAMPLES[1]
    reader.button(example).click()
    reader.find(".pc-made").wait_for()
    assert reader.app.asked == [(example, ())]
    assert reader.questions == [example]


@in_browser
def test_what_is_pressed_asks_after_a_refusal_too(reader: Reader):
    """A refusal leaves the conversation as it was, for which Gradio puts another component in its place."""
    reader.box.press("Enter")
    reader.says("The question is empty.")
    reader.button(EXAMPLES[0]).click()
    reader.find(".pc-made").wait_for()
    reader.box.press("Enter")
    reader.says("The question is empty.")
    reader.button("Retry").click()
    reader.find(".pc-hint:not(.pc-alert)").wait_for()
    reader.find(".pc-made").wait_for()
    reader.button("New").click()
    reader.find(".pc-welcome").wait_for()
    assert len(reader.app.asked) == 2


@in_browser
def test_all_is_done_with_the_keyboard_alone(reader: Reader):
    reader.until("document.activeElement.tagName === 'TEXTAREA'")
    reader.page.keyboard.type("By keys?")
    reader.page.keyboard.press("Shift+Enter")
    reader.page.keyboard.type("Two lines?")
    reader.page.keyboard.press("Enter")
    reader.find(".pc-made").wait_for()
    assert reader.app.asked == [("By keys? Two lines?", ())]
    reader.until("document.activeElement.tagName === 'TEXTAREA'")
    for _ in range(40):
        reader.page.keyboard.press("Shift+Tab")
        if reader.page.evaluate("document.activeElement.className") == "pc-chip":
            break
    outline = reader.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    reader.page.keyboard.press("Enter")
    reader.until("document.activeElement.matches('mark.pc-cited')")
    assert outline == "solid"
    reader.page.keyboard.press("Escape")
    reader.until("document.activeElement.className === 'pc-chip'")


@in_browser
def test_everything_that_can_be_pressed_has_a_name_and_what_is_written_is_announced(reader: Reader):
    reader.ask()
    names = reader.page.evaluate(
        "[...document.querySelectorAll('button, textarea')].filter((node) => node.checkVisibility())"
        ".map((node) => node.ariaLabel || node.innerText.trim() || node.labels?.[0]?.textContent.trim())"
    )
    assert len(names) > 20
    assert all(names)
    reader.until("document.querySelector('.pc-said').textContent.startsWith('Answer done. Multi-task')")
    assert reader.page.get_by_role("log").get_attribute("aria-live") == "off"
    assert reader.page.get_by_role("complementary", name="Evidence").count() == 1


@in_browser
def test_an_older_answer_shows_its_own_evidence(reader: Reader):
    reader.ask("One?")
    reader.app.results = reader.app.results[:4]
    reader.ask("Two?")
    assert reader.find(".pc-card").count() == 4
    reader.find(".pc-exchange").first.locator(".pc-chip").first.click()
    reader.until("document.querySelectorAll('.pc-card').length === 8")
    assert reader.find(".pc-for").inner_text() == "One?"
    reader.button("Show the latest").click()
    reader.until("document.querySelectorAll('.pc-card').length === 4")


@in_browser
@pytest.mark.parametrize("width", [1440, 390])
def test_an_answer_taller_than_the_window_opens_at_its_question(browser: Any, site: Site, width: int):
    reader = Reader(browser.new_context(viewport={"width": width, "height": 844}), site)
    site.app.script = tuple(site.app.script) * 12
    site.app.lead = "48 of 118 papers."
    top = "document.querySelector('.pc-exchange:last-of-type .pc-asked').getBoundingClientRect().top"
    for place in range(2):
        reader.ask(f"Question {place}?")
        reader.until(f"{top} >= 0 && {top} < innerHeight / 2")
        reader.page.wait_for_timeout(600)  # a scroll that goes on ends elsewhere
        assert 0 <= reader.page.evaluate(top) < 422
    reader.page.reload()
    reader.find(".pc-made").nth(1).wait_for()
    reader.until(f"{top} >= 0 && {top} < innerHeight / 2")
    reader.context.close()


@in_browser
def test_a_reader_who_scrolls_is_left_alone(reader: Reader):
    reader.ask("One?")
    reader.app.hold = 1
    reader.ask("Two?", wait=False)
    reader.find(".pc-exchange").nth(1).locator(".pc-sentence").first.wait_for()
    place = "document.querySelector('#pc-conversation').scrollTop"
    reader.until(f"{place} > 100 && Math.abs(document.querySelectorAll('.pc-exchange')[1].getBoundingClientRect().top"
                 " - document.querySelector('#pc-conversation').getBoundingClientRect().top) < 3")  # fmt: skip
    reader.page.evaluate(f"{place} = 0")
    reader.app.go_on.set()
    reader.find(".pc-made").nth(1).wait_for()
    assert reader.page.evaluate(place) == 0


@in_browser
def test_at_a_phones_width_nothing_overflows(browser: Any, site: Site):
    reader = Reader(browser.new_context(viewport={"width": 390, "height": 844}), site)
    site.app.script = (AnswerSentence("Long" * 60 + ".", (cite(site.app.results[0]),)), *site.app.script)
    reader.ask("Is this" + "VeryLong" * 30 + "?")
    wide = "document.documentElement.scrollWidth - innerWidth"
    assert reader.page.evaluate(wide) <= 0
    reader.find(".pc-chip").first.click()
    reader.until("document.activeElement.matches('mark.pc-cited')")
    assert reader.page.evaluate(wide) <= 0
    assert reader.find(".pc-sheet").evaluate("({ scrollWidth, clientWidth }) => scrollWidth - clientWidth") == 0
    reader.context.close()


@in_browser
def test_the_theme_follows_the_system_until_the_other_is_chosen(browser: Any, site: Site):
    reader = Reader(browser.new_context(color_scheme="dark"), site)
    dark = "document.body.classList.contains('dark')"
    reader.until(dark)
    reader.button("Light theme").click()
    reader.until(f"!{dark}")
    reader.page.reload()
    reader.find(".pc-welcome").wait_for()
    reader.until(f"!{dark}")
    reader.button("Dark theme").click()
    reader.page.emulate_media(color_scheme="light")
    reader.until(f"!{dark}")
    reader.context.close()


@in_browser
def test_two_readers_do_not_see_each_others_conversation(reader: Reader, browser: Any, site: Site):
    other = Reader(browser.new_context(), site)
    reader.ask("Mine?")
    other.ask("Yours?")
    reader.ask("Mine again?")
    assert (reader.questions, other.questions) == (["Mine?", "Mine again?"], ["Yours?"])
    assert [turn.question for turn in site.app.asked[-1][1]] == ["Mine?"]
    other.context.close()


@in_browser
def test_without_a_model_the_answer_is_the_evidence_and_one_line_says_how_to_get_more(desk: Any, site: Site):
    site.app.model, site.app.advice = None, ADVICE
    reader = Reader(desk, site)
    reader.says("Answers are the papers\u2019 own sentences: no model is there that would write.")
    reader.ask()
    quotes = [sentence.text for result in site.app.results[:2] for sentence in result.sentences]
    assert reader.find("blockquote").all_inner_texts() == quotes
    assert [text.split("\n")[-1] for text in reader.find(".pc-quoted .pc-title").all_inner_texts()] == [
        result.paper.title for result in site.app.results[:2]
    ]
    assert reader.find(".pc-notice").count() == 0  # the bar says it once
    assert (
        reader.find(".pc-advice").inner_text().startswith("No model writes here now: answers are the papers\u2019 own ")
    )
    assert reader.find(".pc-advice").inner_text().endswith(ADVICE.replace("`", ""))
    link = reader.find(".pc-advice a")
    assert [link.get_attribute(name) for name in ("href", "target")] == ["https://ollama.com/download", "_blank"]
    context = reader.context
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    for command in ("ollama serve", "ollama pull qwen2.5:3b"):
        reader.button(f"Copy: {command}").click()
        reader.find(".pc-is-copied", has_text=command).wait_for()
        assert copied(reader) == command
    assert "no model" in reader.find(".pc-state").inner_text()
    reader.find("blockquote button").nth(1).click()
    reader.until("document.activeElement.matches('mark.pc-cited')")
    assert reader.find("mark:focus").inner_text() == quotes[1]
    reader.page.close()


@in_browser
def test_a_failed_answer_says_why_and_keeps_what_was_written(reader: Reader):
    reader.app.fails = "qwen2.5:3b broke off. Ask again."
    reader.ask()
    assert reader.find(".pc-exchange").get_attribute("data-stage") == "failed"
    assert reader.find(".pc-notice").inner_text() == "qwen2.5:3b broke off. Ask again."
    assert reader.find(".pc-sentence").count() == 4


@in_browser
def test_a_question_too_long_is_refused_and_stays_in_its_box(reader: Reader):
    reader.ask("x" * (MAX_QUESTION + 1), wait=False)
    reader.says("The question has 10,001 characters; 10,000 is the most. Shorten it.")
    assert reader.questions == []
    assert len(reader.box.input_value()) == MAX_QUESTION + 1
    reader.ask("x" * MAX_QUESTION)
    assert len(reader.app.asked) == 1


@in_browser
def test_a_broken_connection_is_said_and_what_was_written_stays(browser: Any, site: Site):
    site.app.hold = 1
    reader = Reader(browser.new_context(), site)
    reader.ask(wait=False)
    reader.find(".pc-sentence").first.wait_for()
    reader.context.set_offline(True)
    reader.says("The connection to paperchat was lost; what was written until then is kept.")
    reader.says("paperchat does not answer.")
    assert reader.find(".pc-sentence").count() == 1
    assert reader.button("Send").is_visible()
    reader.context.close()


HOSTILE = (
    "<script>window.PWN=1</script>",
    "<img src=http://evil.example/a.png onerror='window.PWN=2'>",
    "![x](http://evil.example/b.png)",
    "[click](javascript:window.PWN=3)",
    "<a href='javascript:alert(1)'>a</a>",
    "<form action=http://evil.example/><button>Send</button></form>",
    "<div style='position:fixed;inset:0;z-index:99999;background:url(http://evil.example/c.png)'>over</div>",
    '```mermaid\ngraph TD; A-->B; click A href "http://evil.example"\n```',
    "<svg onload=window.PWN=4><image href=http://evil.example/d.png /></svg>",
    "<meta http-equiv=refresh content='0;url=http://evil.example/'>",
    "<iframe src=http://evil.example/></iframe><style>*{display:none}</style>",
    "${window.PWN=5} {{constructor.constructor('window.PWN=6')()}} `${window.PWN=7}`",
    "\u202eevil\u2066bidi\u200b \ud800 \x00 </script><script>window.PWN=8</script>",
)


@in_browser
@pytest.mark.parametrize("model", ["hostile <img src=http://evil.example/m>", None], ids=["written", "quoted"])
def test_hostile_titles_abstracts_questions_and_replies_stay_text(reader: Reader, model: str | None):
    app = reader.app
    texts = [f"First of {n}. {bad} Third. Fourth." for n, bad in enumerate(HOSTILE)]
    papers = [Paper(f"h{n}'\">", f"{HOSTILE[n]} {n}", text, "f") for n, text in enumerate(texts)]
    ends = [text.index(" Third.") for text in texts]
    app.results = tuple(
        replace(make_result(paper, rank, ()), sentences=(Sentence(paper.id, 0, 0, end, paper.abstract[:end]),))
        for rank, (paper, end) in enumerate(zip(papers, ends, strict=True), 1)
    )
    app.script = tuple(AnswerSentence(bad, (cite(app.results[n]),)) for n, bad in enumerate(HOSTILE))
    app.model, app.advice, app.fails = model, HOSTILE[1], HOSTILE[5]
    reader.ask(" ".join(HOSTILE))
    for chip in reader.find(".pc-chip, blockquote button").all():
        chip.click()
    reader.find(".pc-chip, blockquote button").first.hover()
    reader.find(".pc-card").get_by_role("button", name="Cite").first.click()
    reader.button("Check a draft").click()
    reader.page.get_by_label("Text to check").fill(HOSTILE[0])
    reader.button("Check").click()
    reader.find(".pc-traced .pc-quote").first.wait_for()
    reader.page.get_by_label("Find a paper").fill("evil")
    reader.find(".pc-found-title").first.wait_for()
    reader.button("Export").click()
    reader.find(".pc-export .pc-taken", has_text="References").wait_for()
    reader.page.keyboard.press("Escape")
    reader.button("Conversations").click()
    reader.find(".pc-kept-title").first.wait_for()
    reader.page.get_by_label("Search conversations").first.fill("evil")
    reader.find(".pc-recall mark").first.wait_for()
    islands = "#pc-header, #pc-conversation, #pc-evidence, #pc-composer, #pc-history, #pc-draft"
    assert reader.page.evaluate(
        f"[...document.querySelectorAll('{islands}')].flatMap((island) => [...island.querySelectorAll("
        "'img, svg, image, form, iframe, a:not(.pc-skip), script, style, meta, link, object, embed, video, audio, "
        "[style*=fixed]')])"
        ".map((node) => node.outerHTML)"
    ) == []  # fmt: skip
    assert reader.page.evaluate("window.PWN") is None
    shown_text = reader.find("#pc-conversation").inner_text() + reader.find("#pc-evidence").inner_text()
    assert "<script>window.PWN=1</script>" in shown_text
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\ud800-\udfff]", shown_text)


# ---- comparisons


def test_what_a_table_cites_counts_as_cited():
    results = shipped_results()[:3]
    answer = Answer("q", results, table=make_table(results))
    view = exchange_view(answer, numbering([answer]))["table"]
    assert [paper["number"] for paper in view["papers"]] == [1, 2]
    assert [[cell and cell["text"] for cell in row] for row in view["cells"]] == [
        ["It mimics vision.", "It gains 9%."], ["Images.", None],
    ]  # fmt: skip
    kinds = [piece["kind"] for piece in pieces(results[0], answer)]
    assert kinds.count("cited") == 2


def test_a_table_is_drawn_with_short_names_few_words_and_how_each_row_sorts_it():
    results = shipped_results()[:2]
    named = [
        replace(one, paper=replace(one.paper, title=f"{name}: A Network"))
        for one, name in zip(results, ("ANet", "BNet"), strict=True)
    ]
    sentence = AnswerSentence("However, it reaches an accuracy of 84.2%.", (cite(results[0]),), span=(9, 40))
    more = AnswerSentence("An accuracy of 91%.", (cite(results[1]),))
    cells = ((sentence, more), (AnswerSentence("2021"), None))
    table = Table(("accuracy", "published"), tuple(one.paper for one in named), cells, ("ANet", ""))
    view = exchange_view(answer := Answer("q", tuple(named), table=table), numbering([answer]))["table"]
    assert [paper["head"] for paper in view["papers"]] == ["ANet", ""]
    assert view["unstated"] == ["not stated in the abstract", "not in the record"]
    first, second = view["cells"][0]
    assert (first["few"], first["around"]) == ("it reaches an accuracy of 84.2%", ["However, ", "."])
    assert second["few"] == ""
    assert view["cells"][1][0]["chips"] == []
    assert view["sorts"][0]["falling"] == (1, 0)
    assert view["sorts"][0]["told"][0] == "Sorted by accuracy, highest first."
    assert view["sorts"][1] is None


def test_a_title_among_the_lines_opens_its_paper_and_code_stays_as_it_is():
    results = shipped_results()[:2]
    code = "@misc{x,\n\ttitle = {85\\% of it},\n}\u202e"
    answer = Answer("q", results, lines=(results[1].paper.title, code), act="set.list")
    assert exchange_view(answer, {})["lines"] == [
        {"text": results[1].paper.title, "paper": results[1].paper.id, "by": ""},
        {"text": code[:-1], "paper": "", "by": ""},
    ]


@in_browser
def test_who_wrote_a_paper_and_when_stands_behind_its_title(reader: Reader):
    told = Details(authors=(Person("Roe", "Ann"), Person("<b>", "x"), Person("Doe")), date=(2020,))
    reader.app.results = tuple(
        replace(one, paper=replace(one.paper, details=told)) if one.rank == 1 else one for one in reader.app.results
    )
    reader.ask()
    reader.find(".pc-made").wait_for()
    told_by = reader.find(".pc-by").all_inner_texts()
    assert {text.strip() for text in told_by} == {told.byline}
    assert reader.find(".pc-card .pc-by").count() == 1
    field = reader.page.get_by_role("combobox", name="Find a paper")
    field.fill(reader.app.results[0].paper.title)
    reader.page.get_by_role("option").first.wait_for()
    assert reader.page.get_by_role("option").locator(".pc-by").first.inner_text().strip() == told.byline


def test_what_is_remembered_of_an_answer_is_all_that_it_said_and_the_titles_that_it_lists():
    results = shipped_results()[:2]
    said = AnswerSentence("It holds.", (cite(results[0]),), "supported")
    (turn,) = remembered([Answer("q", results, (said,), stage="done")])
    assert (turn.cited, turn.form, turn.said) == ((results[0].paper.title,), "text", (said,))
    titles = tuple(result.paper.title for result in results)
    (turn,) = remembered([Answer("q", results, lines=titles, act="set.list")])
    assert (turn.cited, turn.form, turn.answer) == (titles, "titles", "\n".join(titles))


@in_browser
def test_a_request_shows_lines_of_which_titles_open_their_paper(reader: Reader):
    results = reader.app.results
    words = (AnswerSentence("All of them:"),)
    lines = (results[1].paper.title, "@misc{x,\n\ttitle = {It},\n}", "`paperchat papers` prints all")
    reader.app.meets = Answer("", results, words, lines=lines, act="set.list", timings={"total": 0.1})
    reader.ask()
    reader.says("All of them:")
    items = reader.find(".pc-items")
    assert items.get_by_role("listitem").count() == 3
    assert items.locator("pre").inner_text() == lines[1]
    assert items.locator("code").inner_text() == "paperchat papers"
    assert "quotes only" not in reader.find(".pc-made").inner_text()
    assert reader.find(".pc-group > .pc-label").first.inner_text() == "Papers"
    items.get_by_role("button", name=lines[0]).click()
    reader.until("document.querySelector('.pc-abstract') !== null")
    assert reader.find(".pc-abstract").inner_text()[:40] == results[1].paper.abstract[:40]


@in_browser
def test_a_table_shows_each_cells_sentence_in_its_abstract_and_what_is_not_stated(reader: Reader):
    reader.app.table, reader.app.lead = make_table(reader.app.results), "Two papers are compared."
    reader.ask()
    reader.says("Two papers are compared.")
    table = reader.page.get_by_role("table")
    assert table.get_by_role("columnheader").count() == 2
    assert table.get_by_role("rowheader").all_inner_texts() == ["idea", "data"]
    assert table.locator("td.pc-unstated").all_inner_texts() == ["not stated in the abstract"]
    assert table.locator(".pc-fault-number").inner_text() == "9%"
    assert table.locator(".pc-verdict").all_inner_texts() == ["not supported"]
    table.get_by_text("It mimics vision.").click()
    reader.until("document.activeElement.matches('mark.pc-cited')")
    assert reader.find("mark:focus").inner_text() == reader.app.results[0].sentences[1].text
    reader.page.keyboard.press("Escape")
    reader.until("document.activeElement.matches('td .pc-chip')")
    table.locator(".pc-chip").nth(1).press("Enter")
    reader.until(f"document.activeElement.dataset.start === '{reader.app.results[1].sentences[1].start}'")


def test_a_table_keeps_its_numbers_when_sentences_come_to_stand_above_it():
    results = shipped_results()[:3]
    tabled = Answer("q", results, table=make_table(results))
    backwards = (AnswerSentence("B.", (cite(results[2]), cite(results[1]))), AnswerSentence("A.", (cite(results[0]),)))
    written = replace(tabled, sentences=backwards, stage="writing")
    for answer in (tabled, written):
        numbers = numbering([answer])
        assert [paper["number"] for paper in exchange_view(answer, numbers)["table"]["papers"]] == [1, 2]
    assert [paper.id for paper in written.cited] == [result.paper.id for result in results]


def test_a_table_that_quotes_nothing_is_remembered_as_what_stands_above():
    results = shipped_results()[:2]
    (turn,) = remembered([Answer("add the data", results, table=make_table(results), stage="done")])
    assert (turn.form, turn.cited) == ("table", tuple(result.paper.title for result in results))


def make_sorted_table(results: Sequence[Result]) -> Table:
    """Return a comparison by a number, in few words of its sentences, of papers that have short names."""
    one, two = (result.paper for result in results[:2])
    cells = tuple(
        replace(AnswerSentence(f"However, it is {number}% accurate.", (cite(result),)), span=(9, 20))
        for result, number in zip(results, ("84.2", "91.5"), strict=False)
    )
    return Table(("accuracy", "data"), (one, two), (cells, (cells[0], None)), ("ANet", "BNet"))


@in_browser
def test_a_click_on_few_words_shows_the_whole_sentence_and_on_a_head_sorts_the_papers(reader: Reader):
    reader.app.table = make_sorted_table(reader.app.results)
    reader.ask()
    table = reader.page.get_by_role("table")
    heads = table.get_by_role("columnheader").get_by_role("button")
    assert [text.split()[-1] for text in heads.all_inner_texts()] == ["ANet", "BNet"]
    assert heads.first.get_attribute("title") == reader.app.results[0].paper.title
    words = table.locator(".pc-few").first
    assert words.get_attribute("title") == "However, it is 84.2% accurate."
    words.press("Enter")
    assert (words.inner_text(), words.locator("mark").inner_text()) == ("However, it is 84.2% accurate.", "it is 84.2%")
    assert words.get_attribute("aria-expanded") == "true"
    words.click()
    assert words.inner_text() == "it is 84.2%"
    head = table.get_by_role("button", name="accuracy")
    head.click()
    reader.says("Sorted by accuracy, highest first.")
    assert [text.split()[-1] for text in heads.all_inner_texts()] == ["BNet", "ANet"]
    assert table.locator("th[aria-sort=descending]").count() == 1
    assert reader.page.evaluate("document.activeElement.className") == "pc-sort"
    reader.page.keyboard.press("Enter")
    reader.says("Sorted by accuracy, lowest first.")
    assert table.locator(".pc-few").all_inner_texts()[:2] == ["it is 84.2%", "it is 91.5%"]
    table.get_by_role("button", name="accuracy").click()
    reader.button("Copy or save the table").click()
    reader.find(".pc-taken", has_text="| | BNet | ANet |").wait_for()


@in_browser
def test_few_words_of_a_papers_own_are_copied_as_a_quote_and_those_that_were_written_are_not(reader: Reader):
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    table = make_sorted_table(reader.app.results)
    quote = cite(reader.app.results[0])
    own = replace(AnswerSentence(quote.quote, (quote,)), span=(0, 12))
    reader.app.table = replace(table, cells=(table.cells[0], (own, None)))
    reader.ask()
    reader.button("Copy").click()
    reader.says("Copied")
    text = copied(reader)
    assert f"data\t\u201c{quote.quote[:12]}\u201d [1]\t" in text
    assert "accuracy\tit is 84.2% [1]\t" in text


@in_browser
def test_a_comparison_shows_that_it_is_being_written_while_its_table_stands(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
):
    app, ask = reader.app, reader.app.ask

    def compared(*asked: Any, **how: Any) -> Iterator[Answer]:
        for answer in ask(*asked, **how):
            yield replace(answer, table=make_table(app.results))

    monkeypatch.setattr(app, "ask", compared)
    app.hold = 0
    reader.ask(wait=False)
    reader.find(".pc-table").wait_for()
    reader.says("The table is made of the abstracts alone. qwen2.5:3b reads 8 papers\u2026")
    app.hold = None
    app.go_on.set()
    reader.find(".pc-made").wait_for()
    assert reader.find(".pc-log .pc-doing").count() == 0


@in_browser
@pytest.mark.parametrize(("label", "form"), [("Markdown", "md"), ("CSV", "csv"), ("LaTeX", "tex")])
def test_a_table_is_copied_or_saved(reader: Reader, label: str, form: str):
    reader.app.table = make_table(reader.app.results)
    reader.ask()
    reader.button("Copy or save the table").click()
    box = reader.find(".pc-compared .pc-take")
    box.get_by_label("Format").select_option(label)
    reader.find(".pc-taken", has_text={"md": "|---|", "csv": "idea,", "tex": "tabular"}[form]).wait_for()
    with reader.page.expect_download() as download:
        box.get_by_role("button", name="Save file").click()
    assert download.value.suggested_filename == f"paperchat-table.{form}"
    assert Path(download.value.path()).read_bytes().decode() == FORMS[form](reader.app.table)


@in_browser
def test_at_a_phones_width_a_table_scrolls_in_its_own_box(browser: Any, site: Site):
    reader = Reader(browser.new_context(viewport={"width": 390, "height": 844}), site)
    site.app.table = make_table(site.app.results)
    reader.ask()
    box = "document.querySelector('.pc-table-box')"
    assert reader.page.evaluate(f"{box}.scrollWidth > {box}.clientWidth")
    assert reader.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert darkness_at_the_edge(reader) > 10  # there is more
    reader.page.evaluate(f"{box}.scrollLeft = 9999")
    assert darkness_at_the_edge(reader) < 5
    reader.page.evaluate(f"{box}.scrollLeft = 0")
    reader.find(".pc-table-box").focus()
    reader.page.keyboard.press("ArrowRight")
    reader.until(f"{box}.scrollLeft > 0")
    reader.context.close()


def darkness_at_the_edge(reader: Reader) -> int:
    """Return how much darker a comparison's ground is at its right edge than before it."""
    picture = Image.open(BytesIO(reader.find(".pc-table-box").screenshot(animations="disabled"))).convert("L")
    lightest = [max(picture.crop((x, 15, x + 1, picture.height - 15)).tobytes()) for x in range(picture.width)]
    return lightest[-40] - lightest[-4]


# ---- conversations that are kept


def ask_desk(site: Site, name: str, sent: object, **headers: str) -> httpx.Response:
    return httpx.post(f"{site.url}/page/{name}", json=sent, headers=headers, trust_env=False)


def test_the_page_gives_a_browser_a_secret_that_no_script_and_no_other_site_sees(site: Site):
    first = httpx.get(site.url, trust_env=False).headers["set-cookie"]
    assert re.fullmatch(rf"{COOKIE}=[\w-]{{32}}; Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax", first)
    assert httpx.get(site.url, trust_env=False).headers["set-cookie"] != first
    secret = first.partition(";")[0]
    assert httpx.get(site.url, headers={"Cookie": f"a=b; {secret}"}, trust_env=False).headers["set-cookie"] == first
    short = httpx.get(site.url, headers={"Cookie": f"{COOKIE}=mine"}, trust_env=False).headers["set-cookie"]
    assert short.startswith(f"{COOKIE}=")
    assert "=mine" not in short


def test_conversations_are_asked_for_by_their_own_browser_only(site: Site):
    site.app.conversations.keep("A" * 32, "key", 0, Answer("Mine?", site.app.results))
    mine, other = f"{COOKIE}={'A' * 32}", f"{COOKIE}={'B' * 32}"
    assert [c["title"] for c in ask_desk(site, "conversations", {}, Cookie=mine).json()["conversations"]] == ["Mine?"]
    assert ask_desk(site, "conversations", {}, Cookie=other).json() == {"conversations": []}
    assert ask_desk(site, "conversations", {}).json() == {"conversations": []}
    for name in ("rename", "delete", "export", "receipt", "references"):
        refused = ask_desk(site, name, {"id": "key", "title": "x", "exchange": 0, "form": "ris"}, Cookie=other)
        assert (refused.status_code, refused.json()["error"][:34]) == (400, "This conversation is not here. It ")
    assert len(site.app.conversations.answers("A" * 32, "key")) == 1
    assert ask_desk(site, "delete", {"id": "key"}, Cookie=mine, Origin="http://evil.example").status_code == 400


@pytest.mark.parametrize(
    ("name", "sent", "status", "error"),
    [
        ("nothing", {}, 404, "There is nothing here."),
        ("_answer", {}, 404, "There is nothing here."),
        ("rename", [], 400, "The request is no JSON object."),
        ("rename", {"id": 3}, 400, "The request's 'id' is wrong: Input should be a valid string."),
        ("references", {"id": "x", "form": "<b>"}, 400, "'<b>' is no format."),
    ],
)
def test_a_wrong_request_is_told_what_is_wrong(site: Site, name: str, sent: object, status: int, error: str):
    reply = ask_desk(site, name, sent)
    assert (reply.status_code, reply.json()["error"][: len(error)]) == (status, error)


@in_browser
def test_a_reload_keeps_the_conversation_with_its_citations_and_goes_on(browser: Any, site: Site):
    reader = Reader(browser.new_context(), site)
    reader.ask("One?")
    chips = reader.find(".pc-chip").all_inner_texts()
    reader.page.reload()
    reader.find(".pc-made").wait_for()
    assert (reader.questions, reader.find(".pc-chip").all_inner_texts()) == (["One?"], chips)
    reader.find(".pc-chip").nth(2).click()
    reader.until("document.activeElement.matches('mark.pc-cited')")
    assert reader.find("mark:focus").inner_text() == site.app.results[2].sentences[1].text
    reader.ask("Two?")
    assert [turn.question for turn in site.app.asked[-1][1]] == ["One?"]
    assert reader.questions == ["One?", "Two?"]
    reader.context.close()


@in_browser
def test_an_answer_that_a_reload_interrupts_is_kept_as_far_as_it_came(browser: Any, site: Site):
    site.app.hold = 2
    reader = Reader(browser.new_context(), site)
    reader.ask("One?", wait=False)
    reader.find(".pc-sentence").nth(1).wait_for()
    reader.page.wait_for_timeout(1100)  # the pace at which an answer that grows is kept
    reader.page.reload()
    reader.says("Stopped. What was written is kept.")
    assert reader.find(".pc-exchange").get_attribute("data-stage") == "stopped"
    reader.context.close()


NO_STORAGE = """
for (const area of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, area, { get: () => { throw new DOMException("blocked", "SecurityError"); } });
"""


@in_browser
@pytest.mark.parametrize("storage", [True, False], ids=["no cookies", "no storage either"])
def test_without_cookies_a_tab_finds_its_conversation_and_no_other_does(
    browser: Any, site: Site, storage: bool, monkeypatch: pytest.MonkeyPatch
):
    context = browser.new_context()
    if not storage:
        context.add_init_script(NO_STORAGE)
    monkeypatch.setattr("paperchat.web.guard._cookie", lambda _: "")
    reader = Reader(context, site)
    reader.ask("One?")
    reader.button("Cite").click()
    reader.find(".pc-log .pc-taken", has_text="Multi").wait_for()
    reader.button("Save").click()
    with reader.page.expect_download():
        reader.button("Markdown").click()
    reader.button("Export").click()
    reader.find(".pc-export .pc-taken", has_text="# One?").wait_for()
    reader.page.keyboard.press("Escape")
    reader.ask("Two?")
    assert [turn.question for turn in site.app.asked[-1][1]] == ["One?"]
    if storage:
        reader.page.reload()
        reader.find(".pc-made").nth(1).wait_for()
    other = Reader(context, site)
    other.button("Conversations").click()
    other.says("Nothing yet.")
    context.close()


@in_browser
def test_a_tab_whose_cookie_was_replaced_reloads_by_itself_and_keeps_what_was_typed(browser: Any, site: Site):
    reader = Reader(browser.new_context(), site)
    reader.says("qwen2.5:3b")
    reader.context.add_cookies([{"name": COOKIE, "value": "B" * 32, "url": site.url}])
    with reader.page.expect_navigation():
        reader.ask("Why?", wait=False)
    reader.until("document.querySelector('#pc-question textarea')?.value === 'Why?'")
    reader.box.press("Enter")
    reader.find(".pc-made").wait_for()
    assert [kept.title for kept in site.app.conversations.conversations("B" * 32)] == ["Why?"]
    reader.context.close()


@in_browser
def test_the_first_two_tabs_of_a_browser_that_open_together_both_answer(browser: Any, site: Site):
    context = browser.new_context()
    tabs = [context.new_page() for _ in range(2)]
    for tab in tabs:
        tab.evaluate(f"setTimeout(() => location.href = '{site.url}')")
    for tab in tabs:
        tab.locator(".pc-welcome").wait_for()
        tab.get_by_label("Your question").fill("Why?")
        tab.get_by_label("Your question").press("Enter")
        tab.locator(".pc-made").wait_for()
    context.close()


@in_browser
def test_a_link_on_another_site_finds_the_same_reader(browser: Any, site: Site):
    reader = Reader(browser.new_context(), site)
    reader.ask("Mine?")
    before = reader.context.cookies()
    link = {"body": f"<a href='{site.url}'>here</a>", "content_type": "text/html"}
    reader.page.route("http://other.example/", lambda route: route.fulfill(**link))
    reader.page.goto("http://other.example/")
    reader.page.get_by_text("here").click()
    reader.find(".pc-made").wait_for()
    assert reader.questions == ["Mine?"]
    assert [cookie["value"] for cookie in reader.context.cookies()] == [cookie["value"] for cookie in before]
    reader.context.close()


@in_browser
def test_the_page_shows_the_line_of_a_server_that_is_full_and_keeps_the_question(browser: Any, site: Site):
    reader = Reader(browser.new_context(), site)
    reader.page.route("**/queue/join*", lambda route: route.fulfill(status=503, body=FULL, content_type="text/plain"))
    reader.ask("Why?", wait=False)
    reader.says(FULL.decode())
    reader.page.unroute("**/queue/join*")
    assert reader.box.input_value() == "Why?"
    reader.box.press("Enter")
    reader.find(".pc-made").wait_for()
    reader.context.close()


@in_browser
def test_conversations_are_listed_reopened_renamed_and_deleted(browser: Any, site: Site):
    reader = Reader(browser.new_context(viewport={"width": 1440, "height": 900}), site)
    for question in ("One?", "Two?"):
        reader.ask(question)
        reader.button("New").click()
        reader.find(".pc-welcome").wait_for()
    titles = reader.find(".pc-kept-title")
    reader.button("Conversations").click()
    titles.nth(1).wait_for()
    assert titles.all_inner_texts() == ["Two?", "One?"]
    titles.nth(1).click()
    reader.find(".pc-made").wait_for()
    assert (reader.questions, reader.find(".pc-drawer").is_visible()) == (["One?"], False)
    assert reader.find(".pc-chip").all_inner_texts() == ["1", "2", "3", "1"]
    reader.button("Conversations").click()
    reader.find(".pc-kept-open[aria-current]").wait_for()
    reader.button("Rename: One?").click()
    reader.page.get_by_label("Name of the conversation").fill("<x>Named</x>")
    reader.page.keyboard.press("Enter")
    reader.says("<x>Named</x>")
    reader.button("Delete: <x>Named</x>").click()
    reader.button("Keep", ".pc-drawer").click()
    reader.button("Delete: <x>Named</x>").click()
    reader.button("Delete", ".pc-drawer").click()
    reader.until("document.querySelectorAll('.pc-kept-title').length === 1")
    reader.find(".pc-welcome").wait_for(state="attached")  # the one on show was deleted
    reader.page.keyboard.press("Escape")
    reader.page.reload()
    reader.find(".pc-welcome").wait_for()
    assert [turns for _, turns in site.app.asked] == [(), ()]
    reader.context.close()


@in_browser
def test_undo_and_edit_change_what_is_kept(browser: Any, site: Site):
    reader = Reader(browser.new_context(), site)
    reader.ask("One?")
    reader.ask("Two?")
    reader.button("Undo").click()
    reader.until("document.querySelectorAll('.pc-exchange').length === 1")
    reader.page.reload()
    reader.find(".pc-made").wait_for()
    assert reader.questions == ["One?"]
    reader.button("Undo").click()
    reader.find(".pc-welcome").wait_for()
    reader.button("Conversations").click()
    reader.says("Nothing yet.")
    reader.context.close()


# ---- taking it away


@in_browser
def test_references_of_a_paper_an_answer_and_a_conversation_are_saved_in_the_chosen_format(reader: Reader):
    reader.ask("One?")
    results = reader.app.results
    reader.button("Cite").click()
    box = reader.find(".pc-log .pc-take")
    box.get_by_label("Format").select_option("bibtex")
    reader.until("document.querySelectorAll('.pc-log .pc-taken')[0].textContent.split('@misc{').length === 4")
    with reader.page.expect_download() as download:
        box.get_by_role("button", name="Save file").click()
    assert download.value.suggested_filename == "paperchat-references.bib"
    cited = [results[n].paper for n in (0, 3, 2)]
    assert Path(download.value.path()).read_text() == format_references(cited, "bibtex")
    card = reader.find(".pc-card", has_text=results[3].paper.title)
    card.get_by_role("button", name="Cite").click()
    card.get_by_label("Format").select_option("apa")
    reader.until("/n\\.d\\./.test(document.querySelector('.pc-card .pc-taken')?.textContent)")
    assert card.locator(".pc-taken").inner_text() == format_references([results[3].paper], "apa").strip()
    reader.button("Export").click()
    reader.until("document.querySelector('.pc-export .pc-taken').textContent.startsWith('# One?')")
    reader.find(".pc-export").get_by_label("Format").select_option("ris")
    reader.until("document.querySelector('.pc-export .pc-taken').textContent.startsWith('TY  - GEN')")
    reader.page.keyboard.press("Escape")
    reader.find(".pc-export").wait_for(state="hidden")


def test_a_conversation_as_markdown_has_the_pages_numbers_and_one_list_and_escapes_what_is_hostile():
    results = shipped_results()[:3]
    paper = replace(results[0].paper, title="[x](http://evil) <b>*T*</b>\n# H")
    hostile = replace(results[0], paper=paper)
    plain = AnswerSentence("S.", (cite(hostile),))
    first = Answer("A *q* <img>?", (hostile, results[1]), (plain,), stage="done", model="m")
    said = AnswerSentence("D.", (cite(results[1]), cite(hostile)), "unsupported", "r")
    second = Answer("Q2?", (hostile, results[1]), (said, AnswerSentence("E.")), stage="stopped", notices=("n_1",))
    third = Answer("Q3?", results, (AnswerSentence(cite(results[2]).quote, (cite(results[2]),)),), stage="done")
    assert [p.id for p in cited_papers([first, second, third])] == [r.paper.id for r in results]
    text = conversation_markdown("My # talk", [first, second, third], ["“[x](y).”", "Two", "Three"])
    assert text.splitlines()[:16] == [
        "# My # talk", "", r"## A \*q\* \<img\>?", "", r"S. \[1\]", "", "*Written by m.*", "",
        "## Q2?", "", r"D. \[2\]\[1\] *(not supported)* E.", "", "*The answer stopped.*", "", r"*n\_1*", "",
    ]  # fmt: skip
    assert text.endswith("\n## References\n\n\\[1\\] “\\[x\\](y).”\n\n\\[2\\] Two\n\n\\[3\\] Three\n")
    assert f"> {cite(results[2]).quote[:20]}" in text
    compared = Answer("Q4?", results, table=make_table(results), lead="Two *things*.", stage="done")
    table = FORMS["md"](make_table(results))
    assert f"\n\nTwo \\*things\\*.\n\n{table}\n## References" in conversation_markdown("T", [compared], ["One", "Two"])


# ---- looking papers up, and checking a draft


@in_browser
def test_papers_are_found_as_one_types_and_opened_by_keyboard_with_their_references_at_hand(reader: Reader):
    field = reader.page.get_by_role("combobox", name="Find a paper")
    field.press_sequentially("learning", delay=20)
    options = reader.page.get_by_role("option")
    options.first.wait_for()
    assert reader.app.typed == ["learning"]  # once, not at every key
    assert options.count() == len([p for p in reader.app.library.papers if "learning" in p.title.casefold()])
    assert field.get_attribute("aria-expanded") == "true"
    active = "document.getElementById(document.activeElement.getAttribute('aria-activedescendant')).id"
    assert reader.page.evaluate(active) == "pc-found-0"
    field.press("ArrowUp")
    assert reader.page.evaluate(active) == f"pc-found-{options.count() - 1}"
    field.press("ArrowDown")
    first = reader.app.library.suggest("learning", 1)[0]
    field.press("Enter")
    reader.until("document.activeElement.matches('mark.pc-cited')")
    assert first.sentence
    assert reader.find("mark:focus").inner_text() == first.sentence.text
    assert reader.find(".pc-card .pc-abstract").inner_text() == shown(first.paper.abstract)
    reader.find(".pc-card .pc-taken", has_text=first.paper.title.split()[0]).wait_for()
    reader.page.keyboard.press("Escape")
    reader.until("document.activeElement.getAttribute('role') === 'combobox'")
    reader.button("Close").click()
    assert reader.find(".pc-panel").is_hidden()
    field.fill("nowhere to be found")
    reader.says("No paper found")
    field.press("Enter")
    field.press("Escape")
    assert options.count() == 0


@in_browser
def test_a_paper_that_was_looked_up_gives_way_to_the_evidence(reader: Reader):
    reader.ask()
    field = reader.page.get_by_role("combobox", name="Find a paper")
    field.fill("learning")
    field.press("Enter")  # before the list is there
    reader.until("document.querySelectorAll('.pc-card').length === 1")
    reader.button("Back to the evidence").click()
    reader.until("document.querySelectorAll('.pc-card').length === 8")
    field.fill("pre-training")
    field.press("Enter")
    reader.until("document.querySelectorAll('.pc-card').length === 1")
    reader.find(".pc-chip").first.click()
    reader.until("document.querySelectorAll('.pc-card').length === 8")


@in_browser
def test_a_draft_is_checked_sentence_by_sentence(reader: Reader):
    reader.button("Check a draft").click()
    assert not reader.box.is_visible()
    field = reader.page.get_by_label("Text to check")
    reader.button("Check").click()
    reader.until("document.activeElement.tagName === 'TEXTAREA'")
    field.fill("It learns from pixels. The moon is made of cheese.")
    field.press("Control+Enter")
    found = reader.find(".pc-traced-sentence")
    found.nth(1).wait_for()
    assert found.nth(0).locator(".pc-stance").all_inner_texts() == ["Supported by", "Contradicted by"]
    assert found.nth(1).locator(".pc-traced-title").inner_text() == "Nothing found in these papers"
    found.nth(0).locator(".pc-quote").nth(1).click()
    reader.until("document.activeElement.matches('mark.pc-cited')")
    assert reader.find("mark:focus").inner_text() == reader.app.results[1].sentences[-1].text
    reader.page.keyboard.press("Escape")
    reader.until("document.activeElement.matches('.pc-traced .pc-quote')")
    field.fill("x" * (MAX_QUESTION + 1))
    reader.button("Back to the conversation").click()
    assert reader.box.is_visible()


# ---- which papers are asked


def narrowing(**sent: object) -> dict[str, object]:
    return {
        "id": "",
        "papers": [],
        "author": "",
        "since": "",
        "until": "",
        "venue": "",
        "keyword": "",
        "imported": "",
        **sent,
    }


def test_papers_are_chosen_for_a_conversation_and_what_chooses_none_is_refused(site: Site):
    results = site.app.results
    own = {"cookie": f"{COOKIE}={'B' * 32}"}
    told = ask_desk(site, "narrow", narrowing(papers=[results[0].paper.id]), **own).json()
    assert told["line"].startswith("Asking 1 of 8 papers: “")
    assert ask_desk(site, "scope", {"id": ""}, **own).json() == told
    assert ask_desk(site, "scope", {"id": ""}).json()["line"] == ""
    for sent, error in (
        (narrowing(author="Nobody"), "None of the 8 papers is by Nobody. All stays as it was."),
        (narrowing(since="soon"), "'soon' is no year. For example: 2019"),
        (narrowing(imported="soon"), "'soon' is no day. For example: 2026-11-27, or: Monday"),
        (narrowing(imported="today"), "None of the 8 papers is added since 2026-11-27. All stays as it was."),
    ):
        refused = ask_desk(site, "narrow", sent, **own)
        assert (refused.status_code, refused.json()["error"]) == (400, error)
    assert ask_desk(site, "narrow", narrowing(), **own).json()["line"] == ""


@in_browser
def test_a_question_is_asked_of_the_paper_of_a_card_until_all_are_asked_again(browser: Any, site: Site):
    reader = Reader(browser.new_context(), site)
    chosen = reader.app.results[0].paper
    reader.ask()
    reader.find(".pc-card").first.get_by_role("button", name="Ask about this paper").click()
    reader.says("Asking 1 of 8 papers")
    reader.ask("And what does it cost?")
    assert reader.app.scopes == [ALL, Scope(papers=(chosen.id,))]
    reader.page.reload()
    reader.says("Asking 1 of 8 papers")
    reader.button("All papers").click()
    reader.until("document.querySelector('.pc-scope-line').textContent === ''")
    reader.ask("What else?")
    assert reader.app.scopes[-1] == ALL
    reader.context.close()


@in_browser
def test_papers_are_chosen_in_fields_and_words_of_an_answer_narrow_the_line(browser: Any, site: Site):
    reader = Reader(browser.new_context(), site)
    reader.button("Choose papers").click()
    reader.page.get_by_label("Author").fill("Nobody")
    reader.button("Ask these").click()
    reader.says("None of the 8 papers is by Nobody.")
    reader.page.get_by_label("Author").fill("")
    reader.app.narrows = Scope(papers=tuple(result.paper.id for result in reader.app.results[:2]))
    reader.ask()
    reader.says("Asking 2 of 8 papers: 2 chosen ones")
    reader.button("New").click()
    reader.until("document.querySelector('.pc-scope-line').textContent === ''")
    reader.context.close()
