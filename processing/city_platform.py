"""What the one map takes from a platform where no layer is given."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np
import shapely
from qgis.core import QgsCoordinateReferenceSystem

from ..plugin.layers.geometry import in_crs
from ..plugin.layers.projects import reference_system
from ..plugin.rules.batch import Batch, concatenate
from ..plugin.standards.extension import extend_layers
from ..plugin.standards.profile import Profile
from .database.connections import crs_of_text, platform_connection, schema
from .inputs import zone_at
from .job import Job

_KINDS = ("community", "unit_grid", "component", "risk")
# Of ten million components only what the map shows.
_COMPONENT = (
    "component_code", "component_name", "class_code", "status", "grid_code", "authority_name",
    "maintainer_name", "community_name",
)  # fmt: skip


def pull_city(
    job: Job, profile: Profile, given: Collection[str]
) -> tuple[dict[str, Batch], QgsCoordinateReferenceSystem | None]:
    """Read what the platform holds of the map, in metres.

    Parameters
    ----------
    given : collection of str
        Names of layers that need not be read.

    Returns
    -------
    tuple of dict and QgsCoordinateReferenceSystem or None
        Rows by layer and their CRS; no rows and None from an empty platform.
    """
    from ..plugin.database.platform import read_platform
    from ..plugin.database.pull import pull

    specs = extend_layers(profile)
    raw: dict[str, Batch] = {}
    with platform_connection(job) as connection:
        platform = read_platform(connection.cursor(), schema(job))
        connection.rollback()
        for kind in _KINDS:
            if kind in given:
                continue
            spec = specs[kind]
            if kind == "component":
                spec = replace(spec, fields=tuple(spec.field(n) for n in _COMPONENT))
            rows = concatenate(list(pull(connection, kind, spec, schema=schema(job))))
            if len(rows):
                raw[kind] = rows
    if not raw:
        return {}, None
    held = crs_of_text(platform.crs)
    crs = _metric(held, profile, next(iter(raw.values())))
    context = job.context.transformContext()
    return {kind: in_crs(rows, held, crs, context) for kind, rows in raw.items()}, crs


def _metric(
    held: QgsCoordinateReferenceSystem, profile: Profile, rows: Batch
) -> QgsCoordinateReferenceSystem:
    if not held.isGeographic():
        return held
    own = reference_system(profile.crs) if profile.crs else held
    if own.isValid() and not own.isGeographic():
        return own
    bounds = shapely.bounds(rows.shapes)
    return QgsCoordinateReferenceSystem(zone_at(float(np.nanmean(bounds[:, [0, 2]]))).split()[0])
