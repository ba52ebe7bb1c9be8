"""Cells as rows of the layer ``unit_grid``."""

from __future__ import annotations

import datetime

import numpy as np
import shapely
from qgis.core import Qgis, QgsCoordinateReferenceSystem

from ...plugin.grid.load import sum_load
from ...plugin.grid.numbering import number_cells
from ...plugin.rules.batch import Batch
from ...plugin.standards.layers import layer as layer_spec
from ..inputs import Communities
from ..job import Job
from ..outputs import save_layer


def cell_batch(
    cells: np.ndarray,
    community: np.ndarray,
    communities: Communities,
    load_points: np.ndarray | None = None,
    load_weights: np.ndarray | None = None,
) -> tuple[Batch, np.ndarray | None]:
    """Number fresh cells and fill their attributes; return them and the load per cell."""
    numbering = number_cells(
        cells, community, list(communities.codes), community_names=list(communities.names)
    )
    load = None if load_points is None else sum_load(cells, load_points, load_weights)
    n = len(cells)
    today = np.datetime64(datetime.date.today(), "D")
    fields = {
        "grid_code": numbering.codes,
        "community_code": communities.codes[community],
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


def save_cells(job: Job, name: str, batch: Batch, crs: QgsCoordinateReferenceSystem) -> str | None:
    """Write cells as the layer ``unit_grid``, further fields of theirs after its own."""
    return save_layer(job, name, batch, layer_spec("unit_grid"), Qgis.WkbType.Polygon, crs)
