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
from .load import Load, RingLoad
from .mesh import Edge, Mesh
from .surroundings import Buildings, Nearness
from .trails import Trails, find_trails

END_MARGIN = 0.05
"""A cut keeps this far (m) from the ring except at its ends."""
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
    # Load is taken as spread evenly until few candidates are left.
    load = scene.load
    ring = None if load is None else RingLoad(load, outline)
    whole = outline.area if ring is None else ring.measure
    measure = cuts.area * (whole / outline.area)
    number = np.clip(np.round(cuts.area / cell), 1, cells - 1)
    cost = _sides_cost(outline, cuts, measure, whole, number, cells, scene.goals)
    cost -= scene.goals.barrier_gain(cuts.on)
    order = np.argsort(cost, kind="stable")[: most if load is None else 3 * most]
    if load is None:
        order = order[cost[order] < below]
    cuts, cost, number = cuts.take(order), cost[order], number[order]
    origin = outline.origin
    if ring is not None:
        ways = [_polyline(mesh, outline, cuts, trails, row) for row in range(len(cuts))]
        measure = ring.sides(cuts, ways)
        if whole > 0:
            number = np.clip(np.round(measure / (whole / cells)), 1, cells - 1)
        cost = _sides_cost(outline, cuts, measure, whole, number, cells, scene.goals)
        cost -= scene.goals.barrier_gain(cuts.on)
    cost = cost + scene.goals.miss_cost(
        scene.near.length_beside(cuts.from_xy + origin, cuts.to_xy + origin)
    )
    order = np.argsort(cost, kind="stable")
    order = order[cost[order] < below]
    polygon = shapely.polygons(outline.xy)
    shapely.prepare(polygon)
    for first in range(0, len(order), TRIES):
        rows = order[first : first + TRIES]
        legal = _is_legal(mesh, polygon, outline, cuts.take(rows), trails, scene)
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


def _is_legal(
    mesh: Mesh,
    polygon: shapely.Polygon,
    outline: Outline,
    cuts: Cuts,
    trails: Trails,
    scene: Scene,
) -> np.ndarray:
    """Return which cuts run inside the polygon, do not meet themselves and spare buildings."""
    way = cuts.to_xy - cuts.from_xy
    length = np.hypot(way[:, 0], way[:, 1])
    straight = length > 0
    legal = ~straight | (length > 3 * END_MARGIN)
    step = way / np.where(straight, length, 1)[:, None] * END_MARGIN
    lines = shapely.linestrings(np.stack([cuts.from_xy + step, cuts.to_xy - step], axis=1))
    check = np.flatnonzero(legal & straight)
    legal[check] = shapely.contains_properly(polygon, lines[check])
    check = np.flatnonzero(legal & straight)
    legal[check] = _keeps_clear(outline.xy, cuts.from_xy[check], cuts.to_xy[check])
    winding = legal & ((cuts.from_path >= 0) | (cuts.to_path >= 0))
    for row in np.flatnonzero(winding):
        lines[row] = shapely.LineString(_polyline(mesh, outline, cuts, trails, row))
        legal[row] = shapely.is_simple(lines[row])
    if len(scene.buildings) and legal.any():
        rows = np.flatnonzero(legal)
        moved = shapely.transform(lines[rows], lambda xy: xy + outline.origin)
        legal[rows] = ~scene.buildings.crossed(moved)
    return legal


def _keeps_clear(xy: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Return which straight ways pass no vertex closely but those they start and end on."""
    way = end - start
    squared = np.maximum((way**2).sum(axis=1), 1e-12)[:, None]
    off = xy[None] - start[:, None]
    along = (off * way[:, None]).sum(axis=2) / squared
    foot = start[:, None] + np.clip(along, 0, 1)[..., None] * way[:, None]
    gap = np.hypot(*(xy[None] - foot).transpose(2, 0, 1))
    at_end = np.minimum(
        np.hypot(*off.transpose(2, 0, 1)), np.hypot(*(xy[None] - end[:, None]).transpose(2, 0, 1))
    )
    return ((gap >= END_MARGIN) | (at_end < 1e-6)).all(axis=1)


def is_clear(outline: Outline, start: np.ndarray, end: np.ndarray, scene: Scene) -> bool:
    """Tell whether a straight cut runs inside the polygon and spares buildings."""
    length = float(np.hypot(*(end - start)))
    if length <= 3 * END_MARGIN:
        return False
    step = (end - start) / length * END_MARGIN
    line = shapely.LineString([start + step, end - step])
    if not shapely.contains_properly(shapely.Polygon(outline.xy), line):
        return False
    moved = shapely.LineString([start + outline.origin, end + outline.origin])
    return not scene.buildings.crossed(np.array([moved])).any()


def _polyline(mesh, outline: Outline, cuts: Cuts, trails, row: int) -> np.ndarray:
    pieces = []
    for path, end in (
        (cuts.from_path[row], cuts.from_xy[row]),
        (cuts.to_path[row], cuts.to_xy[row]),
    ):
        if path >= 0:
            pieces.append(np.array([mesh.xy[node] for node in trails[path]]) - outline.origin)
        else:
            pieces.append(end[None])
    xy = np.concatenate([pieces[0], pieces[1][::-1]])
    # A cut along one barrier only has no straight part.
    again = np.r_[False, (np.abs(np.diff(xy, axis=0)) < 1e-9).all(axis=1)]
    return xy[~again]
