"""Points of many dimensions laid out in a plane so that near ones stay near, by t-SNE (van der Maaten, Hinton 2008).

Exact t-SNE for at most LANDMARKS points needs numpy alone; of more points, the others go between their nearest ones.
Libraries for it (openTSNE, umap-learn, pacmap) bring scipy and scikit-learn or numba: 200 MB and more, for pictures
that keep hardly more of the neighbourhoods.
"""

import numpy as np
import numpy.typing as npt

from paperchat.types import Vectors

Floats = npt.NDArray[np.float32]

LANDMARKS = 600
"""Most points that are laid out together: the work grows with their square."""

NEIGHBOURS = 40
"""Points near to each whose distances count: the perplexity; less in a small set."""

EXAGGERATION, EXAGGERATED = 12, 150
"""What pulls neighbours together at first, and for how many steps."""

STEPS = 1_000

SLOW, FAST = 0.5, 0.8
"""How much of the last step is kept, at first and then."""

FEWEST = 5
"""Points that are too few for neighbourhoods: they are laid out by their two main directions."""

SAME = 1e-6
"""Width of what is one point, but for rounding."""

BETWEEN, SHARPNESS = 6, 8.0
"""Landmarks between which another point goes, and how much more the nearest of them counts."""

ROWS = 2_000
"""Points that are held against the landmarks at once."""


def project(points: Vectors) -> Floats:
    """Return a place in the unit square for each of these unit vectors, shape (n, 2); the same set has the same."""
    count = len(points)
    if count <= LANDMARKS:
        return _scaled(_laid_out(points))
    taken = np.linspace(0, count - 1, LANDMARKS).round().astype(int)
    landmarks, places = points[taken], _laid_out(points[taken])
    spread = np.concatenate([_between(points[at : at + ROWS], landmarks, places) for at in range(0, count, ROWS)])
    spread[taken] = places
    return _scaled(spread)


def _laid_out(points: Vectors) -> Floats:
    start = _main_directions(points)
    width = float(start[:, 0].std()) if len(start) else 0.0
    if len(points) < FEWEST or width < SAME:
        return start
    likeness = _likeness(_distances(points), min(NEIGHBOURS, (len(points) - 1) / 3))
    return _settled(likeness, (start / width * 1e-4).astype(np.float32))


def _main_directions(points: Vectors) -> Floats:
    """Return where points lie along the two directions in which they differ most (PCA)."""
    found = np.zeros((len(points), 2), np.float32)
    if len(points) > 1:
        centred = points - points.mean(axis=0)
        _, _, axes = np.linalg.svd(centred, full_matrices=False)
        turned = [axis * (1 if axis[np.abs(axis).argmax()] > 0 else -1) for axis in axes[:2]]
        found[:, : len(turned)] = centred @ np.array(turned).T
    return found


def _distances(points: Floats) -> Floats:
    """Return the squared distance of each two points."""
    lengths = np.square(points).sum(axis=1)
    distances: Floats = np.maximum(lengths[:, None] + lengths[None] - 2 * points @ points.T, 0)
    return distances


def _likeness(distances: Floats, perplexity: float) -> Floats:
    """Return how likely each two points are neighbours: normal in distance, as wide as to have so many neighbours."""
    others = ~np.eye(len(distances), dtype=bool)
    far = distances.astype(np.float64)
    narrow = np.full(len(far), 1 / max(float(np.median(far)), 1e-9))
    low, high = np.zeros(len(far)), np.full(len(far), np.inf)
    for _ in range(40):
        odds = np.exp(-(far - far.min(axis=1, keepdims=True)) * narrow[:, None]) * others
        odds /= odds.sum(axis=1, keepdims=True).clip(1e-300)
        entropy = -(odds * np.log(odds.clip(1e-300))).sum(axis=1)
        wide = entropy > np.log(perplexity)
        low, high = np.where(wide, narrow, low), np.where(wide, high, narrow)
        narrow = np.where(np.isinf(high), narrow * 2, (low + high) / 2).clip(1e-9, 1e9)
    both = odds + odds.T
    likeness: Floats = (both / both.sum()).astype(np.float32)
    return likeness


def _settled(likeness: Floats, places: Floats) -> Floats:
    """Return places whose nearness is like the likeness of their points, by gradient descent.

    No step is a product of matrices: for two columns numpy's threads would wait for each other more than they work.
    """
    speed, gains = np.zeros_like(places), np.ones_like(places)
    rate = max(len(places) / EXAGGERATION / 4, 50.0)
    for step in range(STEPS):
        first = step < EXAGGERATED
        across, down = (axis[:, None] - axis for axis in places.T)
        near = 1 / (1 + across * across + down * down)
        np.fill_diagonal(near, 0)
        pull = ((EXAGGERATION if first else 1) * likeness - near / near.sum()) * near
        slope = 4 * np.stack([(pull * across).sum(axis=1), (pull * down).sum(axis=1)], axis=1)
        gains = np.where((slope > 0) == (speed > 0), gains * 0.8, gains + 0.2).clip(0.01)
        speed = (SLOW if first else FAST) * speed - rate * gains * slope
        places = places + speed
        places -= places.mean(axis=0)
    return places


def _between(points: Vectors, landmarks: Vectors, places: Floats) -> Floats:
    """Return the places of points between those of the landmarks that are nearest to each."""
    near = points @ landmarks.T
    best = np.argpartition(-near, BETWEEN, axis=1)[:, :BETWEEN]
    weights = np.take_along_axis(near, best, axis=1).clip(1e-6) ** SHARPNESS
    weights /= weights.sum(axis=1, keepdims=True)
    between: Floats = np.einsum("ij,ijk->ik", weights, places[best]).astype(np.float32)
    return between


def _scaled(places: Floats) -> Floats:
    """Return the places moved and scaled into the unit square, each direction by itself."""
    if not len(places):
        return places
    low, high = places.min(axis=0), places.max(axis=0)
    width = np.where(high > low, high - low, 1)
    scaled: Floats = np.where(high > low, (places - low) / width, 0.5).astype(np.float32)
    return scaled
