"""The sets of a process: opened when they are asked for, held while they are used, each with its own conversations."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import cast
from unittest.mock import patch

import pytest

from paperchat.app import App
from paperchat.errors import InputError, StoreError
from paperchat.sets import MOST_OPEN, Sets
from paperchat.settings import WITHOUT_MODEL, Settings
from paperchat.storage.set_folders import create_set
from paperchat.storage.store import Store
from paperchat.types import Answer
from tests.conftest import NO_OLLAMA
from tests.fake_app import FakeImports
from tests.samples import PAPERS, HashEmbedder


class Fake:
    """An app that notes that it was closed."""

    def __init__(self, settings: Settings) -> None:
        self.folder, self.closed = settings.data, False
        self.imports = FakeImports()

    def close(self) -> None:
        self.closed = True


def fakes(data: Path, *names: str, own: str = "") -> tuple[Sets, list[Fake]]:
    """Sets with these names, and the apps in the order in which they are opened."""
    opened: list[Fake] = []

    def open_app(settings: Settings) -> App:
        opened.append(Fake(settings))
        return cast("App", opened[-1])

    for name in names:
        create_set(data, name)
    return Sets(Settings(data, set=own), open_app), opened


def test_a_set_is_opened_once_and_only_when_it_is_asked_for(tmp_path: Path) -> None:
    sets, opened = fakes(tmp_path, "One", "Two")
    for key in ("one", "", "first", "one"):
        with sets.using(key):
            pass
    assert [one.folder for one in opened] == [tmp_path / "sets" / "one", tmp_path]
    with sets:
        pass
    assert all(one.closed for one in opened)


def test_an_empty_key_is_the_set_that_the_settings_name(tmp_path: Path) -> None:
    create_set(tmp_path, "One")
    sets, opened = fakes(tmp_path, own="ONE")
    with sets.using():
        assert opened[0].folder == tmp_path / "sets" / "one"
    with pytest.raises(InputError, match="The set 'two' is not here"), sets.using("two"):
        pass


def test_those_in_use_stay_open_and_of_the_others_the_latest(tmp_path: Path) -> None:
    names = [f"Set {number}" for number in range(MOST_OPEN + 2)]
    sets, opened = fakes(tmp_path, *names)
    with sets.using("set-0") as held:
        for number in range(1, MOST_OPEN + 2):
            with sets.using(f"set-{number}"):
                pass
        assert not cast("Fake", held).closed
    assert next(one.folder.name for one in opened if not one.closed) == "set-0"
    assert sum(not one.closed for one in opened) == MOST_OPEN
    with sets.using("set-1") as again:
        assert cast("Fake", again) is opened[-1]


def test_many_who_ask_for_a_set_at_once_open_it_once(tmp_path: Path) -> None:
    sets, opened = fakes(tmp_path, "One")
    gate = threading.Barrier(8)

    def ask(_: int) -> object:
        gate.wait()
        with sets.using("one") as app:
            return app

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(ask, range(8)))) == len(opened) == 1


def test_a_set_is_deleted_only_while_nobody_uses_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paperchat.sets.PATIENCE", 0.01)
    sets, opened = fakes(tmp_path, "One")
    with sets.using("one"), pytest.raises(StoreError, match="The set 'One' is in use just now"):
        sets.delete("one")
    assert sets.delete("one").name == "One"
    assert opened[0].closed
    with pytest.raises(InputError, match="is not here"), sets.using("one"):
        pass
    assert sets.restore().key == "one"
    with sets.using("one"):
        assert len(opened) == 2


def test_a_deletion_waits_for_who_is_just_done_with_the_set(tmp_path: Path) -> None:
    sets, opened = fakes(tmp_path, "One")
    held, free = threading.Event(), threading.Event()

    def use() -> None:
        with sets.using("one"):
            held.set()
            free.wait()

    with ThreadPoolExecutor(2) as pool:
        pool.submit(use)
        held.wait()
        deleted = pool.submit(sets.delete, "one")
        wait({deleted}, timeout=0.2)
        assert not opened[0].closed
        free.set()
        assert deleted.result().name == "One"
    assert opened[0].closed


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Callable[[], Sets]]:
    """Real apps over small papers: the first set has three."""
    store = Store(tmp_path, HashEmbedder(), lambda line: None, lambda done, total: None)
    store.add(PAPERS)
    store.refresh()
    store.close()
    with patch("paperchat.app.make_embedder", lambda settings: HashEmbedder()):
        settings = Settings(tmp_path, ollama_host=NO_OLLAMA)
        yield lambda: Sets(settings, lambda one: App(one, lambda line: None, lambda done, total: None))


def test_a_store_of_today_is_the_first_set_with_its_conversations_and_another_one_sees_none(
    real: Callable[[], Sets], tmp_path: Path
) -> None:
    with real() as sets:
        with sets.using() as app:
            app.conversations.keep("me", "key", 0, Answer("Mine?", stage="done"))
            *_, answer = app.ask("Which accuracy does GraphMAE reach on Cora?", choice=WITHOUT_MODEL)
            receipt = app.receipts.make(answer)
        made = sets.create("Mine")
        with sets.using(made.key) as other:
            assert other.library.papers == ()
            assert other.conversations.conversations("me") == ()
            *_, nothing = other.ask("Which accuracy does GraphMAE reach on Cora?", choice=WITHOUT_MODEL)
            assert nothing.abstained
    with real() as again, again.using() as app:
        assert len(app.library.papers) == 3
        assert [one.title for one in app.conversations.conversations("me")] == ["Mine?"]
        assert app.receipts.replay(receipt).holds
    assert (tmp_path / "papers.sqlite3").is_file()


def test_a_real_set_is_deleted_and_put_back_while_it_is_served(real: Callable[[], Sets]) -> None:
    with real() as sets:
        key = sets.create("Mine").key
        with sets.using(key) as app, sets.using():
            app.conversations.keep("me", "key", 0, Answer("Mine?", stage="done"))
        with ThreadPoolExecutor(1) as other_thread:
            other_thread.submit(sets.delete, key).result()
        sets.restore()
        with sets.using(key) as app:
            assert [one.title for one in app.conversations.conversations("me")] == ["Mine?"]
