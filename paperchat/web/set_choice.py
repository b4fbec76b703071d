"""Which set of papers a tab is on: chosen, made, renamed, deleted and put back with Gradio's own parts.

A tab's address names its set, and so does each of its requests: two tabs may be on two sets.
"""

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from paperchat.errors import PaperchatError
from paperchat.storage.set_folders import LONGEST_NAME, SetFolder
from paperchat.text.cleaning import escaped
from paperchat.web.serving import Serving
from paperchat.web.view_model import Json, sent

if TYPE_CHECKING:
    import gradio

    from paperchat.app import App

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}

AT_ONCE: dict[str, Any] = {**QUIET, "queue": False}

CHOSEN = '(key) => { document.dispatchEvent(new CustomEvent("paperchat:set-chosen", { detail: key })); }'


def of_tab(others: int = 0) -> str:
    """Return the script by which an event's first input is the set that the tab's address names, before so many."""
    return f'(...held) => [new URLSearchParams(location.search).get("set") ?? "", ...held.slice(1, {1 + others})]'


Acts = dict[str, Callable[[str, str], tuple[SetFolder, str]]]
"""What can be done: from the key of a set and a name to the set that the tab is then on, and the line that says so."""


class SetRow:
    """The parts on the screen of papers by which a set is chosen, made and deleted."""

    def __init__(self, choice: "SetChoice") -> None:
        """Place the parts."""
        import gradio as gr

        with gr.Row(elem_id="pc-sets"):
            own: dict[str, Any] = {"interactive": True, "filterable": False, "elem_id": "pc-set-chosen"}
            self.which = gr.Dropdown(choice.names(), value=choice.own, label="Set", **own)
            with gr.Accordion("Make, rename or delete a set", open=False, elem_id="pc-set-acts"):
                hint: dict[str, Any] = {
                    "placeholder": "Of a new set, or a new one for this set",
                    "max_length": LONGEST_NAME,
                }
                self.name = gr.Textbox(label="Name", max_lines=1, interactive=True, elem_id="pc-set-name", **hint)
                with gr.Row():
                    small: dict[str, Any] = {"size": "sm", "min_width": 90}
                    self.create = gr.Button("New set", **small)
                    self.rename = gr.Button("Rename", **small)
                    self.delete = gr.Button("Delete", **small)
                    self.restore = gr.Button("Put back", visible=bool(choice.deleted()), **small)
                self.line = gr.Markdown("", elem_id="pc-set-line")


class SetChoice:
    """What a tab is told of the sets, and what is done with them for it."""

    def __init__(self, serving: Serving) -> None:
        self._serving, self._sets = serving, serving.sets

    @property
    def own(self) -> str:
        """The key of the set that the page opens with."""
        return self._sets.own

    def names(self) -> list[tuple[str, str]]:
        """Return the sets by name and key."""
        return [(one.name, one.key) for one in self._sets.all()]

    def deleted(self) -> str:
        """Return the name of the set that was deleted last, empty where there is none."""
        return next((one.name for one in self._sets.deleted()), "")

    def header(self, key: str, go: str | None = None) -> str:
        """Return what the header shows to a tab on this set; one that is to `go` to another one turns to it."""
        with self._serving.seat(key) as seat:
            one, sets = self._sets.find(key), len(self._sets.all())
            told = {**asdict(seat.app.status()), **welcome(seat.app)}
        name = one.name if sets > 1 else ""
        return sent({**told, "own": self.own, "name": name, "go": go, "turn": self._serving.turn()})

    def headed(self, key: str) -> str:
        """Return what the header shows to a tab on this set, which leaves one that is gone."""
        try:
            return self.header(key)
        except PaperchatError:
            return self.header("", go="")

    def turned(self, key: str) -> list[Any]:
        """Return what a tab shows that has turned to a set: the header and the dropdown; it leaves one that is gone."""
        try:
            return [self.header(key), self.dropdown(key)]
        except PaperchatError:
            return [self.header("", go=""), self.dropdown("")]

    def dropdown(self, key: str) -> "gradio.Dropdown":
        """Return the sets to choose from, of which this one is chosen."""
        import gradio as gr

        return gr.Dropdown(choices=list(self.names()), value=key or self.own)

    def acts(self) -> Acts:
        """Return what the buttons do."""
        return {"create": self._create, "rename": self._rename, "delete": self._delete, "restore": self._restore}

    def acted(self, act: str, key: str, name: str) -> list[Any]:
        """Do it; return what header, dropdown, name, "Put back" and line show then."""
        import gradio as gr

        before = key or self.own
        try:
            one, line = self.acts()[act](key, name)
        except PaperchatError as error:
            return [gr.skip(), gr.skip(), gr.skip(), gr.skip(), escaped(str(error))]
        go = one.key if one.key != before or act == "delete" else None
        last = self.deleted()
        back = gr.Button("Put back" if not last else f"Put back {last}", visible=bool(last))
        return [self.header(one.key, go), self.dropdown(one.key), "", back, escaped(line)]

    def _create(self, _: str, name: str) -> tuple[SetFolder, str]:
        one = self._sets.create(name)
        return one, f"The set {one.name!r} is made, and empty: put papers into it under Add papers."

    def _rename(self, key: str, name: str) -> tuple[SetFolder, str]:
        one = self._sets.rename(key, name)
        return one, f"The set is called {one.name!r} now."

    def _delete(self, key: str, _: str) -> tuple[SetFolder, str]:
        one = self._sets.delete(key)
        return self._sets.find(), f"The set {one.name!r} was deleted. It can be put back."

    def _restore(self, _: str, __: str) -> tuple[SetFolder, str]:
        one = self._sets.restore()
        return one, f"The set {one.name!r} is back."


def welcome(app: "App") -> Json:
    """Return what an empty page shows of a set at once: how many papers."""
    return {"papers": len(app.library.papers)}


def tell_sets(
    page: "gradio.Blocks",
    after: "list[gradio.events.Dependency]",
    choice: SetChoice,
    parts: "tuple[gradio.Textbox, gradio.HTML, SetRow]",
) -> None:
    """Let the header and the dropdown show the set of a tab, when the page opens and turns, and after these events."""
    chosen, header, row = parts
    page.load(choice.turned, chosen, [header, row.which], js=of_tab(), concurrency_limit=None, **QUIET)
    header.click(choice.turned, chosen, [header, row.which], js=of_tab(), **AT_ONCE)
    for event in after:
        event.then(choice.headed, chosen, header, js=of_tab(), concurrency_limit=None, **QUIET)
    row.which.input(None, row.which, None, js=CHOSEN, **QUIET)
    for act in choice.acts():
        told = [header, row.which, row.name, row.restore, row.line]
        getattr(row, act).click(_acting(choice, act), [chosen, row.name], told, js=of_tab(1), **AT_ONCE)


def _acting(choice: SetChoice, act: str) -> Callable[[str, str], list[Any]]:
    def acted(key: str, name: str) -> list[Any]:
        return choice.acted(act, key, name)

    return acted
