"""The last pass over all cells: where a border ends on a neighbour's edge, both get its vertex."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

TOUCH = 1e-5
"""A vertex this close (m) to a neighbour's edge lies on it; far above rounding."""


@dataclass(frozen=True)
class LoneEdges:
    """The ring edges that occur once: outlines, and wherever neighbours do not match.

    ``polygon`` (n,) is the polygon each belongs to, ``row`` (n,) that of its first vertex in
    the coordinates of all rings, ``start`` and ``end`` (n, 2) its ends.
    """

    polygon: np.ndarray
    row: np.ndarray
    start: np.ndarray
    end: np.ndarray


def lone_edges(polygons: np.ndarray) -> LoneEdges:
    """Return the edges of single-part polygons that no other polygon shares exactly."""
    rings, polygon_of = shapely.get_rings(polygons, return_index=True)
    xy, ring_of = shapely.get_coordinates(rings, return_index=True)
    row = np.flatnonzero(ring_of[1:] == ring_of[:-1])
    a, b = xy[row], xy[row + 1]
    flip = (a[:, 0] > b[:, 0]) | ((a[:, 0] == b[:, 0]) & (a[:, 1] > b[:, 1]))
    key = np.hstack([np.where(flip[:, None], b, a), np.where(flip[:, None], a, b)])
    _, inverse, counts = np.unique(key, axis=0, return_inverse=True, return_counts=True)
    lone = counts[inverse.reshape(-1)] == 1
    row = row[lone]
    return LoneEdges(polygon_of[ring_of[row]], row, a[lone], b[lone])


def stitch(polygons: np.ndarray) -> np.ndarray:
    """Insert into every ring the vertices of neighbours that lie on its edges."""
    if not len(polygons):
        return polygons
    lone = lone_edges(polygons)
    a, b = lone.start, lone.end
    vertices = np.unique(np.concatenate([a, b]), axis=0)
    edges = shapely.linestrings(np.stack([a, b], axis=1))
    at, vertex = shapely.STRtree(shapely.points(vertices)).query(
        edges, predicate="dwithin", distance=TOUCH
    )
    p, way = vertices[vertex], b[at] - a[at]
    along = ((p - a[at]) * way).sum(axis=1) / (way**2).sum(axis=1)
    new = (p != a[at]).any(axis=1) & (p != b[at]).any(axis=1) & (along > 0) & (along < 1)
    if not new.any():
        return polygons
    at, p, along = at[new], p[new], along[new]
    row = lone.row[at]
    order = np.lexsort((along, row))
    row, p = row[order], p[order]
    touched = np.unique(lone.polygon[at])
    rings, polygon_of = shapely.get_rings(polygons, return_index=True)
    xy, ring_of = shapely.get_coordinates(rings, return_index=True)
    xy = np.insert(xy, row + 1, p, axis=0)
    ring_of = np.insert(ring_of, row + 1, ring_of[row])
    starts = np.searchsorted(ring_of, np.arange(len(rings) + 1))
    first_ring = np.searchsorted(polygon_of, np.arange(len(polygons) + 1))
    result = polygons.copy()
    for polygon in touched:
        own = range(first_ring[polygon], first_ring[polygon + 1])
        made = [shapely.linearrings(xy[starts[r] : starts[r + 1]]) for r in own]
        result[polygon] = shapely.polygons(made[0], made[1:] or None)
    return result
