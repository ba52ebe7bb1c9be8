"""wangge:aggregate_risks."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
)

from ...plugin.layers.fields import fields_of_columns
from ...plugin.risk.aggregation import aggregate_risks
from ...plugin.standards.layers import layer as layer_spec
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..inputs import renamed, require_rows
from ..job import Job
from ..outputs import geometry_of, numbers


class AggregateRisks(WanggeAlgorithm):
    """Count risks by level in cells, communities or any other areas."""

    ID = "aggregate_risks"
    GROUP = Group.RISK
    INPUT, AREAS, BY_SHARE, CLOSED = "INPUT", "AREAS", "BY_SHARE", "INCLUDE_CLOSED"
    OUTPUT = "OUTPUT"

    def title(self):
        return translate("Wangge", "Aggregate risks")

    def summary(self):
        return translate(
            "Wangge",
            "Counts the risks of each level in every area, with the worst level, the largest score and "
            "a weighted sum, as a map in the four colours.",
        )

    def parameters(self):
        return [
            described(
                QgsProcessingParameterFeatureSource(
                    self.INPUT,
                    translate("Wangge", "Risks"),
                    [Qgis.ProcessingSourceType.VectorAnyGeometry],
                ),
                translate("Wangge", "Scored risks: points, lines or polygons."),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.AREAS,
                    translate("Wangge", "Areas"),
                    [Qgis.ProcessingSourceType.VectorPolygon],
                ),
                translate("Wangge", "Unit grids, communities, streets or districts."),
            ),
            described(
                QgsProcessingParameterBoolean(
                    self.BY_SHARE, translate("Wangge", "Count lines and areas by share"), False
                ),
                translate("Wangge", "Off: a line or area counts once in each area it runs into."),
                advanced=True,
            ),
            described(
                QgsProcessingParameterBoolean(
                    self.CLOSED, translate("Wangge", "Count closed risks"), False
                ),
                translate("Wangge", "On: risks whose status is closed count as well."),
                advanced=True,
            ),
            described(
                QgsProcessingParameterFeatureSink(
                    self.OUTPUT,
                    translate("Wangge", "Areas with risks"),
                    Qgis.ProcessingSourceType.VectorPolygon,
                ),
                translate("Wangge", "The areas with counts by level and the worst level."),
            ),
        ]

    def outputs(self):
        return numbers(
            [
                ("COUNTED", translate("Wangge", "Risks counted")),
                ("OUTSIDE", translate("Wangge", "Risks in no area")),
            ]
        )

    def execute(self, job: Job):
        source = job.required_source(self.AREAS)
        areas = job.columns(source)
        require_rows(areas, source)
        risk_source = job.required_source(self.INPUT, crs=source.layer.crs())
        risks = renamed(job.columns(risk_source), layer_spec("risk"))
        made = aggregate_risks(
            risks,
            areas,
            by_share=job.flag(self.BY_SHARE),
            include_closed=job.flag(self.CLOSED),
            progress=job.progress,
        )
        lost = len(made.outside) + len(made.unplaced)
        if lost:
            job.progress.warn(
                translate(
                    "Wangge", "{outside} risks lie in no area, {unplaced} have no geometry."
                ).format(outside=len(made.outside), unplaced=len(made.unplaced))
            )
        fields = {n: v for n, v in made.areas.fields.items() if n.lower() != "fid"}
        saved = job.save(
            self.OUTPUT,
            made.areas,
            fields_of_columns(fields),
            geometry_of(source),
            source.layer.crs(),
            style="risk_area",
        )
        return {
            self.OUTPUT: saved,
            "COUNTED": len(risks) - lost - len(made.closed),
            "OUTSIDE": lost,
        }
