"""Rows as frames of PostgreSQL's binary COPY, made column by column, and their fingerprints."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence

import numpy as np
import shapely

from ..rules.batch import Batch

HEADER = b"PGCOPY\n\xff\r\n\0" + struct.pack(">ii", 0, 0)
TRAILER = struct.pack(">h", -1)

_NULL = struct.pack(">i", -1)
_length = struct.Struct(">i").pack

# PostgreSQL counts from 2000.
_DAY_ZERO = np.datetime64("2000-01-01", "D").astype(np.int64)
_MICROSECOND_ZERO = np.datetime64("2000-01-01", "us").astype(np.int64)


def frame_text(value: str | None) -> bytes:
    """Return one text as a field of a frame."""
    if value is None:
        return _NULL
    data = value.encode("utf-8")
    return _length(len(data)) + data


def frame_number(value: int) -> bytes:
    """Return one bigint as a field of a frame."""
    return struct.pack(">iq", 8, value)


def text_fields(values: np.ndarray) -> list[bytes]:
    """Return a text column as fields; each distinct text is encoded once."""
    listed = values.tolist()
    fields = {value: frame_text(value) for value in set(listed)}
    return [fields[value] for value in listed]


def _fixed(values: np.ndarray, null: np.ndarray, size: int) -> list[bytes]:
    rows = np.empty(len(values), np.dtype([("length", ">i4"), ("value", values.dtype)]))
    rows["length"] = size
    rows["value"] = values
    fields = rows.view(f"V{rows.dtype.itemsize}").tolist()
    for i in np.flatnonzero(null).tolist():
        fields[i] = _NULL
    return fields


def _geometry_fields(geometry: np.ndarray, srid: int) -> list[bytes]:
    null = shapely.is_missing(geometry)
    data = shapely.to_wkb(shapely.set_srid(geometry, srid), include_srid=True)
    if not null.any():
        return [_length(len(d)) + d for d in data.tolist()]
    return [_NULL if d is None else _length(len(d)) + d for d in data.tolist()]


def column_fields(batch: Batch, name: str) -> list[bytes]:
    """Return one column as fields, shape (n,)."""
    values = batch.fields[name]
    if values.dtype == object:
        return text_fields(values)
    null = batch.is_null(name)
    if values.dtype.kind == "f":
        return _fixed(values.astype(">f8"), null, 8)
    if values.dtype.kind == "M" and values.dtype == np.dtype("M8[D]"):
        days = np.where(null, 0, values.astype(np.int64) - _DAY_ZERO)
        return _fixed(days.astype(">i4"), null, 4)
    if values.dtype.kind == "M":
        stamps = np.where(null, 0, values.astype("M8[us]").astype(np.int64) - _MICROSECOND_ZERO)
        return _fixed(stamps.astype(">i8"), null, 8)
    return _fixed(values.astype(">i8"), null, 8)


def content_frames(batch: Batch, names: Sequence[str], srid: int) -> list[bytes]:
    """Return what each row says, as fields without the count in front.

    Parameters
    ----------
    batch : Batch
        Types as `screening.screen` leaves them.
    names : sequence of str
        Columns in order; the geometry follows when the batch has one.
    srid : int
    """
    columns = [column_fields(batch, name) for name in names]
    if batch.geometry is not None:
        columns.append(_geometry_fields(batch.geometry, srid))
    return [b"".join(row) for row in zip(*columns, strict=True)]


def fingerprints(frames: Sequence[bytes], names: Sequence[str]) -> list[bytes]:
    """Return 16 bytes per row that change when any value or the set of columns changes."""
    person = hashlib.blake2b("\0".join(names).encode(), digest_size=16).digest()
    blake2b = hashlib.blake2b
    return [blake2b(frame, digest_size=16, person=person).digest() for frame in frames]


def copy_data(count: int, rows: Sequence[bytes]) -> bytes:
    """Return a complete COPY stream of rows with ``count`` fields each."""
    lead = struct.pack(">h", count)
    return b"".join((HEADER, lead, lead.join(rows), TRAILER)) if rows else HEADER + TRAILER
