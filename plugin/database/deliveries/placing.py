"""Where rows lie: by their coordinates, else in the middle of the cell they name."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import numpy as np
import shapely

from ...rules.batch import Batch


@dataclass(frozen=True)
class Cells:
    """Unit grids to place rows with.

    Attributes
    ----------
    codes : ndarray of str, shape (k,)
    shapes : ndarray of shapely polygons, shape (k,)
    """

    codes: np.ndarray
    shapes: np.ndarray

    def at(self, points: np.ndarray) -> np.ndarray:
        """Return the place of the cell in which each point lies, -1 for none."""
        found = np.full(len(points), -1)
        if len(self.shapes) and len(points):
            point, cell = shapely.STRtree(self.shapes).query(points, predicate="intersects")
            # On a border the first cell of the layer takes it, always the same.
            order = np.argsort(-cell, kind="stable")
            found[point[order]] = cell[order]
        return found


@dataclass(frozen=True)
class Coordinates:
    """Coordinates as a table gives them, easting or longitude first.

    Attributes
    ----------
    x, y : ndarray of float64, shape (n,)
        NaN where a row gives none.
    geographic : ndarray of bool, shape (n,)
        Degrees; the others are metres.
    swapped : int
        Rows whose x was the northing or the latitude, as surveyors write it.
    """

    x: np.ndarray
    y: np.ndarray
    geographic: np.ndarray
    swapped: int


def read_coordinates(x: np.ndarray, y: np.ndarray) -> Coordinates:
    """Tell degrees from metres and put the easting first.

    Places in China lie between 70 and 140 degrees east and 0 and 60 north; in Gauss-Krüger
    zones the northing is below 6,700 km and the easting around 500 km, or above 13,000 km
    with the number of the zone.

    Parameters
    ----------
    x, y : ndarray of str or None, shape (n,)
    """
    east, north = _numbers(x), _numbers(y)
    wanting = np.isnan(east) | np.isnan(north) | ((east == 0) & (north == 0))
    east[wanting] = north[wanting] = np.nan
    with np.errstate(invalid="ignore"):
        degrees = (np.abs(east) <= 180) & (np.abs(north) <= 180)
        turned = degrees & (east < 60) & (north > 70)
        turned |= ~degrees & (east > 1.5e6) & (east < 6.7e6) & ((north < 1e6) | (north > 1.3e7))
    east[turned], north[turned] = north[turned], east[turned]
    return Coordinates(east, north, degrees, int(turned.sum()))


def _numbers(texts: np.ndarray) -> np.ndarray:
    made = np.full(len(texts), np.nan)
    for row, text in enumerate(texts.tolist()):
        if text:
            with suppress(ValueError):
                made[row] = float(text.rstrip("°"))
    made[~np.isfinite(made)] = np.nan
    return made


@dataclass(frozen=True)
class Placed:
    """Counts of rows by the way they were placed.

    Attributes
    ----------
    by_coordinates, by_cell, nowhere : int
    other_cell : int
        Rows whose coordinates lie in another cell than the one they named.
    outside : int
        Rows whose coordinates lie in no cell.
    """

    by_coordinates: int
    by_cell: int
    nowhere: int
    other_cell: int
    outside: int = 0


@dataclass(frozen=True)
class Placing:
    """How each row was placed.

    Attributes
    ----------
    grid_codes : ndarray of str or None, shape (n,)
    located, named, moved, outside : ndarray of bool, shape (n,)
        Placed by coordinates; by the cell named; named another cell than they lie in; lie
        in none.
    """

    grid_codes: np.ndarray
    located: np.ndarray
    named: np.ndarray
    moved: np.ndarray
    outside: np.ndarray

    def count(self, rows: np.ndarray) -> Placed:
        """Return the counts among some rows."""
        return Placed(
            int((self.located & rows).sum()),
            int((self.named & rows).sum()),
            int((~self.located & ~self.named & rows).sum()),
            int((self.moved & rows).sum()),
            int((self.outside & rows).sum()),
        )


def place(
    rows: Batch, points: np.ndarray | None, cells: Cells | None
) -> tuple[np.ndarray, Placing]:
    """Return a point for each row (None where nothing tells), and how it was found.

    Parameters
    ----------
    rows : Batch
        With ``grid_code``.
    points : ndarray of shapely points, shape (n,), optional
    cells : Cells, optional
    """
    n = len(rows)
    shapes = np.full(n, None, object)
    if points is not None:
        shapes[:] = points
        shapes[shapely.is_empty(shapes)] = None
    located = ~shapely.is_missing(shapes)
    codes = rows.fields["grid_code"].copy()
    named, moved, outside = (np.zeros(n, bool) for _ in range(3))
    if cells is not None:
        home = cells.at(shapes[located])
        outside[located] = home < 0
        inside = np.flatnonzero(located)[home >= 0]
        found = cells.codes[home[home >= 0]]
        told = ~np.equal(codes[inside], None)  # type: ignore[call-overload]
        moved[inside] = told & (codes[inside] != found)
        codes[inside] = found
        place_of = {code: k for k, code in enumerate(cells.codes.tolist())}
        cell = np.array([place_of.get(c, -1) for c in codes.tolist()], np.int64)
        named = ~located & (cell >= 0)
        shapes[named] = shapely.point_on_surface(cells.shapes[cell[named]])
    return shapes, Placing(codes, located, named, moved, outside)
