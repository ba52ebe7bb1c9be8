"""Plan an update of unit grids: which cells must change, and which ground is cut anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from ..progress import SILENT, Progress, stop_if_cancelled
from .edges import rounding
from .home import find_community
from .polygons import is_wider, polygons_of

# A line within this distance of an old line, or of a cell's own border, is nothing new.
BESIDE = 3.0


@dataclass(frozen=True)
class UpdatePlan:
    """What stays and what is cut anew.

    Attributes
    ----------
    kept : ndarray of int64
        Old cells that stay, bit for bit.
    kept_community : ndarray of int64
        New community of each of them.
    recut : ndarray of int64
        Old cells whose ground is cut anew.
    regions : ndarray of Polygon, shape (r,)
        Ground to cut: the cells given up and bare ground, connected, one community each.
    region_community : ndarray of int64, shape (r,)
    reasons : ndarray of object (str), shape (n,)
        Why an old cell is given up: ``"community"``, ``"barrier"``, ``"vanished"``, ``"small"``
        (joined to a region too small to cut alone); empty for cells that stay.
    """

    kept: np.ndarray
    kept_community: np.ndarray
    recut: np.ndarray
    regions: np.ndarray
    region_community: np.ndarray
    reasons: np.ndarray

    @property
    def change_share(self) -> float:
        """Share of the old cells that are given up."""
        return len(self.recut) / max(1, len(self.reasons))


def plan_update(
    old_cells: np.ndarray,
    old_codes: Sequence[str | None],
    communities: np.ndarray,
    barriers: np.ndarray,
    *,
    old_barriers: np.ndarray | None = None,
    community_codes: Sequence[str] | None = None,
    tolerance: float = 0.5,
    min_length: float = 40.0,
    target: float | np.ndarray = 10_000.0,
    recut_vanished: bool = False,
    progress: Progress = SILENT,
) -> UpdatePlan:
    """Find the cells that must change and the ground to cut anew.

    A cell must change where its community's border moved away from it, or where a new barrier
    runs through its inside for at least ``min_length``. Without ``old_barriers`` nobody can
    tell which lines are new: then a line counts only where it divides a cell into two parts
    of at least half the target area each, which no partition that knew it would have left.

    Parameters
    ----------
    old_cells : ndarray of polygons, shape (n,)
    old_codes : sequence of str or None, shape (n,)
    communities : ndarray of polygons, shape (m,)
        As they are now.
    barriers : ndarray of lines
        As they are now.
    old_barriers : ndarray of lines, optional
        As they were when the old cells were cut.
    community_codes : sequence of str, shape (m,), optional
        With them a cell whose code names another community is given up.
    tolerance : float
        Community borders that moved by less than this many metres did not move.
    min_length : float
        In metres.
    target : float or ndarray of float, shape (m,)
        Target area in m², of each community; smaller regions are joined by a neighbour.
    recut_vanished : bool
        Also give up cells that border on a line that is there no longer.
    progress : Progress
    """
    old_cells = np.asarray(old_cells, dtype=object)
    communities = np.asarray(communities, dtype=object)
    home = np.full(len(old_cells), -1, np.int64)
    usable = np.flatnonzero(shapely.is_valid(old_cells) & ~shapely.is_empty(old_cells))
    home[usable] = find_community(old_cells[usable], communities)
    targets = np.broadcast_to(np.asarray(target, float), len(communities))
    reasons = np.full(len(old_cells), "", dtype=object)
    reasons[home < 0] = "community"
    if community_codes is not None:
        for i in np.flatnonzero(home >= 0):
            code = old_codes[i] or ""
            if code and not code.startswith(str(community_codes[home[i]])):
                reasons[i] = "community"
    rows = np.flatnonzero(reasons == "")
    beyond = shapely.difference(old_cells[rows], communities[home[rows]])
    reasons[rows[is_wider(beyond, tolerance, rounding(old_cells))]] = "community"
    progress.report(0.2)
    stop_if_cancelled(progress)
    # What lies in no community any more is given up either way.
    half = np.append(targets, np.inf)[home[usable]] / 2.0
    divided = _divided(old_cells, usable, barriers, old_barriers, min_length, half)
    reasons[divided[reasons[divided] == ""]] = "barrier"
    progress.report(0.5)
    if recut_vanished and old_barriers is not None:
        bordering = _on_vanished(old_cells, usable, barriers, old_barriers, min_length)
        reasons[bordering[reasons[bordering] == ""]] = "vanished"
    stop_if_cancelled(progress)
    new_lines = _new_lines(barriers, old_barriers)
    regions: list[shapely.Geometry] = []
    region_community: list[int] = []
    for k, own in enumerate(_rows_by(home, len(communities))):
        if k % 50 == 0:
            stop_if_cancelled(progress)
        aim = float(targets[k])
        for ground in _free_ground(old_cells, communities[k], own, reasons, tolerance, aim):
            parts = _along_lines(ground, new_lines, aim)
            regions += parts
            region_community += [k] * len(parts)
    progress.report(1.0)
    kept = np.flatnonzero(reasons == "")
    return UpdatePlan(
        kept,
        home[kept],
        np.flatnonzero(reasons != ""),
        np.array(regions, dtype=object),
        np.array(region_community, dtype=np.int64),
        reasons,
    )


def _new_lines(barriers, old_barriers) -> np.ndarray:
    """Return the lines that were not there before, whole; none where nobody can tell."""
    lines = lines_of(barriers)
    if old_barriers is None or not len(lines):
        return lines[:0]
    fresh = _away_from(lines, lines_of(old_barriers))
    return lines[np.unique(shapely.STRtree(fresh).query(lines, "dwithin", distance=1e-6)[0])]


def _along_lines(ground, lines: np.ndarray, target: float) -> list[shapely.Geometry]:
    """Return a region in its parts on either side of new lines.

    A cell is cut anew because a new street runs through it: the street then is its border,
    unless what lies on one side is too little for a cell.
    """
    lines = lines[shapely.intersects(lines, ground)]
    if not len(lines):
        return [ground]
    # Whole lines: the ends of clipped ones would miss the border by a rounding.
    net = shapely.union_all([shapely.boundary(ground), *lines])
    parts = list(shapely.get_parts(shapely.polygonize([net])))
    parts = [p for p in parts if ground.covers(shapely.point_on_surface(p))]
    while len(parts) > 1:
        parts.sort(key=shapely.area)
        small, others = parts[0], parts[1:]
        if small.area >= 0.75 * target:
            break
        shared = shapely.length(
            shapely.intersection(shapely.boundary(small), shapely.boundary(others))
        )
        joined = others.pop(int(np.argmax(shared)))
        parts = [*others, shapely.union(small, joined)]
    whole = sum(p.area for p in parts)
    exact = abs(whole - ground.area) <= 1e-6 * ground.area
    return parts if exact and all(p.geom_type == "Polygon" for p in parts) else [ground]


def _divided(cells, usable, barriers, old_barriers, min_length, half) -> np.ndarray:
    """Return the cells through whose inside a new barrier runs; ``half`` a target for each."""
    lines = lines_of(barriers)
    if old_barriers is not None and len(old_barriers):
        lines = _away_from(lines, lines_of(old_barriers))
    if not len(lines) or not len(usable):
        return usable[:0]
    cores = shapely.buffer(cells[usable], -BESIDE)
    line, cell = shapely.STRtree(cores).query(lines, predicate="intersects")
    inside = shapely.length(shapely.intersection(lines[line], cores[cell]))
    length = np.bincount(cell, weights=inside, minlength=len(usable))
    through = np.flatnonzero(length >= min_length)
    if old_barriers is not None:
        return usable[through]
    order = np.argsort(cell, kind="stable")
    bounds = np.searchsorted(cell[order], np.arange(len(usable) + 1))
    halves = []
    for i in through:
        shape = cells[usable[i]]
        within = lines[line[order[slice(*bounds[[i, i + 1]])]]]
        net = shapely.union_all(np.append(within, shapely.boundary(shape)))
        parts = shapely.get_parts(shapely.polygonize([net]))
        sizes = np.sort(shapely.area(shapely.intersection(parts, shape)))
        if len(sizes) > 1 and sizes[:-1].sum() >= half[i] and sizes[-1] >= half[i]:
            halves.append(i)
    return usable[np.array(halves, dtype=np.int64)]


def _on_vanished(cells, usable, barriers, old_barriers, min_length) -> np.ndarray:
    """Return the cells that have a border on a line that is gone."""
    gone = _away_from(lines_of(old_barriers), lines_of(barriers))
    if not len(gone):
        return usable[:0]
    belt = shapely.buffer(gone, 1.0)
    border = shapely.boundary(cells[usable])
    cell, line = shapely.STRtree(belt).query(border, predicate="intersects")
    along = shapely.length(shapely.intersection(border[cell], belt[line]))
    return usable[np.bincount(cell, weights=along, minlength=len(usable)) >= min_length]


def lines_of(barriers) -> np.ndarray:
    """Return barriers as single lines; an area counts with its outline."""
    parts = shapely.get_parts(shapely.get_parts(np.asarray(barriers, dtype=object)))
    areal = shapely.get_type_id(parts) == 3
    parts[areal] = shapely.boundary(parts[areal])
    return shapely.get_parts(parts[~shapely.is_empty(parts)])


def _away_from(lines: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return what of ``lines`` is not beside one of ``others``."""
    if not len(lines) or not len(others):
        return lines
    line, other = shapely.STRtree(others).query(lines, predicate="dwithin", distance=BESIDE)
    order = np.argsort(line, kind="stable")
    line, other = line[order], other[order]
    result = lines.copy()
    starts = np.flatnonzero(np.r_[True, line[1:] != line[:-1]]) if len(line) else line
    for rows in np.split(np.arange(len(line)), starts[1:]) if len(line) else []:
        belt = shapely.buffer(shapely.union_all(others[other[rows]]), BESIDE)
        result[line[rows[0]]] = shapely.difference(lines[line[rows[0]]], belt)
    parts = shapely.get_parts(result)
    return parts[~shapely.is_empty(parts)]


def _free_ground(cells, community, own, reasons, tolerance, target) -> np.ndarray:
    """Return the connected ground of a community that no kept cell covers, big enough to cut.

    A region smaller than one and a half cells could only become the one cell it is: the kept
    neighbour with the longest border joins it.
    """
    noise = rounding(np.array([community]))
    stays = own[reasons[own] == ""]
    if len(stays) == len(own) and len(own):
        rest = shapely.difference(community, shapely.union_all(cells[own]))
        if not is_wider(np.array([rest]), tolerance, noise)[0]:
            return np.zeros(0, dtype=object)
    while True:
        stays = own[reasons[own] == ""]
        ground = _without_kept(community, cells[stays], cells[own[reasons[own] != ""]])
        ground = ground[is_wider(ground, tolerance, noise)]
        # Slits along kept cells can hang on to real ground: what is left of them is closed later.
        ground = shapely.get_parts(polygons_of(shapely.union_all(ground)))
        small = ground[shapely.area(ground) < 1.5 * target]
        if not len(small) or not len(stays):
            return ground
        joined = _longest_neighbours(small, cells, stays)
        if not len(joined):
            return ground
        reasons[joined] = "small"


def _without_kept(community, kept, given_up) -> np.ndarray:
    """Return what kept cells leave of a community, cut along the borders of the others."""
    rest = shapely.difference(community, shapely.union_all(kept))
    net = shapely.union_all(
        np.concatenate([shapely.boundary(given_up), [shapely.boundary(polygons_of(rest))]])
    )
    faces = shapely.get_parts(shapely.polygonize([net]))
    return faces[shapely.intersects(rest, shapely.point_on_surface(faces))]


def _longest_neighbours(small, cells, stays) -> np.ndarray:
    """Return for each small region the kept cell with the longest border along it."""
    region, cell = shapely.STRtree(cells[stays]).query(small, predicate="dwithin", distance=0.01)
    border = shapely.length(
        shapely.intersection(
            shapely.buffer(small[region], 0.01), shapely.boundary(cells[stays[cell]])
        )
    )
    order = np.lexsort((cell, -border, region))
    region, first = np.unique(region[order], return_index=True)
    best = order[first]
    return np.unique(stays[cell[best[border[best] > 1.0]]])


def _rows_by(home: np.ndarray, communities: int) -> list[np.ndarray]:
    order = np.argsort(home, kind="stable")
    return np.split(order, np.searchsorted(home[order], np.arange(communities + 1)))[1:-1]
