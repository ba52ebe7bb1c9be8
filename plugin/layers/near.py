"""Facilities around a place of the map, in true metres whatever the coordinates."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsGeometry,
    QgsPointXY,
)

from ..errors import WanggeError
from ..facilities.search import Nearby, facilities_near
from ..rules.batch import Batch
from ..standards.domains import Domain
from ..translation import translate
from .geometry import in_crs

_QUARTER = 24
# The ellipsoid of CGCS2000 differs from GRS80 by less than a millimetre.
_A, _E2 = 6_378_137.0, 0.006694380022901


@dataclass(frozen=True)
class Sought:
    """What is looked for.

    Attributes
    ----------
    point : QgsPointXY
    crs : QgsCoordinateReferenceSystem
        Of the point.
    distance : float
        In metres.
    kinds : collection of str
        Kinds as they are stored or as people call them; empty for all.
    limit : int
        At most so many; 0 is all.
    """

    point: QgsPointXY
    crs: QgsCoordinateReferenceSystem
    distance: float
    kinds: Collection[str] = ()
    limit: int = 0


def search_near(
    rows: Batch,
    crs: QgsCoordinateReferenceSystem,
    sought: Sought,
    domains: Mapping[str, Domain],
    context: QgsCoordinateTransformContext | None = None,
) -> Nearby:
    """Return the rows around a place, nearest first.

    Distances are measured on the ellipsoid: no zone, no scale factor, no difference between
    layers in degrees and in metres.

    Raises
    ------
    WanggeError
        When a kind is not known, the rows have no places or the place cannot be converted.
    """
    if rows.geometry is None or not crs.isValid():
        raise WanggeError(
            translate(
                "Wangge",
                "The facilities have no place on the map. Give a layer with points and a "
                "coordinate reference system.",
            )
        )
    context = context or QgsCoordinateTransformContext()
    centre = _lonlat(sought, context)
    own = np.flatnonzero(of_kind(rows, sought.kinds, domains["facility_kind"]))
    degrees = in_crs(Batch({}, rows.shapes[own], rows.ids[own]), crs, _degrees(), context)
    plane = shapely.transform(degrees.shapes, lambda xy: _to_plane(xy, centre))
    found = facilities_near(
        plane, shapely.Point(0, 0), distance=sought.distance, limit=sought.limit
    )
    return Nearby(own[found.rows], found.metres)


def circle_of(sought: Sought, context: QgsCoordinateTransformContext | None = None) -> QgsGeometry:
    """Return the circle that is searched, in the coordinates of the point."""
    context = context or QgsCoordinateTransformContext()
    centre = _lonlat(sought, context)
    turn = np.linspace(0, 2 * np.pi, 4 * _QUARTER, endpoint=False)
    metres = sought.distance * np.column_stack([np.cos(turn), np.sin(turn)])
    ring = [QgsPointXY(x, y) for x, y in _from_plane(metres, centre)]
    circle = QgsGeometry.fromPolygonXY([ring])
    circle.transform(QgsCoordinateTransform(_degrees(), sought.crs, context))
    return circle


def _degrees() -> QgsCoordinateReferenceSystem:
    return QgsCoordinateReferenceSystem("EPSG:4490")


def _lonlat(sought: Sought, context: QgsCoordinateTransformContext) -> np.ndarray:
    try:
        moved = QgsCoordinateTransform(sought.crs, _degrees(), context).transform(sought.point)
        if abs(moved.x()) <= 180 and abs(moved.y()) < 90:  # also refuses what is no number
            return np.array([moved.x(), moved.y()])
        detail = f"{moved.x()}, {moved.y()}"
    except QgsCsException as error:
        detail = str(error)
    raise WanggeError(
        translate(
            "Wangge",
            "The place {x}, {y} cannot be converted from {crs}. Check its coordinates.",
        ).format(x=sought.point.x(), y=sought.point.y(), crs=sought.crs.userFriendlyIdentifier()),
        detail,
    )


def _radii(latitude: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the radii of curvature of the GRS80 ellipsoid: along the meridian and across it."""
    wide = 1 - _E2 * np.sin(latitude) ** 2
    return _A * (1 - _E2) / wide**1.5, _A / np.sqrt(wide)


def _to_plane(lonlat: np.ndarray, centre: np.ndarray) -> np.ndarray:
    # Gauss's formula of the middle latitude: right to a centimetre at 5 km.
    middle = np.radians((lonlat[:, 1] + centre[1]) / 2)
    along, across = _radii(middle)
    turned = np.radians(lonlat - centre)
    return np.column_stack([turned[:, 0] * across * np.cos(middle), turned[:, 1] * along])


def _from_plane(metres: np.ndarray, centre: np.ndarray) -> np.ndarray:
    start = np.radians(centre)
    along, _ = _radii(start[1])
    latitude = start[1] + metres[:, 1] / along
    middle = (latitude + start[1]) / 2
    along, across = _radii(middle)
    latitude = start[1] + metres[:, 1] / along
    longitude = start[0] + metres[:, 0] / (across * np.cos(middle))
    return np.degrees(np.column_stack([longitude, latitude]))


def of_kind(rows: Batch, kinds: Collection[str], domain: Domain) -> np.ndarray:
    """Return which rows are of some kinds, shape (n,) of bool; all where none are asked for.

    Raises
    ------
    WanggeError
        When a kind is neither in the list nor among the rows.
    """
    if not kinds:
        return np.ones(len(rows), bool)
    stored = rows.text("kind").tolist()
    # A list that the city keeps without our names is searched by its own.
    wanted = {domain.recognise(k) or k for k in kinds}
    there = {domain.recognise(v) or v for v in set(stored)}
    if strange := sorted(w for w in wanted if w not in domain and w not in there):
        raise WanggeError(
            translate(
                "Wangge", "There is no kind of facility “{kind}”. There are: {kinds}."
            ).format(kind=strange[0], kinds=", ".join(v.label for v in domain.values))
        )
    known = {v: domain.recognise(v) or v for v in set(stored)}
    return np.array([known[v] in wanted for v in stored], bool)
