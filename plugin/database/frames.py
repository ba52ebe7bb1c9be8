"""Rows as a stream of PostgreSQL's binary COPY, put together from columns."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

import numpy as np

from .cells import Cells

HEADER = b"PGCOPY\n\xff\r\n\0" + struct.pack(">ii", 0, 0)
TRAILER = struct.pack(">h", -1)

_CHUNK = 1024  # rows

_NULL = struct.pack(">i", -1)
_length = struct.Struct(">i").pack


def copy_data(columns: Sequence[Cells]) -> bytes:
    """Return a complete COPY stream of rows.

    Parameters
    ----------
    columns : sequence of Cells
        In the order of the statement's columns.
    """
    if any(cells.long for cells in columns):
        return _joined(columns)
    return b"".join((HEADER, *_packed(columns), TRAILER))


def _packed(columns: Sequence[Cells]) -> Iterator[memoryview]:
    """Yield the rows: side by side in a matrix wide enough for each, then the bytes that count."""
    n = len(columns[0].lengths)
    widths = [cells.width for cells in columns]
    room = (min(n, _CHUNK), 2 + sum(widths) + 4 * len(widths))
    # Used again and again, so that they stay in the processor's cache.
    all_rows, all_counts = np.zeros(room, np.uint8), np.ones(room, bool)
    all_rows[:, :2] = np.frombuffer(struct.pack(">h", len(columns)), np.uint8)
    is_even = [bool((c.lengths == w).all()) for c, w in zip(columns, widths, strict=True)]
    for start in range(0, n, _CHUNK):
        part = slice(start, min(start + _CHUNK, n))
        count = part.stop - start
        rows, counts = all_rows[:count], all_counts[:count]
        place = 2
        for cells, width, even in zip(columns, widths, is_even, strict=True):
            lengths = cells.lengths[part]
            rows[:, place : place + 4] = lengths.astype(">i4").view(np.uint8).reshape(count, 4)
            place += 4
            end = place + width
            rows[:, place:end] = cells.matrix[part, :width]
            if even:
                pass
            elif cells.is_text:
                np.not_equal(rows[:, place:end], 0, out=counts[:, place:end])
            else:
                counts[:, place:end] = np.arange(width, dtype=np.int32) < lengths[:, None]
            place = end
        yield (rows.copy().reshape(-1) if all(is_even) else rows[counts]).data


def _joined(columns: Sequence[Cells]) -> bytes:
    lead = struct.pack(">h", len(columns))
    fields = [
        [_NULL if v is None else _length(len(v)) + v for v in cells.values()] for cells in columns
    ]
    rows = [lead + b"".join(row) for row in zip(*fields, strict=True)]
    return b"".join((HEADER, *rows, TRAILER))
