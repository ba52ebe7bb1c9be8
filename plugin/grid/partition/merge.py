"""Merging blocks before any is cut: slivers vanish, and each group holds a whole number of cells."""

from __future__ import annotations

import heapq
from itertools import pairwise

import numpy as np

from ...progress import SILENT, Progress, stop_if_cancelled
from .figures import FaceFigures
from .goals import Goals
from .load import Load
from .mesh import Mesh, undirected


def merge_blocks(
    mesh: Mesh, goals: Goals, most: int, load: Load | None = None, *, progress: Progress = SILENT
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
    load : Load, optional
        What cells are to share besides area.
    """
    figures = {f: FaceFigures.of(mesh.coordinates(r), load) for f, r in mesh.rings.items()}
    cost = {f: group_cost(figures[f], goals) for f in figures}
    version = dict.fromkeys(figures, 0)
    heap: list[tuple[float, int, int, int, int]] = []

    def offer(one: int, two: int) -> None:
        one, two = min(one, two), max(one, two)
        run = mesh.shared_run(one, two)
        if run is not None:
            border, lost = run_lengths(mesh, run)
            joined = group_cost(figures[one].joined(figures[two], border), goals)
            loss = joined - cost[one] - cost[two] + float(goals.barrier_gain(lost))
            heapq.heappush(heap, (loss, one, two, version[one], version[two]))

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
        border, _ = run_lengths(mesh, run)
        mesh.merge(one, two, run)
        figures[one] = figures[one].joined(figures[two], border)
        cost[one] = group_cost(figures[one], goals)
        version[one] += 1
        del figures[two], cost[two], version[two]
        for other in mesh.neighbours(one):
            offer(one, other)
    return allot(figures, goals, most)


def run_lengths(mesh: Mesh, run: list[int]) -> tuple[float, float]:
    """Return the length of a border and the same weighted by the worth of its barriers."""
    length = on = 0.0
    for a, b in pairwise(run):
        (x0, y0), (x1, y1) = mesh.xy[a], mesh.xy[b]
        step = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        length += step
        on += step * mesh.barrier.get(undirected(a, b), 0.0)
    return length, on


def cells_for(figures: FaceFigures, goals: Goals) -> int:
    """Return the number of cells that suits a group best, at least one."""
    low = max(1, int(figures.measure / goals.cell_area))
    near = (int(goals.within_bounds(n, figures.area)) for n in (low, low + 1))
    return min(near, key=lambda n: float(goals.share_cost(figures.measure, figures.area, n)))


def group_cost(figures: FaceFigures, goals: Goals) -> float:
    """Return what a group of blocks costs once it is cut into its best number of cells."""
    cells = cells_for(figures, goals)
    shape = goals.block_shape_cost(figures.area, figures.perimeter, cells)
    return float(goals.share_cost(figures.measure, figures.area, cells) + shape)


def allot(figures: dict[int, FaceFigures], goals: Goals, total: int) -> dict[int, int]:
    """Give each group its number of cells so that they sum up to ``total``, one at least."""
    counts = {face: cells_for(own, goals) for face, own in figures.items()}

    def cost(face: int, cells: int) -> float:
        return float(goals.share_cost(figures[face].measure, figures[face].area, cells))

    def change(face: int, by: int) -> float:
        n = counts[face]
        return np.inf if n + by < 1 else cost(face, n + by) - cost(face, n)

    while (off := total - sum(counts.values())) != 0:
        by = 1 if off > 0 else -1
        face = min(counts, key=lambda f: (change(f, by), f))
        if not np.isfinite(change(face, by)):
            break
        counts[face] += by
    return counts
