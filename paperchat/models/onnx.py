"""Networks run in this process: the only place that knows onnxruntime."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from paperchat.errors import StoreError
from paperchat.paths import PRODUCTS

_LOADING = Lock()

LARGEST = (255, 127)
"""The largest numbers of eight bits that networks multiply: without a sign, and with one."""


def load_network(path: Path, package: str) -> Any:
    """Return the session of a network's file, made once; whoever loads it ahead lets other work go on meanwhile.

    Raises StoreError where the file is not there, with the package that brings it.
    """
    with _LOADING:
        return _session(path, package)


@cache
def _session(path: Path, package: str) -> Any:
    if not path.is_file():
        raise StoreError(f"The model file {path.name} is missing.", f"Run: pip install --force-reinstall {package}")
    return _opened(path, not _multiplies_exactly())


@cache
def _multiplies_exactly() -> bool:
    """Tell whether products of eight bits come out right on this processor; without VNNI they overflow on x64.

    Source: https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html, on U8S8.
    """
    left, right = LARGEST
    row = np.full((1, 64), left, np.uint8)
    products = _opened(PRODUCTS, careful=False).run(None, {"row": row})[0]
    return bool((products == left * right * row.size).all())


def _opened(path: Path, careful: bool) -> Any:
    """Return a new session; a careful one multiplies without overflow on every processor, and more slowly."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.add_session_config_entry("session.x64quantprecision", "1" if careful else "0")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def padded(rows: Sequence[Sequence[int]]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return rows of token ids as one table, and which of its places hold a token, both of shape (n, longest)."""
    width = max(map(len, rows))
    ids = np.array([[*row, *[0] * (width - len(row))] for row in rows], np.int64)
    return ids, np.array([[1] * len(row) + [0] * (width - len(row)) for row in rows], np.int64)
