"""What requests may carry: the shapes of what the page's scripts send, and nothing besides. Knows pydantic."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from paperchat.storage.conversations import KEY

SESSION = r"[A-Za-z0-9_-]{1,64}"
"""What Gradio's script draws for each tab."""

UPLOADING = r"[a-z0-9]{1,32}"
"""What it draws for each upload."""

Key = Annotated[str, Field(pattern=f"^{KEY}$")]
"""A conversation, as `storage.conversations.new_key` names it; empty for a new one."""

Tab = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{32}$")]
"""The secret of a tab, by which its reader is known where the browser takes no cookie."""

Model = Annotated[str, Field(pattern=r"^[A-Za-z0-9_./:@-]{0,300}$")]
"""A model by its name, `settings.NO_MODEL` for none; empty for what is chosen otherwise."""

SetKey = Annotated[str, Field(pattern=r"^[a-z0-9-]{0,64}$")]
"""A set of papers; empty for the one that the page opens with."""

MOST_ROWS = 1_000
"""More rows than a page of a table has."""

MOST_KEPT = 1_000_000
"""More earlier exchanges than a conversation has; the database takes no number without end."""


# ---- to Gradio's queue


class _Exact(BaseModel):
    """Exactly these fields."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


Kept = Annotated[int, Field(ge=0, le=MOST_KEPT)]


class Asked(_Exact):
    """What the conversation's script asks for: `answering.Wanted`, of the tab that a secret names, in its set."""

    id: Key
    question: str | None
    keep: Kept | None
    shown: Kept
    typed: bool
    back: bool
    model: Model
    tab: Tab
    set: SetKey


class Opened(_Exact):
    """What a screen sends when it is opened: that of papers nothing, but not null; that of settings for which tab."""

    tab: Tab | None = None


class Picked(BaseModel):
    """The cell that was clicked in a table, by row and column; what it holds is the server's own to know."""

    model_config = ConfigDict(strict=True, frozen=True)

    index: Annotated[list[Annotated[int, Field(ge=0, le=MOST_ROWS)]], Field(min_length=2, max_length=2)]
    value: Annotated[None, BeforeValidator(lambda _: None)] = None


class Uploaded(_Exact):
    """A file that was uploaded, as Gradio's script names it: what counts is its path, which its reader must own."""

    path: Annotated[str, Field(max_length=2_000)]
    url: str | None = None
    orig_name: Annotated[str, Field(max_length=1_000)] | None = None
    size: int | None = None
    mime_type: Annotated[str, Field(max_length=200)] | None = None
    is_stream: Literal[False] = False
    meta: dict[Literal["_type"], Literal["gradio.FileData"]]


class Call(_Exact):
    """A call of one of the page's functions, as Gradio's script sends it."""

    data: list[str | list[Uploaded] | None]
    event_data: Asked | Picked | Opened | str | None = None
    fn_index: int
    trigger_id: int
    session_hash: Annotated[str, Field(pattern=f"^{SESSION}$")]

    @property
    def files(self) -> list[str]:
        """The paths of the uploaded files that it names."""
        return [file.path for value in self.data if isinstance(value, list) for file in value]

    def with_data(self, data: list[str | list[Uploaded] | None]) -> "Call":
        """Return the call with other data, and without the text that a changed part tells besides."""
        told = None if isinstance(self.event_data, str) else self.event_data
        return self.model_copy(update={"data": data, "event_data": told})

    def body(self) -> bytes:
        """Return the call as the body of a request, made anew of what was read."""
        return self.model_dump_json().encode()


# ---- to /page

Place = Annotated[int, Field(ge=0, lt=2**31)]


class Sent(BaseModel):
    """What a script sends: the secret of its tab, the set that it is on, and the fields of a subclass."""

    model_config = ConfigDict(strict=True, frozen=True)

    tab: Tab | None = None
    set: SetKey = ""


class OfConversation(Sent):
    """A conversation."""

    id: Key


class Listed(_Exact):
    """What the screen of papers is looking for: words, topic and years, and the box that was drawn on its map."""

    text: str
    topic: str
    years: str
    region: str


class Narrowing(OfConversation):
    """A conversation and the papers that it is to be asked of: ids, and what is typed in the fields.

    Or those that the screen of papers has `listed`.
    """

    papers: list[str]
    author: str
    since: str
    until: str
    venue: str
    keyword: str
    imported: str
    listed: Listed | None = None


class Choosing(OfConversation):
    """A conversation and the model that is to answer in it."""

    model: Model


class Naming(OfConversation):
    """A conversation and its new name."""

    title: str


class Pinning(OfConversation):
    """A conversation that is to be at hand, or no more."""

    pinned: bool


class OfExchange(OfConversation):
    """An exchange of a conversation, as a file of this form."""

    exchange: Place
    form: str


class OfTable(OfExchange):
    """The table of an exchange, its papers in this order, each by its place; as they stand there where it is empty."""

    order: Annotated[tuple[Annotated[int, Field(ge=0, le=MOST_ROWS)], ...], Field(max_length=MOST_ROWS)] = ()


class OfAnswer(OfConversation):
    """An exchange of a conversation."""

    exchange: Place


class Judging(OfAnswer):
    """An exchange and what its reader thinks of it: good or not, null to take that back, and in words."""

    good: bool | None
    word: str = ""


class OfDraft(Sent):
    """A text that was typed, as a file of this form."""

    text: str
    form: str


class OfPapers(Sent):
    """A paper, or what an exchange cites, or what a conversation cites, in this form."""

    form: str
    paper: str | None = None
    id: Key = ""
    exchange: Place | None = None


class Typed(Sent):
    """A text that was typed."""

    text: str


class OfPaper(Sent):
    """A paper, and the sentence of its abstract that is to stand out."""

    paper: str
    start: Place | None = None
    end: Place | None = None
