"""Batches of columns in files, without pickle: texts and shapes as bytes with lengths."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import numpy as np
import shapely

from ..rules.batch import Batch


def write_batch(archive: zipfile.ZipFile, folder: str, batch: Batch) -> None:
    """Write a batch into ``folder`` of an archive.

    Parameters
    ----------
    archive : zipfile.ZipFile
    folder : str
        e.g. ``"batch/0000"``.
    batch : Batch
    """
    columns: list[dict[str, Any]] = []
    for number, (name, values) in enumerate(batch.fields.items()):
        kind = "text" if values.dtype == object else values.dtype.str
        columns.append({"name": name, "type": kind, "file": f"{number}"})
        if kind == "text":
            _write_bytes(
                archive,
                f"{folder}/{number}",
                [None if v is None else str(v).encode("utf-8") for v in values.tolist()],
            )
        else:
            _write_array(archive, f"{folder}/{number}.npy", values)
            if name in batch.nulls:
                _write_array(archive, f"{folder}/{number}.null.npy", batch.nulls[name])
    if batch.geometry is not None:
        _write_bytes(archive, f"{folder}/geom", shapely.to_wkb(batch.geometry).tolist())
    _write_array(archive, f"{folder}/ids.npy", batch.ids)
    description = {
        "columns": columns,
        "has_geometry": batch.geometry is not None,
        "crs": batch.crs,
        "rows": len(batch),
    }
    archive.writestr(f"{folder}/batch.json", json.dumps(description, ensure_ascii=False))


def read_batch(archive: zipfile.ZipFile, folder: str) -> Batch:
    """Read back what `write_batch` wrote; ValueError or KeyError when it is damaged."""
    description = json.loads(archive.read(f"{folder}/batch.json"))
    fields: dict[str, np.ndarray] = {}
    nulls: dict[str, np.ndarray] = {}
    members = set(archive.namelist())
    for column in description["columns"]:
        place = f"{folder}/{int(column['file'])}"
        if column["type"] == "text":
            values = np.empty(description["rows"], object)
            values[:] = [
                None if v is None else v.decode("utf-8") for v in _read_bytes(archive, place)
            ]
        else:
            values = _read_array(archive, f"{place}.npy")
            if f"{place}.null.npy" in members:
                nulls[column["name"]] = _read_array(archive, f"{place}.null.npy")
        fields[column["name"]] = values
    geometry = None
    if description["has_geometry"]:
        data = np.empty(description["rows"], object)
        data[:] = _read_bytes(archive, f"{folder}/geom")
        geometry = shapely.from_wkb(data) if len(data) else data
    ids = _read_array(archive, f"{folder}/ids.npy")
    return Batch(fields, geometry, ids, description["crs"], nulls)


def _write_array(archive: zipfile.ZipFile, name: str, values: np.ndarray) -> None:
    stream = io.BytesIO()
    np.save(stream, np.ascontiguousarray(values), allow_pickle=False)
    archive.writestr(name, stream.getvalue())


def _read_array(archive: zipfile.ZipFile, name: str) -> np.ndarray:
    return np.load(io.BytesIO(archive.read(name)), allow_pickle=False)


def _write_bytes(archive: zipfile.ZipFile, place: str, values: list[bytes | None]) -> None:
    lengths = np.array([-1 if v is None else len(v) for v in values], "<i8")
    _write_array(archive, f"{place}.lengths.npy", lengths)
    archive.writestr(f"{place}.bytes", b"".join(v for v in values if v is not None))


def _read_bytes(archive: zipfile.ZipFile, place: str) -> list[bytes | None]:
    lengths = _read_array(archive, f"{place}.lengths.npy")
    data = archive.read(f"{place}.bytes")
    ends = np.cumsum(np.maximum(lengths, 0))
    if len(lengths) and ends[-1] != len(data):
        raise ValueError(f"{place} is damaged")
    starts = ends - np.maximum(lengths, 0)
    return [
        None if length < 0 else data[start:end]
        for length, start, end in zip(lengths.tolist(), starts.tolist(), ends.tolist(), strict=True)
    ]
