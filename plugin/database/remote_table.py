"""A district's table on another server: made like the platform's partition, and filled."""

from __future__ import annotations

from typing import IO

from psycopg2 import sql

from ..errors import WanggeError
from ..standards.layers import LAYERS
from ..translation import translate
from .merging import Verbatim
from .platform import Platform


def prepare(cursor, remote, platform: Platform) -> None:
    """Make sure that the other server can hold the platform's rows.

    Parameters
    ----------
    cursor, remote : psycopg2 cursor
        Of the platform and of the other server.
    platform : Platform
    """
    remote.execute("SHOW server_encoding")
    encoding = remote.fetchone()[0]
    remote.execute(
        "SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace "
        "WHERE e.extname = 'postgis'"
    )
    found = remote.fetchone()
    if encoding != "UTF8" or found is None or found[0] != platform.postgis:
        raise WanggeError(
            translate(
                "Wangge",
                "The other server's database needs encoding UTF8 and PostGIS in schema {schema}, as "
                "the platform has it. Ask its administrator.",
            ).format(schema=platform.postgis)
        )
    # A coordinate system of the city's own is unknown there.
    cursor.execute(
        sql.SQL(
            "SELECT srid, auth_name, auth_srid, srtext, proj4text FROM {} WHERE srid = %s"
        ).format(sql.Identifier(platform.postgis, "spatial_ref_sys")),
        (platform.srid,),
    )
    row = cursor.fetchone()
    remote.execute(
        sql.SQL("SELECT 1 FROM {} WHERE srid = %s").format(
            sql.Identifier(platform.postgis, "spatial_ref_sys")
        ),
        (platform.srid,),
    )
    if remote.fetchone() is None and row is not None:
        remote.execute(
            sql.SQL("INSERT INTO {} VALUES (%s, %s, %s, %s, %s)").format(
                sql.Identifier(platform.postgis, "spatial_ref_sys")
            ),
            row,
        )


def make_table(
    cursor, remote, platform: Platform, kind: str, district: str, rows: IO[bytes], role: str
) -> None:
    """Make a district's table on the other server, fill it and let the platform's user in.

    A table left behind by a move that broke off is replaced: only the platform's catalogue says
    which one is looked at, and the caller has asked it.

    Parameters
    ----------
    cursor, remote : psycopg2 cursor
    platform : Platform
    kind, district : str
    rows : file
        Binary COPY of the platform's partition.
    role : str
        As whom the platform works there.
    """
    schema = sql.Identifier(f"{platform.schema}_part")
    table = _table(platform.schema, kind, district)
    local = f'{platform.schema}."{kind}_{district}"'
    remote.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(schema))
    remote.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(table))
    remote.execute(sql.SQL("CREATE TABLE {} ({})").format(table, _columns(cursor, platform, local)))
    remote.copy_expert(sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(table), rows)
    remote.execute(
        sql.SQL(
            "ALTER TABLE {} ADD PRIMARY KEY ({}, district_code), "
            "ADD CONSTRAINT only_district CHECK (district_code::text = {})"
        ).format(table, sql.Identifier(LAYERS[kind].key), sql.Literal(district))
    )
    # On the platform's side nobody holds rows of a foreign table to these.
    for name, definition in _checks(cursor, local):
        remote.execute(
            sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} {}").format(
                table, sql.Identifier(name), Verbatim(definition)
            )
        )
    _indexes(cursor, remote, local, table)
    remote.execute(
        sql.SQL(
            "GRANT USAGE ON SCHEMA {} TO {}; GRANT SELECT, INSERT, UPDATE, DELETE ON {} TO {}; "
            "ANALYZE {}"
        ).format(schema, sql.Identifier(role), table, sql.Identifier(role), table)
    )


def drop_table(remote, schema: str, kind: str, district: str) -> None:
    """Remove a district's table from the other server."""
    remote.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(_table(schema, kind, district)))


def _table(schema: str, kind: str, district: str) -> sql.Identifier:
    return sql.Identifier(f"{schema}_part", f"{kind}_{district}")


def _columns(cursor, platform: Platform, local: str) -> sql.Composable:
    # Types are spelt by the platform itself; nothing but its own catalogue speaks here.
    cursor.execute("SET LOCAL search_path = pg_catalog")
    cursor.execute(
        "SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, "
        "CASE WHEN k.collname = 'C' THEN ' COLLATE \"C\"' ELSE '' END "
        "FROM pg_attribute a LEFT JOIN pg_collation k ON k.oid = a.attcollation "
        "WHERE a.attrelid = to_regclass(%s) AND a.attnum > 0 AND NOT a.attisdropped "
        "ORDER BY a.attnum",
        (local,),
    )
    columns = [
        sql.SQL("{} {}{}{}").format(
            sql.Identifier(name),
            sql.SQL(type_),
            sql.SQL(collation),
            sql.SQL(" NOT NULL" if not_null else ""),
        )
        for name, type_, not_null, collation in cursor.fetchall()
    ]
    cursor.execute("SET LOCAL search_path = DEFAULT")
    return sql.SQL(", ").join(columns)


def _checks(cursor, local: str) -> list[tuple[str, str]]:
    cursor.execute("SET LOCAL search_path = pg_catalog")
    cursor.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE conrelid = to_regclass(%s) AND contype = 'c' ORDER BY conname",
        (local,),
    )
    found = cursor.fetchall()
    cursor.execute("SET LOCAL search_path = DEFAULT")
    return found


def _indexes(cursor, remote, local: str, table: sql.Composable) -> None:
    cursor.execute(
        "SELECT m.amname, array_agg(a.attname::text ORDER BY a.attnum) FROM pg_index i "
        "JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam "
        "JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) "
        "WHERE i.indrelid = to_regclass(%s) AND NOT i.indisprimary AND i.indexprs IS NULL "
        "GROUP BY i.indexrelid, m.amname",
        (local,),
    )
    for method, columns in cursor.fetchall():
        remote.execute(
            sql.SQL("CREATE INDEX ON {} USING {} ({})").format(
                table,
                sql.Identifier(method),
                sql.SQL(", ").join(map(sql.Identifier, columns)),
            )
        )
