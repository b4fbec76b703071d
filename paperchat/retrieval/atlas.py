"""The set as a picture: each paper a point, near those of like meaning, in the colour of its subject."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from paperchat.retrieval.projection import Floats, project
from paperchat.retrieval.themes import Theme, Themes
from paperchat.storage.drawing import Drawing, read_drawing, write_drawing
from paperchat.storage.manifest import read_manifest
from paperchat.storage.store import Store
from paperchat.types import Paper, Vectors

DRAWN = "t-SNE of the means of sentences, v1"
"""How a picture is drawn: one that is kept and was drawn otherwise is drawn anew."""

BATCH = 1_000
"""Papers whose sentences' vectors are in memory at once."""

NAMELESS = "other subjects"
"""Of papers whose titles share no word."""

NONE = -1
"""The subject of a paper in a set that is too small to have any."""


@dataclass(frozen=True)
class Atlas:
    """A place in the unit square and a subject for each paper that has a vector.

    `papers[n]` is at `places[n]`, about `names[subjects[n]]`; a set too small to have subjects has no names, and its
    papers NONE. `nowhere` are the papers without a vector.
    """

    papers: tuple[Paper, ...]
    places: Floats
    subjects: tuple[int, ...]
    names: tuple[str, ...]
    nowhere: int = 0

    def subject(self, paper_id: str) -> str:
        """Return what a paper is about, an empty string where that is not known."""
        number = self._numbers.get(paper_id, NONE)
        return "" if number == NONE else self.names[number]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {paper.id: number for paper, number in zip(self.papers, self.subjects, strict=True)}


def atlas_of(papers: Sequence[Paper], themes: Themes, vectors: Callable[[Sequence[Paper]], Sequence[Vectors]]) -> Atlas:
    """Return the picture of a set with these subjects; `vectors` gives those of each paper's sentences."""
    drawn, rows = [], []
    for paper, mean in _means(papers, vectors):
        drawn.append(paper)
        rows.append(mean)
    names = tuple(", ".join(theme.names) or NAMELESS for theme in themes.themes)
    if not drawn:
        return Atlas((), np.zeros((0, 2), np.float32), (), names, len(papers))
    points = _unit(np.stack(rows) - np.mean(rows, axis=0))
    subjects = tuple(_subjects(drawn, points, themes.themes))
    return Atlas(tuple(drawn), project(points), subjects, names, len(papers) - len(drawn))


def kept_atlas(
    store: Store, themes: Callable[[], Themes], vectors: Callable[[Sequence[Paper]], Sequence[Vectors]]
) -> Atlas:
    """Return the picture of a store's papers as it was drawn from the same ones, else as it is drawn now; keep it."""
    path = store.map_file
    manifest = read_manifest(path.parent) if path else None
    made_of = f"{DRAWN}: {manifest.embedder} {manifest.digest}" if manifest else ""
    kept = read_drawing(path, made_of) if path and made_of else None
    if kept and len(kept.papers) + kept.nowhere == len(store.papers) and set(kept.papers) <= set(store.papers):
        papers, places = tuple(store.papers[key] for key in kept.papers), np.array(kept.places, np.float32)
        return Atlas(papers, places.reshape(-1, 2), kept.subjects, kept.names, kept.nowhere)
    atlas = atlas_of(tuple(store.papers.values()), themes(), vectors)
    if path and made_of:
        rows = tuple((x, y) for x, y in atlas.places.astype(float).round(5).tolist())
        ids = tuple(paper.id for paper in atlas.papers)
        write_drawing(path, Drawing(made_of, ids, rows, atlas.subjects, atlas.names, atlas.nowhere))
    return atlas


def _means(
    papers: Sequence[Paper], vectors: Callable[[Sequence[Paper]], Sequence[Vectors]]
) -> Iterator[tuple[Paper, Vectors]]:
    """Yield each paper that has vectors with their mean, which is what it is about."""
    for start in range(0, len(papers), BATCH):
        batch = papers[start : start + BATCH]
        for paper, own in zip(batch, vectors(batch), strict=True):
            if len(own):
                yield paper, own.mean(axis=0)


def _subjects(papers: Sequence[Paper], points: Vectors, themes: Sequence[Theme]) -> Iterator[int]:
    """Yield the subject of each paper: that of its group, or of the nearest where it was not among those grouped."""
    own = {paper.id: number for number, theme in enumerate(themes) for paper in theme.papers}
    known = np.array([own.get(paper.id, NONE) for paper in papers])
    if not themes:
        yield from known.tolist()
        return
    middles = _unit(np.stack([points[known == number].sum(axis=0) for number in range(len(themes))]))
    nearest = (points @ middles.T).argmax(axis=1)
    yield from np.where(known == NONE, nearest, known).tolist()


def _unit(rows: Vectors) -> Vectors:
    unit: Vectors = (rows / np.linalg.norm(rows, axis=-1, keepdims=True).clip(1e-12)).astype(np.float32)
    return unit
