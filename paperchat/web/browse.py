"""The screen "Papers": the set as a table and as a picture, and a paper's page, beside the chat, which goes on.

It is made of Gradio's own parts but for two that it has not: a picture that tells which point was clicked
(gr.ScatterPlot tells of regions alone, gr.Plot of nothing) and, as in the evidence, a text that is data and no HTML.
Gradio's table tells of clicks alone and keeps the Tab key to itself: browse.js gives it the arrow keys and Tab back.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from paperchat.text.cleaning import escaped
from paperchat.web.importing import ImportTab
from paperchat.web.serving import Serving
from paperchat.web.set_choice import SetChoice, SetRow, of_tab
from paperchat.web.shelf import ALL, ORDERS, Shelf, Sought
from paperchat.web.view_model import Json

if TYPE_CHECKING:
    import gradio

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "queue": False}

HEIGHT = 480
"""Of the table, in pixels: it scrolls within, so that only the rows in sight are drawn."""

WIDTHS = {"Title": 42, "Authors": 22, "Year": 13, "Venue": 23, "Topic": 28}
"""Of the columns, as shares of those that are there."""


class _Screen:
    """The parts of the screen that its events read or change."""

    def __init__(
        self,
        serving: Serving,
        choice: SetChoice,
        chosen: "gradio.Textbox",
        drawn: Callable[[str, Json], "gradio.HTML"],
    ) -> None:
        """Place the parts; `chosen` holds the set, `drawn` makes a part that our script of that name draws."""
        import gradio as gr

        self.chosen = chosen
        with gr.Column(elem_id="pc-papers"):
            self.opened = drawn("browse", {})
            self.page = gr.Textbox("1", visible="hidden", interactive=True, elem_id="pc-page")
            self.region = gr.Textbox("", visible="hidden", interactive=True, elem_id="pc-region")
            # Hidden until it is first opened: Gradio loads what draws a table when there is one to be seen.
            with gr.Column(elem_id="pc-room", visible=False) as self.room:
                self.sets = SetRow(choice)
                with gr.Row(elem_id="pc-filters"):
                    self._place_filters()
                self._place_views(drawn, serving)

    def _place_views(self, drawn: Callable[[str, Json], "gradio.HTML"], serving: Serving) -> None:
        import gradio as gr

        with gr.Row(elem_id="pc-shelf"):
            with gr.Column(elem_id="pc-views"), gr.Tabs():
                with gr.Tab("Table"):
                    self._place_table()
                with gr.Tab("Map"):
                    self.picture = drawn("map", {"lit": None, "region": ""})
                with gr.Tab("Add papers"):
                    self.intake = ImportTab(serving, self.chosen)
            with gr.Column(elem_id="pc-aside"):
                self.paper = drawn("paper", {"paper": "", "turn": 0})

    def _place_filters(self) -> None:
        import gradio as gr

        own: dict[str, Any] = {"interactive": True, "min_width": 130}
        hint = "Words of title, author, venue, keyword"
        self.text = gr.Textbox(label="Find", placeholder=hint, scale=4, elem_id="pc-find", max_lines=1, **own)
        self.topic = gr.Dropdown(
            [ALL], value=ALL, label="Topic", scale=3, allow_custom_value=True, elem_id="pc-topic", **own
        )
        self.years = gr.Textbox(
            label="Years", placeholder="2019-2023", scale=1, visible=False, max_lines=1, elem_id="pc-years", **own
        )
        self.order = gr.Dropdown(list(ORDERS), value="As added", label="Sort by", scale=2, filterable=False, **own)

    def _place_table(self) -> None:
        import gradio as gr

        self.table = gr.Dataframe(
            headers=["Title"],
            column_count=_fixed(1),
            type="array",
            interactive=False,
            wrap=True,
            max_height=HEIGHT,
            buttons=[],
            label="Papers",
            show_label=False,
            elem_id="pc-table",
        )
        with gr.Row(elem_id="pc-pages"):
            self.before = gr.Button("Previous", size="sm", interactive=False, min_width=90)
            self.line = gr.Markdown("", elem_id="pc-listed")
            self.after = gr.Button("Next", size="sm", interactive=False, min_width=90)
            # scope.js hears its click: which papers a conversation is asked of is told there
            self.ask = gr.Button("Ask these", size="sm", visible=False, min_width=90, elem_id="pc-ask-listed")

    @property
    def sought(self) -> list[Any]:
        """The parts that hold what is looked for, and before them the one that holds in which set."""
        return [self.chosen, self.text, self.topic, self.years, self.order, self.page, self.region]

    @property
    def shown(self) -> list[Any]:
        """The parts that show what was found."""
        return [self.table, self.line, self.page, self.before, self.after, self.ask, self.picture]


def lay_browse(
    serving: Serving, choice: SetChoice, chosen: "gradio.Textbox", drawn: Callable[[str, Json], "gradio.HTML"]
) -> "tuple[SetRow, list[gradio.events.Dependency]]":
    """Place the screen on the page that is being built, and let its parts act.

    Returns those that choose the set, and the events after which it may have other papers.
    """
    import gradio as gr

    screen = _Screen(serving, choice, chosen, drawn)

    def list_at(step: int | None) -> Callable[..., list[Any]]:
        def listed(key: str, *held: str) -> list[Any]:
            sought = Sought(*held).turned(step) if step is not None else Sought(*held).first
            return serving.done(key, lambda seat: _shown(seat.shelf, sought), _gone)

        return listed

    def pick(event: gr.SelectData, key: str, *held: str) -> Json:
        return serving.done(key, lambda seat: seat.shelf.picked(Sought(*held), event.index[0]), lambda _: gr.skip())

    def begin(key: str) -> list[Any]:
        dated = serving.done(key, lambda seat: seat.shelf.dated(), lambda _: False)
        return [gr.Column(visible=True), gr.Textbox("", visible=dated), "", ALL, "1", ""]

    def topics(shelf: Shelf, sought: Sought) -> list[Any]:
        was_known = shelf.has_topics()
        found = gr.Dropdown(choices=list(shelf.topics()))
        if was_known:  # the rows have them, and what was chosen meanwhile stays
            return [found, *(gr.skip() for _ in screen.shown)]
        return [found, *_shown(shelf, sought)]

    def tell_topics(key: str, *held: str) -> list[Any]:
        return serving.done(key, lambda seat: topics(seat.shelf, Sought(*held)), lambda line: [gr.skip(), *_gone(line)])

    held = {"js": of_tab(len(screen.sought) - 1), **QUIET}
    changed = [part.change for part in (screen.text, screen.topic, screen.years, screen.order, screen.region)]
    gr.on(changed, list_at(None), screen.sought, screen.shown, trigger_mode="always_last", **held)
    screen.before.click(list_at(-1), screen.sought, screen.shown, **held)
    screen.after.click(list_at(1), screen.sought, screen.shown, **held)
    screen.table.select(pick, screen.sought, screen.paper, trigger_mode="always_last", **held)
    fresh = [screen.room, screen.years, screen.text, screen.topic, screen.page, screen.region]
    begun = screen.opened.click(begin, chosen, fresh, js=of_tab(), **QUIET)
    first = begun.then(list_at(0), screen.sought, screen.shown, **held)
    first.then(tell_topics, screen.sought, [screen.topic, *screen.shown], **held)
    watched = screen.intake.wire(begun)
    return screen.sets, [one.then(list_at(0), screen.sought, screen.shown, **held) for one in watched]


def _shown(shelf: Shelf, sought: Sought) -> list[Any]:
    """Return what the parts show of what is looked for, in the order of `_Screen.shown`."""
    import gradio as gr

    rows = shelf.rows(sought)
    whole = sum(WIDTHS[name] for name in rows.headers)
    table = gr.Dataframe(
        value={"headers": list(rows.headers), "data": [list(row) for row in rows.cells]},
        column_widths=[f"{100 * WIDTHS[name] // whole}%" for name in rows.headers],
        headers=list(rows.headers),
        column_count=_fixed(len(rows.headers)),
    )
    lit: Json = {"lit": rows.lit, "region": sought.region}
    before, after = gr.Button(interactive=rows.page > 1), gr.Button(interactive=rows.page < rows.pages)
    ask = gr.Button(f"Ask these {rows.found:,}" if rows.found > 1 else "Ask this one", visible=rows.is_part)
    return [table, rows.line, str(rows.page), before, after, ask, lit]


def _gone(line: str) -> list[Any]:
    """Return what the parts show where the set is not there: what they do, and the line that says so."""
    import gradio as gr

    return [gr.skip(), escaped(line), *(gr.skip() for _ in range(5))]


def _fixed(columns: int) -> Any:
    """Return so many columns as Gradio takes them; were they not fixed, each could sort the rows in sight alone."""
    return columns, "fixed"
