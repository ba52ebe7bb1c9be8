"""wangge:import_cases."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

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

from ...plugin.database.cases.intake import import_cases
from ...plugin.database.cases.placing import Cells, read_coordinates
from ...plugin.database.cases.table import CaseTable, read_case_table, rows_of_batch
from ...plugin.errors import WanggeError
from ...plugin.layers.fields import fields_of_columns
from ...plugin.layers.geometry import in_crs
from ...plugin.layers.source import LayerSource
from ...plugin.risk.intake.sheets import read_sheets
from ...plugin.rules.batch import make_batch
from ...plugin.standards.extension import extend_layers
from ...plugin.standards.layers import layer as layer_spec
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..checking import profile_parameter, read_profile
from ..inputs import active, renamed
from ..job import Job
from ..outputs import numbers, save_layer

_TABLES = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xls", ".et", ".ods")
_DEGREES = "EPSG:4490"


class ImportCases(WanggeAlgorithm):
    """Take in the cases of a case-handling system."""

    ID = "import_cases"
    GROUP = Group.DATABASE
    INPUT, LAYER, FIELD_MAP, GRIDS = "INPUT", "LAYER", "FIELD_MAP", "GRIDS"
    CRS, PROFILE, OUTPUT, REJECTED = "CRS", "PROFILE", "OUTPUT", "REJECTED"

    def title(self):
        return translate("Wangge", "Import cases")

    def summary(self):
        return translate(
            "Wangge",
            "Reads a case table (spreadsheet or layer), recognises its headings and its words for "
            "states and sources, places each case by its coordinates or by the unit grid it names, "
            "and refuses rows with the reason.",
        )

    def example(self):
        return (
            "qgis_process run wangge:import_cases -- INPUT=案件.xlsx "
            "GRIDS='city.gpkg|layername=unit_grid' OUTPUT=cases.gpkg"
        )

    def parameters(self):
        kinds = Qgis.ProcessingSourceType
        return [
            described(
                QgsProcessingParameterFile(
                    self.INPUT, translate("Wangge", "Case table"), optional=True
                ),
                translate(
                    "Wangge",
                    "csv, xlsx or ods, or the source of a layer such as city.gpkg|layername=case.",
                ),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.LAYER, translate("Wangge", "Layer"), [kinds.Vector], optional=True
                ),
                translate("Wangge", "A layer or database table in place of the file."),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.GRIDS,
                    translate("Wangge", "Unit grids"),
                    [kinds.VectorPolygon],
                    optional=True,
                ),
                translate(
                    "Wangge",
                    "Place rows that only name a cell; every case is told the cell it lies in.",
                ),
            ),
            described(
                QgsProcessingParameterString(
                    self.FIELD_MAP, translate("Wangge", "Field map"), optional=True, multiLine=True
                ),
                translate(
                    "Wangge",
                    "JSON, or the path of a JSON file, of headings and our field names (x and y for "
                    "coordinates); headings are recognised when empty.",
                ),
            ),
            described(
                QgsProcessingParameterCrs(
                    self.CRS, translate("Wangge", "Coordinate reference system"), optional=True
                ),
                translate(
                    "Wangge",
                    "Of the result and of coordinates in metres; that of the layers given when empty.",
                ),
                advanced=True,
            ),
            profile_parameter(self.PROFILE),
            described(
                QgsProcessingParameterFeatureSink(
                    self.OUTPUT, translate("Wangge", "Cases"), kinds.VectorPoint
                ),
                translate("Wangge", "Accepted rows in the layer's own fields."),
            ),
            described(
                QgsProcessingParameterFeatureSink(
                    self.REJECTED,
                    translate("Wangge", "Rejected rows"),
                    kinds.Vector,
                    optional=True,
                    createByDefault=False,
                ),
                translate("Wangge", "Row, code and reason of the others."),
            ),
        ]

    def outputs(self):
        return numbers(
            [
                ("ACCEPTED_COUNT", translate("Wangge", "Accepted rows")),
                ("REJECTED_COUNT", translate("Wangge", "Rejected rows")),
                ("PLACED_BY_COORDINATES", translate("Wangge", "Placed by coordinates")),
                ("PLACED_BY_CELL", translate("Wangge", "Placed by unit grid")),
                ("UNPLACED", translate("Wangge", "Without place")),
            ]
        )

    def execute(self, job: Job):
        profile = read_profile(job, self.PROFILE)
        layer = self._layer(job)
        crs = self._crs(job, layer)
        points = None
        if layer is None:
            rows = _sheet_rows(job.file(self.INPUT))
        else:
            source = LayerSource(layer, crs=crs, transform_context=job.context.transformContext())
            batch = job.columns(source)
            rows = rows_of_batch(batch)
            if batch.geometry is not None:
                points = shapely.centroid(batch.geometry)
        table = read_case_table(
            rows, extend_layers(profile)["case"], field_map=_field_map(job.text(self.FIELD_MAP))
        )
        if points is None or shapely.is_missing(points).all():
            points = self._points(job, table, crs)
        made = import_cases(
            table,
            profile,
            points=points,
            cells=self._cells(job, crs),
            crs=crs.authid() or crs.toWkt(),
            progress=job.progress,
        )
        for note in made.notes:
            job.progress.warn(note)
        placed = made.placed
        if placed.other_cell:
            job.progress.warn(
                translate(
                    "Wangge",
                    "{count} cases lie in another cell than the one they name; their place was taken.",
                ).format(count=placed.other_cell)
            )
        if placed.outside:
            job.progress.warn(
                translate(
                    "Wangge",
                    "{count} cases lie in no cell. Check the coordinates and their system.",
                ).format(count=placed.outside)
            )
        fields = fields_of_columns(made.rejected.fields)
        return {
            self.OUTPUT: save_layer(
                job, self.OUTPUT, made.cases, layer_spec("case"), Qgis.WkbType.Point, crs
            ),
            self.REJECTED: job.save(
                self.REJECTED, made.rejected, fields, Qgis.WkbType.NoGeometry, crs
            ),
            "ACCEPTED_COUNT": len(made.cases),
            "REJECTED_COUNT": len(made.rejected),
            "PLACED_BY_COORDINATES": placed.by_coordinates,
            "PLACED_BY_CELL": placed.by_cell,
            "UNPLACED": placed.nowhere,
        }

    def _layer(self, job: Job) -> QgsVectorLayer | None:
        if job.is_given(self.LAYER):
            return job.layer(self.LAYER)
        text = job.text(self.INPUT)
        if not text:
            raise WanggeError(translate("Wangge", "Give a case table, or a layer."))
        if Path(text).suffix.lower() in _TABLES:
            return None
        layer = QgsProcessingUtils.mapLayerFromString(text, job.context)
        if not isinstance(layer, QgsVectorLayer):
            raise WanggeError(
                translate(
                    "Wangge",
                    "“{title}” ({name}): the layer “{value}” cannot be opened. Check the path and, for "
                    "a GeoPackage, the layer name after “|layername=”.",
                ).format(title=translate("Wangge", "Case table"), name=self.INPUT, value=text)
            )
        return layer

    def _crs(self, job: Job, layer: QgsVectorLayer | None) -> QgsCoordinateReferenceSystem:
        chosen = job.algorithm.parameterAsCrs(job.parameters, self.CRS, job.context)
        grids = job.layer(self.GRIDS)
        for crs in (
            chosen if job.is_given(self.CRS) else None,
            grids.crs() if grids else None,
            layer.crs() if layer is not None and layer.isSpatial() else None,
        ):
            if crs is not None and crs.isValid():
                return crs
        return QgsCoordinateReferenceSystem(_DEGREES)

    def _cells(self, job: Job, crs: QgsCoordinateReferenceSystem) -> Cells | None:
        source = job.source(self.GRIDS, crs=crs)
        if source is None:
            return None
        batch = renamed(job.columns(source), layer_spec("unit_grid"))
        batch = batch.take(active(batch) & ~shapely.is_missing(batch.shapes))
        return Cells(batch.text("grid_code"), batch.shapes)

    def _points(
        self, job: Job, table: CaseTable, crs: QgsCoordinateReferenceSystem
    ) -> np.ndarray | None:
        if not {"x", "y"} <= table.columns.keys():
            return None
        found = read_coordinates(table.columns["x"], table.columns["y"])
        if found.swapped:
            job.progress.tell(
                translate(
                    "Wangge", "{count} rows give the northing first; it was put second."
                ).format(count=found.swapped)
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


def _sheet_rows(path: Path | None) -> Sequence[Sequence[object]]:
    if path is None:
        raise WanggeError(translate("Wangge", "Give a case table, or a layer."))
    sheets = [s for s in read_sheets(path) if s.rows]
    if not sheets:
        raise WanggeError(translate("Wangge", "The file {path} is empty.").format(path=path))
    # Case systems export one sheet; a cover sheet is shorter.
    return max(sheets, key=lambda s: len(s.rows)).rows


def _field_map(text: str) -> dict[str, str]:
    if not text:
        return {}
    try:
        if not text.lstrip().startswith("{"):
            text = Path(text).read_text("utf-8-sig")
        values = json.loads(text)
    except (OSError, ValueError) as error:
        raise WanggeError(
            translate(
                "Wangge", "The field map cannot be read; it must be JSON of headings and fields."
            ),
            detail=str(error),
        ) from error
    if not isinstance(values, dict):
        raise WanggeError(
            translate(
                "Wangge", "The field map cannot be read; it must be JSON of headings and fields."
            )
        )
    return {str(k): str(v) for k, v in values.items()}
