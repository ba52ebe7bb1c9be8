"""Results of districts: a file each, the table of all, and one layer of the whole city."""

from __future__ import annotations

import io
import secrets
import shutil
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from qgis.core import Qgis, QgsCoordinateReferenceSystem, QgsVectorLayer

from ..plugin.districts.ledger import Entry
from ..plugin.districts.model import JobKind, Outcome, State
from ..plugin.layers.columns import read_batches
from ..plugin.layers.container import write_container
from ..plugin.layers.source import LayerSource
from ..plugin.rules.batch import Batch
from ..plugin.standards.layers import component_spec
from ..plugin.standards.layers import layer as layer_spec
from ..plugin.standards.spec import LayerSpec
from .folders import not_replaced, swap
from .job import Job
from .outputs import geometry_of_columns

#: Job -> layer that comes out; the exchange makes folders.
RESULTS = {
    JobKind.PARTITION: "unit_grid",
    JobKind.CHECK_GRIDS: "finding",
    JobKind.ASSIGN: "component",
    JobKind.CHECK_COMPONENTS: "finding",
}
_TYPES = {"unit_grid": Qgis.WkbType.Polygon, "finding": Qgis.WkbType.Point}


def result_spec(kind: JobKind) -> LayerSpec:
    """Return the description of what a job brings out."""
    name = RESULTS[kind]
    return component_spec() if name == "component" else layer_spec(name)


def keep_result(folder: Path, kind: JobKind, outcome: Outcome) -> str:
    """Write what came out for a district and return its name in the folder; "" for nothing."""
    if outcome.answer is None or outcome.state is not State.OK:
        return ""
    if kind is JobKind.EXCHANGE:
        return _unpack(folder, outcome.district, outcome.answer.package)
    rows = outcome.answer.rows
    if rows is None:
        return ""
    name = RESULTS[kind]
    file = f"{outcome.district}.gpkg"
    geometry = _TYPES.get(name) or geometry_of_columns(rows)
    write_container(
        folder / file, {name: rows}, {name: result_spec(kind)}, rows.crs, types={name: geometry}
    )
    return file


def _unpack(folder: Path, district: str, package: bytes) -> str:
    target = folder / district
    part = folder / f".{district}.{secrets.token_hex(4)}"
    try:
        part.mkdir()
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            archive.extractall(part)
        swap(part, target)
    except OSError as error:
        raise not_replaced(target, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return district


def open_results(folder: Path, kind: JobKind, entries: Sequence[Entry]) -> list[LayerSource]:
    """Return the results that are layers, all to be read in the first one's CRS."""
    sources: list[LayerSource] = []
    crs: QgsCoordinateReferenceSystem | None = None
    for entry in entries:
        if entry.state is State.OK and entry.file.endswith(".gpkg"):
            uri = f"{folder / entry.file}|layername={RESULTS[kind]}"
            layer = QgsVectorLayer(uri, entry.district, "ogr")
            crs = crs or layer.crs()
            sources.append(LayerSource(layer, crs=crs))
    return sources


def joint_rows(sources: Sequence[LayerSource], job: Job) -> Iterator[Batch]:
    """Yield the rows of all districts, one part of one district in memory at a time."""
    first = 1
    for source in sources:
        for rows in read_batches(source, progress=job.progress):
            fields = {n: v for n, v in rows.fields.items() if n != "fid"}
            ids = np.arange(first, first + len(rows), dtype=np.int64)
            first += len(rows)
            yield Batch(fields, rows.geometry, ids, rows.crs, rows.nulls)


def table_of(entries: Sequence[Entry], kind: JobKind, folder: Path) -> Batch:
    """Return the table of results."""

    def texts(values) -> np.ndarray:
        made = np.empty(len(entries), dtype=object)
        made[:] = list(values)
        return made

    def counted(name: str) -> np.ndarray:
        return np.array([e.counts.get(name, 0) for e in entries], np.int64)

    fields: Mapping[str, np.ndarray] = {
        "district_code": texts(e.district for e in entries),
        "district_name": texts(e.name for e in entries),
        "job": texts(kind.value for _ in entries),
        "state": texts(e.state.value for e in entries),
        "rows": counted("rows"),
        "errors": counted("errors"),
        "warnings": counted("warnings"),
        "counts": texts("; ".join(f"{n}={v}" for n, v in e.counts.items()) for e in entries),
        "seconds": np.array([e.seconds for e in entries], float),
        "message": texts(e.message for e in entries),
        "file": texts(str(folder / e.file) if e.file else "" for e in entries),
    }
    return Batch(fields, None, np.arange(1, len(entries) + 1, dtype=np.int64))
