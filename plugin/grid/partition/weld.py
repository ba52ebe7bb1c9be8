"""Where both sides of a community border end a cut at almost the same place, it becomes one."""

from __future__ import annotations

import numpy as np
import shapely
from scipy.spatial import cKDTree

from .planar import APART
from .stitch import TOUCH, lone_edges


def weld(cells: np.ndarray, communities: np.ndarray) -> np.ndarray:
    """Slide vertices along the community borders onto those of the cells on the other side.

    Corners of the communities stay; of two inserted vertices the more westerly does. A cell
    that would become invalid keeps its vertices.
    """
    if not len(cells):
        return cells
    lone = lone_edges(cells)
    vertices = np.unique(np.concatenate([lone.start, lone.end]), axis=0)
    pairs = cKDTree(vertices).query_pairs(APART, output_type="ndarray")
    if not len(pairs):
        return cells
    corners = np.unique(shapely.get_coordinates(communities), axis=0)
    known, _ = cKDTree(corners).query(vertices, distance_upper_bound=1e-9)
    is_corner = np.isfinite(known)
    # The way from one to the other must lie on the border itself.
    edges = shapely.linestrings(np.stack([lone.start, lone.end], axis=1))
    middle = shapely.points(vertices[pairs].mean(axis=1))
    on_border = np.zeros(len(pairs), dtype=bool)
    on_border[shapely.STRtree(edges).query(middle, predicate="dwithin", distance=TOUCH)[0]] = True
    pairs = pairs[on_border & ~is_corner[pairs].all(axis=1)]
    gap = np.hypot(*(vertices[pairs[:, 0]] - vertices[pairs[:, 1]]).T)
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0], gap))]
    holders = _holders(cells, vertices, np.unique(pairs))
    result = cells.copy()
    settled: set[int] = set()
    for i, j in pairs.tolist():
        go, stay = (i, j) if is_corner[j] else (j, i)
        if go in settled or holders[i] & holders[j]:
            continue
        rows = sorted(holders[go])
        moved = _moved(result[rows], vertices[go], vertices[stay])
        if shapely.is_valid(moved).all():
            result[rows] = moved
            holders[stay] |= holders[go]
            settled |= {go, stay}
    return result


def _holders(cells: np.ndarray, vertices: np.ndarray, wanted: np.ndarray) -> dict[int, set[int]]:
    """Return the cells that have each wanted vertex."""
    xy, owner = shapely.get_coordinates(cells, return_index=True)
    gap, vertex = cKDTree(vertices[wanted]).query(xy, distance_upper_bound=1e-12)
    found: dict[int, set[int]] = {int(v): set() for v in wanted}
    for row in np.flatnonzero(np.isfinite(gap)).tolist():
        found[int(wanted[vertex[row]])].add(int(owner[row]))
    return found


def _moved(cells: np.ndarray, old: np.ndarray, new: np.ndarray) -> np.ndarray:
    return shapely.transform(cells, lambda xy: np.where((xy == old).all(axis=1)[:, None], new, xy))
