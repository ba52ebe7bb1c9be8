"""Which NumPy column a QGIS field becomes, and back."""

from __future__ import annotations

from enum import Enum

import numpy as np
from qgis.core import QgsField
from qgis.PyQt.QtCore import QMetaType


class Kind(Enum):
    """Column kinds of a `Batch`, with the dtype each is held in."""

    TEXT = np.dtype(object)
    INTEGER = np.dtype(np.int64)
    REAL = np.dtype(np.float64)
    DATE = np.dtype("datetime64[D]")
    DATETIME = np.dtype("datetime64[ms]")


_INTEGERS = {
    QMetaType.Type.Int,
    QMetaType.Type.UInt,
    QMetaType.Type.LongLong,
    QMetaType.Type.ULongLong,
    QMetaType.Type.Bool,
}

_KIND_OF_TYPE = {
    **dict.fromkeys(_INTEGERS, Kind.INTEGER),
    QMetaType.Type.Double: Kind.REAL,
    QMetaType.Type.QDate: Kind.DATE,
    QMetaType.Type.QDateTime: Kind.DATETIME,
}

_TYPE_OF_KIND = {
    Kind.TEXT: QMetaType.Type.QString,
    Kind.INTEGER: QMetaType.Type.LongLong,
    Kind.REAL: QMetaType.Type.Double,
    Kind.DATE: QMetaType.Type.QDate,
    Kind.DATETIME: QMetaType.Type.QDateTime,
}


def kind_of_field(qgis_field: QgsField) -> Kind:
    """Return the column kind of a QGIS field; whatever is no number or date travels as text."""
    return _KIND_OF_TYPE.get(QMetaType.Type(qgis_field.type()), Kind.TEXT)


def kind_of_array(values: np.ndarray) -> Kind:
    """Return the column kind of an array of a `Batch`."""
    if values.dtype.kind in "iub":
        return Kind.INTEGER
    if values.dtype.kind == "f":
        return Kind.REAL
    if values.dtype.kind == "M":
        is_day = np.datetime_data(values.dtype)[0] == "D"
        return Kind.DATE if is_day else Kind.DATETIME
    return Kind.TEXT


def meta_type(kind: Kind) -> QMetaType.Type:
    """Return the QGIS field type that holds a column kind."""
    return _TYPE_OF_KIND[kind]
