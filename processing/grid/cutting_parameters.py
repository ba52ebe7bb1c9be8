"""Parameters that every algorithm which cuts cells has."""

from __future__ import annotations

import numpy as np
from qgis.core import (
    QgsProcessingParameterDefinition,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ...plugin.errors import WanggeError
from ...plugin.translation import translate
from ..base import described
from ..checking import profile_parameter, read_profile
from ..inputs import Communities
from ..job import Job

TARGET_AREA, TARGET_FIELD, SEED = "TARGET_AREA", "TARGET_FIELD", "SEED"
PROFILE = "PROFILE"


def target_area_parameter() -> QgsProcessingParameterDefinition:
    """Return the parameter TARGET_AREA, in m²."""
    return described(
        QgsProcessingParameterNumber(
            TARGET_AREA,
            translate("Wangge", "Target area (m²)"),
            QgsProcessingParameterNumber.Type.Double,
            None,
            optional=True,
            minValue=100,
        ),
        translate(
            "Wangge", "Area that a unit grid should have; the profile's when empty (10,000 m²)."
        ),
    )


def target_area(job: Job) -> float:
    """Return the target area that is given, else the profile's, in m²."""
    if job.is_given(TARGET_AREA):
        return job.number(TARGET_AREA)
    return read_profile(job, PROFILE).tolerances["target_area_m2"]


def target_profile_parameter() -> QgsProcessingParameterDefinition:
    """Return the parameter PROFILE, for the target area that is not given."""
    return profile_parameter(PROFILE)


def target_field_parameter() -> QgsProcessingParameterDefinition:
    """Return the parameter TARGET_FIELD, folded away."""
    return described(
        QgsProcessingParameterString(
            TARGET_FIELD, translate("Wangge", "Target area field"), optional=True
        ),
        translate("Wangge", "Field of the communities with a target area of their own."),
        advanced=True,
    )


def targets_of(job: Job, communities: Communities, target: float) -> np.ndarray | None:
    """Return the target area of each community, None where no field is given.

    Parameters
    ----------
    target : float
        Of communities that have none of their own.
    """
    name = job.text(TARGET_FIELD)
    if not name:
        return None
    values = communities.batch.fields.get(name)
    if values is None or values.dtype == object:
        raise WanggeError(
            translate(
                "Wangge", "The communities have no number field “{field}”. They have: {fields}."
            ).format(field=name, fields=", ".join(communities.batch.fields))
        )
    targets = np.where(communities.batch.is_null(name), np.nan, values).astype(float)
    return np.where(np.isnan(targets), target, targets)


def seed_parameter() -> QgsProcessingParameterDefinition:
    """Return the parameter SEED, folded away."""
    return described(
        QgsProcessingParameterNumber(SEED, translate("Wangge", "Seed"), defaultValue=0, minValue=0),
        translate("Wangge", "The same seed gives the same cells."),
        advanced=True,
    )
