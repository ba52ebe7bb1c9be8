"""The persons where there is no table of staff: the surveyors whom components name."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ...rules.batch import Batch


def persons_of(surveyors: Iterable[str]) -> Batch:
    """Return one row for each name; the name is the only code there is."""
    names = sorted({s.strip() for s in surveyors} - {""})
    column = np.empty(len(names), object)
    column[:] = names
    ids = np.arange(1, len(names) + 1, dtype=np.int64)
    return Batch({"person_code": column, "person_name": column.copy()}, None, ids)
