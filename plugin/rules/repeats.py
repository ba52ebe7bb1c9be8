"""Rows that repeat the values of another row."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

# Work on all rows goes slab by slab, so that it takes little memory beside the columns.
SLAB = 1 << 20
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


def slabs(n: int) -> Iterator[slice]:
    """Yield the parts of ``n`` rows that are worked on one after the other."""
    for start in range(0, n, SLAB):
        yield slice(start, min(start + SLAB, n))


def mixed(*columns: np.ndarray) -> np.ndarray:
    """Return one 64-bit number per row: rows of equal values have equal ones.

    Different values have, but for rare chances, different numbers.

    Parameters
    ----------
    columns : ndarray of numbers, shape (n,)
    """
    result = np.zeros(len(columns[0]), np.uint64)
    for column in columns:
        if column.dtype.kind == "f":
            column = column + 0.0  # a negative zero is no other value
        result ^= column.astype("f8" if column.dtype.kind == "f" else "i8").view(np.uint64)
        result *= _FIRST
        result ^= result >> np.uint64(29)
        result *= _SECOND
        result ^= result >> np.uint64(32)
    return result


def suspects(
    n: int, number: Callable[[slice], np.ndarray], known: np.ndarray | None = None
) -> np.ndarray:
    """Return the rows whose number another row has too, in ascending order.

    Takes 8 bytes a row, and what ``number`` takes for one slab.

    Parameters
    ----------
    n : int
    number : callable
        ``number(part)`` returns the 64-bit numbers of a part of the rows, see `mixed`;
        called twice for each.
    known : ndarray of bool, shape (n,), or None
        Rows that are compared at all.
    """
    numbers = np.empty(n if known is None else np.count_nonzero(known), np.uint64)
    filled = 0
    for part in slabs(n):
        some = number(part) if known is None else number(part)[known[part]]
        numbers[filled : filled + len(some)] = some
        filled += len(some)
    numbers.sort()
    twice = np.unique(numbers[1:][numbers[1:] == numbers[:-1]])
    del numbers
    found = [np.empty(0, np.int64)]
    for part in slabs(n) if len(twice) else ():
        some = number(part)
        place = np.minimum(np.searchsorted(twice, some), len(twice) - 1)
        same = twice[place] == some
        if known is not None:
            same &= known[part]
        found.append(np.flatnonzero(same) + part.start)
    return np.concatenate(found)


def repeated(
    ids: np.ndarray, *columns: np.ndarray, known: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Return rows that repeat the values of another row, and that row.

    Of each group of equal rows the one with the smallest id is the first; every other one
    is returned with it, ordered by id.
    """
    chosen = suspects(len(ids), lambda part: mixed(*(c[part] for c in columns)), known)
    if len(chosen) < 2:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    keys = [c[chosen] for c in columns]
    order = np.lexsort((ids[chosen], *reversed(keys)))
    same = np.ones(len(order) - 1, bool)
    for key in keys:
        ordered = key[order]
        same &= ordered[1:] == ordered[:-1]
    begins = np.flatnonzero(np.concatenate([[True], ~same]))
    first_of = begins[np.searchsorted(begins, np.arange(len(order)), side="right") - 1]
    later = np.flatnonzero(np.concatenate([[False], same]))
    rows, firsts = chosen[order[later]], chosen[order[first_of[later]]]
    by_id = np.argsort(ids[rows], kind="stable")
    return rows[by_id], firsts[by_id]
