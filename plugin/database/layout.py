"""Tables of the platform from `LayerSpec`: made when missing, grown when the description grows."""

from __future__ import annotations

from psycopg2 import sql

from ..errors import WanggeError
from ..standards.domains import DOMAINS
from ..standards.spec import FieldSpec, FieldType, Geometry, LayerSpec
from ..translation import translate
from .platform import Platform, is_partitioned, key_holds_district

_TYPES = {
    FieldType.TEXT: "text",
    FieldType.INTEGER: "bigint",
    FieldType.REAL: "double precision",
    FieldType.DATE: "date",
    FieldType.DATETIME: "timestamp(3)",
}

#: Value lists no city may extend; the database holds them as checks.
_CLOSED = ("risk_level", "accuracy", "lineage_operation", "finding_state", "finding_severity")

#: Layers whose shapes must be of one part.
_SINGLE_PART = ("unit_grid",)

#: Fields other layers and maps look rows up by.
_LOOKED_UP = ("grid_code", "community_code")


def geometry_type(spec: LayerSpec) -> str:
    """Return the PostGIS type of the layer's shapes, empty for a table without shapes.

    One family: its multi type (a single part is promoted), or the single type for unit
    grids. Several families share ``Geometry``, where a multi-part shape of one part is
    stored as that part.
    """
    if not spec.geometries:
        return ""
    if len(spec.geometries) > 1:
        return "Geometry"
    single = {Geometry.POINT: "Point", Geometry.LINE: "LineString", Geometry.POLYGON: "Polygon"}
    name = single[spec.geometries[0]]
    return name if spec.name in _SINGLE_PART else f"Multi{name}"


def column_type(spec: LayerSpec, field: FieldSpec) -> str:
    """Return the SQL type of a field; lengths count characters.

    Codes that rows are looked up by sort by their bytes, whatever the server's language.
    """
    type_ = _TYPES[field.type]
    if field.type is FieldType.TEXT:
        if field.length:
            type_ = f"varchar({int(field.length)})"
        if field.name == spec.key or (spec.key and field.name in _LOOKED_UP):
            type_ += ' COLLATE "C"'
    return type_


def update_layer(cursor, platform: Platform, spec: LayerSpec) -> None:
    """Bring the table of ``spec`` to its description; columns are never dropped.

    Parameters
    ----------
    cursor : psycopg2 cursor
        Inside the caller's transaction.
    platform : Platform
    spec : LayerSpec
        A table without key gets a running number and a district, from its codes where they
        all hold one.
    """
    table = platform.table(spec.name)
    cursor.execute("SELECT to_regclass(%s)", (f'{platform.schema}."{spec.name}"',))
    if cursor.fetchone()[0] is None:
        _create(cursor, platform, spec)
    else:
        _grow(cursor, platform, spec)
    _checks(cursor, platform, spec)
    _comments(cursor, table, spec)


def _create(cursor, platform: Platform, spec: LayerSpec) -> None:
    columns = [
        sql.SQL("{} {}").format(sql.Identifier(f.name), sql.SQL(column_type(spec, f)))
        for f in spec.fields
        if f.name != "district_code"
    ]
    if spec.geometries:
        columns.append(
            sql.SQL("geom {}.geometry({}, {})").format(
                sql.Identifier(platform.postgis),
                sql.SQL(geometry_type(spec)),
                sql.Literal(platform.srid),
            )
        )
    make = _create_keyed if spec.key else _create_unkeyed
    make(cursor, platform, spec, sql.SQL(",\n  ").join(columns))


def _create_keyed(cursor, platform: Platform, spec: LayerSpec, columns: sql.Composable) -> None:
    table, key = platform.table(spec.name), sql.Identifier(spec.key)
    primary = sql.SQL("{}, district_code").format(key) if is_partitioned(spec.name) else key
    names = {
        "table": table,
        "key": key,
        "primary": primary,
        "columns": columns,
        "batch": platform.table("push_batch"),
        "history": platform.table(f"{spec.name}_history"),
        "kind": sql.Literal(spec.name),
        "postgis": sql.Identifier(platform.postgis),
        "partition": sql.SQL(
            "PARTITION BY LIST (district_code)" if is_partitioned(spec.name) else ""
        ),
        "default": sql.SQL("" if is_partitioned(spec.name) else "DEFAULT '000000'"),
    }
    cursor.execute(
        sql.SQL(
            """
            CREATE TABLE {table} (
              {columns},
              district_code varchar(6) NOT NULL {default},
              batch_id bigint NOT NULL REFERENCES {batch},
              row_hash uuid,
              PRIMARY KEY ({primary})
            ) {partition};
            CREATE INDEX ON {table} (batch_id);
            CREATE TABLE {history} (
              batch_id bigint NOT NULL REFERENCES {batch},
              operation text NOT NULL CHECK (operation IN ('update', 'delete')),
              district_code varchar(6) NOT NULL,
              key text COLLATE "C" NOT NULL,
              before jsonb NOT NULL,
              before_geom {postgis}.geometry,
              changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
              changed_by name NOT NULL DEFAULT session_user,
              PRIMARY KEY (batch_id, key)
            );
            CREATE INDEX ON {history} (key);
            CREATE INDEX ON {history} (((before->>'batch_id')::bigint));
            """
        ).format(**names)
    )
    if spec.geometries:
        cursor.execute(sql.SQL("CREATE INDEX ON {} USING gist (geom)").format(table))
    for name in _LOOKED_UP:
        if name in spec.names and name != spec.key:
            cursor.execute(sql.SQL("CREATE INDEX ON {} ({})").format(table, sql.Identifier(name)))
    cursor.execute(
        sql.SQL("INSERT INTO {} (kind, key_field, is_partitioned) VALUES (%s, %s, %s)").format(
            platform.table("layer")
        ),
        (spec.name, spec.key, is_partitioned(spec.name)),
    )


def _create_unkeyed(cursor, platform: Platform, spec: LayerSpec, columns: sql.Composable) -> None:
    codes = [n for n in ("new_code", "old_code") if n in spec.names]
    made = sql.SQL("GENERATED ALWAYS AS (left(coalesce({}), 6)) STORED" if codes else "").format(
        sql.SQL(", ").join(map(sql.Identifier, codes))
    )
    cursor.execute(
        sql.SQL(
            """
            CREATE TABLE {table} (
              id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              {columns},
              district_code varchar(6) {made},
              recorded_at timestamptz NOT NULL DEFAULT now(),
              recorded_by name NOT NULL DEFAULT session_user
            );
            CREATE INDEX ON {table} (district_code);
            """
        ).format(
            table=platform.table(spec.name),
            columns=columns,
            made=made,
        )
    )


def _grow(cursor, platform: Platform, spec: LayerSpec) -> None:
    found = read_columns(cursor, platform, spec.name)
    table = platform.table(spec.name)
    for field in spec.fields:
        if field.name not in found:
            cursor.execute(
                sql.SQL("ALTER TABLE {} ADD COLUMN {} {}").format(
                    table, sql.Identifier(field.name), sql.SQL(column_type(spec, field))
                )
            )
            continue
        type_, length = found[field.name]
        if type_ is not field.type:
            raise WanggeError(
                translate(
                    "Wangge",
                    "Column {field} of the platform's table {table} has another type than the "
                    "layer's description. It was changed by hand; change it back, or drop it, and "
                    "install again.",
                ).format(field=field.name, table=spec.name)
            )
        # A shorter description never cuts what is stored.
        if length and (field.length == 0 or field.length > length):
            cursor.execute(
                sql.SQL("ALTER TABLE {} ALTER COLUMN {} TYPE {}").format(
                    table, sql.Identifier(field.name), sql.SQL(column_type(spec, field))
                )
            )


def _checks(cursor, platform: Platform, spec: LayerSpec) -> None:
    checks: dict[str, sql.Composable] = {}
    if spec.key:
        key = sql.Identifier(spec.key)
        checks[f"{spec.name}_key"] = sql.SQL("{} <> ''").format(key)
        if key_holds_district(spec):
            checks[f"{spec.name}_district"] = sql.SQL(
                "district_code::text = left({}::text, 6)"
            ).format(key)
    for field in spec.fields:
        if field.domain in _CLOSED:
            values = [sql.Literal(v) for v in DOMAINS[field.domain].stored]
            checks[f"{spec.name}_{field.name}"] = sql.SQL("{} IN ({})").format(
                sql.Identifier(field.name), sql.SQL(", ").join(values)
            )
    if {"start_date", "end_date"} <= set(spec.names):
        checks[f"{spec.name}_dates"] = sql.SQL("end_date >= start_date")
    if len(spec.geometries) > 1:
        kinds = [
            sql.Literal(f"{prefix}{name}")
            for g in spec.geometries
            for prefix in ("", "MULTI")
            for name in [{"point": "POINT", "line": "LINESTRING", "polygon": "POLYGON"}[g.value]]
        ]
        checks[f"{spec.name}_geometry"] = sql.SQL("{}.geometrytype(geom) IN ({})").format(
            sql.Identifier(platform.postgis), sql.SQL(", ").join(kinds)
        )
    cursor.execute(
        "SELECT conname FROM pg_constraint WHERE conrelid = to_regclass(%s) AND contype = 'c'",
        (f'{platform.schema}."{spec.name}"',),
    )
    there = {row[0] for row in cursor}
    for name, condition in checks.items():
        if name not in there:
            cursor.execute(
                sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} CHECK ({})").format(
                    platform.table(spec.name), sql.Identifier(name), condition
                )
            )


def _comments(cursor, table: sql.Composable, spec: LayerSpec) -> None:
    cursor.execute(sql.SQL("COMMENT ON TABLE {} IS {}").format(table, sql.Literal(spec.title_zh)))
    for field in spec.fields:
        text = "：".join(t for t in (field.alias_zh, field.help_zh) if t)
        cursor.execute(
            sql.SQL("COMMENT ON COLUMN {}.{} IS {}").format(
                table, sql.Identifier(field.name), sql.Literal(text)
            )
        )
    if spec.key:
        for name, text in (
            ("district_code", "所属区县；000000 为全市"),
            ("batch_id", "最近一次写入此行的批次"),
            ("row_hash", "各字段和图形的指纹，用于比较；手工修改后为空"),
        ):
            cursor.execute(
                sql.SQL("COMMENT ON COLUMN {}.{} IS {}").format(
                    table, sql.Identifier(name), sql.Literal(text)
                )
            )


def read_columns(cursor, platform: Platform, name: str) -> dict[str, tuple[FieldType | None, int]]:
    """Return the columns of a table: name -> (type, length); None for types not ours."""
    cursor.execute(
        "SELECT attname, format_type(atttypid, NULL), atttypmod FROM pg_attribute "
        "WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
        (f'{platform.schema}."{name}"',),
    )
    types = {
        "character varying": FieldType.TEXT,
        "text": FieldType.TEXT,
        "bigint": FieldType.INTEGER,
        "double precision": FieldType.REAL,
        "date": FieldType.DATE,
        "timestamp without time zone": FieldType.DATETIME,
    }
    return {
        column: (
            types.get(type_),
            max(0, modifier - 4) if type_ == "character varying" else 0,
        )
        for column, type_, modifier in cursor.fetchall()
    }
