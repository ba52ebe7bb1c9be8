"""How far the census is: by cell, community, class, team and day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..rules.batch import Batch
from .assignment import active_cells
from .columns import blank_to_null


@dataclass(frozen=True)
class CensusProgress:
    """Tables for map, plots and export.

    Attributes
    ----------
    by_cell : Batch
        The active unit grids with ``surveyed``, ``expected`` (-1 unknown), ``share`` (NaN
        unknown), ``last_day`` and ``team``.
    by_community, by_class, by_team, by_day : Batch
        Without geometry: the key, ``surveyed`` and, where known, ``cells`` and
        ``cells_begun``; ``by_day`` has ``day`` and ``total`` so far.
    total : int
    outside : int
        Components in no active cell.
    """

    by_cell: Batch
    by_community: Batch
    by_class: Batch
    by_team: Batch
    by_day: Batch
    total: int
    outside: int


def report_progress(
    components: Batch,
    grids: Batch,
    *,
    teams: Mapping[str, str] | None = None,
    expected: Mapping[str, int] | None = None,
) -> CensusProgress:
    """Count what is surveyed.

    The day of a component is that of ``surveyed_at``, else of ``changed_date``, else of
    ``first_date``; its team that of its cell, else ``surveyor``.

    Parameters
    ----------
    components, grids : Batch
    teams : mapping of str to str, optional
        Grid code -> team.
    expected : mapping of str to int, optional
        Grid code -> number of components known from earlier surveys.
    """
    cells = grids.take(active_cells(grids))
    codes = cells.text("grid_code")
    order = np.argsort(codes.astype(str), kind="stable")
    ordered = codes[order].astype(str)
    own = components.text("grid_code").astype(str)
    if len(ordered):
        place = np.minimum(np.searchsorted(ordered, own), len(ordered) - 1)
        inside = ordered[place] == own
        cell = order[place]
    else:
        cell, inside = np.zeros(len(own), int), np.zeros(len(own), bool)
    days = _days(components)
    surveyed = np.bincount(cell[inside], minlength=len(cells)).astype(np.int64)
    last = np.full(len(cells), np.datetime64("NaT", "D"))
    dated = inside & ~np.isnat(days)
    # fmax passes over NaT.
    np.fmax.at(last, cell[dated], days[dated])
    wanted = np.array([(expected or {}).get(c, -1) for c in codes.tolist()], dtype=np.int64)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(wanted > 0, surveyed / wanted, np.nan)
    team_of_cell = np.array([(teams or {}).get(c, "") for c in codes.tolist()], dtype=object)
    by_cell = cells.with_fields(
        surveyed=surveyed,
        expected=wanted,
        share=share,
        last_day=last,
        team=blank_to_null(team_of_cell),
    )
    team = components.text("surveyor").copy()
    if len(cells):
        from_cell = np.where(inside, team_of_cell[cell], "")
        team = np.where(from_cell != "", from_cell, team)
    community = np.array([c[:12] for c in own.tolist()], dtype=object)
    own_community = components.text("community_code")
    community = np.where(inside, community, own_community)
    community_of_cell = np.array([c[:12] for c in codes.tolist()], dtype=object)
    return CensusProgress(
        by_cell,
        _table("community_code", community, community_of_cell, surveyed),
        _table("class_code", components.text("class_code")),
        _table("team", team, team_of_cell, surveyed),
        _by_day(days),
        len(components),
        int(np.count_nonzero(~inside)),
    )


def _days(components: Batch) -> np.ndarray:
    days = np.full(len(components), np.datetime64("NaT", "D"))
    for name in ("surveyed_at", "changed_date", "first_date"):
        values = components.fields.get(name)
        if values is not None and values.dtype.kind == "M":
            days = np.where(np.isnat(days), values.astype("datetime64[D]"), days)
    return days


def _table(
    name: str,
    keys: np.ndarray,
    key_of_cell: np.ndarray | None = None,
    surveyed: np.ndarray | None = None,
) -> Batch:
    every = keys.astype(str)
    if key_of_cell is not None:
        every = np.concatenate([every, key_of_cell.astype(str)])
    distinct, inverse = np.unique(every, return_inverse=True)
    count = np.bincount(inverse[: len(keys)], minlength=len(distinct)).astype(np.int64)
    fields: dict[str, np.ndarray] = {
        name: blank_to_null(distinct.astype(object)),
        "surveyed": count,
    }
    if key_of_cell is not None and surveyed is not None:
        cells = inverse[len(keys) :]
        fields["cells"] = np.bincount(cells, minlength=len(distinct)).astype(np.int64)
        begun = cells[surveyed > 0]
        fields["cells_begun"] = np.bincount(begun, minlength=len(distinct)).astype(np.int64)
    # A group without rows and cells exists only as the blank of cells without team.
    used = (count > 0) | (distinct != "")
    return Batch(fields, None, np.arange(1, len(distinct) + 1, dtype=np.int64)).take(used)


def _by_day(days: np.ndarray) -> Batch:
    distinct, count = np.unique(days[~np.isnat(days)], return_counts=True)
    return Batch(
        {
            "day": distinct.astype("datetime64[D]"),
            "surveyed": count.astype(np.int64),
            "total": np.cumsum(count).astype(np.int64),
        },
        None,
        np.arange(1, len(distinct) + 1, dtype=np.int64),
    )
