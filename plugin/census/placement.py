"""In which cell a geometry lies, found in bulk.

The rules, so that the same data always gives the same answer, whatever the order of rows:

- a point inside one cell belongs to it;
- a point exactly on a border, or where cells overlap by mistake, belongs to the cell with
  the smallest code among those it touches: codes are stable where outlines and file
  orders are not;
- a line or polygon belongs to the cell that holds its largest share; equal shares go to
  the smallest code; that it crosses is told;
- what lies in no cell goes to the nearest one within the tolerance, else to none, and
  is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import shapely

from ..progress import SILENT, Part, Progress, stop_if_cancelled

# Rows handed to GEOS at once: bounds memory and the wait for a cancel.
_CHUNK = 200_000
# A line that only grazes a neighbour (rounding of shared vertices) does not cross into it.
_GRAZE = 1e-6


class Placement(IntEnum):
    """How a component came to its cell."""

    INSIDE = 0
    BORDER = 1
    OVERLAP = 2
    CROSSING = 3
    NEAREST = 4
    OUTSIDE = 5
    NO_GEOMETRY = 6


@dataclass(frozen=True)
class Assignment:
    """Cell of each geometry.

    Attributes
    ----------
    cell : ndarray of int64, shape (n,)
        Row of the cell, -1 for none.
    placement : ndarray of int8, shape (n,)
        Values of `Placement`.
    share : ndarray of float64, shape (n,)
        Share of a line's length or polygon's area inside its cell; 1 for points, NaN
        without cell.
    """

    cell: np.ndarray
    placement: np.ndarray
    share: np.ndarray

    def count(self, placement: Placement) -> int:
        """Return how many geometries were placed this way."""
        return int(np.count_nonzero(self.placement == placement))


def assign_to_cells(
    geometry: np.ndarray,
    cells: np.ndarray,
    codes: np.ndarray,
    *,
    tolerance: float = 0.0,
    progress: Progress = SILENT,
) -> Assignment:
    """Find the cell of each geometry.

    Parameters
    ----------
    geometry : ndarray of shapely geometries, shape (n,)
        Points, lines or polygons, None allowed.
    cells : ndarray of shapely polygons, shape (m,)
    codes : ndarray of str, shape (m,)
        Decide between cells with an equal claim: the smallest wins.
    tolerance : float
        Farthest distance (units of the CRS) from the nearest cell; 0 assigns only what
        lies in a cell.
    """
    n = len(geometry)
    cell = np.full(n, -1, np.int64)
    share = np.full(n, np.nan)
    placement = np.full(n, Placement.OUTSIDE, np.int8)
    usable = _has_position(geometry)
    placement[~usable] = Placement.NO_GEOMETRY
    candidates = np.flatnonzero(_has_position(cells))
    if not len(candidates):
        return Assignment(cell, placement, share)
    # Searching cells in the order of their codes makes "first" mean "smallest code".
    order = candidates[np.argsort(np.asarray(codes)[candidates].astype(str), kind="stable")]
    shapes = _valid(cells[order])
    dimension = np.zeros(n, np.int8)
    dimension[usable] = shapely.get_dimensions(geometry[usable])
    single = np.zeros(n, bool)
    single[usable] = shapely.get_type_id(geometry[usable]) == shapely.GeometryType.POINT

    _place_points(
        geometry, np.flatnonzero(single), shapes, cell, placement, Part(progress, 0.0, 0.6)
    )
    _place_extended(
        geometry, np.flatnonzero(usable & ~single), dimension, shapes, cell, placement, share
    )
    progress.report(0.8)
    if tolerance > 0:
        lost = np.flatnonzero(usable & (cell < 0))
        _place_nearest(geometry, lost, shapes, tolerance, cell, placement)
    share[(cell >= 0) & np.isnan(share)] = 1.0
    found = cell >= 0
    cell[found] = order[cell[found]]
    progress.report(1.0)
    return Assignment(cell, placement, share)


def _has_position(geometry: np.ndarray) -> np.ndarray:
    usable = ~(shapely.is_missing(geometry) | shapely.is_empty(geometry))
    rows = np.flatnonzero(usable)
    with np.errstate(invalid="ignore"):
        usable[rows] = np.isfinite(shapely.bounds(geometry[rows])).all(axis=1)
    return usable


def _valid(shapes: np.ndarray) -> np.ndarray:
    broken = ~shapely.is_valid(shapes)
    if broken.any():
        shapes = shapes.copy()
        shapes[broken] = shapely.make_valid(shapes[broken])
    return shapes


def _place_points(geometry, rows, shapes, cell, placement, progress) -> None:
    shapely.prepare(shapes)
    for start in range(0, len(rows), _CHUNK):
        stop_if_cancelled(progress)
        part = rows[start : start + _CHUNK]
        # The tree holds the points and the cells do the asking: each cell is prepared
        # once, so the cost hardly depends on the number of its vertices.
        tree = shapely.STRtree(geometry[part])
        which_cell, which_point = tree.query(shapes, predicate="intersects")
        hits = np.bincount(which_point, minlength=len(part))
        best = np.full(len(part), len(shapes), np.int64)
        np.minimum.at(best, which_point, which_cell)
        found = hits > 0
        cell[part[found]] = best[found]
        placement[part[found]] = Placement.INSIDE
        several = hits[which_point] > 1
        if several.any():
            points, others = which_point[several], which_cell[several]
            placement[part[points]] = Placement.BORDER
            inner = ~shapely.touches(shapes[others], geometry[part[points]])
            deep = np.bincount(points[inner], minlength=len(part)) > 1
            placement[part[deep]] = Placement.OVERLAP
        progress.report(min(1.0, (start + _CHUNK) / len(rows)))


def _place_extended(geometry, rows, dimension, shapes, cell, placement, share) -> None:
    if not len(rows):
        return
    sound = _valid(geometry[rows])
    which, other = shapely.STRtree(shapes).query(sound, predicate="intersects")
    if not len(which):
        return
    hits = np.bincount(which, minlength=len(rows))
    measure = np.ones(len(which))
    several = hits[which] > 1
    inside = shapely.intersection(sound[which[several]], shapes[other[several]])
    measure[several] = _measure(inside, dimension[rows][which[several]])
    total = _measure(sound, dimension[rows])
    # Largest measure first, then smallest code; rounding must not decide between equals.
    scale = np.where(total[which] > 0, total[which], 1.0)
    part = np.round(measure / scale, 9)
    rank = np.lexsort((other, -np.where(several, part, 1.0), which))
    first = rank[np.r_[True, np.diff(which[rank]) > 0]]
    target = rows[which[first]]
    cell[target] = other[first]
    entered = np.bincount(which[several & (part > _GRAZE)], minlength=len(rows))
    crossing = entered[which[first]] > 1
    placement[target] = np.where(crossing, Placement.CROSSING, Placement.INSIDE)
    touching = (hits[which[first]] > 1) & (entered[which[first]] == 0)
    placement[target[touching]] = Placement.BORDER
    alone = hits[which[first]] == 1
    share[target] = np.minimum(part[first], 1.0)
    if alone.any():
        # One cell only, but part of it may stick out of the whole coverage.
        picked = which[first][alone]
        held = _measure(
            shapely.intersection(sound[picked], shapes[other[first][alone]]),
            dimension[rows][picked],
        )
        whole = total[picked]
        share[target[alone]] = np.where(whole > 0, held / np.where(whole > 0, whole, 1), 1.0)


def _measure(geometry: np.ndarray, dimension: np.ndarray) -> np.ndarray:
    measures = (
        shapely.get_num_coordinates(geometry).astype(float),
        shapely.length(geometry),
        shapely.area(geometry),
    )
    return np.choose(np.clip(dimension, 0, 2), measures)


def _place_nearest(geometry, rows, shapes, tolerance, cell, placement) -> None:
    if not len(rows):
        return
    which, other = shapely.STRtree(shapes).query_nearest(geometry[rows], max_distance=tolerance)
    best = np.full(len(rows), len(shapes), np.int64)
    np.minimum.at(best, which, other)
    near = np.unique(which)
    cell[rows[near]] = best[near]
    placement[rows[near]] = Placement.NEAREST
