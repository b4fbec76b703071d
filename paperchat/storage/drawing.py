"""The picture of a set as it is kept beside its index, so that it is drawn anew only when the papers have changed."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from paperchat.storage.atomic import write_whole
from paperchat.text.typed_json import ShapeError, read_json


@dataclass(frozen=True)
class Drawing:
    """A picture: of each paper that has a place its id, that place and the number of its subject, which has a name.

    `made_of` names what it was drawn from; `nowhere` are the papers without a place.
    """

    made_of: str
    papers: tuple[str, ...]
    places: tuple[tuple[float, float], ...]
    subjects: tuple[int, ...]
    names: tuple[str, ...]
    nowhere: int

    @property
    def is_whole(self) -> bool:
        """Whether each paper has a place and a subject that has a name."""
        named = all(-1 <= number < len(self.names) for number in self.subjects)
        return named and len(self.papers) == len(self.places) == len(self.subjects)


def read_drawing(path: Path, made_of: str) -> Drawing | None:
    """Return the picture that is kept, None where there is none of this, or it cannot be read."""
    with suppress(OSError, ShapeError):
        drawing = read_json(Drawing, path.read_bytes())
        if drawing.made_of == made_of and drawing.is_whole:
            return drawing
    return None


def write_drawing(path: Path, drawing: Drawing) -> None:
    """Keep a picture; where that cannot be written it is drawn again another time."""
    with suppress(OSError):
        write_whole(path, json.dumps(asdict(drawing), separators=(",", ":")))
