"""Tables that other systems deliver, as algorithms take them: a file, or a layer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np
import shapely
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsProcessingParameterCrs,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
    QgsProcessingUtils,
    QgsVectorLayer,
)

from ...plugin.database.cases.intake import ImportedCases
from ...plugin.database.deliveries.objects import ImportedObjects
from ...plugin.database.deliveries.placing import Cells, Placed, read_coordinates
from ...plugin.database.deliveries.table import DeliveredTable, read_table, rows_of_batch
from ...plugin.errors import WanggeError
from ...plugin.layers.fields import fields_of_columns
from ...plugin.layers.geometry import in_crs
from ...plugin.layers.source import LayerSource
from ...plugin.rules.batch import Batch, make_batch
from ...plugin.standards.layers import layer as layer_spec
from ...plugin.standards.profile import Profile
from ...plugin.standards.spec import LayerSpec
from ...plugin.translation import translate
from ..base import described
from ..inputs import active, renamed
from ..job import Job
from ..outputs import save_layer
from .delivery_files import TABLES, field_map, file_rows

INPUT, LAYER, FIELD_MAP, GRIDS = "INPUT", "LAYER", "FIELD_MAP", "GRIDS"
CRS, OUTPUT, REJECTED = "CRS", "OUTPUT", "REJECTED"

_DEGREES = "EPSG:4490"


@dataclass(frozen=True)
class Delivery:
    """A table as it came.

    Attributes
    ----------
    table : DeliveredTable
    shapes : ndarray of shapely geometries or None, shape (n,), or None
        Where the rows lie, in ``crs``: from the layer's geometry, else from coordinates.
    cells : Cells or None
    crs : QgsCoordinateReferenceSystem
    """

    table: DeliveredTable
    shapes: np.ndarray | None
    cells: Cells | None
    crs: QgsCoordinateReferenceSystem

    @property
    def crs_text(self) -> str:
        return self.crs.authid() or self.crs.toWkt()


def delivery_parameters(title: str, example: str) -> list:
    """Return the parameters of a delivery: file or layer, cells, field map, CRS."""
    kinds = Qgis.ProcessingSourceType
    return [
        described(
            QgsProcessingParameterFile(INPUT, title, optional=True),
            translate(
                "Wangge",
                "csv, xlsx, ods or json, or the source of a layer such as "
                "city.gpkg|layername={name}.",
            ).format(name=example),
        ),
        described(
            QgsProcessingParameterFeatureSource(
                LAYER, translate("Wangge", "Layer"), [kinds.Vector], optional=True
            ),
            translate("Wangge", "A layer or database table in place of the file."),
        ),
        described(
            QgsProcessingParameterFeatureSource(
                GRIDS, translate("Wangge", "Unit grids"), [kinds.VectorPolygon], optional=True
            ),
            translate(
                "Wangge", "Place rows that only name a cell; every row is told the cell it lies in."
            ),
        ),
        described(
            QgsProcessingParameterString(
                FIELD_MAP, translate("Wangge", "Field map"), optional=True, multiLine=True
            ),
            translate(
                "Wangge",
                "JSON, or the path of a JSON file, of headings and our field names (x and y for "
                "coordinates); headings are recognised when empty.",
            ),
        ),
        described(
            QgsProcessingParameterCrs(
                CRS, translate("Wangge", "Coordinate reference system"), optional=True
            ),
            translate(
                "Wangge",
                "Of the result and of coordinates in metres; that of the layers given when empty.",
            ),
            advanced=True,
        ),
    ]


def rejected_parameter():
    """Return the output of the rows that were refused."""
    return described(
        QgsProcessingParameterFeatureSink(
            REJECTED,
            translate("Wangge", "Rejected rows"),
            Qgis.ProcessingSourceType.Vector,
            optional=True,
            createByDefault=False,
        ),
        translate("Wangge", "Row, code and reason of the others."),
    )


def counted_outputs() -> list[tuple[str, str]]:
    """Return the numbers that tell what became of a delivery's rows."""
    return [
        ("ACCEPTED_COUNT", translate("Wangge", "Accepted rows")),
        ("REJECTED_COUNT", translate("Wangge", "Rejected rows")),
        ("PLACED_BY_COORDINATES", translate("Wangge", "Placed by coordinates")),
        ("PLACED_BY_CELL", translate("Wangge", "Placed by unit grid")),
        ("UNPLACED", translate("Wangge", "Without place")),
    ]


def save_imported(
    job: Job,
    accepted: Batch,
    made: ImportedCases | ImportedObjects,
    spec: LayerSpec,
    shape: Qgis.WkbType,
    delivery: Delivery,
) -> dict:
    """Write what was accepted and refused; return the results with `counted_outputs`."""
    for note in made.notes:
        job.progress.warn(note)
    _warn_of_places(job, made.placed)
    return {
        OUTPUT: save_layer(job, OUTPUT, accepted, spec, shape, delivery.crs),
        REJECTED: job.save(
            REJECTED,
            made.rejected,
            fields_of_columns(made.rejected.fields),
            Qgis.WkbType.NoGeometry,
            delivery.crs,
        ),
        "ACCEPTED_COUNT": len(accepted),
        "REJECTED_COUNT": len(made.rejected),
        "PLACED_BY_COORDINATES": made.placed.by_coordinates,
        "PLACED_BY_CELL": made.placed.by_cell,
        "UNPLACED": made.placed.nowhere,
    }


def _warn_of_places(job: Job, placed: Placed) -> None:
    """Tell of rows whose place and whose cell do not agree."""
    if placed.other_cell:
        job.progress.warn(
            translate(
                "Wangge",
                "{count} rows lie in another cell than the one they name; their place was taken.",
            ).format(count=placed.other_cell)
        )
    if placed.outside:
        job.progress.warn(
            translate(
                "Wangge",
                "{count} rows lie in no cell. Check the coordinates and their system.",
            ).format(count=placed.outside)
        )


def read_delivery(
    job: Job,
    spec: LayerSpec,
    title: str,
    profile: Profile,
    words: Mapping[str, str] = MappingProxyType({}),
) -> Delivery:
    """Read what `delivery_parameters` name; columns become those of ``spec``.

    The names that the profile's exchange packages give the fields are known headings too.
    """
    exchanged = profile.exchange.names.get(spec.name, {})
    words = {name: f"{words.get(name, '')} {exchanged.get(name, '')}" for name in spec.names}
    layer = _layer(job, title)
    crs = _crs(job, layer)
    shapes = None
    if layer is None:
        rows = file_rows(job.required_file(INPUT))
    else:
        source = LayerSource(layer, crs=crs, transform_context=job.context.transformContext())
        batch = job.columns(source)
        rows = rows_of_batch(batch)
        shapes = batch.geometry
    table = read_table(rows, spec, words=words, field_map=field_map(job.text(FIELD_MAP)))
    if shapes is None or shapely.is_missing(shapes).all():
        shapes = _points(job, table, crs)
    return Delivery(table, shapes, _cells(job, crs), crs)


def _layer(job: Job, title: str) -> QgsVectorLayer | None:
    if job.is_given(LAYER):
        return job.layer(LAYER)
    text = job.text(INPUT)
    if not text:
        raise WanggeError(
            translate("Wangge", "“{title}”: give a table, or a layer.").format(title=title)
        )
    if Path(text).suffix.lower() in TABLES:
        return None
    layer = QgsProcessingUtils.mapLayerFromString(text, job.context)
    if not isinstance(layer, QgsVectorLayer):
        raise WanggeError(
            translate(
                "Wangge",
                "“{title}” ({name}): the layer “{value}” cannot be opened. Check the path and, for "
                "a GeoPackage, the layer name after “|layername=”.",
            ).format(title=title, name=INPUT, value=text)
        )
    return layer


def _crs(job: Job, layer: QgsVectorLayer | None) -> QgsCoordinateReferenceSystem:
    chosen = job.algorithm.parameterAsCrs(job.parameters, CRS, job.context)
    grids = job.layer(GRIDS)
    for crs in (
        chosen if job.is_given(CRS) else None,
        grids.crs() if grids else None,
        layer.crs() if layer is not None and layer.isSpatial() else None,
    ):
        if crs is not None and crs.isValid():
            return crs
    return QgsCoordinateReferenceSystem(_DEGREES)


def _cells(job: Job, crs: QgsCoordinateReferenceSystem) -> Cells | None:
    source = job.source(GRIDS, crs=crs)
    if source is None:
        return None
    batch = renamed(job.columns(source), layer_spec("unit_grid"))
    batch = batch.take(active(batch) & ~shapely.is_missing(batch.shapes))
    return Cells(batch.text("grid_code"), batch.shapes)


def _points(
    job: Job, table: DeliveredTable, crs: QgsCoordinateReferenceSystem
) -> np.ndarray | None:
    if not {"x", "y"} <= table.columns.keys():
        return None
    found = read_coordinates(table.columns["x"], table.columns["y"])
    if found.swapped:
        job.progress.tell(
            translate("Wangge", "{count} rows give the northing first; it was put second.").format(
                count=found.swapped
            )
        )
    points = np.full(len(table.rows), None, object)
    there = ~np.isnan(found.x)
    context = job.context.transformContext()
    degrees = QgsCoordinateReferenceSystem(_DEGREES)
    for rows, given in ((found.geographic, degrees), (~found.geographic, crs)):
        chosen = there & rows
        if chosen.any():
            shapes = shapely.points(found.x[chosen], found.y[chosen])
            batch = make_batch({}, np.asarray(shapes, object))
            points[chosen] = in_crs(batch, given, crs, context).geometry
    return points
