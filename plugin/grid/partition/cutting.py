"""Choosing the best cut of one polygon and carrying it out in the mesh."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import shapely

from .cut import Chords, Outline, exact_chords, lies_inside, pair_chords, sample_ring
from .goals import Goals
from .mesh import Mesh, undirected
from .surroundings import Buildings, Nearness

END_MARGIN = 0.05
"""A cut ends at least this far (m) from the next vertex, or on it."""


@dataclass(frozen=True)
class Scene:
    """All that judging a cut needs besides the polygon itself."""

    goals: Goals
    near: Nearness
    buildings: Buildings


@dataclass(frozen=True)
class Cut:
    """A way through a polygon, in terms of its ring.

    ``start`` and ``end`` are ring edges with the share passed; ``via`` (k, 2) are corners
    between. ``cost`` includes both sides; ``area`` is that of the side from start to end.
    """

    start: int
    start_at: float
    end: int
    end_at: float
    via: np.ndarray
    area: float
    cost: float


def snap_to_vertices(outline: Outline, chords: Chords, reach: float) -> Chords:
    """Move ends that lie within ``reach`` of a ring vertex onto it."""
    steps = np.diff(outline.length)
    n = len(steps)

    def snapped(edge, at):
        passed = at * steps[edge]
        left = steps[edge] - passed
        to_next = left < np.minimum(reach, passed + 1e-12)
        to_this = ~to_next & (passed < reach)
        return np.where(to_next, (edge + 1) % n, edge), np.where(to_next | to_this, 0.0, at)

    start, start_at = snapped(chords.start, chords.start_at)
    end, end_at = snapped(chords.end, chords.end_at)
    xy, doubled, length = outline.xy, outline.doubled, outline.length

    def place(edge, at):
        p = xy[edge] + (xy[(edge + 1) % n] - xy[edge]) * at[:, None]
        d = doubled[edge] + xy[edge, 0] * p[:, 1] - xy[edge, 1] * p[:, 0]
        return p, d, length[edge] + at * steps[edge]

    p, dp, lp = place(start, start_at)
    q, dq, lq = place(end, end_at)
    wraps = lq < lp
    area = (dq - dp + wraps * doubled[-1] + q[:, 0] * p[:, 1] - q[:, 1] * p[:, 0]) / 2
    chord = np.hypot(*(q - p).T)
    return Chords(start, start_at, end, end_at, p, q, area, (lq - lp) % outline.perimeter, chord)


def best_chord(
    outline: Outline,
    origin: np.ndarray,
    chords: Chords,
    cells: tuple[int, int],
    scene: Scene,
    *,
    below: float = np.inf,
    tries: int = 12,
) -> Cut | None:
    """Return the cheapest chord that lies inside and crosses no building, or None.

    ``cells`` are the numbers of cells wanted on the side from start to end and on the other.
    """
    goals = scene.goals
    chords = snap_to_vertices(outline, chords, 2.0)
    other = outline.area - chords.area
    good = (chords.area > 0.02 * outline.area / sum(cells)) & (chords.length > 1.0)
    good &= other > 0.02 * outline.area / sum(cells)
    chords = chords.take(good)
    if not len(chords.start):
        return None
    cost = _sides_cost(outline, chords, cells, goals)
    order = np.argsort(cost, kind="stable")[: 8 * tries]
    chords, cost = chords.take(order), cost[order]
    beside = scene.near.length_beside(chords.start_xy + origin, chords.end_xy + origin)
    cost = cost + goals.miss_cost(beside)
    order = np.argsort(cost, kind="stable")
    order = order[cost[order] < below]
    for at in range(0, len(order), tries):
        rows = order[at : at + tries]
        some = chords.take(rows)
        inside = lies_inside(outline, some.start_xy, some.end_xy, END_MARGIN)
        if len(scene.buildings) and inside.any():
            lines = shapely.linestrings(
                np.stack([some.start_xy + origin, some.end_xy + origin], axis=1)[inside]
            )
            inside[inside] = ~scene.buildings.crossed(lines)
        if inside.any():
            row = int(np.argmax(inside))
            return Cut(
                int(some.start[row]),
                float(some.start_at[row]),
                int(some.end[row]),
                float(some.end_at[row]),
                np.empty((0, 2)),
                float(some.area[row]),
                float(cost[rows[row]]),
            )
    return None


def _sides_cost(outline: Outline, chords: Chords, cells: tuple[int, int], goals: Goals):
    cost = np.zeros(len(chords.start))
    sides = (
        (chords.area, chords.arc, cells[0]),
        (outline.area - chords.area, outline.perimeter - chords.arc, cells[1]),
    )
    for area, arc, number in sides:
        around = arc + chords.length
        cost += goals.area_cost(area, number)
        cost += (
            goals.shape_cost(area, around)
            if number == 1
            else (
                goals.block_shape_cost(area, around, number) + 0.25 * goals.shape_cost(area, around)
            )
        )
    return cost


def find_cut(
    ring_xy: np.ndarray,
    cells: tuple[int, int],
    scene: Scene,
    *,
    spacing: float,
    limit: int = 60,
    slack: tuple[float, ...] = (0.0,),
    below: float = np.inf,
) -> Cut | None:
    """Return the best straight cut of a polygon into sides of ``cells`` cells each."""
    outline = Outline.of(ring_xy)
    edge, share = sample_ring(outline, spacing, limit)
    part = outline.area * cells[0] / sum(cells)
    step = min(part, outline.area - part) / min(cells)
    wanted = np.array([part + s * step for s in slack])
    chords = exact_chords(outline, edge, share, wanted)
    return best_chord(outline, ring_xy[0], chords, cells, scene, below=below)


def find_any_cut(ring_xy: np.ndarray, cells: tuple[int, int], scene: Scene) -> Cut | None:
    """Return a cut where no exact chord exists: any chord, as near to the areas as it gets."""
    outline = Outline.of(ring_xy)
    edge, share = sample_ring(outline, outline.perimeter / 60, 60)
    chords = pair_chords(outline, edge, share)
    found = [
        best_chord(outline, ring_xy[0], chords, order, scene, tries=40)
        for order in dict.fromkeys((cells, cells[::-1]))
    ]
    return min((cut for cut in found if cut), key=lambda cut: cut.cost, default=None)


def carry_out(mesh: Mesh, face: int, cut: Cut) -> int:
    """Cut a face of the mesh; the new face is the side from the cut's start to its end."""
    ring = list(mesh.rings[face])
    n = len(ring)
    xy = mesh.coordinates(ring)

    def node_at(edge: int, at: float) -> int:
        if at <= 0.0:
            return ring[edge]
        a, b = ring[edge], ring[(edge + 1) % n]
        x, y = xy[edge] + (xy[(edge + 1) % n] - xy[edge]) * at
        return mesh.insert(a, b, float(x), float(y))

    if cut.start == cut.end and cut.start_at > 0 and cut.end_at > 0:
        raise ValueError("a cut must join two edges")
    first = node_at(cut.start, cut.start_at)
    last = node_at(cut.end, cut.end_at)
    path = [first, *(mesh.add_node(float(x), float(y), True) for x, y in cut.via), last]
    return mesh.split(face, path, _share_hidden(mesh, face, path))


def _share_hidden(mesh: Mesh, face: int, path: list[int]):
    """Divide the hidden barriers of a face between the sides of a cut.

    A barrier that the cut itself follows is shown again; one that it crosses is parted there.
    """
    hidden = mesh.hidden[face]
    if not hidden:
        return set(), set()
    used = {undirected(a, b) for a, b in itertools.pairwise(path)}
    rest = sorted(hidden - used)
    ring = mesh.rings[face]
    at = ring.index(path[0])
    ring = ring[at:] + ring[:at]
    side = shapely.polygons(mesh.coordinates(ring[: ring.index(path[-1]) + 1] + path[-2:0:-1]))
    shapely.prepare(side)
    middle = np.array(
        [[(mesh.xy[a][i] + mesh.xy[b][i]) / 2 for i in (0, 1)] for a, b in rest]
    ).reshape(-1, 2)
    inside = shapely.intersects_xy(side, middle[:, 0], middle[:, 1])
    one = {edge for edge, is_in in zip(rest, inside, strict=True) if is_in}
    return one, set(rest) - one
