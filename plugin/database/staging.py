"""Rows on their way: into a new district's own table, or beside the layer to be merged."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence

import numpy as np
from psycopg2 import sql

from .cells import Cells, constant_cells, hash_cells, number_cells, value_cells
from .frames import copy_data
from .index import CHUNK
from .target import Target

STAGE = sql.Identifier("pg_temp", "wangge_stage")
MISSING = sql.Identifier("pg_temp", "wangge_missing")
SAME = sql.Identifier("pg_temp", "wangge_same")


def create_stage(cursor, target: Target) -> None:
    """Make the tables beside the layer; they vanish with the transaction."""
    cursor.execute(
        sql.SQL(
            "CREATE TEMP TABLE wangge_stage ON COMMIT DROP AS SELECT {columns}, district_code, "
            "row_hash, 0::bigint AS source_row, ''::text AS old_district "
            "FROM {table} WITH NO DATA; "
            'CREATE TEMP TABLE wangge_missing (key text COLLATE "C", district_code text) '
            "ON COMMIT DROP; "
            'CREATE TEMP TABLE wangge_same (key text COLLATE "C", old_district text, '
            "row_hash uuid) ON COMMIT DROP"
        ).format(columns=identifiers(target.content), table=target.table)
    )


def identifiers(names: Sequence[str], prefix: str = "") -> sql.Composed:
    """Return column names as a list for SQL, each after ``prefix``, e.g. ``t.``."""
    return sql.SQL(", ").join(sql.SQL(prefix) + sql.Identifier(name) for name in names)


def open_district(cursor, target: Target, district: str) -> str | None:
    """Make a table for the first rows of a district; None when it has rows or a table already."""
    cursor.execute(
        sql.SQL("SELECT {}(%s, %s)").format(target.platform.table("open_district")),
        (target.spec.name, district),
    )
    return cursor.fetchone()[0]


def load_data(columns: Sequence[Cells], hashes: np.ndarray, district: str, batch_id: int) -> bytes:
    """Return rows as `load` takes them."""
    n = len(hashes)
    return copy_data(
        [
            *columns,
            constant_cells(district.encode(), n),
            constant_cells(struct.pack(">q", batch_id), n),
            hash_cells(hashes),
        ]
    )


def load(cursor, target: Target, table: str, data: bytes) -> None:
    """COPY rows into a new district's own table."""
    cursor.copy_expert(
        sql.SQL(
            "COPY {} ({}, district_code, batch_id, row_hash) FROM STDIN (FORMAT binary)"
        ).format(target.platform.table(table), identifiers(target.content)),
        io.BytesIO(data),
        CHUNK,
    )


def stage_data(
    columns: Sequence[Cells],
    hashes: np.ndarray,
    ids: np.ndarray,
    district: str,
    homes: np.ndarray | None,
) -> bytes:
    """Return rows as `stage` takes them.

    Parameters
    ----------
    columns : sequence of Cells
        The target's content.
    hashes : ndarray of void, shape (n,)
    ids : ndarray of int64, shape (n,)
    district : str
    homes : ndarray of bytes, shape (n,), or None
        District in which the platform has the row now; None for new rows.
    """
    n = len(hashes)
    home = constant_cells(b"", n) if homes is None else value_cells(homes.tolist())
    return copy_data(
        [
            *columns,
            constant_cells(district.encode(), n),
            hash_cells(hashes),
            number_cells(ids),
            home,
        ]
    )


def stage(cursor, target: Target, data: bytes) -> None:
    """COPY new and changed rows beside the layer."""
    cursor.copy_expert(
        sql.SQL(
            "COPY {} ({}, district_code, row_hash, source_row, old_district) "
            "FROM STDIN (FORMAT binary)"
        ).format(STAGE, identifiers(target.content)),
        io.BytesIO(data),
        CHUNK,
    )


def stage_missing(cursor, keys: Sequence[bytes], districts: Sequence[bytes]) -> None:
    """COPY the keys of rows that the source has no more."""
    cursor.copy_expert(
        sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(MISSING),
        io.BytesIO(copy_data([value_cells(keys), value_cells(districts)])),
        CHUNK,
    )
