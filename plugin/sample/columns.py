"""Fill a layer's columns: every field its description names, in its order and type."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..rules.batch import Batch
from ..standards.layers import layer
from ..standards.spec import FieldType


def fill(
    name: str, geometry: np.ndarray | None, *, crs: str, rows: int = -1, **given: Any
) -> Batch:
    """Build the batch of a layer; a field not given is null.

    Parameters
    ----------
    name : str
        Layer as in `standards.layers`.
    geometry : ndarray of geometries or None
    rows : int
        Needed only where there is no geometry.
    **given : array or scalar
        Columns by field name; a scalar goes to every row.
    """
    n = len(geometry) if geometry is not None else rows
    spec = layer(name)
    unknown = set(given) - set(spec.names)
    if unknown:
        raise KeyError(f"{name} has no fields {sorted(unknown)}")
    columns, nulls = {}, {}
    for f in spec.fields:
        value = given.get(f.name)
        columns[f.name] = _column(f.type, value, n)
        if f.type is FieldType.INTEGER and value is None:
            nulls[f.name] = np.ones(n, bool)
    return Batch(columns, geometry, np.arange(1, n + 1, dtype=np.int64), crs, nulls)


def shapes_of(batch: Batch) -> np.ndarray:
    """Return the geometries of a layer that has some; ValueError for a table."""
    if batch.geometry is None:
        raise ValueError("a table has no geometries")
    return batch.geometry


def only(values: Any, rows: np.ndarray) -> np.ndarray:
    """Return ``values`` (one or one a row) as a column that is null outside ``rows``."""
    column = np.full(len(rows), None, dtype=object)
    column[rows] = values if np.ndim(values) == 0 else np.asarray(values)[rows]
    return column


def _column(kind: FieldType, value: Any, n: int) -> np.ndarray:
    dtype, null = {
        FieldType.TEXT: ("O", None),
        FieldType.INTEGER: ("int64", 0),
        FieldType.REAL: ("float64", np.nan),
        FieldType.DATE: ("datetime64[D]", np.datetime64("NaT")),
        FieldType.DATETIME: ("datetime64[ms]", np.datetime64("NaT")),
    }[kind]
    if value is None:
        value = null
    if np.ndim(value) == 0:
        return np.full(n, value, dtype=dtype)
    return np.asarray(value).astype(dtype)
