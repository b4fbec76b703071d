"""Ctrl-C, SIGTERM and a closed terminal: one line, the exit code of the signal, and nothing is lost."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from paperchat.__main__ import STOPPED
from paperchat.cli.index import STOPPED as STOPPED_INDEX
from paperchat.cli.main import main
from tests.cli.test_main import PAGE
from tests.ports import free_port
from tests.scripted_ollama import Reply, ScriptedOllama

ROOT = Path(__file__).parent.parent.parent
SECONDS = 60.0
"""What a loaded machine may need until a command is where the test wants it."""


@contextmanager
def started(*arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """Run Python in a process group of its own, which ends with the test."""
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    here = signal.signal(signal.SIGHUP, signal.SIG_DFL)  # the suite itself may run under nohup
    with subprocess.Popen([sys.executable, *arguments], cwd=ROOT, start_new_session=True, **pipes) as process:
        signal.signal(signal.SIGHUP, here)
        try:
            yield process
        finally:
            process.kill()


def until(is_there: Callable[[], object], process: "subprocess.Popen[str]") -> None:
    ends = time.monotonic() + SECONDS
    while not is_there():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < ends
        time.sleep(0.02)


def stopped(process: "subprocess.Popen[str]", *signals: int) -> str:
    """Send signals to the whole group, as a terminal does; return what was told, after the exit code is checked."""
    for number in signals:
        os.killpg(process.pid, number)
    _, told = process.communicate(timeout=SECONDS)
    assert process.returncode == 128 + signals[0]
    assert "Traceback" not in told
    return told


def embedded(store: Path) -> int:
    """Return how many vectors a store keeps."""
    try:
        with closing(sqlite3.connect(f"file:{store / 'papers.sqlite3'}?mode=ro", uri=True)) as database:
            return int(database.execute("SELECT count(*) FROM embeddings").fetchone()[0])
    except sqlite3.Error:
        return 0


def more_embedded(store: Path, than: int) -> bool:
    return embedded(store) > than


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stopping")
    (folder / "page.txt").write_text(PAGE)
    assert main(["index", str(folder / "page.txt"), "--data", str(folder / "store")]) == 0
    return folder / "store"


def test_indexing_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    kept = 0
    for number in (signal.SIGINT, signal.SIGTERM):
        with started("-m", "paperchat", "index", "--data", str(tmp_path)) as process:
            until(partial(more_embedded, tmp_path, kept), process)
            before = embedded(tmp_path)
            assert stopped(process, number) == f"{STOPPED_INDEX} --data {tmp_path}\n"
        kept = embedded(tmp_path)
        assert kept >= before


def test_a_silent_model_is_left_at_once(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ScriptedOllama(default=Reply(["late"], wait=SECONDS)) as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        with started("-m", "paperchat", "ask", "What does frobnication lower?", "--data", str(data)) as process:
            until(lambda: server.chats, process)
            assert stopped(process, signal.SIGINT, signal.SIGINT) == f"{STOPPED}\n"
        assert server.disconnected.wait(SECONDS)


def test_a_page_that_is_being_read_ends_with_its_terminal(data: Path) -> None:
    port = free_port()
    command = ["-m", "paperchat", "web", "--no-browser", "--port", str(port), "--data", str(data)]
    with started(*command) as process:
        assert process.stdout
        assert process.stdout.readline().startswith("paperchat is open at ")
        heartbeat = f"http://127.0.0.1:{port}/gradio_api/heartbeat/someone"
        with httpx.stream("GET", heartbeat, trust_env=False, timeout=SECONDS):
            assert stopped(process, signal.SIGHUP) == f"{STOPPED}\n"


HUNG = """
import sys, time
from paperchat.cli.stopping import run_stoppable

def work():
    print("ready", flush=True)
    ends = time.monotonic() + 600
    while time.monotonic() < ends:
        try:
            time.sleep(1)
        except KeyboardInterrupt:
            print("swallowed", flush=True)
    return 0

sys.exit(run_stoppable(work, "kept"))
"""
AT_ITS_END = """
import atexit, sys, time
from paperchat.cli.stopping import run_stoppable

atexit.register(lambda: (print("ready", flush=True), time.sleep(600)))
sys.exit(run_stoppable(lambda: 0, "kept"))
"""


def test_a_library_that_swallows_the_interrupt_does_not_hold_the_process() -> None:
    with started("-c", HUNG) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        assert stopped(process, signal.SIGINT, signal.SIGINT, signal.SIGINT) == "kept\n"


def test_a_process_that_is_done_and_only_ends_slowly_can_be_stopped_too() -> None:
    with started("-c", AT_ITS_END) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        os.killpg(process.pid, signal.SIGINT)
        _, told = process.communicate(timeout=SECONDS)
    assert (process.returncode, told) == (-signal.SIGINT, "")


def test_what_is_ignored_at_the_start_stays_ignored() -> None:
    """`nohup paperchat` outlives its terminal."""
    code = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n" + HUNG
    with started("-c", code) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        os.killpg(process.pid, signal.SIGHUP)
        assert stopped(process, signal.SIGTERM) == "kept\n"


def test_who_sends_ctrl_c_to_what_runs_behind_a_script_stops_it_too() -> None:
    """A shell has what a script starts with "&" ignore SIGINT."""
    code = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n" + HUNG
    with started("-c", code) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        assert stopped(process, signal.SIGINT) == "kept\n"
