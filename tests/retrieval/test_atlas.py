"""The set as a picture: every paper that has a vector has a place and the subject of its like."""

from collections.abc import Sequence

import pytest

from paperchat.retrieval import atlas, themes
from paperchat.retrieval.atlas import NONE, Atlas, atlas_of
from paperchat.retrieval.themes import themes_of
from paperchat.types import Paper, Vectors
from tests.retrieval.test_themes import PAPERS, vectors


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


def test_a_paper_without_a_vector_is_nowhere() -> None:
    def some(papers: Sequence[Paper]) -> list[Vectors]:
        return [rows[: one.id != PAPERS[3].id] for one, rows in zip(papers, vectors(papers), strict=True)]

    found = atlas_of(PAPERS, themes_of(PAPERS, some), some)
    assert (found.nowhere, len(found.papers), found.subject(PAPERS[3].id)) == (1, len(PAPERS) - 1, "")


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_few_papers_have_places_and_no_subjects(count: int) -> None:
    found = drawn(PAPERS[:count])
    assert (len(found.papers), found.names, set(found.subjects)) == (count, (), {NONE} if count else set())
