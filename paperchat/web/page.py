"""The page: Gradio carries events and JSON; the scripts in page/ draw it, and nothing that is data becomes HTML."""

import os
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from paperchat.errors import PaperchatError
from paperchat.export.numbering import numbering
from paperchat.query.question import check_question
from paperchat.storage.conversations import Growing, History, new_key
from paperchat.types import Answer, Turn
from paperchat.web.api import reader_of
from paperchat.web.doors import Function
from paperchat.web.live_answer import Reply
from paperchat.web.places import AT_ONCE, WAITING, Places
from paperchat.web.view_model import Json, conversation_view, evidence_view, panels_view

if TYPE_CHECKING:
    import gradio

    from paperchat.app import App

PAGE = Path(__file__).parent / "static"

RUNS = 256
"""Most events of the page that Gradio runs at once, its questions that wait for a place included."""

SESSIONS = 2 * (AT_ONCE + WAITING)
"""Tabs whose state Gradio keeps: what it keeps of one is all that the tab shows."""

TEMPLATES = {
    "header": '<header class="pc-bar" role="banner"></header>',
    "conversation": '<div class="pc-log" role="log" aria-live="off" aria-label="Conversation"></div>',
    "draft": '<section class="pc-draft" aria-label="Check a draft"></section>',
    "composer": '<p class="pc-hint" role="alert"></p><p class="pc-said pc-hidden" role="status"></p>',
    "history": '<dialog class="pc-drawer" aria-label="Conversations"></dialog>'
    '<dialog class="pc-export" aria-label="Export this conversation"></dialog>',
    "evidence": '<aside class="pc-panel" aria-label="Evidence"></aside>',
}
"""What Gradio renders: constants, without the place for `value` where it would put data as HTML."""

SHARED = {"conversation": ("cite", "table"), "evidence": ("cite",), "history": ("cite",), "header": ("search",)}
"""Scripts that a component has besides dom.js and its own."""

LOST = '() => { document.dispatchEvent(new CustomEvent("paperchat:lost")); }'

QUIET_GRADIO = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_ANALYTICS_MAX_EVENTS": "1",  # of the events that it keeps to count them, in a table made at each event
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": str(10**9),
}

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


def build_page(app: "App") -> "gradio.Blocks":  # noqa: C901, PLR0915  # the page is one list of parts and events
    """Return the page over an app; every browser tab has its own conversation."""
    _settle_gradio()
    import gradio as gr

    examples, papers, places = app.library.examples(), len(app.library.papers), Places()

    def show(answers: Sequence[Answer], key: str, line: int = 0) -> dict[Any, Any]:
        return {current: key, conversation: {**conversation_view(answers, examples, papers, key), "line": line}}

    async def respond(text: str, key: str, event: gr.EventData, request: gr.Request) -> AsyncIterator[dict[Any, Any]]:
        """Answer the question box, or what the conversation asks for: {question, keep, open}.

        `keep` are the earlier exchanges to keep, null for all; `open` is another conversation's key, null for this one.
        """
        reader = reader_of(request) or f"tab {request.session_hash}"
        typed = event.target is not conversation
        text, key = (text, key) if typed else (event.question, key if event.open is None else event.open)
        try:
            if not (typed or text):
                kept = opened(app.conversations, reader, key, event.keep)
                yield {**show(kept, key), evidence: {"panels": panels_view(kept)}, composer: {"message": ""}}
                return
            question = check_question(text)
            kept = app.conversations.answers(reader, key)[: None if typed else event.keep]
            panels, turns = panels_view(kept), remembered(kept)
            ticket = places.join(reader)
        except PaperchatError as error:
            yield {composer: {"message": str(error)}}
            return
        key = key or new_key()
        reply, growing = Reply(app, question, turns, ticket), Growing(app.conversations, reader, key, len(kept))
        try:
            asked: dict[Any, Any] = {running: reply, composer: {"message": ""}}
            waiting, number = Answer(question), ticket.number
            yield {**show([*kept, waiting], key, number), **asked, **({box: ""} if typed else {})}
            if number:
                growing.keep(waiting)
            panel: Json = {}
            before = (waiting, number)
            async for answer in reply.answers():
                if before == (before := (answer, ticket.number)):
                    yield {composer: gr.skip()}
                    continue
                updates = show([*kept, answer], key, ticket.number)
                if wrong := growing.keep(answer):
                    updates[composer] = {"message": f"This conversation is not kept: {wrong}"}
                if answer != waiting and panel != (panel := evidence_view(answer, numbering([*kept, answer]))):
                    updates[evidence] = {"panels": [*panels, panel]}
                yield updates
        finally:
            reply.stop()
            ticket.leave()
            growing.flush()

    def forget(request: gr.Request) -> None:
        """Drop what Gradio keeps of a tab that was closed; by itself it would keep it while it runs."""
        page.state_holder.session_data.pop(request.session_hash, None)

    def status() -> Json:
        return asdict(app.status())

    with gr.Blocks(title="paperchat", analytics_enabled=False, fill_width=True) as page:
        running = gr.State(None)
        current = gr.Textbox("", visible="hidden", elem_id="pc-current")  # kept by the browser: the server may restart
        header = _drawn("header", {})
        _drawn("history", {})
        with gr.Row(elem_id="pc-body"):
            with gr.Column(elem_id="pc-main"):
                conversation = _drawn("conversation", conversation_view((), examples, papers, ""))
                _drawn("draft", {})
                with gr.Row(elem_id="pc-ask"):
                    box = _question_box(papers)
                    send = gr.Button("Send", elem_id="pc-send", variant="primary")
                    stop = gr.Button("Stop", elem_id="pc-stop")
                composer = _drawn("composer", {"message": ""})
            with gr.Column(elem_id="pc-side"):
                evidence = _drawn("evidence", {"panels": []})
        asking = gr.on(
            [box.submit, send.click, conversation.submit],
            respond,
            [box, current],
            [current, running, conversation, evidence, box, composer],
            concurrency_limit=None,  # `places` counts them: Gradio's own line is silent
            trigger_mode="always_last",  # what is asked while an answer just ends is asked when it has
            **QUIET,
        )
        asking.failure(None, js=LOST, **QUIET)
        asking.then(status, None, header, concurrency_limit=None, **QUIET)
        stop.click(_stop, running, queue=False, **QUIET)
        page.load(status, None, header, concurrency_limit=None, **QUIET)
        page.unload(forget)
        page.max_threads, page.state_session_capacity = RUNS, SESSIONS
        page.queue(max_size=RUNS)
    return cast("gradio.Blocks", page)


def _settle_gradio() -> None:
    """Take Gradio's settings out of the environment: some open files, ports or a tunnel. Read when it is imported."""
    for name in [name for name in os.environ if name.startswith("GRADIO_")]:
        del os.environ[name]
    os.environ.update(QUIET_GRADIO)


def functions_of(page: "gradio.Blocks") -> dict[int, Function]:
    """Return by their numbers the functions that the page's scripts call, from what Gradio tells those scripts."""
    config: Json = cast("Json", page.get_config_file())
    kinds = {part["id"]: part["type"] for part in config["components"]}
    called = [
        one
        for one in config["dependencies"]
        if one["backend_fn"] and all(event != "unload" for _, event in one["targets"])  # Gradio calls that one itself
    ]
    sources = frozenset(part for one in called for part, _ in one["targets"] if part is not None)
    functions = {}
    for one in called:
        own = {part for part, _ in one["targets"]}
        functions[one["id"]] = Function(
            queued=one["queue"] is not False,
            inputs=tuple({"textbox": True, "state": False}[kinds[part]] for part in one["inputs"]),
            triggers=sources if None in own else frozenset(own),  # none: it follows another, and names that one's
            asking=frozenset(part for part in own if kinds.get(part) == "html"),
        )
    return functions


def remembered(answers: Sequence[Answer]) -> list[Turn]:
    """Return the earlier exchanges that have an answer, for the next question."""
    return [
        Turn(answer.question, answer.text, tuple(paper.title for paper in answer.cited), answer.form)
        for answer in answers
        if answer.sentences
    ]


def opened(history: History, reader: str, key: str, keep: int | None) -> tuple[Answer, ...]:
    """Return the answers of a conversation, after all but the first `keep` were dropped; None drops none."""
    return history.answers(reader, key) if keep is None else history.shorten(reader, key, keep)


def _stop(reply: Reply | None) -> None:
    if reply:
        reply.stop()


def _drawn(name: str, value: Json) -> "gradio.HTML":
    """Return a component that page/<name>.js draws from `value`, which is data and never HTML."""
    import gradio as gr

    script = "\n".join(
        (PAGE / f"{part}.js").read_text(encoding="utf-8") for part in ("dom", *SHARED.get(name, ()), name)
    )
    return gr.HTML(
        value,
        html_template=TEMPLATES[name],
        js_on_load=script,
        apply_default_css=False,
        padding=False,
        elem_id=f"pc-{name}",
    )


def _question_box(papers: int) -> "gradio.Textbox":
    import gradio as gr

    return gr.Textbox(
        label="Your question",
        show_label=False,
        container=False,
        placeholder=f"Ask {papers:,} papers",
        lines=1,
        max_lines=8,
        elem_id="pc-question",
        autofocus=True,
    )
