"""A person at the page, in Chromium: what the browser tests share."""

import json
import re
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

import pytest

from tests.fake_app import FakeApp

in_browser = pytest.mark.browser


@dataclass
class Site:
    """A running page and the app behind it."""

    url: str
    app: FakeApp


LEAVING = "paperchat's tests: the page is left"
"""What a tab says on its console as its page is reloaded or another one comes in its place, before Gradio hears it."""

CUT_OFF = re.compile(
    r"AbortError: signal is aborted without reason(?:\n +at [^\n]*/assets/[^\n]*)+"
    r"|Unexpected error Connection errored out\. "
)
"""What Gradio's client says as its page is left, where a stream is open: it aborts that itself, and reports it."""


class Reader:
    """One person's tab, with what it did on the network and what went wrong in it."""

    def __init__(self, context: Any, site: Site) -> None:
        self.app = site.app
        self.context = context
        context.stay(f"http://{urlsplit(site.url).netloc}")
        self.page = context.new_page()
        self.page.set_default_timeout(30_000)
        self.hosts: set[str] = set()
        self.faults: list[str] = []
        self._left = False
        self.page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("dialog", lambda dialog: self.faults.append(dialog.message))
        self.page.on("console", self._hear)
        self.page.on("domcontentloaded", lambda _: setattr(self, "_left", False))
        self.page.add_init_script(f"addEventListener('beforeunload', () => console.debug({json.dumps(LEAVING)}))")
        self.page.goto(site.url)
        self.find(".pc-welcome").wait_for()

    def _hear(self, line: Any) -> None:
        """Note an error on the console, but for what Gradio's client says of the stream that it ends with its page."""
        self._left = self._left or line.text == LEAVING
        if line.type == "error" and not (self._left and CUT_OFF.fullmatch(line.text)):
            self.faults.append(line.text)

    def find(self, selector: str, **options: Any) -> Any:
        return self.page.locator(selector, **options)

    def button(self, name: str, within: str = "body") -> Any:
        return self.find(within).get_by_role("button", name=name, exact=True).last

    def ask(self, question: str = "What does pre-training learn?", wait: bool = True) -> None:
        answered = self.find(".pc-exchange[aria-busy=false] .pc-made")
        before = answered.count()
        self.box.fill(question)
        self.box.press("Enter")
        if wait:
            answered.nth(before).wait_for()

    @property
    def box(self) -> Any:
        return self.page.get_by_label("Your question")

    @property
    def questions(self) -> list[str]:
        return cast("list[str]", self.find(".pc-asked").all_inner_texts())

    def says(self, text: str) -> None:
        self.page.get_by_text(text).first.wait_for()

    def until(self, script: str) -> None:
        self.page.wait_for_function(script, polling=50)  # at rest the page gives no frames
