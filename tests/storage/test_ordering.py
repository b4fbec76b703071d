"""What a store is opened for."""

from pathlib import Path

import pytest

from paperchat.errors import InputError
from paperchat.storage.following import Following
from paperchat.storage.incoming import NOTHING, Order
from paperchat.storage.intake import gather_files
from paperchat.storage.ordering import carry_out
from paperchat.storage.report import Report
from paperchat.storage.store import Store
from tests.samples import GRAPHS, HashEmbedder
from tests.storage.test_incoming import ONE, TWO


class Opened:
    """Opens a store for an order and notes what was said and how many papers there were."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.said = folder, list[str]()
        self.papers: list[str] = []

    def __call__(self, order: Order = NOTHING) -> Report:
        self.said.clear()
        store, report = carry_out(order, self.store, self.said.append)
        self.papers = [paper.title.split()[0] for paper in store.papers.values()]
        store.close()
        return report

    def store(self) -> Store:
        return Store(self.folder, HashEmbedder(), self.said.append, lambda done, total: None)

    def left(self, *files: Path) -> None:
        """Leave files as a kill does that came before any was embedded."""
        store = self.store()
        store.incoming.take_in(gather_files(files))
        store.close()


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    (tmp_path / "a.bib").write_text(ONE)
    return Opened(tmp_path / "s")


def test_a_new_store_has_what_is_ordered_or_the_shipped_papers(opened: Opened, tmp_path: Path) -> None:
    assert opened(Order((tmp_path / "a.bib",))).added == 2
    assert opened.papers == ["Soil", "Trees"]
    other = Opened(tmp_path / "other")
    assert other() == Report()
    assert len(other.papers) == 118


def test_what_waits_in_a_set_waits_on_until_it_is_asked_for(opened: Opened, tmp_path: Path) -> None:
    store = opened.store()
    store.add([GRAPHS])
    store.close()
    opened.left(tmp_path / "a.bib")
    opened()
    assert (opened.papers, opened.said[0]) == (
        ["GraphMAE:"], "2 papers were taken in and wait to be indexed: paperchat index goes on with them.",
    )  # fmt: skip
    opened(Order(goes_on=True))
    assert opened.papers == ["GraphMAE:", "Soil", "Trees"]
    opened()
    assert opened.said == []


def test_a_new_store_goes_on_with_what_waits_and_gets_no_shipped_papers(opened: Opened, tmp_path: Path) -> None:
    opened.left(tmp_path / "a.bib")
    opened()
    assert opened.papers == ["Soil", "Trees"]


def test_files_that_cannot_be_read_are_told_before_a_store_is_made(opened: Opened, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        opened(Order((tmp_path / "absent.bib",)))
    assert not opened.folder.exists()


def test_a_file_is_followed_also_without_being_named_again(opened: Opened, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="follows no file or folder yet"):
        opened(Order(following=Following(())))
    opened(Order(following=Following((tmp_path / "a.bib",))))
    (tmp_path / "a.bib").write_text(TWO)
    report = opened(Order(following=Following(())))
    assert (report.added, report.removed, opened.papers) == (1, 1, ["Soil", "Stars"])
    (tmp_path / "a.bib").write_text(TWO.splitlines()[0])
    opened(Order(following=Following(())))
    assert (opened.papers, opened.said[-1]) == (
        ["Soil"],
        "The set of papers has changed: bringing the index up to date.",
    )


def test_a_source_that_is_missing_is_told_and_takes_nothing_away(opened: Opened, tmp_path: Path) -> None:
    opened(Order(following=Following((tmp_path / "a.bib",))))
    (tmp_path / "a.bib").unlink()
    with pytest.raises(InputError, match=r"Nothing was read of .*a\.bib: its 2 papers stay \(--yes removes them\)"):
        opened(Order(following=Following(())))
    opened()
    assert opened.papers == ["Soil", "Trees"]
    assert opened(Order(following=Following((), sure=True))).removed == 2
    with pytest.raises(InputError, match=r"Cannot read .*b\.bib: No such file"):
        opened(Order(following=Following((tmp_path / "b.bib",))))
