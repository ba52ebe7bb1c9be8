"""Columns of a layer: the one shape in which rows travel between the rooms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import shapely

from .encoded import take_rows


@dataclass(frozen=True)
class Batch:
    """Some or all rows of a layer as columns.

    Attributes
    ----------
    fields : mapping of str to ndarray, each of shape (n,)
        Text is ``object`` (str or None), real is ``float64`` (NaN is null), integer is
        ``int64`` (see ``nulls``), date is ``datetime64[D]`` and date with time
        ``datetime64[ms]`` (NaT is null).
    geometry : ndarray of shapely geometries, shape (n,), or None
        None inside the array is a null geometry; None instead of the array is a layer
        without geometry.
    ids : ndarray of int64, shape (n,)
        Feature ids in the source.
    crs : str
        ``"EPSG:4547"`` or WKT; empty when the layer has none.
    nulls : mapping of str to ndarray of bool
        Only for integer columns that hold nulls.
    """

    fields: Mapping[str, np.ndarray]
    geometry: np.ndarray | None
    ids: np.ndarray
    crs: str = ""
    nulls: Mapping[str, np.ndarray] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def shapes(self) -> np.ndarray:
        """Geometries, shape (n,); all null where the layer has none."""
        return np.full(len(self), None) if self.geometry is None else self.geometry

    def is_null(self, name: str) -> np.ndarray:
        """Return where the column ``name`` is null, shape (n,) of bool."""
        values = self.fields[name]
        if values.dtype == object:
            return np.equal(values, None)  # type: ignore[call-overload]
        if values.dtype.kind == "f":
            return np.isnan(values)
        if values.dtype.kind == "M":
            return np.isnat(values)
        return self.nulls.get(name, np.zeros(len(values), bool))

    def text(self, name: str) -> np.ndarray:
        """Return the text column ``name`` with "" for null; all "" when the column is absent."""
        values = self.fields.get(name)
        if values is None:
            return np.full(len(self), "", dtype=object)
        if values.dtype != object:
            values = np.where(self.is_null(name), "", values.astype(str)).astype(object)
        return np.where(np.equal(values, None), "", values)  # type: ignore[call-overload]

    def codes(self, name: str) -> np.ndarray:
        """Return the text column ``name`` without blanks around, None where nothing is left."""
        texts = np.char.strip(self.text(name).astype(str)).astype(object)
        texts[texts == ""] = None
        return texts

    def take(self, rows: np.ndarray) -> Batch:
        """Return the rows picked by an index or boolean array."""
        return replace(
            self,
            fields=take_rows(self.fields, rows),
            geometry=None if self.geometry is None else self.geometry[rows],
            ids=self.ids[rows],
            nulls={k: v[rows] for k, v in self.nulls.items()},
        )

    def with_fields(self, **columns: np.ndarray) -> Batch:
        """Return a copy with columns added or replaced (their nulls must be in band)."""
        nulls = {k: v for k, v in self.nulls.items() if k not in columns}
        return replace(self, fields={**self.fields, **columns}, nulls=nulls)


def concatenate(batches: Sequence[Batch]) -> Batch:
    """Join batches of one source into one; ValueError when there is none."""
    if not batches:
        raise ValueError("concatenate needs at least one batch")
    if len(batches) == 1:
        return batches[0]
    first = batches[0]
    masked = {name for batch in batches for name in batch.nulls}
    return Batch(
        fields={name: np.concatenate([b.fields[name] for b in batches]) for name in first.fields},
        geometry=None if first.geometry is None else np.concatenate([b.geometry for b in batches]),
        ids=np.concatenate([b.ids for b in batches]),
        crs=first.crs,
        nulls={name: np.concatenate([b.is_null(name) for b in batches]) for name in masked},
    )


def make_batch(fields: Mapping[str, Sequence], geometry=None, *, crs: str = "") -> Batch:
    """Build a batch from plain lists, for small inputs and tests."""
    columns: dict[str, np.ndarray] = {}
    for name, values in fields.items():
        array = np.asarray(values)
        if array.dtype.kind in "USO":
            array = np.array(values, dtype=object)
        columns[name] = array
    n = len(next(iter(columns.values()))) if columns else (0 if geometry is None else len(geometry))
    shapes = None if geometry is None else np.asarray(geometry, dtype=object)
    if shapes is not None and len(shapes) and not isinstance(shapes[0], shapely.Geometry | None):
        raise TypeError("geometry must hold shapely geometries")
    return Batch(columns, shapes, np.arange(1, n + 1, dtype=np.int64), crs)
