"""The vectors of a store's windows."""

import math

import numpy as np

from paperchat.storage.store import windows


def test_a_window_is_a_sentence_with_its_neighbours() -> None:
    one, other = [1.0, 0.0], [0.0, 1.0]
    found = windows(np.array([one, other, other], np.float32))
    half, third = math.sqrt(0.5), math.sqrt(0.2)
    assert np.allclose(found, [[half, half], [third, 2 * third], [0.0, 1.0]])
    assert np.allclose(windows(np.array([one], np.float32)), [one])
