"""What the page asks of the server: the routes it uses, and the functions it calls there; all else is shut."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from starlette.exceptions import HTTPException

from paperchat.text.typed_json import ShapeError, read_json
from paperchat.web.bodies import SESSION, UPLOADING, Asked, Call, Opened, Picked, Uploaded

_FILE = r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}"  # so no part of a path begins with a dot, or is longer than a file's name


NOT_SENT = "This is not what the page sends."


@dataclass(frozen=True, slots=True)
class Door:
    """A route that is open to these methods; its path has a group "session" where a tab's session is named there."""

    methods: frozenset[str]
    path: re.Pattern[str]


def _door(methods: str, path: str) -> Door:
    return Door(frozenset(methods.split()), re.compile(path))


PAGE = _door("GET HEAD", r"/")

STREAM = _door("GET", rf"/gradio_api/queue/data\?session_hash=(?P<session>{SESSION})")

HEARTBEAT = _door("GET", rf"/gradio_api/heartbeat/(?P<session>{SESSION})")

UPLOAD = _door("POST", rf"/gradio_api/upload\?upload_id=(?P<upload>{UPLOADING})")

UPLOADED = _door("GET", rf"/gradio_api/upload_progress\?upload_id=(?P<upload>{UPLOADING})")

JOIN = _door("POST", r"/gradio_api/queue/join")

RUN = _door("POST", r"/gradio_api/run/predict")

REQUEST = _door("POST", r"/page/[a-z_]{1,32}")

SHELL = _door("POST", r"/shell/[a-z]{1,16}")
"""For commands of this machine, which know the page's secret; no script of the page comes here."""

FILES = (
    _door("GET", rf"/(?:assets|static)/(?:{_FILE}/){{0,7}}{_FILE}"),
    _door("GET", r"/(?:theme\.css|manifest\.json|pwa_icon|favicon\.ico)"),
    _door("GET", r"/gradio_api/app_id"),  # asked when the connection broke: is it the same server?
)

DOORS = (PAGE, STREAM, HEARTBEAT, UPLOAD, UPLOADED, JOIN, RUN, REQUEST, SHELL, *FILES)

ASKED = {STREAM: "session_hash", UPLOAD: "upload_id", UPLOADED: "upload_id"}
"""The doors whose address has a query, and what it names; what others have is the business of the page's scripts."""


def find_door(method: str, path: str, query: str) -> tuple[Door, str]:
    """Return the door that a request comes to, with the session or upload that its address names; 404 where none is."""
    for door in DOORS:
        if method in door.methods and (found := door.path.fullmatch(f"{path}?{query}" if door in ASKED else path)):
            return door, next(iter(found.groupdict().values()), "")
    raise HTTPException(404, "There is nothing here.")


Kind = Literal["text", "files", "kept"]
"""What an input of a function is: a text, uploaded files, or what the server keeps, for which null is sent."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the page, as its scripts may call it."""

    queued: bool
    inputs: tuple[Kind, ...]
    triggers: frozenset[int]
    """The parts of the page whose events call it."""
    asking: frozenset[int] = frozenset()
    """Those of them that send what is `Asked`."""
    picking: frozenset[int] = frozenset()
    """Those of them that send what was `Picked`."""
    opening: frozenset[int] = frozenset()
    """Those of them that send that they were `Opened`."""
    telling: frozenset[int] = frozenset()
    """Those of them that may send, once more, the text that they now hold."""

    def takes(self, call: Call, queued: bool) -> bool:
        """Tell whether a call is one that the page makes."""
        return (
            queued == self.queued
            and len(call.data) == len(self.inputs)
            and all(_is(kind, value) for kind, value in zip(self.inputs, call.data, strict=True))
            and call.trigger_id in self.triggers
            and isinstance(call.event_data, self._sent(call.trigger_id))
        )

    def _sent(self, part: int) -> tuple[type[object], ...]:
        """Return what a part may send beside its inputs."""
        senders = {Asked: self.asking, Picked: self.picking, Opened: self.opening}
        own = [sent for sent, parts in senders.items() if part in parts]
        return (*own,) or ((str, type(None)) if part in self.telling else (type(None),))

    def made(self, call: Call) -> Call:
        """Return a call with an empty text where the page has none yet."""
        data = [(value or "") if kind == "text" else value for kind, value in zip(self.inputs, call.data, strict=True)]
        return call.with_data(
            [[_plain(file) for file in value] if isinstance(value, list) else value for value in data]
        )


def _is(kind: Kind, value: str | list[Uploaded] | None) -> bool:
    """Tell whether a value is one that an input of this kind has."""
    if kind == "files":
        return isinstance(value, list)
    return value is None or (kind == "text" and isinstance(value, str))


def _plain(file: Uploaded) -> Uploaded:
    """Return a file by its path alone."""
    return Uploaded(path=file.path, meta={"_type": "gradio.FileData"})


def read_call(body: bytes, functions: Mapping[int, Function], queued: bool) -> Call:
    """Return the call that a body holds; 400 for one that the page does not make."""
    try:
        call = read_json(Call, body)
    except ShapeError:
        raise HTTPException(400, NOT_SENT) from None
    function = functions.get(call.fn_index)
    if function is None or not function.takes(call, queued):
        raise HTTPException(400, NOT_SENT)
    return function.made(call)
