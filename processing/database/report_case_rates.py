"""wangge:report_case_rates."""

from __future__ import annotations

import numpy as np
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
)
from qgis.PyQt.QtCore import Qt

from ...plugin.database.cases.report import LEVELS, Areas, case_rates
from ...plugin.layers.fields import fields_of_columns
from ...plugin.rules.batch import Batch
from ...plugin.standards.exchange import EXCHANGE_TABLES
from ...plugin.standards.extension import extend_layers
from ...plugin.standards.layers import layer as layer_spec
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..checking import profile_parameter, read_profile
from ..inputs import active, renamed, require_field
from ..job import Job
from ..outputs import geometry_of_columns, numbers


class ReportCaseRates(WanggeAlgorithm):
    """Show where cases are found, opened, handled and closed, and how well."""

    ID = "report_case_rates"
    GROUP = Group.DATABASE
    INPUT, AREAS, LEVEL, SINCE, UNTIL = "INPUT", "AREAS", "LEVEL", "SINCE", "UNTIL"
    PROFILE, OUTPUT = "PROFILE", "OUTPUT"

    def title(self):
        return translate("Wangge", "Report case rates")

    def summary(self):
        return translate(
            "Wangge",
            "Counts cases by unit grid, community, street, district or city: found, opened, handled, "
            "closed and rejected, the rates between them, the mean time to close and the rank.",
        )

    def example(self):
        return (
            "qgis_process run wangge:report_case_rates -- INPUT='city.gpkg|layername=case' "
            "AREAS='city.gpkg|layername=community' LEVEL=street OUTPUT=rates.gpkg"
        )

    def parameters(self):
        kinds = Qgis.ProcessingSourceType
        dates = QgsProcessingParameterDateTime
        return [
            described(
                QgsProcessingParameterFeatureSource(
                    self.INPUT, translate("Wangge", "Cases"), [kinds.Vector]
                ),
                translate(
                    "Wangge", "With the code of the unit grid, or as points within the areas."
                ),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.AREAS,
                    translate("Wangge", "Communities or unit grids"),
                    [kinds.VectorPolygon],
                    optional=True,
                ),
                translate(
                    "Wangge",
                    "Areas without cases are listed too, and the result can be drawn; a table without.",
                ),
            ),
            described(
                QgsProcessingParameterEnum(
                    self.LEVEL,
                    translate("Wangge", "Level"),
                    list(LEVELS),
                    defaultValue="community",
                    usesStaticStrings=True,
                ),
                translate("Wangge", "By which areas to count."),
            ),
            described(
                dates(self.SINCE, translate("Wangge", "First day"), dates.Type.Date, optional=True),
                translate("Wangge", "Only cases reported from this day on."),
                advanced=True,
            ),
            described(
                dates(self.UNTIL, translate("Wangge", "Last day"), dates.Type.Date, optional=True),
                translate("Wangge", "Only cases reported until this day."),
                advanced=True,
            ),
            profile_parameter(self.PROFILE),
            described(
                QgsProcessingParameterFeatureSink(self.OUTPUT, translate("Wangge", "Rates")),
                translate("Wangge", "One row for each area, with its rank by the share closed."),
            ),
        ]

    def outputs(self):
        return numbers(
            [
                ("AREA_COUNT", translate("Wangge", "Areas")),
                ("CASE_COUNT", translate("Wangge", "Cases counted")),
                ("LEFT_OUT", translate("Wangge", "Cases in no area")),
            ]
        )

    def execute(self, job: Job):
        profile = read_profile(job, self.PROFILE)
        area_source = job.source(self.AREAS)
        crs = area_source.layer.crs() if area_source else None
        source = job.required_source(self.INPUT, crs=crs)
        cases = renamed(job.columns(source), extend_layers(profile)["case"])
        require_field(cases, source, "state")
        if area_source is None:
            require_field(cases, source, "grid_code")
        since, until = self._day(job, self.SINCE), self._day(job, self.UNTIL)
        if since is not None or until is not None:
            require_field(cases, source, "reported_at")
        rows, left_out = case_rates(
            cases,
            job.choice(self.LEVEL),
            areas=self._areas(job, area_source),
            since=since,
            until=until,
        )
        fields = fields_of_columns(rows.fields, spec=EXCHANGE_TABLES["area_case_statistics"])
        crs = crs or QgsCoordinateReferenceSystem()
        return {
            self.OUTPUT: job.save(self.OUTPUT, rows, fields, geometry_of_columns(rows), crs),
            "AREA_COUNT": len(rows),
            "CASE_COUNT": int(rows.fields["reported_count"].sum()),
            "LEFT_OUT": left_out,
        }

    def _day(self, job: Job, name: str) -> np.datetime64 | None:
        if not job.is_given(name):
            return None
        moment = job.algorithm.parameterAsDateTime(job.parameters, name, job.context)
        return np.datetime64(moment.date().toString(Qt.DateFormat.ISODate), "D")

    def _areas(self, job: Job, source) -> Areas | None:
        if source is None:
            return None
        batch = job.columns(source)
        cells = renamed(batch, layer_spec("unit_grid"))
        if "grid_code" in cells.fields:
            cells = cells.take(active(cells))
            return Areas(cells.text("grid_code"), cells.shapes, {})
        batch = renamed(batch, layer_spec("community"))
        require_field(batch, source, "community_code")
        return Areas(batch.text("community_code"), batch.shapes, _names(batch))


def _names(batch: Batch) -> dict[str, str]:
    names: dict[str, str] = {}
    for level in ("community", "street", "district"):
        codes, found = batch.text(f"{level}_code"), batch.text(f"{level}_name")
        names |= {c: n for c, n in zip(codes.tolist(), found.tolist(), strict=True) if c and n}
    return names
