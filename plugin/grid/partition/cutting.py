"""Choosing the best cut of one polygon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from .cut import (
    Cuts,
    Hinges,
    Outline,
    Pays,
    connect,
    exact_cuts,
    pair_cuts,
    ring_hinges,
    sample_ring,
    snap_ends,
)
from .goals import Goals
from .legal import are_legal
from .load import Load, RingLoad
from .mesh import Edge, Mesh
from .surroundings import Buildings, Nearness
from .trails import Trails, find_trails

SNAP_REACH = 2.0
"""An end this close (m) to a vertex of the ring moves onto it."""
TRIES = 12
"""Candidates are checked in batches of this size, the cheapest first."""


@dataclass(frozen=True)
class Scene:
    """All that judging a cut needs besides the polygon itself."""

    goals: Goals
    near: Nearness
    buildings: Buildings
    load: Load | None = None


@dataclass(frozen=True)
class Cut:
    """A way through a polygon, in terms of its ring.

    ``start`` and ``end`` are ring edges with the share passed; ``from_path`` and ``to_path``
    the hidden nodes followed from there, the straight part joining their last ones. ``cells``
    are the numbers of cells for the side from start to end and for the other; ``cost``
    includes both sides.
    """

    start: int
    start_at: float
    end: int
    end_at: float
    from_path: tuple[int, ...]
    to_path: tuple[int, ...]
    cells: tuple[int, int]
    cost: float


def find_cut(
    mesh: Mesh,
    ring: list[int],
    hidden: set[Edge],
    cells: int,
    scene: Scene,
    *,
    parts: Sequence[float],
    spacing: float,
    limit: int = 60,
    corners: Sequence[int] = (),
    below: float = np.inf,
) -> Cut | None:
    """Return the best cut of a polygon that is to become ``cells`` cells, or None.

    ``parts`` are the areas wanted on one side, in cells; cuts along hidden barriers from end
    to end, and between the ring's nodes at ``corners``, are offered whatever area they leave.
    Only cuts cheaper than ``below`` count.
    """
    outline = Outline.of(mesh.coordinates(ring))
    hinges = sample_ring(outline, spacing, limit)
    wanted = np.asarray(parts) * (outline.area / cells)
    pays = _pays(outline, scene.goals, cells, below)
    trails = Trails()
    whole = None
    if hidden:
        tips, trails = find_trails(mesh, ring, hidden, outline)
        if trails:
            hinges, whole = _with_trails(ring, outline, hinges, tips, trails, pays)
    cuts = snap_ends(outline, exact_cuts(outline, hinges, wanted, pays), SNAP_REACH)
    if whole is not None:
        cuts = cuts.and_rows(whole)
    if len(corners) > 1:
        nodes = ring_hinges(outline, np.asarray(corners), np.zeros(len(corners)))
        cuts = cuts.and_rows(pair_cuts(outline, nodes, pays))
    return _cheapest(mesh, outline, cuts, trails, cells, scene, below)


def find_any_cut(
    mesh: Mesh, ring: list[int], hidden: set[Edge], cells: int, scene: Scene
) -> Cut | None:
    """Return a cut where no exact one exists: any chord, as near to the areas as it gets."""
    outline = Outline.of(mesh.coordinates(ring))
    cuts = pair_cuts(outline, sample_ring(outline, 1.0, 80))
    return _cheapest(mesh, outline, cuts, Trails(), cells, scene, np.inf, most=len(cuts))


def _pays(outline: Outline, goals: Goals, cells: int, below: float) -> Pays | None:
    """Return what tells cuts that may cost less than ``below`` from those that cannot.

    The squares of both perimeters over their areas are together at least the square of the
    whole perimeter over the whole area, whatever the shapes.
    """
    if cells != 2 or not np.isfinite(below):
        return None

    def pays(length: np.ndarray, on: np.ndarray) -> np.ndarray:
        around = outline.perimeter + 2 * np.maximum(length - 2 * SNAP_REACH, 0.0)
        least = goals.weights.shape * (around**2 / (4 * np.pi * outline.area) - 2)
        least = np.minimum(least, goals.weights.corridor)
        return least - goals.barrier_gain(on) < below

    return pays


def _with_trails(
    ring: list[int],
    outline: Outline,
    hinges: Hinges,
    tips: Hinges,
    trails: Trails,
    pays: Pays | None,
) -> tuple[Hinges, Cuts]:
    """Return all hinges to cut from, and the cuts that trails make on their own."""
    place = {node: i for i, node in enumerate(ring)}
    end = np.array([place.get(tip, -1) for tip in trails.tip])
    through = np.flatnonzero(end >= 0)
    inside = np.flatnonzero(end < 0)
    ends = ring_hinges(outline, end[through], np.zeros(len(through)))
    cuts = connect(outline, tips.take(through), ends)
    open_tips = tips.take(inside)
    return hinges.and_rows(open_tips), cuts.and_rows(pair_cuts(outline, open_tips, pays))


def _cheapest(
    mesh: Mesh,
    outline: Outline,
    cuts: Cuts,
    trails: Trails,
    cells: int,
    scene: Scene,
    below: float,
    most: int = 8 * TRIES,
) -> Cut | None:
    """Return the cheapest cut that lies inside and crosses no building, or None."""
    cell = outline.area / cells
    good = (cuts.area > 0.02 * cell) & (outline.area - cuts.area > 0.02 * cell)
    good &= cuts.length > 1.0
    cuts = cuts.take(np.flatnonzero(good))
    if not len(cuts):
        return None
    goals, whole, measure = scene.goals, outline.area, cuts.area
    if scene.load is not None:
        ring = RingLoad(scene.load, outline)
        cuts = _promising(outline, cuts, ring.measure, cells, goals, below, 3 * most)
        paths = np.unique(np.concatenate([cuts.from_path, cuts.to_path])).tolist()
        ways = {k: mesh.coordinates(trails[k]) - outline.origin for k in paths if k >= 0}
        whole, measure = ring.measure, ring.sides(cuts, ways)
    number = _numbers(outline, cuts, measure, whole, cells, goals)
    cost = _sides_cost(outline, cuts, measure, whole, number, cells, goals)
    cost -= goals.barrier_gain(cuts.on)
    order = np.argsort(cost, kind="stable")[:most]
    order = order[cost[order] < below]
    cuts, cost, number = cuts.take(order), cost[order], number[order]
    origin = outline.origin
    cost = cost + goals.miss_cost(
        scene.near.length_beside(cuts.from_xy + origin, cuts.to_xy + origin)
    )
    order = np.argsort(cost, kind="stable")
    order = order[cost[order] < below]
    polygon = shapely.polygons(outline.xy)
    shapely.prepare(polygon)
    for first in range(0, len(order), TRIES):
        rows = order[first : first + TRIES]
        legal = are_legal(mesh, polygon, outline, cuts.take(rows), trails, scene.buildings)
        if legal.any():
            row = int(rows[np.argmax(legal)])
            k = int(number[row])
            return Cut(
                int(cuts.start[row]),
                float(cuts.start_at[row]),
                int(cuts.end[row]),
                float(cuts.end_at[row]),
                _trail(trails, int(cuts.from_path[row])),
                _trail(trails, int(cuts.to_path[row])),
                (k, cells - k),
                float(cost[row]),
            )
    return None


def _promising(
    outline: Outline, cuts: Cuts, whole: float, cells: int, goals: Goals, below: float, most: int
) -> Cuts:
    """Return the best cuts were load spread evenly, of those that may cost less than ``below``."""
    guess = cuts.area * (whole / outline.area)
    number = _numbers(outline, cuts, guess, whole, cells, goals)
    gain = goals.barrier_gain(cuts.on)
    cost = _sides_cost(outline, cuts, guess, whole, number, cells, goals) - gain
    order = np.argsort(cost, kind="stable")
    if cells == 2:
        # At best both sides get the same.
        even = np.full(len(cuts), whole / 2)
        least = _sides_cost(outline, cuts, even, whole, number, cells, goals) - gain
        order = order[least[order] < below]
    return cuts.take(order[:most])


def _numbers(
    outline: Outline, cuts: Cuts, measure: np.ndarray, whole: float, cells: int, goals: Goals
) -> np.ndarray:
    """Return the number of cells for the first side of each cut."""
    cell = whole / cells
    found = np.round(measure / cell) if cell > 0 else np.zeros(len(cuts))
    return np.clip(goals.within_bounds(found, cuts.area, cells, outline.area), 1, cells - 1)


def _trail(trails: Trails, number: int) -> tuple[int, ...]:
    return tuple(trails[number]) if number >= 0 else ()


def _sides_cost(
    outline: Outline,
    cuts: Cuts,
    measure: np.ndarray,
    whole: float,
    number: np.ndarray,
    cells: int,
    goals: Goals,
) -> np.ndarray:
    cost = np.zeros(len(cuts))
    sides = (
        (cuts.area, measure, cuts.around, number),
        (
            outline.area - cuts.area,
            whole - measure,
            outline.perimeter - cuts.around,
            cells - number,
        ),
    )
    for area, own, around, k in sides:
        perimeter = around + cuts.length
        cost += goals.share_cost(own, area, k)
        shape = goals.shape_cost(area, perimeter)
        if cells > 2:
            block = goals.block_shape_cost(area, perimeter, k) + 0.25 * shape
            shape = np.where(k == 1, shape, block)
        cost += shape
    return cost
