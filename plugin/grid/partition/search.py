"""Improving cells pair by pair: two neighbours are merged and cut anew wherever that is better."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from ...progress import SILENT, Progress, stop_if_cancelled
from .carrying import carry_out, moved_cut
from .cutting import Cut, Scene, find_cut
from .figures import FaceFigures
from .goals import Weights
from .mesh import Mesh, undirected

PARTS = (1.0, 0.96, 1.04, 0.9, 1.1)
"""Areas tried for the first of two cells, in cells."""
SQUARE = 4 / np.pi - 1
"""Cost of a square cell of the wanted area: a pair as good as that is left alone."""
LEAST_GAIN = 0.01
"""A change must make a pair cheaper by as much."""
MOST_ROUNDS = 12
UNEVEN_PARTS = (1.0, 0.92, 1.08, 0.84, 1.16, 0.7, 1.3, 0.5, 1.5, 0.3, 1.7)
"""The same where load counts, which is rarely spread as evenly as area."""


@dataclass(frozen=True)
class SearchResult:
    """How many pairs were tried and how many changed."""

    steps: int
    accepted: int


class _Costs:
    """What cells and their borders cost at present."""

    def __init__(self, mesh: Mesh, scene: Scene):
        self.mesh, self.scene = mesh, scene
        self.of: dict[int, float] = {}
        self.area: dict[int, float] = {}
        self.refresh(mesh.rings)

    def refresh(self, faces: Iterable[int]) -> None:
        """Judge some faces anew."""
        goals = self.scene.goals
        for face in faces:
            own = FaceFigures.of(self.mesh.coordinates(self.mesh.rings[face]), self.scene.load)
            shape = goals.shape_cost(own.area, own.perimeter)
            self.area[face] = own.area
            self.of[face] = float(goals.share_cost(own.measure, own.area) + shape)

    def pair(self, one: int, two: int, run: list[int]) -> float:
        """Return what two cells and the border between them cost."""
        return self.of[one] + self.of[two] + border_cost(self.mesh, run, self.scene)


def improve(mesh: Mesh, scene: Scene, steps: int, *, progress: Progress = SILENT) -> SearchResult:
    """Recut pairs of neighbours in a fixed order until nothing improves or steps run out.

    Every change lowers the sum of all costs or is taken back, and each lets at most the pairs
    around it be tried again: the search ends by itself, and after ``steps`` pairs at the
    latest.
    """
    costs = _Costs(mesh, scene)
    parts = PARTS if scene.load is None else UNEVEN_PARTS
    pairs = [(f, g) for f in mesh.rings for g in mesh.neighbours(f) if f < g]
    pairs.sort(key=lambda pair: (-(costs.of[pair[0]] + costs.of[pair[1]]), pair))
    queue = deque(pairs)
    waiting = set(pairs)
    done = accepted = 0
    while queue and done < steps:
        stop_if_cancelled(progress)
        pair = queue.popleft()
        waiting.discard(pair)
        done += 1
        if not _improve_pair(mesh, scene, pair, costs, parts):
            continue
        accepted += 1
        for face in pair:
            for other in mesh.neighbours(face):
                near = (min(face, other), max(face, other))
                if near not in waiting:
                    waiting.add(near)
                    queue.append(near)
    return SearchResult(done, accepted)


def bring_within_bounds(mesh: Mesh, scene: Scene, *, progress: Progress = SILENT) -> None:
    """Recut cells whose area is out of bounds, load or not, with neighbours until none is.

    Some may stay so where buildings leave no other way.
    """
    goals = replace(scene.goals, weights=Weights(barrier=0.0, near_miss=0.0), has_load=False)
    scene = replace(scene, goals=goals, load=None)
    for _ in range(MOST_ROUNDS):
        costs = _Costs(mesh, scene)
        off = [f for f in mesh.rings if not goals.is_within(costs.area[f])]
        changed = False
        for face in off:
            stop_if_cancelled(progress)
            for other in mesh.neighbours(face):
                if not goals.is_within(costs.area[face]):
                    changed |= _improve_pair(mesh, scene, (face, other), costs, UNEVEN_PARTS)
        if not changed:
            return


def _improve_pair(
    mesh: Mesh, scene: Scene, pair: tuple[int, int], costs: _Costs, parts: tuple[float, ...]
) -> bool:
    """Cut two neighbours anew if that is a gain."""
    goals = scene.goals
    one, two = pair
    run = mesh.shared_run(one, two)
    if run is None:
        return False
    now = costs.pair(one, two, run)
    hidden = mesh.hidden[one] | mesh.hidden[two]
    if not hidden and now < 2 * SQUARE:
        return False
    ring = mesh.merged_ring(one, two, run)
    # The border itself may be worth following in part.
    hidden |= {e for e in map(undirected, run, run[1:]) if e in mesh.barrier}
    cut = find_cut(
        mesh,
        ring,
        hidden,
        2,
        scene,
        parts=parts,
        corners=_corners(mesh, ring),
        spacing=0.12 * goals.side,
        below=now - LEAST_GAIN,
    )
    return cut is not None and _recut(mesh, pair, run, ring, cut, costs)


def _corners(mesh: Mesh, ring: list[int]) -> list[int]:
    """Return where on the merged ring other borders end: good ends for a new one."""
    around = [mesh.face_of.get((b, a)) for a, b in zip(ring, ring[1:] + ring[:1], strict=True)]
    return [i for i in range(len(ring)) if around[i - 1] != around[i]]


def border_cost(mesh: Mesh, run: list[int], scene: Scene) -> float:
    """Return what the border between two cells costs: beside barriers, less what follows them."""
    xy = mesh.coordinates(run)
    steps = np.hypot(*np.diff(xy, axis=0).T)
    known = [mesh.barrier.get(undirected(a, b)) for a, b in itertools.pairwise(run)]
    worth = np.array([worth or 0.0 for worth in known])
    chords = _chords(xy, [i for i, worth in enumerate(known) if worth is None])
    beside = scene.near.length_beside(*chords).sum() if len(chords[0]) else 0.0
    return float(scene.goals.miss_cost(beside) - scene.goals.barrier_gain((worth * steps).sum()))


def _chords(xy: np.ndarray, free: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """Return start and end of the straight stretches that free edges make up.

    A cut that crosses other lines is judged whole here as it was when it was found.
    """
    start: list[int] = []
    end: list[int] = []
    for i in free:
        if end and end[-1] == i and _is_straight(xy[start[-1]], xy[i], xy[i + 1]):
            end[-1] = i + 1
        else:
            start.append(i)
            end.append(i + 1)
    return xy[start], xy[end]


def _is_straight(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> bool:
    off = (c[0] - a[0]) * (b[1] - a[1]) - (c[1] - a[1]) * (b[0] - a[0])
    return bool(abs(off) <= 1e-6 * (abs(c[0] - a[0]) + abs(c[1] - a[1])))


def _recut(
    mesh: Mesh,
    pair: tuple[int, int],
    run: list[int],
    ring: list[int],
    cut: Cut,
    costs: _Costs,
) -> bool:
    """Replace the border of two cells by a cut found on their merged ring, if that is a gain."""
    one, two = pair
    hidden = mesh.hidden[one], mesh.hidden[two]
    before = costs.pair(one, two, run)
    face = mesh.merge(one, two, run, tidy=False)
    place = {node: i for i, node in enumerate(mesh.rings[face])}
    new = carry_out(mesh, face, moved_cut(cut, ring, place))
    ends = [run[0], run[-1]]
    is_gain = False
    if new is not None:
        path = mesh.shared_run(face, new)
        mesh.rename(new, two)
        costs.refresh(pair)
        is_gain = path is not None and costs.pair(one, two, path) < before - LEAST_GAIN / 2
        if not is_gain and path is not None:
            mesh.merge(one, two, path, tidy=False)
            ends += [path[0], path[-1]]
            new = None
    if new is None:
        # The old border again: the side from its last node round to its first was ``one``.
        mesh.rename(mesh.split(face, run, (hidden[1], hidden[0])), two)
    for node in ends:
        owner = next((f for f in pair if node in mesh.rings[f]), None)
        if owner is not None:
            mesh.dissolve(owner, node)
    if not is_gain:
        costs.refresh(pair)
    return is_gain
