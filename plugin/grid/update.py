"""Bring unit grids up to date: only what must change is cut anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from ..progress import SILENT, Part, Progress
from ..translation import translate
from .coverage import Defect
from .edges import rounding
from .lineage import (
    Lineage,
    Stability,
    keep_codes,
    match_cells,
    measure_stability,
    trace_lineage,
)
from .numbering import Note, number_cells
from .repair import repair_coverage
from .update_plan import UpdatePlan, lines_of, plan_update
from .vertices import share_vertices

if TYPE_CHECKING:
    from .partition import Partition, PartitionInput

LEAST_GAIN = 20.0
"""Cells change for a new street only if their borders follow it over more metres than before."""

__all__ = ["Update", "UpdatePlan", "apply_update", "plan_update"]


@dataclass(frozen=True)
class Update:
    """A partition brought up to date.

    Attributes
    ----------
    cells : ndarray of Polygon, shape (m,)
        First the kept ones in their old order, then the new.
    community : ndarray of int64, shape (m,)
    codes : ndarray of object, shape (m,)
    plan : UpdatePlan
        What stayed in the end: cells that could not follow a new street any better do.
    kept : int
        How many cells at the front were kept. Where a new border ends on one it got the
        vertex; where its community's border moved within the tolerance, the new border.
    lineage : Lineage
    stability : Stability
    notes : tuple of Note
        On numbering.
    messages : tuple of str
        What the partition had to say.
    defects : tuple of Defect
        What is wrong with the new coverage and needs a person.
    """

    cells: np.ndarray
    community: np.ndarray
    codes: np.ndarray
    plan: UpdatePlan
    kept: int
    lineage: Lineage
    stability: Stability
    notes: tuple[Note, ...]
    messages: tuple[str, ...]
    defects: tuple[Defect, ...] = ()


def apply_update(
    plan: UpdatePlan,
    old_cells: np.ndarray,
    old_codes: Sequence[str | None],
    inputs: PartitionInput,
    community_codes: Sequence[str],
    cut: Callable[[PartitionInput], Partition],
    date: np.datetime64,
    *,
    retired: Sequence[str] = (),
    width: int = 3,
    progress: Progress = SILENT,
) -> Update:
    """Cut the regions of a plan, put everything together, number it and trace the lineage.

    Parameters
    ----------
    plan : UpdatePlan
    old_cells, old_codes
        As given to `plan_update`.
    inputs : PartitionInput
        The communities as they are now and everything that guides the cutting.
    community_codes : sequence of str, shape (m,)
    cut : callable
        Cuts each "community" of a PartitionInput into cells: `partition.partition` with its
        options bound.
    date : numpy.datetime64
        When the change takes effect.
    retired : sequence of str
        Codes retired earlier.
    width : int
        Digits of the sequence number.
    progress : Progress

    Raises
    ------
    WanggeError
        From the partition or the numbering; nothing is changed then.
    """
    old_cells = np.asarray(old_cells, dtype=object)
    plan, new_cells, new_community, messages = _cut_regions(plan, old_cells, inputs, cut, progress)
    cells = np.concatenate([old_cells[plan.kept], new_cells])
    community = np.concatenate([plan.kept_community, new_community])
    cells = share_vertices(cells, rounding(cells))
    # Borders that moved by less than the plan's tolerance leave seams: they are closed here.
    repaired = repair_coverage(
        cells, inputs.communities, community, progress=Part(progress, 0.6, 0.8)
    )
    there = ~shapely.is_missing(repaired.cells)
    there[: len(plan.kept)] = True
    cells, community = repaired.cells[there], community[there]
    progress.report(0.8)
    matches = match_cells(old_cells, cells, progress=Part(progress, 0.8, 0.95))
    existing = keep_codes(matches, old_codes)
    # A cell that was never touched keeps its code even if neighbours resemble it more.
    existing[: len(plan.kept)] = [old_codes[i] for i in plan.kept]
    known = set(existing[: len(plan.kept)])
    for i in range(len(plan.kept), len(cells)):
        if existing[i] in known:
            existing[i] = None
    kept_codes = {code for code in existing if code}
    gone = {code for code in old_codes if code} - kept_codes
    numbering = number_cells(
        cells,
        community,
        community_codes,
        existing=existing,
        retired=gone | set(retired),
        width=width,
    )
    lineage = trace_lineage(matches, old_codes, numbering.codes, date)
    progress.report(1.0)
    return Update(
        cells,
        community,
        numbering.codes,
        plan,
        len(plan.kept),
        lineage,
        measure_stability(matches, old_codes, numbering.codes),
        numbering.notes,
        messages,
        repaired.after.defects,
    )


def _cut_regions(plan, old_cells, inputs: PartitionInput, cut, progress):
    """Return what is left of the plan, the new cells, their communities and messages.

    Where new cells follow the new streets no better than the old ones, the old ones are kept
    after all. A region that could not be cut gets its old cells back; where they do not make
    it up it stays one cell.
    """
    if not len(plan.regions):
        return plan, np.zeros(0, dtype=object), np.zeros(0, np.int64), ()
    names = np.asarray(inputs.names, dtype=object)[plan.region_community]
    targets = inputs.targets
    result = cut(
        replace(
            inputs,
            communities=plan.regions,
            names=names,
            targets=None if targets is None else np.asarray(targets)[plan.region_community],
        )
    )
    progress.report(0.6)
    region = np.asarray(result.community, dtype=np.int64)
    idle = _gain_nothing(plan, old_cells, result.cells, region, inputs.barriers)
    is_used = ~np.isin(region, list(idle))
    cells, regions = [result.cells[is_used]], [region[is_used]]
    notes = list(result.notes)
    if idle:
        notes.append(
            translate(
                "Wangge",
                "New streets run through cells that could not follow them any better; "
                "these cells stay as they are.",
            )
        )
    failed = np.array([k for k, _ in result.failures], dtype=np.int64)
    if len(failed):
        again, home = _former(plan.regions[failed], old_cells[plan.recut])
        cells.append(again)
        regions.append(failed[home])
    # Two regions of one community may fail for the same reason: it is told once.
    messages = tuple(dict.fromkeys([*notes, *(sentence for _, sentence in result.failures)]))
    community = plan.region_community[np.concatenate(regions)]
    return _sparing(plan, idle), np.concatenate(cells), community, messages


def _gain_nothing(
    plan: UpdatePlan, old_cells: np.ndarray, cells: np.ndarray, region: np.ndarray, barriers
) -> dict[int, np.ndarray]:
    """Return the regions cut anew for a new street in vain, each with its old cells.

    Their borders follow no more of the street than before.
    """
    streets = np.flatnonzero(np.isin(plan.reasons, ("barrier", "small")))
    lines = lines_of(barriers)
    tree, old_tree = shapely.STRtree(lines), shapely.STRtree(old_cells[streets])
    found: dict[int, np.ndarray] = {}
    for k, ground in enumerate(plan.regions):
        new = cells[region == k]
        near = streets[np.sort(old_tree.query(ground, predicate="intersects"))]
        common = shapely.area(shapely.intersection(old_cells[near], ground))
        rows = near[common > 0.5 * shapely.area(old_cells[near])]
        old = old_cells[rows]
        # New ground, vanished streets and parts beside a new street are no matter of choice.
        if len(new) and _makes_up(old, ground):
            own = shapely.intersection(lines[tree.query(ground, predicate="intersects")], ground)
            if _followed(own, new) - _followed(own, old) < LEAST_GAIN:
                found[k] = rows
    return found


def _sparing(plan: UpdatePlan, idle: dict[int, np.ndarray]) -> UpdatePlan:
    """Return a plan that keeps the old cells of some regions after all."""
    if not idle:
        return plan
    rows = np.concatenate([plan.kept, *idle.values()])
    home = [np.full(len(old), plan.region_community[k]) for k, old in idle.items()]
    order = np.argsort(rows)
    reasons = plan.reasons.copy()
    reasons[rows] = ""
    stays = ~np.isin(np.arange(len(plan.regions)), list(idle))
    return UpdatePlan(
        rows[order],
        np.concatenate([plan.kept_community, *home])[order],
        np.flatnonzero(reasons != ""),
        plan.regions[stays],
        plan.region_community[stays],
        reasons,
    )


def _makes_up(cells: np.ndarray, ground: shapely.Polygon) -> bool:
    off = shapely.symmetric_difference(shapely.union_all(cells), ground)
    return bool(shapely.area(off) <= 1e-6 * shapely.area(ground))


def _followed(lines: np.ndarray, cells: np.ndarray) -> float:
    """Return the length of lines with a border within a metre."""
    belt = shapely.buffer(shapely.union_all(shapely.boundary(cells)), 1.0)
    return float(shapely.length(shapely.intersection(lines, belt)).sum())


def _former(grounds: np.ndarray, given_up: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the old cells that lie whole in regions that failed, and what else is left of these.

    With each comes the position of its region; a cell on both sides of a new street counts
    with the first one.
    """
    all_ground = shapely.union_all(grounds)
    beyond = shapely.area(shapely.difference(given_up, all_ground))
    back = given_up[beyond <= 1e-6 * shapely.area(given_up)]
    ground, cell = shapely.STRtree(back).query(grounds, predicate="intersects")
    shared = shapely.area(shapely.intersection(grounds[ground], back[cell]))
    home = np.zeros(len(back), np.int64)
    for g, c in zip(ground[shared > 0][::-1], cell[shared > 0][::-1], strict=True):
        home[c] = g
    rest = shapely.difference(grounds, shapely.union_all(back))
    parts, owner = shapely.get_parts(rest, return_index=True)
    real = (shapely.get_type_id(parts) == 3) & (shapely.area(parts) > 1e-6 * all_ground.area)
    return np.concatenate([back, parts[real]]), np.concatenate([home, owner[real]])
