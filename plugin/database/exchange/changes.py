"""A category written whole, or only what changed since an earlier package."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ...errors import WanggeError
from ...rules.batch import Batch
from ...translation import translate
from ..parsing import parse
from .columns import Table
from .files import PackageFiles
from .manifest import Content
from .state import TableState, keys_of, make_state, prints_of, texts_of_keys


class Writing:
    """One category on its way into a package.

    Parameters
    ----------
    files : PackageFiles
    table : Table
    before : TableState or None
        State in the earlier package; None writes everything.
    """

    def __init__(self, files: PackageFiles, table: Table, before: TableState | None):
        self._files = files
        self._table = table
        self._before = before
        self._begun = False
        self._keys: list[np.ndarray] = []
        self._prints: list[np.ndarray] = []
        self._digest = 0
        self._seen = np.zeros(0 if before is None else len(before.keys), bool)

    def add(self, batch: Batch) -> None:
        """Take rows of the whole category."""
        self._begin(batch.crs)
        if batch.crs and batch.crs != self._table.crs:
            raise WanggeError(
                translate(
                    "Wangge",
                    "Table {layer} mixes the coordinate systems {one} and {other}. Reproject first.",
                ).format(layer=self._table.name, one=self._table.crs[:80], other=batch.crs[:80])
            )
        keys, prints = keys_of(batch, self._table), prints_of(batch, self._table)
        self._keys.append(keys)
        self._prints.append(prints)
        if self._before is not None:
            place = self._before.rows(keys)
            known = place >= 0
            self._seen[place[known]] = True
            same = known.copy()
            same[known] = self._before.prints[place[known]] == prints[known]
            batch, prints = batch.take(~same), prints[~same]
        self._digest += int(np.sum(prints, dtype=np.uint64))
        self._files.append(self._table, batch)

    def end(self) -> tuple[Content, TableState]:
        """Finish the category; returns what is in the package, and its whole state."""
        self._begin("")
        rows = self._files.end(self._table)
        state = make_state(self._keys, self._prints, self._table)
        content = Content(self._table, rows, digest=f"{self._digest % 2**64:016x}")
        if self._before is not None:
            gone = self._before.keys[~self._seen]
            content = replace(content, removed=len(gone))
            if len(gone):
                self._write_removed(content.removed_table, gone)
        return content, state

    def _begin(self, crs: str) -> None:
        if not self._begun:
            self._table = replace(self._table, crs=crs)
            self._files.begin(self._table)
            self._begun = True

    def _write_removed(self, table: Table, keys: np.ndarray) -> None:
        self._files.begin(table)
        columns = dict(zip(table.keys, texts_of_keys(keys, table), strict=True))
        ids = np.arange(1, len(keys) + 1, dtype=np.int64)
        fields = {c.name: parse(columns[c.name], c.type)[0] for c in table.columns}
        self._files.append(table, Batch(fields, None, ids))
        self._files.end(table)
