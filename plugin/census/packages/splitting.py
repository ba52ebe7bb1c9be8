"""Which rows go to which team."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely

from ...errors import WanggeError
from ...rules.batch import Batch
from ...translation import translate
from ..assignment import active_cells, assign_to_cells


@dataclass(frozen=True)
class Share:
    """A team's part.

    Attributes
    ----------
    team : str
    cells : ndarray of int64
        Rows of the unit grids.
    rows : ndarray of int64
        Rows of the components.
    """

    team: str
    cells: np.ndarray
    rows: np.ndarray


def split_by_team(
    components: Batch, grids: Batch, teams: Mapping[str, str]
) -> tuple[tuple[Share, ...], np.ndarray]:
    """Split components by the cells of each team.

    A component goes with the cell in which it lies; where it lies in none, with the cell
    of its ``grid_code``.

    Parameters
    ----------
    components, grids : Batch
    teams : mapping of str to str
        Grid code -> team; cells that are not named go to nobody.

    Returns
    -------
    tuple of Share
        Ordered by team; teams without cells are left out.
    ndarray of int64
        Rows of components that go to nobody.

    Raises
    ------
    WanggeError
        When a team is given a cell that does not exist or is retired.
    """
    active = np.flatnonzero(active_cells(grids))
    codes = grids.text("grid_code")[active]
    unknown = set(teams) - set(codes.tolist())
    if unknown:
        raise WanggeError(
            translate(
                "Wangge",
                "Unit grid {code} is assigned to team “{team}” but is no active cell of the grid "
                "layer. Correct the assignment of teams.",
            ).format(code=min(unknown), team=teams[min(unknown)])
        )
    named = np.array([teams.get(c, "") for c in codes.tolist()], dtype=object)
    team_of_row = np.full(len(components), "", dtype=object)
    by_code = dict(zip(codes.tolist(), named.tolist(), strict=True))
    if components.geometry is not None and grids.geometry is not None:
        found = assign_to_cells(components.geometry, grids.geometry[active], codes)
        located = found.cell >= 0
        team_of_row[located] = named[found.cell[located]]
    else:
        located = np.zeros(len(components), bool)
    lost = np.flatnonzero(~located)
    team_of_row[lost] = [by_code.get(c, "") for c in components.text("grid_code")[lost].tolist()]
    shares = tuple(
        Share(team, active[named == team], np.flatnonzero(team_of_row == team))
        for team in sorted({t for t in named.tolist() if t})
    )
    return shares, np.flatnonzero(team_of_row == "")


def near_cells(rows: Batch, cells: Batch) -> Batch:
    """Return the rows in the cells and within about one cell's width of them.

    A layer without geometry is returned whole.
    """
    if rows.geometry is None or cells.geometry is None:
        return rows
    width = float(np.sqrt(np.median(shapely.area(cells.geometry)))) if len(cells) else 0.0
    which = shapely.STRtree(cells.geometry).query(
        rows.geometry, predicate="dwithin", distance=width
    )[0]
    return rows.take(np.unique(which))
