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
from paperchat.web.live_answer import Reply
from paperchat.web.view_model import Json, conversation_view, evidence_view, panels_view

if TYPE_CHECKING:
    import gradio

    from paperchat.app import App

PAGE = Path(__file__).parent / "static"

ANSWERS_AT_ONCE = 8

WAITING = 32
"""Most questions that wait for one of these."""

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

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


def build_page(app: "App") -> "gradio.Blocks":  # noqa: PLR0915  # the page is one list of parts and events
    """Return the page over an app; every browser tab has its own conversation."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported
    import gradio as gr

    examples, papers = app.library.examples(), len(app.library.papers)

    def show(answers: Sequence[Answer], key: str) -> dict[Any, Any]:
        return {current: key, conversation: conversation_view(answers, examples, papers, key)}

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
        except PaperchatError as error:
            yield {composer: {"message": str(error)}}
            return
        key = key or new_key()
        panels, reply = panels_view(kept), Reply(app, question, remembered(kept))
        growing = Growing(app.conversations, reader, key, len(kept))
        try:
            asked: dict[Any, Any] = {running: reply, composer: {"message": ""}}
            yield {**show([*kept, Answer(question)], key), **asked, **({box: ""} if typed else {})}
            panel: Json = {}
            async for answer in reply.answers():
                updates = show([*kept, answer], key)
                if wrong := growing.keep(answer):
                    updates[composer] = {"message": f"This conversation is not kept: {wrong}"}
                if panel != (panel := evidence_view(answer, numbering([*kept, answer]))):
                    updates[evidence] = {"panels": [*panels, panel]}
                yield updates
        finally:
            reply.stop()
            growing.flush()

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
            concurrency_limit=ANSWERS_AT_ONCE,
            trigger_mode="always_last",  # what is asked while an answer just ends is asked when it has
            **QUIET,
        )
        asking.failure(None, js=LOST, **QUIET)
        asking.then(status, None, header, **QUIET)
        stop.click(_stop, running, queue=False, **QUIET)
        page.load(status, None, header, **QUIET)
        page.queue(max_size=WAITING)
    return cast("gradio.Blocks", page)


def remembered(answers: Sequence[Answer]) -> list[Turn]:
    """Return the earlier exchanges that have an answer, for the next question."""
    return [
        Turn(answer.question, answer.text, tuple(paper.title for paper in answer.cited))
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
