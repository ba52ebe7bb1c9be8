"""Coordinates of phone maps (GCJ-02, BD-09) passed off as WGS 84 or CGCS2000.

The encrypted systems of Chinese map services lie 100 to 700 m off. Nothing in the numbers
gives them away: only a reference that is surely right can, such as the city's unit grids,
roads or earlier components. So this asks which reading agrees better with the reference,
and says so when the data cannot tell.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

import numpy as np
import shapely

from ...errors import WanggeError
from ...rules.batch import Batch
from ...translation import translate
from .ogr import transform_to_degrees

# The ellipsoid of Krasovsky, on which the offset is defined.
_A, _EE = 6378245.0, 0.00669342162296594323
_BD = math.pi * 3000.0 / 180.0
_SAMPLE = 20_000
_METRES_PER_DEGREE = 111_320.0


class Offset(Enum):
    """What the points seem to be in."""

    NONE = "none"
    GCJ02 = "gcj02"
    BD09 = "bd09"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class OffsetSuspicion:
    """Whether points are shifted, and how sure that is.

    Attributes
    ----------
    offset : Offset
    agreement : dict of Offset to float
        Share of the points that meet the reference under each reading.
    points : int
        How many points were compared.
    message : str
        A sentence for the report; empty when nothing is wrong.
    """

    offset: Offset
    agreement: dict[Offset, float]
    points: int
    message: str


def wgs84_to_gcj02(lonlat: np.ndarray) -> np.ndarray:
    """Return the GCJ-02 coordinates of WGS 84 ones, shape (n, 2), degrees."""
    x, y = lonlat[:, 0] - 105.0, lonlat[:, 1] - 35.0
    root = np.sqrt(np.abs(x))
    wave = 20 * np.sin(6 * x * np.pi) + 20 * np.sin(2 * x * np.pi)
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + wave * 2 / 3
    north += (20 * np.sin(y * np.pi) + 40 * np.sin(y / 3 * np.pi)) * 2 / 3
    north += (160 * np.sin(y / 12 * np.pi) + 320 * np.sin(y * np.pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + wave * 2 / 3
    east += (20 * np.sin(x * np.pi) + 40 * np.sin(x / 3 * np.pi)) * 2 / 3
    east += (150 * np.sin(x / 12 * np.pi) + 300 * np.sin(x / 30 * np.pi)) * 2 / 3
    latitude = np.radians(lonlat[:, 1])
    magic = 1 - _EE * np.sin(latitude) ** 2
    north = np.degrees(north) / (_A * (1 - _EE) / (magic * np.sqrt(magic)))
    east = np.degrees(east) / (_A / np.sqrt(magic) * np.cos(latitude))
    return lonlat + np.column_stack([east, north])


def gcj02_to_bd09(lonlat: np.ndarray) -> np.ndarray:
    """Return the BD-09 coordinates of GCJ-02 ones, shape (n, 2), degrees."""
    x, y = lonlat[:, 0], lonlat[:, 1]
    radius = np.hypot(x, y) + 0.00002 * np.sin(y * _BD)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(x * _BD)
    return np.column_stack([radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006])


def wgs84_to_bd09(lonlat: np.ndarray) -> np.ndarray:
    """Return the BD-09 coordinates of WGS 84 ones, shape (n, 2), degrees."""
    return gcj02_to_bd09(wgs84_to_gcj02(lonlat))


def without_offset(lonlat: np.ndarray, offset: Offset) -> np.ndarray:
    """Return WGS 84 coordinates of points in an encrypted system, by iteration.

    For comparison only: the result is good to a few centimetres, but the right way is to
    have the data delivered in CGCS2000.
    """
    forward = {Offset.GCJ02: wgs84_to_gcj02, Offset.BD09: wgs84_to_bd09}.get(offset)
    if forward is None:
        return lonlat
    guess = lonlat.copy()
    for _ in range(8):
        guess = guess - (forward(guess) - lonlat)
    return guess


def suspect_offset(
    points: np.ndarray, reference: np.ndarray, *, reach: float = 15.0, least: int = 20
) -> OffsetSuspicion:
    """Tell whether points agree better with a reference when an offset is taken off.

    Parameters
    ----------
    points : ndarray, shape (n, 2)
        Longitude and latitude.
    reference : ndarray of shapely geometries
        In longitude and latitude and surely right: cells, communities, roads, earlier
        components.
    reach : float
        Metres within which a point meets the reference.
    least : int
        So many points must meet the reference under one reading only before anything is
        suspected; below that the answer is `Offset.UNDECIDED`.
    """
    points = points[np.isfinite(points).all(axis=1)]
    points = points[:: max(1, len(points) // _SAMPLE)]
    shapes = reference[~(shapely.is_missing(reference) | shapely.is_empty(reference))]
    if not len(points) or not len(shapes):
        return OffsetSuspicion(Offset.UNDECIDED, {}, len(points), "")
    scale = np.array([math.cos(math.radians(float(np.median(points[:, 1])))), 1.0])
    scale = scale * _METRES_PER_DEGREE
    tree = shapely.STRtree(shapely.transform(shapes, lambda xy: xy * scale))
    meets = {}
    for offset in (Offset.NONE, Offset.GCJ02, Offset.BD09):
        moved = shapely.points(without_offset(points, offset) * scale)
        met = np.zeros(len(points), bool)
        met[tree.query(moved, predicate="dwithin", distance=reach)[0]] = True
        meets[offset] = met
    agreement = {offset: float(met.mean()) for offset, met in meets.items()}
    best = max((Offset.GCJ02, Offset.BD09), key=lambda o: agreement[o])
    # Only points that meet under one reading and not under the other can tell.
    gained = int(np.count_nonzero(meets[best] & ~meets[Offset.NONE]))
    lost = int(np.count_nonzero(meets[Offset.NONE] & ~meets[best]))
    if gained >= least and gained > 4 * lost:
        name = {Offset.GCJ02: "GCJ-02", Offset.BD09: "BD-09"}[best]
        message = translate(
            "Wangge",
            "The coordinates seem to be {system} of a phone map: read so, {shifted} % of the "
            "points meet the reference, as they are only {plain} %. Ask for CGCS2000.",
        ).format(
            system=name,
            shifted=round(100 * agreement[best]),
            plain=round(100 * agreement[Offset.NONE]),
        )
        return OffsetSuspicion(best, agreement, len(points), message)
    told = Offset.NONE if lost >= least and lost > 4 * gained else Offset.UNDECIDED
    return OffsetSuspicion(told, agreement, len(points), "")


def suspect_layer_offset(components: Batch, reference: Batch) -> OffsetSuspicion:
    """Compare a layer with a reference layer, whatever their CRS; see `suspect_offset`."""
    if components.geometry is None or reference.geometry is None:
        raise WanggeError(
            translate("Wangge", "Both the components and the reference need a geometry.")
        )
    usable = ~(shapely.is_missing(components.geometry) | shapely.is_empty(components.geometry))
    rows = np.flatnonzero(usable)
    rows = rows[:: max(1, len(rows) // _SAMPLE)]
    centres = shapely.get_coordinates(shapely.centroid(components.geometry[rows]))
    degrees = transform_to_degrees(centres, components.crs)
    known = shapely.transform(
        reference.geometry, lambda xy: transform_to_degrees(xy, reference.crs)
    )
    return suspect_offset(degrees, known)
