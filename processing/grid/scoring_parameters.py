"""Parameters of the algorithms that judge cells."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsProcessing,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterMultipleLayers,
)

from ...plugin.translation import translate
from ..base import described
from .cutting_parameters import target_area_parameter, target_profile_parameter

BARRIERS, BUILDINGS, LOAD = "BARRIERS", "BUILDINGS", "LOAD"


def scoring_parameters() -> list[QgsProcessingParameterDefinition]:
    """Return what figures of cells are made of besides the cells and communities."""
    return [
        described(
            QgsProcessingParameterMultipleLayers(
                BARRIERS,
                translate("Wangge", "Streets, rivers, railways"),
                QgsProcessing.SourceType.TypeVectorAnyGeometry,
                optional=True,
            ),
            translate("Wangge", "To tell which borders follow them."),
        ),
        described(
            QgsProcessingParameterFeatureSource(
                BUILDINGS,
                translate("Wangge", "Buildings"),
                [Qgis.ProcessingSourceType.VectorPolygon],
                optional=True,
            ),
            translate("Wangge", "To count those that a border cuts."),
        ),
        described(
            QgsProcessingParameterFeatureSource(LOAD, translate("Wangge", "Load"), optional=True),
            translate("Wangge", "Points or polygons that weigh on the cells."),
        ),
        target_area_parameter(),
        target_profile_parameter(),
    ]
