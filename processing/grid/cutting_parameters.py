"""Parameters that every algorithm which cuts cells has."""

from __future__ import annotations

from qgis.core import QgsProcessingParameterDefinition, QgsProcessingParameterNumber

from ...plugin.translation import translate
from ..base import described

TARGET_AREA, SEED = "TARGET_AREA", "SEED"


def target_area_parameter() -> QgsProcessingParameterDefinition:
    """Return the parameter TARGET_AREA, in m²."""
    return described(
        QgsProcessingParameterNumber(
            TARGET_AREA,
            translate("Wangge", "Target area (m²)"),
            QgsProcessingParameterNumber.Type.Double,
            10_000,
            minValue=100,
        ),
        translate("Wangge", "Area that a unit grid should have."),
    )


def seed_parameter() -> QgsProcessingParameterDefinition:
    """Return the parameter SEED, folded away."""
    return described(
        QgsProcessingParameterNumber(SEED, translate("Wangge", "Seed"), defaultValue=0, minValue=0),
        translate("Wangge", "The same seed gives the same cells."),
        advanced=True,
    )
