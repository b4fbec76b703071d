"""How what was read becomes part of a set: it waits in the record, is embedded a few papers at a time, then settled."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from paperchat.protocols import Embedder
from paperchat.storage.chunking import CHUNKING
from paperchat.storage.embedding import PAPERS_AT_ONCE, Progress, embed
from paperchat.storage.following import Following, Left, left, within
from paperchat.storage.intake import Given, Known, take_in
from paperchat.storage.records import Record
from paperchat.storage.report import Report
from paperchat.types import Paper


def local_time() -> str:
    """Return the time on this machine's clock, as it is kept of an import: its first ten characters are the day."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be taken in as a store is opened: files, or what has become of those that it follows.

    Without either it `goes_on` with what waits, or, as if nothing was ordered, leaves that.
    """

    files: tuple[Path, ...] = ()
    following: Following | None = None
    goes_on: bool = False

    def __bool__(self) -> bool:
        """Tell whether anything is to be done."""
        return bool(self.files or self.following or self.goes_on)


NOTHING = Order()


@dataclass(frozen=True)
class Incoming:
    """What was taken in of a record and is not yet part of the set; a kill leaves it as it is."""

    record: Record
    embedder: Embedder
    progress: Progress

    def is_ready(self) -> bool:
        """Tell whether any of it can be settled."""
        return self.count() > len(self.record.waiting.unembedded(CHUNKING, self.embedder.name))

    def count(self) -> int:
        """Return how many papers wait, to come or to go."""
        return self.record.waiting.count()

    def followed(self) -> tuple[Path, ...]:
        """Return the files and folders that the set follows."""
        return self.record.origins.followed()

    def take_in(self, given: Given, following: Following | None = None) -> Report:
        """Let what was read wait, each work once, and so what has left the files that the set is `following`.

        Returns what became of it. `embed` and `settle` make it part of the set.
        """
        origins, paths = self.record.origins, following.paths if following else ()
        before = origins.all()
        newer = set[str]().union(*(keys for file, keys in before.items() if within(file, paths)))
        taken = take_in(self._known(), given, local_time(), newer)
        now = {str(Path(file).resolve()): keys for file, keys in taken.origins.items() if Path(file).exists()}
        report, gone = taken.report, Left((), {}, ())
        if following:
            gone = left(following, before, now, {str(Path(one.file).resolve()) for one in given.rejected})
            report = replace(report, removed=len(gone.papers), stayed=gone.stayed)
        self.record.waiting.put(taken.papers, gone.papers)
        origins.note(now, gone.files)
        origins.follow(path for path in paths if any(within(file, [path]) for file in now))
        return report

    def _known(self) -> Known:
        waiting = self.record.waiting
        papers = {paper.id: paper for paper in self.record.sound_papers()}
        coming: dict[str, Paper | None] = {paper.id: paper for paper in waiting.papers()}
        return Known(papers, {**coming, **dict.fromkeys(waiting.gone())})

    def mend(self, paper: Paper) -> None:
        """Let a paper wait that is to take the place of the one with its id."""
        self.record.waiting.put([paper])

    def drop(self) -> None:
        """Forget what waits; the set stays as it is."""
        self.record.waiting.drop()

    def embed(self, stopped: Callable[[], bool] = lambda: False) -> None:
        """Embed the papers that wait, a few at a time, until it is `stopped`."""
        waiting = self.record.waiting
        todo = waiting.unembedded(CHUNKING, self.embedder.name)
        papers = {paper.id: paper for paper in waiting.papers()} if todo else {}
        for start in range(0, len(todo), PAPERS_AT_ONCE):
            if stopped():
                return
            self.progress(start, len(todo))
            own = [papers[key] for key in todo[start : start + PAPERS_AT_ONCE]]
            embed(self.record, self.embedder, own, waiting=True)
        if todo:
            self.progress(len(todo), len(todo))

    def settle(self) -> int:
        """Make what waits part of the set, as far as it is embedded; return how many papers. `refresh` indexes them."""
        return self.record.settle(CHUNKING, self.embedder.name)
