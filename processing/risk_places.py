"""What the rows of a risk list are placed by: layers of addresses, cells and components."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import shapely
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsPointXY,
)

from ..plugin.layers.geometry import in_crs
from ..plugin.layers.source import LayerSource
from ..plugin.risk.intake.address_index import AddressIndex
from ..plugin.risk.intake.placing import Places, geometries_by_code
from ..plugin.rules.batch import Batch, make_batch
from ..plugin.standards.layers import component_spec
from ..plugin.standards.layers import layer as layer_spec
from .inputs import active, renamed
from .job import Job

_DEGREES = "EPSG:4490"
# Risks lie at the city's edge too: its extent is widened by this part of its size.
_MARGIN = 0.25


def crs_of_places(job: Job, names: tuple[str, ...], crs_name: str) -> QgsCoordinateReferenceSystem:
    """Return the CRS of the result: as asked, of the first layer given, of the project, degrees."""
    chosen = job.algorithm.parameterAsCrs(job.parameters, crs_name, job.context)
    if job.is_given(crs_name) and chosen.isValid():
        return chosen
    for name in names:
        source = job.source(name)
        if source is not None and source.layer.crs().isValid():
            return source.layer.crs()
    project = job.context.project()
    if project is not None and project.crs().isValid():
        return project.crs()
    return QgsCoordinateReferenceSystem(_DEGREES)


def read_places(
    job: Job,
    crs: QgsCoordinateReferenceSystem,
    *,
    addresses: str,
    grids: str,
    components: str,
) -> tuple[Places, Batch | None]:
    """Read the layers behind the parameters; return also the active cells, None without any."""
    extents: list[shapely.Geometry] = []
    address_batch = _read(job, job.source(addresses, crs=crs), layer_spec("address"), extents)
    cells = _read(job, job.source(grids, crs=crs), layer_spec("unit_grid"), extents)
    parts = _read(job, job.source(components, crs=crs), component_spec(), extents)
    if cells is not None:
        cells = cells.take(active(cells))
    context = job.context.transformContext()
    places = Places(
        crs=crs.authid() or crs.toWkt(),
        addresses=None if address_batch is None else AddressIndex(address_batch),
        components={} if parts is None else geometries_by_code(parts, "component_code"),
        cells={} if cells is None else geometries_by_code(cells, "grid_code"),
        from_degrees=None if crs.isGeographic() else _from_degrees(crs, context),
        is_geographic=crs.isGeographic(),
        bounds=_bounds(extents),
    )
    return places, cells


def _read(job: Job, source: LayerSource | None, spec, extents: list) -> Batch | None:
    if source is None:
        return None
    batch = renamed(job.columns(source), spec)
    if batch.geometry is not None and len(batch):
        extents.append(shapely.box(*shapely.total_bounds(batch.geometry)))
    return batch


def _bounds(extents: list) -> tuple[float, float, float, float] | None:
    xmin, ymin, xmax, ymax = shapely.total_bounds(np.array([*extents, None], dtype=object))
    if not np.isfinite(xmin):
        return None
    margin = _MARGIN * max(xmax - xmin, ymax - ymin)
    return xmin - margin, ymin - margin, xmax + margin, ymax + margin


def _from_degrees(
    crs: QgsCoordinateReferenceSystem, context: QgsCoordinateTransformContext
) -> Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    degrees = QgsCoordinateReferenceSystem(_DEGREES)

    def move(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        try:
            points = in_crs(make_batch({}, shapely.points(x, y)), degrees, crs, context).geometry
            return shapely.get_x(points), shapely.get_y(points)
        except QgsCsException:  # one place off the earth must not take the others along
            moved = np.array([_move_one(transform, *pair) for pair in zip(x, y, strict=True)])
            return moved[:, 0], moved[:, 1]

    transform = QgsCoordinateTransform(degrees, crs, context)
    return move


def _move_one(transform: QgsCoordinateTransform, x: float, y: float) -> tuple[float, float]:
    try:
        point = transform.transform(QgsPointXY(x, y), Qgis.TransformDirection.Forward)
    except QgsCsException:
        return np.nan, np.nan
    return point.x(), point.y()
