"""Improving cells pair by pair: two neighbours are merged and cut anew wherever that is better."""

from __future__ import annotations

import itertools
from collections import deque
from dataclasses import dataclass

import numpy as np

from ...progress import SILENT, Progress, stop_if_cancelled
from .carrying import carry_out, moved_cut
from .cutting import Cut, Scene, find_cut
from .figures import FaceFigures
from .mesh import Mesh, undirected

PARTS = (1.0, 0.96, 1.04, 0.9, 1.1)
"""Areas tried for the first of two cells, in cells."""
SQUARE = 4 / np.pi - 1
"""Cost of a square cell of the wanted area: a pair as good as that is left alone."""
UNEVEN_PARTS = (1.0, 0.92, 1.08, 0.84, 1.16, 0.7, 1.3, 0.5, 1.5, 0.3, 1.7)
"""The same where load counts, which is rarely spread as evenly as area."""


@dataclass(frozen=True)
class SearchResult:
    """How many pairs were tried and how many changed."""

    steps: int
    accepted: int


def improve(mesh: Mesh, scene: Scene, steps: int, *, progress: Progress = SILENT) -> SearchResult:
    """Recut pairs of neighbours in a fixed order until nothing improves or steps run out."""
    goals = scene.goals
    load = scene.load
    figures = {f: FaceFigures.of(mesh.coordinates(r), load) for f, r in mesh.rings.items()}
    parts = PARTS if load is None else UNEVEN_PARTS

    def cost(face: int) -> float:
        own = figures[face]
        shape = goals.shape_cost(own.area, own.perimeter)
        return float(goals.area_cost(own.measure) + shape)

    pairs = [(f, g) for f in mesh.rings for g in mesh.neighbours(f) if f < g]
    pairs.sort(key=lambda pair: (-(cost(pair[0]) + cost(pair[1])), pair))
    queue = deque(pairs)
    waiting = set(pairs)
    done = accepted = 0
    while queue and done < steps:
        stop_if_cancelled(progress)
        pair = queue.popleft()
        waiting.discard(pair)
        one, two = pair
        done += 1
        run = mesh.shared_run(one, two)
        if run is None:
            continue
        now = cost(one) + cost(two) + border_cost(mesh, run, scene)
        hidden = mesh.hidden[one] | mesh.hidden[two]
        if not hidden and now < 2 * SQUARE:
            continue
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
            below=now - 0.01,
        )
        if cut is None or cut.cost >= now - 0.01:
            continue
        accepted += _recut(mesh, one, two, run, ring, cut)
        for face in pair:
            figures[face] = FaceFigures.of(mesh.coordinates(mesh.rings[face]), load)
        for face in pair:
            for other in mesh.neighbours(face):
                near = (min(face, other), max(face, other))
                if near not in waiting:
                    waiting.add(near)
                    queue.append(near)
    return SearchResult(done, accepted)


def _corners(mesh: Mesh, ring: list[int]) -> list[int]:
    """Return where on the merged ring other borders end: good ends for a new one."""
    around = [mesh.face_of.get((b, a)) for a, b in zip(ring, ring[1:] + ring[:1], strict=True)]
    return [i for i in range(len(ring)) if around[i - 1] != around[i]]


def border_cost(mesh: Mesh, run: list[int], scene: Scene) -> float:
    """Return what the border between two cells costs: beside barriers, less what follows them."""
    xy = mesh.coordinates(run)
    steps = np.hypot(*np.diff(xy, axis=0).T)
    worth = np.array([mesh.barrier.get(undirected(a, b), 0.0) for a, b in itertools.pairwise(run)])
    free = worth == 0
    beside = scene.near.length_beside(xy[:-1][free], xy[1:][free]).sum() if free.any() else 0.0
    return float(scene.goals.miss_cost(beside) - scene.goals.barrier_gain((worth * steps).sum()))


def _recut(mesh: Mesh, one: int, two: int, run: list[int], ring: list[int], cut: Cut) -> bool:
    """Replace the border of two cells by a cut found on their merged ring."""
    hidden = mesh.hidden[one], mesh.hidden[two]
    face = mesh.merge(one, two, run, tidy=False)
    place = {node: i for i, node in enumerate(mesh.rings[face])}
    new = carry_out(mesh, face, moved_cut(cut, ring, place))
    done = new is not None
    if new is None:
        # The old border again: the side from its last node round to its first was ``one``.
        new = mesh.split(face, run, (hidden[1], hidden[0]))
    mesh.rename(new, two)
    for node in (run[0], run[-1]):
        owner = next((f for f in (one, two) if node in mesh.rings[f]), None)
        if owner is not None:
            mesh.dissolve(owner, node)
    return done
