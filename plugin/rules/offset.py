"""Suspected GCJ-02 data: the published offset formula, and features shifted as a whole."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely

from ..translation import translate
from .metres import metres_per_unit
from .repeats import slabs
from .rule import Hits, whole_layer


def gcj02_offset(lon: float, lat: float) -> tuple[float, float]:
    """Return how far GCJ-02 moves a place in China to the east and the north, in metres.

    The formula has been public since 2013; here it only recognises shifted data.
    """
    x, y = lon - 105.0, lat - 35.0
    wave = 20 * np.sin(6 * np.pi * x) + 20 * np.sin(2 * np.pi * x)
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(abs(x))
    north += (wave + 20 * np.sin(np.pi * y) + 40 * np.sin(np.pi * y / 3)) * 2 / 3
    north += (160 * np.sin(np.pi * y / 12) + 320 * np.sin(np.pi * y / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(abs(x))
    east += (wave + 20 * np.sin(np.pi * x) + 40 * np.sin(np.pi * x / 3)) * 2 / 3
    east += (150 * np.sin(np.pi * x / 12) + 300 * np.sin(np.pi * x / 30)) * 2 / 3
    # The published formula goes on to turn these metres into degrees on its ellipsoid.
    return float(east), float(north)


def suspicion(ledger, context, parameters) -> Iterator[Hits]:
    """Yield one hit when features lie, as a whole, beside the cells they name."""
    cell = ledger.column("declared")
    xy = ledger.column("xy")
    known = (cell >= 0) & ~np.isnan(xy).any(axis=1)
    if np.count_nonzero(known) < parameters["least"]:
        return
    shift = _shifts(ledger, cell, xy, known, context)
    middle = np.array([np.median(axis) for axis in shift])
    length = float(np.hypot(*middle))
    if not parameters["smallest"] <= length <= parameters["largest"]:
        return
    spread = np.median(np.hypot(*(shift - middle[:, None])))
    if spread > length / 2:
        return
    place = np.array([np.median(axis[known]) for axis in xy.T])
    expected = _expected(place, ledger, context)
    if expected is not None and np.hypot(*(middle - expected)) > parameters["tolerance"]:
        return
    yield whole_layer(
        translate(
            "Wangge",
            "The features lie {value} m ({east:+.0f} m east, {north:+.0f} m north) beside the unit "
            "grids they name, as data in GCJ-02 do. Ask for the data in CGCS2000; do not shift "
            "them by hand.",
        ),
        value=f"{length:.0f}",
        east=float(middle[0]),
        north=float(middle[1]),
    )


def _shifts(ledger, cell, xy, known, context) -> np.ndarray:
    """Return how far east and north of its cell's centre each known row lies, shape (2, m)."""
    centres = shapely.get_coordinates(shapely.centroid(context.grids.geometry))
    shift = np.empty((2, np.count_nonzero(known)))
    filled = 0
    for part in slabs(len(xy)):
        place = xy[part][known[part]]
        scale = metres_per_unit(place[:, 1]) if ledger.is_geographic else 1.0
        moved = (place - centres[cell[part][known[part]]]) * scale
        shift[:, filled : filled + len(moved)] = moved.T
        filled += len(moved)
    return shift


def _expected(place: np.ndarray, ledger, context) -> np.ndarray | None:
    if ledger.is_geographic:
        lon, lat = place
    elif context.to_lonlat is not None:
        (lon,), (lat,) = context.to_lonlat(place[:1], place[1:])
    else:
        return None
    return np.array(gcj02_offset(float(lon), float(lat)))
