"""Many readers at once: places and the line, and the running page as tabs without a browser see it."""

import asyncio
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest

from paperchat.errors import InputError
from paperchat.models.minilm import MiniLM
from paperchat.types import Answer
from paperchat.web import places as limits
from paperchat.web.page import build_page
from paperchat.web.places import AT_ONCE, OF_ONE, WAITING, WAITING_OF_ONE, Places
from paperchat.web.server import address, build_server, listen
from tests.bench.tabs import Tab
from tests.conftest import ROOT
from tests.fake_app import FakeApp, make_app, make_sets

# ---- places


def test_who_comes_when_all_places_are_taken_is_told_its_number_and_moves_up():
    places, told = Places(), []
    held = [places.join(f"reader {n}") for n in range(AT_ONCE)]
    waiting = [places.join(f"late {n}") for n in range(3)]
    assert ([one.number for one in held], [one.number for one in waiting]) == ([0] * AT_ONCE, [1, 2, 3])
    waiting[2].tell = lambda: told.append(waiting[2].number)
    waiting[1].leave()
    held[0].leave()
    held[0].leave()
    assert [one.number for one in waiting[::2]] == [0, 1]
    held[1].leave()
    assert told == [2, 1, 0]


def test_readers_take_turns_and_nobody_has_all_places():
    places = Places()
    greedy = [places.join("greedy") for _ in range(AT_ONCE + 2)]
    assert [one.number for one in greedy] == [0] * OF_ONE + list(range(1, AT_ONCE + 3 - OF_ONE))
    others = [places.join(f"other {n}") for n in range(AT_ONCE - OF_ONE + 1)]
    assert [one.number for one in others] == [0] * (AT_ONCE - OF_ONE) + [1]
    assert greedy[OF_ONE].number == 2
    greedy[0].leave()
    assert (others[-1].number, greedy[OF_ONE].number) == (0, 1)


def test_a_full_line_refuses_and_one_reader_cannot_fill_it():
    places = Places()
    for _ in range(OF_ONE + WAITING_OF_ONE):
        places.join("greedy")
    with pytest.raises(InputError, match=rf"^Too many of your questions wait already: {WAITING_OF_ONE}\. Ask again "):
        places.join("greedy")
    others = [places.join(f"other {n}") for n in range(AT_ONCE - OF_ONE + WAITING - WAITING_OF_ONE)]
    with pytest.raises(InputError, match=rf"^Too many questions wait already: {WAITING}\. Ask again in a minute\.$"):
        places.join("late")
    others[0].leave()
    assert places.join("late").number > 0


# ---- the embedding model


class Session:
    """Stands for the model's session and notes how many runs went on at once."""

    def __init__(self) -> None:
        self.running = self.most = 0

    def get_inputs(self) -> list[Any]:
        return []

    def run(self, _: object, __: object) -> list[Any]:
        self.running += 1
        self.most = max(self.most, self.running)
        time.sleep(0.02)
        self.running -= 1
        return [np.ones((1, 4, MiniLM.dimension), np.float32)]


def test_the_embedding_model_runs_for_one_reader_at_a_time():
    model, session = MiniLM(), Session()
    model.__dict__["_session"] = session
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(model.embed_query, ["one two"] * 8))
    assert session.most == 1


# ---- the page


@dataclass
class Site:
    """A running page, the app behind it, and what Gradio has of it."""

    url: str
    app: FakeApp
    page: Any


@contextmanager
def serving() -> Iterator[Site]:
    """The page over a FakeApp on a free port."""
    app, pages = make_app(), []

    def keep(*parts: Any) -> Any:
        pages.append(build_page(*parts))
        return pages[-1]

    with listen("127.0.0.1", 0) as listening, pytest.MonkeyPatch.context() as patch:
        patch.setattr("paperchat.web.server.build_page", keep)
        running = build_server(make_sets(app), "127.0.0.1")
        thread = threading.Thread(target=running.run, args=[[listening]])
        thread.start()
        yield Site(address("127.0.0.1", listening.getsockname()[1]), app, pages[0])
        running.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def server() -> Iterator[Site]:
    """The running page, once for this file."""
    with serving() as site:
        yield site


@pytest.fixture
def site(server: Site) -> Iterator[Site]:
    """The running page, its app as new: it stops before its first word until `go_on`."""
    server.app.__dict__.update(make_app(hold=0).__dict__)
    yield server
    server.app.go_on.set()


@asynccontextmanager
async def open_tabs(site: Site, count: int) -> AsyncIterator[list[Tab]]:
    """Tabs of as many readers; what was held goes on at the end."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(Tab(site.url, number)) for number in range(1, count + 1)]
        site.app.go_on.set()


async def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""

    async def wait() -> None:
        while not holds():
            await asyncio.sleep(0.02)

    await asyncio.wait_for(wait(), 20)


def test_twelve_at_once_are_answered_or_told_that_they_wait_and_none_sees_anothers(site: Site):
    async def ask() -> list[Tab]:
        async with open_tabs(site, 12) as tabs:
            asking = [asyncio.create_task(tab.ask("Why?")) for tab in tabs]
            await until(lambda: all(tab.seen.evidence or tab.seen.waited for tab in tabs))
            assert len(site.app.asked) == AT_ONCE
            site.app.go_on.set()
            await asyncio.gather(*asking)
        return tabs

    tabs = asyncio.run(ask())
    assert [(tab.seen.answered, tab.seen.marks) for tab in tabs] == [(True, {tab.number}) for tab in tabs]
    assert sum(tab.seen.waited for tab in tabs) == 12 - AT_ONCE
    for tab in tabs:
        (kept,) = site.app.conversations.conversations(tab.secret)
        assert kept.title == f"Why? (reader {tab.number})"


def test_a_reader_who_leaves_frees_the_place_though_the_model_is_silent(site: Site):
    async def ask() -> Tab:
        async with open_tabs(site, AT_ONCE + 1) as (*tabs, late):
            leaving, *staying = [asyncio.create_task(tab.ask("Why?", leave=tab is tabs[0])) for tab in tabs]
            await until(lambda: len(site.app.asked) == AT_ONCE)
            waiting = asyncio.create_task(late.ask("And I?"))
            await leaving
            await until(lambda: late.seen.evidence is not None)
            site.app.go_on.set()
            await asyncio.gather(waiting, *staying)
        return late

    assert asyncio.run(ask()).seen.answered


def test_one_who_leaves_the_line_is_not_asked_for(site: Site):
    async def ask() -> None:
        async with open_tabs(site, AT_ONCE + 1) as (*tabs, late):
            asking = [asyncio.create_task(tab.ask("Why?")) for tab in tabs]
            await until(lambda: len(site.app.asked) == AT_ONCE)
            waiting = asyncio.create_task(late.ask("And I?"))
            await until(lambda: late.seen.waited)
            waiting.cancel()
            await asyncio.sleep(1.5)
            site.app.go_on.set()
            await asyncio.gather(*asking)

    asyncio.run(ask())
    assert len(site.app.asked) == AT_ONCE


def test_who_finds_the_line_full_is_told_in_one_line(site: Site, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "AT_ONCE", 1)
    monkeypatch.setattr(limits, "WAITING", 1)

    async def ask() -> Tab:
        async with open_tabs(site, 3) as (first, second, late):
            asking = [asyncio.create_task(first.ask("Why?"))]
            await until(lambda: first.seen.evidence is not None)
            asking.append(asyncio.create_task(second.ask("Why?")))
            await until(lambda: second.seen.waited)
            await late.ask("And I?")
            site.app.go_on.set()
            await asyncio.gather(*asking)
        return late

    assert asyncio.run(ask()).seen.refused == "Too many questions wait already: 1. Ask again in a minute."


def test_who_finds_no_room_for_an_event_is_told_in_one_line_and_can_ask_again(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("paperchat.web.page.RUNS", 2)

    async def ask(site: Site) -> tuple[Tab, Tab]:
        async with open_tabs(site, 6) as (*tabs, late):
            site.app.hold = 0
            asking = [asyncio.create_task(tab.ask("Why?")) for tab in tabs]
            await until(lambda: any(tab.seen.refused for tab in tabs))
            refused = next(tab for tab in tabs if tab.seen.refused)
            site.app.go_on.set()
            await asyncio.gather(*asking)
            await late.ask("And I?")
        return refused, late

    with serving() as site:
        refused, late = asyncio.run(ask(site))
    assert refused.seen.refused == "Too many questions wait already. Ask again in a minute."
    assert late.seen.answered


def test_an_answer_that_ends_a_while_after_its_last_word_is_no_lost_one(site: Site, monkeypatch: pytest.MonkeyPatch):
    whole = FakeApp.ask

    def ask_slowly(app: FakeApp, *asked: Any, **of: Any) -> Iterator[Answer]:
        yield from whole(app, *asked, **of)
        time.sleep(0.3)  # as closing a connection takes on a busy machine: the last update then changes nothing

    monkeypatch.setattr(FakeApp, "ask", ask_slowly)

    async def ask() -> Tab:
        async with open_tabs(site, 1) as (tab,):
            site.app.go_on.set()
            await tab.ask("Why?")
        return tab

    assert asyncio.run(ask()).seen.answered


def test_a_tab_that_is_closed_leaves_nothing_in_memory(site: Site):
    async def ask() -> None:
        site.app.go_on.set()
        kept = site.page.state_holder.session_data
        async with open_tabs(site, 2) as (first, second):
            await first.ask("Why?")
            await second.ask("Why?")
            assert len(kept) >= 2
        await until(lambda: not kept)

    asyncio.run(ask())


# ---- the benchmark's server


BENCH = """
import sys, time
from pathlib import Path
from tests.bench.load import NOBODY, running
with running(Path(sys.argv[1]), NOBODY) as server:
    print(server.url, flush=True)
    time.sleep(600)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL], ids=["ended", "killed"])
def test_the_benchmarks_server_ends_with_it_however_it_ends(number: signal.Signals, store: Path):
    with subprocess.Popen([sys.executable, "-c", BENCH, str(store)], cwd=ROOT, stdout=subprocess.PIPE) as bench:
        url = (bench.stdout or pytest.fail("no output")).readline().decode().strip()
        assert httpx.get(url, timeout=60, trust_env=False).is_success
        bench.send_signal(number)
        bench.wait()

    async def gone() -> None:
        await until(lambda: not listens(url))

    asyncio.run(gone())


def listens(url: str) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((httpx.URL(url).host, httpx.URL(url).port)) == 0


@pytest.fixture
def store(data: Path, tmp_path: Path) -> Path:
    """A folder with the papers."""
    return Path(shutil.copytree(data, tmp_path / "store"))
