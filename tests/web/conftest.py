"""The running page and the browser of its tests."""

import os
import shutil
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from paperchat.web.server import address, build_server, listen
from tests.fake_app import make_app, make_sets
from tests.web.reader import CHROMIUM_FLAGS, Reader, Site


@pytest.fixture(scope="module")
def server() -> Iterator[Site]:
    """The page over a FakeApp, served once for this file."""
    app = make_app()
    with listen("127.0.0.1", 0) as listening:
        running = build_server(make_sets(app), "127.0.0.1")
        thread = threading.Thread(target=running.run, args=[[listening]])
        thread.start()
        yield Site(address("127.0.0.1", listening.getsockname()[1]), app)
        running.should_exit = True
        thread.join()


@pytest.fixture
def site(server: Site) -> Iterator[Site]:
    """The running page, its app as new."""
    server.app.__dict__.update(make_app().__dict__)
    yield server
    server.app.go_on.set()
    server.app.endless = False


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A headless Chromium; without one these tests skip, but fail where PAPERCHAT_REQUIRE_BROWSER is set."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        program, missing = None, "playwright is not installed"
    else:
        missing = "no Chromium is on the PATH"
    if program is None:
        (pytest.fail if os.environ.get("PAPERCHAT_REQUIRE_BROWSER") else pytest.skip)(f"needs a browser: {missing}")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def desk(browser: Any) -> Any:
    """A browser window of a desk's size, whose cache all tabs share."""
    return browser.new_context(viewport={"width": 1440, "height": 900})


@pytest.fixture
def reader(desk: Any, site: Site) -> Iterator[Reader]:
    """A tab on the page; what goes wrong in it, or a request to another host, fails the test."""
    one = Reader(desk, site)
    yield one
    one.page.close()
    assert one.faults == []
    assert one.hosts == {urlsplit(site.url).netloc}
