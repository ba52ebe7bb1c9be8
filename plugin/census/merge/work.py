"""The office's layer while a package is merged into it."""

from __future__ import annotations

import numpy as np
import shapely

from ...rules.batch import Batch
from ..columns import null_to_blank
from .changes import Changes, Update, append_rows
from .conflicts import Collector, Kind
from .keys import index_of
from .values import GEOMETRY, rows_to_json, same_shapes, same_values, shape_to_text, values_to_text


def _shapes(batch: Batch) -> np.ndarray:
    return np.full(len(batch), None, dtype=object) if batch.geometry is None else batch.geometry


class Work:
    """Takes the rows of a package in, group by group; `result` is what came of it."""

    def __init__(
        self,
        base: Batch,
        returned: Batch,
        office: Batch,
        columns: list[str],
        conflicts: Collector,
        origin: Batch | None = None,
    ):
        self.base, self.returned, self.office = base, returned, office
        self.origin = origin
        self.in_origin = {} if origin is None else index_of(origin)
        self.columns, self.conflicts = columns, conflicts
        self.spatial = all(b.geometry is not None for b in (base, returned, office))
        self.updates: list[Update] = []
        self.removed: list[int] = []
        self.added: list[int] = []
        self.fields = dict(office.fields)
        self.geometry = office.geometry
        names = ("inserted", "updated", "deleted", "identical", "unchanged", "conflicts")
        self.counts = dict.fromkeys(names, 0)

    def _pairs(self) -> list[str]:
        return [*self.columns, GEOMETRY] if self.spatial else self.columns

    def _same(self, name: str, one: Batch, ones: np.ndarray, other: Batch, others: np.ndarray):
        if name == GEOMETRY:
            return same_shapes(_shapes(one)[ones], _shapes(other)[others])
        return same_values(one.fields[name][ones], other.fields[name][others])

    def _texts(self, name: str, batch: Batch, rows: np.ndarray) -> list[str | None]:
        if name == GEOMETRY:
            return [shape_to_text(s) for s in _shapes(batch)[rows]]
        return values_to_text(batch.fields[name][rows]).tolist()

    def _shape(self, batch: Batch, row: int) -> shapely.Geometry | None:
        return None if batch.geometry is None else batch.geometry[row]

    def update(self, keys: list[str], in_base: dict, in_field: dict, in_office: dict) -> None:
        """Rows that all three have: attribute by attribute."""
        b, f, o = (
            np.array([index[k] for k in keys], int) for index in (in_base, in_field, in_office)
        )
        uuid = np.array(keys, dtype=object)
        touched, agreed = np.zeros(len(keys), bool), np.zeros(len(keys), bool)
        for name in self._pairs():
            by_field = ~self._same(name, self.returned, f, self.base, b)
            if not by_field.any():
                continue
            by_office = ~self._same(name, self.office, o, self.base, b)
            by_office |= by_field & self._is_original(name, keys, f)
            alike = self._same(name, self.returned, f, self.office, o)
            agreed |= by_field & alike
            self._apply(name, uuid, f, o, by_field & ~by_office & ~alike)
            touched |= by_field & ~by_office & ~alike
            disputed = np.flatnonzero(by_field & by_office & ~alike)
            values = [
                self._texts(name, batch, rows[disputed])
                for batch, rows in ((self.base, b), (self.returned, f), (self.office, o))
            ]
            kind = Kind.GEOMETRY if name == GEOMETRY else Kind.ATTRIBUTE
            for i, was, theirs, ours in zip(disputed, *values, strict=True):
                self.conflicts.add(
                    kind,
                    keys[i],
                    self._shape(self.returned, f[i]),
                    field=name,
                    base_value=was,
                    field_value=theirs,
                    office_value=ours,
                )
        self.counts["updated"] += int(touched.sum())
        self.counts["identical"] += int((agreed & ~touched).sum())
        self.counts["unchanged"] += int((~agreed & ~touched).sum())

    def _is_original(self, name: str, keys: list[str], f: np.ndarray) -> np.ndarray:
        """Return which values are again those that went out, though an earlier return differed.

        The crew may have taken an edit back, or two copies of the package were edited: only
        a person can tell.
        """
        again = np.zeros(len(keys), bool)
        if self.origin is not None:
            rows = np.array([self.in_origin.get(k, -1) for k in keys], int)
            there = np.flatnonzero(rows >= 0)
            again[there] = self._same(name, self.returned, f[there], self.origin, rows[there])
        return again

    def _apply(self, name: str, uuid, f: np.ndarray, o: np.ndarray, where: np.ndarray) -> None:
        rows = np.flatnonzero(where)
        if not len(rows):
            return
        old = self._texts(name, self.office, o[rows])
        new = self._texts(name, self.returned, f[rows])
        self.updates += [
            Update(key, name, was, now) for key, was, now in zip(uuid[rows], old, new, strict=True)
        ]
        if name == GEOMETRY:
            shapes = _shapes(self.office).copy()
            shapes[o[rows]] = _shapes(self.returned)[f[rows]]
            self.geometry = shapes
        else:
            column = self.fields[name].copy()
            values = self.returned.fields[name][f[rows]]
            column[o[rows]] = values.astype(column.dtype) if column.dtype != object else values
            self.fields[name] = column

    def delete(self, keys: list[str], in_base: dict, in_office: dict) -> None:
        """Rows that the field deleted: gone, unless the office changed them."""
        b, o = (np.array([index[k] for k in keys], int) for index in (in_base, in_office))
        same = self._all_same(self.office, o, self.base, b)
        if self.origin is not None:
            # New in an earlier return and not in this one: deleted since, or another copy.
            same &= np.array([k in self.in_origin for k in keys], bool)
        self.removed += o[same].tolist()
        self.counts["deleted"] += int(same.sum())
        for i in np.flatnonzero(~same):
            text = rows_to_json(self.office, o[i : i + 1], self.columns)[0]
            self.conflicts.add(
                Kind.FIELD_DELETED, keys[i], self._shape(self.office, o[i]), office_value=text
            )

    def revive(self, keys: list[str], in_base: dict, in_field: dict) -> None:
        """Rows that the office deleted: stay gone, unless the field changed them."""
        b, f = (np.array([index[k] for k in keys], int) for index in (in_base, in_field))
        same = self._all_same(self.returned, f, self.base, b)
        self.counts["unchanged"] += int(same.sum())
        for i in np.flatnonzero(~same):
            text = rows_to_json(self.returned, f[i : i + 1], self.columns)[0]
            self.conflicts.add(
                Kind.OFFICE_DELETED, keys[i], self._shape(self.returned, f[i]), field_value=text
            )

    def _all_same(self, one: Batch, ones: np.ndarray, other: Batch, others: np.ndarray):
        same = np.ones(len(ones), bool)
        for name in self._pairs():
            same &= self._same(name, one, ones, other, others)
        return same

    def insert(
        self, keys: list[str], in_field: dict, in_office: dict, area: np.ndarray | None, near: float
    ) -> None:
        """Rows that are not of the base: new ones, or ones of another package."""
        known = [k for k in keys if k in in_office]
        f, o = (np.array([index[k] for k in known], int) for index in (in_field, in_office))
        same = self._all_same(self.returned, f, self.office, o)
        self.counts["identical"] += int(same.sum())
        for i in np.flatnonzero(~same):
            self._dispute(Kind.OUTSIDE, known[i], f[i], other=known[i], office_row=o[i])
        new = [k for k in keys if k not in in_office]
        for key in [k for k in new if k in self.in_origin]:
            self._dispute(Kind.OFFICE_DELETED, key, in_field[key])
        new = [k for k in new if k not in self.in_origin]
        rows = np.array([in_field[k] for k in new], int)
        inside = self._inside(rows, area)
        neighbour = self._neighbours(rows, near)
        current = self.fields.get("component_code")
        taken = [] if current is None else null_to_blank(current).tolist()
        codes = dict(zip(taken, self.office.text("uuid").tolist(), strict=False))
        for row in self.removed if taken else ():
            codes.pop(taken[row], None)
        code = self.returned.text("component_code")[rows] if len(rows) else np.empty(0, object)
        for i, key in enumerate(new):
            if not inside[i]:
                self._dispute(Kind.OUTSIDE, key, rows[i])
            elif neighbour[i]:
                self._dispute(Kind.NEAR_DUPLICATE, key, rows[i], other=neighbour[i])
            elif code[i] and code[i] in codes:
                self._dispute(Kind.SAME_CODE, key, rows[i], other=codes[code[i]])
            else:
                self.added.append(int(rows[i]))
                self.counts["inserted"] += 1
                if code[i]:
                    codes[code[i]] = key

    def _dispute(
        self, kind: Kind, key: str, row: int, *, other: str = "", office_row: int | None = None
    ) -> None:
        ours = None
        if office_row is not None:
            ours = rows_to_json(self.office, np.array([office_row]), self.columns)[0]
        self.conflicts.add(
            kind,
            key,
            self._shape(self.returned, row),
            field_value=rows_to_json(self.returned, np.array([row]), self.columns)[0],
            office_value=ours,
            other_uuid=other,
        )

    def _inside(self, rows: np.ndarray, area: np.ndarray | None) -> np.ndarray:
        inside = np.ones(len(rows), bool)
        if area is None or not self.spatial or not len(rows):
            return inside
        shapes = _shapes(self.returned)[rows]
        located = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
        inside[located] = False
        which = shapely.STRtree(area).query(shapes, predicate="intersects")[0]
        inside[which] = True
        return inside

    def _neighbours(self, rows: np.ndarray, near: float) -> list[str]:
        """Return for each new row the uuid of a row of its class close by, "" for none.

        Rows are compared with the layer as this merge leaves it: what was replaced in
        the field is no neighbour of its replacement.
        """
        found = [""] * len(rows)
        there = np.setdiff1d(np.arange(len(self.office)), self.removed)
        if near < 0 or not self.spatial or not len(rows) or self.geometry is None:
            return found
        which, other = shapely.STRtree(self.geometry[there]).query(
            _shapes(self.returned)[rows], predicate="dwithin", distance=near
        )
        classes = null_to_blank(self.fields["class_code"]) if "class_code" in self.fields else None
        own = self.returned.text("class_code")[rows]
        if classes is not None:
            same = own[which] == classes[there][other]
            which, other = which[same], other[same]
        keys = self.office.text("uuid")[there]
        for i, key in sorted(zip(which.tolist(), keys[other].tolist(), strict=True)):
            found[i] = found[i] or key
        return found

    def result(self) -> tuple[Batch, Changes]:
        """Return the merged layer and what was done to it."""
        removed = np.array(sorted(self.removed), int)
        gone = rows_to_json(self.office, removed, list(self.office.fields))
        changed = Batch(
            self.fields, self.geometry, self.office.ids, self.office.crs, self.office.nulls
        )
        keep = np.ones(len(self.office), bool)
        keep[removed] = False
        merged = changed.take(keep)
        rows = np.array(self.added, int)
        if len(rows):
            merged = append_rows(merged, self.returned.take(rows))
        last = np.arange(len(merged) - len(rows), len(merged))
        came = rows_to_json(merged, last, list(merged.fields))
        return merged, Changes(tuple(self.updates), tuple(came), tuple(gone))
