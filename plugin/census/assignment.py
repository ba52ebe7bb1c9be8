"""Fill the unit grid, community and street of components by their location.

Only active cells take part (``end_date`` empty); `placement` has the rules by which a
component goes to one cell.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..errors import WanggeError
from ..progress import SILENT, Part, Progress
from ..rules.batch import Batch
from ..translation import translate
from .columns import blank_to_null, looked_up, null_to_blank
from .placement import Assignment, Placement, assign_to_cells

__all__ = [
    "Assignment",
    "AssignmentReport",
    "Placement",
    "active_cells",
    "assign_to_cells",
    "assign_unit_grids",
]


@dataclass(frozen=True)
class AssignmentReport:
    """Counts of an assignment; ``inside + … + without_geometry == total``."""

    total: int
    inside: int
    border: int
    overlap: int
    crossing: int
    nearest: int
    outside: int
    without_geometry: int
    changed: int


def active_cells(grids: Batch) -> np.ndarray:
    """Return where a cell is active: its ``end_date`` is empty, shape (m,) of bool."""
    if "end_date" not in grids.fields:
        return np.ones(len(grids), bool)
    return grids.is_null("end_date") | (grids.text("end_date") == "")


def assign_unit_grids(
    components: Batch,
    grids: Batch,
    communities: Batch | None = None,
    *,
    tolerance: float = 0.0,
    progress: Progress = SILENT,
) -> tuple[Batch, Assignment, AssignmentReport]:
    """Fill ``grid_code`` and the community's and street's codes and names by location.

    Parameters
    ----------
    components : Batch
    grids : Batch
        With ``grid_code`` and, where known, ``community_code`` and ``end_date``.
    communities : Batch, optional
        With ``community_code`` and names; their polygons place what lies in no cell.
    tolerance : float
        See `assign_to_cells`.

    Returns
    -------
    Batch
        The components with their columns filled; null where nothing was found.
    Assignment
        ``cell`` refers to the rows of ``grids``.
    AssignmentReport

    Raises
    ------
    WanggeError
        When the layers have no geometry, no codes or differ in CRS.
    """
    geometry, cells = _geometries(components, grids)
    active = np.flatnonzero(active_cells(grids))
    codes = grids.text("grid_code")
    found = assign_to_cells(
        geometry,
        cells[active],
        codes[active],
        tolerance=tolerance,
        progress=Part(progress, 0.0, 0.9),
    )
    placed = found.cell >= 0
    cell = np.full(len(components), -1, np.int64)
    cell[placed] = active[found.cell[placed]]
    found = Assignment(cell, found.placement, found.share)

    community_of_cell = grids.text("community_code")
    community_of_cell = np.array(
        [c or g[:12] for c, g in zip(community_of_cell, codes, strict=True)], dtype=object
    )
    grid_code = looked_up(codes, cell)
    community_code = looked_up(community_of_cell, cell)
    if communities is not None and communities.geometry is not None and not placed.all():
        lost = np.flatnonzero(~placed)
        areas = assign_to_cells(
            geometry[lost], communities.geometry, communities.text("community_code")
        )
        community_code[lost] = looked_up(communities.text("community_code"), areas.cell)
    columns = {"grid_code": grid_code, **_area_columns(components, community_code, communities)}
    changed = int(np.count_nonzero(components.text("grid_code") != null_to_blank(grid_code)))
    report = AssignmentReport(
        total=len(components),
        inside=found.count(Placement.INSIDE),
        border=found.count(Placement.BORDER),
        overlap=found.count(Placement.OVERLAP),
        crossing=found.count(Placement.CROSSING),
        nearest=found.count(Placement.NEAREST),
        outside=found.count(Placement.OUTSIDE),
        without_geometry=found.count(Placement.NO_GEOMETRY),
        changed=changed,
    )
    progress.report(1.0)
    return components.with_fields(**columns), found, report


def _geometries(components: Batch, grids: Batch) -> tuple[np.ndarray, np.ndarray]:
    if components.geometry is None:
        raise WanggeError(
            translate(
                "Wangge",
                "The component layer has no geometry, so no unit grid can be found for its rows. "
                "Choose a layer with points, lines or polygons.",
            )
        )
    if grids.geometry is None or "grid_code" not in grids.fields:
        raise WanggeError(
            translate(
                "Wangge",
                "The unit grid layer needs polygons and the field grid_code. Choose another layer "
                "or number the unit grids first.",
            )
        )
    # WKT has many spellings; two authority codes that differ are surely two systems.
    named = all(":" in b.crs and len(b.crs) < 20 for b in (components, grids))
    if named and components.crs.upper() != grids.crs.upper():
        raise WanggeError(
            translate(
                "Wangge",
                "The components are in {components}, the unit grids in {grids}. Reproject one of "
                "the layers so that both have the same coordinate reference system.",
            ).format(components=components.crs, grids=grids.crs)
        )
    return components.geometry, grids.geometry


def _area_columns(
    components: Batch, community_code: np.ndarray, communities: Batch | None
) -> dict[str, np.ndarray]:
    distinct, inverse = np.unique(null_to_blank(community_code).astype(str), return_inverse=True)
    street = [c[:9] or None for c in distinct]
    columns = {
        "community_code": community_code,
        "street_code": np.array(street, dtype=object)[inverse],
    }
    if communities is not None:
        known = communities.text("community_code")
        for name in ("community_name", "street_name"):
            by_code = dict(zip(known[::-1], communities.text(name)[::-1], strict=True))
            names = np.array([by_code.get(c) or None for c in distinct], dtype=object)
            columns[name] = names[inverse]
        return columns
    # Without the community layer a name is right only as long as its code is.
    for name, code in (("community_name", "community_code"), ("street_name", "street_code")):
        same = components.text(code) == null_to_blank(columns[code])
        columns[name] = blank_to_null(np.where(same, components.text(name), ""))
    return columns
