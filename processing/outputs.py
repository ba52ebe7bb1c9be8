"""Columns saved as described layers, and the counts that go back to models."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely
from qgis.core import Qgis, QgsCoordinateReferenceSystem, QgsProcessingOutputNumber, QgsWkbTypes

from ..plugin.layers.fields import fields_of_columns
from ..plugin.layers.source import LayerSource
from ..plugin.rules.batch import Batch
from ..plugin.standards.spec import LayerSpec
from .job import Job

_FAMILIES = {
    0: Qgis.WkbType.Point,
    1: Qgis.WkbType.LineString,
    3: Qgis.WkbType.Polygon,
    4: Qgis.WkbType.MultiPoint,
    5: Qgis.WkbType.MultiLineString,
    6: Qgis.WkbType.MultiPolygon,
}


def save_layer(
    job: Job,
    name: str,
    batch: Batch,
    spec: LayerSpec,
    geometry: Qgis.WkbType,
    crs: QgsCoordinateReferenceSystem,
    *,
    style: str = "",
    derived: bool | str = False,
) -> str | None:
    """Write columns in the order of their description, further columns after them.

    Described fields that the columns lack are made and stay null, so that the result is
    always the whole layer.
    """
    ordered = {f.name: batch.fields.get(f.name, np.array([], object)) for f in spec.fields}
    taken = {f.lower() for f in ordered} | {"fid"}  # fid is the file's own key
    ordered.update({f: v for f, v in batch.fields.items() if f.lower() not in taken})
    fields = fields_of_columns(ordered, spec=spec)
    return job.save(name, batch, fields, geometry, crs, style=style or spec.name, derived=derived)


def geometry_of(source: LayerSource) -> Qgis.WkbType:
    """Return the geometry type of a layer that results keep, without M values."""
    kind = source.layer.wkbType()
    return QgsWkbTypes.dropM(QgsWkbTypes.linearType(kind))


def geometry_of_columns(batch: Batch) -> Qgis.WkbType:
    """Return the type that holds all geometries of a batch; mixed families are ``Unknown``."""
    if batch.geometry is None:
        return Qgis.WkbType.NoGeometry
    present = np.unique(shapely.get_type_id(batch.geometry[~shapely.is_missing(batch.geometry)]))
    if not len(present):
        return Qgis.WkbType.Unknown
    families = {int(t) % 3 if t >= 4 else {0: 1, 1: 2, 2: 2, 3: 0}[int(t)] for t in present}
    if len(families) > 1:
        return Qgis.WkbType.Unknown
    kind = _FAMILIES.get(int(present.max()), Qgis.WkbType.Unknown)
    has_z = bool(shapely.has_z(batch.geometry).any())
    return QgsWkbTypes.addZ(kind) if has_z else kind


def numbers(titles: Iterable[tuple[str, str]]) -> list[QgsProcessingOutputNumber]:
    """Return numeric outputs from (name, title) pairs."""
    return [QgsProcessingOutputNumber(name, title) for name, title in titles]
