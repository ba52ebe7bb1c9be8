"""Frames of PostgreSQL's binary COPY taken apart column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from ..collector import collector_asleep
from ..rules.encoded import Encoded
from ..standards.spec import FieldType
from .cells import DAY_ZERO, EWKB_POINT, EWKB_SRID, MICROSECOND_ZERO, WIDEST

_COUNT = 2  # bytes that tell a row's number of fields
_LENGTH = 4  # bytes that tell a field's length


@dataclass(frozen=True)
class Unframed:
    """One column.

    Attributes
    ----------
    column : ndarray or Encoded, shape (n,)
        As `Batch` keeps it.
    null : ndarray of bool, shape (n,), or None
        Of an integer column that holds nulls.
    shapes : ndarray of shapely geometries, shape (n,), or None
        Of a column of shapes.
    """

    column: np.ndarray | Encoded
    null: np.ndarray | None = None
    shapes: np.ndarray | None = None


def unframed(rows: Sequence[bytes], types: Sequence[FieldType | None]) -> list[Unframed]:
    """Return the columns of rows.

    Parameters
    ----------
    rows : sequence of bytes
        Each from its count of fields on.
    types : sequence of FieldType
        Of the columns in order; None is a geometry.
    """
    buffer = b"".join((*rows, bytes(WIDEST)))  # so that each place may be read beyond
    sizes = np.fromiter(map(len, rows), np.int64, len(rows))
    place = np.cumsum(sizes) - sizes + _COUNT
    made = []
    for type_ in types:
        lengths = _read(buffer, place, ">i4").astype(np.int64)
        place = place + _LENGTH
        made.append(_column(buffer, place, lengths, type_))
        place = place + np.maximum(lengths, 0)
    return made


def _read(buffer: bytes, place: np.ndarray, type_: str | np.dtype) -> np.ndarray:
    """Return what lies at each place, shape (n,)."""
    item = np.dtype(type_)
    count = len(buffer) - item.itemsize + 1
    everywhere: np.ndarray = np.ndarray((count,), item, buffer, strides=(1,))
    return everywhere[place]


def _column(
    buffer: bytes, place: np.ndarray, lengths: np.ndarray, type_: FieldType | None
) -> Unframed:
    if type_ is None:
        shapes = _shapes(buffer, place, lengths)
        return Unframed(shapes, None, shapes)
    if type_ is FieldType.TEXT:
        return Unframed(_texts(buffer, place, lengths))
    null = lengths < 0
    if type_ is FieldType.REAL:
        return Unframed(np.where(null, np.nan, _read(buffer, place, ">f8")))
    if type_ is FieldType.INTEGER:
        numbers = np.where(null, 0, _read(buffer, place, ">i8")).astype("i8")
        return Unframed(numbers, null if null.any() else None)
    if type_ is FieldType.DATE:
        days = (_read(buffer, place, ">i4").astype(np.int64) + DAY_ZERO).astype("M8[D]")
        return Unframed(np.where(null, np.datetime64("NaT", "D"), days))
    stamps = (_read(buffer, place, ">i8").astype(np.int64) + MICROSECOND_ZERO).astype("M8[us]")
    return Unframed(np.where(null, np.datetime64("NaT", "ms"), stamps.astype("M8[ms]")))


def _texts(buffer: bytes, place: np.ndarray, lengths: np.ndarray) -> np.ndarray | Encoded:
    null = lengths < 0
    width = int(lengths.max(initial=0))
    if width > WIDEST:
        values = np.empty(len(place), object)
        values[:] = [
            None if n < 0 else buffer[p : p + n].decode()
            for p, n in zip(place.tolist(), lengths.tolist(), strict=True)
        ]
        return values
    width = max(1, width)
    data = _read(buffer, place, f"V{width}")
    if (lengths != width).any():
        matrix = data.view(np.uint8).reshape(len(data), width)
        matrix *= np.arange(width, dtype=np.int16) < lengths.astype(np.int16)[:, None]
    return Encoded(data.view(f"S{width}"), null if null.any() else None)


def _shapes(buffer: bytes, place: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    shapes = np.full(len(place), None, object)
    points = lengths == EWKB_POINT.itemsize
    if points.any():
        found = _read(buffer, place[points], EWKB_POINT)
        plain = (found["order"] == 1) & (found["type"] == 1 | EWKB_SRID)
        plain &= ~(np.isnan(found["x"]) | np.isnan(found["y"]))  # an empty point
        points[points] = plain
        with collector_asleep():
            shapes[points] = shapely.points(found["x"][plain], found["y"][plain])
    others = np.flatnonzero(~points & (lengths >= 0))
    if len(others):
        data = np.empty(len(others), object)
        data[:] = [
            buffer[p : p + n]
            for p, n in zip(place[others].tolist(), lengths[others].tolist(), strict=True)
        ]
        with collector_asleep():
            shapes[others] = shapely.set_srid(shapely.from_wkb(data), 0)
    return shapes
