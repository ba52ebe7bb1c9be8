"""Shapefiles: attributes byte by byte for the sake of encodings, geometry in bulk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from ...errors import WanggeError
from ...translation import translate
from ..columns import nulls
from . import ogr, shapes
from .dbf import DbfTable
from .encoding import UTF8, Encoding
from .raw import CHUNK, RawRows, SourceInfo, no_problems, take_sample


def sidecar(path: Path, suffix: str) -> Path | None:
    """Return the file beside ``path`` with that suffix, whatever its case."""
    for candidate in path.parent.glob(f"{_escaped(path.stem)}.*"):
        if candidate.suffix.lower() == suffix:
            return candidate
    return None


def _escaped(stem: str) -> str:
    return "".join(f"[{c}]" if c in "*?[" else c for c in stem)


class ShapefileSource:
    """A .shp with what is left of its companions, or a .dbf alone."""

    def __init__(self, path: Path, *, encoding: str = ""):
        self._path = path
        table = path if path.suffix.lower() == ".dbf" else sidecar(path, ".dbf")
        self._shp = sidecar(path, ".shp") if path.suffix.lower() == ".dbf" else path
        cpg = sidecar(path, ".cpg")
        declared = _first_line(cpg) if cpg else ""
        self._table = DbfTable(table, encoding=encoding, declared=declared) if table else None
        notes = []
        if self._table is None:
            notes.append(
                translate(
                    "Wangge", "{file} has no .dbf beside it, so its rows have no attributes."
                ).format(file=path.name)
            )
        elif self._table.encoding.contradicts:
            notes.append(
                translate(
                    "Wangge",
                    "{file} declares the encoding {declared}, but its bytes are {found}; read as "
                    "{found}.",
                ).format(
                    file=path.name,
                    declared=self._table.encoding.declared,
                    found=self._table.encoding.name,
                )
            )
        prj = sidecar(path, ".prj")
        self._deleted = 0
        self.info = SourceInfo(
            path,
            "ESRI Shapefile",
            self._table.encoding if self._table else Encoding(UTF8, "file"),
            self._table.names if self._table else (),
            layer=path.stem,
            layers=(path.stem,),
            crs=ogr.crs_from_prj(prj.read_text("utf-8", errors="replace")) if prj else "",
            rows=self._table.rows + self._table.missing if self._table else -1,
            has_geometry=self._shp is not None,
            notes=tuple(notes),
        )
        self.info = replace(self.info, sample=take_sample(self))

    def chunks(self, size: int = CHUNK) -> Iterator[RawRows]:
        """Yield all rows in order; rows marked as deleted are left out."""
        geometry = self._geometry()
        rows = self._table.rows if self._table else 0
        promised = rows + (self._table.missing if self._table else 0)
        total = promised if geometry is None else max(promised, len(geometry))
        for start in range(0, total, size):
            yield self._chunk(start, min(start + size, total), rows, geometry)

    def _geometry(self) -> np.ndarray | None:
        if self._shp is None:
            return None
        if shapes.is_point_type(shapes.shape_type(self._shp)):
            return shapes.read_points(self._shp)
        if sidecar(self._shp, ".shx") is None:
            raise WanggeError(
                translate(
                    "Wangge",
                    "{file} lacks its index (.shx), so its lines or polygons cannot be read. Ask "
                    "for the complete shapefile, or repair it in QGIS with “Repair Shapefile”.",
                ).format(file=self._shp.name)
            )
        return ogr.read_shapes(self._shp)

    def _chunk(self, start: int, stop: int, rows: int, geometry: np.ndarray | None) -> RawRows:
        n = stop - start
        problems = no_problems(n)
        columns = {name: nulls(n) for name in self.info.fields}
        keep = np.ones(n, bool)
        readable = max(0, min(stop, rows) - start)
        if self._table is not None:
            if readable:
                values, deleted, broken = self._table.read(start, start + readable)
                for name, column in values.items():
                    columns[name][:readable] = column
                keep[:readable] = ~deleted
                problems[:readable][broken] = translate(
                    "Wangge", "The text fits neither {encoding} nor another likely encoding."
                ).format(encoding=self._table.encoding.name)
            problems[readable:] = translate("Wangge", "The row is missing in the truncated .dbf.")
        found = None
        if geometry is not None:
            found = np.full(n, None, dtype=object)
            there = geometry[start:stop]
            found[: len(there)] = there
        numbers = np.arange(start + 1, stop + 1, dtype=np.int64)
        return RawRows(
            {name: column[keep] for name, column in columns.items()},
            None if found is None else found[keep],
            numbers[keep],
            problems[keep],
        )


def _first_line(path: Path) -> str:
    try:
        lines = path.read_text("latin-1").splitlines()
    except OSError:
        return ""
    return lines[0].strip() if lines else ""
