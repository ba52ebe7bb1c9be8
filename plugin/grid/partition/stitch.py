"""The last pass over all cells: where a border ends on a community's edge, both sides get its vertex."""

from __future__ import annotations

import numpy as np
import shapely

TOUCH = 1e-5
"""A vertex this close (m) to a neighbour's edge lies on it; far above rounding."""


def stitch(cells: np.ndarray) -> np.ndarray:
    """Insert into every ring the vertices of neighbours that lie on its edges."""
    if not len(cells):
        return cells
    rings, polygon_of = shapely.get_rings(cells, return_index=True)
    xy, ring_of = shapely.get_coordinates(rings, return_index=True)
    same = ring_of[1:] == ring_of[:-1]
    first = np.flatnonzero(same)
    a, b = xy[first], xy[first + 1]
    flip = (a[:, 0] > b[:, 0]) | ((a[:, 0] == b[:, 0]) & (a[:, 1] > b[:, 1]))
    key = np.hstack([np.where(flip[:, None], b, a), np.where(flip[:, None], a, b)])
    _, inverse, counts = np.unique(key, axis=0, return_inverse=True, return_counts=True)
    outer = counts[inverse.reshape(-1)] == 1
    first, a, b = first[outer], a[outer], b[outer]
    vertices = np.unique(np.concatenate([a, b]), axis=0)
    edges = shapely.linestrings(np.stack([a, b], axis=1))
    at, vertex = shapely.STRtree(shapely.points(vertices)).query(
        edges, predicate="dwithin", distance=TOUCH
    )
    p = vertices[vertex]
    new = (p != a[at]).any(axis=1) & (p != b[at]).any(axis=1)
    at, p = at[new], p[new]
    if not len(at):
        return cells
    way = b[at] - a[at]
    along = ((p - a[at]) * way).sum(axis=1) / (way**2).sum(axis=1)
    new = (along > 0) & (along < 1)
    at, p, along = at[new], p[new], along[new]
    order = np.lexsort((along, first[at]))
    insert_after = first[at][order] + 1
    xy = np.insert(xy, insert_after, p[order], axis=0)
    ring_of = np.insert(ring_of, insert_after, ring_of[first[at][order]])
    result = cells.copy()
    touched = np.unique(polygon_of[ring_of[np.flatnonzero(np.isin(xy, p).all(axis=1))]])
    starts = np.searchsorted(ring_of, np.arange(len(rings) + 1))
    for polygon in touched:
        own = np.flatnonzero(polygon_of == polygon)
        made = [shapely.linearrings(xy[starts[r] : starts[r + 1]]) for r in own]
        result[polygon] = shapely.polygons(made[0], made[1:] or None)
    return result
