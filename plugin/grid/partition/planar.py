"""Noded lines hung on a region's exact outline: the planar graph every mesh starts from.

The outline keeps its vertices to the last bit and only gains some. Lines stop short of it and
are led to its nearest point; ways to nearest points cross neither each other nor the outline,
so the graph is planar by construction.
"""

from __future__ import annotations

import numpy as np
import shapely

NODING_GRID = 0.01
"""Vertices of lines closer than this (m) become one; far below any survey's accuracy."""
BAND = 0.5
"""Lines within this distance (m) of the outline are the outline."""
APART = 0.25
"""Vertices put into the outline keep this far (m) from each other and from its corners."""


def arrange(region: shapely.Polygon, lines: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return nodes (k, 2) and segments (n, 2) of the outline and the lines inside it."""
    inner_xy, inner = _inner_segments(region, lines)
    start, end, first, second, corners = _outline(region)
    ends = _ends_at_band(region, inner_xy, inner)
    edge, share, is_corner = _nearest_places(start, end, inner_xy[ends])
    # Places on edges, in order along each; those close to the one before it join it.
    places = np.flatnonzero(~is_corner)
    places = places[np.lexsort((share[places], edge[places]))]
    length = np.hypot(*(end - start).T)
    gap = np.diff(share[places], prepend=-1.0) * length[edge[places]]
    fresh = (np.diff(edge[places], prepend=-1) != 0) | (gap > APART)
    number = np.cumsum(fresh) - 1
    at, along = edge[places[fresh]], share[places[fresh]]
    new_xy = start[at] + (end[at] - start[at]) * along[:, None]
    foot = np.empty(len(ends), dtype=np.int64)
    foot[places] = len(corners) + number
    on_corner = np.flatnonzero(is_corner)
    foot[on_corner] = np.where(
        share[on_corner] < 0.5, first[edge[on_corner]], second[edge[on_corner]]
    )
    base = len(corners) + len(new_xy)
    xy = np.concatenate([corners, new_xy, inner_xy])
    chain = _chain(first, second, at, len(corners))
    links = np.stack([foot, base + ends], axis=1)
    links, kept = _straightened(xy, inner + base, links, base)
    segments = np.sort(np.concatenate([chain, kept, links]), axis=1)
    return _compact(xy, np.unique(segments, axis=0))


def _inner_segments(region: shapely.Polygon, lines: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Node the lines and keep what lies inside the region and clear of its outline."""
    nothing = np.zeros((0, 2)), np.zeros((0, 2), dtype=np.int64)
    if not len(lines):
        return nothing
    noded = shapely.union_all(lines, grid_size=NODING_GRID)
    inside = shapely.buffer(region, -BAND)
    pieces = shapely.get_parts(shapely.get_parts(shapely.intersection(noded, inside)))
    pieces = pieces[shapely.get_type_id(pieces) == 1]
    if not len(pieces):
        return nothing
    xy, at = shapely.get_coordinates(pieces, return_index=True)
    same = np.flatnonzero(at[1:] == at[:-1])
    nodes, inverse = np.unique(xy + 0.0, axis=0, return_inverse=True)
    inverse = inverse.reshape(-1)
    segments = np.stack([inverse[same], inverse[same + 1]], axis=1)
    return nodes, np.unique(np.sort(segments, axis=1), axis=0)


def _outline(region: shapely.Polygon):
    """Return the outline's edges (start, end, both as corner numbers too) and its corners."""
    rings = shapely.get_rings(region)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    corners, number = np.unique(xy + 0.0, axis=0, return_inverse=True)
    number = number.reshape(-1)
    row = np.flatnonzero((ring[1:] == ring[:-1]) & (number[1:] != number[:-1]))
    return xy[row], xy[row + 1], number[row], number[row + 1], corners


def _ends_at_band(region: shapely.Polygon, xy: np.ndarray, segments: np.ndarray) -> np.ndarray:
    """Return the nodes where lines were cut off short of the outline."""
    ends = np.flatnonzero(np.bincount(segments.ravel(), minlength=len(xy)) > 0)
    edge = shapely.boundary(region)
    shapely.prepare(edge)
    return ends[shapely.dwithin(shapely.points(xy[ends]), edge, BAND * 1.001)]


def _nearest_places(
    start: np.ndarray, end: np.ndarray, points: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the nearest edge of each point, the share passed there, and whether at a corner."""
    if not len(points):
        return np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0, dtype=bool)
    edges = shapely.linestrings(np.stack([start, end], axis=1))
    found, edge = shapely.STRtree(edges).query_nearest(shapely.points(points), all_matches=False)
    edge = edge[np.argsort(found, kind="stable")]
    way = end[edge] - start[edge]
    squared = (way**2).sum(axis=1)
    share = np.clip(((points - start[edge]) * way).sum(axis=1) / squared, 0.0, 1.0)
    reach = APART / np.sqrt(squared)
    return edge, share, (share < reach) | (share > 1 - reach)


def _chain(first: np.ndarray, second: np.ndarray, at: np.ndarray, base: int) -> np.ndarray:
    """Return the outline's edges parted at the new vertices ``base``, ``base + 1``, …"""
    before = np.concatenate([first, base + np.arange(len(at))])
    edge = np.concatenate([np.arange(len(first)), at])
    order = np.argsort(edge, kind="stable")
    before, edge = before[order], edge[order]
    last = np.diff(edge, append=-1) != 0
    after = np.where(last, second[edge], np.roll(before, -1))
    return np.stack([before, after], axis=1)


def _straightened(
    xy: np.ndarray, inner: np.ndarray, links: np.ndarray, base: int
) -> tuple[np.ndarray, np.ndarray]:
    """Lead a line's last segment straight to its foot where nothing lies in between."""
    if not len(links):
        return links, inner
    degree = np.bincount(inner.ravel(), minlength=len(xy))
    ends = links[:, 1]
    other = np.full(len(xy), -1)
    row_of = np.full(len(xy), -1)
    for a, b in ((0, 1), (1, 0)):
        other[inner[:, a]] = inner[:, b]
        row_of[inner[:, a]] = np.arange(len(inner))
    before = other[ends]
    single = (degree[ends] == 1) & (before >= 0)
    # A line cut off at both ends stays as it is.
    single &= ~np.isin(before, ends)
    rows = np.flatnonzero(single)
    if not len(rows):
        return links, inner
    corners = np.stack([xy[before[rows]], xy[ends[rows]], xy[links[rows, 0]]], axis=1)
    triangles = shapely.polygons(corners)
    used = np.unique(np.concatenate([inner.ravel(), np.arange(base)]))
    at, _ = shapely.STRtree(shapely.points(xy[used])).query(triangles, predicate="intersects")
    clear = np.bincount(at, minlength=len(rows)) <= 3
    rows = rows[clear]
    kept = np.ones(len(inner), dtype=bool)
    kept[row_of[ends[rows]]] = False
    links = links.copy()
    links[rows, 1] = before[rows]
    return links, inner[kept]


def _compact(xy: np.ndarray, segments: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    segments = segments[segments[:, 0] != segments[:, 1]]
    used, inverse = np.unique(segments, return_inverse=True)
    return xy[used], inverse.reshape(-1, 2)
