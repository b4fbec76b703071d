"""JSON read as a type of ours: a value of that type, or one line that says where it is not. Knows pydantic."""

from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from pydantic import TypeAdapter, ValidationError

Shape = TypeVar("Shape")


class ShapeError(ValueError):
    """A value is not of the type; `place` is where, its names and numbers with dots, empty for the whole."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(f"{place}: {problem}" if place else problem)
        self.place, self.problem = place, problem


def read_json(shape: type[Shape], text: str | bytes) -> Shape:
    """Return what a JSON text holds as a `shape`, nothing converted; raises ShapeError."""
    from pydantic import ValidationError

    try:
        return cast("Shape", _adapter(cast("Any", shape)).validate_json(text, strict=True))
    except ValidationError as error:
        raise _first(error) from None


def read_value(shape: type[Shape], value: object) -> Shape:
    """Return a value that JSON gave as a `shape`, its lists as tuples and so on; raises ShapeError."""
    from pydantic import ValidationError

    try:
        return cast("Shape", _adapter(cast("Any", shape)).validate_python(value))
    except ValidationError as error:
        raise _first(error) from None


@cache
def _adapter(shape: Any) -> "TypeAdapter[Any]":
    from pydantic import TypeAdapter

    return TypeAdapter(shape)


def _first(error: "ValidationError") -> ShapeError:
    wrong = error.errors(include_url=False, include_input=False, include_context=False)[0]
    return ShapeError(".".join(map(str, wrong["loc"])), str(wrong["msg"]))
