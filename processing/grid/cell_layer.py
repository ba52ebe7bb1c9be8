"""Cells saved as the layer ``unit_grid``."""

from __future__ import annotations

from qgis.core import Qgis, QgsCoordinateReferenceSystem

from ...plugin.rules.batch import Batch
from ...plugin.standards.layers import layer as layer_spec
from ..job import Job
from ..outputs import save_layer


def save_cells(job: Job, name: str, batch: Batch, crs: QgsCoordinateReferenceSystem) -> str | None:
    """Write cells as the layer ``unit_grid``, further fields of theirs after its own."""
    return save_layer(job, name, batch, layer_spec("unit_grid"), Qgis.WkbType.Polygon, crs)
