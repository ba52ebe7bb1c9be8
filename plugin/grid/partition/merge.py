"""Merging blocks before any is cut: slivers vanish, and each group holds a whole number of cells."""

from __future__ import annotations

import heapq
import itertools

import numpy as np

from ...progress import SILENT, Progress, stop_if_cancelled
from .goals import Goals
from .mesh import Mesh, undirected


def ring_figures(xy: np.ndarray) -> tuple[float, float]:
    """Return area and perimeter of a ring (n, 2), not closed."""
    local = xy - xy[0]
    after = np.roll(local, -1, axis=0)
    area = float((local[:, 0] * after[:, 1] - local[:, 1] * after[:, 0]).sum()) / 2
    return area, float(np.hypot(*(after - local).T).sum())


def strip_width(area: float, perimeter: float) -> float:
    """Return the width of the rectangle of that area and perimeter, m."""
    half = max(perimeter / 2, 2 * area**0.5)
    return float(half - max(half * half - 4 * area, 0.0) ** 0.5) / 2


def cells_for(area: float, goals: Goals) -> int:
    """Return the number of cells that suits an area best, at least one."""
    ratio = area / goals.cell_area
    low = max(1, int(ratio))
    return min((low, low + 1), key=lambda n: float(goals.area_cost(area, n)))


def group_cost(area: float, perimeter: float, goals: Goals) -> float:
    """Return what a group of blocks costs once it is cut into its best number of cells."""
    cells = cells_for(area, goals)
    cost = float(goals.area_cost(area, cells)) + float(
        goals.block_shape_cost(area, perimeter, cells)
    )
    return cost


def merge_blocks(
    mesh: Mesh, goals: Goals, most: int, *, progress: Progress = SILENT
) -> dict[int, int]:
    """Merge faces while that pays, and return the number of cells for each that is left.

    Parameters
    ----------
    mesh : Mesh
        Blocks; merged in place.
    goals : Goals
        The cost of a group, and of a barrier no border uses.
    most : int
        The number of cells the region is to have; the result sums up to it.
    """
    figures = {f: ring_figures(mesh.coordinates(ring)) for f, ring in mesh.rings.items()}
    cost = {f: group_cost(*figures[f], goals) for f in figures}
    version = dict.fromkeys(figures, 0)
    heap: list[tuple[float, int, int, int, int]] = []

    def offer(one: int, two: int) -> None:
        gain, _ = _gain(mesh, goals, figures, cost, one, two)
        if gain is not None:
            a, b = min(one, two), max(one, two)
            heapq.heappush(heap, (-gain, a, b, version[a], version[b]))

    for face in list(figures):
        for other in mesh.neighbours(face):
            if face < other:
                offer(face, other)
    while heap:
        stop_if_cancelled(progress)
        loss, one, two, v1, v2 = heapq.heappop(heap)
        if version.get(one) != v1 or version.get(two) != v2:
            continue
        if loss >= 0 and len(figures) <= most:
            break
        run = mesh.shared_run(one, two)
        if run is None:
            continue
        mesh.merge(one, two, run)
        figures[one] = ring_figures(mesh.coordinates(mesh.rings[one]))
        cost[one] = group_cost(*figures[one], goals)
        version[one] += 1
        del figures[two], cost[two], version[two]
        for other in mesh.neighbours(one):
            offer(one, other)
    return allot({f: figures[f][0] for f in figures}, goals, most)


def _gain(mesh, goals, figures, cost, one, two) -> tuple[float | None, list[int] | None]:
    run = mesh.shared_run(one, two)
    if run is None:
        return None, None
    length = lost = 0.0
    for a, b in itertools.pairwise(run):
        (x0, y0), (x1, y1) = mesh.xy[a], mesh.xy[b]
        step = float(np.hypot(x1 - x0, y1 - y0))
        length += step
        lost += step * mesh.barrier.get(undirected(a, b), 0.0)
    area = figures[one][0] + figures[two][0]
    perimeter = figures[one][1] + figures[two][1] - 2 * length
    together = group_cost(area, perimeter, goals)
    # The twin of a line that a strip gives up stays a border: little is lost.
    width = min(strip_width(*figures[one]), strip_width(*figures[two])) / goals.side
    lost *= float(np.clip((width - 0.1) / 0.2, goals.weights.twin, 1.0))
    gain = cost[one] + cost[two] - together - float(goals.barrier_gain(lost))
    return gain, run


def allot(areas: dict[int, float], goals: Goals, total: int) -> dict[int, int]:
    """Give each group its number of cells so that they sum up to ``total``, one at least."""
    counts = {face: cells_for(area, goals) for face, area in areas.items()}

    def change(face: int, by: int) -> float:
        n = counts[face]
        if n + by < 1:
            return np.inf
        return float(goals.area_cost(areas[face], n + by) - goals.area_cost(areas[face], n))

    while (off := total - sum(counts.values())) != 0:
        by = 1 if off > 0 else -1
        face = min(counts, key=lambda f: (change(f, by), f))
        if not np.isfinite(change(face, by)):
            break
        counts[face] += by
    return counts
