"""What arrives over asyncio is read from plain code, which gets control back in silence."""

import asyncio
from collections.abc import AsyncGenerator
from threading import Event

import pytest

from paperchat.models.streaming import read_aside

LONG = 30.0
"""Seconds that no test waits."""


async def two_then(error: Exception | None) -> AsyncGenerator[str, None]:
    yield "one"
    yield "two"
    if error:
        raise error


def test_pieces_arrive_in_order_and_then_it_ends() -> None:
    assert [piece for piece in read_aside(lambda: two_then(None), LONG) if piece] == ["one", "two"]


def test_what_the_source_raises_is_raised_to_the_reader_after_what_came_before() -> None:
    got: list[str | None] = []
    with pytest.raises(LookupError, match="lost"):
        got.extend(read_aside(lambda: two_then(LookupError("lost")), LONG))
    assert got == ["one", "two"]


def test_in_silence_the_reader_gets_control_back_and_closing_ends_the_source() -> None:
    ended = Event()

    async def silent() -> AsyncGenerator[str, None]:
        try:
            await asyncio.sleep(LONG)
            yield "never"
        finally:
            ended.set()

    pieces = read_aside(silent, 0.01)
    assert next(pieces) is None
    pieces.close()
    assert ended.wait(LONG)
