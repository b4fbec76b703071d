"""Make one question model of two that were trained apart: `python -m tests.train.average A.onnx B.onnx OUT.onnx`.

Both began from the same weights, so that the mean of theirs is a network too, and a steadier one than either. Weights
kept as int8, with a scale for each column or one for all, are read, averaged and written as such again. Of one the
questions over real abstracts are all of one paper, so that it takes comparisons for such: their odds are LIFTED.
"""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import numpy_helper

Weights = dict[str, Any]

MARK = "_quantized"

KINDS, LIFTED = "k.bias", 2.3
"""The biases of the kinds, and what is added to that of comparisons: "How does A1 differ from B2?" is one again."""


def read(model: Any) -> Weights:
    """Return the arrays of a model by their names."""
    return {one.name: numpy_helper.to_array(one) for one in model.graph.initializer}


def whole(weights: Weights, name: str) -> Any:
    """Return what is kept as int8 as float32."""
    return (weights[name + MARK].astype(np.float32) - weights[name + "_zero_point"]) * weights[name + "_scale"]


def kept(mean: Any, like: Any, scale: Any) -> Weights:
    """Return an array as integers of this type, with its scale, one for each column where there was, and its zero."""
    if like.dtype == np.int8:
        steps = np.abs(mean).max(0 if scale.shape else None) / 127
        return {MARK: np.clip(np.round(mean / steps), -127, 127), "_scale": steps, "_zero_point": 0 * scale}
    low, high = min(float(mean.min()), 0.0), max(float(mean.max()), 0.0)
    steps = np.float32((high - low) / 255)
    zero = round(-low / float(steps))
    return {MARK: np.clip(np.round(mean / steps) + zero, 0, 255), "_scale": steps, "_zero_point": zero}


def average(first: Weights, second: Weights) -> Weights:
    """Return the mean of two models' arrays."""
    means = dict(first)
    for name, own in first.items():
        part = name.removesuffix(MARK)
        if name.endswith(MARK):
            made = kept((whole(first, part) + whole(second, part)) / 2, own, first[part + "_scale"])
            for end, values in made.items():
                like = first[part + end]
                means[part + end] = np.asarray(values, like.dtype).reshape(like.shape)
        elif own.dtype == np.float32 and not name.endswith("_scale"):
            means[name] = (own + second[name]) / 2
    return means


def main(first: Path, second: Path, to: Path) -> None:
    """Write the mean of two models."""
    model = onnx.load(first)
    means = average(read(model), read(onnx.load(second)))
    labels = json.loads({one.key: one.value for one in model.metadata_props}["labels"])
    means[KINDS][labels["kinds"].index("compare")] += LIFTED
    for one in model.graph.initializer:
        one.CopyFrom(numpy_helper.from_array(means[one.name], one.name))
    onnx.save(model, to)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
