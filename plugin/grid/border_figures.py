"""How the borders of cells go with the features on the ground."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from ..progress import SILENT, Progress
from .edges import find_edges, number_rows
from .nearness import StraightLines, count_samples, samples_within, straight_edges

MISSED_WITHIN = 15.0
NEAR_WITHIN = 20.0
# Coordinates are compared to the micrometre, so that a file's rounding makes no difference.
DECIMALS = 6
CUT_DEPTH = 0.05


@dataclass(frozen=True)
class Borders:
    """Cell borders, each stretch once.

    Attributes
    ----------
    start, end : ndarray of float64, shape (n, 2)
    uses : ndarray of int64, shape (n,)
        How many rings hold the stretch.
    owner : ndarray of int64, shape (n,)
        One cell that has it.
    inner : ndarray of bool, shape (n,)
        Whether it runs inside a community, away from the communities' outlines.
    """

    start: np.ndarray
    end: np.ndarray
    uses: np.ndarray
    owner: np.ndarray
    inner: np.ndarray

    @property
    def length(self) -> np.ndarray:
        return np.hypot(*(self.end - self.start).T)


def find_borders(cells: np.ndarray, outline: StraightLines, tolerance: float) -> Borders:
    """Collect the borders of cells and tell inner ones from the communities' outlines."""
    edges = find_edges(cells)
    ahead = edges.forward[:, None]
    low = np.round(np.where(ahead, edges.start, edges.end), DECIMALS)
    high = np.round(np.where(ahead, edges.end, edges.start), DECIMALS)
    number = number_rows(np.hstack([low, high]))
    _, row, uses = np.unique(number, return_index=True, return_counts=True)
    start, end = low[row], high[row]
    near, _ = outline.tree.query(
        shapely.points((start + end) / 2.0), predicate="dwithin", distance=tolerance
    )
    inner = np.ones(len(start), bool)
    inner[near] = False
    return Borders(start, end, uses, edges.owner[row], inner)


@dataclass(frozen=True)
class OnFeature:
    """Lengths in metres for every inner border: all of it, on a feature, missing a near one."""

    owner: np.ndarray
    length: np.ndarray
    on: np.ndarray
    missed: np.ndarray


def measure_on_feature(
    borders: Borders, barriers: StraightLines, tolerance: float, progress: Progress = SILENT
) -> OnFeature:
    """Measure how much of each inner border lies within ``tolerance`` of a barrier."""
    start, end = borders.start[borders.inner], borders.end[borders.inner]
    weight = borders.length[borders.inner] / count_samples(start, end)
    on = samples_within(start, end, barriers, tolerance, progress=progress)
    near = samples_within(start, end, barriers, MISSED_WITHIN, progress=progress)
    return OnFeature(
        borders.owner[borders.inner],
        borders.length[borders.inner],
        on * weight,
        np.maximum(near - on, 0) * weight,
    )


def measure_barrier_use(
    borders: Borders,
    barriers: np.ndarray,
    communities: np.ndarray,
    tolerance: float,
    progress: Progress = SILENT,
) -> tuple[float | None, float | None]:
    """Return which share of the barriers' loops is used as a border, and lies near one.

    Loops are what remains of barriers and outlines without dead ends; what runs along an
    outline within ``tolerance`` does not count. None where no barrier is left.
    """
    outline = shapely.union_all(shapely.boundary(communities))
    start, end = _find_walls(barriers, outline, tolerance)
    middle = shapely.points((start + end) / 2.0)
    # Walls keep clear of the outlines, so a wall lies in one community with all its length.
    inside, _ = shapely.STRtree(communities).query(middle, predicate="within")
    inside = np.unique(inside)
    start, end = start[inside], end[inside]
    if not len(start):
        return None, None
    length = np.hypot(*(end - start).T)
    weight = length / count_samples(start, end)
    lines = StraightLines(borders.start, borders.end)
    used = samples_within(start, end, lines, tolerance, progress=progress)
    near = samples_within(start, end, lines, NEAR_WITHIN, progress=progress)
    total = length.sum()
    return float((used * weight).sum() / total), float((near * weight).sum() / total)


def _find_walls(barriers, outline, tolerance) -> tuple[np.ndarray, np.ndarray]:
    """Return the straight edges of the barriers' loops, cut clear of the outlines."""
    net = shapely.union_all(np.concatenate([barriers, [outline]]))
    loops = find_edges(shapely.get_parts(shapely.polygonize([net])))
    _, row = np.unique(loops.group, return_index=True)
    walls = loops.lines(row)
    parts = shapely.get_parts(outline)
    wall, part = shapely.STRtree(parts).query(walls, predicate="dwithin", distance=tolerance * 1.1)
    # Each outline is widened on its own: far quicker than all of a city's outlines at once.
    belts = shapely.buffer(parts, tolerance)
    turn = np.arange(len(wall)) - np.searchsorted(wall, wall, side="left")
    for k in range(int(turn.max()) + 1 if len(turn) else 0):
        rows = turn == k
        walls[wall[rows]] = shapely.difference(walls[wall[rows]], belts[part[rows]])
    return straight_edges(walls)


@dataclass(frozen=True)
class BuildingCuts:
    """Buildings whose inside a cell border crosses.

    Attributes
    ----------
    cut : ndarray of int64
        Indices of the buildings cut.
    avoidable : ndarray of int64
        Those among them that no barrier crosses itself.
    """

    cut: np.ndarray
    avoidable: np.ndarray


def find_building_cuts(
    borders: Borders, buildings: np.ndarray, barriers: np.ndarray
) -> BuildingCuts:
    """Find the buildings cut deeper than 5 cm from their walls by inner borders."""
    core = shapely.buffer(buildings, -CUT_DEPTH)
    inner = shapely.linestrings(
        np.stack([borders.start[borders.inner], borders.end[borders.inner]], axis=1)
    )
    cut = _crossed(inner, buildings, core)
    return BuildingCuts(cut, np.setdiff1d(cut, _crossed(barriers, buildings, core)))


def _crossed(lines: np.ndarray, buildings: np.ndarray, core: np.ndarray) -> np.ndarray:
    line, building = shapely.STRtree(buildings).query(lines, predicate="intersects")
    inside = shapely.length(shapely.intersection(lines[line], core[building]))
    return np.unique(building[inside > CUT_DEPTH])
