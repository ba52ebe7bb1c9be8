"""Columns into a QGIS sink; a fresh GeoPackage is filled in one transaction of prepared statements."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import shapely
from qgis.core import QgsFeature, QgsFeatureSink, QgsFields, QgsGeometry
from qgis.PyQt.QtCore import QDate, QDateTime, Qt

from ..errors import WanggeError
from ..progress import SILENT, Progress, stop_if_cancelled
from ..rules.batch import Batch
from ..translation import translate
from . import geopackage
from .types import Kind, kind_of_array

_SLICE = 20_000


def write_batches(
    sink: QgsFeatureSink,
    fields: QgsFields,
    batches: Iterable[Batch],
    *,
    progress: Progress = SILENT,
) -> int:
    """Write batches into an open sink and return how many rows it took.

    Columns are matched to ``fields`` by name; a field without column stays null.
    """
    names = fields.names()
    total = 0
    for batch in batches:
        for start in range(0, len(batch), _SLICE):
            stop_if_cancelled(progress)
            part = batch.take(np.arange(start, min(start + _SLICE, len(batch))))
            rows = _features(part, fields, names)
            if not sink.addFeatures(rows, QgsFeatureSink.Flag.FastInsert):
                raise WanggeError(
                    translate(
                        "Wangge",
                        "The output could not be written (from row {row} on). Check that the "
                        "destination is writable and has room, then run again.",
                    ).format(row=total + 1),
                    sink.lastError(),
                )
            total += len(rows)
    return total


def fill_geopackage(
    path: Path, table: str, batches: Iterable[Batch], *, progress: Progress = SILENT
) -> int:
    """Fill the empty table of a GeoPackage that QGIS has just made; all rows or none."""
    return geopackage.fill(path, table, batches, progress=progress)


def _features(batch: Batch, fields: QgsFields, names: list[str]) -> list[QgsFeature]:
    columns = [
        attribute_values(batch, name) if name in batch.fields else [None] * len(batch)
        for name in names
    ]
    rows = list(zip(*columns, strict=True)) if columns else [()] * len(batch)
    wkb = [None] * len(batch) if batch.geometry is None else shapely.to_wkb(batch.geometry).tolist()
    made = []
    for attributes, shape in zip(rows, wkb, strict=True):
        feature = QgsFeature(fields)
        feature.setAttributes(list(attributes))
        if shape is not None:
            geometry = QgsGeometry()
            geometry.fromWkb(shape)
            feature.setGeometry(geometry)
        made.append(feature)
    return made


def attribute_values(batch: Batch, name: str) -> list:
    """Return one column as Python values that QGIS takes as attributes (None is null)."""
    values = batch.fields[name]
    kind = kind_of_array(values)
    missing = batch.is_null(name)
    if kind is Kind.TEXT:
        return values.tolist()
    if kind is Kind.DATE:
        texts = np.datetime_as_string(values)
        made = [QDate.fromString(t, Qt.DateFormat.ISODate) for t in texts]
    elif kind is Kind.DATETIME:
        texts = np.datetime_as_string(values)
        made = [QDateTime.fromString(t, Qt.DateFormat.ISODateWithMs) for t in texts]
    else:
        made = values.tolist()
    return [None if m else v for m, v in zip(missing, made, strict=True)] if missing.any() else made
