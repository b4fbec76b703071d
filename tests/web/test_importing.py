"""Papers are dropped on the page, taken in as others are asked, and then asked like them: in Chromium, over a store."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from paperchat.app import App
from paperchat.sets import Sets
from paperchat.settings import Settings
from paperchat.storage.store import Store
from paperchat.web.server import address, build_server, listen
from tests.conftest import NO_OLLAMA
from tests.samples import GRAPHS, SPEECH
from tests.storage.test_importing import Held
from tests.storage.test_incoming import ONE, bib
from tests.web.axe import violations
from tests.web.reader import Reader, Site, in_browser

pytestmark = in_browser


@pytest.fixture(scope="module")
def embedder() -> Held:
    return Held()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, embedder: Held) -> Iterator[Site]:
    """The page over a store of two papers, without a model."""
    folder = tmp_path_factory.mktemp("import") / "s"
    store = Store(folder, embedder, lambda line: None, lambda done, total: None)
    store.add([GRAPHS, SPEECH])
    store.refresh()
    store.close()
    settings = Settings(folder, ollama_host=NO_OLLAMA)
    with (
        patch("paperchat.app.make_embedder", lambda settings: embedder),
        App(settings, lambda line: None, lambda done, total: None) as app,
        listen("127.0.0.1", 0) as listening,
    ):
        running = build_server(Sets(settings, lambda _: app), "127.0.0.1")
        thread = threading.Thread(target=running.run, args=[[listening]])
        thread.start()
        yield Site(address("127.0.0.1", listening.getsockname()[1]), app)  # type: ignore[arg-type]
        running.should_exit = True
        thread.join()


@pytest.fixture
def site(server: Site, embedder: Held) -> Iterator[Site]:
    yield server
    embedder.may.set()


def opened(reader: Reader) -> Any:
    """Open the part in which papers are taken in; return where files are dropped."""
    reader.button("Papers").click()
    reader.find("#pc-room").wait_for()
    reader.page.get_by_role("tab", name="Add papers").click()
    reader.find("#pc-drop").wait_for()
    return reader.find("#pc-drop input[type=file]")


def count(reader: Reader, papers: int) -> None:
    reader.find("header", has_text=f"{papers} papers").wait_for()


def says(reader: Reader, part: str, text: str) -> None:
    reader.until(
        f"[...document.querySelectorAll('#{part} :is(textarea, input)')].some((one) => one.value.includes({text!r}))"
    )


def test_papers_that_are_dropped_are_asked_once_they_are_embedded_and_others_meanwhile(
    reader: Reader, embedder: Held, tmp_path: Path, site: Site
) -> None:
    (tmp_path / "refs.bib").write_text(ONE + "\n@misc{x, title={}}")
    (tmp_path / "readme.txt").write_text("# A readme")
    drop = opened(reader)
    count(reader, 2)
    embedder.may.clear()
    drop.set_input_files([tmp_path / "refs.bib", tmp_path / "readme.txt"])
    says(reader, "pc-import-line", "0 of 2 papers")
    assert reader.find("#pc-import-stop").is_visible()
    assert violations(reader) == []
    reader.button("Back to the conversation").click()
    reader.ask("What does Wav2Tok turn speech into?")
    assert "Wav2Tok" in reader.find(".pc-answer").last.inner_text()
    embedder.may.set()
    opened(reader)
    says(reader, "pc-import-report", "2 papers added, 0 changed, 0 unchanged.")
    reader.find("#pc-rejected", has_text="has no title").wait_for()
    assert "is of no kind that is read here" in reader.find("#pc-rejected").inner_text()
    assert violations(reader) == []
    count(reader, 4)
    reader.page.get_by_role("tab", name="Table").click()
    reader.find("#pc-table", has_text="Trees and their rings").wait_for()
    reader.button("Back to the conversation").click()
    reader.ask("What is Trees and their rings about?")
    assert "This tells of Trees" in reader.find(".pc-answer").last.inner_text()
    lent = site.app.imports.lent
    assert [path for path in lent.rglob("*") if path.is_file()] == []


def test_an_import_is_stopped_and_goes_on_in_another_tab(
    reader: Reader, embedder: Held, tmp_path: Path, desk: Any, site: Site
) -> None:
    (tmp_path / "many.bib").write_text(bib(**{f"k{number}": f"Number {number} of many" for number in range(24)}))
    drop = opened(reader)
    before = len(reader.app.library.papers)
    embedder.may.clear()
    drop.set_input_files([tmp_path / "many.bib"])
    says(reader, "pc-import-line", "of 24 papers")
    reader.find("#pc-import-stop").click()
    embedder.may.set()
    says(reader, "pc-import-line", "papers wait to be taken in.")
    waiting = reader.app.imports.state().waiting
    assert waiting
    count(reader, before + 24 - waiting)
    other = Reader(desk, site)
    opened(other)
    other.button("Go on").click()
    count(other, before + 24)
    other.find("#pc-import-line").wait_for(state="hidden")
    other.page.close()


def test_a_paper_that_a_pdf_gave_is_mended(reader: Reader, shared: Path) -> None:
    drop = opened(reader)
    before = len(reader.app.library.papers)
    drop.set_input_files([shared / "library" / "jose-2023-ml-transparency.pdf"])
    count(reader, before + 1)
    chosen = reader.page.get_by_label("What PDFs gave can be mended")
    chosen.wait_for()
    chosen.click()
    reader.page.get_by_role("option").first.click()
    reader.until("document.querySelector('#pc-mending textarea').value.length > 10")
    assert violations(reader) == []
    reader.page.get_by_label("Title", exact=True).fill("A mended title")
    reader.find("#pc-mend").click()
    reader.page.get_by_role("tab", name="Table").click()
    reader.page.get_by_label("Find", exact=True).fill("mended")  # of the table only the rows in sight are drawn
    reader.find("#pc-table", has_text="A mended title").wait_for()
    assert len(reader.app.library.papers) == before + 1
