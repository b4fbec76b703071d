"""The subjects of a set: groups by meaning, named by their titles; the same set has the same ones."""

from collections.abc import Sequence

import numpy as np
import pytest

from paperchat.retrieval import themes
from paperchat.retrieval.themes import Themes, themes_of
from paperchat.types import Paper, Vectors
from tests.samples import HashEmbedder, paper

SUBJECTS = {
    "bees": (
        "Honey bees and pesticide {}",
        "Honey bees forage less after pesticide was sprayed on the flowers of field {}.",
    ),
    "glaciers": ("Alpine glaciers lose ice {}", "Alpine glaciers lose ice as summers warm, says gauge {}."),
    "courts": ("Jury trials at county courts {}", "Jury trials at county courts end sooner with lawyer {}."),
}
PAPERS = [paper(title.format(f"no{n}"), text.format(n)) for n in range(14) for title, text in SUBJECTS.values()]


def vectors(papers: Sequence[Paper]) -> list[Vectors]:
    embedder = HashEmbedder()
    return [embedder.embed_passages([f"{one.title} {one.abstract}"]) for one in papers]


def found(papers: list[Paper] = PAPERS) -> Themes:
    return themes_of(papers, vectors)


def test_papers_of_one_subject_are_one_group() -> None:
    groups = {frozenset(one.title.split()[0] for one in theme.papers) for theme in found().themes}
    assert groups == {frozenset({"Honey"}), frozenset({"Alpine"}), frozenset({"Jury"})}
    assert [len(theme.papers) for theme in found().themes] == [14, 14, 14]


def test_a_group_is_named_by_what_its_titles_have_and_others_have_not() -> None:
    names = {theme.papers[0].title.split()[0]: theme.names for theme in found().themes}
    assert names["Honey"][0] in ("honey bees", "bees pesticide")
    assert names["Alpine"][0] in ("alpine glaciers", "glaciers lose", "lose ice")
    words = [word for own in names.values() for name in own for word in name.split()]
    assert not {"at", "and"} & set(words)
    assert len(words) == len(set(words))


def test_every_paper_is_in_one_group_and_the_same_set_has_the_same_groups() -> None:
    theme_papers = [one for theme in found().themes for one in theme.papers]
    assert sorted(one.id for one in theme_papers) == sorted(one.id for one in PAPERS)
    assert found() == found()


@pytest.mark.parametrize("count", [0, 1, themes.FEWEST - 1])
def test_a_few_papers_are_not_grouped(count: int) -> None:
    assert found(PAPERS[:count]) == Themes((), count)


def test_papers_that_say_the_same_are_no_error() -> None:
    same = [Paper(f"p{n}", "Honey bees", "Honey bees forage.", "f") for n in range(20)]
    assert sum(len(theme.papers) for theme in found(same).themes) == 20


def test_a_paper_without_an_abstract_is_in_no_group() -> None:
    bare = Paper("bare", "A title alone", " ", "f")

    def own(papers: Sequence[Paper]) -> list[Vectors]:
        return [
            np.empty((0, 384), np.float32) if one == bare else rows
            for one, rows in zip(papers, vectors(papers), strict=True)
        ]

    grouped = themes_of([*PAPERS, bare], own)
    assert bare not in [one for theme in grouped.themes for one in theme.papers]
    assert grouped.judged == len(PAPERS)


def test_of_a_large_set_a_sample_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(themes, "SAMPLE", 20)
    read: list[Paper] = []

    def counted(papers: Sequence[Paper]) -> list[Vectors]:
        read.extend(papers)
        return vectors(papers)

    grouped = themes_of(PAPERS, counted)
    assert len(read) == grouped.judged == 14  # every third of 42
    assert sum(len(theme.papers) for theme in grouped.themes) == 14
