"""The answers that are made at once, and the line of those who wait for a place. Of one event loop; knows no vendor."""

from collections import Counter
from typing import TYPE_CHECKING

from paperchat.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

AT_ONCE = 8
"""Answers that are made at once."""

OF_ONE = 4
"""Places that one reader may have, so that somebody with many tabs leaves some to others."""

WAITING = 64
"""Most questions that wait for a place."""

WAITING_OF_ONE = 32
"""Of these, the most of one reader."""


class Ticket:
    """A question's claim to a place: its `number` in the line, 0 once it has its place."""

    def __init__(self, places: "Places", reader: str) -> None:
        self.reader = reader
        self.number = 0
        self.tell: Callable[[], None] = lambda: None
        """Called when `number` has changed."""
        self._places = places

    def leave(self) -> None:
        """Give the place up, or the one in the line."""
        self._places.leave(self)


class Places:
    """The places, given in the order of asking, but first to the reader who has the fewest."""

    def __init__(self) -> None:
        self._held: list[Ticket] = []
        self._line: list[Ticket] = []

    def join(self, reader: str) -> Ticket:
        """Return a ticket, which must be left in the end; raises InputError when too many wait."""
        own = sum(ticket.reader == reader for ticket in self._line)
        if own >= WAITING_OF_ONE:
            raise InputError(f"Too many of your questions wait already: {own}.", "Ask again when some are answered.")
        if len(self._line) >= WAITING:
            raise InputError(f"Too many questions wait already: {len(self._line)}.", "Ask again in a minute.")
        ticket = Ticket(self, reader)
        self._line.append(ticket)
        self._seat()
        return ticket

    def leave(self, ticket: Ticket) -> None:
        """Give up what a ticket has; a second time changes nothing."""
        for tickets in (self._held, self._line):
            if ticket in tickets:
                tickets.remove(ticket)
        self._seat()

    def _seat(self) -> None:
        """Give the free places away and tell those whose place in the line changed."""
        order = self._order()
        while order and len(self._held) < AT_ONCE and self._holds(order[0]) < OF_ONE:
            self._line.remove(order[0])
            self._held.append(order[0])
            self._tell(order[0], 0)
            order = self._order()
        for place, ticket in enumerate(order, 1):
            self._tell(ticket, place)

    def _order(self) -> list[Ticket]:
        """Return those who wait in the order in which they get a place if nobody leaves."""
        counts = Counter(ticket.reader for ticket in self._held)
        turns = []
        for ticket in self._line:
            turns.append((counts[ticket.reader], ticket))
            counts[ticket.reader] += 1
        return [ticket for _, ticket in sorted(turns, key=lambda turn: turn[0])]

    def _holds(self, ticket: Ticket) -> int:
        return sum(held.reader == ticket.reader for held in self._held)

    @staticmethod
    def _tell(ticket: Ticket, number: int) -> None:
        if ticket.number != number:
            ticket.number = number
            ticket.tell()
