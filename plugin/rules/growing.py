"""Columns that grow batch by batch without ever being held twice."""

from __future__ import annotations

import numpy as np


class Growing:
    """One column of all rows.

    Memory for the rows expected is reserved at once: what no row has filled yet costs
    nothing. Rows of zeros are not written, for reserved memory reads as zero.

    Parameters
    ----------
    expected : int
        Rows to come as far as known; more or fewer may come.
    """

    def __init__(self, expected: int = 0):
        self._expected = expected
        self._array: np.ndarray | None = None
        self._size = 0

    @property
    def row_bytes(self) -> int:
        """Bytes that one row takes."""
        return 0 if self._array is None else self._array[:1].nbytes

    def add(self, chunk: np.ndarray) -> None:
        """Append the values of some rows; texts may be wider than those before."""
        size = self._size + len(chunk)
        array = self._array
        if array is None:
            rows = max(self._expected, size)
            array = np.zeros((rows, *chunk.shape[1:]), chunk.dtype)
        elif chunk.dtype.itemsize > array.dtype.itemsize:
            wider = np.zeros(array.shape, chunk.dtype)
            wider[: self._size] = array[: self._size]
            array = wider
        if size > len(array):
            # A large block moves without being copied; an eighth more bounds what lies idle.
            array.resize((size + size // 8, *array.shape[1:]), refcheck=False)
        if chunk.dtype.kind not in "iuf" or chunk.any():
            array[self._size : size] = chunk
        self._array, self._size = array, size

    def values(self) -> np.ndarray | None:
        """Return the column of all rows, None before the first batch."""
        return None if self._array is None else self._array[: self._size]
