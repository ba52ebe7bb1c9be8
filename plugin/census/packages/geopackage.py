"""Write batches into a GeoPackage and read them back."""

from __future__ import annotations

import sqlite3
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely
import shapely.geometry

from ...errors import WanggeError
from ...rules.batch import Batch
from ...standards.spec import FieldSpec, FieldType, Geometry, LayerSpec
from ...translation import translate
from ..columns import nulls
from ..intake.gpkg import GpkgLayer, NotPlain, connect, geometries, list_layers, read_rows
from ..intake.ogr import failures, require_fiona

_TYPES = {
    FieldType.TEXT: "str",
    FieldType.INTEGER: "int64",
    FieldType.REAL: "float",
    FieldType.DATE: "date",
    FieldType.DATETIME: "datetime",
}

# Families that a table can promise; lines come as multi-lines too.
_PLAIN = ((Geometry.POINT,), (Geometry.POLYGON,))


def write_layer(
    path: Path, name: str, batch: Batch, spec: LayerSpec | None = None, *, kind: str = "Unknown"
) -> None:
    """Add a layer to a GeoPackage.

    Rows get the feature ids 1 to n in order. Fields of the specification that the batch
    lacks are made empty; fields of the batch beyond it are kept.

    Raises
    ------
    WanggeError
        When the file cannot be written, as on a full disk; a half-written file is removed
        by the caller.
    """
    fiona = require_fiona()
    fields = _fields(batch, spec)
    schema = {
        "geometry": "None" if batch.geometry is None else kind,
        "properties": {f.name: _type(f) for f in fields},
    }
    columns = [_plain(batch, f) for f in fields]
    names = [f.name for f in fields]
    shapes = [None] * len(batch) if batch.geometry is None else batch.geometry.tolist()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with fiona.open(
                path, "w", driver="GPKG", layer=name, schema=schema, crs=batch.crs or None
            ) as sink:
                sink.writerecords(
                    {
                        "type": "Feature",
                        "geometry": None if shape is None else shapely.geometry.mapping(shape),
                        "properties": dict(zip(names, values, strict=True)),
                    }
                    for shape, values in zip(shapes, _rows(columns, len(batch)), strict=True)
                )
    except failures(fiona) as error:
        raise WanggeError(
            translate(
                "Wangge",
                "{path} cannot be written. Check that the folder exists, that the disk is not full "
                "and that no other program uses the file.",
            ).format(path=path),
            detail=str(error),
        ) from error


def write_layers(
    path: Path, layers: Mapping[str, Batch], specs: Mapping[str, LayerSpec], crs: str
) -> None:
    """Write layers into a GeoPackage, each as its specification says; see `write_layer`."""
    for name, batch in layers.items():
        kinds = specs[name].geometries
        kind = kinds[0].value.capitalize() if kinds in _PLAIN else "Unknown"
        write_layer(path, name, replace(batch, crs=crs), specs[name], kind=kind)


def _rows(columns: Sequence[list], n: int) -> Any:
    return zip(*columns, strict=True) if columns else iter([()] * n)


def _fields(batch: Batch, spec: LayerSpec | None) -> list[FieldSpec]:
    known = list(spec.fields) if spec else []
    names = {f.name for f in known}
    kinds = {
        "O": FieldType.TEXT,
        "f": FieldType.REAL,
        "i": FieldType.INTEGER,
        "u": FieldType.INTEGER,
    }
    for name, values in batch.fields.items():
        if name in names:
            continue
        kind = kinds.get(values.dtype.kind, FieldType.TEXT)
        if values.dtype.kind == "M":
            kind = FieldType.DATE if values.dtype == "datetime64[D]" else FieldType.DATETIME
        known.append(FieldSpec(name, kind))
    return known


def _type(field: FieldSpec) -> str:
    length = f":{field.length}" if field.type is FieldType.TEXT and field.length else ""
    return _TYPES[field.type] + length


def _plain(batch: Batch, field: FieldSpec) -> list:
    values = batch.fields.get(field.name)
    if values is None:
        return [None] * len(batch)
    empty = batch.is_null(field.name)
    if values.dtype.kind == "M":
        return [None if e else str(v) for v, e in zip(values, empty, strict=True)]
    return [None if e else v for v, e in zip(values.tolist(), empty, strict=True)]


def read_layer(path: Path, name: str, spec: LayerSpec | None = None) -> Batch:
    """Read a layer of a GeoPackage into columns typed as the specification says.

    ``ids`` are the feature ids.

    Raises
    ------
    WanggeError
        When the file or layer is missing or damaged.
    """
    layer = _find(path, name)
    readers = [_ColumnReader(path, name, field, kind, spec) for field, kind in layer.columns]
    ids, shapes = [np.empty(0, np.int64)], [np.empty(0, object)]
    for rows, numbers in read_rows(path, layer):
        ids.append(numbers)
        values = list(zip(*rows, strict=True))
        for reader, column in zip(readers, values, strict=False):
            reader.add(column)
        if layer.geometry:
            part, broken = geometries(list(values[-1]))
            if broken.any():
                raise _damaged(path, name, f"{int(broken.sum())} geometries")
            shapes.append(part)
    return Batch(
        {r.field: r.values() for r in readers},
        np.concatenate(shapes) if layer.geometry else None,
        np.concatenate(ids),
        layer.crs,
        {r.field: r.missing() for r in readers if r.has_missing},
    )


class _ColumnReader:
    """One column, chunk by chunk; equal texts are kept once, as most of a city's repeat."""

    _DISTINCT = 20_000  # beyond it a column is one of keys

    def __init__(self, path: Path, layer: str, field: str, kind: str, spec: LayerSpec | None):
        declared = spec.field(field).type if spec and field in spec.names else None
        self.field = field
        self._dtype = _dtype(kind, declared)
        self._place = path, layer
        self._parts = [_column([], self._dtype)]
        self._missing = [np.empty(0, bool)]
        self._known: dict[Any, Any] = {}
        self.has_missing = False

    def add(self, values: Sequence[Any]) -> None:
        """Read the values of some more rows."""
        if self._dtype == "object" and len(self._known) < self._DISTINCT:
            remember = self._known.setdefault
            values = [remember(v, v) for v in values]
        try:
            self._parts.append(_column(list(values), self._dtype))
        except (ValueError, OverflowError) as error:
            misfit = _first_misfit(values, self._dtype)
            raise _misfit(*self._place, self.field, misfit) from error
        if self._dtype == "int64":
            self._missing.append(np.array([v is None for v in values], dtype=bool))
            self.has_missing = self.has_missing or bool(self._missing[-1].any())

    def values(self) -> np.ndarray:
        """Return the whole column."""
        return np.concatenate(self._parts)

    def missing(self) -> np.ndarray:
        """Return where an integer column is null."""
        return np.concatenate(self._missing)


def _find(path: Path, name: str) -> GpkgLayer:
    try:
        with closing(connect(path)) as connection:
            for layer in list_layers(connection):
                if layer.name == name:
                    return layer
    except (sqlite3.Error, NotPlain) as error:
        raise _damaged(path, name, str(error)) from error
    raise _damaged(path, name, "no such layer")


def _damaged(path: Path, name: str, detail: str) -> WanggeError:
    return WanggeError(
        translate(
            "Wangge",
            "The layer “{layer}” of {path} cannot be read: the file is missing, damaged or "
            "locked. Copy the package from the device again.",
        ).format(layer=name, path=path),
        detail=detail,
    )


def _first_misfit(values: Sequence[Any], dtype: str) -> Any:
    for value in values:
        try:
            _column([value], dtype)
        except (ValueError, OverflowError):
            return value
    return ""


def _misfit(path: Path, name: str, field: str, value: Any) -> WanggeError:
    return WanggeError(
        translate(
            "Wangge",
            "The layer “{layer}” of {path}: the field “{field}” holds “{value}”, which does not fit "
            "its type. Correct it there, then run again.",
        ).format(layer=name, path=path, field=field, value=value)
    )


def _dtype(kind: str, declared: FieldType | None) -> str:
    if declared is FieldType.DATE:
        return "datetime64[D]"
    if declared is FieldType.DATETIME or kind == "DATETIME":
        return "datetime64[ms]"
    if declared is FieldType.REAL or kind in ("REAL", "DOUBLE", "FLOAT"):
        return "float64"
    if kind == "DATE":
        return "datetime64[D]"
    return "int64" if "INT" in kind or kind == "BOOLEAN" else "object"


def _column(values: list, dtype: str) -> np.ndarray:
    readers: dict[str, Callable[[Any], Any]] = {
        "float64": lambda v: np.nan if v is None else float(v),
        "int64": lambda v: 0 if v is None else int(v),
    }
    if dtype == "object":
        column = nulls(len(values))
        plain = set(map(type, values)) <= {str, type(None)}
        column[:] = values if plain else [v if v is None else str(v) for v in values]
        return column
    if dtype.startswith("datetime"):
        known: dict[Any, str] = {None: "NaT"}
        for value in set(values) - {None}:
            known[value] = _instant(value)
        return np.array([known[v] for v in values], dtype=dtype)
    return np.array([readers[dtype](v) for v in values], dtype=dtype)


def _instant(value: Any) -> str:
    # NumPy reads no time zone; field devices write one now and then.
    return str(value).strip().replace("Z", "").split("+")[0] or "NaT"
