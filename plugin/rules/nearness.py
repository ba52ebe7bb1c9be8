"""Points of one kind that lie suspiciously near each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from scipy.spatial import cKDTree

from .repeats import repeated


def distance_of(code: str, parameters: Mapping[str, Any]) -> float:
    """Return the distance that holds for a class: of its longest known beginning."""
    by_class = parameters["by_class"]
    matches = [c for c in by_class if code.startswith(c)]
    return float(by_class[max(matches, key=len)] if matches else parameters["distance"])


def repeats(
    ids: np.ndarray, xy: np.ndarray, kind: np.ndarray, distances: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return rows that repeat another one of their kind nearby.

    Of two near points the one with the larger id repeats the other. Memory and time do not
    grow with the number of pairs: points in one place are joined first, then each place
    looks at its nearest neighbour only.

    Parameters
    ----------
    ids : ndarray of int64, shape (n,)
    xy : ndarray of float64, shape (n, 2)
        In metres; NaN where unknown.
    kind : ndarray of int, shape (n,)
    distances : ndarray of float64
        Largest distance by kind; at 0 only points in the very same place count.

    Returns
    -------
    rows, partners : ndarray of int64, shape (m,)
        Ordered by id.
    apart : ndarray of float64, shape (m,)
    """
    known = ~np.isnan(xy).any(axis=1) & (distances[kind] >= 0)
    rows, partners = repeated(ids, kind, xy[:, 0], xy[:, 1], known=known)
    apart = np.zeros(len(rows))
    known[rows] = False
    alone = np.flatnonzero(known & (distances[kind] > 0))
    # Sorted by kind and place, ties between neighbours fall the same way in any row order.
    alone = alone[np.lexsort((xy[alone, 1], xy[alone, 0], kind[alone]))]
    found = [(rows, partners, apart)]
    starts = np.flatnonzero(np.diff(kind[alone], prepend=-1))
    for members in np.split(alone, starts[1:]):
        if len(members) > 1:
            found.append(_near(members, ids, xy, float(distances[kind[members[0]]])))
    rows, partners, apart = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.lexsort((apart, ids[rows]))
    rows, partners, apart = rows[order], partners[order], apart[order]
    first = np.flatnonzero(np.diff(rows, prepend=-1))
    return rows[first], partners[first], apart[first]


def _near(
    members: np.ndarray, ids: np.ndarray, xy: np.ndarray, distance: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    tree = cKDTree(xy[members])
    # The bound is exclusive.
    apart, nearest = tree.query(
        xy[members], k=2, distance_upper_bound=np.nextafter(distance, np.inf)
    )
    close = np.flatnonzero(np.isfinite(apart[:, 1]))
    one, other = members[close], members[nearest[close, 1]]
    later = ids[one] > ids[other]
    return np.where(later, one, other), np.where(later, other, one), apart[close, 1]
