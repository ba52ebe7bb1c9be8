"""What the rules compare with, made from a city's profile and columns of reference layers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..standards.extension import extend_classes, extend_domains, extend_layers
from ..standards.layers import layer as layer_spec
from ..standards.profile import Profile
from .batch import Batch
from .context import CheckContext
from .overrides import profile_overrides
from .references import Areas, Classes, Departments

ToLonLat = Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]


def context_of(
    profile: Profile,
    kind: str,
    references: dict,
    *,
    to_lonlat: ToLonLat | None = None,
    expected_rows: int = 0,
) -> CheckContext:
    """Return everything the rules of a layer compare with.

    Parameters
    ----------
    profile : Profile
    kind : str
        Name of the layer that is checked.
    references : dict
        Reference data as keywords of `CheckContext`.
    to_lonlat : callable, optional
    expected_rows : int
        For the progress; 0 is unknown.
    """
    if kind == "component":
        references = {**references, "classes": Classes.from_table(extend_classes(profile))}
    return CheckContext(
        layer=extend_layers(profile)[kind],
        edition=profile.edition,
        overrides=profile_overrides(profile),
        default_scheme=profile.risk_scheme,
        project_crs=profile.crs,
        to_lonlat=to_lonlat,
        district_codes=profile.district_codes,
        domains={n: frozenset(d.stored) for n, d in extend_domains(profile).items()},
        expected_rows=expected_rows,
        **references,
    )


def areas_of(batch: Batch, kind: str) -> Areas:
    """Return communities or the active ones of unit grids as areas to compare with."""
    spec = layer_spec(kind)
    if "end_date" in batch.fields:
        batch = batch.take(batch.is_null("end_date") | (batch.text("end_date") == ""))
    label = "community_name" if kind == "community" else spec.key
    parents = batch.text("community_code") if kind == "unit_grid" else None
    return Areas(batch.shapes, batch.text(label), codes=batch.text(spec.key), parents=parents)


def departments_of(batch: Batch) -> Departments:
    """Return the register of departments."""
    return Departments(batch.text("department_code"), batch.text("department_name"))
