"""Fifty readers at once, and a day of questions, on the real server in a process of its own."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE
from typing import Any

from paperchat.errors import PaperchatError
from paperchat.paths import CHECKOUT
from tests.bench.bars import say
from tests.bench.measures import percentile
from tests.bench.tabs import Seen, Tab
from tests.ports import free_port
from tests.scripted_ollama import Reply, ScriptedOllama

EARLY = 50
"""Questions after which the memory is what later memory is compared with."""
LEAVING = 8
"""As many readers leave in the middle as answers are made at once: all places are taken."""
TABS = 50
OTHERS = 4
START_SECONDS = 300
PART_SECONDS = 1800
"""Longest that a part may take."""
NOBODY = "http://127.0.0.1:9"
"""Where no model server is."""

SERVED = """
import os, signal, sys, threading
def follow():
    os.read(0, 1)
    os.kill(os.getpid(), signal.SIGTERM)
threading.Thread(target=follow, daemon=True).start()
from paperchat.__main__ import main
sys.exit(main())
"""
"""paperchat that ends when its input does: with whoever started it, in whatever way that one ends."""

WRITTEN = '{"sentences": [{"cites": ["1a"], "text": "It hides a part of the input and learns to fill it in."}]}'
PIECES = [WRITTEN[start : start + 8] for start in range(0, len(WRITTEN), 8)]
ENDLESS = Reply([*PIECES[:6], *["hides "] * 2000], delay=0.2)

NOTES = (
    (
        "Each reader has a cookie, a tab and a question of its own, and sends what the page's scripts send. Told: saw "
        "its number in the line. Refused: was told in a line that it cannot wait. Lost: neither an answer nor such a "
        "line. Foreign: questions of other readers that it saw."
    ),
    (
        "Left: readers who go at the first evidence of an answer that never ends, as many as answers are made at once. "
        "Ended is how many of these the model server saw go, followers those who asked after them."
    ),
    (
        "Many tabs: one reader asks in all of them, then others come; `others before` is how many of the tabs' "
        "questions were not answered yet when the last of the others was."
    ),
    (
        "A day: one question after another, each in a tab of its own that is then closed. The memory is that of the "
        "server when it rests."
    ),
)


@dataclass(frozen=True)
class Server:
    """A running server: its address and its process."""

    url: str
    pid: int

    def memory(self) -> float | None:
        """Return its resident memory in MB, None where the system does not tell."""
        status = Path(f"/proc/{self.pid}/status")
        if status.is_file():
            return _kilobytes(status, "VmRSS")
        found = subprocess.run(["ps", "-o", "rss=", "-p", str(self.pid)], capture_output=True, text=True, check=False)
        return int(found.stdout) * 1024 / 1e6 if found.stdout.strip() else None

    def peak(self) -> float | None:
        """Return the most memory it ever had resident in MB, None where the system does not tell."""
        status = Path(f"/proc/{self.pid}/status")
        return _kilobytes(status, "VmHWM") if status.is_file() else None


def _kilobytes(status: Path, name: str) -> float:
    line = next(line for line in status.read_text().splitlines() if line.startswith(name))
    return int(line.split()[1]) * 1024 / 1e6


@contextmanager
def running(folder: Path, ollama: str) -> Iterator[Server]:
    """The server on a free port of this machine, over the papers that come with paperchat, indexed before it starts."""
    environment = {**os.environ, "OLLAMA_HOST": ollama}
    command = [sys.executable, "-c", SERVED]
    indexing = [*command, "search", "graphs", "--data", str(folder)]
    with subprocess.Popen(indexing, env=environment, cwd=CHECKOUT, stdin=PIPE, stdout=subprocess.DEVNULL) as process:
        if process.wait():
            raise PaperchatError("The papers of the benchmark were not indexed.", "See the lines above.")
    port = free_port()
    command += ["web", "--no-browser", "--port", str(port), "--data", str(folder)]
    with subprocess.Popen(command, env=environment, cwd=CHECKOUT, stdin=PIPE, stdout=subprocess.DEVNULL) as process:
        try:
            _await_port(port, process)
            yield Server(f"http://127.0.0.1:{port}", process.pid)
        finally:
            process.terminate()


def _await_port(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise PaperchatError("The server of the benchmark did not start.", "See its lines above.")


async def crowd(url: str, questions: Sequence[str], count: int) -> list[Seen]:
    """Return what `count` readers saw who asked at once."""
    async with _Tabs(url, range(1, count + 1)) as tabs:
        return list(await asyncio.gather(*(tab.ask(_of(questions, tab.number)) for tab in tabs)))


async def leave(url: str, questions: Sequence[str], server: ScriptedOllama) -> dict[str, Any]:
    """Return what is seen when the readers of all places leave in the middle and others ask after them."""
    quick, server.default = server.default, ENDLESS
    gone = server.gone
    async with _Tabs(url, range(1, LEAVING + 1)) as tabs:
        left = await asyncio.gather(*(tab.ask(_of(questions, tab.number), leave=True) for tab in tabs))
    server.default = quick
    after = await crowd(url, questions, LEAVING)
    return {
        "left": sum(one.evidence is not None for one in left),
        "ended": server.gone - gone,
        "followers": len(after),
        "answered": sum(one.answered for one in after),
        "evidence p95 s": percentile([one.evidence for one in after if one.evidence is not None], 95),
    }


async def many_tabs(url: str, questions: Sequence[str]) -> dict[str, Any]:
    """Return how others fare beside one reader who asks in many tabs at once."""
    done: list[int] = []

    async def ask(tab: Tab) -> Seen:
        seen = await tab.ask(_of(questions, tab.number))
        done.append(tab.number)
        return seen

    async with (
        Tab(url, 0) as first,
        _Tabs(url, range(1, TABS + 1), first.secret) as own,
        _Tabs(url, range(TABS + 1, TABS + OTHERS + 1)) as others,
    ):
        asked = [asyncio.create_task(ask(tab)) for tab in own]
        await asyncio.sleep(1)
        after = await asyncio.gather(*(ask(tab) for tab in others))
        left = sum(number <= TABS for number in done)
        seen = await asyncio.gather(*asked)
    return {
        "tabs": TABS,
        "answered": sum(one.answered for one in seen),
        "refused": sum(bool(one.refused) for one in seen),
        "lost": sum(one.lost for one in (*seen, *after)),
        "others": OTHERS,
        "others answered": sum(one.answered for one in after),
        "others before": TABS - left,
    }


async def day(server: Server, questions: Sequence[str], count: int) -> dict[str, Any]:
    """Return what the server's memory is after some questions and after `count`, asked one after another."""
    seen: list[Seen] = []
    memory: dict[int, float | None] = {}
    for number in range(1, count + 1):
        async with Tab(server.url, number) as tab:
            seen.append(await tab.ask(_of(questions, number)))
        if number in (min(EARLY, count), count):
            await asyncio.sleep(3)
            memory[number] = server.memory()
            say(f"{number} questions: {memory[number]} MB.")
    early, late = memory[min(EARLY, count)], memory[count]
    return {
        **_counts(seen),
        f"MB after {min(EARLY, count)}": early,
        f"MB after {count}": late,
        "ratio": late / early if early and late else None,
        "peak MB": server.peak(),
    }


class _Tabs:
    """Tabs of these numbers, each of a reader of its own unless one reader's secret is given."""

    def __init__(self, url: str, numbers: Sequence[int], secret: str = "") -> None:
        self._tabs = [Tab(url, number, secret) for number in numbers]

    async def __aenter__(self) -> list[Tab]:
        return list(await asyncio.gather(*(tab.__aenter__() for tab in self._tabs)))

    async def __aexit__(self, *_: object) -> None:
        await asyncio.gather(*(tab.__aexit__() for tab in self._tabs))


def _of(questions: Sequence[str], number: int) -> str:
    return questions[number % len(questions)]


def _counts(seen: Sequence[Seen]) -> dict[str, Any]:
    evidence = [one.evidence for one in seen if one.evidence is not None]
    ended = [one.ended for one in seen if one.ended is not None]
    return {
        "asked": len(seen),
        "answered": sum(one.answered for one in seen),
        "told to wait": sum(one.waited for one in seen),
        "refused": sum(bool(one.refused) for one in seen),
        "lost": sum(one.lost for one in seen),
        "foreign": sum(one.foreign for one in seen),
        "evidence p50 s": percentile(evidence, 50),
        "evidence p95 s": percentile(evidence, 95),
        "end p50 s": percentile(ended, 50),
        "end p95 s": percentile(ended, 95),
    }


def measure(folder: Path, questions: Sequence[str], readers: int, count: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the rows of each table as they are measured."""

    def within(part: Coroutine[Any, Any, Any]) -> Any:
        try:
            return asyncio.run(asyncio.wait_for(part, PART_SECONDS))
        except asyncio.TimeoutError:
            problem = f"A part took longer than {PART_SECONDS} s."
            raise PaperchatError(problem, "Ask for less with --readers and --count.") from None

    with ScriptedOllama(default=Reply(PIECES), delay=0.02) as scripted:
        for model, ollama in (("none", NOBODY), ("scripted", scripted.url)):
            with running(folder, ollama) as server:
                say(f"{readers} readers at once, model: {model}.")
                counts = _counts(within(crowd(server.url, questions, readers)))
                yield "At once", {"model": model, **counts, "MB": server.memory(), "peak MB": server.peak()}
                if model == "scripted":
                    say("Readers who leave.")
                    yield "Left", within(leave(server.url, questions, scripted))
                say("One reader with many tabs.")
                yield "Many tabs", {"model": model, **within(many_tabs(server.url, questions))}
            with running(folder, ollama) as server:
                say(f"{count} questions one after another, model: {model}.")
                yield "A day", {"model": model, **within(day(server, questions, count))}
