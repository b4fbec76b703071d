"""Points in a plane: near ones stay near, and the same set has the same places."""

import numpy as np
import pytest

from paperchat.retrieval import projection
from paperchat.retrieval.projection import Floats, project
from paperchat.types import Vectors


def crowds(count: int, groups: int, wide: float = 0.25) -> tuple[Vectors, np.ndarray]:
    """Unit vectors around as many middles, and which middle each is at."""
    chance = np.random.default_rng(7)
    middles = chance.normal(size=(groups, 64))
    owner = np.arange(count) % groups
    points = middles[owner] + wide * chance.normal(size=(count, 64)) * 8**0.5
    unit: Vectors = (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32)
    return unit, owner


def kept(points: Floats, places: Floats, neighbours: int = 5) -> float:
    """The share of each point's nearest ones that are among the nearest in the plane."""
    shares = []
    for own, at in zip(points, places, strict=True):
        near = np.argsort(np.square(points - own).sum(axis=1))[1 : neighbours + 1]
        drawn = np.argsort(np.square(places - at).sum(axis=1))[1 : neighbours + 1]
        shares.append(len(set(near) & set(drawn)) / neighbours)
    return float(np.mean(shares))


def test_more_neighbours_are_kept_than_by_the_two_main_directions() -> None:
    points, _ = crowds(120, 8)
    assert kept(points, project(points)) > 1.4 * kept(points, projection._main_directions(points))


def test_papers_of_one_crowd_lie_together() -> None:
    points, owner = crowds(120, 6)
    places = project(points)
    nearest = [np.argsort(np.square(places - at).sum(axis=1))[1] for at in places]
    assert (owner[nearest] == owner).mean() > 0.95


def test_of_more_than_are_laid_out_together_the_others_go_to_their_like(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projection, "LANDMARKS", 60)
    monkeypatch.setattr(projection, "ROWS", 50)
    points, owner = crowds(240, 6)
    places = project(points)
    nearest = [np.argsort(np.square(places - at).sum(axis=1))[1] for at in places]
    assert (owner[nearest] == owner).mean() > 0.9


def test_the_same_points_have_the_same_places_in_the_unit_square() -> None:
    points, _ = crowds(50, 3)
    places = project(points)
    assert np.array_equal(places, project(points))
    assert places.min(axis=0).tolist() == [0, 0]
    assert places.max(axis=0).tolist() == [1, 1]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5, 6, 7])
def test_a_few_points_have_places_too(count: int) -> None:
    places = project(crowds(count, 2)[0])
    assert places.shape == (count, 2)
    assert np.isfinite(places).all()
    assert ((places >= 0) & (places <= 1)).all()


@pytest.mark.parametrize("count", [1, 3, 40])
def test_points_that_are_one_are_no_error(count: int) -> None:
    places = project(np.full((count, 8), 8**-0.5, np.float32))
    assert np.isfinite(places).all()


def test_points_some_of_which_are_one_are_no_error() -> None:
    points = np.concatenate([crowds(20, 3)[0]] * 3)
    assert np.isfinite(project(points)).all()
