"""The screen "Settings": what a reader changes for their own questions, each with what it does and the way back.

It is made of Gradio's own parts; its head alone is drawn, because it tells what was typed, as data and not as HTML.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from paperchat.web.api import reader_of
from paperchat.web.preferences import FIELDS, Preferences, State, hint
from paperchat.web.serving import Seat, Serving
from paperchat.web.set_choice import of_tab
from paperchat.web.view_model import Json, sent

if TYPE_CHECKING:
    import gradio

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "queue": False}


class _Screen:
    """The parts of the screen: for each setting its field and the button that brings its default back."""

    def __init__(self, preferences: Preferences, drawn: Callable[[str, Json], "gradio.HTML"]) -> None:
        import gradio as gr

        self._preferences = preferences
        self.tab = gr.State("")
        self.fields: dict[str, Any] = {}
        self.buttons: dict[str, Any] = {}
        with gr.Column(elem_id="pc-settings-screen"):
            self.head = drawn("settings", {})
            for name in FIELDS:
                with gr.Row(elem_classes="pc-setting-row"):
                    self.fields[name] = self._placed(name)
                    default = f"Default: {preferences.default(name)}"
                    self.buttons[name] = gr.Button(default, size="sm", interactive=False, min_width=90)

    def _placed(self, name: str) -> Any:
        import gradio as gr

        own: dict[str, Any] = {
            "label": FIELDS[name].title,
            "info": FIELDS[name].does,
            "interactive": True,
            "elem_id": f"pc-setting-{name.replace('_', '-')}",
            "scale": 1,
        }
        if name == "model":
            return gr.Dropdown([], value="", allow_custom_value=True, **own)
        if options := self._preferences.options(name):
            return gr.Dropdown(list(options), value=options[0][1], filterable=False, **own)
        return gr.Textbox(placeholder=hint(name), max_lines=1, **own)

    def shown(self, name: str, state: State) -> list[Any]:
        """Return a field and its button as they are to be."""
        import gradio as gr

        text, button = state.texts[name], gr.Button(interactive=name in state.changed)
        return [gr.Dropdown(choices=list(state.models), value=text) if name == "model" else text, button]

    def filled(self, preferences: Preferences, reader: str) -> list[Any]:
        """Return what the head and all fields show to a reader who opens the screen."""
        state = preferences.state(reader)
        return [sent({"opened": True}), *(part for name in FIELDS for part in self.shown(name, state))]

    def changed(self, name: str, said: Json, state: State) -> list[Any]:
        """Return what the head and a field show of what became of a change."""
        import gradio as gr

        return [sent(said), *([gr.skip(), gr.skip()] if "message" in said else self.shown(name, state))]

    def gone(self, line: str) -> list[Any]:
        """Return what the same show where the set is not there: the line that says so."""
        import gradio as gr

        return [sent({"opened": True, "message": line}), *(gr.skip() for _ in FIELDS for _ in range(2))]


def lay_settings(serving: Serving, chosen: "gradio.Textbox", drawn: Callable[[str, Json], "gradio.HTML"]) -> None:
    """Place the screen on the page that is being built, and let its parts act."""
    import gradio as gr

    with serving.seat("") as first:
        screen = _Screen(first.preferences, drawn)

    def fill(event: gr.EventData, key: str, request: gr.Request) -> list[Any]:
        reader = reader_of(request, event.tab)
        return [event.tab or "", *serving.done(key, lambda seat: screen.filled(seat.preferences, reader), screen.gone)]

    def change(name: str, key: str, text: str, reader: str) -> list[Any]:
        def changed(seat: Seat) -> list[Any]:
            return screen.changed(name, seat.preferences.change(reader, name, text), seat.preferences.state(reader))

        return serving.done(key, changed, lambda line: [sent({"message": line}), gr.skip(), gr.skip()])

    def keep(name: str) -> Callable[..., list[Any]]:
        def kept(key: str, text: str, tab: str, request: gr.Request) -> list[Any]:
            return change(name, key, text, reader_of(request, tab))

        return kept

    def bring_back(name: str) -> Callable[..., list[Any]]:
        def brought(key: str, tab: str, request: gr.Request) -> list[Any]:
            return change(name, key, "", reader_of(request, tab))

        return brought

    parts = [part for name in FIELDS for part in (screen.fields[name], screen.buttons[name])]
    screen.head.click(fill, chosen, [screen.tab, screen.head, *parts], js=of_tab(), **QUIET)
    for name, field in screen.fields.items():
        events = [field.input] if isinstance(field, gr.Dropdown) else [field.blur, field.submit]
        own = [screen.head, field, screen.buttons[name]]
        gr.on(events, keep(name), [chosen, field, screen.tab], own, js=of_tab(2), trigger_mode="always_last", **QUIET)
        screen.buttons[name].click(bring_back(name), [chosen, screen.tab], own, js=of_tab(1), **QUIET)
