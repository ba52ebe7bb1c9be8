"""Rows on their way: into a new district's own table, or beside the layer to be merged."""

from __future__ import annotations

import io
from collections.abc import Sequence

from psycopg2 import sql

from .frames import copy_data, frame_number, frame_text
from .index import CHUNK
from .target import Target

STAGE = sql.Identifier("pg_temp", "wangge_stage")
MISSING = sql.Identifier("pg_temp", "wangge_missing")


def create_stage(cursor, target: Target) -> None:
    """Make the tables beside the layer; they vanish with the transaction."""
    cursor.execute(
        sql.SQL(
            "CREATE TEMP TABLE wangge_stage ON COMMIT DROP AS SELECT {columns}, district_code, "
            "row_hash, 0::bigint AS source_row, ''::text AS old_district "
            "FROM {table} WITH NO DATA; "
            "CREATE TEMP TABLE wangge_missing (key text, district_code text) ON COMMIT DROP"
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


def load(
    cursor,
    target: Target,
    table: str,
    district: str,
    batch_id: int,
    frames: Sequence[bytes],
    hashes: Sequence[bytes],
) -> None:
    """COPY rows into a new district's own table."""
    tail = frame_text(district) + frame_number(batch_id) + b"\0\0\0\x10"
    rows = [frame + tail + digest for frame, digest in zip(frames, hashes, strict=True)]
    cursor.copy_expert(
        sql.SQL(
            "COPY {} ({}, district_code, batch_id, row_hash) FROM STDIN (FORMAT binary)"
        ).format(target.platform.table(table), identifiers(target.content)),
        io.BytesIO(copy_data(len(target.content) + 3, rows)),
        CHUNK,
    )


def stage(
    cursor,
    target: Target,
    frames: Sequence[bytes],
    hashes: Sequence[bytes],
    ids: Sequence[int],
    districts: Sequence[str],
    old_districts: Sequence[str],
) -> None:
    """COPY new and changed rows beside the layer; ``old_districts`` is "" for new ones."""
    names = {d: frame_text(d) for d in {*districts, *old_districts}}
    rows = [
        b"".join((frame, names[district], b"\0\0\0\x10", digest, frame_number(id_), names[old]))
        for frame, digest, id_, district, old in zip(
            frames, hashes, ids, districts, old_districts, strict=True
        )
    ]
    cursor.copy_expert(
        sql.SQL(
            "COPY {} ({}, district_code, row_hash, source_row, old_district) "
            "FROM STDIN (FORMAT binary)"
        ).format(STAGE, identifiers(target.content)),
        io.BytesIO(copy_data(len(target.content) + 4, rows)),
        CHUNK,
    )


def stage_missing(cursor, keys: Sequence[bytes], districts: Sequence[bytes]) -> None:
    """COPY the keys of rows that the source has no more."""
    rows = [
        frame_text(key.decode()) + frame_text(district.decode())
        for key, district in zip(keys, districts, strict=True)
    ]
    cursor.copy_expert(
        sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(MISSING),
        io.BytesIO(copy_data(2, rows)),
        CHUNK,
    )
