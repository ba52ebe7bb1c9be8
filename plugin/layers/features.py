"""The fallback: columns from features, for memory layers, open edits and whatever OGR cannot see."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np
from qgis.core import NULL, QgsFeature, QgsFeatureRequest, QgsUnsetAttributeValue
from qgis.PyQt.QtCore import QByteArray, QDate, QDateTime, QTime

from ..rules.batch import Batch
from .geometry import from_wkb, transformed
from .source import LayerSource
from .types import Kind, kind_of_field


def read_batches(
    source: LayerSource, names: list[str], *, geometry: bool, batch_rows: int
) -> Iterator[Batch]:
    """Yield batches read feature by feature."""
    request = source.request()
    indexes = [source.fields.lookupField(name) for name in names]
    request.setSubsetOfAttributes(indexes)
    if not geometry:
        request.setFlags(QgsFeatureRequest.Flag.NoGeometry)
    iterator = source.layer.getFeatures(request)
    while rows := list(islice(iterator, batch_rows)):
        yield transformed(_batch(rows, names, indexes, source, geometry=geometry), source)


def empty_batch(source: LayerSource, names: list[str], *, geometry: bool) -> Batch:
    """Return a batch of no rows with the right columns."""
    indexes = [source.fields.lookupField(name) for name in names]
    return _batch([], names, indexes, source, geometry=geometry)


def _batch(
    rows: list[QgsFeature],
    names: list[str],
    indexes: list[int],
    source: LayerSource,
    *,
    geometry: bool,
) -> Batch:
    fields, nulls = {}, {}
    for name, index in zip(names, indexes, strict=True):
        kind = kind_of_field(source.fields.at(index))
        raw = [row.attribute(index) for row in rows]
        missing = np.fromiter((is_null(v) for v in raw), bool, len(raw))
        if kind in (Kind.INTEGER, Kind.REAL):
            # A key that the file gives only when it is saved says so, in words.
            missing |= np.fromiter((isinstance(v, str) for v in raw), bool, len(raw))
        fields[name] = _column(raw, missing, kind)
        if kind is Kind.INTEGER and missing.any():
            nulls[name] = missing
    shapes = None
    if geometry and source.layer.isSpatial():
        wkb = np.empty(len(rows), dtype=object)
        for i, row in enumerate(rows):
            wkb[i] = _wkb(row)
        shapes = from_wkb(wkb)
    ids = np.fromiter((row.id() for row in rows), np.int64, len(rows))
    return Batch(fields, shapes, ids, source.layer.crs().authid(), nulls)


def is_null(value) -> bool:
    """Return True for every way in which QGIS says that an attribute has no value."""
    if isinstance(value, QgsUnsetAttributeValue):  # a key that the provider will make
        return True
    return value is None or value == NULL or (isinstance(value, QByteArray) and value.isNull())


def _wkb(feature: QgsFeature) -> bytes | None:
    if not feature.hasGeometry():
        return None
    shape = feature.geometry()
    if shape.constGet().hasCurvedSegments():
        shape.convertToStraightSegment()
    return bytes(shape.asWkb())


def _column(raw: list, missing: np.ndarray, kind: Kind) -> np.ndarray:
    if kind is Kind.TEXT:
        out = np.empty(len(raw), dtype=object)
        out[:] = [None if m else _text(v) for v, m in zip(raw, missing, strict=True)]
        return out
    if kind is Kind.INTEGER:
        return np.array([0 if m else int(v) for v, m in zip(raw, missing, strict=True)], np.int64)
    if kind is Kind.REAL:
        return np.array(
            [np.nan if m else float(v) for v, m in zip(raw, missing, strict=True)], np.float64
        )
    texts = ["NaT" if m else _iso(v, kind) for v, m in zip(raw, missing, strict=True)]
    return np.array(texts, dtype=kind.value)


def _iso(value: QDate | QDateTime, kind: Kind) -> str:
    if not value.isValid():
        return "NaT"
    pattern = "yyyy-MM-dd" if kind is Kind.DATE else "yyyy-MM-ddTHH:mm:ss.zzz"
    return value.toString(pattern)


def _text(value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, QTime):
        return value.toString("HH:mm:ss")
    if isinstance(value, QDate | QDateTime):
        return _iso(value, Kind.DATE if isinstance(value, QDate) else Kind.DATETIME)
    if isinstance(value, QByteArray):
        return bytes(value).hex()
    return str(value)
