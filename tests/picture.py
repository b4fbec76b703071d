"""`python -m tests.picture`: take the README's picture of the page, over the papers that come with paperchat."""

import argparse
import os
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from paperchat.app import App
from paperchat.cli.progress import Bar, say
from paperchat.errors import PaperchatError
from paperchat.paths import CHECKOUT
from paperchat.sets import Sets
from paperchat.settings import Settings
from paperchat.web.server import address, build_server, listen

TARGET = CHECKOUT / ".github" / "page.png"
STORE = CHECKOUT / "vectorstore" / "bench" / "picture"
NOWHERE = "http://127.0.0.2:11434"
"""Where no model server is: the answer is the evidence, the same on every machine."""

QUESTION = "Barlow Twins or OBoW: which one needs a teacher?"
WIDTH, HEIGHT = 1280, 800
PATIENCE = 10
"""Seconds that what runs beside the page has to end."""

LARGEST = 300_000
"""Bytes."""

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@contextmanager
def served(sets: Sets) -> Iterator[str]:
    """Serve the page and give its address."""
    with listen("127.0.0.1", 0) as listening:
        server = build_server(sets, "127.0.0.1")
        thread = threading.Thread(target=server.run, args=[[listening]])
        thread.start()
        try:
            yield address("127.0.0.1", listening.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join()


def take(url: str, question: str, target: Path) -> None:
    """Ask a question on the page and keep a picture of the answer; raises PaperchatError without Chromium."""
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise PaperchatError(f"No Chromium is on the PATH ({', '.join(PROGRAMS)}).", "Install one.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        page = chromium.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.set_default_timeout(120_000)
        page.goto(url)
        page.locator("#pc-question textarea").fill(question)
        page.locator("#pc-question textarea").press("Enter")
        page.locator(".pc-made").first.wait_for()
        page.wait_for_timeout(1000)  # fonts and the last transitions
        target.parent.mkdir(exist_ok=True)
        page.screenshot(path=target)
        chromium.close()


def main() -> int:
    """Take the picture; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.picture", description=__doc__)
    parser.add_argument("--question", default=QUESTION)
    parser.add_argument("--output", type=Path, default=TARGET)
    arguments = parser.parse_args()
    os.environ.update(GRADIO_ANALYTICS_ENABLED="False", ANONYMIZED_TELEMETRY="False", HF_HUB_OFFLINE="1")
    try:
        with (
            Bar() as bar,
            Sets(Settings(STORE, ollama_host=NOWHERE), lambda one: App(one, bar.say, bar.update)) as sets,
            served(sets) as url,
        ):
            take(url, arguments.question, arguments.output)
    except PaperchatError as error:
        say(str(error))
        return 1
    for one in set(threading.enumerate()) - {threading.current_thread()}:  # what tries questions ends with its set
        one.join(PATIENCE)
    size = arguments.output.stat().st_size
    say(f"The picture is in {arguments.output}: {size:,} of at most {LARGEST:,} bytes.")
    return int(size > LARGEST)


if __name__ == "__main__":
    sys.exit(main())
