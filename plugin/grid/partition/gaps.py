"""Ways between buildings: the middle lines of the gaps, and the walls adjoining houses share.

A cut that finds no straight way through a quarter follows these lines. They are no barriers:
a border gains nothing from them but its legality.
"""

from __future__ import annotations

import numpy as np
import shapely
from scipy.spatial import QhullError, Voronoi

from .network import NODING_GRID

SAMPLE_STEP = 4.0
"""Spacing (m) of the points on walls whose Voronoi edges are the middle lines."""
REACH = 30.0
"""Middle lines farther than this (m) from their buildings lie in the open: straight cuts do."""
SMOOTHING = 0.8
"""Middle lines may leave the exact middle by this much (m)."""


def gap_lines(buildings: np.ndarray, inner: np.ndarray, around: np.ndarray) -> np.ndarray:
    """Return lines between and along buildings that cross none.

    Parameters
    ----------
    buildings : numpy.ndarray
        (b,) polygons.
    inner : numpy.ndarray
        (b,) the same shrunk by a hair; what no line may touch.
    around : numpy.ndarray
        Lines that bound the blocks; walls and gaps that end close to them are led there.
    """
    if not len(buildings):
        return np.array([], dtype=object)
    tree = shapely.STRtree(inner)
    middle = _middle_lines(buildings, tree)
    walls = _party_walls(buildings, tree)
    links = _links(np.concatenate([walls, middle]), np.concatenate([middle, around]), tree)
    return np.concatenate([middle, walls, links])


def _spare(lines: np.ndarray, tree: shapely.STRtree) -> np.ndarray:
    """Return which lines touch no building."""
    free = np.ones(len(lines), dtype=bool)
    free[np.unique(tree.query(lines, predicate="intersects")[0])] = False
    return free


def _middle_lines(buildings: np.ndarray, tree: shapely.STRtree) -> np.ndarray:
    outlines = shapely.segmentize(shapely.boundary(buildings), SAMPLE_STEP)
    xy, owner = shapely.get_coordinates(outlines, return_index=True)
    # Corners of adjoining houses coincide: one point will do.
    _, first = np.unique(np.round(xy / 0.05).astype(np.int64), axis=0, return_index=True)
    first.sort()
    xy, owner = xy[first], owner[first]
    if len(xy) < 5:
        return np.array([], dtype=object)
    origin = xy.mean(axis=0)
    try:
        diagram = Voronoi(xy - origin)
    except QhullError:
        return np.array([], dtype=object)
    pairs = diagram.ridge_points
    ends = np.array(diagram.ridge_vertices)
    keep = (owner[pairs[:, 0]] != owner[pairs[:, 1]]) & (ends >= 0).all(axis=1)
    pairs, ends = pairs[keep], diagram.vertices[ends[keep]] + origin
    far = np.hypot(*(ends - xy[pairs[:, :1]]).transpose(2, 0, 1)).max(axis=1) > REACH
    ends = ends[~far & (np.hypot(*(ends[:, 1] - ends[:, 0]).T) > 0)]
    lines = shapely.linestrings(ends)
    lines = lines[_spare(lines, tree)]
    if not len(lines):
        return lines
    noded = shapely.union_all(lines, grid_size=NODING_GRID)
    chains = shapely.get_parts(shapely.line_merge(noded))
    smooth = shapely.simplify(chains, SMOOTHING)
    return np.where(_spare(smooth, tree), smooth, chains)


def _party_walls(buildings: np.ndarray, tree: shapely.STRtree) -> np.ndarray:
    i, j = shapely.STRtree(buildings).query(buildings, predicate="intersects")
    i, j = i[i < j], j[i < j]
    shared = shapely.intersection(shapely.boundary(buildings[i]), shapely.boundary(buildings[j]))
    parts = shapely.get_parts(shapely.line_merge(shared))
    parts = shapely.get_parts(parts)
    walls = parts[(shapely.get_type_id(parts) == 1) & (shapely.length(parts) > 0.5)]
    return walls[_spare(walls, tree)]


def _links(lines: np.ndarray, targets: np.ndarray, tree: shapely.STRtree) -> np.ndarray:
    """Return short lines from loose ends to the nearest other lines within reach."""
    if not len(lines) or not len(targets):
        return np.array([], dtype=object)
    ends = np.concatenate([shapely.get_point(lines, 0), shapely.get_point(lines, -1)])
    _, inverse, counts = np.unique(
        np.round(shapely.get_coordinates(ends) / NODING_GRID).astype(np.int64),
        axis=0,
        return_inverse=True,
        return_counts=True,
    )
    ends = ends[counts[inverse.reshape(-1)] == 1]
    at, line = shapely.STRtree(targets).query(ends, predicate="dwithin", distance=REACH / 2)
    links = shapely.shortest_line(ends[at], targets[line])
    length = shapely.length(links)
    good = _spare(links, tree) & (length > 2 * NODING_GRID)
    at, links, length = at[good], links[good], length[good]
    order = np.lexsort((length, at))
    rank = np.arange(len(order)) - np.searchsorted(at[order], at[order])
    return _beyond(links[order][rank < 2])


def _beyond(links: np.ndarray) -> np.ndarray:
    """Lengthen lines by a hair, so that noding finds what they lead to."""
    xy = shapely.get_coordinates(links).reshape(-1, 2, 2)
    way = xy[:, 1] - xy[:, 0]
    length = np.hypot(way[:, 0], way[:, 1])[:, None]
    xy[:, 1] += way / np.where(length > 0, length, 1) * 2 * NODING_GRID
    return shapely.linestrings(xy)
