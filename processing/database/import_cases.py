"""wangge:import_cases."""

from __future__ import annotations

import shapely
from qgis.core import Qgis, QgsProcessingParameterFeatureSink

from ...plugin.database.cases.intake import import_cases
from ...plugin.database.cases.words import WORDS
from ...plugin.standards.extension import extend_layers
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..checking import profile_parameter, read_profile
from ..job import Job
from ..outputs import numbers
from .deliveries import (
    OUTPUT,
    counted_outputs,
    delivery_parameters,
    read_delivery,
    rejected_parameter,
    save_imported,
)


class ImportCases(WanggeAlgorithm):
    """Take in the cases of a case-handling system."""

    ID = "import_cases"
    GROUP = Group.DATABASE
    PROFILE = "PROFILE"

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
        return [
            *delivery_parameters(translate("Wangge", "Case table"), "case"),
            profile_parameter(self.PROFILE),
            described(
                QgsProcessingParameterFeatureSink(
                    OUTPUT,
                    translate("Wangge", "Cases"),
                    Qgis.ProcessingSourceType.VectorPoint,
                ),
                translate("Wangge", "Accepted rows in the layer's own fields."),
            ),
            rejected_parameter(),
        ]

    def outputs(self):
        return numbers(counted_outputs())

    def execute(self, job: Job):
        profile = read_profile(job, self.PROFILE)
        spec = extend_layers(profile)["case"]
        delivery = read_delivery(job, spec, translate("Wangge", "Case table"), profile, WORDS)
        made = import_cases(
            delivery.table,
            profile,
            points=None if delivery.shapes is None else shapely.centroid(delivery.shapes),
            cells=delivery.cells,
            crs=delivery.crs_text,
            progress=job.progress,
        )
        return save_imported(job, made.cases, made, spec, Qgis.WkbType.Point, delivery)
