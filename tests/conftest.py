"""Fixtures for all tests: no test talks to a real server, or reads this machine's settings, by chance."""

import os
import shutil
from pathlib import Path

import httpx
import pytest
from filelock import FileLock

from paperchat.errors import SettingsError
from paperchat.settings import DEFAULT_OLLAMA, ollama_address
from tests.web.chromium import CHROMIUM

ROOT = Path(__file__).parent.parent
NO_OLLAMA = "http://127.0.0.1:9"  # the discard port: nothing answers there
OWN_OLLAMA = os.environ.get("OLLAMA_HOST") or DEFAULT_OLLAMA  # as it was before `plain_environment`
FOR_TESTS = {"PAPERCHAT_SHARED", "PAPERCHAT_REQUIRE_BROWSER"}  # these steer the suite itself and are no settings
SECONDS = 2.0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what needs a browser last, so that one is started once."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """End the browser before a test that needs none: it may want an event loop of its own."""
    if item.get_closest_marker("browser") is None:
        CHROMIUM.stop()


def pytest_sessionfinish() -> None:
    """End the browser."""
    CHROMIUM.stop()


@pytest.fixture(autouse=True)
def plain_environment(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without PAPERCHAT_* settings, and with OLLAMA_HOST where no server is, but for tests marked `ollama`."""
    for name in os.environ:
        if name.startswith("PAPERCHAT_") and name not in FOR_TESTS:
            monkeypatch.delenv(name)
    if request.node.get_closest_marker("ollama") is None:
        monkeypatch.setenv("OLLAMA_HOST", NO_OLLAMA)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of questions and benchmarks beside the repository, or where PAPERCHAT_SHARED says; else skip."""
    folder = Path(os.environ.get("PAPERCHAT_SHARED") or ROOT.parent / "shared")
    if not folder.is_dir():
        pytest.skip(f"needs the shared folder: {folder} is not there (PAPERCHAT_SHARED names another)")
    return folder


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store of the shipped papers, which tests only read; indexed once for all workers of a run."""
    from tests.shipped import open_app

    base = tmp_path_factory.getbasetemp()
    run = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    whole = run / "shipped"
    with FileLock(run / "shipped.lock"):
        if not whole.exists():
            with open_app(run / "indexing", NO_OLLAMA):
                pass
            (run / "indexing").rename(whole)
    return Path(shutil.copytree(whole, tmp_path_factory.mktemp("data") / "shipped"))


@pytest.fixture(scope="session")
def real_ollama() -> str:
    """The address of a running Ollama server that has a chat model, from OLLAMA_HOST or the default; else skip."""
    try:
        host = ollama_address("OLLAMA_HOST", OWN_OLLAMA)
        with httpx.Client(base_url=host, timeout=SECONDS, trust_env=False) as client:
            client.get("/api/version").raise_for_status()
            models = client.get("/api/tags").raise_for_status().json()["models"]
            if any(_chats(client, model["name"]) for model in models):
                return host
    except SettingsError as error:
        pytest.skip(f"needs Ollama: {error}")
    except httpx.HTTPError as error:
        pytest.skip(f"needs Ollama: no server answers at {host} within {SECONDS:g} s ({type(error).__name__})")
    pytest.skip(f"needs Ollama: the server at {host} has no chat model (ollama pull one)")


def _chats(client: httpx.Client, model: str) -> bool:
    shown = client.post("/api/show", json={"model": model}).raise_for_status().json()
    return "completion" in shown.get("capabilities", [])
