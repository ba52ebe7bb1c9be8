"""Plant the deliberate errors in all layers of a town."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..rules.batch import Batch
from .base_errors import plant_building_errors, plant_street_errors
from .component_errors import plant_component_errors
from .grid_errors import plant_grid_errors
from .list_errors import (
    plant_address_errors,
    plant_case_errors,
    plant_department_errors,
    plant_risk_errors,
    plant_survey_errors,
)
from .model import DeliberateError

EACH = 4


def plant_errors(
    rng: np.random.Generator, layers: Mapping[str, Batch]
) -> tuple[dict[str, Batch], tuple[DeliberateError, ...]]:
    """Return the layers with a handful of errors of each kind, and the list of all of them.

    The survey is of the components as they should be; communities and water stay right, so
    that what builds on them has firm ground.
    """
    grids, components = layers["unit_grid"], layers["component"]
    each = max(1, min(EACH, len(grids) // 120, len(components) // 400))
    used = np.concatenate(
        [layers[name].fields["grid_code"].astype(str) for name in ("component", "risk", "case")]
    )
    occupied = np.isin(grids.fields["grid_code"].astype(str), used)
    planted = {
        "street": plant_street_errors(rng, layers["street"], each),
        "building": plant_building_errors(rng, layers["building"], layers["street"], grids, each),
        "unit_grid": plant_grid_errors(rng, grids, occupied, each),
        "component": plant_component_errors(rng, components, grids, layers["building"], each),
        "department": plant_department_errors(rng, layers["department"]),
        "address": plant_address_errors(rng, layers["address"], each),
        "risk": plant_risk_errors(rng, layers["risk"], each),
        "case": plant_case_errors(rng, layers["case"], each),
        "survey": plant_survey_errors(rng, layers["survey"], each),
    }
    result = {name: planted[name][0] if name in planted else b for name, b in layers.items()}
    return result, tuple(error for _, errors in planted.values() for error in errors)
