"""Tables of batches in a GeoPackage, written and read by SQLite alone.

Source: OGC 12-128r18 (GeoPackage 1.3), clauses 1.1 and 2.1.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import shapely

from ...errors import WanggeError
from ...rules.batch import Batch
from ...standards.spec import FieldType
from ...translation import translate
from ..parsing import parse
from .broken import Broken
from .columns import Column, Table
from .shapes import is_none
from .wkt_srs import UNKNOWN_CRS, organisation_of, plain_definition

_TYPES = {
    FieldType.TEXT: "TEXT",
    FieldType.INTEGER: "INTEGER",
    FieldType.REAL: "REAL",
    FieldType.DATE: "DATE",
    FieldType.DATETIME: "DATETIME",
}
_KEY, _SHAPE = "fid", "geom"
_FAMILIES = {0: "POINT", 1: "LINESTRING", 3: "POLYGON", 4: "MULTIPOINT", 5: "MULTILINESTRING",
             6: "MULTIPOLYGON"}  # fmt: skip
_BYTES_OF_BOX = (0, 32, 48, 48, 64)
_SCHEMA = """
PRAGMA application_id = 1196444487;
PRAGMA user_version = 10300;
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
  srs_id INTEGER REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL REFERENCES gpkg_contents (table_name), column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL,
  m TINYINT NOT NULL, PRIMARY KEY (table_name, column_name));
INSERT INTO gpkg_spatial_ref_sys VALUES
  ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', NULL),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', NULL);
"""


class GeoPackage:
    """A new GeoPackage being written; close it, or leave a ``with`` block, to finish it."""

    def __init__(self, path: Path):
        self._kinds: dict[str, set[int]] = {}
        self._connection = sqlite3.connect(path, isolation_level=None)
        # The file lies in a folder that is thrown away when anything fails.
        self._connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        self._connection.executescript(_SCHEMA)
        self._connection.execute("BEGIN")

    def __enter__(self) -> GeoPackage:
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def close(self) -> None:
        """Finish the file."""
        if self._connection.in_transaction:
            self._connection.execute("COMMIT")
        self._connection.close()

    def create(self, table: Table) -> None:
        """Make an empty table."""
        taken = [_KEY, *([_SHAPE] if table.has_shapes else [])]
        for column in table.columns:
            if column.exchanged.lower() in taken:
                raise WanggeError(
                    translate(
                        "Wangge",
                        "The field name “{name}” of table {layer} is one a GeoPackage needs itself. "
                        "Change it in the profile's exchange.names, or choose another format.",
                    ).format(name=column.exchanged, layer=table.name)
                )
            taken.append(column.exchanged.lower())
        columns = [f"{_quoted(c.exchanged)} {_type(c)}" for c in table.columns]
        if table.has_shapes:
            columns.append(f"{_SHAPE} GEOMETRY")
        listed = ", ".join([f"{_KEY} INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL", *columns])
        run = self._connection.execute
        run(f"CREATE TABLE {_quoted(table.name)} ({listed})")
        srs = self._srs(table.crs) if table.has_shapes else None
        run(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) "
            "VALUES (?, ?, ?, ?, ?)",
            (
                table.name,
                "features" if table.has_shapes else "attributes",
                table.name,
                table.title,
                srs,
            ),
        )
        if table.has_shapes:
            run(
                "INSERT INTO gpkg_geometry_columns VALUES (?, ?, 'GEOMETRY', ?, 0, 0)",
                (table.name, _SHAPE, srs),
            )

    def append(self, table: Table, batch: Batch) -> None:
        """Add rows."""
        values = [_values(batch, c) for c in table.columns]
        names = [c.exchanged for c in table.columns]
        if table.has_shapes and batch.geometry is not None:
            srs = self._connection.execute(
                "SELECT srs_id FROM gpkg_contents WHERE table_name = ?", (table.name,)
            ).fetchone()[0]
            values.append(_blobs(batch.geometry, srs))
            names.append(_SHAPE)
        # Names are quoted, values are bound.
        self._connection.executemany(
            f"INSERT INTO {_quoted(table.name)} ({', '.join(map(_quoted, names))}) "  # noqa: S608  # nosec B608
            f"VALUES ({', '.join('?' * len(names))})",
            zip(*values, strict=True),
        )
        if table.has_shapes and batch.geometry is not None:
            self._note_shapes(table.name, batch.geometry)

    def remove(self, table: Table, keys: Sequence[str], rows: Sequence[Sequence]) -> None:
        """Remove the rows whose key columns (names in the file) hold these values."""
        listed = ", ".join(map(_quoted, keys))
        index = _quoted(f"{table.name}_keys")
        run = self._connection.execute
        run(f"CREATE INDEX IF NOT EXISTS {index} ON {_quoted(table.name)} ({listed})")
        condition = " AND ".join(f"{_quoted(k)} = ?" for k in keys)
        self._connection.executemany(
            f"DELETE FROM {_quoted(table.name)} WHERE {condition}",  # noqa: S608  # nosec B608
            rows,
        )

    def finish(self, table: Table) -> int:
        """Note the kind of shapes a finished table holds; return its number of rows."""
        run = self._connection.execute
        name = _quoted(table.name)
        run(f"DROP INDEX IF EXISTS {_quoted(f'{table.name}_keys')}")
        kinds = self._kinds.get(table.name, set())
        if len(kinds) == 1 and (family := _FAMILIES.get(next(iter(kinds)))):
            run(
                "UPDATE gpkg_geometry_columns SET geometry_type_name = ? WHERE table_name = ?",
                (family, table.name),
            )
        return run(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608  # nosec B608

    def _srs(self, crs: str) -> int:
        if not crs:
            return UNKNOWN_CRS
        run = self._connection.execute
        known = run(
            "SELECT srs_id FROM gpkg_spatial_ref_sys WHERE description = ?", (crs,)
        ).fetchone()
        if known:
            return known[0]
        organisation, code = organisation_of(crs)
        number = code
        if not organisation:
            organisation = "NONE"
            number = code = 100_000 + run("SELECT count(*) FROM gpkg_spatial_ref_sys").fetchone()[0]
        run(
            "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)",
            (crs[:60], number, organisation, code, plain_definition(crs), crs),
        )
        return number

    def _note_shapes(self, name: str, shapes: np.ndarray) -> None:
        there = ~shapely.is_missing(shapes)
        kinds = np.unique(shapely.get_type_id(shapes[there])).tolist()
        self._kinds.setdefault(name, set()).update(kinds)
        if shapely.has_z(shapes).any():
            self._connection.execute(
                "UPDATE gpkg_geometry_columns SET z = 2 WHERE table_name = ?", (name,)
            )
        with np.errstate(all="ignore"):
            box = shapely.total_bounds(shapes)
        if np.isfinite(box).all():
            self._connection.execute(
                "UPDATE gpkg_contents SET min_x = min(?, ifnull(min_x, 1e308)), "
                "min_y = min(?, ifnull(min_y, 1e308)), max_x = max(?, ifnull(max_x, -1e308)), "
                "max_y = max(?, ifnull(max_y, -1e308)) WHERE table_name = ?",
                (*box.tolist(), name),
            )


def read(path: Path, table: Table, size: int) -> Iterator[Batch]:
    """Yield the rows of a table, ``size`` at a time; raises `Broken`."""
    names = [c.exchanged for c in table.columns] + ([_SHAPE] if table.has_shapes else [])
    listed = ", ".join(map(_quoted, names))
    first = 1
    try:
        # Read only, and no file beside it is written.
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            # A view could run a query of the sender's: only tables are read.
            kind = connection.execute(
                "SELECT type FROM sqlite_master WHERE name = ?", (table.name,)
            ).fetchone()
            if kind != ("table",):
                raise Broken(0, "table")
            cursor = connection.execute(
                f"SELECT {listed} FROM {_quoted(table.name)} ORDER BY rowid"  # noqa: S608  # nosec B608
            )
            while rows := cursor.fetchmany(size):
                yield _batch(rows, table, first)
                first += len(rows)
    except (sqlite3.Error, UnicodeError) as error:
        # Messages about a damaged schema quote the damage, which may be no text.
        raise Broken(first - 1, str(error)[:80]) from None


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _type(column: Column) -> str:
    if column.type is FieldType.TEXT and column.length:
        return f"TEXT({int(column.length)})"
    return _TYPES[column.type]


def _values(batch: Batch, column: Column) -> list:
    values = batch.fields[column.name]
    if column.type is FieldType.TEXT:
        return values.tolist()
    if column.type in (FieldType.DATE, FieldType.DATETIME):
        mark = "Z" if column.type is FieldType.DATETIME else ""
        made = [t + mark for t in np.datetime_as_string(values).tolist()]
    else:
        made = values.tolist()
    empty = batch.is_null(column.name).tolist()
    return [None if e else v for e, v in zip(empty, made, strict=True)]


def _blobs(shapes: np.ndarray, srs: int) -> list[bytes | None]:
    bodies = shapely.to_wkb(shapes, flavor="iso", byte_order=1).tolist()
    empty = shapely.is_empty(shapes).tolist()
    plain = ((shapely.get_type_id(shapes) == 0) | shapely.is_empty(shapes)).tolist()
    with np.errstate(all="ignore"):
        boxes = shapely.bounds(shapes)[:, [0, 2, 1, 3]].astype("<f8")
    number = srs.to_bytes(4, "little", signed=True)
    made: list[bytes | None] = []
    for row, body in enumerate(bodies):
        if body is None:
            made.append(None)
        elif plain[row]:
            made.append(b"GP\0" + (b"\x11" if empty[row] else b"\x01") + number + body)
        else:
            made.append(b"GP\0\x03" + number + boxes[row].tobytes() + body)
    return made


def _batch(rows: list[tuple], table: Table, first: int) -> Batch:
    columns = list(zip(*rows, strict=True))
    fields: dict[str, np.ndarray] = {}
    nulls: dict[str, np.ndarray] = {}
    for column, values in zip(table.columns, columns, strict=False):
        fields[column.name], empty = _column(values, column, first)
        if column.type is FieldType.INTEGER and empty.any():
            nulls[column.name] = empty
    ids = np.arange(first, first + len(rows), dtype=np.int64)
    if not table.has_shapes:
        return Batch(fields, None, ids, "", nulls)
    bodies = np.empty(len(rows), object)
    bodies[:] = [_body(blob, first + k) for k, blob in enumerate(columns[-1])]
    geometry = shapely.from_wkb(bodies, on_invalid="ignore")
    lost = np.flatnonzero(shapely.is_missing(geometry) & ~is_none(bodies))
    if len(lost):
        raise Broken(first + int(lost[0]), _SHAPE)
    return Batch(fields, geometry, ids, table.crs, nulls)


def _column(values: tuple, column: Column, first: int) -> tuple[np.ndarray, np.ndarray]:
    empty = np.array([v is None for v in values], bool)
    wanted = {FieldType.INTEGER: (int,), FieldType.REAL: (float, int)}.get(column.type, (str,))
    odd = [k for k, v in enumerate(values) if v is not None and not isinstance(v, wanted)]
    if odd:
        raise Broken(first + odd[0], column.exchanged)
    if column.type is FieldType.INTEGER:
        return np.array([0 if v is None else v for v in values], np.int64), empty
    if column.type is FieldType.REAL:
        return np.array([np.nan if v is None else v for v in values], np.float64), empty
    if column.type is FieldType.DATETIME:
        values = tuple(None if v is None else re.sub(r"Z$", "", v) for v in values)
    made, wrong = parse(values, column.type)
    if len(wrong):
        raise Broken(first + int(wrong[0]), column.exchanged)
    return made, empty


def _body(blob: bytes | None, row: int) -> bytes | None:
    if blob is None:
        return None
    if not isinstance(blob, bytes) or blob[:2] != b"GP" or len(blob) < 8:
        raise Broken(row, _SHAPE)
    size = (blob[3] >> 1) & 7
    if size >= len(_BYTES_OF_BOX):
        raise Broken(row, _SHAPE)
    return blob[8 + _BYTES_OF_BOX[size] :]
