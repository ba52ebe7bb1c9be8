"""Plant errors in a layer and keep the books: no row gets two, every one is listed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..rules.batch import Batch
from .model import DeliberateError


class Planter:
    """The rows of a layer while errors are planted in them.

    Parameters
    ----------
    layer, key : str
        Name of the layer and of the field that identifies its rows; without a key the row's
        id does.
    """

    def __init__(self, rng: np.random.Generator, batch: Batch, layer: str, key: str):
        self.rng = rng
        self.fields = {name: values.copy() for name, values in batch.fields.items()}
        geometry = batch.geometry
        self._bare = geometry is None
        # A table has no shapes: an empty column keeps the bookkeeping the same.
        self.shapes = np.full(len(batch), None) if geometry is None else geometry.copy()
        self.crs = batch.crs
        self._nulls = {name: values.copy() for name, values in batch.nulls.items()}
        self._layer, self._key = layer, key
        self._untouched = np.ones(len(batch), bool)
        self._removed = np.zeros(len(batch), bool)
        self._notes: list[tuple[int, str, str]] = []

    def __len__(self) -> int:
        return len(self._untouched)

    def pick(self, n: int, among: np.ndarray | None = None) -> np.ndarray:
        """Choose up to ``n`` rows without an error so far; they count as taken."""
        free = np.flatnonzero(self._untouched if among is None else self._untouched & among)
        rows = np.sort(self.rng.choice(free, min(n, len(free)), replace=False))
        self._untouched[rows] = False
        return rows

    def keep_clear(self, rows: np.ndarray | Sequence[int]) -> None:
        """Let no further error come to these rows."""
        self._untouched[rows] = False

    @property
    def untouched(self) -> np.ndarray:
        """Rows that hold no error and are no error's neighbour, shape (n,) of bool."""
        return self._untouched.copy()

    def note(self, rows: np.ndarray | Sequence[int], kind: str, what: str) -> None:
        """Enter an error of each row in the books."""
        self._notes.extend((int(row), kind, what) for row in rows)

    def spoil(
        self, n: int, kind: str, what: str, among: np.ndarray | None = None, /, **values: Any
    ) -> np.ndarray:
        """Overwrite fields of ``n`` rows, note the error and return the rows."""
        rows = self.pick(n, among)
        for name, value in values.items():
            self.fields[name][rows] = value
        self.note(rows, kind, what)
        return rows

    def copy(self, rows: np.ndarray) -> np.ndarray:
        """Append copies of rows and return where they stand."""
        start = len(self)
        self.fields.update({k: np.concatenate([v, v[rows]]) for k, v in self.fields.items()})
        self._nulls = {k: np.concatenate([v, v[rows]]) for k, v in self._nulls.items()}
        self.shapes = np.concatenate([self.shapes, self.shapes[rows]])
        self._untouched = np.concatenate([self._untouched, np.zeros(len(rows), bool)])
        self._removed = np.concatenate([self._removed, np.zeros(len(rows), bool)])
        return np.arange(start, len(self))

    def remove(self, rows: np.ndarray) -> None:
        """Take rows out at the end."""
        self._removed[rows] = True
        self._untouched[rows] = False

    def result(self) -> tuple[Batch, list[DeliberateError]]:
        """Return the layer with its errors, and their list."""
        keep = ~self._removed
        ids = np.cumsum(keep).astype(np.int64)
        batch = Batch(
            {k: v[keep] for k, v in self.fields.items()},
            None if self._bare else self.shapes[keep],
            ids[keep],
            self.crs,
            {k: v[keep] for k, v in self._nulls.items()},
        )
        keys = self.fields[self._key] if self._key else ids
        notes = [
            DeliberateError(
                self._layer, str(ids[row]) if keys[row] is None else str(keys[row]), kind, what
            )
            for row, kind, what in self._notes
        ]
        return batch, notes


def full_width(text: str) -> str:
    """Return ``text`` with full-width digits, as an input method leaves them."""
    return text.translate({ord("0") + k: 0xFF10 + k for k in range(10)})
