"""The page: Gradio carries events and JSON; the scripts in static/ draw it, and nothing that is data becomes HTML."""

import os
from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from paperchat.errors import PaperchatError
from paperchat.web.answering import Updates, Wanted
from paperchat.web.api import reader_of
from paperchat.web.browse import lay_browse
from paperchat.web.doors import Function, Kind
from paperchat.web.live_answer import Reply
from paperchat.web.narrowing import add_fields
from paperchat.web.places import AT_ONCE, WAITING
from paperchat.web.serving import Seat, Serving
from paperchat.web.set_choice import SetChoice, tell_sets, welcome
from paperchat.web.settings import lay_settings
from paperchat.web.view_model import Json, sent

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    import gradio

PAGE = Path(__file__).parent / "static"

RUNS = 256
"""Most events of the page that Gradio runs at once, its questions that wait for a place included."""

SESSIONS = 2 * (AT_ONCE + WAITING)
"""Tabs whose state Gradio keeps: what it keeps of one is all that the tab shows."""

TEMPLATES = {
    "header": '<header class="pc-bar"></header>',
    "conversation": '<div class="pc-log" role="log" aria-live="off" aria-label="Conversation"></div>',
    "draft": '<section class="pc-draft" aria-label="Check a draft"></section>',
    "scope": '<div class="pc-scope"></div>',
    "composer": '<p class="pc-hint" role="alert"></p><p class="pc-said pc-hidden" role="status"></p>',
    "models": '<dialog class="pc-models" aria-label="Models"></dialog>',
    "settings": '<div class="pc-settings-head"></div>',
    "history": '<dialog class="pc-drawer" aria-label="Conversations"></dialog>'
    '<dialog class="pc-export" aria-label="Export this conversation"></dialog>',
    "evidence": '<aside class="pc-panel" aria-label="Evidence"></aside>',
    "browse": '<div class="pc-browse-head"></div>',
    "map": '<section class="pc-map" aria-label="Map of the papers"></section>',
    "paper": '<article class="pc-paper" aria-label="Paper"></article>',
}
"""What Gradio renders: constants, without the place for `value` where it would put data as HTML."""

SHARED = {
    "conversation": (
        "address",
        "cite",
        "table",
        "asking",
        "answer",
        "pairs",
        "copy",
        "folded",
        "made",
        "retrying",
        "welcome",
        "onward",
        "feedback",
    ),
    "evidence": ("cite", "sheet"),
    "history": ("address", "cite", "recall"),
    "header": ("search", "address", "navigation", "keys"),
    "browse": ("address", "topic"),
    "settings": ("address",),
    "paper": ("address", "cite"),
    "draft": ("cite",),
    "scope": ("ending",),
}
"""Scripts that a component has besides dom.js and its own."""

LOOK = 0.05
"""Seconds between two looks of Gradio's queue at whether there is something to do; its own choice on Windows."""

LOST = '() => { document.dispatchEvent(new CustomEvent("paperchat:lost")); }'

IDLE = '() => { document.dispatchEvent(new CustomEvent("paperchat:idle")); }'

QUIET_GRADIO = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_ANALYTICS_MAX_EVENTS": "1",  # of the events that it keeps to count them, in a table made at each event
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": str(10**9),
}

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


@dataclass(frozen=True)
class Parts:
    """The parts of the page that its events read or change."""

    running: Any
    header: Any
    conversation: Any
    box: Any
    stop: Any
    composer: Any
    evidence: Any
    chosen: Any
    """Holds the place of the set of papers, which a tab's address names, among what events send."""

    def named(self, updates: Updates) -> dict[Any, Any]:
        """Return new values by the parts that they are for; what scripts draw is sent to them as text."""
        return {
            getattr(self, name): sent(value) if isinstance(value, dict) else value for name, value in updates.items()
        }


def build_page(serving: Serving) -> "gradio.Blocks":
    """Return the page over the sets; every browser tab is on one of them, and has its own conversation."""
    _settle_gradio(serving.uploads.folder)
    import gradio as gr

    choice = SetChoice(serving)
    with gr.Blocks(title="paperchat", analytics_enabled=False, fill_width=True) as page:
        with serving.seat("") as seat:
            parts = _laid_out(seat)
        asking = _let_ask(parts, serving)
        _let_end(page, parts)
        row, changed = lay_browse(serving, choice, parts.chosen, _drawn)
        lay_settings(serving, parts.chosen, _drawn)
        tell_sets(page, [asking, *changed], choice, (parts.chosen, parts.header, row))
    page.max_threads, page.state_session_capacity = RUNS, SESSIONS
    page.queue(max_size=RUNS)
    queue = page._queue  # noqa: SLF001  # it has no setting for these: by itself it looks 1,100 times a second
    queue.sleep_when_free, queue.progress_update_sleep_when_free = LOOK, LOOK
    return cast("gradio.Blocks", page)


def _laid_out(seat: Seat) -> Parts:
    """Return the parts, placed as they stand on the page."""
    import gradio as gr

    running = gr.State(None)
    chosen = gr.Textbox("", visible="hidden", interactive=True, elem_id="pc-set")
    header = _drawn("header", {})
    _drawn("history", {})
    _drawn("models", {})
    with gr.Row(elem_id="pc-body"):
        with gr.Column(elem_id="pc-main", min_width=0):
            conversation = _drawn("conversation", {**seat.answering.whole(), **welcome(seat.app)})
            _drawn("draft", {})
            _drawn("scope", {})
            add_fields()
            with gr.Row(elem_id="pc-ask"):
                box = _question_box(len(seat.app.library.papers))
                gr.Button("Send", elem_id="pc-send", variant="primary")
                stop = gr.Button("Stop", elem_id="pc-stop")
            composer = _drawn("composer", {"message": ""})
        with gr.Column(elem_id="pc-side", min_width=0):
            evidence = _drawn("evidence", {"first": 0, "panels": []})
    return Parts(running, header, conversation, box, stop, composer, evidence, chosen)


def _let_ask(parts: Parts, serving: Serving) -> "gradio.events.Dependency":
    """Let the conversation ask, for what is typed too; return the event.

    Its script sends one at a time, and the next when this one has ended: Gradio's own queue of the browser would send
    again what was asked before.
    """
    import gradio as gr

    async def respond(event: gr.EventData, request: gr.Request) -> AsyncIterator[dict[Any, Any]]:
        reader = reader_of(request, event.tab)
        wanted = Wanted(reader, event.id, event.question, event.keep, event.shown, event.typed, event.back, event.model)
        try:
            async with (
                serving.opened(event.set) as seat,
                aclosing(cast("AsyncGenerator[Updates]", seat.answering.updates(wanted))) as answered,
            ):
                async for updates in answered:
                    yield parts.named(serving.at_home(updates, reader, event.id)) or {parts.composer: gr.skip()}
        except PaperchatError as error:  # the set is not there, or cannot be opened
            yield parts.named(serving.refusal(error))

    asking = parts.conversation.submit(
        respond,
        None,
        [parts.running, parts.conversation, parts.evidence, parts.box, parts.composer],
        concurrency_limit=None,  # `places` counts them: Gradio's own line is silent
        trigger_mode="multiple",  # what is sent is never dropped
        **QUIET,
    )
    asking.failure(None, js=LOST, **QUIET)
    asking.then(None, js=IDLE, **QUIET)
    return cast("gradio.events.Dependency", asking)


def _let_end(page: "gradio.Blocks", parts: Parts) -> None:
    """Let Stop end an answer, and let Gradio drop what it keeps of a tab that was closed: by itself it keeps it on."""
    import gradio as gr

    def end(reply: Reply | None) -> None:
        if reply:
            reply.stop()

    def forget(request: gr.Request) -> None:
        page.state_holder.session_data.pop(str(request.session_hash), None)

    parts.stop.click(end, parts.running, queue=False, **QUIET)
    page.unload(forget)


def _settle_gradio(uploads: Path) -> None:
    """Take Gradio's settings out of the environment: some open files, ports or a tunnel. Read when it is imported.

    What is uploaded goes into a folder of ours.
    """
    for name in [name for name in os.environ if name.startswith("GRADIO_")]:
        del os.environ[name]
    os.environ.update({**QUIET_GRADIO, "GRADIO_TEMP_DIR": str(uploads)})


KINDS: dict[str, Kind] = {"textbox": "text", "dropdown": "text", "state": "kept", "file": "files"}
"""What the inputs of functions are, by the kind of their part."""


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
            inputs=tuple(KINDS[kinds[part]] for part in one["inputs"]),
            triggers=sources if None in own else frozenset(own),  # none: it follows another, and names that one's
            asking=_sending(one, kinds, ("html", "submit")),
            picking=_sending(one, kinds, ("dataframe", "select")),
            opening=_sending(one, kinds, ("html", "click")),
            telling=_sending(one, kinds, ("textbox", "change")) | _sending(one, kinds, ("dropdown", "change")),
        )
    return functions


def _sending(called: Json, kinds: Mapping[int, str], sender: tuple[str, str]) -> frozenset[int]:
    """Return the parts of this kind that call a function by this event."""
    return frozenset(part for part, event in called["targets"] if (kinds.get(part), event) == sender)


def _drawn(name: str, value: Json) -> "gradio.HTML":
    """Return a component that static/<name>.js draws from `value`, which is data and never HTML."""
    import gradio as gr

    script = "\n".join(
        (PAGE / f"{part}.js").read_text(encoding="utf-8") for part in ("dom", *SHARED.get(name, ()), name)
    )
    return gr.HTML(
        sent(value),
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
        placeholder=f"Ask {papers:,} papers" if papers else "There are no papers to ask yet",
        lines=1,
        max_lines=8,
        min_width=0,
        elem_id="pc-question",
        interactive=True,
        autofocus=True,
    )
