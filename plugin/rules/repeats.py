"""Rows that repeat the values of another row."""

from __future__ import annotations

import numpy as np


def repeated(
    ids: np.ndarray, *columns: np.ndarray, known: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Return rows that repeat the values of another row, and that row.

    Of each group of equal rows the one with the smallest id is the first; every other one
    is returned with it, ordered by id.
    """
    chosen = np.arange(len(ids)) if known is None else np.flatnonzero(known)
    if len(chosen) < 2:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    keys = [c[chosen] for c in columns]
    alone = np.sort(keys[0])
    if (alone[1:] != alone[:-1]).all():  # as nearly always: no two are equal already there
        return np.empty(0, np.int64), np.empty(0, np.int64)
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
