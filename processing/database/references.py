"""What rows are compared with before a push: layers given, else what the platform holds."""

from __future__ import annotations

from ...plugin.layers.geometry import in_crs
from ...plugin.layers.source import LayerSource
from ...plugin.rules.batch import Batch, concatenate
from ...plugin.rules.references import Areas, Departments
from ...plugin.standards.layers import layer as layer_spec
from ...plugin.translation import translate
from ..checking import read_areas, read_departments, reference_parameter
from ..inputs import active
from ..job import Job
from ..schemes import rule_schemes
from .connections import crs_of_text, schema

GRIDS, COMMUNITIES, DEPARTMENTS = "GRIDS", "COMMUNITIES", "DEPARTMENTS"


def reference_parameters() -> list:
    """Return the optional layers to compare with."""
    made = [
        reference_parameter(
            GRIDS,
            translate("Wangge", "Unit grids"),
            translate("Wangge", "To compare components and risks with; the platform's if empty."),
        ),
        reference_parameter(
            COMMUNITIES,
            translate("Wangge", "Communities"),
            translate("Wangge", "To check the coverage of unit grids with."),
        ),
        reference_parameter(
            DEPARTMENTS,
            translate("Wangge", "Departments"),
            translate("Wangge", "To check authorities with; the platform's if empty."),
            polygons=False,
        ),
    ]
    for parameter in made:
        parameter.setFlags(parameter.flags() | parameter.Flag.FlagAdvanced)
    return made


def references_for(job: Job, connection, platform, kind: str, source: LayerSource) -> dict:
    """Return what the rules of a kind compare with, as keywords of `CheckContext`.

    Without a connection (None) it is only what was given as layers.
    """
    crs = source.layer.crs()
    found: dict = {}
    if kind in ("unit_grid", "risk", "component"):
        found["communities"] = read_areas(job, COMMUNITIES, "community", crs)
    if kind in ("component", "risk"):
        found["grids"] = read_areas(job, GRIDS, "unit_grid", crs) or _platform_grids(
            job, connection, platform, source
        )
    if kind == "component":
        found["departments"] = read_departments(job, DEPARTMENTS) or _platform_departments(
            job, connection
        )
    if kind == "risk":
        found["schemes"] = rule_schemes()
    return found


def _pulled(job: Job, connection, kind: str) -> Batch:
    from ...plugin.database.pull import pull

    return concatenate(list(pull(connection, kind, layer_spec(kind), schema=schema(job))))


def _platform_grids(job: Job, connection, platform, source: LayerSource) -> Areas | None:
    if connection is None:
        return None
    cells = _pulled(job, connection, "unit_grid")
    cells = cells.take(active(cells))
    if not len(cells) or not source.layer.isSpatial():
        return None
    cells = in_crs(
        cells, crs_of_text(platform.crs), source.layer.crs(), job.context.transformContext()
    )
    return Areas(cells.shapes, codes=cells.text("grid_code"), parents=cells.text("community_code"))


def _platform_departments(job: Job, connection) -> Departments | None:
    if connection is None:
        return None
    batch = _pulled(job, connection, "department")
    if not len(batch):
        return None
    return Departments(batch.text("department_code"), batch.text("department_name"))
