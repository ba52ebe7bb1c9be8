"""Every vector format GDAL reads, through fiona: GPKG, FileGDB, TAB, MIF, GeoJSON, DXF …"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely
import shapely.geometry

from ...errors import WanggeError
from ...native import own_libraries
from ...translation import translate
from ..columns import nulls
from .encoding import UTF8, Encoding, decode, detect, required
from .layers import choose_layer
from .raw import CHUNK, RawRows, SourceInfo, no_problems, take_sample

# GDAL reports through fiona's logger what is raised as well.
logging.getLogger("fiona").addHandler(logging.NullHandler())

# Formats that may keep text in an encoding of their own without saying which: read byte by
# byte (every byte is a character of Latin-1) and decoded here. Where the file does declare
# one, GDAL has decoded already and this changes nothing.
_UNSURE = {".tab", ".mif", ".dxf", ".dgn", ".zip"}
_RAW = "ISO-8859-1"

FAILURES = (OSError, ValueError, TypeError, KeyError, AttributeError, RuntimeError, IndexError)


def failures(fiona: Any) -> tuple[type[Exception], ...]:
    """Return what fiona raises: its own errors, and GDAL's, which it hands on as they are."""
    return (fiona.errors.FionaError, fiona._err.CPLE_BaseError, *FAILURES)


def require_fiona() -> Any:
    """Return the module fiona; WanggeError with what to do when it is not installed."""
    try:
        # Beside QGIS's own GDAL the wheel must find its own one.
        with own_libraries():
            import fiona
            import fiona.transform
    except ImportError as error:
        raise WanggeError(
            translate(
                "Wangge",
                "Reading this format needs the Python package fiona, which is not installed. "
                "Install it, or save the file as shapefile of points, CSV or XLSX.",
            ),
            detail=str(error),
        ) from error
    return fiona


@contextlib.contextmanager
def _gdal(path: Path, **options: str) -> Iterator[Any]:
    fiona = require_fiona()
    try:
        with fiona.Env(**options):
            yield fiona
    except WanggeError:
        raise
    except failures(fiona) as error:
        raise WanggeError(
            translate(
                "Wangge",
                "The file {file} cannot be opened or read to its end: it is damaged, locked or no "
                "format for components. Ask for the delivery again, or save it as GeoPackage.",
            ).format(file=path.name),
            detail=str(error),
        ) from error


def crs_from_prj(wkt: str) -> str:
    """Return ``"EPSG:n"`` for the WKT of a .prj, the WKT itself when it is no known one."""
    fiona = require_fiona()
    try:
        crs = fiona.crs.CRS.from_wkt(wkt)
        return f"EPSG:{crs.to_epsg()}" if crs.to_epsg() else crs.to_wkt()
    except failures(fiona):
        return ""


def transform_to_degrees(xy: np.ndarray, crs: str) -> np.ndarray:
    """Return longitude and latitude of coordinates, shape (n, 2)."""
    if crs.upper() in {"EPSG:4326", "EPSG:4490", "OGC:CRS84"}:
        return xy
    fiona = require_fiona()
    try:
        longitude, latitude = fiona.transform.transform(
            crs, "OGC:CRS84", xy[:, 0].tolist(), xy[:, 1].tolist()
        )
    except failures(fiona) as error:
        raise WanggeError(
            translate(
                "Wangge",
                "Coordinates in {crs} cannot be brought to degrees. Check the coordinate "
                "reference system.",
            ).format(crs=crs[:80]),
            detail=str(error),
        ) from error
    return np.column_stack([longitude, latitude])


def read_shapes(path: Path) -> np.ndarray:
    """Read the geometry alone, each at the place of its feature id; None where there is none."""
    with _gdal(path) as fiona, fiona.open(path) as source:
        found: dict[int, Any] = {}
        for feature in source:
            found[int(feature.id)] = feature.geometry
    geometry = np.full(max(found, default=-1) + 1, None, dtype=object)
    if found:
        geometry[list(found)] = _geometries(list(found.values()))[0]
    return geometry


def _crs_text(source: Any) -> str:
    try:
        epsg = source.crs.to_epsg() if source.crs else None
    except Exception:
        epsg = None
    return f"EPSG:{epsg}" if epsg else (source.crs_wkt or "")


class OgrSource:
    """One layer of a file that GDAL reads."""

    def __init__(self, path: Path, *, layer: str = "", encoding: str = "", name: str = ""):
        self._path = path
        self._name = name or str(path)
        self._options = {"DXF_INLINE_BLOCKS": "FALSE"} if path.suffix.lower() == ".dxf" else {}
        self._given = required(encoding)
        self._raw = path.suffix.lower() in _UNSURE and not self._given
        self._decoded: dict[str, str] = {}
        self._names: dict[str, str] = {}
        with _gdal(path, **self._options) as fiona:
            layers = tuple(fiona.listlayers(self._name))
            self._layer = self._choose(fiona, layers, layer)
            with self._open(fiona) as source:
                schema = source.schema or {"properties": {}, "geometry": "Unknown"}
                self._fields = tuple(schema["properties"])
                self.info = SourceInfo(
                    path,
                    source.driver,
                    Encoding(self._given or UTF8, "given" if self._given else "file"),
                    self._fields,
                    layer=self._layer,
                    layers=layers,
                    crs=_crs_text(source),
                    rows=_count(source),
                    has_geometry=schema["geometry"] != "None",
                )
        if self._raw:
            self.info = replace(self.info, encoding=self._detect(), fields=self._fields)
            self._names = {name: self._text(name) for name in self._fields}
        sample = take_sample(self)
        fields = tuple(sample) or tuple(self._names.get(f, f) for f in self._fields)
        self.info = replace(self.info, fields=fields, sample=sample)

    def _detect(self) -> Encoding:
        """Find the encoding of text that GDAL handed on as raw bytes."""
        raw = {name.encode("latin-1") for name in self._fields if _is_raw(name)}
        for rows in self.chunks(2000):
            texts = {v for c in rows.columns.values() for v in c if isinstance(v, str)}
            raw.update(t.encode("latin-1") for t in texts if _is_raw(t))
            break
        found = detect(raw)
        return found if raw else Encoding(UTF8, "file")

    def _text(self, value: str) -> str:
        if value.isascii() or not _is_raw(value):
            return value
        if value not in self._decoded:
            text = decode(value.encode("latin-1"), self.info.encoding.name)[0]
            self._decoded[value] = value if text is None else text
        return self._decoded[value]

    def _choose(self, fiona: Any, layers: tuple[str, ...], wanted: str) -> str:
        if "entities" in layers and self._options and not wanted:
            return "entities"
        # Looking into each layer takes time: only where it matters.
        several = len(layers) > 1 and not wanted
        filled = [n for n in layers if self._has_rows(fiona, n)] if several else list(layers)
        return choose_layer(self._path, layers, filled, wanted)

    def _has_rows(self, fiona: Any, name: str) -> bool:
        try:
            with self._open_layer(fiona, name) as source:
                schema = source.schema
                return (
                    bool(schema)
                    and schema["geometry"] != "None"
                    and next(iter(source), None) is not None
                )
        except failures(fiona):
            return False

    def _open(self, fiona: Any) -> Any:
        return self._open_layer(fiona, self._layer)

    def _open_layer(self, fiona: Any, layer: str) -> Any:
        encoding = self._given or (_RAW if self._raw else "")
        extra: dict[str, Any] = {"encoding": encoding} if encoding else {}
        if self._path.suffix.lower() == ".kml":
            # Read well enough by GDAL, though fiona does not vouch for it.
            extra["allow_unsupported_drivers"] = True
        return fiona.open(self._name, layer=layer, **extra)

    def chunks(self, size: int = CHUNK) -> Iterator[RawRows]:
        """Yield all rows in order."""
        with _gdal(self._path, **self._options) as fiona, self._open(fiona) as source:
            # fiona gives rows one by one; each is reduced to a plain dict at once.
            properties: list[dict] = []
            shapes: list = []
            start = 1
            for feature in source:
                properties.append(dict(feature.properties))
                shapes.append(feature.geometry)
                if len(properties) == size:
                    yield self._rows(properties, shapes, start)
                    start += size
                    properties, shapes = [], []
            if properties:
                yield self._rows(properties, shapes, start)

    def _rows(self, properties: list[dict], shapes: list, start: int) -> RawRows:
        n = len(properties)
        columns: dict[str, np.ndarray] = {}
        for name in self._fields:
            values = [row.get(name) for row in properties]
            if self._names:
                values = [self._text(v) if isinstance(v, str) else v for v in values]
            shown = self._names.get(name, name)
            columns[shown] = nulls(n)
            columns[shown][:] = values
        if "BlockAttributes" in columns:
            columns.update(_block_attributes(columns.pop("BlockAttributes"), self._text))
        geometry, problems = _geometries(shapes)
        numbers = np.arange(start, start + n, dtype=np.int64)
        return RawRows(columns, geometry, numbers, problems)


def _is_raw(text: str) -> bool:
    return not text.isascii() and max(text) <= "\xff"


def _count(source: Any) -> int:
    try:
        return len(source)
    except (TypeError, ValueError):
        return -1


def _geometries(shapes: list) -> tuple[np.ndarray, np.ndarray]:
    geometry = np.full(len(shapes), None, dtype=object)
    problems = no_problems(len(shapes))
    simple = [
        i for i, s in enumerate(shapes) if s is not None and s.type == "Point" and s.coordinates
    ]
    if simple:
        # Points in bulk: building them one by one takes longer than reading the file.
        geometry[simple] = shapely.points(
            np.array([shapes[i].coordinates[:2] for i in simple], dtype=float)
        )
    done = set(simple)
    for i, shape in enumerate(shapes):
        if shape is None or i in done:
            continue
        try:
            geometry[i] = shapely.geometry.shape(shape)
        except (shapely.errors.ShapelyError, *FAILURES):
            problems[i] = translate("Wangge", "The geometry is damaged.")
    return geometry, problems


def _block_attributes(values: np.ndarray, decoded: Callable[[str], str]) -> dict[str, np.ndarray]:
    """Turn a block's attributes ("TAG value" each) into columns of their own."""
    columns: dict[str, np.ndarray] = {}
    for row, attributes in enumerate(values):
        for attribute in attributes or ():
            tag, _, value = decoded(str(attribute)).partition(" ")
            columns.setdefault(tag, nulls(len(values)))[row] = value
    return columns
