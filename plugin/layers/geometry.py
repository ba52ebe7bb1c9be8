"""Geometries between QGIS and Shapely, and their way into another CRS."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import shapely
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsGeometry,
)

from ..collector import collector_asleep
from ..errors import WanggeError
from ..rules.batch import Batch
from ..translation import translate
from .source import LayerSource

# QGIS's transform works on a whole line at once: one call for this many points.
_CHUNK = 500_000
_LINESTRING = 2


def from_wkb(wkb: np.ndarray) -> np.ndarray:
    """Return geometries from WKB (None stays None); a ring left open is closed where possible."""
    with collector_asleep():
        try:
            return shapely.from_wkb(wkb, on_invalid="fix")
        except ValueError:  # older GEOS knows no "fix"
            return shapely.from_wkb(wkb, on_invalid="ignore")


def transformed(batch: Batch, source: LayerSource) -> Batch:
    """Return the batch in the CRS that the source asks for."""
    batch = replace(batch, crs=source.crs_text)
    if batch.geometry is None or not source.needs_transform:
        return batch
    transform = QgsCoordinateTransform(source.layer.crs(), source.crs, source.transform_context)
    return replace(batch, geometry=moved(batch.geometry, lambda xy: _move(xy, transform, source)))


def in_crs(
    batch: Batch,
    source: QgsCoordinateReferenceSystem,
    target: QgsCoordinateReferenceSystem,
    context: QgsCoordinateTransformContext,
) -> Batch:
    """Return rows that came without a layer (from the platform, say) in another CRS."""
    if batch.geometry is None or source == target:
        return batch
    transform = QgsCoordinateTransform(source, target, context)
    shapes = moved(batch.geometry, lambda xy: _through_line(xy, transform))
    return replace(batch, geometry=shapes, crs=target.authid() or target.toWkt())


def moved(shapes: np.ndarray, move: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """Return geometries whose (x, y) went through ``move``, many points at a time."""

    def move_all(xy: np.ndarray) -> np.ndarray:
        parts = [move(xy[i : i + _CHUNK]) for i in range(0, len(xy), _CHUNK)]
        return np.vstack(parts) if parts else xy

    result = shapely.transform(shapes, move_all)
    high = shapely.has_z(shapes)
    if high.any():  # heights stay as they are: cities keep them in a datum of their own

        def move_high(xyz: np.ndarray) -> np.ndarray:
            return np.column_stack([move_all(xyz[:, :2]), xyz[:, 2]])

        result[high] = shapely.transform(shapes[high], move_high, include_z=True)
    return result


def _move(xy: np.ndarray, transform: QgsCoordinateTransform, source: LayerSource) -> np.ndarray:
    try:
        return _through_line(xy, transform)
    except QgsCsException as error:
        raise WanggeError(
            translate(
                "Wangge",
                "Layer “{layer}” holds coordinates that cannot be converted from {source} to "
                "{target}. Check that the layer's coordinate reference system is the right one.",
            ).format(
                layer=source.name,
                source=source.layer.crs().userFriendlyIdentifier(),
                target=source.crs.userFriendlyIdentifier(),
            ),
            str(error),
        ) from error


def _through_line(xy: np.ndarray, transform: QgsCoordinateTransform) -> np.ndarray:
    header = struct.pack("<BII", 1, _LINESTRING, len(xy))
    line = QgsGeometry()
    line.fromWkb(header + np.ascontiguousarray(xy, dtype="<f8").tobytes())
    line.transform(transform)
    return np.frombuffer(bytes(line.asWkb()), dtype="<f8", offset=len(header)).reshape(-1, 2)


def lonlat_transform(
    crs: QgsCoordinateReferenceSystem, context: QgsCoordinateTransformContext
) -> Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]] | None:
    """Return ``f(x, y) -> (lon, lat)`` in degrees for arrays in ``crs``, None without a CRS.

    Places where the transform is not defined come out as NaN.
    """
    if not crs.isValid():
        return None
    transform = QgsCoordinateTransform(crs, QgsCoordinateReferenceSystem("EPSG:4326"), context)

    def to_lonlat(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        xy = np.column_stack([x, y]).astype(float)
        if not len(xy):
            return xy[:, 0], xy[:, 1]
        try:
            moved = _through_line(xy, transform)
        except QgsCsException:
            moved = np.full_like(xy, np.nan)
        return moved[:, 0], moved[:, 1]

    return to_lonlat
