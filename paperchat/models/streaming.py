"""Read what arrives over asyncio from plain code, which gets control back in every silence. Knows no vendor."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import aclosing, suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

Piece = TypeVar("Piece")


def read_aside(source: Callable[[], AsyncGenerator[Piece, None]], beat: float) -> Generator[Piece | None, None, None]:
    """Yield what `source` yields, and None after each `beat` seconds of silence; closing this closes it at once.

    The source is read in a thread of its own: a read that waits in this one could not be broken off.
    """
    news: SimpleQueue[Piece | Exception | None] = SimpleQueue()
    loop = asyncio.new_event_loop()

    async def pump() -> None:
        async with aclosing(source()) as pieces:
            async for piece in pieces:
                news.put(piece)

    def work() -> None:
        try:
            with suppress(asyncio.CancelledError):
                loop.run_until_complete(reading)
            news.put(None)
        except Exception as error:  # noqa: BLE001  # raised again by whoever reads
            news.put(error)
        finally:
            loop.run_until_complete(asyncio.sleep(0))  # what was closed last is gone only after one more round
            loop.close()

    reading = loop.create_task(pump())
    Thread(target=work, daemon=True).start()
    try:
        yield from _arriving(news, beat)
    finally:
        with suppress(RuntimeError):  # the loop has ended by itself
            loop.call_soon_threadsafe(reading.cancel)


def _arriving(news: "SimpleQueue[Piece | Exception | None]", beat: float) -> Generator[Piece | None, None, None]:
    """Yield what arrives until None does, None after each beat without; raise the exception that arrives."""
    while True:
        try:
            piece = news.get(timeout=beat)
        except Empty:
            yield None
            continue
        if isinstance(piece, Exception):
            raise piece
        if piece is None:
            return
        yield piece
