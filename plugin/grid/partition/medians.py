"""Strips between twin carriageways, banks or tracks: parted at junctions, so that each piece
can go to the block it lies along instead of trailing from one of them.
"""

from __future__ import annotations

import numpy as np

from .carrying import carry_out
from .cut import Outline, ring_hinges
from .cutting import Cut, Scene
from .figures import FaceFigures
from .goals import Goals
from .legal import is_clear
from .mesh import Mesh

NARROW = 0.3
"""A strip is narrower than this share of a cell's side."""


def part_strips(mesh: Mesh, scene: Scene) -> None:
    """Cut narrow faces across wherever another line meets them."""
    todo = list(mesh.rings)
    while todo:
        face = todo.pop()
        cut = _cut_across(mesh, face, scene)
        new = None if cut is None else carry_out(mesh, face, cut)
        if new is not None:
            todo += [face, new]


def _cut_across(mesh: Mesh, face: int, scene: Scene) -> Cut | None:
    goals: Goals = scene.goals
    ring = mesh.rings[face]
    xy = mesh.coordinates(ring)
    figures = FaceFigures.of(xy)
    width, perimeter = figures.width, figures.perimeter
    if width > NARROW * goals.side or perimeter < 6 * width or perimeter < goals.side:
        return None
    outline = Outline.of(xy)
    n = len(ring)
    after = np.roll(outline.xy, -1, axis=0) - outline.xy
    squared = np.maximum((after**2).sum(axis=1), 1e-12)
    best: tuple[float, Cut] | None = None
    for i in range(n):
        if not mesh.is_junction(face, i):
            continue
        p = outline.xy[i]
        share = np.clip(((p - outline.xy) * after).sum(axis=1) / squared, 0.0, 1.0)
        ends = ring_hinges(outline, np.arange(n), share)
        gap = np.hypot(*(ends.xy - p).T)
        arc = np.abs(ends.station - outline.length[i])
        arc = np.minimum(arc, perimeter - arc)
        # The other side of the strip is far along the ring, yet near.
        gap[arc < 2.5 * np.maximum(width, gap)] = np.inf
        j = int(np.argmin(gap))
        if gap[j] > 2.5 * width:
            continue
        corner, at = (j, share[j]) if share[j] < 1.0 else ((j + 1) % n, 0.0)
        cut = Cut(i, 0.0, corner, float(at), (), (), (1, 1), 0.0)
        # Pieces from the middle outwards keep the number of checks low.
        even = abs(arc[j] - perimeter / 2)
        if (best is None or even < best[0]) and is_clear(outline, p, ends.xy[j], scene.buildings):
            best = (even, cut)
    return best[1] if best else None
