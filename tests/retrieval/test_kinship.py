"""Lists of a large set: what the likeliest papers share finds the others, and where they end."""

import numpy as np
import pytest

from paperchat.retrieval.kinship import NARROWEST, WINDOW, Kinship, Parted, best, parting
from paperchat.types import Vectors

DIMENSION = 24
KINDRED = 40


@pytest.fixture
def usual() -> Vectors:
    """Papers taken as they come, which differ far more in their first half than in the rest."""
    far = np.repeat([3.0, 1.0], DIMENSION // 2)
    made: Vectors = (np.random.default_rng(1).normal(size=(500, DIMENSION)) * far).astype(np.float32)
    return made


@pytest.fixture
def papers() -> Vectors:
    """As many and no others, of which the first lie apart in one direction in which papers hardly differ."""
    far = np.repeat([3.0, 1.0], DIMENSION // 2)
    made: Vectors = (np.random.default_rng(2).normal(size=(WINDOW * 2, DIMENSION)) * far).astype(np.float32)
    made[:KINDRED, -1] += 9
    return made


def test_a_direction_in_which_papers_hardly_differ_tells_more_than_one_in_which_all_do(
    usual: Vectors, papers: Vectors
) -> None:
    scores = Kinship(usual).scores(papers, papers[:8])
    assert set(best(scores, KINDRED)) == set(range(KINDRED))


def test_members_that_nothing_else_speaks_for_are_found_by_what_the_likeliest_share(
    usual: Vectors, papers: Vectors
) -> None:
    likely = [3.0 if place < 8 else 0.0 for place in range(len(papers))]
    parted = Kinship(usual).part(papers, likely, [None] * len(papers))
    assert np.flatnonzero(parted.scores >= parted.least).tolist() == list(range(KINDRED))


def test_members_end_where_scores_fall_apart_and_a_little_below() -> None:
    scores = np.array([9, 10, 11, *np.linspace(0, 1, NARROWEST)], np.float32)
    parted = parting(scores, NARROWEST)
    assert (scores >= parted.least).sum() == 3
    assert parted.least < 5 < parted.mean == 10


def test_what_is_far_behind_does_not_move_where_members_end() -> None:
    scores = np.array([9, 10, 11, *np.linspace(0, 1, 50)], np.float32)
    with_tail = np.concatenate([scores, np.full(5000, -8, np.float32)])
    assert parting(with_tail, 53).least == parting(scores, 53).least


def test_the_least_of_members_has_the_least_chance() -> None:
    parted = parting(np.array([9, 10, 11, *np.linspace(0, 1, 50)], np.float32), 53)
    at_least = Parted(np.array([parted.least, parted.mean, -1e9], np.float32), parted.least, parted.mean)
    low, middle, none = at_least.chances(0.25)
    assert low == pytest.approx(0.25)
    assert middle > 0.8
    assert none < 1e-9
