"""The way of a question through the package: what is called of it on which text, and from module to module.

`python -m tests.way` prints both for one question over a few papers.
"""

import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import wraps
from inspect import CO_GENERATOR
from pathlib import Path
from types import FrameType
from typing import Any
from unittest.mock import patch

from paperchat.app import App
from paperchat.generation import selection
from paperchat.generation.pipeline import stream_answer
from paperchat.query import intent
from paperchat.retrieval.library import Library
from paperchat.settings import Settings
from paperchat.storage.incoming import Order
from paperchat.storage.store import Store
from paperchat.text import cleaning, sentences, tokens, words
from paperchat.types import Answer, Paper
from tests.samples import LESSONS, PAPERS, HashEmbedder, Unchecked
from tests.scripted_ollama import ScriptedOllama

QUESTION = "What accuracy does GraphMAE reach on Cora?"
REPLY = '{"sentences": [{"cites": ["1a"], "text": "GraphMAE reaches an accuracy of 84.2% on the Cora graphs."}]}'
ROOMS = ("text", "models query", "storage verification export", "retrieval", "dialogue", "generation", "app")
"""The packages that a question goes through, lowest first; those in one row lean on none of each other."""
LEVEL = {room: level for level, row in enumerate(ROOMS) for room in row.split()}

READS: dict[str, Callable[..., Any]] = {
    "clean": cleaning.clean,
    "content words": tokens.content_words_of,
    "words": words.words,
    "sentences": sentences.split_sentences,
    "demands": intent.read_demands,
    "chosen": selection.answering,
}
"""What reads a text, or a question, by what it makes of it."""


@dataclass
class Calls:
    """How often each text was read, by what was made of it, and by which functions."""

    callers: dict[str, dict[str, Counter[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(Counter))
    )

    def add(self, made: str, text: str, caller: str) -> None:
        """Count a call."""
        self.callers[made][text][caller] += 1

    def times(self, made: str) -> int:
        """Return the calls in all."""
        return sum(by.total() for by in self.callers[made].values())

    def again(self, made: str) -> int:
        """Return the calls on a text that was read so before."""
        return self.times(made) - len(self.callers[made])

    def twice(self, made: str) -> list[tuple[str, Counter[str]]]:
        """Return the texts that were read so more than once, with the callers."""
        return [(text, by) for text, by in self.callers[made].items() if by.total() > 1]


@contextmanager
def counted() -> Iterator[Calls]:
    """Count what reads texts, wherever it is looked up in the package."""
    calls = Calls()
    with ExitStack() as stack:
        for made, function in READS.items():
            stand_in = _counting(function, made, calls)
            for module in [module for name, module in sys.modules.items() if name.startswith("paperchat.")]:
                for name in [name for name, value in vars(module).items() if value is function]:
                    stack.enter_context(patch.object(module, name, stand_in))
        yield calls


def _counting(function: Callable[..., Any], made: str, calls: Calls) -> Callable[..., Any]:
    own = function.__module__.removeprefix("paperchat.")

    @wraps(function)
    def counting(first: Any, *rest: Any) -> Any:
        frame = sys._getframe(1)
        while _module(frame) in ("", own) or frame.f_code.co_name.startswith("<"):
            assert frame.f_back
            frame = frame.f_back
        caller = f"{_module(frame)}.{frame.f_code.co_name}"
        texts = first if made == "content words" else [first if isinstance(first, str) else first.question]
        for text in texts:
            calls.add(made, text, caller)
        return function(first, *rest)

    return counting


@dataclass
class Stops:
    """The calls from one module of the package to another, in their order, as (from, to)."""

    path: list[tuple[str, str]] = field(default_factory=list)

    @property
    def stops(self) -> list[tuple[str, str]]:
        """The path with what calls the same module again and again told once."""
        return [step for n, step in enumerate(self.path) if not n or step != self.path[n - 1]]

    @property
    def upwards(self) -> list[tuple[str, str]]:
        """The stops that go to a higher room."""
        return [step for step in self.stops if _level(step[1]) > _level(step[0])]


def _level(module: str) -> int:
    return LEVEL.get(module.partition(".")[0], -1)


def _module(frame: FrameType) -> str:
    """Return the module of the package in which a frame runs, without the package's name; empty for all others."""
    name = str(frame.f_globals.get("__name__", ""))
    own = name.startswith("paperchat.") and frame.f_code.co_filename.endswith(f"{name.replace('.', '/')}.py")
    return name.removeprefix("paperchat.") if own else ""


@contextmanager
def followed() -> Iterator[Stops]:
    """Follow this thread from module to module; that a generator goes on is no call."""
    stops, begun = Stops(), set[FrameType]()

    def follow(frame: FrameType, event: str, _: object) -> None:
        module = _module(frame) if event == "call" else ""
        if not module or frame.f_code.co_name == "<module>" or frame in begun:
            return
        if frame.f_code.co_flags & CO_GENERATOR:
            begun.add(frame)
        back = frame.f_back
        while back and not _module(back):
            back = back.f_back
        if back and _module(back) != module:
            stops.path.append((_module(back), module))

    sys.setprofile(follow)
    try:
        yield stops
    finally:
        sys.setprofile(None)


def count_reads(folder: Path, question: str = QUESTION, reply: str = REPLY) -> tuple[Calls, Answer]:
    """Answer a question by a scripted model over the sample papers; return what was read on the way, and the answer."""
    page = folder / "page.txt"
    page.write_text("\n\n".join(["Mar 12", *(part for one in PAPERS for part in (one.title, one.abstract))]) + "\n")
    with ScriptedOllama() as server, patch("paperchat.app.make_embedder", lambda settings: HashEmbedder()):
        settings = Settings(folder / "store", ollama_host=server.url)
        with App(settings, lambda line: None, lambda done, total: None, Order((page,))) as app:
            server.replies(reply)
            with counted() as calls:
                *_, answer = app.ask(question)
    return calls, answer


def follow_question(folder: Path, question: str = QUESTION, papers: Sequence[Paper] = PAPERS) -> tuple[Stops, Answer]:
    """Answer a question without a model over these papers; return the way to the answer, and the answer.

    It is asked of another store before: what is loaded when it is first called is no part of the way.
    """
    _followed(folder / "before", question, papers)
    return _followed(folder / "store", question, papers)


def _followed(folder: Path, question: str, papers: Sequence[Paper]) -> tuple[Stops, Answer]:
    embedder = HashEmbedder()
    store = Store(folder, embedder, lambda line: None, lambda done, total: None)
    try:
        store.add(papers)
        store.refresh()
        library = Library(store, embedder, LESSONS, 8)
        with followed() as stops:
            *_, answer = stream_answer(question, (), library, None, Unchecked())
    finally:
        store.close()
    return stops, answer


def main() -> None:
    """Print what one question reads and where it goes."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        calls, _ = count_reads(Path(one))
        stops, _ = follow_question(Path(other))
    for made in READS:
        print(f"{made}: {calls.times(made)} calls, {calls.again(made)} of them on a text read so before")
        for text, callers in calls.twice(made):
            print(f"    {text[:60]!r}: {', '.join(f'{caller} {n}' for caller, n in callers.items())}")
    print(f"{len(stops.path)} calls between modules, {len(stops.stops)} stops, {len(stops.upwards)} upwards")
    for start, end in stops.stops:
        print(f"    {start} -> {end}{' (up)' if _level(end) > _level(start) else ''}")


if __name__ == "__main__":
    main()
