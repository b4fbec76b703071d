"""What serves each set of papers: its questions, its requests, its screen. Every request names its set."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from itertools import count
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from paperchat.errors import PaperchatError
from paperchat.storage.conversations import holds_conversation
from paperchat.storage.folder import CONVERSATIONS
from paperchat.storage.set_folders import SetFolder
from paperchat.web.answering import NOT_HERE, Answering, Updates
from paperchat.web.api import Desk
from paperchat.web.import_view import Importing
from paperchat.web.offers import Offers
from paperchat.web.places import Places
from paperchat.web.preferences import Preferences
from paperchat.web.removals import Removals
from paperchat.web.shelf import Shelf
from paperchat.web.uploads import Uploads

if TYPE_CHECKING:
    from paperchat.app import App
    from paperchat.sets import Sets

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shared:
    """What all sets share: the places of questions, numbers by which no two things sent are alike, uploaded files."""

    uploads: Uploads
    places: Places = field(default_factory=Places)
    turns: Iterator[int] = field(default_factory=lambda: count(1))


class Seat:
    """What serves one open set."""

    def __init__(self, app: "App", removals: Removals, shared: "Shared") -> None:
        self.app, self.removals = app, removals
        offers = Offers(app)
        self.answering = Answering(app, removals, offers, shared.places, shared.turns)
        self.desk = Desk(app, removals, offers)
        self.shelf = Shelf(app, shared.turns)
        self.preferences = Preferences(app)
        self.importing = Importing(app, shared.uploads)


class Serving:
    """The sets as a page serves them: made for a set when it is first asked for, and anew when it was closed since."""

    def __init__(self, sets: "Sets", uploads: Uploads) -> None:
        self.sets, self.uploads = sets, uploads
        self._shared = Shared(uploads)
        self._seats: dict[str, Seat] = {}
        self._making = Lock()

    def turn(self) -> int:
        """Return a number by which what is sent differs from all that was sent before."""
        return next(self._shared.turns)

    def refusal(self, error: PaperchatError) -> Updates:
        """Return what the page shows of a set that cannot be opened."""
        return {"composer": {"message": str(error), "turn": self.turn()}}

    def at_home(self, updates: Updates, reader: str, key: str) -> Updates:
        """Return what the page shows; of a conversation that is not in this set, the one in which it is."""
        if updates.get("composer", {}).get("message") != NOT_HERE:
            return updates
        home = next((one for one in self.sets.all() if self._holds(one, reader, key)), None)
        if home is None:
            return updates
        return {"composer": {"message": "", "set": home.key, "id": key, "turn": self.turn()}}

    def _holds(self, one: SetFolder, reader: str, key: str) -> bool:
        """Tell whether a set has a conversation of a reader, be it open or not."""
        seat = self._seats.get(one.key)
        if seat and self.sets.is_open(one.key):
            return bool(seat.app.conversations.answers(reader, key))
        return holds_conversation(one.folder / CONVERSATIONS, reader, key)

    @contextmanager
    def seat(self, key: str) -> Iterator[Seat]:
        """Hold the set with this key open, and give what serves it. Raises PaperchatError."""
        with self.sets.using(key) as app:
            own = self.sets.find(key).key
            with self._making:  # two who come first get the same one
                seat = self._seats.get(own)
                if seat is None or seat.app is not app:
                    removals = seat.removals.of(app) if seat else Removals(app)
                    self._seats[own] = seat = Seat(app, removals, self._shared)
            yield seat

    def done(self, key: str, act: Callable[[Seat], T], gone: Callable[[str], T]) -> T:
        """Return what an act gives on the set with this key; where that is not there, what `gone` makes of the line."""
        try:
            with self.seat(key) as seat:
                return act(seat)
        except PaperchatError as error:
            return gone(str(error))

    @asynccontextmanager
    async def opened(self, key: str) -> AsyncIterator[Seat]:
        """Do the same for who must not wait: a set takes a while to open."""
        with ExitStack() as held:
            yield await asyncio.to_thread(held.enter_context, self.seat(key))
