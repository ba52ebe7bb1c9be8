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

    Distances are those of an azimuthal projection around the place itself, in which they are
    true: no zone, no scale factor, no difference between degrees and metres.

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
    around = _around(sought, context)
    own = np.flatnonzero(of_kind(rows, sought.kinds, domains["facility_kind"]))
    moved = in_crs(Batch({}, rows.shapes[own], rows.ids[own]), crs, around, context)
    found = facilities_near(
        moved.shapes, shapely.Point(0, 0), distance=sought.distance, limit=sought.limit
    )
    return Nearby(own[found.rows], found.metres)


def circle_of(sought: Sought, context: QgsCoordinateTransformContext | None = None) -> QgsGeometry:
    """Return the circle that is searched, in the coordinates of the point."""
    context = context or QgsCoordinateTransformContext()
    circle = QgsGeometry.fromPointXY(QgsPointXY(0, 0)).buffer(sought.distance, _QUARTER)
    circle.transform(QgsCoordinateTransform(_around(sought, context), sought.crs, context))
    return circle


def _around(sought: Sought, context: QgsCoordinateTransformContext) -> QgsCoordinateReferenceSystem:
    degrees = QgsCoordinateReferenceSystem("EPSG:4490")
    try:
        lonlat = QgsCoordinateTransform(sought.crs, degrees, context).transform(sought.point)
    except QgsCsException as error:
        raise WanggeError(
            translate(
                "Wangge",
                "The place {x}, {y} cannot be converted from {crs}. Check its coordinates.",
            ).format(
                x=sought.point.x(), y=sought.point.y(), crs=sought.crs.userFriendlyIdentifier()
            ),
            str(error),
        ) from error
    return QgsCoordinateReferenceSystem.fromProj(
        f"+proj=aeqd +lat_0={lonlat.y():.9f} +lon_0={lonlat.x():.9f} +ellps=GRS80 +units=m "
        "+no_defs +type=crs"
    )


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
