"""Networks run in this process."""

from pathlib import Path

import numpy as np
import pytest

from paperchat.errors import StoreError
from paperchat.models.onnx import load_network, padded
from paperchat.paths import PRODUCTS, QUESTION_MODEL


def test_a_network_is_loaded_once() -> None:
    assert load_network(QUESTION_MODEL, "paperchat") is load_network(QUESTION_MODEL, "paperchat")


def test_a_file_that_is_missing_is_named_with_the_package_that_brings_it(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is missing") as error:
        load_network(tmp_path / "gone.onnx", "a-wheel")
    assert error.value.fix.endswith("a-wheel")


def test_rows_are_padded_to_the_longest() -> None:
    ids, mask = padded([[5, 6, 7], [8]])
    assert ids.tolist() == [[5, 6, 7], [8, 0, 0]]
    assert mask.tolist() == [[1, 1, 1], [1, 0, 0]]


def test_the_largest_products_of_eight_bits_come_out_right_on_this_processor() -> None:
    row = np.full((1, 64), 255, np.uint8)
    (products,) = load_network(PRODUCTS, "paperchat").run(None, {"row": row})
    assert products.tolist() == [[255 * 127 * 64] * 16]
