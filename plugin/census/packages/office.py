"""The office's rows while packages are merged one after the other.

A package concerns a few thousand of a city's rows: those it carried, those near its new
ones, and those with their codes. Only these go through the merge.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import numpy as np
import shapely

from ...rules.batch import Batch, concatenate
from ..merge.keys import check_keys
from ..merge.three_way import Merged


class Office:
    """The rows of a layer, of which parts are merged and taken back.

    Raises
    ------
    WanggeError
        When several rows have the same uuid.
    """

    def __init__(self, rows: Batch):
        check_keys(rows)
        self._start = rows
        self._fields = {name: values.copy() for name, values in rows.fields.items()}
        self._geometry = None if rows.geometry is None else rows.geometry.copy()
        self._alive = np.ones(len(rows), bool)
        self._row_of = {k: i for i, k in enumerate(rows.text("uuid").tolist()) if k}
        self._moved: set[int] = set()
        self._new = rows.take(np.empty(0, int))
        self._next_id = int(rows.ids.max(initial=0)) + 1

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self._start.geometry)

    @cached_property
    def _rows_of_code(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for row, code in enumerate(self._start.text("component_code").tolist()):
            if code:
                found.setdefault(code, []).append(row)
        return found

    @property
    def _now(self) -> Batch:
        return replace(self._start, fields=self._fields, geometry=self._geometry, nulls={})

    def rows(self) -> Batch:
        """Return all rows as they are now."""
        if not self._moved and not len(self._new) and self._alive.all():
            return self._start
        return concatenate([self._now.take(self._alive), self._new])

    def part(self, base: Batch, returned: Batch, near: float) -> tuple[Batch, np.ndarray]:
        """Return the rows that a package concerns, and where they are for `take_back`.

        Rows that earlier packages changed or added are always among them.
        """
        known = set(base.text("uuid").tolist())
        keys = returned.text("uuid").tolist()
        wanted = {self._row_of[k] for k in (*known, *keys) if k in self._row_of} | self._moved
        fresh = np.array([i for i, k in enumerate(keys) if k not in known or not k], int)
        for code in returned.text("component_code")[fresh].tolist():
            wanted.update(self._rows_of_code.get(code, ()))
        if (
            near >= 0
            and len(fresh)
            and returned.geometry is not None
            and self._geometry is not None
        ):
            close = self._tree.query(returned.geometry[fresh], predicate="dwithin", distance=near)
            wanted.update(close[1].tolist())
        where = np.array(sorted(i for i in wanted if self._alive[i]), int)
        return concatenate([self._now.take(where), self._new]), where

    def take_back(self, part: Batch, where: np.ndarray, merged: Merged) -> None:
        """Note what became of the rows that `part` gave out."""
        # A new row may have got the feature id of a deleted one, but never its uuid too.
        old = {key: i for i, key in enumerate(_identities(part))}
        now = np.array([old.get(key, -1) for key in _identities(merged.office)], int)
        inside = np.flatnonzero((now >= 0) & (now < len(where)))
        target = where[now[inside]]
        self._alive[np.setdiff1d(where, target)] = False
        for name, values in self._fields.items():
            values[target] = merged.office.fields[name][inside]
        if self._geometry is not None and merged.office.geometry is not None:
            self._geometry[target] = merged.office.geometry[inside]
        touched = {u.uuid for u in merged.changes.updates}
        self._moved |= {self._row_of[k] for k in touched if k in self._row_of}
        added = merged.office.take(np.flatnonzero((now < 0) | (now >= len(where))))
        ids = np.arange(self._next_id, self._next_id + len(added), dtype=np.int64)
        self._next_id += len(added)
        self._new = replace(added, ids=ids, nulls={})


def _identities(rows: Batch) -> list[tuple[int, str]]:
    return list(zip(rows.ids.tolist(), rows.text("uuid").tolist(), strict=True))
