"""Bring the vertices of neighbouring polygons together: insert what is missing, snap what is near."""

from __future__ import annotations

import numpy as np
import shapely
from scipy.spatial import cKDTree

from .edges import Edges, distance_to_edge, find_edges, number_rows


def loose_vertices(edges: Edges) -> np.ndarray:
    """Return the vertices of edges without a twin, each once, shape (k, 2)."""
    loose = ~edges.is_matched()
    ends = np.concatenate([edges.start[loose], edges.end[loose]])
    return np.unique(ends, axis=0) if len(ends) else ends.reshape(0, 2)


def insert_vertices(polygons: np.ndarray, vertices: np.ndarray, reach: float) -> np.ndarray:
    """Put vertices into the edges of polygons that pass them by.

    Parameters
    ----------
    polygons : ndarray of polygons and multipolygons, shape (n,)
    vertices : ndarray of float64, shape (k, 2)
    reach : float
        How far in metres an edge may pass a vertex and still be bent to it. A polygon that has
        the vertex already is left alone there.

    Returns
    -------
    ndarray of geometries, shape (n,)
        The same objects where nothing was inserted.
    """
    polygons = np.asarray(polygons, dtype=object)
    parts, owner = shapely.get_parts(polygons, return_index=True)
    if not len(parts) or not len(vertices):
        return polygons
    coords = shapely.get_coordinates(parts)
    rings, ring_part = shapely.get_rings(parts, return_index=True)
    ring = np.repeat(np.arange(len(rings)), shapely.get_num_coordinates(rings))
    edge = np.flatnonzero(ring[1:] == ring[:-1])
    lines = shapely.linestrings(np.stack([coords[edge], coords[edge + 1]], axis=1))
    hit, vertex = shapely.STRtree(shapely.points(vertices)).query(
        lines, predicate="dwithin", distance=reach
    )
    at = edge[hit]
    holder = owner[ring_part[ring[at]]]
    vector = coords[at + 1] - coords[at]
    square = (vector**2).sum(axis=1)
    along = ((vertices[vertex] - coords[at]) * vector).sum(axis=1)
    key = number_rows(np.concatenate([vertices, coords + 0.0]))
    known = np.unique(owner[ring_part[ring]] * (len(key) + 1) + key[len(vertices) :])
    has = np.isin(holder * (len(key) + 1) + key[vertex], known)
    rows = np.flatnonzero((along > 0) & (along < square) & ~has)
    # Near a corner two edges pass the vertex: the nearer takes it.
    gap = distance_to_edge(vertices[vertex[rows]], coords[at[rows]], coords[at[rows] + 1])
    rows = rows[np.lexsort((at[rows], gap))]
    _, first = np.unique(holder[rows] * len(vertices) + vertex[rows], return_index=True)
    rows = rows[first]
    if not len(rows):
        return polygons
    rows = rows[np.lexsort((along[rows] / square[rows], at[rows]))]
    new_coords = np.insert(coords, at[rows] + 1, vertices[vertex[rows]], axis=0)
    new_ring = np.insert(ring, at[rows] + 1, ring[at[rows]])
    return _rebuild(polygons, np.unique(holder[rows]), owner, ring_part, new_coords, new_ring)


def _rebuild(polygons, touched, owner, ring_part, coords, ring) -> np.ndarray:
    """Make the touched polygons anew from their rings' coordinates."""
    result = polygons.copy()
    ring_bounds = np.searchsorted(ring, np.arange(len(ring_part) + 1))
    part_bounds = np.searchsorted(ring_part, np.arange(len(owner) + 1))
    for i in touched:
        parts = []
        for p in range(*np.searchsorted(owner, [i, i + 1])):
            loops = [
                coords[ring_bounds[r] : ring_bounds[r + 1]]
                for r in range(part_bounds[p], part_bounds[p + 1])
            ]
            parts.append(shapely.Polygon(loops[0], loops[1:]))
        is_multi = shapely.get_type_id(polygons[i]) == 6
        result[i] = shapely.MultiPolygon(parts) if is_multi else parts[0]
    return result


def share_vertices(polygons: np.ndarray, reach: float) -> np.ndarray:
    """Insert into each polygon the loose vertices of its neighbours that lie on its edges."""
    return insert_vertices(polygons, loose_vertices(find_edges(polygons)), reach)


def snap_vertices(
    polygons: np.ndarray,
    outlines: np.ndarray,
    spots: np.ndarray,
    reach: float,
    noise: float,
) -> np.ndarray:
    """Move loose vertices near defects onto outlines and onto each other.

    Parameters
    ----------
    polygons : ndarray of polygons and multipolygons, shape (n,)
    outlines : ndarray of polygons
        Fixed: vertices move to their vertices first, to their edges next.
    spots : ndarray of geometries
        Defects; only vertices within ``reach`` of one move.
    reach : float
        How far a vertex may move in metres.
    noise : float
        Vertices this near an outline's edge are on it.

    Returns
    -------
    ndarray of geometries, shape (n,)
        The same objects where nothing moved; a moved one can be invalid.
    """
    loose = loose_vertices(find_edges(polygons))
    if reach <= noise or not len(loose) or not len(spots):
        return polygons
    near, _ = shapely.STRtree(spots).query(
        shapely.points(loose), predicate="dwithin", distance=reach + noise
    )
    loose = loose[np.unique(near)]
    if not len(loose):
        return polygons
    target = _onto_outlines(loose, outlines, reach, noise)
    fixed = (target != loose).any(axis=1)
    target = _onto_each_other(loose, target, fixed, polygons, reach)
    moved = (target != loose).any(axis=1)
    if not moved.any():
        return polygons
    coords, owner = shapely.get_coordinates(polygons, return_index=True)
    key = number_rows(np.concatenate([loose[moved], coords + 0.0]))
    lookup = np.full(int(key.max()) + 1, -1)
    lookup[key[: moved.sum()]] = np.flatnonzero(moved)
    row = lookup[key[moved.sum() :]]
    coords[row >= 0] = target[row[row >= 0]]
    touched = np.unique(owner[row >= 0])
    result = polygons.copy()
    within = np.isin(owner, touched)
    result[touched] = shapely.set_coordinates(polygons[touched].copy(), coords[within])
    return result


def _onto_outlines(vertices, outlines, reach, noise) -> np.ndarray:
    edges = find_edges(outlines)
    target = vertices.copy()
    corners = np.unique(edges.start, axis=0)
    gap, corner = cKDTree(corners).query(vertices, distance_upper_bound=reach)
    at_corner = np.isfinite(gap)
    target[at_corner] = corners[corner[at_corner]]
    rows = np.flatnonzero(~at_corner)
    points = shapely.points(vertices[rows])
    (row, edge), distance = shapely.STRtree(edges.lines()).query_nearest(
        points, max_distance=reach, return_distance=True, all_matches=False
    )
    off = distance > noise
    row, edge = rows[row[off]], edge[off]
    vector = edges.end[edge] - edges.start[edge]
    share = ((vertices[row] - edges.start[edge]) * vector).sum(axis=1) / (vector**2).sum(axis=1)
    target[row] = edges.start[edge] + np.clip(share, 0, 1)[:, None] * vector
    return target


def _onto_each_other(loose, target, fixed, polygons, reach) -> np.ndarray:
    """Join pairs of loose vertices of different polygons, the nearest pairs first."""
    pairs = cKDTree(target).query_pairs(reach, output_type="ndarray")
    if not len(pairs):
        return target
    coords, owner = shapely.get_coordinates(polygons, return_index=True)
    key = number_rows(np.concatenate([loose, coords + 0.0]))
    order = np.argsort(key[len(loose) :], kind="stable")
    sorted_key = key[len(loose) :][order]
    begin = np.searchsorted(sorted_key, key[: len(loose)], side="left")
    end = np.searchsorted(sorted_key, key[: len(loose)], side="right")
    holders = [set(owner[order[b:e]].tolist()) for b, e in zip(begin, end, strict=True)]
    gap = np.hypot(*(target[pairs[:, 0]] - target[pairs[:, 1]]).T)
    target = target.copy()
    still = np.ones(len(loose), bool)
    anchor = fixed.copy()
    for a, b in pairs[np.lexsort((pairs[:, 1], pairs[:, 0], gap))]:
        if not (still[a] and still[b]) or holders[a] & holders[b] or (anchor[a] and anchor[b]):
            continue
        # The vertex more polygons hang on stays; equal ones: the more westerly.
        if anchor[b] or (not anchor[a] and len(holders[b]) > len(holders[a])):
            a, b = b, a
        target[b] = target[a]
        still[b] = False
        anchor[a] = True
        holders[a] |= holders[b]
    return target
