"""Text columns: "" where it is handy to compare, null where it is stored."""

from __future__ import annotations

from typing import Any

import numpy as np

# NumPy's stubs know no None among objects.
_NULL: Any = None


def null_to_blank(values: np.ndarray) -> np.ndarray:
    """Return the text column with "" for null."""
    return np.where(np.equal(values, _NULL), "", values)


def blank_to_null(values: np.ndarray) -> np.ndarray:
    """Return the text column with None for ""."""
    return np.where(np.equal(values, ""), _NULL, values).astype(object)


def nulls(n: int) -> np.ndarray:
    """Return a text column of nulls, shape (n,)."""
    return np.full(n, _NULL, dtype=object)


def looked_up(values: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Return ``values[rows]`` with null where the row is -1 or the value is blank."""
    with_null = np.concatenate([blank_to_null(values), nulls(1)])
    return with_null[rows]
