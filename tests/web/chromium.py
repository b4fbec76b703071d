"""One Chromium for all tests of this process, and its windows: what is loaded once stays in their caches."""

import shutil
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, final
from urllib.parse import urlsplit

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--disable-quic", "--process-per-site",
]  # fmt: skip

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


class Missing(Exception):  # noqa: N818 -- what is not there, not an error
    """There is no Chromium here, or nothing that drives it."""


@final
class Window:
    """A context of Chromium. Closed, it waits for the next test: as new, but for what its cache has."""

    def __init__(self, context: Any, options: dict[str, Any], give_back: Callable[["Window"], None]) -> None:
        self.context, self.options, self.is_open = context, options, True
        self._give_back = give_back
        self._origins: set[str] = set()
        self._past: set[str] = set()
        self._kept: Any = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.context, name)

    def new_page(self) -> Any:
        """Open a tab; the first one since the window was closed forgets what sites had stored."""
        page = self.context.new_page()
        page.on("framenavigated", self._note)
        if self._past:
            session = self.context.new_cdp_session(page)
            for origin in self._past:
                session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "local_storage"})
            session.detach()
            self._past = set()
        return page

    def _note(self, frame: Any) -> None:
        place = urlsplit(frame.url)
        if place.scheme == "http":
            self._origins.add(f"{place.scheme}://{place.netloc}")

    def stay(self, url: str) -> None:
        """Hold a tab on this server open: the process that all tabs share goes on, and knows the page's scripts."""
        if self._kept is None and self.options:
            self._kept = self.context.new_page()
            self._kept.goto(f"{url}/theme.css")
            self.context.clear_cookies()

    def add_init_script(self, script: str) -> None:
        """Run a script in each page; a window with one is not used again."""
        self.options = {}
        self.context.add_init_script(script)

    def close(self) -> None:
        """Close its tabs and forget cookies, permissions, routes and that it was offline."""
        if not self.is_open:
            return
        self.is_open = False
        if not self.options:
            self.context.close()
            return
        self.context.unroute_all()
        self.context.set_offline(False)
        for page in self.context.pages:
            if page is not self._kept:
                page.close()
        self.context.clear_cookies()
        self.context.clear_permissions()
        self._past |= self._origins
        self._give_back(self)


@final
class Chromium:
    """The browser, started when it is first asked for. `new_context` gives a window that no one else has."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._browser: Any = None
        self._free: list[Window] = []
        self._used: list[Window] = []

    def start(self) -> None:
        """Start it unless it runs; raise Missing where it cannot be."""
        if self._browser:
            return
        try:
            from playwright.sync_api import sync_playwright
        except ImportError:
            raise Missing("playwright is not installed") from None
        program = next(filter(None, map(shutil.which, PROGRAMS)), None)
        if program is None:
            raise Missing("no Chromium is on the PATH")
        playwright = self._stack.enter_context(sync_playwright())
        self._browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        self._stack.callback(self._browser.close)

    def stop(self) -> None:
        """End it: while it runs, this thread has an event loop, so that no test can run one of its own."""
        self._browser = None
        self._free.clear()
        self._used.clear()
        self._stack.close()

    def new_context(self, **options: Any) -> Window:
        """Return a window with these options, one that was used before if there is one."""
        options = {"viewport": {"width": 1280, "height": 720}, **options}
        free = next((one for one in self._free if one.options == options), None)
        if free:
            self._free.remove(free)
            free.is_open = True
            if "permissions" in options:
                free.context.grant_permissions(options["permissions"])
        window = free or Window(self._browser.new_context(**options), options, self._free.append)
        self._used.append(window)
        return window

    def close_all(self) -> None:
        """Close what a test has left open."""
        for window in self._used:
            window.close()
        self._used.clear()


CHROMIUM = Chromium()
