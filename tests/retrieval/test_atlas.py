"""The set as a picture: every paper that has a vector has a place and the subject of its like."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from paperchat.retrieval import atlas, themes
from paperchat.retrieval.atlas import NONE, Atlas, atlas_of, kept_atlas
from paperchat.retrieval.themes import Themes, themes_of
from paperchat.storage.folder import MAP
from paperchat.storage.store import Store
from paperchat.types import Paper, Vectors
from tests.retrieval.test_themes import PAPERS, vectors
from tests.samples import HashEmbedder


def drawn(papers: Sequence[Paper] = PAPERS) -> Atlas:
    return atlas_of(papers, themes_of(papers, vectors), vectors)


def test_every_paper_has_a_place_and_the_subject_of_its_group() -> None:
    found = drawn()
    assert (found.papers, found.places.shape, found.nowhere) == (tuple(PAPERS), (len(PAPERS), 2), 0)
    assert {found.subject(one.id) for one in PAPERS if one.title.startswith("Honey")} == {found.subject(PAPERS[0].id)}
    assert len({found.subject(one.id) for one in PAPERS[:3]}) == 3


def test_subjects_have_the_names_that_the_assistant_tells_of_them() -> None:
    found = themes_of(PAPERS, vectors)
    assert drawn().names == tuple(", ".join(theme.names) for theme in found.themes)
    assert [drawn().subjects.count(number) for number in range(3)] == [len(theme.papers) for theme in found.themes]


def test_a_paper_that_was_not_among_those_grouped_has_the_nearest_subject(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(themes, "SAMPLE", 21)
    monkeypatch.setattr(atlas, "BATCH", 10)
    found = drawn()
    assert themes_of(PAPERS, vectors).judged == 21
    for word in ("Honey", "Alpine", "Jury"):
        assert len({found.subject(one.id) for one in PAPERS if one.title.startswith(word)}) == 1


@contextmanager
def a_store(folder: Path, papers: Sequence[Paper]) -> Iterator[Store]:
    """A store of a folder that has these papers."""
    opened = Store(folder, HashEmbedder(), lambda line: None, lambda done, total: None)
    try:
        opened.add(papers)
        opened.refresh()
        yield opened
    finally:
        opened.close()


def found() -> Themes:
    return themes_of(PAPERS, vectors)


def never() -> Themes:
    raise AssertionError("it was drawn again")


def test_a_picture_is_kept_and_drawn_anew_only_when_the_papers_have_changed(tmp_path: Path) -> None:
    with a_store(tmp_path, PAPERS) as store:
        first = kept_atlas(store, found, vectors)
    with a_store(tmp_path, PAPERS) as store:
        again = kept_atlas(store, never, vectors)
        assert (again.papers, again.subjects, again.names, again.nowhere) == (
            first.papers,
            first.subjects,
            first.names,
            0,
        )
        assert again.places == pytest.approx(first.places, abs=1e-5)
        part = store.narrowed([PAPERS[0].id])
        with pytest.raises(AssertionError, match="drawn again"):
            kept_atlas(part, never, vectors)
    with (
        a_store(tmp_path, [replace(PAPERS[0], abstract="Something else.")]) as store,
        pytest.raises(AssertionError, match="drawn again"),
    ):
        kept_atlas(store, never, vectors)


@pytest.mark.parametrize("damage", ["", "{", '{"papers": 7}', None], ids=["empty", "cut", "another shape", "a folder"])
def test_a_picture_that_cannot_be_read_is_drawn_again(tmp_path: Path, damage: str | None) -> None:
    path = tmp_path / MAP
    if damage is None:
        path.mkdir()
    else:
        path.write_text(damage)
    with a_store(tmp_path, PAPERS) as store:
        assert kept_atlas(store, found, vectors).papers == tuple(PAPERS)


def test_a_paper_without_a_vector_is_nowhere() -> None:
    def some(papers: Sequence[Paper]) -> list[Vectors]:
        return [rows[: one.id != PAPERS[3].id] for one, rows in zip(papers, vectors(papers), strict=True)]

    found = atlas_of(PAPERS, themes_of(PAPERS, some), some)
    assert (found.nowhere, len(found.papers), found.subject(PAPERS[3].id)) == (1, len(PAPERS) - 1, "")


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_few_papers_have_places_and_no_subjects(count: int) -> None:
    found = drawn(PAPERS[:count])
    assert (len(found.papers), found.names, set(found.subjects)) == (count, (), {NONE} if count else set())
