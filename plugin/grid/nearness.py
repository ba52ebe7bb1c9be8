"""How much of one set of lines runs within a distance of another, sampled every two metres."""

from __future__ import annotations

import numpy as np
import shapely

from ..progress import SILENT, Progress, stop_if_cancelled
from .edges import distance_to_edge

SAMPLE_SPACING = 2.0
# Points looked up at a time: bounds memory, whatever the size of the city.
CHUNK = 200_000


class StraightLines:
    """Straight edges with a spatial index.

    Parameters
    ----------
    start, end : ndarray of float64, shape (n, 2)
    """

    def __init__(self, start: np.ndarray, end: np.ndarray):
        self.start = start
        self.end = end
        self.tree = shapely.STRtree(shapely.linestrings(np.stack([start, end], axis=1)))

    @classmethod
    def of(cls, lines: np.ndarray) -> StraightLines:
        """Take lines (rings, multi-lines) apart into their straight edges."""
        return cls(*straight_edges(lines))


def straight_edges(lines: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the start and end points of every straight edge, two arrays of shape (n, 2)."""
    coords, line = shapely.get_coordinates(shapely.get_parts(lines), return_index=True)
    joined = line[1:] == line[:-1]
    return coords[:-1][joined], coords[1:][joined]


def count_samples(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Return on how many evenly spread points each edge is judged, shape (n,)."""
    length = np.hypot(*(end - start).T)
    return np.maximum(1, np.ceil(length / SAMPLE_SPACING)).astype(np.int64)


def samples_within(
    start: np.ndarray,
    end: np.ndarray,
    others: StraightLines,
    distance: float,
    *,
    progress: Progress = SILENT,
) -> np.ndarray:
    """Count, for each edge, its sample points within ``distance`` metres of other lines.

    Samples are the middles of ``count_samples`` equal pieces. Most edges are settled without
    looking at samples: nothing near, or both ends near one and the same straight line, whose
    surroundings are convex.

    Returns
    -------
    ndarray of int64, shape (n,)
    """
    number = count_samples(start, end)
    count = np.zeros(len(start), np.int64)
    if not len(start):
        return count
    lines = shapely.linestrings(np.stack([start, end], axis=1))
    row, other = others.tree.query(lines, predicate="dwithin", distance=distance)
    whole = (distance_to_edge(start[row], others.start[other], others.end[other]) <= distance) & (
        distance_to_edge(end[row], others.start[other], others.end[other]) <= distance
    )
    settled = np.zeros(len(start), bool)
    settled[row[whole]] = True
    count[settled] = number[settled]
    partly = np.zeros(len(start), bool)
    partly[row] = True
    rows = np.flatnonzero(partly & ~settled)
    # A chunk ends where its samples would exceed the bound; a single long edge may.
    chunk = (np.cumsum(number[rows]) - 1) // CHUNK
    for piece in np.split(rows, np.flatnonzero(np.diff(chunk)) + 1) if len(rows) else []:
        stop_if_cancelled(progress)
        owner = np.repeat(piece, number[piece])
        first = np.cumsum(number[piece]) - number[piece]
        k = np.arange(len(owner)) - np.repeat(first, number[piece])
        share = ((k + 0.5) / number[owner])[:, None]
        points = shapely.points(start[owner] + share * (end[owner] - start[owner]))
        hit, _ = others.tree.query(points, predicate="dwithin", distance=distance)
        near = np.zeros(len(owner), bool)
        near[hit] = True
        count += np.bincount(owner[near], minlength=len(count))
    return count
