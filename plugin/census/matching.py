"""Which component of one survey is which of another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from ..rules.batch import Batch


@dataclass(frozen=True)
class Matching:
    """Which component of the second survey is which of the first.

    Attributes
    ----------
    sample, checked : ndarray of int64, shape (m,)
        Rows of the pairs.
    distance : ndarray of float64, shape (m,)
    missed : ndarray of int64
        Rows of ``checked`` that the first survey lacks.
    surplus : ndarray of int64
        Rows of ``sample`` that the second survey did not find.
    """

    sample: np.ndarray
    checked: np.ndarray
    distance: np.ndarray
    missed: np.ndarray
    surplus: np.ndarray


def match(sample: Batch, checked: Batch, *, reach: float = 10.0) -> Matching:
    """Match two surveys of the same places.

    Rows with the same ``uuid`` are the same component. The rest is matched by place, one
    to one, so that the distances are smallest in all, same class before other class.

    Parameters
    ----------
    sample, checked : Batch
        First and second survey.
    reach : float
        Largest distance between the two positions of one component.
    """
    first, second = _by_uuid(sample, checked)
    free_first = np.setdiff1d(_located(sample), first)
    free_second = np.setdiff1d(_located(checked), second)
    a, b = _by_place(sample, checked, free_first, free_second, reach)
    first, second = np.concatenate([first, a]), np.concatenate([second, b])
    distance = np.full(len(first), np.nan)
    if sample.geometry is not None and checked.geometry is not None:
        distance = shapely.distance(sample.geometry[first], checked.geometry[second])
    return Matching(
        first,
        second,
        distance,
        np.setdiff1d(np.arange(len(checked)), second),
        np.setdiff1d(np.arange(len(sample)), first),
    )


def _located(batch: Batch) -> np.ndarray:
    if batch.geometry is None:
        return np.empty(0, int)
    return np.flatnonzero(~(shapely.is_missing(batch.geometry) | shapely.is_empty(batch.geometry)))


def _by_uuid(sample: Batch, checked: Batch) -> tuple[np.ndarray, np.ndarray]:
    known = {k: i for i, k in reversed(list(enumerate(sample.text("uuid").tolist()))) if k}
    pairs: dict[int, int] = {}
    for row, key in enumerate(checked.text("uuid").tolist()):
        if key in known:
            pairs.setdefault(known[key], row)
    return np.array(list(pairs), int), np.array(list(pairs.values()), int)


def _by_place(
    sample: Batch, checked: Batch, rows: np.ndarray, others: np.ndarray, reach: float
) -> tuple[np.ndarray, np.ndarray]:
    none = np.empty(0, int)
    if not len(rows) or not len(others) or sample.geometry is None or checked.geometry is None:
        return none, none
    shapes, places = sample.geometry[rows], checked.geometry[others]
    i, j = shapely.STRtree(places).query(shapes, predicate="dwithin", distance=reach)
    if not len(i):
        return none, none
    cost = shapely.distance(shapes[i], places[j])
    same = sample.text("class_code")[rows[i]] == checked.text("class_code")[others[j]]
    cost = cost + np.where(same, 0.0, reach)
    # Only rows within reach of each other compete: many small problems, not one large one.
    n, m = len(rows), len(others)
    links = csr_matrix((np.ones(len(i)), (i, n + j)), shape=(n + m, n + m))
    _, group = connected_components(links, directed=False)
    first, second = [], []
    order = np.argsort(group[i], kind="stable")
    for part in np.split(order, np.flatnonzero(np.diff(group[i][order])) + 1):
        left, a = np.unique(i[part], return_inverse=True)
        right, b = np.unique(j[part], return_inverse=True)
        # Pairs out of reach cost more than all others together, and are dropped.
        far = 3.0 * reach * (min(len(left), len(right)) + 1)
        matrix = np.full((len(left), len(right)), far)
        matrix[a, b] = cost[part]
        chosen, to = linear_sum_assignment(matrix)
        good = matrix[chosen, to] < far
        first.append(rows[left[chosen[good]]])
        second.append(others[right[to[good]]])
    return np.concatenate(first), np.concatenate(second)
