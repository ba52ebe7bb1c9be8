"""Make a planar network of lines: split at every crossing, each edge knowing its source."""

from __future__ import annotations

import numpy as np
import shapely

GRID = 0.01  # metres; coordinates of the network are multiples of it


def node_lines(lines: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Split lines wherever they meet.

    Parameters
    ----------
    lines : ndarray of LineString, shape (n,)

    Returns
    -------
    edges : ndarray of LineString, shape (m,)
        Without duplicates; ends meet exactly.
    source : ndarray of int, shape (m,)
        The line each edge lies on, the first where several do.
    """
    edges = shapely.get_parts(shapely.union_all(lines, grid_size=GRID))
    middle = shapely.line_interpolate_point(edges, 0.5, normalized=True)
    pieces, owner = _pieces(lines)
    which, near = shapely.STRtree(pieces).query(middle, predicate="dwithin", distance=3 * GRID)
    source = np.full(len(edges), len(lines))
    np.minimum.at(source, which, owner[near])
    return edges, source


def _pieces(lines: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    xy, line = shapely.get_coordinates(lines, return_index=True)
    joined = line[1:] == line[:-1]
    ends = np.stack([xy[:-1], xy[1:]], axis=1)[joined]
    return shapely.linestrings(ends), line[:-1][joined]


def end_nodes(edges: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return node numbers of the edges' ends, shape (m, 2), and the nodes' coordinates."""
    ends = np.stack(
        [
            shapely.get_coordinates(shapely.get_point(edges, 0)),
            shapely.get_coordinates(shapely.get_point(edges, -1)),
        ],
        axis=1,
    )
    whole = np.round(ends.reshape(-1, 2) / GRID).astype(np.int64)
    nodes, number = np.unique(whole, axis=0, return_inverse=True)
    return number.reshape(-1, 2), nodes * GRID


def without_dangles(edges: np.ndarray, *, shorter_than: float) -> np.ndarray:
    """Return which edges to keep so that no short loose end is left, shape (m,) of bool."""
    keep = np.ones(len(edges), bool)
    if not len(edges):
        return keep
    number, _ = end_nodes(edges)
    short = shapely.length(edges) < shorter_than
    for _ in range(3):
        degree = np.bincount(number[keep].ravel(), minlength=number.max() + 1)
        loose = keep & short & (degree[number] == 1).any(axis=1)
        if not loose.any():
            break
        keep &= ~loose
    return keep
