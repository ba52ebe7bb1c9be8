"""Rows into a GeoPackage table by SQLite's own prepared statements: five times QGIS's feature writer.

The table is made by QGIS (so schema, CRS and contents are its own); only the rows are ours.
Source: OGC 12-128r18 (GeoPackage), clauses 2.1.3 (geometry blobs) and Annex F.3 (R-tree).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import numpy as np
import shapely

from ..errors import WanggeError
from ..progress import SILENT, Progress, stop_if_cancelled
from ..rules.batch import Batch
from ..translation import translate
from . import rtree
from .types import Kind, kind_of_array

_HEADER = np.dtype([("magic", "S2"), ("version", "u1"), ("flags", "u1"), ("srs", "<i4")])
_POINT = np.dtype([("head", _HEADER), ("order", "u1"), ("type", "<u4"), ("x", "<f8"), ("y", "<f8")])
_LITTLE_ENDIAN = 1
_EMPTY = 16
_ENVELOPE_XY = 2
_NOWHERE = np.array([np.inf, np.inf, -np.inf, -np.inf])


def fill(path: Path, table: str, batches: Iterable[Batch], *, progress: Progress = SILENT) -> int:
    """Add batches to a table in one transaction and return the number of rows added.

    Parameters
    ----------
    path : Path
        GeoPackage file.
    table : str
        Table that QGIS or OGR made; rows that it has stay in front of the new ones.
    batches : iterable of Batch

    Raises
    ------
    WanggeError
        When the file cannot be written; it is left as it was.
    """
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                total = _fill(connection, table, batches, progress)
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
            return total
    except sqlite3.Error as error:
        raise WanggeError(
            translate(
                "Wangge",
                "The file “{path}” could not be written: {reason}. Nothing was saved; check that it "
                "is writable, not open elsewhere and that the disk has room.",
            ).format(path=path, reason=error),
            repr(error),
        ) from error


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _fill(connection, table: str, batches: Iterable[Batch], progress: Progress) -> int:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({_quoted(table)})")]
    key = next(
        row[1] for row in connection.execute(f"PRAGMA table_info({_quoted(table)})") if row[5]
    )
    found = connection.execute(
        "SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ?", (table,)
    ).fetchone()
    geometry, srs = found if found else ("", 0)
    index = f"rtree_{table}_{geometry}"
    has_index = bool(
        geometry
        and connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (index,)).fetchone()
    )
    # SQLite alone lacks the ST_ functions of the index triggers: the index is filled here instead.
    triggers = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)
    ).fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {_quoted(name)}")
    first = connection.execute(f"SELECT coalesce(max({_quoted(key)}), 0) FROM {_quoted(table)}")  # noqa: S608  # nosec B608
    before = first.fetchone()[0]
    total = before
    extent = _extent(connection, table) if before else _NOWHERE.copy()
    boxes: list[tuple[np.ndarray, np.ndarray]] = []
    for batch in batches:
        stop_if_cancelled(progress)
        names = [c for c in columns if c in batch.fields and c not in (key, geometry)]
        ids = np.arange(total + 1, total + 1 + len(batch))
        values = [ids.tolist(), *(_values(batch, name) for name in names)]
        if geometry and batch.geometry is not None:
            values.append(blobs(batch.geometry, srs))
            names.append(geometry)
        _insert(connection, table, [key, *names], zip(*values, strict=True))
        if geometry and batch.geometry is not None:
            bounds = shapely.bounds(batch.geometry)
            filled = ~np.isnan(bounds).any(axis=1)
            if filled.any():
                extent[:2] = np.minimum(extent[:2], bounds[filled, :2].min(axis=0))
                extent[2:] = np.maximum(extent[2:], bounds[filled, 2:].max(axis=0))
            if has_index:
                boxes.append((ids[filled], bounds[filled]))
        total += len(batch)
    if boxes:
        _index(connection, index, *map(np.concatenate, zip(*boxes, strict=True)))
    for _, sql in triggers:
        connection.execute(sql)
    _note_contents(connection, table, total, extent)
    return total - before


def _insert(connection, table: str, names: list[str], rows) -> None:
    listed = ", ".join(_quoted(n) for n in names)
    marks = ", ".join("?" * len(names))
    # Names come from the table itself and are quoted; values are bound.
    connection.executemany(
        f"INSERT INTO {_quoted(table)} ({listed}) VALUES ({marks})",  # noqa: S608  # nosec B608
        rows,
    )


def _index(connection, index: str, ids: np.ndarray, bounds: np.ndarray) -> None:
    if rtree.pack(connection, index, ids, bounds):
        return
    x1, y1, x2, y2 = bounds.T
    rows = zip(ids.tolist(), x1.tolist(), x2.tolist(), y1.tolist(), y2.tolist(), strict=True)
    connection.executemany(
        f"INSERT INTO {_quoted(index)} VALUES (?, ?, ?, ?, ?)",  # noqa: S608  # nosec B608
        rows,
    )


def _extent(connection, table: str) -> np.ndarray:
    noted = connection.execute(
        "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = ?", (table,)
    ).fetchone()
    return _NOWHERE.copy() if noted is None or None in noted else np.array(noted, float)


def _note_contents(connection, table: str, total: int, extent: np.ndarray) -> None:
    if np.isfinite(extent).all():
        connection.execute(
            "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?",
            (*extent.tolist(), table),
        )
    has_counts = connection.execute(
        "SELECT 1 FROM sqlite_master WHERE name = 'gpkg_ogr_contents'"
    ).fetchone()
    if has_counts:
        connection.execute(
            "UPDATE gpkg_ogr_contents SET feature_count = ? WHERE table_name = ?", (total, table)
        )


def blobs(shapes: np.ndarray, srs: int) -> list[bytes | None]:
    """Return GeoPackage geometry blobs, shape (n,), None for null geometries."""
    plain = (shapely.get_type_id(shapes) == 0) & (shapely.get_coordinate_dimension(shapes) == 2)
    if (plain & ~shapely.is_empty(shapes)).all():
        return _point_blobs(shapes, srs)
    wkb = shapely.to_wkb(shapes, flavor="iso")
    is_point = shapely.get_type_id(shapes) == 0
    empty = shapely.is_empty(shapes)
    header = np.zeros(len(shapes), _HEADER)
    header["magic"] = b"GP"
    header["srs"] = srs
    with_box = ~is_point & ~empty
    header["flags"] = (
        _LITTLE_ENDIAN + np.where(empty, _EMPTY, 0) + np.where(with_box, _ENVELOPE_XY, 0)
    )
    bounds = shapely.bounds(shapes)
    boxes = bounds[:, [0, 2, 1, 3]].astype("<f8")
    heads = header.tobytes()
    size = _HEADER.itemsize
    made: list[bytes | None] = []
    for i, (body, box) in enumerate(zip(wkb.tolist(), with_box.tolist(), strict=True)):
        if body is None:
            made.append(None)
            continue
        head = heads[i * size : (i + 1) * size]
        made.append(head + boxes[i].tobytes() + body if box else head + body)
    return made


def _point_blobs(shapes: np.ndarray, srs: int) -> list[bytes | None]:
    made = np.zeros(len(shapes), _POINT)
    made["head"]["magic"] = b"GP"
    made["head"]["srs"] = srs
    made["head"]["flags"] = _LITTLE_ENDIAN
    made["order"], made["type"] = 1, 1
    made["x"], made["y"] = shapely.get_x(shapes), shapely.get_y(shapes)
    return made.view(f"V{_POINT.itemsize}").tolist()


def _values(batch: Batch, name: str) -> list:
    values = batch.fields[name]
    kind = kind_of_array(values)
    if kind is Kind.TEXT:
        return values.tolist()
    missing = batch.is_null(name)
    if kind is Kind.DATE:
        days, which = np.unique(values, return_inverse=True)
        made = np.datetime_as_string(days).astype(object)[which].tolist()
    elif kind is Kind.DATETIME:
        made = np.datetime_as_string(values, timezone="UTC").tolist()
    else:
        made = values.tolist()
    return [None if m else v for m, v in zip(missing, made, strict=True)] if missing.any() else made
