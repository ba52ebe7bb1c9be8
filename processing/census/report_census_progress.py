"""wangge:report_census_progress."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
)

from ...plugin.census.progress_report import CensusProgress, report_progress
from ...plugin.layers.fields import fields_of_columns
from ...plugin.progress import stop_if_cancelled
from ...plugin.rules.batch import Batch
from ...plugin.standards.layers import component_spec
from ...plugin.standards.layers import layer as layer_spec
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..inputs import renamed, require_field, require_rows
from ..job import Job
from ..outputs import geometry_of, numbers, save_layer
from .pages import report_parameter, write_report
from .progress_page import progress_sections
from .teams import read_teams, team_parameters, without_team_field

#: Output -> table of the progress.
_TABLES = {
    "BY_COMMUNITY": "by_community",
    "BY_CLASS": "by_class",
    "BY_TEAM": "by_team",
    "BY_DAY": "by_day",
}


class ReportCensusProgress(WanggeAlgorithm):
    """Show how far the census is."""

    ID = "report_census_progress"
    GROUP = Group.CENSUS
    INPUT, GRIDS, EXPECTED, OUTPUT = "INPUT", "GRIDS", "EXPECTED", "OUTPUT"

    def title(self):
        return translate("Wangge", "Report census progress")

    def summary(self):
        return translate(
            "Wangge",
            "Counts what is surveyed by cell, community, class, team and day, as a layer for the "
            "map, tables and a report with map and plots.",
        )

    def parameters(self):
        vector = Qgis.ProcessingSourceType.Vector
        return [
            described(
                QgsProcessingParameterFeatureSource(
                    self.INPUT, translate("Wangge", "Components"), [vector]
                ),
                translate("Wangge", "With grid_code and, for the days, surveyed_at filled."),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.GRIDS,
                    translate("Wangge", "Unit grids"),
                    [Qgis.ProcessingSourceType.VectorPolygon],
                ),
                translate("Wangge", "Cells with codes; those with an end date are left out."),
            ),
            *team_parameters(),
            described(
                QgsProcessingParameterFeatureSource(
                    self.EXPECTED,
                    translate("Wangge", "Earlier components"),
                    [vector],
                    optional=True,
                ),
                translate("Wangge", "With grid_code: how many each cell can be expected to have."),
            ),
            described(
                QgsProcessingParameterFeatureSink(
                    self.OUTPUT, translate("Wangge", "Unit grids with progress")
                ),
                translate("Wangge", "surveyed, expected, share, last_day and team of every cell."),
            ),
            *(_table_parameter(name, title) for name, title in _table_titles().items()),
            report_parameter(),
        ]

    def outputs(self):
        return numbers(
            [
                ("SURVEYED", translate("Wangge", "Components surveyed")),
                ("OUTSIDE", translate("Wangge", "Components in no unit grid")),
                ("CELL_COUNT", translate("Wangge", "Number of cells")),
                ("CELLS_BEGUN", translate("Wangge", "Cells begun")),
                ("SHARE", translate("Wangge", "Share of what is expected")),
            ]
        )

    def checkParameterValues(self, parameters, context):  # noqa: N802
        return super().checkParameterValues(
            without_team_field(self, parameters, self.GRIDS, context), context
        )

    def execute(self, job: Job):
        source = job.required_source(self.INPUT)
        components = renamed(job.columns(source, geometry=False), component_spec())
        require_field(components, source, "grid_code")
        cells = job.required_source(self.GRIDS)
        grids = renamed(job.columns(cells), layer_spec("unit_grid"))
        require_rows(grids, cells)
        require_field(grids, cells, "grid_code")
        teams = read_teams(job, grids, cells)
        stop_if_cancelled(job.progress)
        job.progress.report(0.5)
        made = report_progress(components, grids, teams=teams, expected=self._expected(job))
        begun = int((made.by_cell.fields["surveyed"] > 0).sum())
        job.progress.tell(
            translate(
                "Wangge", "{total} components surveyed; {begun} of {cells} unit grids begun."
            ).format(total=made.total, begun=begun, cells=len(made.by_cell))
        )
        crs, shape = cells.layer.crs(), geometry_of(cells)
        grid_spec = layer_spec("unit_grid")
        return {
            self.OUTPUT: save_layer(
                job,
                self.OUTPUT,
                _with_nulls(made.by_cell),
                grid_spec,
                shape,
                crs,
                style="census_progress",
                derived=True,
            ),
            **{
                name: _save_table(job, name, getattr(made, table), crs)
                for name, table in _TABLES.items()
            },
            **write_report(
                job, translate("Wangge", "Progress of the census"), progress_sections(made)
            ),
            "SURVEYED": made.total,
            "OUTSIDE": made.outside,
            "CELL_COUNT": len(made.by_cell),
            "CELLS_BEGUN": begun,
            "SHARE": _share(made),
        }

    def _expected(self, job: Job) -> dict[str, int]:
        source = job.source(self.EXPECTED)
        if source is None:
            return {}
        earlier = renamed(job.columns(source, geometry=False), component_spec())
        require_field(earlier, source, "grid_code")
        codes, times = np.unique(earlier.text("grid_code").astype(str), return_counts=True)
        return dict(zip(codes.tolist(), times.tolist(), strict=True))


def _with_nulls(cells: Batch) -> Batch:
    return replace(cells, nulls={**cells.nulls, "expected": cells.fields["expected"] < 0})


def _share(made: CensusProgress) -> float | None:
    known = made.by_cell.fields["expected"] > 0
    expected = int(made.by_cell.fields["expected"][known].sum())
    return float(made.by_cell.fields["surveyed"][known].sum()) / expected if expected else None


def _table_titles() -> dict[str, str]:
    return {
        "BY_COMMUNITY": translate("Wangge", "By community"),
        "BY_CLASS": translate("Wangge", "By class"),
        "BY_TEAM": translate("Wangge", "By team"),
        "BY_DAY": translate("Wangge", "By day"),
    }


def _table_parameter(name: str, title: str) -> QgsProcessingParameterDefinition:
    return described(
        QgsProcessingParameterFeatureSink(
            name, title, Qgis.ProcessingSourceType.Vector, optional=True, createByDefault=False
        ),
        translate("Wangge", "The counts as a table."),
        advanced=True,
    )


def _save_table(job: Job, name: str, table: Batch, crs: QgsCoordinateReferenceSystem) -> str | None:
    fields = fields_of_columns(table.fields)
    return job.save(name, table, fields, Qgis.WkbType.NoGeometry, crs)
