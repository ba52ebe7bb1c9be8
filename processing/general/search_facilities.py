"""wangge:search_facilities."""

from __future__ import annotations

import numpy as np
from qgis.core import (
    Qgis,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsProcessingParameterPoint,
    QgsProcessingParameterString,
)

from ...plugin.layers.near import Sought, search_near
from ...plugin.standards.extension import extend_domains, extend_layers
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..checking import profile_parameter, read_profile
from ..inputs import renamed, require_field
from ..job import Job
from ..outputs import geometry_of, numbers, save_layer

_TOLD = 10


class SearchFacilities(WanggeAlgorithm):
    """Find the facilities around a place, the nearest first."""

    ID = "search_facilities"
    GROUP = Group.GENERAL
    FACILITIES, POINT, KIND = "FACILITIES", "POINT", "KIND"
    DISTANCE, LIMIT, PROFILE, OUTPUT = "DISTANCE", "LIMIT", "PROFILE", "OUTPUT"

    def title(self):
        return translate("Wangge", "Search facilities")

    def summary(self):
        return translate(
            "Wangge",
            "Finds the public toilets, transfer stations and other facilities around a place, "
            "sorted by distance, on the ellipsoid.",
        )

    def example(self):
        return (
            "qgis_process run wangge:search_facilities -- "
            "FACILITIES='city.gpkg|layername=facility' POINT='412500,3276000 [EPSG:4545]' "
            "KIND=toilet DISTANCE=5000 OUTPUT=near.gpkg"
        )

    def parameters(self):
        number = QgsProcessingParameterNumber
        return [
            described(
                QgsProcessingParameterFeatureSource(
                    self.FACILITIES,
                    translate("Wangge", "Facilities"),
                    [Qgis.ProcessingSourceType.VectorAnyGeometry],
                ),
                translate("Wangge", "Facilities, monitors or any other places."),
            ),
            described(
                QgsProcessingParameterPoint(self.POINT, translate("Wangge", "Place")),
                translate(
                    "Wangge",
                    "Where to search around, such as 412500,3276000 [EPSG:4545]; in the "
                    "coordinates of the facilities when none are named.",
                ),
            ),
            described(
                QgsProcessingParameterString(
                    self.KIND, translate("Wangge", "Kind of facility"), optional=True
                ),
                translate(
                    "Wangge", "Such as toilet or 公共厕所; several with commas; all when empty."
                ),
            ),
            described(
                number(
                    self.DISTANCE,
                    translate("Wangge", "Distance (m)"),
                    number.Type.Double,
                    0.0,
                    minValue=0.0,
                ),
                translate("Wangge", "How far to search; 0 takes that of the profile (5,000 m)."),
            ),
            described(
                number(self.LIMIT, translate("Wangge", "At most"), defaultValue=0, minValue=0),
                translate("Wangge", "So many of the nearest; 0 is all."),
            ),
            profile_parameter(self.PROFILE),
            described(
                QgsProcessingParameterFeatureSink(
                    self.OUTPUT, translate("Wangge", "Facilities found")
                ),
                translate("Wangge", "With rank and distance_m, the nearest first."),
            ),
        ]

    def outputs(self):
        return numbers(
            [
                ("FOUND_COUNT", translate("Wangge", "Facilities found")),
                ("NEAREST_M", translate("Wangge", "Distance of the nearest (m)")),
            ]
        )

    def execute(self, job: Job):
        profile = read_profile(job, self.PROFILE)
        spec = extend_layers(profile)["facility"]
        source = job.required_source(self.FACILITIES)
        crs = job.algorithm.parameterAsPointCrs(job.parameters, self.POINT, job.context)
        crs = crs if crs.isValid() else source.layer.crs()
        point = job.algorithm.parameterAsPoint(job.parameters, self.POINT, job.context)
        distance = job.number(self.DISTANCE) or profile.tolerances["search_distance_m"]
        rows = renamed(job.columns(source), spec)
        kinds = frozenset(k.strip() for k in job.text(self.KIND).replace("，", ",").split(","))
        if kinds - {""}:
            require_field(rows, source, "kind")
        sought = Sought(point, crs, distance, kinds - {""}, job.integer(self.LIMIT))
        found = search_near(rows, source.layer.crs(), sought, extend_domains(profile))
        answer = rows.take(found.rows).with_fields(
            rank=np.arange(1, len(found) + 1, dtype=np.int64),
            distance_m=np.round(found.metres, 1),
        )
        names = answer.text("facility_name")
        for k, (name, metres) in enumerate(zip(names, found.metres, strict=True)):
            if k < _TOLD:
                job.progress.tell(f"{k + 1}. {name} {metres:,.0f} m")
        return {
            self.OUTPUT: save_layer(
                job, self.OUTPUT, answer, spec, geometry_of(source), source.layer.crs()
            ),
            "FOUND_COUNT": len(found),
            "NEAREST_M": round(float(found.metres[0]), 1) if len(found) else None,
        }
