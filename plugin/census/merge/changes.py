"""What a merge did to a layer, kept so that the whole merge can be undone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from ...rules.batch import Batch
from ..columns import null_to_blank, nulls
from .values import (
    GEOMETRY,
    rows_from_json,
    rows_to_json,
    shape_to_text,
    text_to_shape,
    text_to_values,
    values_to_text,
)


@dataclass(frozen=True)
class Update:
    """One value that was changed, written as in `values`."""

    uuid: str
    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class Changes:
    """All that a merge did to the office's layer.

    Attributes
    ----------
    updates : tuple of Update
    inserted, deleted : tuple of str
        Whole rows as JSON, as they were when they came or went.
    """

    updates: tuple[Update, ...] = ()
    inserted: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.updates or self.inserted or self.deleted)

    def to_json(self) -> dict[str, Any]:
        """Return plain values to be stored beside the project."""
        return {
            "updates": [asdict(u) for u in self.updates],
            "inserted": list(self.inserted),
            "deleted": list(self.deleted),
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Changes:
        """Read what `to_json` wrote."""
        return cls(
            tuple(Update(**u) for u in values["updates"]),
            tuple(values["inserted"]),
            tuple(values["deleted"]),
        )

    def then(self, later: Changes) -> Changes:
        """Return both changes as one."""
        return Changes(
            self.updates + later.updates,
            self.inserted + later.inserted,
            self.deleted + later.deleted,
        )


@dataclass(frozen=True)
class Undone:
    """A layer after an undo.

    Attributes
    ----------
    office : Batch
    kept : tuple of str
        uuids of rows that were changed again after the merge and therefore stayed.
    """

    office: Batch
    kept: tuple[str, ...]


def set_values(office: Batch, updates: list[Update]) -> tuple[Batch, list[Update]]:
    """Set values where the layer still holds the old one; return the updates that did not fit."""
    if not updates:
        return office, []
    rows = {k: i for i, k in enumerate(office.text("uuid").tolist())}
    by_field: dict[str, list[Update]] = {}
    for update in updates:
        by_field.setdefault(update.field, []).append(update)
    fields, geometry = dict(office.fields), office.geometry
    failed: list[Update] = []
    for name, group in by_field.items():
        if name == GEOMETRY and geometry is not None:
            geometry = geometry.copy()
            for u in group:
                row = rows.get(u.uuid)
                if row is None or shape_to_text(geometry[row]) != u.old:
                    failed.append(u)
                else:
                    geometry[row] = text_to_shape(u.new)
        elif name in fields:
            column = fields[name].copy()
            current = null_to_blank(values_to_text(column))
            for u in group:
                row = rows.get(u.uuid)
                if row is None or current[row] != (u.old or ""):
                    failed.append(u)
                else:
                    column[row] = text_to_values([u.new], column)[0]
                    current[row] = u.new or ""
            fields[name] = column
        else:
            failed += group
    return Batch(fields, geometry, office.ids, office.crs, office.nulls), failed


def append_rows(office: Batch, rows: Batch) -> Batch:
    """Return the layer with rows added; columns the rows lack are null."""
    fields, masks = {}, {}
    for name, values in office.fields.items():
        extra = _fitting(rows, name, values)
        fields[name] = np.concatenate([values, extra])
        if name in office.nulls or (name in rows.nulls and values.dtype.kind in "iu"):
            unknown = rows.is_null(name) if name in rows.fields else np.ones(len(rows), bool)
            masks[name] = np.concatenate([office.is_null(name), unknown])
    shapes = office.geometry
    if shapes is not None:
        more = rows.geometry if rows.geometry is not None else np.full(len(rows), None, object)
        shapes = np.concatenate([shapes, more])
    start = int(office.ids.max(initial=0)) + 1
    ids = np.concatenate([office.ids, np.arange(start, start + len(rows), dtype=np.int64)])
    return Batch(fields, shapes, ids, office.crs, masks)


def _fitting(rows: Batch, name: str, like: np.ndarray) -> np.ndarray:
    values = rows.fields.get(name)
    if values is None:
        if like.dtype == object:
            return nulls(len(rows))
        empty = {"M": "NaT", "f": "nan"}.get(like.dtype.kind, "0")
        return np.full(len(rows), empty).astype(like.dtype)
    return values.astype(like.dtype) if like.dtype != object else values


def undo(office: Batch, changes: Changes) -> Undone:
    """Take back what a merge did.

    Values and new rows that somebody changed after the merge stay as they are now and are
    told.
    """
    back = [Update(u.uuid, u.field, u.new, u.old) for u in reversed(changes.updates)]
    office, failed = set_values(office, back)
    kept = {u.uuid for u in failed}
    came = {row["uuid"]: row for row in map(json.loads, changes.inserted)}
    keys = office.text("uuid")
    rows = np.flatnonzero([key in came for key in keys.tolist()])
    keep = np.ones(len(office), bool)
    for row, now in zip(
        rows.tolist(), rows_to_json(office, rows, list(office.fields)), strict=True
    ):
        if json.loads(now) == came[keys[row]]:
            keep[row] = False
        else:
            kept.add(keys[row])
    office = office.take(keep)
    there = set(office.text("uuid").tolist())
    texts = [t for t in changes.deleted if json.loads(t).get("uuid") not in there]
    if texts:
        office = append_rows(office, rows_from_json(texts, office))
    return Undone(office, tuple(sorted(kept)))
