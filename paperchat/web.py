"""The page: a thin Gradio shell. Python hands over data; the browser shows it as text, never as HTML."""

import socket
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from paperchat.errors import InputError, PaperchatError, SettingsError
from paperchat.guard import Guard
from paperchat.settings import LOOPBACK
from paperchat.text import clean, printable
from paperchat.types import Answer, Result, Turn

if TYPE_CHECKING:
    import gradio as gr

    from paperchat.app import App

PAGE = Path(__file__).parent / "page"
AT_ONCE = 4
"""Answers written at the same time."""

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  # only when the user asks for it

WRITING = ("evidence", "writing")


def check_port(host: str, port: int) -> None:
    """Raise SettingsError when the page cannot be served there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SettingsError(
                f"The page cannot be served on {host} port {port}: {error.strerror}.",
                "Stop the program that uses it, or choose another with --port.",
            ) from None


def serve(app: "App", host: str, port: int, *, open_browser: bool) -> None:
    """Serve the page until Ctrl-C."""
    page = build_page(app)
    launch(page, host, port, open_browser=open_browser)
    print(
        f"paperchat is open at http://{'[' + host + ']' if ':' in host else host}:{port}  (Ctrl-C stops it)", flush=True
    )
    try:
        page.block_thread()
    finally:
        page.close(verbose=False)


def launch(page: "gr.Blocks", host: str, port: int, *, open_browser: bool) -> None:
    """Start the server without waiting: local only unless `host` says otherwise, nothing shared or reported."""
    from starlette.middleware import Middleware

    allowed = None if host in EVERYWHERE else frozenset({*LOOPBACK, host})
    page.queue(default_concurrency_limit=AT_ONCE, max_size=32, api_open=False).launch(
        server_name=host,
        server_port=port,
        share=False,
        inbrowser=open_browser,
        prevent_thread_lock=True,
        quiet=True,
        css_paths=[PAGE / "page.css"],
        head=f"<script>{(PAGE / 'page.js').read_text(encoding='utf-8')}</script>",
        footer_links=[],
        run_history=False,
        max_file_size=1,
        app_kwargs={"middleware": [Middleware(Guard, allowed=allowed)], "docs_url": None, "redoc_url": None},
    )


def build_page(app: "App") -> "gr.Blocks":
    """Return the page over an open app; each browser tab has its own conversation."""
    import gradio as gr

    examples = app.examples()

    def island(name: str, value: Any, **more: Any) -> gr.HTML:
        start = f"paperchat.{name}(element, props, trigger, watch)"
        return gr.HTML(
            value, html_template=f"<div class='pc-{name}'></div>", js_on_load=start, elem_id=f"pc-{name}", **more
        )

    with gr.Blocks(title="paperchat", analytics_enabled=False, fill_width=True) as page:
        island("header", _status(app))
        answers = gr.State([])
        with gr.Row(elem_id="pc-main"):
            with gr.Column(elem_id="pc-left"):
                conversation = island("conversation", conversation_view([], examples))
                with gr.Row(elem_id="pc-composer"):
                    box = gr.Textbox(
                        label="Your question", show_label=False, placeholder="Ask the papers…", lines=1, max_lines=8,
                        elem_id="pc-question", autofocus=True, container=False,
                    )  # fmt: skip
                    send = gr.Button("Ask", variant="primary", elem_id="pc-send", scale=0, min_width=80)
                    stop = gr.Button("Stop", variant="stop", elem_id="pc-stop", scale=0, min_width=80, visible=False)
            evidence = island("evidence", evidence_view([]))
        shown = [answers, conversation, evidence, box, send, stop]

        def ask(question: str, before: list[Answer]) -> Iterator[list[Any]]:
            yield from _stream(app, examples, question, before)

        def act(before: list[Answer], event: gr.EventData) -> Iterator[list[Any]]:
            action, turn, text = _action(event._data)  # noqa: SLF001  # Gradio has no public name for it
            if action == "undo":
                yield _frame(examples, before[:-1], busy=False, question=before[-1].question if before else "")
            elif action in ("ask", "retry", "edit"):
                kept = before if action == "ask" else before[:turn]
                yield from _stream(app, examples, text or (before[turn].question if turn < len(before) else ""), kept)

        asked = gr.on([box.submit, send.click], ask, [box, answers], shown, trigger_mode="once", show_progress="hidden",
                      api_visibility="private")  # fmt: skip
        acted = conversation.click(act, [answers], shown, trigger_mode="once", show_progress="hidden",
                                   api_visibility="private")  # fmt: skip
        stop.click(lambda before: _frame(examples, _stopped(before), busy=False), [answers], shown,
                   cancels=[asked, acted], show_progress="hidden", queue=False, api_visibility="private")  # fmt: skip
    return cast("gr.Blocks", page)


def _stream(app: "App", examples: Sequence[str], question: str, before: list[Answer]) -> Iterator[list[Any]]:
    """Yield what changes on the page while an answer grows; bad questions and lost stores become a failed answer."""
    history = [Turn(answer.question, answer.text) for answer in before]
    last = Answer(question.strip()[:200])
    yield _frame(examples, [*before, last], busy=True)
    evidence_shown = False
    try:
        with closing(cast("Any", app.ask(question, history))) as growing:
            for last in growing:
                frame = _frame(
                    examples,
                    [*before, last],
                    busy=last.stage in WRITING,
                    evidence=not evidence_shown or last.stage not in WRITING,
                )
                evidence_shown = True
                yield frame
    except InputError as error:
        yield _frame(examples, before, busy=False, notice=str(error), question=question[:10_000])
    except PaperchatError as error:
        failed = replace(last, stage="failed", notices=(*last.notices, str(error)))
        yield _frame(examples, [*before, failed], busy=False)


def _frame(
    examples: Sequence[str],
    answers: list[Answer],
    *,
    busy: bool,
    evidence: bool = True,
    notice: str = "",
    question: str | None = None,
) -> list[Any]:
    """Return the value of each output: answers, conversation, evidence, question box, Ask and Stop."""
    import gradio as gr

    return [
        answers,
        conversation_view(answers, examples, notice),
        evidence_view(answers) if evidence else gr.skip(),
        gr.skip() if question is None and not busy else (question or ""),
        gr.update(visible=not busy),
        gr.update(visible=busy),
    ]


def _stopped(answers: list[Answer]) -> list[Answer]:
    if answers and answers[-1].stage in WRITING:
        return [*answers[:-1], replace(answers[-1], stage="stopped", notices=(*answers[-1].notices, "Stopped."))]
    return answers


def _action(data: Any) -> tuple[str, int, str]:
    """Return (action, turn, text) of a click in the conversation; anything unexpected is no action."""
    data = data if isinstance(data, dict) else {}
    turn, text = data.get("turn"), data.get("text")
    return (
        str(data.get("action")),
        turn if isinstance(turn, int) and turn >= 0 else 0,
        text if isinstance(text, str) else "",
    )


def conversation_view(answers: Sequence[Answer], examples: Sequence[str], notice: str = "") -> dict[str, Any]:
    """Return what the conversation shows: every turn's question, sentences with citation numbers, titles, notices."""
    return {"turns": [_turn_view(answer) for answer in answers], "examples": list(examples), "notice": notice}


def _turn_view(answer: Answer) -> dict[str, Any]:
    numbers = {paper.id: number for number, paper in enumerate(answer.cited, 1)}
    sentences = [
        {
            "text": printable(clean(sentence.text)),
            "cites": [{"n": numbers[c.paper_id], "start": c.start} for c in sentence.citations],
        }
        for sentence in answer.sentences
    ]
    return {
        "question": answer.question,
        "stage": answer.stage,
        "model": answer.model,
        "papers": len(answer.results),
        "sentences": sentences,
        "cited": [
            {"n": number, "title": printable(clean(paper.title))} for number, paper in enumerate(answer.cited, 1)
        ],
        "notices": list(answer.notices),
    }


def evidence_view(answers: Sequence[Answer]) -> list[list[dict[str, Any]]]:
    """Return for each turn its papers, cited first: number, title, why it was found, the abstract in segments."""
    return [_papers_view(answer) for answer in answers]


def _papers_view(answer: Answer) -> list[dict[str, Any]]:
    numbers = {paper.id: number for number, paper in enumerate(answer.cited, 1)}
    cited = {(c.paper_id, c.start) for sentence in answer.sentences for c in sentence.citations}
    papers = [
        {
            "n": numbers.get(result.paper.id),
            "title": printable(clean(result.paper.title)),
            "why": _why(result),
            "scores": _scores(result),
            "segments": segments(result, cited),
        }
        for result in answer.results
    ]
    return sorted(papers, key=lambda paper: cast("int", paper["n"] or 1000))


def segments(result: Result, cited: set[tuple[str, int]]) -> list[dict[str, Any]]:
    """Return the abstract in pieces that together are the whole of it; used and cited sentences are marked.

    Each piece is cleaned by itself, after cutting, so that a mark covers exactly its sentence.
    """
    pieces: list[dict[str, Any]] = []
    place = 0
    abstract = result.paper.abstract
    for sentence in sorted(result.sentences, key=lambda sentence: sentence.start):
        pieces.append({"text": printable_keep(abstract[place : sentence.start]), "mark": ""})
        mark = "cited" if (result.paper.id, sentence.start) in cited else "used"
        text = printable(clean(abstract[sentence.start : sentence.end]))
        pieces.append({"text": text, "mark": mark, "start": sentence.start})
        place = sentence.end
    pieces.append({"text": printable_keep(abstract[place:]), "mark": ""})
    return [piece for piece in pieces if piece["text"]]


def printable_keep(text: str) -> str:
    """Return cleaned text with the space at its ends kept, as between two marked sentences."""
    middle = printable(clean(text))
    before, after = text[:1].isspace(), text[-1:].isspace()
    return f"{' ' * before}{middle}{' ' * (after and bool(middle))}"


def _why(result: Result) -> str:
    legs = [f"meaning #{result.dense.rank}"] if result.dense else []
    return " · ".join(legs + ([f"words #{result.keyword.rank}"] if result.keyword else []))


def _scores(result: Result) -> str:
    legs = [f"cosine similarity {result.dense.score:.2f}"] if result.dense else []
    legs += [f"BM25 {result.keyword.score:.1f}"] if result.keyword else []
    return f"{', '.join(legs)}; fused score {result.score:.2f} of 2"


def _status(app: "App") -> Any:
    """Return a function, so that Gradio asks anew whenever the page is loaded."""
    from dataclasses import asdict

    return lambda: asdict(app.status())
