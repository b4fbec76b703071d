"""How what was read becomes part of a set, and follows its files."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from paperchat.storage.following import Following
from paperchat.storage.incoming import NOTHING, Order, local_time
from paperchat.storage.intake import gather_files
from paperchat.storage.report import Report
from paperchat.storage.store import Store
from tests.samples import GRAPHS, HashEmbedder


def bib(**titles: str) -> str:
    """Return entries by their keys: each a title, and an abstract that says so."""
    return "\n".join(
        f"@misc{{{k}, title={{{t}}}, year=2020, abstract={{This tells of {t}.}}}}" for k, t in titles.items()
    )


ONE = bib(a="Soil and water", b="Trees and their rings")
TWO = bib(a="Soil and water", c="Stars above the plain")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "s", HashEmbedder(), lambda line: None, lambda done, total: None)
    opened.refresh()
    yield opened
    opened.close()


@pytest.fixture
def followed(store: Store, tmp_path: Path) -> Callable[..., Report]:
    """Follow a folder after a file in it became other, and settle what that brings."""
    (tmp_path / "lib").mkdir()

    def follow(text: str | None = None, sure: bool = False, name: str = "a.bib") -> Report:
        if text is not None:
            (tmp_path / "lib" / name).write_text(text)
        folder = (tmp_path / "lib").resolve()
        report = store.incoming.take_in(gather_files([folder]), Following((folder,), sure))
        store.incoming.embed()
        store.incoming.settle()
        store.refresh()
        return report

    return follow


def titles(store: Store) -> list[str]:
    return [paper.title.split()[0] for paper in store.papers.values()]


def test_what_is_taken_in_waits_is_embedded_and_settled(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text(ONE)
    report = store.incoming.take_in(gather_files([tmp_path / "a.bib"]))
    assert (report.added, store.incoming.count(), store.incoming.is_ready(), titles(store)) == (2, 2, False, [])
    again = store.incoming.take_in(gather_files([tmp_path / "a.bib"]))
    assert (again.added, store.incoming.count()) == (2, 2)  # none is part of the set yet
    store.incoming.embed()
    assert store.incoming.is_ready()
    assert store.incoming.settle() == 2
    store.refresh()
    assert titles(store) == ["Soil", "Trees"]
    assert all(paper.imported[:10] == local_time()[:10] for paper in store.papers.values())


def test_embedding_stops_between_a_few_papers_and_goes_on(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text(bib(**{f"k{n}": f"Number {n} of many" for n in range(20)}))
    store.incoming.take_in(gather_files([tmp_path / "a.bib"]))
    told: list[tuple[int, int]] = []
    incoming = replace(store.incoming, progress=lambda done, total: told.append((done, total)))
    incoming.embed(lambda: len(told) == 1)
    assert told == [(0, 20)]
    assert incoming.settle() == 8
    incoming.embed()
    assert told[1:] == [(0, 12), (8, 12), (12, 12)]
    assert incoming.settle() == 12


def test_a_changed_paper_keeps_its_time_and_the_first_time_stays(store: Store, followed: Callable[..., Report]) -> None:
    followed(ONE)
    (before, _) = store.papers.values()
    followed(ONE.replace("tells of Soil", "speaks of Soil"))
    (after, _) = store.papers.values()
    assert "speaks" in after.abstract
    assert after.imported == before.imported


def test_papers_follow_their_folder(store: Store, followed: Callable[..., Report]) -> None:
    store.add([GRAPHS])
    first = followed(ONE)
    assert (first.added, first.removed) == (2, 0)
    second = followed(TWO)
    assert (second.added, second.unchanged, second.removed, second.stayed) == (1, 1, 1, ())
    assert titles(store) == ["GraphMAE:", "Soil", "Stars"]
    assert second.as_json()["removed"] == 1
    assert [path.name for path in store.incoming.followed()] == ["lib"]


def test_a_changed_title_is_that_paper_where_an_identifier_tells_and_the_newer_wins(
    store: Store, followed: Callable[..., Report]
) -> None:
    entry = "@article{a, title={%s}, doi={10.1000/a}, author={Ogden, Maria}, year=2019, abstract={It holds water.}}"
    followed(entry % "Soil and wter")
    report = followed(entry.replace("author={Ogden, Maria}, ", "") % "Soil and water")
    assert (report.changed, report.removed) == (1, 0)
    assert [paper.title for paper in store.papers.values()] == ["Soil and water"]


def test_a_paper_that_another_file_has_too_stays(store: Store, followed: Callable[..., Report], tmp_path: Path) -> None:
    (tmp_path / "other.bib").write_text(bib(z="Trees and their rings"))
    store.incoming.take_in(gather_files([tmp_path / "other.bib"]))
    followed(ONE)
    assert followed(TWO).removed == 0
    assert "Trees" in titles(store)


def test_a_folder_that_was_emptied_or_cut_off_removes_nothing_but_when_that_is_meant(
    store: Store, followed: Callable[..., Report], tmp_path: Path
) -> None:
    followed(ONE)
    (tmp_path / "lib" / "a.bib").unlink()
    empty = followed()
    assert (empty.removed, titles(store)) == (0, ["Soil", "Trees"])
    assert "Nothing was read of" in empty.stayed[0]
    cut = followed(bib(a="Soil and water") + "\n@misc{b, title={Trees and")
    assert cut.removed == 0
    assert "was not read whole: 1 paper not found in it stays" in cut.stayed[0]
    assert followed(sure=True).removed == 1
    assert titles(store) == ["Soil"]


def test_files_that_were_only_lent_are_no_origin(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.bib").write_text(ONE)
    monkeypatch.chdir(tmp_path)
    store.incoming.take_in(gather_files([tmp_path / "a.bib"]).uploaded())
    assert store.incoming.record.origins.all() == {}
    assert {paper.source for paper in store.incoming.record.waiting.papers()} == {"a.bib"}


def test_an_order_is_to_do_something_or_nothing() -> None:
    assert not NOTHING
    assert Order((Path("a"),))
    assert Order(following=Following(()))
    assert Order(goes_on=True)
