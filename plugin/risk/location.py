"""Tell risks the unit grid and the community that they lie in."""

from __future__ import annotations

import numpy as np

from ..progress import SILENT, Progress
from ..rules.batch import Batch
from .aggregation import aggregate_risks


def fill_cells(risks: Batch, grids: Batch, *, progress: Progress = SILENT) -> Batch:
    """Return the risks with ``grid_code`` and ``community_code`` filled in where they are empty.

    Parameters
    ----------
    risks : Batch
        With geometry; what a row says already is kept.
    grids : Batch
        Active cells with ``grid_code``, in the same CRS.
    """
    pairs = aggregate_risks(risks, grids, include_closed=True, progress=progress).membership
    codes = grids.text("grid_code")
    cell = np.full(len(risks), "", dtype=object)
    # A line lies in several cells: the one that holds most of it names it.
    order = np.argsort(pairs.share, kind="stable")
    cell[pairs.risk[order]] = codes[pairs.area[order]]
    own_cell, own_community = risks.text("grid_code"), risks.text("community_code")
    kept_cell = np.where(own_cell == "", cell, own_cell)
    community = np.array([str(code)[:12] for code in cell], dtype=object)
    kept_community = np.where(own_community == "", community, own_community)
    return risks.with_fields(
        grid_code=np.array([*(code or None for code in kept_cell), None], dtype=object)[:-1],
        community_code=np.array([*(code or None for code in kept_community), None], dtype=object)[
            :-1
        ],
    )
