"""What the platform holds of a layer, and whether rows of a description fit into it."""

from __future__ import annotations

from dataclasses import dataclass

from psycopg2 import sql

from ..errors import WanggeError
from ..rules.target import PushTarget, TargetColumn
from ..standards.spec import LayerSpec
from ..translation import translate
from .failures import people_errors
from .layout import read_columns
from .platform import KINDS, Platform, read_platform


@dataclass(frozen=True)
class Target:
    """A layer's table, checked against its description.

    Attributes
    ----------
    platform : Platform
    spec : LayerSpec
    names : tuple of str
        Columns that are written, without geometry and district.
    has_geometry : bool
        Shapes are written too.
    notes : tuple of str
    """

    platform: Platform
    spec: LayerSpec
    names: tuple[str, ...]
    has_geometry: bool
    notes: tuple[str, ...] = ()

    @property
    def table(self) -> sql.Identifier:
        return self.platform.table(self.spec.name)

    @property
    def key(self) -> sql.Identifier:
        return sql.Identifier(self.spec.key)

    @property
    def content(self) -> tuple[str, ...]:
        """Columns that carry what a row says."""
        return (*self.names, "geom") if self.has_geometry else self.names


def check_kind(kind: str, spec: LayerSpec) -> None:
    """Raise WanggeError unless ``spec`` describes a layer that can be pushed."""
    if kind not in KINDS or spec.name != kind:
        raise WanggeError(
            translate(
                "Wangge", "Layer {kind} is none of those the platform takes: {kinds}."
            ).format(kind=kind, kinds=", ".join(KINDS))
        )


def match(
    cursor,
    platform: Platform,
    spec: LayerSpec,
    given: tuple[str, ...],
    has_geometry: bool,
    crs: str,
) -> Target:
    """Compare the columns of a source with the platform's table.

    Parameters
    ----------
    cursor : psycopg2 cursor
    platform : Platform
    spec : LayerSpec
    given : tuple of str
        Columns of the source.
    has_geometry : bool
    crs : str
        Of the source; empty when unknown, taken as the platform's then.

    Raises
    ------
    WanggeError
        The table is missing or differs from the description, a mandatory column is
        missing, or the coordinate system is another.
    """
    found = read_columns(cursor, platform, spec.name)
    needed = {"district_code", "batch_id", "row_hash"} | ({"geom"} if spec.geometries else set())
    wrong = [n for n in sorted(needed) if n not in found]
    names = tuple(n for n in spec.names if n in given and n != "district_code")
    for name in names:
        field = spec.field(name)
        type_, length = found.get(name, (None, 0))
        if type_ is not field.type or (length and (field.length == 0 or field.length > length)):
            wrong.append(name)
    if wrong:
        raise WanggeError(
            translate(
                "Wangge",
                "The platform's table {table} does not fit the layer's description (columns "
                "{columns}): it is older, or was changed by hand. Run install_platform, then try "
                "again.",
            ).format(table=spec.name, columns=", ".join(wrong))
        )
    if spec.key not in names:
        raise WanggeError(
            translate(
                "Wangge", "Layer {layer} has no field {field}; its rows cannot be told apart."
            ).format(layer=spec.name, field=spec.key)
        )
    if has_geometry and spec.geometries and crs and crs != platform.crs:
        raise WanggeError(
            translate(
                "Wangge",
                "The layer is in {source}, the platform in {target}. Reproject the layer first.",
            ).format(source=crs[:80], target=platform.crs[:80])
        )
    notes = []
    left_out = [n for n in given if n not in spec.names]
    if left_out:
        notes.append(
            translate(
                "Wangge",
                "The platform has no columns for these fields; they stay behind: {fields}.",
            ).format(fields=", ".join(left_out))
        )
    missing = [n for n in spec.names if n not in given and n != "district_code"]
    if missing:
        notes.append(
            translate(
                "Wangge",
                "The layer has no fields {fields}; on the platform they stay as they are.",
            ).format(fields=", ".join(missing))
        )
    return Target(platform, spec, names, has_geometry and bool(spec.geometries), tuple(notes))


def describe_target(
    connection,
    kind: str,
    *,
    base_snapshot: int | None = None,
    source_srid: int = 0,
    owner_field: str = "uuid",
    schema: str = "wangge",
) -> PushTarget:
    """Describe the table of ``kind`` as plain values, for the rules before a push.

    Parameters
    ----------
    connection : psycopg2 connection
    kind : str
    base_snapshot : int, optional
        Batch up to which the source knows the platform (`pull.Pulled.snapshot`).
    source_srid : int
    owner_field : str
        Column compared by the rule on foreign keys' owners, where the table has it.
    schema : str
    """
    with people_errors(connection):
        cursor = connection.cursor()
        platform = read_platform(cursor, schema)
        columns = read_columns(cursor, platform, kind)
        if kind not in KINDS or not columns:
            return PushTarget(kind, exists=False, srid=platform.srid, source_srid=source_srid)
        cursor.execute(
            sql.SQL("SELECT key_field FROM {} WHERE kind = %s").format(platform.table("layer")),
            (kind,),
        )
        key = cursor.fetchone()[0]
        owners: dict[str, str] = {}
        if owner_field in columns:
            cursor.execute(
                sql.SQL("SELECT {}, {} FROM {} WHERE {} IS NOT NULL").format(
                    sql.Identifier(key),
                    sql.Identifier(owner_field),
                    platform.table(kind),
                    sql.Identifier(owner_field),
                )
            )
            owners = dict(cursor.fetchall())
        references = {
            "community_code": ("community", "community_code"),
            "grid_code": ("unit_grid", "grid_code"),
            "authority_code": ("department", "department_code"),
        }
        foreign: dict[str, frozenset[str]] = {}
        for column, (table, field) in references.items():
            if column in columns and column != key:
                cursor.execute(
                    sql.SQL("SELECT {} FROM {}").format(
                        sql.Identifier(field), platform.table(table)
                    )
                )
                foreign[column] = frozenset(row[0] for row in cursor)
        changed: frozenset[str] = frozenset()
        if base_snapshot is not None:
            cursor.execute(
                sql.SQL(
                    "SELECT {key} FROM {table} WHERE batch_id > {base} "
                    "UNION SELECT key FROM {history} WHERE batch_id > {base}"
                ).format(
                    key=sql.Identifier(key),
                    table=platform.table(kind),
                    history=platform.table(f"{kind}_history"),
                    base=sql.Literal(int(base_snapshot)),
                )
            )
            changed = frozenset(row[0] for row in cursor)
        retired: frozenset[str] = frozenset()
        if kind == "unit_grid":
            cursor.execute(
                sql.SQL("SELECT grid_code FROM {} WHERE end_date <= current_date").format(
                    platform.table(kind)
                )
            )
            retired = frozenset(row[0] for row in cursor)
        return PushTarget(
            table=kind,
            columns={
                name: TargetColumn(type_, length)
                for name, (type_, length) in columns.items()
                if type_ is not None and name != "batch_id"
            },
            srid=platform.srid,
            source_srid=source_srid,
            owners=owners,
            owner_field=owner_field,
            foreign_keys=foreign,
            changed_since=changed,
            retired=retired,
        )
