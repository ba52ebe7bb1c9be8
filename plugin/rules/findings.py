"""Findings in columns; `Finding` objects and sentences are made only for those who look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely

from .batch import Batch
from .finding import Finding, Severity, State
from .rule import Column, Hits, Late

COLUMNS = (
    "rule", "severity", "layer", "feature_key", "field", "value", "message", "state",
    "accepted_by", "accepted_reason", "accepted_date", "geometry_hash", "feature_id", "fix",
)  # fmt: skip

_MOST_CORNERS = 20_000


@dataclass(frozen=True)
class Findings:
    """Findings of one kind: one rule, one sentence.

    Attributes
    ----------
    rule : str
    severity : Severity
    layer, field, label, message : str
        ``label`` is how sentences name the field; ``message`` has placeholders.
    keys, values, fixes : list of str, each of length n
    ids : ndarray of int64, shape (n,)
    geometry, hashes : ndarray of object, shape (n,)
    details : mapping of str to sequence of length n or one value
    """

    rule: str
    severity: Severity
    layer: str
    field: str
    label: str
    message: str
    keys: list[str]
    values: list[str]
    fixes: list[str]
    ids: np.ndarray
    geometry: np.ndarray
    hashes: np.ndarray
    details: Mapping[str, Any]

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[Finding]:
        columns = {k: _column(v, len(self)) for k, v in self.details.items()}
        for i in range(len(self)):
            told = {name: column[i] for name, column in columns.items()}
            yield Finding(
                self.rule,
                self.severity,
                self.layer,
                self.keys[i],
                self.message.format(field=self.label, value=self.values[i], **told).rstrip(),
                self.field,
                self.values[i],
                self.geometry[i],
                int(self.ids[i]),
                self.fixes[i],
                geometry_hash=self.hashes[i],
            )


def _column(value: Any, n: int) -> Sequence:
    if isinstance(value, np.ndarray | Late):
        return value.tolist()
    return value if isinstance(value, list | tuple) else [value] * n


def as_text(values: Column | None, n: int) -> list[str]:
    """Return offending values as people read them."""
    if values is None:
        return [""] * n
    listed = values.tolist() if isinstance(values, np.ndarray | Late) else values
    return ["" if v is None or v != v else _plain(v) for v in listed]


def _plain(value: Any) -> str:
    if isinstance(value, float):
        # No more digits than a person wants, and the same on every machine.
        return f"{value:.10g}"
    return str(value)


def cut_hits(hits: Hits, room: int) -> Hits:
    """Return the first ``room`` of some hits."""
    if len(hits) <= room:
        return hits
    cut: dict[str, Any] = {
        name: None if (values := getattr(hits, name)) is None else values[:room]
        for name in ("rows", "values", "fixes", "geometry", "keys")
    }
    n = len(hits)
    details = {
        k: v[:room] if isinstance(v, np.ndarray | list | tuple | Late) and len(v) == n else v
        for k, v in hits.details.items()
    }
    return replace(hits, **cut, details=details)


def findings_batch(findings: Sequence[Finding], crs: str = "") -> Batch:
    """Return findings as columns under the names of the layer ``finding``.

    The columns ``feature_id`` and ``fix`` follow those of the contract; ``shape`` keeps a line
    or an area as WKT where the layer itself holds points to zoom to.
    """
    fields: dict[str, np.ndarray] = {
        name: np.array([_stored(getattr(f, name)) for f in findings], dtype=object)
        for name in COLUMNS
        if name != "feature_id"
    }
    days = [f.accepted_date or "NaT" for f in findings]
    fields["accepted_date"] = np.array(days, dtype="datetime64[D]")
    fields["feature_id"] = np.array([f.feature_id for f in findings], np.int64)
    shapes = np.empty(len(findings), dtype=object)
    shapes[:] = [f.geometry for f in findings]
    fields["shape"] = _shape_texts(shapes)
    return Batch(fields, shapes, np.arange(1, len(findings) + 1, dtype=np.int64), crs)


def _stored(value: Any) -> str:
    return value.value if isinstance(value, Severity | State) else value


def _shape_texts(shapes: np.ndarray) -> np.ndarray:
    """Return lines and areas as WKT, None for points and for what is too long to keep twice."""
    texts = np.full(len(shapes), None, dtype=object)
    kept = shapely.get_dimensions(shapes) > 0
    kept &= shapely.get_num_coordinates(shapes) <= _MOST_CORNERS
    texts[kept] = shapely.to_wkt(shapely.force_2d(shapes[kept]), rounding_precision=8)
    return texts


def zoom_points(findings: Sequence[Finding]) -> np.ndarray:
    """Return a point to zoom to for each finding, None where it has no geometry or an empty one."""
    shapes = np.empty(len(findings), dtype=object)
    shapes[:] = [f.geometry for f in findings]
    points = shapely.point_on_surface(shapes)
    points[shapely.is_empty(points)] = None
    return points
