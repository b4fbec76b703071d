"""The part of the screen of papers in which papers are taken in: files dropped, how far it is, what became of them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Any

from paperchat.errors import PaperchatError
from paperchat.web.import_view import HINT, Importing, Intake
from paperchat.web.serving import Serving
from paperchat.web.set_choice import AT_ONCE, of_tab

if TYPE_CHECKING:
    import gradio

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}

LOOK = 0.5
"""Seconds between two looks at how far an import is, while there is one."""

HEIGHT = 240
"""Of the table of what was not taken, in pixels."""

SURE = '() => confirm("Forget the papers that wait? What was taken in of them is lost; the set stays as it is.")'


class ImportTab:
    """Gradio's parts of it, and what they do. It looks at the import only while there is one."""

    def __init__(self, serving: Serving, of: "gradio.Textbox") -> None:
        """Place the parts; `of` holds the place of the set, which a tab's address names, among what events send."""
        import gradio as gr

        self._serving, self._of = serving, of
        with gr.Column(elem_id="pc-import"):
            self.drop = gr.File(
                label="Files with papers", file_count="multiple", height=150, elem_id="pc-drop", show_label=False
            )
            gr.Markdown(HINT, elem_id="pc-import-hint")
            self.ship = gr.Button(
                "Take the papers that come with paperchat", size="sm", visible=False, scale=0, elem_id="pc-ship"
            )
            with gr.Row(elem_id="pc-import-row"):
                self.line = gr.Textbox(
                    "",
                    label="How far it is",
                    show_label=False,
                    container=False,
                    interactive=False,
                    visible=False,
                    lines=1,
                    scale=1,
                    elem_id="pc-import-line",
                )
                self.stop = gr.Button("Stop", size="sm", visible=False, min_width=90, scale=0, elem_id="pc-import-stop")
                self.go_on = gr.Button("Go on", size="sm", visible=False, min_width=90, scale=0)
                self.forget = gr.Button("Forget them", size="sm", visible=False, min_width=90, scale=0)
            self.report = gr.Textbox(
                "", label="What became of them", interactive=False, visible=False, lines=1, max_lines=14,
                elem_id="pc-import-report",
            )  # fmt: skip
            self.rejected = gr.Dataframe(
                headers=["File", "Place", "Not taken because it"], type="array", interactive=False, wrap=True,
                buttons=[], max_height=HEIGHT, show_label=False, visible=False, elem_id="pc-rejected",
                column_count=_three(), column_widths=["30%", "20%", "50%"],
            )  # fmt: skip
            self._place_mending()

    def _place_mending(self) -> None:
        import gradio as gr

        with gr.Column(visible=False, elem_id="pc-mending") as self.mending:
            self.chosen = gr.Dropdown(
                [], label="What PDFs gave can be mended", interactive=True, allow_custom_value=True
            )
            self.title = gr.Textbox(label="Title", interactive=True, max_lines=3, elem_id="pc-mend-title")
            self.abstract = gr.Textbox(label="Abstract", interactive=True, lines=4, max_lines=12)
            self.save = gr.Button("Save", size="sm", min_width=90, scale=0, elem_id="pc-mend")

    @property
    def _shown(self) -> list[Any]:
        return [
            self.ship,
            self.line,
            self.stop,
            self.go_on,
            self.forget,
            self.report,
            self.rejected,
            self.mending,
            self.chosen,
        ]

    def wire(self, opened: "gradio.events.Dependency") -> "list[gradio.events.Dependency]":
        """Let the parts act, also when the screen was opened; return the events after which the set may be another."""

        def take(key: str, files: list[str]) -> list[Any]:
            return self._serving.done(
                key,
                lambda seat: [None, *_values(seat.importing, seat.importing.take(files))],
                lambda line: [None, *_gone(line)],
            )

        def told(name: str) -> Callable[..., list[Any]]:
            def done(key: str, *typed: str) -> list[Any]:
                return self._serving.done(
                    key, lambda seat: _values(seat.importing, getattr(seat.importing, name)(*typed)), _gone
                )

            return done

        def choose(key: str, paper: str) -> list[str]:
            return self._serving.done(key, lambda seat: list(seat.importing.paper(paper)), lambda _: ["", ""])

        def stop(key: str) -> None:
            self._serving.done(key, lambda seat: seat.importing.stop(), lambda _: None)

        of, one, three = self._of, {"js": of_tab(1), **AT_ONCE}, {"js": of_tab(3), **AT_ONCE}
        alone: dict[str, Any] = {"js": of_tab(), **AT_ONCE}
        self.stop.click(stop, of, None, **alone)
        self.chosen.change(choose, [of, self.chosen], [self.title, self.abstract], **one)
        begun = [
            self.drop.upload(take, [of, self.drop], [self.drop, *self._shown], **one),
            self.ship.click(told("ship"), of, self._shown, **alone),
            self.go_on.click(told("go_on"), of, self._shown, **alone),
            self.forget.click(told("forget"), of, self._shown, **alone),
            self.save.click(told("mend"), [of, self.chosen, self.title, self.abstract], self._shown, **three),
            opened,
        ]
        watching: dict[str, Any] = {"js": of_tab(), "concurrency_limit": None, **QUIET}
        return [event.then(self._watch, of, self._shown, **watching) for event in begun]

    async def _watch(self, key: str) -> AsyncIterator[list[Any]]:
        """Yield what the parts show until no import is under way."""
        try:
            async with self._serving.opened(key) as seat:
                while True:
                    state = seat.importing.state()
                    yield _values(seat.importing)
                    if not state.stage:
                        return
                    await asyncio.sleep(LOOK)
        except PaperchatError as error:  # the set is not there
            yield _gone(str(error))


def _values(importing: Importing, wrong: str = "") -> list[Any]:
    """Return what the parts show now; a line on what went `wrong` goes before."""
    import gradio as gr

    view: Intake = importing.view(importing.state())
    return [
        gr.Button(visible=view.is_empty),
        gr.Textbox(value=wrong or view.line, visible=bool(wrong or view.line)),
        gr.Button(visible=view.is_running),
        gr.Button(visible=view.is_waiting),
        gr.Button(visible=view.is_waiting),
        gr.Textbox(value=view.report, visible=bool(view.report)),
        gr.Dataframe(value=[list(row) for row in view.rejected], visible=bool(view.rejected)),
        gr.Column(visible=bool(view.pdfs)),
        gr.Dropdown(choices=list(view.pdfs)),
    ]


def _gone(line: str) -> list[Any]:
    """Return what the parts show where the set is not there: what they do, and the line that says so."""
    import gradio as gr

    return [gr.skip(), gr.Textbox(value=line, visible=True), *(gr.skip() for _ in range(7))]


def _three() -> Any:
    return 3, "fixed"
