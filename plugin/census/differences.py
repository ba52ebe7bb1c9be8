"""What a second survey found otherwise than the first, row by row: the map behind the shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum

import numpy as np

from ..rules.batch import Batch
from ..standards.domains import ACCURACY_TOLERANCES
from .columns import blank_to_null
from .matching import Matching, match

#: Attributes that the second survey is compared in.
ATTRIBUTES = ("status", "authority_code", "owner_name", "maintainer_name")
_GRADE = "C"


class Difference(Enum):
    """How a component differs."""

    OMITTED = "omitted"
    """Found by the second survey alone."""
    SURPLUS = "surplus"
    """Not found by the second survey."""
    CLASS = "class"
    ATTRIBUTE = "attribute"
    POSITION = "position"
    """Beyond the tolerance of its accuracy grade."""


def grades_of(sample: Batch) -> np.ndarray:
    """Return the accuracy grade of each row, C where none is given."""
    grades = sample.text("accuracy")
    return np.where(np.isin(grades.astype(str), list(ACCURACY_TOLERANCES)), grades, _GRADE)


def tolerances_of(
    grades: np.ndarray, accuracy: Mapping[str, float] = ACCURACY_TOLERANCES
) -> np.ndarray:
    """Return the largest position error of each row's grade in metres."""
    return np.array([accuracy[g] for g in grades.tolist()], dtype=float)


def compared(sample: Batch, checked: Batch, attributes: Sequence[str]) -> list[str]:
    """Return the attributes that both surveys have."""
    return [f for f in attributes if f in sample.fields and f in checked.fields]


def list_differences(
    sample: Batch,
    checked: Batch,
    *,
    attributes: Sequence[str] = ATTRIBUTES,
    reach: float = 10.0,
    accuracy: Mapping[str, float] = ACCURACY_TOLERANCES,
) -> Batch:
    """Return every difference between two surveys of the same places.

    Parameters
    ----------
    sample, checked : Batch
        First and second survey.
    attributes : sequence of str
    reach : float
        See `matching.match`.
    accuracy : mapping of str to float
        Largest position error in metres by accuracy grade.

    Returns
    -------
    Batch
        ``difference``, ``uuid``, ``component_code``, ``lot``, ``field``, ``first_value``,
        ``second_value`` and ``distance`` (NaN where there is none); geometry that of the
        second survey, else of the first.
    """
    pairs = match(sample, checked, reach=reach)
    rows: list[tuple] = []
    for row in pairs.missed.tolist():
        rows.append((Difference.OMITTED, -1, row, None, None, None, np.nan))
    for row in pairs.surplus.tolist():
        rows.append((Difference.SURPLUS, row, -1, None, None, None, np.nan))
    rows += _of_pairs(sample, checked, pairs, attributes, accuracy)
    return _batch(rows, sample, checked)


def _of_pairs(
    sample: Batch,
    checked: Batch,
    pairs: Matching,
    attributes: Sequence[str],
    accuracy: Mapping[str, float],
) -> list[tuple]:
    found: list[tuple] = []
    names = [("class_code", Difference.CLASS)]
    names += [(n, Difference.ATTRIBUTE) for n in compared(sample, checked, attributes)]
    for name, kind in names:
        first, second = sample.text(name)[pairs.sample], checked.text(name)[pairs.checked]
        for i in np.flatnonzero(first != second).tolist():
            places = int(pairs.sample[i]), int(pairs.checked[i])
            found.append((kind, *places, name, first[i], second[i], float(pairs.distance[i])))
    allowed = tolerances_of(grades_of(sample)[pairs.sample], accuracy)
    for i in np.flatnonzero(pairs.distance > allowed).tolist():
        places = int(pairs.sample[i]), int(pairs.checked[i])
        found.append((Difference.POSITION, *places, None, None, None, float(pairs.distance[i])))
    return found


def _batch(rows: list[tuple], sample: Batch, checked: Batch) -> Batch:
    def column(values: list) -> np.ndarray:
        made = np.full(len(values), None, dtype=object)
        made[:] = values
        return made

    def of(name: str) -> list:
        first, second = sample.text(name), checked.text(name)
        return [first[a] if a >= 0 else second[b] for _, a, b, *_ in rows]

    def shape(a: int, b: int):
        for batch, row in ((checked, b), (sample, a)):
            if row >= 0 and batch.geometry is not None and batch.geometry[row] is not None:
                return batch.geometry[row]
        return None

    fields = {
        "difference": column([r[0].value for r in rows]),
        **{n: blank_to_null(column(of(n))) for n in ("uuid", "component_code", "lot")},
        "field": column([r[3] for r in rows]),
        "first_value": column([r[4] for r in rows]),
        "second_value": column([r[5] for r in rows]),
        "distance": np.array([r[6] for r in rows], dtype=float),
    }
    shapes = column([shape(a, b) for _, a, b, *_ in rows])
    return Batch(fields, shapes, np.arange(1, len(rows) + 1, dtype=np.int64), sample.crs)
