"""Columns as the bytes PostgreSQL's binary COPY wants: what frames and fingerprints are made of."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely

from ..rules.batch import Batch
from ..rules.encoded import Encoded, column_of

#: Longer values are kept one by one instead of in a matrix as wide as the longest.
WIDEST = 256

_WORD = 8

# PostgreSQL counts from 2000.
DAY_ZERO = np.datetime64("2000-01-01", "D").astype(np.int64)
MICROSECOND_ZERO = np.datetime64("2000-01-01", "us").astype(np.int64)

_POINT = 0
EWKB_SRID = 0x20000000
EWKB_POINT = np.dtype(
    [("order", "u1"), ("type", "<u4"), ("srid", "<u4"), ("x", "<f8"), ("y", "<f8")]
)


@dataclass(frozen=True)
class Cells:
    """One column's values as bytes.

    Attributes
    ----------
    matrix : ndarray of uint8, shape (n, w), w a multiple of 8
        Zeros after each value's end, and where a value is null or kept in ``long``.
    lengths : ndarray of int32, shape (n,)
        Bytes of each value; -1 for null.
    long : dict of int to bytes
        Values by row that are too long for the matrix.
    is_text : bool
        No value holds a zero byte.
    """

    matrix: np.ndarray
    lengths: np.ndarray
    long: dict[int, bytes]
    is_text: bool = False

    @cached_property
    def width(self) -> int:
        """Bytes of the longest value in the matrix."""
        short = self.lengths
        if self.long:
            short = np.delete(short, list(self.long))
        return max(0, int(short.max(initial=0)))

    def take(self, rows: np.ndarray) -> Cells:
        """Return the rows picked by an index array."""
        long: dict[int, bytes] = {}
        if self.long:
            long = {i: self.long[r] for i, r in enumerate(rows.tolist()) if r in self.long}
        return Cells(self.matrix[rows], self.lengths[rows], long, self.is_text)

    def values(self) -> list[bytes | None]:
        """Return the values one by one."""
        rows = self.matrix.tobytes()
        width = self.matrix.shape[1]
        found = [
            None if n < 0 else rows[i * width : i * width + n]
            for i, n in enumerate(self.lengths.tolist())
        ]
        for row, value in self.long.items():
            found[row] = value
        return found


def cells_of(batch: Batch, name: str) -> Cells:
    """Return one column; its type is as `screening.screen` leaves it."""
    column = column_of(batch.fields, name)
    if isinstance(column, Encoded):
        return text_cells(column)
    if column.dtype == object:
        return _from_values([None if v is None else v.encode() for v in column.tolist()], True)
    null = batch.is_null(name)
    if column.dtype.kind == "f":
        return _fixed(column.astype(">f8"), null)
    if column.dtype.kind == "M" and column.dtype == np.dtype("M8[D]"):
        days = np.where(null, 0, column.astype(np.int64) - DAY_ZERO)
        return _fixed(days.astype(">i4"), null)
    if column.dtype.kind == "M":
        stamps = np.where(null, 0, column.astype("M8[us]").astype(np.int64) - MICROSECOND_ZERO)
        return _fixed(stamps.astype(">i8"), null)
    return _fixed(column.astype(">i8"), null)


def text_cells(column: Encoded) -> Cells:
    """Return a text column that never was anything but bytes."""
    data = column.data
    if data.dtype.itemsize > WIDEST:
        values = data.tolist()
        if column.missing is not None:
            values = [None if m else v for v, m in zip(values, column.missing, strict=True)]
        return _from_values(values, True)
    matrix = _padded(data)
    lengths = text_lengths(matrix, data.dtype.itemsize)
    if column.missing is not None:
        matrix[column.missing] = 0
        lengths[column.missing] = -1
    return Cells(matrix, lengths, {}, True)


def text_lengths(matrix: np.ndarray, width: int) -> np.ndarray:
    """Return how many bytes of each row are not zero, shape (n,) of int32."""
    n = len(matrix)
    if width and matrix[:, width - 1].all() and np.count_nonzero(matrix) == n * width:
        return np.full(n, width, np.int32)
    ones = (matrix != 0).view(np.uint8).view("<u8")
    lengths = np.zeros(n, np.int32)
    for word in range(ones.shape[1]):
        # The eight bytes of a word are added up in its highest one.
        lengths += (ones[:, word] * np.uint64(0x0101010101010101) >> np.uint64(56)).astype(np.int32)
    return lengths


def geometry_cells(geometry: np.ndarray, srid: int) -> Cells:
    """Return shapes as extended WKB with their coordinate system's number."""
    if (shapely.get_type_id(geometry) == _POINT).all() and not shapely.is_empty(geometry).any():
        points = np.empty(len(geometry), EWKB_POINT)
        points["order"] = 1
        points["type"] = 1 | EWKB_SRID
        points["srid"] = srid
        points["x"] = shapely.get_x(geometry)
        points["y"] = shapely.get_y(geometry)
        lengths = np.full(len(geometry), EWKB_POINT.itemsize, np.int32)
        return Cells(_padded(points.view(f"S{EWKB_POINT.itemsize}")), lengths, {})
    mark = struct.pack("<I", srid)
    values = [
        None if d is None else d[:4] + bytes((d[4] | 0x20,)) + mark + d[5:]
        for d in shapely.to_wkb(geometry, byte_order=1, include_srid=False).tolist()
    ]
    return _from_values(values, False)


def constant_cells(value: bytes, count: int) -> Cells:
    """Return a column that holds the same value in each row."""
    matrix = _padded(np.array([value], f"S{max(1, len(value))}"))
    return Cells(np.repeat(matrix, count, axis=0), np.full(count, len(value), np.int32), {})


def hash_cells(hashes: np.ndarray) -> Cells:
    """Return fingerprints, shape (n,) of 16 bytes each, as a column."""
    matrix = np.ascontiguousarray(hashes).view(np.uint8).reshape(len(hashes), 16)
    return Cells(matrix, np.full(len(hashes), 16, np.int32), {})


def number_cells(numbers: np.ndarray) -> Cells:
    """Return integers as a column of bigint."""
    return _fixed(numbers.astype(">i8"), np.zeros(len(numbers), bool))


def value_cells(values: Sequence[bytes]) -> Cells:
    """Return any bytes as a column."""
    return _from_values(list(values), False)


def _padded(data: np.ndarray) -> np.ndarray:
    width = -(-data.dtype.itemsize // _WORD) * _WORD
    wide = np.zeros(len(data), f"V{width}")
    matrix = wide.view(np.uint8).reshape(len(data), width)
    matrix[:, : data.dtype.itemsize] = data.view(np.uint8).reshape(len(data), data.dtype.itemsize)
    return matrix


def _fixed(values: np.ndarray, null: np.ndarray) -> Cells:
    matrix = _padded(values)
    lengths = np.full(len(values), values.dtype.itemsize, np.int32)
    if null.any():
        matrix[null] = 0
        lengths[null] = -1
    return Cells(matrix, lengths, {})


def _from_values(values: list[bytes | None], is_text: bool) -> Cells:
    lengths = np.array([-1 if v is None else len(v) for v in values], np.int32)
    long: dict[int, bytes] = {}
    rows = np.flatnonzero(lengths > WIDEST).tolist()
    if rows:
        for row in rows:
            long[row] = values[row] or b""
            values[row] = None
    width = max(1, int(np.where(lengths > WIDEST, 0, lengths).max(initial=0)))
    data = np.array([v or b"" for v in values], f"S{width}")
    return Cells(_padded(data), lengths, long, is_text)
