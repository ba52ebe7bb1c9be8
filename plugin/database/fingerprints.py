"""Fingerprints of rows, worked out column by column: 128 bits that are the same in every version.

Each word of a value goes through a one-to-one scrambling with multipliers drawn from the
column's name and the word's place, and the words of a row are added up. Zero words add
nothing, so a value's fingerprint does not depend on how wide the others are. It tells equal
from changed; it is no seal against forgery.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from .cells import Cells

_CHUNK = 8192  # rows whose columns fit the processor's cache


def fingerprints(columns: Mapping[str, Cells]) -> np.ndarray:
    """Return a fingerprint per row that changes with any value and with the set of columns.

    Parameters
    ----------
    columns : mapping of str to Cells
        All of the same rows; their order does not matter.

    Returns
    -------
    ndarray of void, shape (n,), 16 bytes each
    """
    n = len(next(iter(columns.values())).lengths)
    sums = np.zeros((2, n), np.uint64)
    for name, cells in columns.items():
        words = cells.matrix.view("<u8")
        lengths = cells.lengths.astype(np.int64).astype(np.uint64)  # null is all ones
        for start in range(0, n, _CHUNK):
            part = slice(start, start + _CHUNK)
            _add(sums[:, part], lengths[part] + np.uint64(2), name, "length")
            for place in range(words.shape[1]):
                _add(sums[:, part], words[part, place], name, str(place))
        for row, value in cells.long.items():
            digest = hashlib.blake2b(value, digest_size=16).digest()
            for place, word in enumerate(np.frombuffer(digest, "<u8")):
                _add(sums[:, row : row + 1], word[None], name, f"long {place}")
    made = np.empty((n, 2), "<u8")
    made[:, 0], made[:, 1] = sums
    return made.view("V16").reshape(n)


@lru_cache(maxsize=4096)
def _multipliers(name: str, place: str) -> tuple[np.uint64, np.uint64, np.uint64]:
    seed = hashlib.blake2b(f"{name}\0{place}".encode(), digest_size=24).digest()
    first, second, third = (int(v) | 1 for v in np.frombuffer(seed, "<u8"))
    return np.uint64(first), np.uint64(second), np.uint64(third)


_32, _29 = np.uint64(32), np.uint64(29)


def _add(sums: np.ndarray, words: np.ndarray, name: str, place: str) -> None:
    first, second, third = _multipliers(name, place)
    mixed = words * first
    mixed ^= mixed >> _32
    mixed *= second
    mixed ^= mixed >> _29
    sums[0] += mixed
    mixed *= third
    mixed ^= mixed >> _32
    sums[1] += mixed
