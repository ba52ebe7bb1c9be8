"""Suspected GCJ-02 data: the published offset formula, and features shifted as a whole."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely

from ..translation import translate
from .metres import metres_per_unit
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
    rows = np.flatnonzero((cell >= 0) & ~np.isnan(xy).any(axis=1))
    if len(rows) < parameters["least"]:
        return
    centres = shapely.get_coordinates(shapely.centroid(context.grids.geometry))
    scale = metres_per_unit(xy[rows, 1]) if ledger.is_geographic else np.ones((len(rows), 2))
    shift = (xy[rows] - centres[cell[rows]]) * scale
    middle = np.median(shift, axis=0)
    spread = np.median(np.hypot(*(shift - middle).T))
    length = float(np.hypot(*middle))
    if not parameters["smallest"] <= length <= parameters["largest"] or spread > length / 2:
        return
    place = np.median(xy[rows], axis=0)
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


def _expected(place: np.ndarray, ledger, context) -> np.ndarray | None:
    if ledger.is_geographic:
        lon, lat = place
    elif context.to_lonlat is not None:
        (lon,), (lat,) = context.to_lonlat(place[:1], place[1:])
    else:
        return None
    return np.array(gcj02_offset(float(lon), float(lat)))
