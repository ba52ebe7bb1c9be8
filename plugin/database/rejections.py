"""Rows that cannot be stored, gathered rule by rule."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..rules.batch import Batch
from ..standards.spec import LayerSpec
from .result import RejectedRow


class Rejections:
    """The rejected rows of one batch.

    Attributes
    ----------
    bad : ndarray of bool, shape (n,)
    rows : list of RejectedRow
        A row that breaks several rules is there several times.
    """

    def __init__(self, batch: Batch, spec: LayerSpec):
        self.bad = np.zeros(len(batch), bool)
        self.rows: list[RejectedRow] = []
        self._batch = batch
        self._key = spec.key

    def add(self, mask: np.ndarray, field: str, reason: str, show: Callable[[int], str]) -> None:
        """Reject the rows of ``mask``; ``show`` gives a row's value as text."""
        if not mask.any():
            return
        keys = self._batch.text(self._key)
        for i in np.flatnonzero(mask).tolist():
            self.rows.append(
                RejectedRow(int(self._batch.ids[i]), printable(keys[i]), field, show(i), reason)
            )
        self.bad |= mask


def printable(value: object) -> str:
    """Return a value as text that any store can hold, at most 200 characters."""
    text = "" if value is None else str(value)[:200]
    return text.replace("\0", "\\0").encode("utf-8", "backslashreplace").decode("utf-8")
