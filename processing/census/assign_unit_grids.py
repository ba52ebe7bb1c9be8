"""wangge:assign_unit_grids."""

from __future__ import annotations

from dataclasses import replace

from qgis.core import (
    Qgis,
    QgsProcessingParameterDistance,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
)

from ...plugin.census.assignment import assign_unit_grids
from ...plugin.standards.layers import component_spec
from ...plugin.standards.layers import layer as layer_spec
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..inputs import renamed, require_field, require_rows
from ..job import Job
from ..outputs import geometry_of, numbers, save_layer


class AssignUnitGrids(WanggeAlgorithm):
    """Find the unit grid, community and street of every component by its location."""

    ID = "assign_unit_grids"
    GROUP = Group.CENSUS
    INPUT, GRIDS, COMMUNITIES = "INPUT", "GRIDS", "COMMUNITIES"
    TOLERANCE, OUTPUT = "TOLERANCE", "OUTPUT"

    def title(self):
        return translate("Wangge", "Assign unit grids")

    def summary(self):
        return translate(
            "Wangge",
            "Fills the unit grid, community and street of every component by its location. On a "
            "border the smallest code counts; lines and areas go where most of them lies.",
        )

    def parameters(self):
        polygons = Qgis.ProcessingSourceType.VectorPolygon
        return [
            described(
                QgsProcessingParameterFeatureSource(
                    self.INPUT,
                    translate("Wangge", "Components"),
                    [Qgis.ProcessingSourceType.VectorAnyGeometry],
                ),
                translate("Wangge", "Points, lines or polygons; fields of theirs are kept."),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.GRIDS, translate("Wangge", "Unit grids"), [polygons]
                ),
                translate("Wangge", "Cells with codes; those with an end date are left out."),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.COMMUNITIES, translate("Wangge", "Communities"), [polygons], optional=True
                ),
                translate("Wangge", "Give names, and a community to what lies in no cell."),
            ),
            described(
                QgsProcessingParameterDistance(
                    self.TOLERANCE,
                    translate("Wangge", "Search distance"),
                    0.0,
                    self.GRIDS,
                    minValue=0,
                ),
                translate("Wangge", "What lies in no cell takes the nearest within this distance."),
                advanced=True,
            ),
            described(
                QgsProcessingParameterFeatureSink(
                    self.OUTPUT, translate("Wangge", "Components with unit grids")
                ),
                translate("Wangge", "The same components with their unit grid and community."),
            ),
        ]

    def outputs(self):
        return numbers(
            [
                ("ASSIGNED", translate("Wangge", "Components in a unit grid")),
                ("OUTSIDE", translate("Wangge", "Components in no unit grid")),
                ("CHANGED", translate("Wangge", "Components whose unit grid changed")),
            ]
        )

    def execute(self, job: Job):
        source = job.required_source(self.INPUT)
        crs = source.layer.crs()
        # Risks are placed as components are, and stay what they are.
        names = {n.lower() for n in source.fields.names()}
        spec = layer_spec("risk") if "risk_code" in names else component_spec()
        components = renamed(job.columns(source), spec)
        grid_source = job.required_source(self.GRIDS, crs=crs)
        grids = renamed(job.columns(grid_source), layer_spec("unit_grid"))
        require_rows(grids, grid_source)
        require_field(grids, grid_source, "grid_code")
        communities = None
        if area_source := job.source(self.COMMUNITIES, crs=crs):
            communities = renamed(job.columns(area_source), layer_spec("community"))
            require_field(communities, area_source, "community_code")
        batch, _, report = assign_unit_grids(
            components,
            grids,
            communities,
            tolerance=job.number(self.TOLERANCE),
            progress=job.progress,
        )
        if report.outside or report.without_geometry:
            job.progress.warn(
                translate(
                    "Wangge", "{outside} components lie in no unit grid, {none} have no geometry."
                ).format(outside=report.outside, none=report.without_geometry)
            )
        own = set(components.fields) | set(spec.names)
        batch = replace(batch, fields={n: v for n, v in batch.fields.items() if n in own})
        saved = save_layer(job, self.OUTPUT, batch, spec, geometry_of(source), crs)
        lost = report.outside + report.without_geometry
        return {
            self.OUTPUT: saved,
            "ASSIGNED": report.total - lost,
            "OUTSIDE": lost,
            "CHANGED": report.changed,
        }
