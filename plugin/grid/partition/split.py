"""Cutting groups of blocks into cells by recursive bisection."""

from __future__ import annotations

from ...progress import SILENT, Progress, stop_if_cancelled
from .carrying import carry_out
from .cutting import Cut, Scene, find_any_cut, find_cut
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
        cut = _best_bisection(mesh, face, cells, scene)
        new = None if cut is None else carry_out(mesh, face, cut)
        if cut is None or new is None:
            missing[face] = cells - 1
            continue
        todo += [(f, n) for f, n in zip((new, face), cut.cells, strict=True) if n > 1]
    return missing


def _best_bisection(mesh: Mesh, face: int, cells: int, scene: Scene) -> Cut | None:
    """Try the even division and some next to it, both ways round."""
    ring, hidden = mesh.rings[face], mesh.hidden[face]
    spacing = 0.15 * scene.goals.side * max(1.0, cells**0.5 / 2)
    half = cells // 2
    parts = {half, max(1, half - cells // 6), max(1, half - 1)}
    parts |= {cells - k for k in parts}
    areas: list[float] = sorted(parts)
    if scene.load is not None:
        areas = [cells * share / 12 for share in range(1, 12)]
    cut = find_cut(mesh, ring, hidden, cells, scene, parts=areas, spacing=spacing)
    return cut or find_any_cut(mesh, ring, hidden, cells, scene)
