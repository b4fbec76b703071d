"""JSON that is still being written, as a model streams it: the only place that knows the reader of such JSON."""

from typing import Any


def read_partial(text: str) -> Any:
    """Return the value that a text in JSON has so far, its last string as far as it has come; None when it is none."""
    from pydantic_core import from_json

    try:
        return from_json(text.strip(), allow_partial="trailing-strings")
    except ValueError:
        return None
