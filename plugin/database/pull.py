"""Pull rows from the platform as batches of columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from psycopg2 import sql

from ..errors import WanggeError
from ..progress import SILENT, Progress, stop_if_cancelled
from ..rules.batch import Batch
from ..rules.encoded import LazyFields
from ..standards.spec import FieldType, LayerSpec
from ..translation import translate
from .arrival import Arrival
from .cancelling import cancelling
from .failures import people_errors
from .layout import read_columns
from .platform import Platform, read_platform
from .target import check_kind
from .unframing import unframed


@dataclass
class Pulled:
    """Rows on their way from the platform; iterate over it once.

    Attributes
    ----------
    snapshot : int
        Number of the last batch the rows hold; give it to `push.push` as ``base_snapshot``
        when they come back. Known once the first batch has been read, as is ``crs``.
    crs : str
    shapes : tuple of str
        Types of the shapes to come (``POINT``, ``MULTIPOLYGON`` …), where the layer may hold
        several; known with the first batch too.
    rows : int
        Rows read so far.
    """

    _batches: Callable[[Pulled], Iterator[Batch]] = field(repr=False)
    snapshot: int = 0
    crs: str = ""
    shapes: tuple[str, ...] = ()
    rows: int = 0

    def __iter__(self) -> Iterator[Batch]:
        return self._batches(self)


def pull(
    connection,
    kind: str,
    spec: LayerSpec,
    *,
    extent: tuple[float, float, float, float] | None = None,
    area_code: str = "",
    changed_since: int | None = None,
    batch_size: int = 65_536,
    progress: Progress = SILENT,
    schema: str = "wangge",
) -> Pulled:
    """Read a layer of the platform, or a part of it, as it is at one moment.

    Parameters
    ----------
    connection : psycopg2 connection
        In use until the last batch has been read.
    kind : str
    spec : LayerSpec
        Fields wanted; those the platform lacks are left out.
    extent : tuple of float, optional
        xmin, ymin, xmax, ymax in the platform's coordinate system; shapes that meet it.
    area_code : str
        District (6 digits), street (9), community (12) or cell (14, 15).
    changed_since : int, optional
        Only rows written by batches after this one.
    batch_size : int
        Rows in memory at once.
    progress : Progress
    schema : str

    Returns
    -------
    Pulled
        An iterable of `Batch`; there is always at least one, which may be empty.
    """
    if kind != "finding":
        check_kind(kind, spec)
    elif changed_since is not None:
        raise WanggeError(
            translate("Wangge", "Findings belong to no batch. Pull them without a batch.")
        )
    if area_code and not (area_code.isascii() and area_code.isdigit() and len(area_code) >= 2):
        raise WanggeError(
            translate(
                "Wangge",
                "The area code must be the digits of a district, street, community or cell.",
            )
        )

    def batches(pulled: Pulled) -> Iterator[Batch]:
        with people_errors(connection), cancelling(connection, progress):
            # One moment for all statements, and no lock that stops writers.
            connection.set_session(isolation_level="REPEATABLE READ")
            try:
                cursor = connection.cursor()
                platform = read_platform(cursor, schema)
                pulled.crs = platform.crs if spec.geometries else ""
                cursor.execute(
                    sql.SQL(
                        "SELECT coalesce(max(batch_id), 0), (SELECT reltuples::bigint "
                        "FROM pg_class WHERE oid = to_regclass(%s)) FROM {} WHERE kind = %s"
                    ).format(platform.table("push_batch")),
                    (f'{schema}."{kind}"', kind),
                )
                pulled.snapshot, expected = cursor.fetchone()
                where = _condition(cursor, platform, spec, extent, area_code, changed_since)
                if len(spec.geometries) > 1:
                    pulled.shapes = _types_of_shapes(cursor, platform, spec, where)
                for batch in _read(cursor, platform, spec, where, batch_size):
                    pulled.rows += len(batch)
                    stop_if_cancelled(progress)
                    if expected > 0:
                        progress.report(min(1.0, pulled.rows / expected))
                    yield batch
            finally:
                if not connection.closed:
                    connection.rollback()
                    connection.set_session(isolation_level="DEFAULT")
        progress.report(1.0)

    return Pulled(batches)


def _condition(
    cursor,
    platform: Platform,
    spec: LayerSpec,
    extent: tuple[float, float, float, float] | None,
    area_code: str,
    changed_since: int | None,
) -> sql.Composable:
    parts: list[sql.Composable] = []
    if extent is not None and spec.geometries:
        box = sql.SQL("{}.ST_MakeEnvelope({}, {})").format(
            sql.Identifier(platform.postgis),
            sql.SQL(", ").join(sql.Literal(float(v)) for v in extent),
            sql.Literal(platform.srid),
        )
        parts.append(
            sql.SQL("{}.ST_Intersects(geom, {})").format(sql.Identifier(platform.postgis), box)
        )
    if area_code:
        if len(area_code) >= 6 and spec.name != "department":
            parts.append(sql.SQL("district_code = {}").format(sql.Literal(area_code[:6])))
        else:
            parts.append(sql.SQL("district_code LIKE {}").format(sql.Literal(area_code[:6] + "%")))
        if len(area_code) > 6:
            names = ("grid_code",) if len(area_code) > 12 else ("community_code", "grid_code")
            columns = [sql.Identifier(n) for n in names if n in spec.names]
            if not columns:
                raise WanggeError(
                    translate("Wangge", "Layer {layer} can be pulled by district only.").format(
                        layer=spec.name
                    )
                )
            parts.append(
                sql.SQL("coalesce({}) LIKE {}").format(
                    sql.SQL(", ").join(columns), sql.Literal(area_code + "%")
                )
            )
    if changed_since is not None:
        parts.append(sql.SQL("batch_id > {}").format(sql.Literal(int(changed_since))))
    return sql.SQL(" AND ").join(parts) if parts else sql.SQL("true")


def _types_of_shapes(
    cursor, platform: Platform, spec: LayerSpec, where: sql.Composable
) -> tuple[str, ...]:
    cursor.execute(
        sql.SQL(
            "SELECT DISTINCT {}.geometrytype(geom) FROM {} WHERE {} AND geom IS NOT NULL"
        ).format(sql.Identifier(platform.postgis), platform.table(spec.name), where)
    )
    return tuple(sorted(row[0] for row in cursor.fetchall()))


def _read(
    cursor, platform: Platform, spec: LayerSpec, where: sql.Composable, batch_size: int
) -> Iterator[Batch]:
    found = read_columns(cursor, platform, spec.name)
    names = [n for n in spec.names if n in found]
    types: list[FieldType | None] = [spec.field(n).type for n in names]
    columns = [sql.Identifier(n) for n in names]
    if spec.geometries and "geom" in found:
        columns.append(sql.SQL("geom"))
        types.append(None)
    statement = sql.SQL("COPY (SELECT {} FROM {} WHERE {}) TO STDOUT (FORMAT binary)").format(
        sql.SQL(", ").join(columns), platform.table(spec.name), where
    )
    crs = platform.crs if spec.geometries else ""
    first = 1
    for rows in Arrival(cursor, statement, batch_size):
        if not rows and first > 1:
            break
        values = unframed(rows, types)
        ids = np.arange(first, first + len(rows), dtype=np.int64)
        geometry = values.pop().shapes if len(columns) > len(names) else None
        nulls = {n: v.null for n, v in zip(names, values, strict=True) if v.null is not None}
        fields = LazyFields({n: v.column for n, v in zip(names, values, strict=True)})
        yield Batch(fields, geometry, ids, crs, nulls)
        first += len(rows)
