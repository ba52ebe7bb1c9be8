"""wangge:measure_facility_coverage."""

from __future__ import annotations

import shapely
from qgis.core import (
    Qgis,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ...plugin.facilities.coverage import measure_coverage
from ...plugin.layers.fields import fields_of_columns
from ...plugin.layers.near import of_kind
from ...plugin.standards.extension import extend_domains, extend_layers
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..checking import profile_parameter, read_profile
from ..inputs import active, renamed, require_field, require_metric, require_polygons, require_rows
from ..job import Job
from ..outputs import geometry_of, numbers


class MeasureFacilityCoverage(WanggeAlgorithm):
    """Show how much of each cell lies within reach of a facility."""

    ID = "measure_facility_coverage"
    GROUP = Group.GENERAL
    FACILITIES, AREAS, KIND = "FACILITIES", "AREAS", "KIND"
    RADIUS, PROFILE, OUTPUT = "RADIUS", "PROFILE", "OUTPUT"

    def title(self):
        return translate("Wangge", "Measure facility coverage")

    def summary(self):
        return translate(
            "Wangge",
            "Measures for each unit grid or community how much of it lies within the service radius "
            "of a public toilet or another facility, how many there are and how far the nearest is.",
        )

    def example(self):
        return (
            "qgis_process run wangge:measure_facility_coverage -- "
            "FACILITIES='city.gpkg|layername=facility' AREAS='city.gpkg|layername=unit_grid' "
            "KIND=toilet RADIUS=500 OUTPUT=coverage.gpkg"
        )

    def parameters(self):
        kinds = Qgis.ProcessingSourceType
        return [
            described(
                QgsProcessingParameterFeatureSource(
                    self.FACILITIES, translate("Wangge", "Facilities"), [kinds.VectorAnyGeometry]
                ),
                translate("Wangge", "Those out of use serve nobody."),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.AREAS, translate("Wangge", "Areas"), [kinds.VectorPolygon]
                ),
                translate("Wangge", "Unit grids, communities, streets or districts."),
            ),
            described(
                QgsProcessingParameterString(
                    self.KIND,
                    translate("Wangge", "Kind of facility"),
                    defaultValue="toilet",
                    optional=True,
                ),
                translate(
                    "Wangge", "Such as toilet or 公共厕所; several with commas; all when empty."
                ),
            ),
            described(
                QgsProcessingParameterNumber(
                    self.RADIUS,
                    translate("Wangge", "Service radius (m)"),
                    QgsProcessingParameterNumber.Type.Double,
                    0.0,
                    minValue=0.0,
                ),
                translate(
                    "Wangge", "As the crow flies; 0 takes the radius of the profile (500 m)."
                ),
            ),
            profile_parameter(self.PROFILE),
            described(
                QgsProcessingParameterFeatureSink(self.OUTPUT, translate("Wangge", "Coverage")),
                translate(
                    "Wangge",
                    "The areas with facilities (in them), facilities_near (of the middle), served "
                    "(share, 0 to 1) and nearest_m.",
                ),
            ),
        ]

    def outputs(self):
        return numbers(
            [
                ("AREA_COUNT", translate("Wangge", "Areas")),
                ("FACILITY_COUNT", translate("Wangge", "Facilities")),
                ("SHARE_SERVED", translate("Wangge", "Share of the surface served")),
                ("UNSERVED_COUNT", translate("Wangge", "Areas without any service")),
            ]
        )

    def execute(self, job: Job):
        profile = read_profile(job, self.PROFILE)
        specs = extend_layers(profile)
        area_source = job.required_source(self.AREAS)
        crs = require_metric(area_source)
        areas = job.columns(area_source)
        areas = areas.take(active(renamed(areas, specs["unit_grid"])))
        require_rows(areas, area_source)
        require_polygons(areas, area_source)
        source = job.required_source(self.FACILITIES, crs=crs)
        facilities = renamed(job.columns(source), specs["facility"])
        wanted = [k.strip() for k in job.text(self.KIND).replace("，", ",").split(",")]
        kinds = frozenset(wanted) - {""}
        if kinds:
            require_field(facilities, source, "kind")
        chosen = of_kind(facilities, kinds, extend_domains(profile)["facility_kind"])
        chosen &= facilities.text("status") != "out_of_use"
        radius = job.number(self.RADIUS) or profile.tolerances["service_radius_m"]
        made = measure_coverage(
            areas.shapes, facilities.shapes[chosen], radius=radius, progress=job.progress
        )
        result = areas.with_fields(
            facilities=made.inside,
            facilities_near=made.near,
            served=made.share,
            nearest_m=made.nearest,
        )
        surface = shapely.area(result.shapes)
        fields = fields_of_columns(result.fields, spec=specs["unit_grid"])
        return {
            self.OUTPUT: job.save(self.OUTPUT, result, fields, geometry_of(area_source), crs),
            "AREA_COUNT": len(result),
            "FACILITY_COUNT": int(chosen.sum()),
            "SHARE_SERVED": round(
                float((made.share * surface).sum() / max(surface.sum(), 1e-9)), 4
            ),
            "UNSERVED_COUNT": int((made.share == 0).sum()),
        }
