"""Fresh cells as rows of the layer ``unit_grid``."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import numpy as np
import shapely

from ..rules.batch import Batch
from .load import sum_load
from .numbering import number_cells


def cell_rows(
    cells: np.ndarray,
    community: np.ndarray,
    codes: Sequence[str] | np.ndarray,
    names: Sequence[str] | np.ndarray,
    *,
    load_points: np.ndarray | None = None,
    load_weights: np.ndarray | None = None,
) -> tuple[Batch, np.ndarray | None]:
    """Number fresh cells and fill their attributes; return them by code, and the load per cell.

    Parameters
    ----------
    cells : ndarray of polygons, shape (n,)
    community : ndarray of int, shape (n,)
        Position of each cell's community in ``codes``.
    codes, names : sequence or ndarray of str, length k
        Of the communities.
    load_points, load_weights : ndarray of shape (p,), optional
    """
    numbering = number_cells(cells, community, list(codes), community_names=list(names))
    load = None if load_points is None else sum_load(cells, load_points, load_weights)
    n = len(cells)
    today = np.datetime64(datetime.date.today(), "D")
    fields = {
        "grid_code": numbering.codes,
        "community_code": np.asarray(codes, dtype=object)[community],
        "area_m2": np.round(shapely.area(cells), 2),
        "perimeter_m": np.round(shapely.length(cells), 2),
        "start_date": np.full(n, today),
        "end_date": np.full(n, np.datetime64("NaT"), dtype="datetime64[D]"),
        "load": np.full(n, np.nan) if load is None else load,
        "note": np.full(n, None, dtype=object),
    }
    order = np.argsort(numbering.codes.astype(str), kind="stable")
    batch = Batch(fields, cells, np.arange(1, n + 1, dtype=np.int64)).take(order)
    return batch, None if load is None else load[order]
