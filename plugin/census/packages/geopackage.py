"""Write batches into a GeoPackage and read them back, with fiona."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
import shapely.geometry

from ...errors import WanggeError
from ...rules.batch import Batch
from ...standards.spec import FieldSpec, FieldType, LayerSpec
from ...translation import translate
from ..columns import nulls
from ..intake.ogr import FAILURES, require_fiona

_TYPES = {
    FieldType.TEXT: "str",
    FieldType.INTEGER: "int64",
    FieldType.REAL: "float",
    FieldType.DATE: "date",
    FieldType.DATETIME: "datetime",
}


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
    except (fiona.errors.FionaError, *FAILURES) as error:
        raise WanggeError(
            translate(
                "Wangge",
                "{path} cannot be written. Check that the folder exists, that the disk is not full "
                "and that no other program uses the file.",
            ).format(path=path),
            detail=str(error),
        ) from error


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
    fiona = require_fiona()
    properties: list[dict] = []
    shapes: list = []
    ids: list[int] = []
    try:
        with fiona.open(path, layer=name) as source:
            types = dict(source.schema["properties"])
            spatial = source.schema["geometry"] != "None"
            epsg = source.crs.to_epsg() if source.crs else None
            crs = f"EPSG:{epsg}" if epsg else (source.crs_wkt or "")
            for feature in source:
                properties.append(dict(feature.properties))
                shapes.append(feature.geometry)
                ids.append(int(feature.id))
            geometry = np.full(len(shapes), None, dtype=object) if spatial else None
            if geometry is not None:
                geometry[:] = [None if s is None else shapely.geometry.shape(s) for s in shapes]
    except (fiona.errors.FionaError, shapely.errors.ShapelyError, *FAILURES) as error:
        raise WanggeError(
            translate(
                "Wangge",
                "The layer “{layer}” of {path} cannot be read: the file is missing, damaged or "
                "locked. Copy the package from the device again.",
            ).format(layer=name, path=path),
            detail=str(error),
        ) from error
    fields = {}
    for field, kind in types.items():
        declared = spec.field(field).type if spec and field in spec.names else None
        fields[field] = _column([p.get(field) for p in properties], _dtype(kind, declared))
    masks = {
        name: np.array([p.get(name) is None for p in properties], dtype=bool)
        for name, values in fields.items()
        if values.dtype.kind == "i" and any(p.get(name) is None for p in properties)
    }
    return Batch(fields, geometry, np.array(ids, dtype=np.int64), crs, masks)


def _dtype(kind: str, declared: FieldType | None) -> str:
    if declared is FieldType.DATE:
        return "datetime64[D]"
    if declared is FieldType.DATETIME or kind.startswith("datetime"):
        return "datetime64[ms]"
    if declared is FieldType.REAL or kind.startswith("float"):
        return "float64"
    if kind.startswith("date"):
        return "datetime64[D]"
    return "int64" if kind.startswith("int") else "object"


def _column(values: list, dtype: str) -> np.ndarray:
    readers: dict[str, Callable[[Any], Any]] = {
        "float64": lambda v: np.nan if v is None else float(v),
        "int64": lambda v: 0 if v is None else int(v),
    }
    if dtype == "object":
        column = nulls(len(values))
        column[:] = [v if v is None or isinstance(v, str) else str(v) for v in values]
        return column
    if dtype.startswith("datetime"):
        return np.array(["NaT" if v is None else _instant(v) for v in values], dtype=dtype)
    return np.array([readers[dtype](v) for v in values], dtype=dtype)


def _instant(value: Any) -> str:
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    # NumPy reads no time zone; field devices write one now and then.
    return text.replace("Z", "").split("+")[0]
