"""Answers as the JSON that is kept of them, and back, whole: numbers, verdicts and quotes stay as they were. Pure."""

import json
from dataclasses import asdict, replace

from paperchat.bibliography import ALL, Scope
from paperchat.settings import AS_STARTED, Choice
from paperchat.text.typed_json import read_value
from paperchat.types import Answer

VERSION = 1
"""Of the form; a field that is new and has a default leaves it as it is."""

NEWER = "This answer was kept by a newer paperchat. Update paperchat to see it; nothing is lost."

DAMAGED = "What was kept of this answer cannot be read. It is left as it is; Retry asks again."


def packed(answer: Answer) -> str:
    """Return an answer as JSON, in ASCII."""
    return json.dumps(asdict(answer))


def unpacked(question: str, version: int, text: str) -> Answer:
    """Return an answer that was packed; one that cannot be read is a failed answer that says so."""
    if version > VERSION:
        return Answer(question, stage="failed", notices=(NEWER,))
    try:
        return ended(read_value(Answer, json.loads(text)))
    except ValueError:
        return Answer(question, stage="failed", notices=(DAMAGED,))


SAID = ("$.lead", "$.sentences", "$.lines", "$.table.cells")
"""Where the text of an answer stands in its JSON."""


def said_lines(text: str | None) -> tuple[str, ...]:
    """Return the lines of an answer from the JSON of what stands at SAID, in this order; none where it has no form."""
    lead, sentences, lines, cells = json.loads(text) if text else (None,) * 4
    rows = [sentences, *(cells if isinstance(cells, list) else ())]
    said = [one.get("text") for row in rows if isinstance(row, list) for one in row if isinstance(one, dict)]
    found = (lead, *said, *(lines if isinstance(lines, list) else ()))
    return tuple(line for line in found if line and isinstance(line, str))


def packed_scope(scope: Scope) -> str:
    """Return a scope as JSON, in ASCII."""
    return json.dumps(asdict(scope))


def unpacked_scope(text: str) -> Scope:
    """Return a scope that was packed; of one that cannot be read, all papers."""
    try:
        return read_value(Scope, json.loads(text))
    except ValueError:
        return ALL


def packed_choice(choice: Choice) -> str:
    """Return a reader's settings as JSON, in ASCII."""
    return json.dumps(asdict(choice))


def unpacked_choice(text: str) -> Choice:
    """Return settings that were packed; of what cannot be read, those of the start."""
    try:
        return read_value(Choice, json.loads(text))
    except ValueError:
        return AS_STARTED


def ended(answer: Answer) -> Answer:
    """Return an answer that nobody works on any more: one in the making has stopped, one being checked is done."""
    if answer.stage == "checking":  # the text is whole: only its verdicts stay as they are
        return replace(answer, stage="done")
    return replace(answer, stage="stopped") if answer.stage in ("evidence", "writing") else answer
