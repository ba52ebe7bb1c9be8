"""Differences of a dry run as rows of a layer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...plugin.rules.batch import Batch

_FIELDS = ("operation", "key", "field", "old", "new")


def difference_batch(differences: Sequence) -> Batch:
    """Return one row for each value that differs, with the shape it is about."""
    fields = {}
    for name in _FIELDS:
        column = np.empty(len(differences), dtype=object)
        column[:] = [getattr(d, name) for d in differences]
        fields[name] = column
    shapes = np.empty(len(differences), dtype=object)
    shapes[:] = [d.geometry for d in differences]
    return Batch(fields, shapes, np.arange(1, len(differences) + 1, dtype=np.int64))
