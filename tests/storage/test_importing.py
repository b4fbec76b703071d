"""Papers are taken in as others are asked, whole or not at all, whatever stops it."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from paperchat.errors import InputError, StoreError
from paperchat.retrieval.search import search
from paperchat.storage.chroma import VectorIndex
from paperchat.storage.importing import FAILED, Imports, State
from paperchat.storage.incoming import Order
from paperchat.storage.ordering import carry_out
from paperchat.storage.report import Report
from paperchat.storage.store import Store
from paperchat.types import Chunk, Vectors
from tests.conftest import ROOT
from tests.samples import GRAPHS, SPEECH, HashEmbedder
from tests.storage.test_incoming import ONE, bib

MANY = bib(**{f"k{number}": f"Number {number} of many" for number in range(24)})


class Held(HashEmbedder):
    """Embeds no chunk until it may."""

    def __init__(self) -> None:
        super().__init__()
        self.may, self.asked = threading.Event(), threading.Event()
        self.may.set()

    def embed_parts(self, chunks: object) -> list[Vectors]:
        self.asked.set()
        assert self.may.wait(30)
        return super().embed_parts(chunks)  # type: ignore[arg-type]


class Desk:
    """A store of two papers and the imports into it; the store that is asked is `now`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.embedder = folder, Held()
        self.now = Store(folder / "s", self.embedder, lambda line: None, lambda done, total: None)
        self.now.add([GRAPHS, SPEECH])
        self.now.refresh()
        self.embedder.asked.clear()
        self.imports = Imports(self.now, Report(), self.take_over, folder / "s" / "uploads")

    def take_over(self, store: Store) -> None:
        self.now = store

    def start(self, text: str) -> Path:
        """Begin to take a file in that is removed once it is read."""
        file = self.folder / "lent.bib"
        file.write_text(text)
        self.imports.start([file], file.unlink)
        return file

    def ended(self) -> State:
        while self.imports.state().stage:
            time.sleep(0.01)
        return self.imports.state()

    @property
    def titles(self) -> list[str]:
        return [paper.title.split()[0] for paper in self.now.papers.values()]

    def indexes(self) -> list[str]:
        return sorted(path.name for path in (self.folder / "s").glob("index-*"))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.embedder.may.set()
    made.imports.close()
    made.now.close()


def test_papers_are_asked_while_others_are_taken_in_and_then_all_of_them(desk: Desk) -> None:
    before = desk.now
    desk.embedder.may.clear()
    desk.start(ONE + "\n@misc{x, title={}}")
    assert desk.embedder.asked.wait(30)
    state = desk.imports.state()
    assert (state.stage, state.done, state.total, state.waiting) == ("embedding", 0, 2, 2)
    assert desk.now is before
    assert search(before, HashEmbedder(), "word errors on LibriSpeech", 2).results[0].paper == SPEECH
    desk.embedder.may.set()
    state = desk.ended()
    assert (state.report.added, len(state.report.rejected), state.wrong, state.waiting) == (2, 1, "", 0)
    assert desk.titles == ["GraphMAE:", "Wav2Tok:", "Soil", "Trees"]
    assert search(desk.now, HashEmbedder(), "trees and their rings", 1).results[0].paper.title.startswith("Trees")


def test_who_asked_before_goes_on_with_the_papers_that_were_there(desk: Desk) -> None:
    before = desk.now
    changed = f"@misc{{g, title={{{GRAPHS.title}}}, abstract={{{GRAPHS.abstract} And it is new.}}}}"
    desk.start(changed)
    assert desk.ended().report.changed == 1
    assert before.papers[GRAPHS.id] == GRAPHS
    assert before.read([GRAPHS.id])[0].paper == GRAPHS
    assert search(before, HashEmbedder(), "GraphMAE accuracy on Cora", 1).results[0].paper == GRAPHS
    assert desk.now.papers[GRAPHS.id].abstract.endswith("And it is new.")
    assert len(desk.now.read([GRAPHS.id])[0].sentences) == len(before.read([GRAPHS.id])[0].sentences) + 1


def test_the_index_that_nobody_asks_any_more_is_removed(desk: Desk) -> None:
    before = desk.now
    desk.start(ONE)
    desk.ended()
    assert desk.indexes() == ["index-1", "index-2"]
    del before
    assert desk.indexes() == ["index-2"]


def test_new_papers_are_added_to_a_copy_of_the_index_that_is_open(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    added: list[int] = []
    write = VectorIndex.add

    def noted(index: VectorIndex, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        added.append(len(chunks))
        write(index, chunks, vectors)

    monkeypatch.setattr(VectorIndex, "add", noted)
    desk.start(ONE)
    desk.ended()
    assert added == [2]


def test_a_lent_file_is_removed_as_soon_as_it_is_read(desk: Desk) -> None:
    desk.embedder.may.clear()
    file = desk.start(ONE)
    assert desk.embedder.asked.wait(30)
    assert not file.exists()


def test_what_is_stopped_keeps_what_was_embedded_and_goes_on(desk: Desk) -> None:
    desk.embedder.may.clear()
    desk.start(MANY)
    assert desk.embedder.asked.wait(30)
    desk.imports.stop()
    desk.embedder.may.set()
    state = desk.ended()
    assert (state.waiting, len(desk.now.papers)) == (16, 10)
    desk.imports.go_on()
    assert (desk.ended().waiting, len(desk.now.papers)) == (0, 26)


def test_what_waits_can_be_forgotten_but_not_while_it_is_embedded(desk: Desk) -> None:
    desk.embedder.may.clear()
    desk.start(MANY)
    assert desk.embedder.asked.wait(30)
    for other in (desk.imports.forget, desk.imports.go_on, lambda: desk.start(ONE)):
        with pytest.raises(InputError, match="taken in already"):
            other()
    desk.imports.stop()
    desk.embedder.may.set()
    desk.ended()
    desk.imports.forget()
    assert (desk.imports.state().waiting, len(desk.now.papers)) == (0, 10)


def test_a_paper_is_mended(desk: Desk) -> None:
    desk.imports.mend(replace(SPEECH, title="Another title", abstract="It says another thing."))
    desk.ended()
    assert [paper.title for paper in desk.now.papers.values()] == [GRAPHS.title, "Another title"]
    assert desk.now.read([SPEECH.id])[0].sentences[0].text == "It says another thing."


def test_files_that_cannot_be_read_are_told_and_change_nothing(desk: Desk) -> None:
    before = desk.now
    file = desk.start("# A readme")
    state = desk.ended()
    assert "Cannot read lent.bib: is of no kind that is read here" in state.wrong.replace(f"{desk.folder}/", "")
    assert (desk.now is before, file.exists()) == (True, False)


@pytest.mark.parametrize(
    ("error", "told"),
    [(StoreError("The disk is full.", "Free some."), "The disk is full. Free some."), (OSError(), FAILED)],
)
def test_what_fails_is_told_and_the_set_is_as_it_was(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, error: Exception, told: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr("paperchat.storage.embedding.Record.save_vectors", fail)
        desk.start(ONE)
        state = desk.ended()
    assert (state.wrong, len(desk.now.papers), state.waiting) == (told, 2, 2)
    desk.imports.go_on()
    assert (desk.ended().wrong, len(desk.now.papers)) == ("", 4)


def test_what_was_read_of_but_a_part_when_it_was_stopped_is_not_taken_in(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = desk.imports._tell

    def tell(done: int, total: int) -> None:
        if done == 5:
            desk.imports.stop()
        told(done, total)

    monkeypatch.setattr(desk.imports, "_tell", tell)
    desk.start(MANY)
    state = desk.ended()
    assert (state.wrong[:7], state.waiting, len(desk.now.papers)) == ("Stopped", 0, 2)


WORKER = """
import sys, time
from pathlib import Path
from tests.samples import HashEmbedder
from paperchat.storage.importing import Imports
from paperchat.storage.report import Report
from paperchat.storage.store import Store

class Slow(HashEmbedder):
    def embed_parts(self, chunks):
        time.sleep(0.02)
        return super().embed_parts(chunks)

folder, file = map(Path, sys.argv[1:])
store = Store(folder, Slow(), lambda line: None, lambda done, total: None)
store.refresh()
imports = Imports(store, Report(), lambda other: None, folder / "uploads")
imports.start([file], lambda: None) if file.exists() else imports.go_on()
print("started", flush=True)
while imports.state().stage:
    time.sleep(0.01)
print("ended", flush=True)
store.close()
"""


def opened_for(order: Order, folder: Path) -> Store:
    return carry_out(order, lambda: Store(folder, HashEmbedder(), lambda line: None, lambda *_: None), lambda _: None)[
        0
    ]


def test_a_kill_at_any_moment_leaves_the_set_whole_and_what_was_taken_in_goes_on(tmp_path: Path) -> None:
    folder, file = tmp_path / "s", tmp_path / "a.bib"
    store = Store(folder, HashEmbedder(), lambda line: None, lambda done, total: None)
    store.add([GRAPHS, SPEECH])
    store.refresh()
    store.close()
    file.write_text(bib(**{f"k{number}": f"Number {number} of many" for number in range(80)}))
    kills = 0
    for wait in (0.3, 0.1, 0.5, 0.2, 0.7, 1.0, 1.5):
        command = [sys.executable, "-c", WORKER, str(folder), str(file)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            assert process.stdout.readline() == "started\n"
            time.sleep(wait)
            process.send_signal(signal.SIGKILL)
            kills += "ended" not in process.stdout.read()
        opened = opened_for(Order(), folder)
        waits = opened.incoming.count()
        assert len(opened.papers) + waits in (2, 82)
        assert opened.vectors.count() == len(opened.papers)
        if waits:
            file.unlink(missing_ok=True)
        opened.close()
    assert kills
    last = opened_for(Order(goes_on=True), folder)
    assert len(last.papers) in (2, 82)
    assert last.incoming.count() == 0
    last.close()


def test_it_ends_with_the_app_and_removes_what_was_lent(desk: Desk) -> None:
    desk.imports.lent.mkdir()
    desk.embedder.may.clear()
    desk.start(MANY)
    assert desk.embedder.asked.wait(30)
    ending = threading.Thread(target=desk.imports.close)
    ending.start()
    desk.embedder.may.set()
    ending.join(30)
    assert not desk.imports.lent.exists()
    desk.ended()
    assert len(desk.now.papers) in (2, 10)
