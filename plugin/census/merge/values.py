"""Compare, write down and read back single values, so that a merge can be exact and undone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from ...rules.batch import Batch
from ..columns import null_to_blank, nulls

#: Name under which the geometry travels beside the columns.
GEOMETRY = "geometry"


def same_values(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return where two columns agree; null agrees with null and with blank text."""
    if first.dtype == object or second.dtype == object:
        return np.equal(_as_text(first), _as_text(second)).astype(bool)
    if first.dtype.kind == "M" or second.dtype.kind == "M":
        first, second = first.astype("datetime64[ms]"), second.astype("datetime64[ms]")
        return (first == second) | (np.isnat(first) & np.isnat(second))
    if "f" in (first.dtype.kind, second.dtype.kind):
        first, second = first.astype(float), second.astype(float)
        return (first == second) | (np.isnan(first) & np.isnan(second))
    return first == second


def _as_text(values: np.ndarray) -> np.ndarray:
    return null_to_blank(values if values.dtype == object else values_to_text(values))


def same_shapes(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return where two geometry columns agree vertex by vertex."""
    missing = shapely.is_missing(first)
    both = missing & shapely.is_missing(second)
    return both | shapely.equals_exact(first, second, tolerance=0.0)


def values_to_text(values: np.ndarray) -> np.ndarray:
    """Return a column as texts that `text_to_values` reads back exactly; None is null."""
    if values.dtype == object:
        return values
    texts = nulls(len(values))
    if values.dtype.kind == "M":
        filled = ~np.isnat(values)
        texts[filled] = np.datetime_as_string(values[filled])
    elif values.dtype.kind == "f":
        filled = ~np.isnan(values)
        texts[filled] = [repr(v) for v in values[filled].tolist()]
    else:
        texts[:] = [str(v) for v in values.tolist()]
    return texts


def text_to_values(texts: Sequence[str | None], like: np.ndarray) -> np.ndarray:
    """Read texts of `values_to_text` into a column of the type of ``like``."""
    if like.dtype == object:
        column = nulls(len(texts))
        column[:] = list(texts)
        return column
    if like.dtype.kind == "M":
        return np.array([t or "NaT" for t in texts], dtype=like.dtype)
    if like.dtype.kind == "f":
        return np.array([np.nan if t is None else float(t) for t in texts], dtype=like.dtype)
    return np.array([0 if t is None else int(float(t)) for t in texts], dtype=like.dtype)


def with_null_numbers(batch: Batch) -> Batch:
    """Return integer columns as floats, in which a null is not mistaken for a 0."""
    whole = {
        name: np.where(batch.is_null(name), np.nan, values.astype(float))
        for name, values in batch.fields.items()
        if values.dtype.kind in "iu"
    }
    return batch.with_fields(**whole) if whole else batch


def shape_to_text(shape: shapely.Geometry | None) -> str | None:
    """Return a geometry as hexadecimal WKB, exactly."""
    return None if shape is None else shapely.to_wkb(shape, hex=True)


def text_to_shape(text: str | None) -> shapely.Geometry | None:
    """Read what `shape_to_text` wrote."""
    return None if not text else shapely.from_wkb(text)


def rows_to_json(batch: Batch, rows: np.ndarray, columns: Sequence[str]) -> list[str]:
    """Return whole rows as JSON texts."""
    picked = batch.take(rows)
    texts = {name: values_to_text(picked.fields[name]) for name in columns}
    result = []
    for i in range(len(rows)):
        row: dict[str, Any] = {n: t[i] for n, t in texts.items() if t[i] not in (None, "")}
        if picked.geometry is not None:
            row[GEOMETRY] = shape_to_text(picked.geometry[i])
        result.append(json.dumps(row, ensure_ascii=False, sort_keys=True))
    return result


def rows_from_json(texts: Sequence[str], like: Batch) -> Batch:
    """Read rows of `rows_to_json` into a batch with the columns of ``like``."""
    rows: list[Mapping[str, str | None]] = [json.loads(t) for t in texts]
    fields = {n: text_to_values([r.get(n) for r in rows], v) for n, v in like.fields.items()}
    shapes = None
    if like.geometry is not None:
        shapes = np.full(len(rows), None, dtype=object)
        shapes[:] = [text_to_shape(r.get(GEOMETRY)) for r in rows]
    return Batch(fields, shapes, np.full(len(rows), -1, dtype=np.int64), like.crs)


def content_hash(batch: Batch, columns: Sequence[str] | None = None) -> str:
    """Return the SHA-256 of the rows' content, whatever their order and the file they are in.

    A GeoPackage's own bytes change when it is merely opened, so they prove nothing.
    """
    names = sorted(batch.fields if columns is None else columns)
    parts = [null_to_blank(values_to_text(batch.fields[n])) for n in names]
    if batch.geometry is not None:
        parts.append(null_to_blank(shapely.to_wkb(batch.geometry, hex=True)))
    lines = sorted("\x1f".join(map(str, row)) for row in zip(*parts, strict=True))
    digest = hashlib.sha256("\x1f".join(names).encode())
    for line in lines:
        digest.update(b"\x1e" + line.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
