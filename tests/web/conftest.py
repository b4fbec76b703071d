"""The running page and the browser of its tests."""

import os
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from paperchat.web.server import address, build_server, listen
from tests.fake_app import make_app, make_sets
from tests.web.chromium import CHROMIUM, Chromium, Missing, Window
from tests.web.reader import Reader, Site


@pytest.fixture(scope="session")
def server() -> Iterator[Site]:
    """The page over a FakeApp, served once."""
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


@pytest.fixture
def browser() -> Iterator[Chromium]:
    """A headless Chromium; without one these tests skip, but fail where PAPERCHAT_REQUIRE_BROWSER is set."""
    try:
        CHROMIUM.start()
    except Missing as missing:
        (pytest.fail if os.environ.get("PAPERCHAT_REQUIRE_BROWSER") else pytest.skip)(f"needs a browser: {missing}")
    yield CHROMIUM
    CHROMIUM.close_all()


@pytest.fixture
def desk(browser: Chromium) -> Window:
    """A browser window of a desk's size."""
    return browser.new_context(viewport={"width": 1440, "height": 900})


@pytest.fixture
def reader(desk: Window, site: Site) -> Iterator[Reader]:
    """A tab on the page; what goes wrong in it, or a request to another host, fails the test."""
    one = Reader(desk, site)
    yield one
    one.page.close()
    assert one.faults == []
    assert one.hosts == {urlsplit(site.url).netloc}
