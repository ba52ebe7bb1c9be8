"""Count risks by the codes they carry, or by those of the areas they lie in."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..rules.batch import Batch
from .aggregation import DEFAULT_WEIGHTS, Aggregation, counted, tally

#: Digits of the codes by which risks roll up.
CODE_LENGTHS: Mapping[str, int] = {
    "unit_grid": 15,
    "community": 12,
    "street": 9,
    "district": 6,
    "city": 4,
}


def roll_up_by_code(
    risks: Batch,
    *,
    length: int,
    field: str = "grid_code",
    include_closed: bool = False,
    weights: Mapping[str, float] = DEFAULT_WEIGHTS,
) -> Batch:
    """Count risks by the first digits of a code they carry; needs no geometry.

    Parameters
    ----------
    risks : Batch
    length : int
        Digits of the prefix, see `CODE_LENGTHS`.
    field : str
        ``grid_code`` or ``community_code``.

    Returns
    -------
    Batch
        Without geometry: ``code`` (in order) and the columns of `tally`. Risks whose code is
        shorter than the prefix are in the last row, with ``code`` None, so that sums agree.
    """
    rows = np.flatnonzero(counted(risks, include_closed))
    prefixes = np.array(
        [c[:length] if len(c) >= length else "" for c in risks.text(field)[rows]], dtype=object
    )
    return _grouped(risks, rows, prefixes, weights)


def roll_up_areas(
    risks: Batch,
    aggregation: Aggregation,
    *,
    code_field: str,
    length: int,
    weights: Mapping[str, float] = DEFAULT_WEIGHTS,
) -> Batch:
    """Count risks by the first digits of the codes of the areas they lie in.

    A risk that runs through several cells of a street counts once in the street, which
    summing the cells' counts would not give.

    Returns
    -------
    Batch
        As `roll_up_by_code`; the last row (``code`` None) holds risks in no area.
    """
    codes = aggregation.areas.text(code_field)
    pairs = aggregation.membership
    of_area = np.array([c[:length] if len(c) >= length else "" for c in codes], dtype=object)
    names, group = np.unique(of_area.astype(str), return_inverse=True)
    unique = np.unique(np.column_stack([pairs.risk, group[pairs.area]]), axis=0)
    nowhere = np.concatenate([aggregation.outside, aggregation.unplaced])
    rows = np.concatenate([unique[:, 0], nowhere]).astype(np.int64)
    prefixes = np.concatenate([names[unique[:, 1]], np.full(len(nowhere), "")]).astype(object)
    return _grouped(risks, rows, prefixes, weights)


def _grouped(
    risks: Batch, rows: np.ndarray, prefixes: np.ndarray, weights: Mapping[str, float]
) -> Batch:
    names = sorted(set(prefixes) - {""}) + ([""] if "" in prefixes else [])
    number = {name: i for i, name in enumerate(names)}
    group = np.array([number[p] for p in prefixes], dtype=np.int64)
    columns = tally(risks, rows, group, len(names), weights=weights)
    code = np.array([name or None for name in names], dtype=object)
    return Batch({"code": code, **columns}, None, np.arange(1, len(names) + 1, dtype=np.int64))
