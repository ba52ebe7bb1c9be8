"""Rows as a stream of PostgreSQL's binary COPY, put together from columns."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np

from .cells import Cells

HEADER = b"PGCOPY\n\xff\r\n\0" + struct.pack(">ii", 0, 0)
TRAILER = struct.pack(">h", -1)

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
    return b"".join((HEADER, _packed(columns), TRAILER))


def _packed(columns: Sequence[Cells]) -> memoryview:
    # Rows side by side in a matrix wide enough for each, then only the bytes that count.
    n = len(columns[0].lengths)
    widths = [cells.width for cells in columns]
    rows = np.zeros((n, 2 + sum(widths) + 4 * len(widths)), np.uint8)
    counts = np.ones(rows.shape, bool)
    rows[:, :2] = np.frombuffer(struct.pack(">h", len(columns)), np.uint8)
    place = 2
    uneven = False
    for cells, width in zip(columns, widths, strict=True):
        rows[:, place : place + 4] = cells.lengths.astype(">i4").view(np.uint8).reshape(n, 4)
        place += 4
        end = place + width
        rows[:, place:end] = cells.matrix[:, :width]
        if (cells.lengths != width).any():
            uneven = True
            if cells.is_text:
                counts[:, place:end] = cells.matrix[:, :width] != 0
            else:
                counts[:, place:end] = np.arange(width, dtype=np.int32) < cells.lengths[:, None]
        place = end
    return (rows[counts] if uneven else rows.reshape(-1)).data


def _joined(columns: Sequence[Cells]) -> bytes:
    lead = struct.pack(">h", len(columns))
    fields = [
        [_NULL if v is None else _length(len(v)) + v for v in cells.values()] for cells in columns
    ]
    rows = [lead + b"".join(row) for row in zip(*fields, strict=True)]
    return b"".join((HEADER, *rows, TRAILER))
