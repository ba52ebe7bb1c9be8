"""Points of one kind that lie suspiciously near each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from scipy.spatial import cKDTree

from .repeats import mixed, repeated, slabs, suspects


def distance_of(code: str, parameters: Mapping[str, Any]) -> float:
    """Return the distance that holds for a class: of its longest known beginning."""
    by_class = parameters["by_class"]
    matches = [c for c in by_class if code.startswith(c)]
    return float(by_class[max(matches, key=len)] if matches else parameters["distance"])


def repeats(
    ids: np.ndarray,
    xy: np.ndarray,
    kind: np.ndarray,
    distances: np.ndarray,
    *,
    scale: np.ndarray | float = 1.0,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return rows that repeat another one of their kind nearby.

    Of two near points the one with the larger id repeats the other. Memory and time do not
    grow with the number of pairs: points that share no place with another one are left
    aside, points in one place are joined, then each place looks at its nearest neighbour only, in
    strips that bound the search tree.

    Parameters
    ----------
    ids : ndarray of int64, shape (n,)
    xy : ndarray of float64, shape (n, 2)
        NaN where unknown.
    kind : ndarray of int, shape (n,)
    distances : ndarray of float64
        Largest distance in metres by kind; at 0 only points in the very same place count.
    scale : float or ndarray of shape (2,)
        Metres for one unit of x and y.

    Returns
    -------
    rows, partners : ndarray of int64, shape (m,)
        Ordered by id.
    apart : ndarray of float64, shape (m,)
        In metres.
    """
    near = _in_company(xy, kind, distances, scale)
    rows, partners, apart = _compared(ids[near], xy[near] * scale, kind[near], distances)
    return near[rows], near[partners], apart


def _in_company(
    xy: np.ndarray, kind: np.ndarray, distances: np.ndarray, scale: np.ndarray | float
) -> np.ndarray:
    """Return rows that share a square of twice the distance with another one of their kind.

    Of four such lattices, each shifted by the distance in x, in y or in both, one at least
    has any two points within the distance in one square.
    """
    known = (distances >= 0)[kind] & ~np.isnan(xy).any(axis=1)
    # Wider by a hair than twice the distance, lest rounding part two points.
    sides = np.maximum(distances * 2.001, 1e-3)
    company = np.zeros(len(xy), bool)
    for shift in ((0.0, 0.0), (0.5, 0.0), (0.0, 0.5), (0.5, 0.5)):

        def square(part: slice, shift: tuple[float, float] = shift) -> np.ndarray:
            side = sides[kind[part]]
            with np.errstate(over="ignore"):
                places = (xy[part] * scale) / side[:, None] + shift
            return mixed(kind[part], *np.floor(places).T)

        company[suspects(len(xy), square, known)] = True
    return np.flatnonzero(company)


def _compared(
    ids: np.ndarray, xy: np.ndarray, kind: np.ndarray, distances: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rows, partners = repeated(ids, kind, xy[:, 0], xy[:, 1])
    apart = np.zeros(len(rows))
    alone = np.ones(len(ids), bool)
    alone[rows] = False
    alone = np.flatnonzero(alone & (distances[kind] > 0))
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
    """Compare members, which are sorted by x, with their nearest one, strip by strip."""
    x = xy[members, 0]
    reach = 1.001 * distance + 1e-6  # wider by a hair than what is looked for
    pairs = [(members[:0], members[:0], np.empty(0))]
    for part in slabs(len(members)):
        first = np.searchsorted(x, x[part.start] - reach)
        around = members[first : np.searchsorted(x, x[part.stop - 1] + reach, "right")]
        # The bound is exclusive.
        apart, nearest = cKDTree(xy[around]).query(
            xy[members[part]], k=2, distance_upper_bound=np.nextafter(distance, np.inf)
        )
        close = np.flatnonzero(np.isfinite(apart[:, 1]))
        own = close + part.start - first
        # Of two places whose distance rounds to nothing either may come first.
        neighbour = np.where(nearest[close, 1] == own, nearest[close, 0], nearest[close, 1])
        one, other = around[own], around[neighbour]
        later = ids[one] > ids[other]
        pairs.append((np.where(later, one, other), np.where(later, other, one), apart[close, 1]))
    one, other, apart = (np.concatenate(column) for column in zip(*pairs, strict=True))
    return one, other, apart
