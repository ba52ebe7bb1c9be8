"""Cutting groups of blocks into cells by recursive bisection."""

from __future__ import annotations

from ...progress import SILENT, Progress, stop_if_cancelled
from .cutting import Cut, Scene, carry_out, find_any_cut, find_cut
from .mesh import Mesh


def split_groups(
    mesh: Mesh, counts: dict[int, int], scene: Scene, *, progress: Progress = SILENT
) -> dict[int, int]:
    """Cut every face into its number of cells; returns what could not be cut (face: missing)."""
    todo = [(face, n) for face, n in counts.items() if n > 1]
    missing: dict[int, int] = {}
    while todo:
        stop_if_cancelled(progress)
        face, cells = todo.pop()
        cut, first, second = _best_bisection(mesh, face, cells, scene)
        if cut is None:
            missing[face] = cells - 1
            continue
        new = carry_out(mesh, face, cut)
        todo += [(f, n) for f, n in ((new, first), (face, second)) if n > 1]
    return missing


def _best_bisection(mesh: Mesh, face: int, cells: int, scene: Scene) -> tuple[Cut | None, int, int]:
    """Try the even division and the two next to it, both ways round."""
    xy = mesh.coordinates(mesh.rings[face])
    spacing = 0.15 * scene.goals.side * max(1.0, cells**0.5 / 2)
    half = cells // 2
    parts = sorted({half, cells - half, max(1, half - cells // 6), max(1, half - 1)})
    parts = sorted({*parts, *(cells - k for k in parts)})
    best: Cut | None = None
    shares = (0, 0)
    for k in parts:
        below = best.cost if best else float("inf")
        cut = find_cut(xy, (k, cells - k), scene, spacing=spacing, below=below)
        if cut and cut.cost < below:
            best, shares = cut, (k, cells - k)
    if best is None:
        best = find_any_cut(xy, (half, cells - half), scene)
        if best is not None:
            share = best.area / (scene.goals.cell_area * cells)
            k = min(max(1, round(share * cells)), cells - 1)
            shares = (k, cells - k)
    return best, *shares
