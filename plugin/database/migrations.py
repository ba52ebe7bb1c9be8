"""Install and upgrade the platform: numbered changes of data, then everything else made anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg2
from psycopg2 import sql

from ..errors import WanggeError
from ..progress import SILENT, Progress, stop_if_cancelled
from ..standards.layers import LAYERS
from ..standards.spec import LayerSpec
from ..translation import translate
from .comments import add_comments
from .coordinates import find_srid
from .failures import people_errors
from .layout import read_columns, update_layer
from .platform import (
    KINDS,
    Platform,
    checked_schema,
    crs_text,
    foreign_districts,
    is_partitioned,
    read_platform,
)

_SQL = Path(__file__).parent / "sql"

#: CGCS2000, geographic: true everywhere in the country.
DEFAULT_SRID = 4490

ROLES = ("wangge_reader", "wangge_surveyor", "wangge_manager")

# Layers that a surveyor brings in; the others are a manager's.
_SURVEYED = ("component", "risk", "address")

_UNKEYED = ("lineage", "finding")

_OLDEST_SERVER = 150000
_OLDEST_POSTGIS = (3, 0)


@dataclass(frozen=True)
class InstallResult:
    """What an installation did.

    Attributes
    ----------
    srid : int
    crs : str
    from_version, to_version : int
        0 before the first installation.
    notes : tuple of str
        Sentences about what could not be done, e.g. roles without the right to make them.
    """

    srid: int
    crs: str
    from_version: int
    to_version: int
    notes: tuple[str, ...] = ()


def migrations() -> list[tuple[int, Path]]:
    """Return the numbered changes in order."""
    return sorted((int(path.name[:4]), path) for path in (_SQL / "data").glob("[0-9]*.sql"))


def platform_specs(specs: Mapping[str, LayerSpec] | None = None) -> dict[str, LayerSpec]:
    """Return the layers the platform holds, a city's own descriptions before ours."""
    return {name: (specs or {}).get(name, LAYERS[name]) for name in (*KINDS, *_UNKEYED)}


def install(
    connection,
    *,
    srid: int = 0,
    crs_wkt: str = "",
    schema: str = "wangge",
    specs: Mapping[str, LayerSpec] | None = None,
    up_to: int | None = None,
    progress: Progress = SILENT,
) -> InstallResult:
    """Install or upgrade the platform; running it again does no harm.

    Parameters
    ----------
    connection : psycopg2 connection
        Of somebody who may create schemas; extension and roles are made where allowed.
    srid : int
        Number of the coordinate system; 0 keeps what is installed, or means 4490.
    crs_wkt : str
        Definition of a coordinate system the server does not know; it is entered under
        ``srid``, or under the next free number from 910000.
    schema : str
    specs : mapping of str to LayerSpec, optional
        Descriptions with a city's own fields, by layer name.
    up_to : int, optional
        Stop at this migration, without layers and views; to prove upgrades.
    progress : Progress

    Returns
    -------
    InstallResult

    Raises
    ------
    WanggeError
        Server or PostGIS too old or absent, encoding not UTF-8, no rights, another
        coordinate system installed already. Nothing was changed then.
    """
    checked_schema(schema)
    with people_errors(connection):
        cursor = connection.cursor()
        _check_server(connection, cursor)
        postgis = _postgis(cursor)
        # Two installations at once queue.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('wangge install'))")
        before = _version(cursor, schema)
        if before == 0:
            cursor.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(schema)))
            _create_version_table(cursor, schema)
        number = find_srid(
            cursor, postgis, srid or (0 if crs_wkt or before else DEFAULT_SRID), crs_wkt
        )
        base = _names(schema, postgis)
        for version, path in migrations():
            stop_if_cancelled(progress)
            if version <= before or (up_to is not None and version > up_to):
                continue
            # The file and its number stand or fall together: one transaction for all of it.
            cursor.execute(sql.SQL(path.read_text("utf-8")).format(**base))
            cursor.execute(
                sql.SQL("INSERT INTO {} (version, name) VALUES (%s, %s)").format(
                    sql.Identifier(schema, "schema_version")
                ),
                (version, path.stem),
            )
        if before == 0:
            cursor.execute(
                sql.SQL("INSERT INTO {} (srid) VALUES (%s)").format(
                    sql.Identifier(schema, "platform")
                ),
                (number,),
            )
        platform = read_platform(cursor, schema)
        if number and platform.srid != number:
            raise WanggeError(
                translate(
                    "Wangge",
                    "The platform is installed in {installed}; another coordinate system cannot be "
                    "chosen any more. Leave SRID empty, or install into another schema.",
                ).format(installed=platform.crs[:80])
            )
        notes: list[str] = []
        if up_to is None:
            _build(cursor, platform, platform_specs(specs), notes, progress)
        after = _version(cursor, schema)
        connection.commit()
    for note in notes:
        progress.warn(note)
    return InstallResult(platform.srid, platform.crs, before, after, tuple(notes))


def _check_server(connection, cursor) -> None:
    if connection.server_version < _OLDEST_SERVER:
        raise WanggeError(
            translate(
                "Wangge",
                "The server runs PostgreSQL {found}; the platform needs version 15 or newer.",
            ).format(found=connection.server_version // 10000)
        )
    cursor.execute("SHOW server_encoding")
    encoding = cursor.fetchone()[0]
    if encoding != "UTF8":
        raise WanggeError(
            translate(
                "Wangge",
                "The database's encoding is {encoding}, which cannot hold all Chinese characters. "
                "Create a database with encoding UTF8 and connect to that.",
            ).format(encoding=encoding)
        )


def _postgis(cursor) -> str:
    cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'postgis'")
    if cursor.fetchone() is None:
        cursor.execute("SAVEPOINT extension")
        try:
            cursor.execute("CREATE EXTENSION postgis")
        except psycopg2.Error as error:
            cursor.execute("ROLLBACK TO SAVEPOINT extension")
            raise WanggeError(
                translate(
                    "Wangge",
                    "The database has no PostGIS extension and it could not be added. Ask the "
                    "server's administrator to run CREATE EXTENSION postgis in it.",
                ),
                str(error.pgcode),
            ) from None
    cursor.execute(
        "SELECT n.nspname, e.extversion FROM pg_extension e "
        "JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'postgis'"
    )
    schema, version = cursor.fetchone()
    if tuple(int(part) for part in version.split(".")[:2]) < _OLDEST_POSTGIS:
        raise WanggeError(
            translate(
                "Wangge", "The database has PostGIS {found}; the platform needs 3.0 or newer."
            ).format(found=version)
        )
    return schema


def _version(cursor, schema: str) -> int:
    cursor.execute("SELECT to_regclass(%s)", (f"{schema}.schema_version",))
    if cursor.fetchone()[0] is None:
        return 0
    cursor.execute(
        sql.SQL("SELECT coalesce(max(version), 0) FROM {}").format(
            sql.Identifier(schema, "schema_version")
        )
    )
    return cursor.fetchone()[0]


def _create_version_table(cursor, schema: str) -> None:
    cursor.execute(
        sql.SQL(
            "CREATE TABLE {0} (version integer PRIMARY KEY, name text NOT NULL, "
            "applied_at timestamptz NOT NULL DEFAULT now()); "
            "COMMENT ON TABLE {0} IS '数据结构版本'"
        ).format(sql.Identifier(schema, "schema_version"))
    )


def _names(schema: str, postgis: str) -> dict[str, sql.Composable]:
    return {
        "schema": sql.Identifier(schema),
        "plain_schema": sql.SQL(schema),  # checked_schema let only a plain word through
        "postgis": sql.Identifier(postgis),
    }


def _layer_names(platform: Platform, spec: LayerSpec) -> dict[str, sql.Composable]:
    shape = bool(spec.geometries)
    return {
        **_names(platform.schema, platform.postgis),
        "table": sql.Identifier(spec.name),
        "key": sql.Identifier(spec.key),
        "history": sql.Identifier(f"{spec.name}_history"),
        "changes": sql.Identifier(f"{spec.name}_changes"),
        "changes_comment": sql.Literal(f"{spec.title_zh}的变更历史：变更前、变更后"),
        "keep_function": sql.Identifier(f"keep_{spec.name}"),
        "keep_row_function": sql.Identifier(f"keep_{spec.name}_row"),
        "kind_text": sql.Literal(spec.name),
        "image": sql.SQL("to_jsonb(o) - 'geom'" if shape else "to_jsonb(o)"),
        "shape": sql.SQL("o.geom" if shape else "NULL"),
        "t_shape": sql.SQL("t.geom" if shape else "NULL"),
        "writer": sql.Identifier("wangge_surveyor" if spec.name in _SURVEYED else "wangge_manager"),
    }


def _run(cursor, path: str, names: Mapping[str, sql.Composable]) -> None:
    cursor.execute(sql.SQL((_SQL / path).read_text("utf-8")).format(**names))


def keep_history(cursor, platform: Platform, spec: LayerSpec) -> None:
    """Set the triggers that keep a layer's history, as its partitions ask for."""
    way = "rows" if foreign_districts(cursor, platform, spec.name) else "statements"
    _run(cursor, f"keep/{way}.sql", _layer_names(platform, spec))


def _build(
    cursor,
    platform: Platform,
    specs: Mapping[str, LayerSpec],
    notes: list[str],
    progress: Progress,
) -> None:
    base = _names(platform.schema, platform.postgis)
    # Layers grow before the views over them come back.
    for spec in specs.values():
        if spec.key:
            cursor.execute(
                sql.SQL(
                    "DROP VIEW IF EXISTS {schema}.{changes}; "
                    "DROP FUNCTION IF EXISTS {schema}.{keep_function} CASCADE"
                ).format(**_layer_names(platform, spec))
            )
    _run(cursor, "app/0_drop.sql", base)
    for index, spec in enumerate(specs.values()):
        stop_if_cancelled(progress)
        had = read_columns(cursor, platform, spec.name)
        update_layer(cursor, platform, spec)
        notes += _to_grow_elsewhere(cursor, platform, spec, had)
        progress.report((index + 1) / (len(specs) + 1))
    _run(cursor, "app/1_functions.sql", base)
    for spec in specs.values():
        if spec.key:
            _run(cursor, "app/2_layer.sql", _layer_names(platform, spec))
            keep_history(cursor, platform, spec)
    _run(cursor, "app/3_views.sql", base)
    _run(cursor, "app/4_findings.sql", base)
    add_comments(cursor, platform, specs)
    if _make_roles(cursor, notes):
        _grant(cursor, platform, specs, base)
    progress.report(1.0)


def _to_grow_elsewhere(
    cursor, platform: Platform, spec: LayerSpec, had: Mapping[str, object]
) -> list[str]:
    """Return what is left to do where districts lie on other servers."""
    servers = sorted(set(foreign_districts(cursor, platform, spec.name).values()))
    new = [n for n in read_columns(cursor, platform, spec.name) if n not in had]
    if not servers or not new:
        return []
    return [
        translate(
            "Wangge",
            "Layer {layer} has new fields ({fields}). Add them to its districts’ tables on the "
            "servers {servers} too (ALTER TABLE … ADD COLUMN), before anybody uses them.",
        ).format(layer=spec.name, fields=", ".join(new), servers=", ".join(servers))
    ]


def _make_roles(cursor, notes: list[str]) -> bool:
    cursor.execute("SAVEPOINT roles")
    try:
        for role, member_of in zip(ROLES, ("", *ROLES), strict=False):
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,))
            if cursor.fetchone() is None:
                cursor.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(role)))
                if member_of:
                    cursor.execute(
                        sql.SQL("GRANT {} TO {}").format(
                            sql.Identifier(member_of), sql.Identifier(role)
                        )
                    )
    except psycopg2.errors.InsufficientPrivilege:
        cursor.execute("ROLLBACK TO SAVEPOINT roles")
        notes.append(
            translate(
                "Wangge",
                "The roles wangge_reader, wangge_surveyor and wangge_manager are missing and you "
                "may not create them. Ask the server's administrator to create them, then install "
                "again; until then only the owner can use the platform.",
            )
        )
        return False
    return True


def _grant(cursor, platform: Platform, specs: Mapping[str, LayerSpec], base) -> None:
    own = ("user_district", "checked_district", "rejected_row")
    for name in (*own, *specs, *(f"{n}_history" for n, s in specs.items() if s.key)):
        cursor.execute(
            "SELECT polname FROM pg_policy WHERE polrelid = to_regclass(%s)",
            (f'{platform.schema}."{name}"',),
        )
        for (policy,) in cursor.fetchall():
            cursor.execute(
                sql.SQL("DROP POLICY {} ON {}").format(sql.Identifier(policy), platform.table(name))
            )
    _run(cursor, "roles/1_roles.sql", base)
    for spec in specs.values():
        if not spec.key:
            path = "roles/3_other.sql"
        else:
            path = "roles/2_layer.sql" if is_partitioned(spec.name) else "roles/4_shared.sql"
        _run(
            cursor,
            path,
            _layer_names(platform, spec)
            if spec.key
            else {**base, "table": sql.Identifier(spec.name)},
        )


__all__ = [
    "DEFAULT_SRID",
    "ROLES",
    "InstallResult",
    "crs_text",
    "install",
    "migrations",
    "platform_specs",
]
