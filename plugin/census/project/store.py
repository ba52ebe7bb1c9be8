"""Change a GeoPackage in one transaction: all of it or nothing.

QGIS keeps the spatial index by triggers that call functions of its own; SQLite alone lacks
them, so they are given here. Source: OGC 12-128r18 (GeoPackage), clause 2.1.3 (geometry
blobs) and Annex F.3 (R-tree).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
import shapely

from ...errors import WanggeError
from ...rules.batch import Batch
from ...translation import translate
from ..intake.gpkg import GpkgLayer, NotPlain, geometries, list_layers, quoted
from ..merge.values import same_shapes, same_values

_WAIT_SECONDS = 10.0
_LITTLE_ENDIAN, _EMPTY = 1, 16


@contextmanager
def editing(path: Path) -> Iterator[sqlite3.Connection]:
    """Hold a GeoPackage for one change; nobody else writes to it meanwhile.

    Raises
    ------
    WanggeError
        When the file is not there, is held by another program, or cannot be written. It
        is left as it was.
    """
    if not path.is_file():
        raise WanggeError(
            translate("Wangge", "There is no file {path}. Choose an existing one.").format(
                path=path
            )
        )
    try:
        with closing(
            sqlite3.connect(path, isolation_level=None, timeout=_WAIT_SECONDS)
        ) as connection:
            _add_functions(connection)
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
    except sqlite3.Error as error:
        raise WanggeError(
            translate(
                "Wangge",
                "The file “{path}” could not be written: {reason}. Nothing was saved; check that it "
                "is writable, not open elsewhere and that the disk has room.",
            ).format(path=path, reason=error),
            detail=repr(error),
        ) from error


def find_table(connection: sqlite3.Connection, path: Path, table: str) -> GpkgLayer:
    """Return the description of a table; WanggeError when the file or table is none."""
    try:
        for layer in list_layers(connection):
            if layer.name == table:
                return layer
    except NotPlain as error:
        raise WanggeError(
            translate(
                "Wangge", "{path} is no GeoPackage. Save the layer to a GeoPackage first."
            ).format(path=path),
            detail=str(error),
        ) from error
    raise WanggeError(
        translate("Wangge", "{path} has no layer “{layer}”. Choose another.").format(
            path=path, layer=table
        )
    )


def _add_functions(connection: sqlite3.Connection) -> None:
    def bound(which: int) -> Callable[[bytes], float | None]:
        def value(blob: bytes) -> float | None:
            found = float(shapely.bounds(geometries([blob])[0])[0][which])
            return None if np.isnan(found) else found

        return value

    for i, name in enumerate(("ST_MinX", "ST_MinY", "ST_MaxX", "ST_MaxY")):
        connection.create_function(name, 1, bound(i), deterministic=True)
    connection.create_function(
        "ST_IsEmpty", 1, lambda blob: int(np.isnan(shapely.bounds(geometries([blob])[0])).any())
    )


def save_rows(
    connection: sqlite3.Connection, layer: GpkgLayer, before: Batch, after: Batch
) -> dict[str, int]:
    """Bring a table from one state of its rows to another; return how many rows changed.

    Rows are the same when feature id and uuid are.

    Returns
    -------
    dict of str to int
        ``deleted``, ``updated`` (rows), ``inserted``.
    """
    old = {k: i for i, k in enumerate(_identities(before))}
    pairs = [(old[k], i) for i, k in enumerate(_identities(after)) if k in old]
    was = np.array([a for a, _ in pairs], int)
    now = np.array([b for _, b in pairs], int)
    gone = np.setdiff1d(np.arange(len(before)), was)
    new = np.setdiff1d(np.arange(len(after)), now)
    table, key = quoted(layer.name), quoted(layer.key)
    connection.executemany(
        f"DELETE FROM {table} WHERE {key} = ?",  # noqa: S608 - quoted  # nosec B608
        [(i,) for i in before.ids[gone].tolist()],
    )
    touched: set[int] = set()
    names = [n for n, _ in layer.columns if n in after.fields]
    for name in names:
        changed = ~same_values(before.fields[name][was], after.fields[name][now])
        rows = now[changed]
        values = _plain(after, name, rows)
        touched |= _update(connection, table, key, name, values, after.ids[rows])
    if layer.geometry and after.geometry is not None and before.geometry is not None:
        rows = now[~same_shapes(before.geometry[was], after.geometry[now])]
        values = _blobs(connection, layer, after.geometry[rows])
        touched |= _update(connection, table, key, layer.geometry, values, after.ids[rows])
    _insert(connection, layer, names, after, new)
    _note_change(connection, layer.name, after)
    return {"deleted": len(gone), "updated": len(touched), "inserted": len(new)}


def _identities(batch: Batch) -> list[tuple[int, str]]:
    return list(zip(batch.ids.tolist(), batch.text("uuid").tolist(), strict=True))


def _update(
    connection: sqlite3.Connection, table: str, key: str, name: str, values: list, ids: np.ndarray
) -> set[int]:
    connection.executemany(
        f"UPDATE {table} SET {quoted(name)} = ? WHERE {key} = ?",  # noqa: S608 - quoted  # nosec B608
        zip(values, ids.tolist(), strict=True),
    )
    return set(ids.tolist())


def _insert(
    connection: sqlite3.Connection, layer: GpkgLayer, names: list[str], rows: Batch, new: np.ndarray
) -> None:
    columns = [_plain(rows, n, new) for n in names]
    listed = [quoted(n) for n in names]
    if layer.geometry and rows.geometry is not None:
        columns.append(_blobs(connection, layer, rows.geometry[new]))
        listed.append(quoted(layer.geometry))
    # The key is left to the table, which never gives one twice.
    connection.executemany(
        f"INSERT INTO {quoted(layer.name)} ({', '.join(listed)}) "  # noqa: S608 - quoted  # nosec B608
        f"VALUES ({', '.join('?' * len(listed))})",
        list(zip(*columns, strict=True)),
    )


def _plain(batch: Batch, name: str, rows: np.ndarray) -> list:
    values = batch.fields[name][rows]
    missing = batch.is_null(name)[rows]
    if values.dtype.kind == "M":
        texts = np.datetime_as_string(values).astype(object)
        values = texts if values.dtype == "datetime64[D]" else texts + "Z" if len(texts) else texts
    return [None if m else v for m, v in zip(missing.tolist(), values.tolist(), strict=True)]


def _blobs(
    connection: sqlite3.Connection, layer: GpkgLayer, shapes: np.ndarray
) -> list[bytes | None]:
    srs = connection.execute(
        "SELECT srs_id FROM gpkg_geometry_columns WHERE table_name = ?", (layer.name,)
    ).fetchone()[0]
    tail = int(srs).to_bytes(4, "little", signed=True)
    return [
        None
        if shape is None
        else b"GP\0"
        + bytes([_LITTLE_ENDIAN + (_EMPTY if shape.is_empty else 0)])
        + tail
        + shapely.to_wkb(shape, flavor="iso")
        for shape in shapes.tolist()
    ]


def _note_change(connection: sqlite3.Connection, table: str, rows: Batch) -> None:
    connection.execute(
        "UPDATE gpkg_contents SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') "
        "WHERE table_name = ?",
        (table,),
    )
    if rows.geometry is None or not len(rows):
        return
    extent = shapely.total_bounds(rows.geometry)
    if not np.isnan(extent).any():
        connection.execute(
            "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? "
            "WHERE table_name = ?",
            (*extent.tolist(), table),
        )
