"""GeoPackages read in columns, straight from SQLite: many times faster than row by row."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

import numpy as np
import shapely

from ...errors import WanggeError
from ...translation import translate
from ..columns import nulls
from .encoding import UTF8, Encoding, decode
from .layers import choose_layer
from .raw import CHUNK, RawRows, SourceInfo, no_problems, take_sample

# Length of the envelope in the header of a geometry, by its indicator.
_ENVELOPE = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_CURVES = ("CURVE", "CIRCULARSTRING", "SURFACE", "MULTISURFACE", "MULTICURVE")


class NotPlain(Exception):  # noqa: N818 - no failure: GDAL reads it instead
    """The file is no plain GeoPackage."""


@dataclass(frozen=True)
class GpkgLayer:
    """One table of a GeoPackage."""

    name: str
    columns: tuple[tuple[str, str], ...]
    """Name and declared type, without geometry and key."""
    key: str
    geometry: str
    crs: str
    rows: int


def connect(path: Path) -> sqlite3.Connection:
    """Open a GeoPackage for reading only."""
    address = f"file:{quote(str(path.resolve()))}"
    try:
        connection = sqlite3.connect(f"{address}?mode=ro", uri=True)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        wal = path.with_name(f"{path.name}-wal")
        # What lies in a side file would be passed over, what is half-written taken for whole.
        if "locked" in str(error) or (wal.exists() and wal.stat().st_size):
            raise
        # A read-only folder cannot take the side files that SQLite would like to make.
        connection = sqlite3.connect(f"{address}?immutable=1", uri=True)
    return connection


def quoted(identifier: str) -> str:
    """Return an identifier as SQL text; SQLite has no parameters for names."""
    return '"' + identifier.replace('"', '""') + '"'


def list_layers(connection: sqlite3.Connection) -> list[GpkgLayer]:
    """Return the tables with rows for users; `NotPlain` when the file is no GeoPackage."""
    try:
        names = connection.execute(
            "SELECT table_name FROM gpkg_contents WHERE data_type IN ('features', 'attributes')"
        ).fetchall()
        return [_describe(connection, name) for (name,) in names]
    except (sqlite3.Error, IndexError, TypeError) as error:
        raise NotPlain(str(error)) from error


def _describe(connection: sqlite3.Connection, name: str) -> GpkgLayer:
    spatial = {
        row[0]: row[1:]
        for row in connection.execute(
            "SELECT g.column_name, g.geometry_type_name, s.organization, "
            "s.organization_coordsys_id, s.definition FROM gpkg_geometry_columns g "
            "LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id WHERE g.table_name = ?",
            (name,),
        )
    }
    geometry = next(iter(spatial), "")
    kind, organization, number, definition = spatial.get(geometry, ("", "", 0, ""))
    if str(kind).upper().startswith(_CURVES):
        raise NotPlain(kind)
    crs = ""
    if organization and str(organization).upper() != "NONE":
        is_epsg = str(organization).upper() == "EPSG"
        crs = f"EPSG:{number}" if is_epsg else str(definition or "")
    info = connection.execute("SELECT name, type, pk FROM pragma_table_info(?)", (name,)).fetchall()
    key = next((n for n, _, pk in info if pk), "rowid")
    columns = tuple(
        (n, str(t).upper()) for n, t, pk in info if n != geometry and not pk and t.upper() != "BLOB"
    )
    count = connection.execute(
        f"SELECT count(*) FROM {quoted(name)}"  # noqa: S608 - quoted  # nosec B608
    ).fetchone()[0]
    return GpkgLayer(name, columns, key, geometry, crs, int(count))


def read_rows(
    path: Path, layer: GpkgLayer, size: int = CHUNK
) -> Iterator[tuple[list[tuple], np.ndarray]]:
    """Yield rows (columns, then geometry blob if any) and their feature ids.

    Raises
    ------
    WanggeError
        When the file is damaged.
    """
    names = [quoted(layer.key), *(quoted(n) for n, _ in layer.columns)]
    names += [quoted(layer.geometry)] if layer.geometry else []
    query = f"SELECT {', '.join(names)} FROM {quoted(layer.name)}"  # noqa: S608 - quoted  # nosec B608
    done = 0
    try:
        with closing(connect(path)) as connection:
            for factory in (str, _text):
                connection.text_factory = factory
                cursor = connection.execute(query)
                _skip(cursor, done)
                try:
                    while rows := cursor.fetchmany(size):
                        done += len(rows)
                        ids = [r[0] if isinstance(r[0], int) else -1 for r in rows]
                        yield [r[1:] for r in rows], np.array(ids, np.int64)
                    return
                except sqlite3.OperationalError as error:
                    # Text that is no UTF-8 must not stop the reading: it goes on value by value.
                    if factory is _text or "decode" not in str(error):
                        raise
    except sqlite3.Error as error:
        raise _unreadable(path, layer.name, error) from error


def _unreadable(path: Path, layer: str, error: Exception) -> WanggeError:
    return WanggeError(
        translate(
            "Wangge",
            "The layer “{layer}” of {path} cannot be read: the file is missing, damaged or "
            "locked. Ask for it again, or copy it from the device again.",
        ).format(layer=layer, path=path),
        detail=str(error),
    )


def _skip(cursor: sqlite3.Cursor, rows: int) -> None:
    while rows > 0 and (part := cursor.fetchmany(min(rows, CHUNK))):
        rows -= len(part)


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return decode(raw, UTF8)[0] or raw.decode("latin-1")


def geometries(blobs: list) -> tuple[np.ndarray, np.ndarray]:
    """Return the geometries of GeoPackage blobs, and where one cannot be read."""
    wkb = np.array([None if not isinstance(b, bytes) else _wkb(b) for b in blobs], dtype=object)
    try:
        shapes = shapely.from_wkb(wkb)
    except (NotImplementedError, shapely.errors.ShapelyError):
        shapes = np.full(len(wkb), None, dtype=object)
        for i, value in enumerate(wkb):
            try:
                shapes[i] = shapely.from_wkb(value)
            except (NotImplementedError, shapely.errors.ShapelyError):
                continue
    given = np.array([b is not None for b in blobs], dtype=bool)
    return shapes, given & shapely.is_missing(shapes)


def _wkb(blob: bytes) -> bytes:
    if len(blob) < 8 or blob[:2] != b"GP":
        return b""
    return blob[8 + _ENVELOPE.get(blob[3] >> 1 & 7, 0) :]


class GpkgSource:
    """One layer of a plain GeoPackage; raises `NotPlain` for GDAL to take over."""

    def __init__(self, path: Path, *, layer: str = ""):
        self._path = path
        try:
            with closing(connect(path)) as connection:
                layers = list_layers(connection)
        except sqlite3.Error as error:
            if "locked" in str(error):
                # Others may be writing just now.
                raise _unreadable(path, layer or path.stem, error) from error
            raise NotPlain(str(error)) from error
        names = tuple(entry.name for entry in layers)
        filled = tuple(entry.name for entry in layers if entry.rows and entry.geometry)
        chosen = choose_layer(path, names, filled, layer)
        self._layer = next(entry for entry in layers if entry.name == chosen)
        self.info = SourceInfo(
            path,
            "GPKG",
            Encoding(UTF8, "file"),
            tuple(name for name, _ in self._layer.columns),
            layer=chosen,
            layers=names,
            crs=self._layer.crs,
            rows=self._layer.rows,
            has_geometry=bool(self._layer.geometry),
        )
        for rows in self.chunks(1000):
            if any(rows.problems):
                # Curves, most likely: GDAL can make lines of them.
                raise NotPlain(chosen)
            break
        self.info = replace(self.info, sample=take_sample(self))

    def chunks(self, size: int = CHUNK) -> Iterator[RawRows]:
        """Yield all rows in order."""
        start = 1
        for rows, _ in read_rows(self._path, self._layer, size):
            values = list(zip(*rows, strict=True))
            columns = {}
            for name, column in zip(self.info.fields, values, strict=False):
                columns[name] = nulls(len(rows))
                columns[name][:] = column
            shapes, problems = None, no_problems(len(rows))
            if self._layer.geometry:
                shapes, broken = geometries(list(values[-1]))
                problems[broken] = translate("Wangge", "The geometry is damaged.")
            numbers = np.arange(start, start + len(rows), dtype=np.int64)
            yield RawRows(columns, shapes, numbers, problems)
            start += len(rows)
