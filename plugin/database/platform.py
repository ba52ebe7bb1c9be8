"""The platform's schema as plain values: names, coordinate system, layers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from psycopg2 import sql

from ..errors import WanggeError
from ..standards.spec import LayerSpec
from ..translation import translate

#: Layers that can be pushed, in the order in which they lean on each other.
KINDS = ("department", "community", "unit_grid", "address", "component", "risk")

#: Rows that belong to no single district.
WHOLE_CITY = "000000"

_SCHEMA_NAME = re.compile(r"[a-z_][a-z0-9_]{0,30}")


@dataclass(frozen=True)
class Platform:
    """An installed platform.

    Attributes
    ----------
    schema : str
    srid : int
    crs : str
        ``"EPSG:4547"``, or WKT for a coordinate system of the city's own. Batches carry
        exactly this text.
    postgis : str
        Schema in which PostGIS lives.
    """

    schema: str
    srid: int
    crs: str
    postgis: str

    def table(self, name: str) -> sql.Identifier:
        """Return the qualified identifier of a table, view or function of the platform."""
        return sql.Identifier(self.schema, name)


def checked_schema(name: str) -> str:
    """Return ``name`` when it can be a schema's name; WanggeError otherwise.

    Plain names only: they appear in the bodies of functions.
    """
    if not _SCHEMA_NAME.fullmatch(name) or name.startswith("pg_"):
        raise WanggeError(
            translate(
                "Wangge",
                "The schema's name may hold lower-case letters, digits and underscores only, at "
                "most 31 of them, and must begin with a letter. Choose another name.",
            )
        )
    return name


def is_partitioned(kind: str) -> bool:
    """Return True for layers kept by district; departments serve the whole city."""
    return kind != "department"


def district_fields(spec: LayerSpec) -> tuple[str, ...]:
    """Return the fields whose first six digits name a row's district, the surest first."""
    if spec.key in ("community_code", "grid_code", "component_code"):
        return (spec.key,)
    names = ("community_code", "grid_code", "component_code")
    return tuple(name for name in names if name in spec.names)


def key_holds_district(spec: LayerSpec) -> bool:
    """Return True when a row can never move to another district without a new code."""
    return district_fields(spec) == (spec.key,)


def foreign_districts(cursor, platform: Platform, kind: str) -> dict[str, str]:
    """Return district -> server for the districts of a layer that lie on other servers."""
    cursor.execute(
        "SELECT right(c.relname, 6), s.srvname FROM pg_inherits i "
        "JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_foreign_table f ON f.ftrelid = c.oid "
        "JOIN pg_foreign_server s ON s.oid = f.ftserver "
        "WHERE i.inhparent = to_regclass(%s) ORDER BY 1",
        (f'{platform.schema}."{kind}"',),
    )
    return dict(cursor.fetchall())


def read_platform(cursor, schema: str = "wangge") -> Platform:
    """Read what is installed; WanggeError when nothing is.

    Parameters
    ----------
    cursor : psycopg2 cursor
    schema : str
    """
    checked_schema(schema)
    cursor.execute("SELECT to_regclass(%s)", (f"{schema}.platform",))
    if cursor.fetchone()[0] is None:
        raise WanggeError(
            translate(
                "Wangge",
                "The database holds no platform in schema {schema}, or you may not see it. Install "
                "it with the algorithm install_platform, or ask its manager for a role.",
            ).format(schema=schema)
        )
    cursor.execute(sql.SQL("SELECT srid FROM {}").format(sql.Identifier(schema, "platform")))
    srid = cursor.fetchone()[0]
    cursor.execute(
        "SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace "
        "WHERE e.extname = 'postgis'"
    )
    postgis = cursor.fetchone()[0]
    return Platform(schema, srid, crs_text(cursor, srid, postgis), postgis)


def crs_text(cursor, srid: int, postgis: str) -> str:
    """Return how batches name the coordinate system ``srid`` of the server."""
    cursor.execute(
        sql.SQL("SELECT auth_name, auth_srid, srtext FROM {} WHERE srid = %s").format(
            sql.Identifier(postgis, "spatial_ref_sys")
        ),
        (srid,),
    )
    row = cursor.fetchone()
    if row is None:
        return ""
    authority, code, wkt = row
    return f"{authority}:{code}" if authority and code else wkt
